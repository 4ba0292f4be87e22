"""The ribbon of a day: one bar a practitioner, drawn in SVG; figures first, so that it can be read without eyes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from releve.look.templatetags.french import clock

Span = tuple[datetime, datetime]
LEFT, WIDTH, HEIGHT, TOP = 96.0, 336.0, 17, 20


@dataclass(frozen=True)
class Row:
    """`open` and `busy` in time; `free` is what is open, ahead of now, and not taken."""

    name: str
    open: Sequence[Span]
    busy: Sequence[Span]
    free: Sequence[Span]

    @property
    def minutes(self) -> int:
        """Still free, in minutes."""
        return int(sum((end - start for start, end in self.free), timedelta()).total_seconds()) // 60


@dataclass(frozen=True)
class Bar:
    """A rectangle: kind is away, past, busy or free."""

    kind: str
    x: str
    y: int
    width: str
    height: int


@dataclass(frozen=True)
class Drawing:
    rows: Sequence[tuple[str, int, Sequence[Bar]]]  # name, baseline of its text, bars
    hours: Sequence[tuple[str, str]]  # x, label
    now: str  # x of the line, or empty
    height: int
    minutes: int


def row(name: str, opened: Sequence[Span], busy: Sequence[Span], now: datetime) -> Row:
    free = [part for start, end in opened for part in _less((max(start, now), end), sorted(busy))]
    return Row(name, list(opened), sorted(busy), free)


def _less(span: Span, taken: Sequence[Span]) -> list[Span]:
    start, end = span
    parts = []
    for first, last in taken:
        if last <= start or first >= end:
            continue
        if first > start:
            parts.append((start, first))
        start = max(start, last)
    return [*parts, (start, end)] if start < end else parts


def drawing(rows: Sequence[Row], now: datetime) -> Drawing | None:
    """From the first opening to the last of the day; None when nobody works."""
    times = [t for r in rows for span in (*r.open, *r.busy) for t in span]
    if not times:
        return None
    zone = now.tzinfo
    first = min(times).astimezone(zone).replace(minute=0, second=0, microsecond=0)
    last = max(times).astimezone(zone)
    last = last.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1 if last.minute else 0)
    whole = (last - first).total_seconds()

    def x(moment: datetime) -> float:
        return LEFT + WIDTH * (moment - first).total_seconds() / whole

    drawn = []
    for number, r in enumerate(rows):
        y = TOP + number * HEIGHT
        spans = [("away", s) for s in _less((first, last), sorted(r.open))]
        spans += [("past" if e <= now else "busy", (s, e)) for s, e in r.busy]
        spans += [("free", s) for s in r.free]
        drawn.append((r.name, y + 9, [_bar(kind, x(s), x(e), y) for kind, (s, e) in spans]))
    step = 2 if whole > 6 * 3600 else 1
    hours = range(first.hour + first.hour % step, first.hour + int(whole // 3600) + 1, step)
    marks = [(f"{x(first + timedelta(hours=h - first.hour)):.1f}", clock(h)) for h in hours]
    line = f"{x(now):.1f}" if first <= now <= last else ""
    return Drawing(drawn, marks, line, TOP + len(rows) * HEIGHT + 4, sum(r.minutes for r in rows))


def _bar(kind: str, left: float, right: float, y: int) -> Bar:
    inset = 1 if kind == "free" else 0
    return Bar(kind, f"{left + inset:.1f}", y + inset, f"{max(right - left - 1 - inset, 1):.1f}", 11 - 2 * inset)
