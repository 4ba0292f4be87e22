"""The starts that a patient is shown: every `step` from the opening of a window, or round clock times."""

from collections.abc import Iterator

from releve.agenda.spans import DAY
from releve.agenda.zones import stretches

WINDOW_RUN = 8 * DAY
"""How long steps are counted from the start of a window. A place that closes in the week never reaches it; in
one that never closes, steps count from local midnight, so that the grid does not depend on the days that were
asked for.
"""


def window_starts(opened: int, low: int, high: int, step: int, timezone: str) -> Iterator[int]:
    """The starts in [low, high] (seconds) that lie whole `step`s (seconds) after the second the window
    `opened`.
    """
    run_end = opened + WINDOW_RUN
    yield from range(low + (opened - low) % step, min(high, run_end - 1) + 1, step)
    if high >= run_end:
        yield from clock_starts(max(low, run_end), high, step, 0, timezone)


def clock_starts(low: int, high: int, step: int, shift: int, timezone: str) -> Iterator[int]:
    """The starts in [low, high] whose wall time is a multiple of `step` from midnight, plus `shift`; all in
    seconds.
    """
    phase = shift % step
    for begin, finish, offset in stretches(timezone, low, high + 1):
        first = max(low, begin) + offset
        last = min(high, finish - 1) + offset
        for midnight in range(first - first % DAY, last + 1, DAY):
            zero = midnight + phase
            since = max(first, zero)
            until = min(last, midnight + DAY - 1)
            for wall in range(since + (zero - since) % step, until + 1, step):
                yield wall - offset
