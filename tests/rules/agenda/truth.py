"""What is wrong with the answers for one situation: the listing, the decision and the naive engine, compared."""

from datetime import UTC, datetime

from tests.rules.agenda.naive import TICK, Naive
from tests.rules.agenda.random_calendars import Situation


def faults(asked: Situation) -> list[str]:
    """Every five minutes from before the range to after it; empty when all agree."""
    calendar, visit, newcomer = asked.calendar, asked.visit, asked.newcomer
    moment = [datetime.fromtimestamp(second, UTC) for second in (asked.low, asked.high)]
    listed = set(calendar.starts(asked.low, asked.high, visit, newcomer))
    assert listed == {int(start.timestamp()) for start in calendar.free(*moment, visit, newcomer)}
    naive = Naive(asked)
    found = []
    for start in range(asked.low - 6 * TICK, asked.high + 6 * TICK, TICK):
        inside = asked.low <= start and start + visit.duration_min * 60 <= asked.high
        reason = calendar.why_not(datetime.fromtimestamp(start, UTC), visit, newcomer)
        if (start in listed) != (inside and reason is None):
            found.append(f"{start}: listed {start in listed}, refused for {reason}")
        if (start in listed) != naive.bookable(start):
            found.append(f"{start}: listed {start in listed}, by the definition {naive.bookable(start)} ({reason})")
    if min(listed, default=None) != (
        first.timestamp() if (first := calendar.first(*moment, visit, newcomer)) else None
    ):
        found.append("the first is not the first of all")
    return found
