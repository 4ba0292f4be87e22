"""Time zones as stretches of constant offset, so that wall-clock time becomes UTC by one subtraction.

A wall-clock window is the set of instants at which a clock on the wall shows a time inside it. Cut along the
stretches, this needs no special case: on the day clocks go forward the hour that no clock shows is not there,
on the day they go back the hour shown twice is there twice.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from releve.agenda.spans import DAY, Span

PARIS = "Europe/Paris"

Stretch = tuple[int, int, int]
"""From, to (seconds since the epoch, closed-open) and offset east of UTC in seconds."""


# Files that lie beside the zones: this machine's own, and those that count leap seconds.
NO_ZONES = re.compile("localtime|posixrules|Factory|(posix|right)/.*")


@lru_cache(maxsize=512)
def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises ValueError for a name that is not one."""
    try:
        if not NO_ZONES.fullmatch(name):
            return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        pass
    raise ValueError(f'"{name}" is not a time zone')


def offset_at(name: str, second: int) -> int:
    """Seconds east of UTC at a second since the epoch."""
    shift = datetime.fromtimestamp(second, zone(name)).utcoffset()
    assert shift is not None
    return shift.days * DAY + shift.seconds


def stretches(name: str, start: int, end: int) -> Iterator[Stretch]:
    """The stretches that cover [start, end), in order; a change of year also ends one. Years 2 to 9998."""
    first = datetime.fromtimestamp(start, UTC).year
    last = datetime.fromtimestamp(end, UTC).year
    for year in range(first, last + 1):
        for stretch in _year(name, year):
            if stretch[0] < end and start < stretch[1]:
                yield stretch


def to_utc(name: str, windows: list[Span]) -> list[Span]:
    """Wall-clock windows, as seconds since 1970-01-01T00:00 on the wall, cut and turned into spans (not
    tidy).
    """
    if not windows:
        return []
    lowest = min(start for start, _ in windows) - DAY
    highest = max(end for _, end in windows) + DAY
    spans: list[Span] = []
    for begin, finish, offset in stretches(name, lowest, highest):
        for start, end in windows:
            start = max(start - offset, begin)
            end = min(end - offset, finish)
            if start < end:
                spans.append((start, end))
    return spans


@lru_cache(maxsize=2048)
def _year(name: str, year: int) -> tuple[Stretch, ...]:
    """The stretches of one UTC year: offsets are compared by day, a change is then found to the second."""
    begin = int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
    finish = int(datetime(year + 1, 1, 1, tzinfo=UTC).timestamp())
    found: list[Stretch] = []
    offset = offset_at(name, begin)
    since = begin
    for midnight in range(begin, finish, DAY):
        after = offset_at(name, min(midnight + DAY, finish - 1))
        if after != offset:
            change = _change(name, midnight, midnight + DAY, offset)
            found.append((since, change, offset))
            since, offset = change, after
    found.append((since, finish, offset))
    return tuple(found)


def _change(name: str, low: int, high: int, offset: int) -> int:
    """The first second in (low, high] at which the offset is no longer `offset`."""
    while high - low > 1:
        middle = (low + high) // 2
        if offset_at(name, middle) == offset:
            low = middle
        else:
            high = middle
    return high
