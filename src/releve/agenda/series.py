"""Several visits in one go: twelve of physiotherapy, every Monday and Thursday at about nine.

Times are local wall times, so that « nine o’clock » is nine o’clock on both sides of a change of clocks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

MOST = 30  # visits of one series
LONGEST_GAP = 90  # days between two
NEAR = 3  # days around the one wished, in which another is looked for
A_DAY_OFF = 360  # minutes of the hour of the day that a day of difference is worth
DAY = timedelta(days=1)
WEEK = 7


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`count` visits from `first` on, at about `hour`: on these `weekdays` (0 = Monday) every so many weeks, or, when
    there are none, every so many days. Raises ValueError out of range."""

    count: int
    first: date
    hour: time
    every: int
    weekdays: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MOST:
            raise ValueError(f"a series has 1 to {MOST} visits")
        if not 1 <= self.every * (WEEK if self.weekdays else 1) <= LONGEST_GAP:
            raise ValueError(f"two visits of a series are 1 to {LONGEST_GAP} days apart")
        if not self.weekdays <= frozenset(range(WEEK)):
            raise ValueError("days of the week lie in 0..6")


@dataclass(frozen=True, slots=True)
class Planned:
    """One visit of the series: what was wished, and the place found for it; None when there is none around."""

    wished: datetime
    start: datetime | None

    @property
    def shifted(self) -> bool:
        return self.start is not None and self.start != self.wished


def dates(rhythm: Rhythm) -> list[date]:
    """The dates wished, in order."""
    if not rhythm.weekdays:
        return [rhythm.first + DAY * rhythm.every * n for n in range(rhythm.count)]
    found: list[date] = []
    monday = rhythm.first - DAY * rhythm.first.weekday()
    while len(found) < rhythm.count:
        days = (monday + DAY * n for n in sorted(rhythm.weekdays))
        found += [day for day in days if day >= rhythm.first]
        monday += DAY * WEEK * rhythm.every
    return found[: rhythm.count]


def span(rhythm: Rhythm) -> tuple[date, date]:
    """The dates, both included, in which places are looked for."""
    wished = dates(rhythm)
    return wished[0], wished[-1] + DAY * NEAR


def planned(rhythm: Rhythm, free: Sequence[datetime]) -> list[Planned]:
    """For each date wished, the free start nearest to it: the same day first, at the nearest hour. Visits stay in their
    order, on days of their own, and never after the next date wished."""
    wished = dates(rhythm)
    found: list[Planned] = []
    last = rhythm.first - DAY
    for n, day in enumerate(wished):
        following = wished[n + 1] if n + 1 < len(wished) else day + DAY * (NEAR + 1)
        low, high = max(day - DAY * NEAR, last + DAY), min(day + DAY * NEAR, following - DAY)
        moment = datetime.combine(day, rhythm.hour)
        start = min(
            (at for at in free if low <= at.date() <= high), key=lambda at: (_off(at, moment), at), default=None
        )  # fmt: skip
        found.append(Planned(moment, start))
        last = start.date() if start is not None else last
    return found


def _off(start: datetime, wished: datetime) -> float:
    """How far a start is from the one wished, in minutes of the hour of the day."""
    days = abs((start.date() - wished.date()).days)
    hours = abs((start.hour * 60 + start.minute) - (wished.hour * 60 + wished.minute))
    return days * A_DAY_OFF + hours
