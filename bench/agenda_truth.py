"""Every listed place can be booked, every other is refused, and an engine that looks minute by minute agrees.

10,000 calendars drawn at random around the days on which clocks change, in both hemispheres: rooms, daily limits,
places kept for urgent visits, groups, buffers, notice, horizon, alternate weeks, holidays.

python -m bench.agenda_truth [CALENDARS]
"""

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from random import Random

from tests.rules.agenda.random_calendars import Situation, situation
from tests.rules.agenda.truth import faults

CALENDARS = 10_000
AT_ONCE = 100
PROCESSES = 2


def answers(asked: Situation) -> Counter[str]:
    """How often each answer was given: a run in which one is missing would prove little."""
    seconds = range(asked.low, asked.high, 300)
    moments = (datetime.fromtimestamp(second, UTC) for second in seconds)
    return Counter(asked.calendar.why_not(moment, asked.visit, asked.newcomer) or "bookable" for moment in moments)


def some(first: int) -> tuple[int, Counter[str]]:
    """(calendars with a fault, answers given) of the seeds from `first` on."""
    wrong, given = 0, Counter[str]()
    for seed in range(first, first + AT_ONCE):
        asked = situation(Random(seed))
        found = faults(asked)
        wrong += bool(found)
        given += answers(asked)
        if found:
            print(f"calendar {seed}: {found[0]}", file=sys.stderr)
    return wrong, given


def report(calendars: int = CALENDARS) -> tuple[str, str, str]:
    wrong, given = 0, Counter[str]()
    with ProcessPoolExecutor(PROCESSES) as pool:
        for faulty, answered in pool.map(some, range(0, calendars, AT_ONCE)):
            wrong += faulty
            given += answered
    print(", ".join(f"{count} {name}" for name, count in given.most_common()), file=sys.stderr)
    what = f"listed = bookable = by the definition, {calendars:,} calendars"
    return (
        what,
        "0 exceptions",
        f"{wrong} exceptions, {sum(given.values()):,} places asked for, {given['bookable']:,} free",
    )


if __name__ == "__main__":
    print(" | ".join(report(int(sys.argv[1]) if len(sys.argv) > 1 else CALENDARS)))
