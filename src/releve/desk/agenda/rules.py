"""The geometry of the agenda, pure: one row is five minutes; the first row is the day's first hour.

Minutes are counted from local midnight. Screens may hold no inline style, so that a place is a pair of classes, `r`
(its first row, from 1) and `s` (how many rows).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

STEP = 5
HOUR = 60
DAY = 24 * HOUR
ORDINARY = (8 * HOUR, 19 * HOUR)  # what is drawn of a day with nothing in it
MOST_LANES = 6
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Frame:
    """Hours [first, last) that are drawn."""

    first: int
    last: int

    @property
    def hours(self) -> list[tuple[int, int]]:
        """(hour, its row)"""
        return [(hour, self.row(hour * HOUR)) for hour in range(self.first, self.last)]

    @property
    def span(self) -> Span:
        return self.first * HOUR, self.last * HOUR

    def row(self, minute: int) -> int:
        """The row that holds this minute."""
        return max(minute - self.first * HOUR, 0) // STEP + 1

    def rows(self, span: Span) -> tuple[int, int]:
        """(first row, number of rows), at least one, nothing outside the frame."""
        low, high = self.span
        start = min(max(span[0], low), high - STEP)
        end = max(min(span[1], high), start + STEP)
        first = self.row(start)
        return first, max(-(-(end - self.first * HOUR) // STEP) - first + 1, 1)


def frame(spans: Iterable[Span]) -> Frame:
    """Whole hours around all of them, within one day."""
    known = [span for span in spans if span[0] < span[1]] or [ORDINARY]
    first = max(min(start for start, _ in known), 0) // HOUR
    last = -(-min(max(end for _, end in known), DAY) // HOUR)
    return Frame(first, max(last, first + 1))


def closed(opened: Sequence[Span], within: Span) -> list[Span]:
    """What is left of `within` outside these spans, in order."""
    left, at = [], within[0]
    for start, end in sorted(opened):
        if start > at:
            left.append((at, min(start, within[1])))
        at = max(at, end)
    if at < within[1]:
        left.append((at, within[1]))
    return [(start, end) for start, end in left if start < end]


def lanes(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """For each span its lane (from 1) and how many lanes its group has: what overlaps stands side by side.

    A group is what overlaps directly or through others. Beyond six at once the last lane is shared.
    """
    found: list[tuple[int, int]] = [(1, 1)] * len(spans)
    group: list[int] = []
    taken: list[int] = []  # the end of each lane of the group
    for key in sorted(range(len(spans)), key=lambda k: (spans[k][0], -spans[k][1])):
        start, end = spans[key]
        if taken and start >= max(taken):
            group, taken = [], []
        lane = next((n for n, until in enumerate(taken) if until <= start), len(taken))
        if lane == len(taken):
            taken.append(end)
        taken[lane] = end
        group.append(key)
        found[key] = (min(lane + 1, MOST_LANES), 1)
        for member in group:
            found[member] = (found[member][0], min(len(taken), MOST_LANES))
    return found


def density(shortest: int) -> str:
    """How tall a row is: a visit of `shortest` minutes must stay readable and be hit with a finger."""
    return next((name for limit, name in ((20, ""), (15, "airy")) if shortest >= limit), "wide")
