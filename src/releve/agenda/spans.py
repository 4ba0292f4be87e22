"""Spans of time as pairs of integers: seconds since 1970-01-01T00:00Z, closed-open, and the algebra on them.

Seconds and not minutes, because a calendar from elsewhere may be busy until 10:00:30; integers, because a
month of slots is then a handful of `range` objects. A list of spans is *tidy* when sorted, disjoint and not
touching.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

Span = tuple[int, int]

MINUTE = 60
DAY = 86_400
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_ORDINAL = EPOCH.toordinal()
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Closed-open [start, end): aware datetimes. Raises ValueError when one is naive or `end` lies before
    `start`.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("an interval needs datetimes with an offset")
        if self.end < self.start:
            raise ValueError("an interval ends before it begins")

    def holds(self, moment: datetime) -> bool:
        """Whether the aware `moment` lies in [start, end)."""
        return self.start <= moment < self.end


def floor_second(moment: datetime) -> int:
    """The last whole second at or before an aware `moment`. Raises ValueError when it is naive."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs an offset")
    return (moment - EPOCH) // _SECOND


def ceil_second(moment: datetime) -> int:
    """The first whole second at or after an aware `moment`. Raises ValueError when it is naive."""
    return floor_second(moment) + (1 if moment.microsecond else 0)


def utc(second: int) -> datetime:
    """The aware UTC datetime of a second since the epoch."""
    return datetime.fromtimestamp(second, UTC)


def interval(span: Span) -> Interval:
    """A span as aware UTC datetimes."""
    return Interval(utc(span[0]), utc(span[1]))


def outer(start: datetime, end: datetime) -> Span:
    """The whole seconds that [start, end) touches: how occupied time is rounded."""
    return floor_second(start), ceil_second(end)


def inner(start: datetime, end: datetime) -> Span:
    """The whole seconds wholly inside [start, end): how free time is rounded."""
    return ceil_second(start), floor_second(end)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The union, tidy: touching spans become one, empty ones disappear."""
    tidy: list[Span] = []
    last_start = last_end = 0
    for start, end in sorted(spans):
        if start >= end:
            continue
        if tidy and start <= last_end:
            if end > last_end:
                last_end = end
                tidy[-1] = (last_start, end)
            continue
        tidy.append((start, end))
        last_start, last_end = start, end
    return tidy


def common(left: Sequence[Span], right: Sequence[Span]) -> list[Span]:
    """The intersection of two tidy lists, tidy."""
    both: list[Span] = []
    i = j = 0
    while i < len(left) and j < len(right):
        start = max(left[i][0], right[j][0])
        end = min(left[i][1], right[j][1])
        if start < end:
            both.append((start, end))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return both


def without(spans: Sequence[Span], removed: Sequence[Span]) -> list[Span]:
    """What is left of a tidy list when another tidy list is taken out, tidy."""
    left: list[Span] = []
    j = 0
    count = len(removed)
    for start, end in spans:
        while j < count and removed[j][1] <= start:
            j += 1
        k = j
        while k < count and removed[k][0] < end:
            if start < removed[k][0]:
                left.append((start, removed[k][0]))
            start = removed[k][1]
            k += 1
        if start < end:
            left.append((start, end))
    return left
