"""Which starts can be booked, and why another cannot. One function decides both: `starts`.

What forbids a place is a span (busy, full, a limit reached, too near, too far), what permits one is a span (opening);
the grid gives the starts in what is left. Every timetable of a request must be open and free together. Results do not
depend on how much was asked for: a start is bookable on its own exactly when a listing shows it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from releve.agenda.grid import WINDOW_RUN, clock_starts, window_starts
from releve.agenda.opening import Open, opening_spans
from releve.agenda.places import Booking, full_spans
from releve.agenda.schedule import WeeklySchedule
from releve.agenda.spans import (
    DAY,
    EPOCH_ORDINAL,
    MINUTE,
    Interval,
    Span,
    ceil_second,
    common,
    floor_second,
    interval,
    merged,
    utc,
    without,
)

Reason = Literal[
    "past", "too_soon", "too_far", "outside_range", "age", "closed", "kept", "taken", "buffer", "day_full",
    "no_resource", "not_on_grid",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timetable:
    """One schedule and what is already known of its time, as spans in seconds since the epoch (see
    `spans.outer`). `key` names the schedule to the caller.
    """

    schedule: WeeklySchedule
    busy: Sequence[Span] = ()
    bookings: Sequence[Booking] = ()
    extra_free: Sequence[Span] = ()
    key: int = 0

    def opened(self, low: int, high: int, permitted: Open | None = None) -> Sequence[Span]:
        """Open around [low, high], from far enough back to know where windows began; tidy."""
        first = (low - WINDOW_RUN) // DAY + EPOCH_ORDINAL - 2
        last = high // DAY + EPOCH_ORDINAL + 1
        own = opening_spans(self.schedule, first, last, permitted)
        return merged([*own, *self.extra_free]) if self.extra_free else own

    def taken(self) -> list[Span]:
        """Busy, or without a place left; tidy."""
        return merged([*self.busy, *full_spans(self.bookings, self.schedule.capacity)])


@dataclass(frozen=True, slots=True)
class SlotQuery:
    """What is looked for; all in minutes. Raises ValueError for a duration or step under 1, or a negative
    buffer.

    `align` "window": starts step from each opening window of all timetables together, before occupied time is
    taken out. "clock": starts are multiples of the step from local midnight plus the offset, in the first
    timetable's zone.
    """

    duration_min: int
    step_min: int
    align: Literal["window", "clock"] = "window"
    align_offset_min: int = 0
    buffer_before_min: int = 0
    buffer_after_min: int = 0
    min_notice_min: int = 0

    def __post_init__(self) -> None:
        if self.duration_min < 1 or self.step_min < 1:
            raise ValueError("a duration and a step are at least one minute")
        if min(self.buffer_before_min, self.buffer_after_min, self.min_notice_min) < 0:
            raise ValueError("buffers and notice are not negative")

    @property
    def margin(self) -> int:
        """Seconds of a slot with its buffers."""
        return (self.duration_min + self.buffer_before_min + self.buffer_after_min) * MINUTE

    def occupied(self, start: int) -> Span:
        """The seconds that a slot beginning at `start` takes, buffers included."""
        end = start + (self.duration_min + self.buffer_after_min) * MINUTE
        return start - self.buffer_before_min * MINUTE, end


def free_slots(
    timetables: Sequence[Timetable],
    query: SlotQuery,
    after: datetime,
    before: datetime,
    now: datetime | None = None,
) -> list[datetime]:
    """The bookable starts of slots that lie wholly inside [after, before), in UTC, in order.

    `now` None asks for no notice and allows the past. Raises ValueError without a timetable or for a naive
    datetime.
    """
    return [utc(second) for second in free_starts(timetables, query, ceil_second(after), floor_second(before), now)]


def free_starts(
    timetables: Sequence[Timetable], query: SlotQuery, low: int, high: int, now: datetime | None = None
) -> list[int]:
    """As `free_slots`, in seconds since the epoch."""
    opened = _joint_opening(timetables, low - query.margin, high + query.margin)
    possible = beginnings(without(opened, _joint_taken(timetables)), query)
    asked = [(max(low, _earliest(query, now, low)), high - query.duration_min * MINUTE + 1)]
    return list(starts(opened, common(possible, asked), query, _zone(timetables)))


def free_windows(timetables: Sequence[Timetable], after: datetime, before: datetime) -> list[Interval]:
    """The time in [after, before) that is free in all timetables together, before duration, steps and notice;
    in UTC.
    """
    asked = (ceil_second(after), floor_second(before))
    if asked[0] >= asked[1]:
        return []
    free = without(_joint_opening(timetables, *asked), _joint_taken(timetables))
    return [interval(span) for span in common(free, [asked])]


def why_not(
    timetables: Sequence[Timetable],
    query: SlotQuery,
    start: datetime,
    now: datetime | None = None,
    within: tuple[datetime, datetime] | None = None,
) -> Reason | None:
    """None when a slot beginning at `start` can be booked, else the first reason that forbids it.

    `within` is the range [after, before) of the listing, when there is one. Errors as `free_slots`.
    """
    begin = ceil_second(start)
    end = begin + query.duration_min * MINUTE
    if now is not None and begin < _earliest(query, now, begin):
        return "past" if start < now else "too_soon"
    if within and (begin < ceil_second(within[0]) or end > floor_second(within[1])):
        return "outside_range"
    if not start.microsecond and free_starts(timetables, query, begin, end, now) == [begin]:
        return None
    opened = _joint_opening(timetables, *query.occupied(begin))
    return in_the_way(begin, query, opened, without(opened, _joint_taken(timetables)))


def in_the_way(begin: int, query: SlotQuery, opened: Sequence[Span], free: Sequence[Span]) -> Reason:
    """What a person should be told of a slot that `starts` does not give."""
    slot = (begin, begin + query.duration_min * MINUTE)
    if not covered(slot, opened):
        return "closed"
    if not covered(slot, free):
        return "taken"
    return "not_on_grid" if covered(query.occupied(begin), free) else "buffer"


def covered(span: Span, spans: Sequence[Span]) -> bool:
    """Whether one of these tidy spans holds it whole."""
    return common([span], spans) == [span]


def beginnings(free: Sequence[Span], query: SlotQuery) -> list[Span]:
    """Where a slot may begin so that it lies, buffers included, inside one of these tidy spans; closed-open, tidy."""
    before = query.buffer_before_min * MINUTE
    after = (query.duration_min + query.buffer_after_min) * MINUTE
    return [(start + before, end - after + 1) for start, end in free if end - after >= start + before]


def starts(opened: Sequence[Span], possible: Sequence[Span], query: SlotQuery, timezone: str) -> Iterator[int]:
    """The decision: the starts of the grid in what is `possible` (tidy), each span of which lies in one window."""
    step = query.step_min * MINUTE
    shift = query.align_offset_min * MINUTE
    windows = iter(opened)
    window = (0, 0)
    for first, end in possible:
        while window[1] < end:
            window = next(windows)
        if query.align == "clock":
            yield from clock_starts(first, end - 1, step, shift, timezone)
        else:
            yield from window_starts(window[0], first, end - 1, step, timezone)


def _joint_opening(timetables: Sequence[Timetable], low: int, high: int) -> Sequence[Span]:
    if not timetables:
        raise ValueError("at least one schedule is needed")
    joint = timetables[0].opened(low, high)
    for timetable in timetables[1:]:
        joint = common(joint, timetable.opened(low, high))
    return joint


def _joint_taken(timetables: Sequence[Timetable]) -> list[Span]:
    """When at least one of them is busy or has no place left; tidy."""
    return merged(span for timetable in timetables for span in timetable.taken())


def _earliest(query: SlotQuery, now: datetime | None, otherwise: int) -> int:
    """The first second that leaves enough notice."""
    return otherwise if now is None else ceil_second(now) + query.min_notice_min * MINUTE


def _zone(timetables: Sequence[Timetable]) -> str:
    return timetables[0].schedule.timezone
