"""Which starts can be booked, and why another cannot. One function decides both: `_starts`.

Every schedule of a request (person, room, device) must be open and free together. Results do not depend on
how much was asked for: a start is bookable on its own exactly when a listing shows it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from releve.agenda.grid import WINDOW_RUN, clock_starts, window_starts
from releve.agenda.opening import opening_spans
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

Reason = Literal["past", "too_soon", "outside_range", "closed", "taken", "buffer", "not_on_grid"]


@dataclass(frozen=True, slots=True)
class Resource:
    """One schedule and what is already known of its time, as spans in seconds since the epoch (see
    `spans.outer`).
    """

    schedule: WeeklySchedule
    busy: Sequence[Span] = ()
    bookings: Sequence[Booking] = ()
    extra_free: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class SlotQuery:
    """What is looked for; all in minutes. Raises ValueError for a duration or step under 1, or a negative
    buffer.

    `align` "window": starts step from each opening window of all schedules together, before occupied time is
    taken out. "clock": starts are multiples of the step from local midnight plus the offset, in the first
    schedule's zone.
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


def free_slots(
    resources: Sequence[Resource],
    query: SlotQuery,
    after: datetime,
    before: datetime,
    now: datetime | None = None,
) -> list[datetime]:
    """The bookable starts of slots that lie wholly inside [after, before), in UTC, in order.

    `now` None asks for no notice and allows the past. Raises ValueError without a resource or for a naive
    datetime.
    """
    return [utc(second) for second in free_starts(resources, query, ceil_second(after), floor_second(before), now)]


def free_starts(
    resources: Sequence[Resource], query: SlotQuery, low: int, high: int, now: datetime | None = None
) -> list[int]:
    """As `free_slots`, in seconds since the epoch: what a listing of many practitioners calls."""
    margin = (query.duration_min + query.buffer_before_min + query.buffer_after_min) * MINUTE
    opened = _joint_opening(resources, low - margin, high + margin)
    free = without(opened, _joint_taken(resources))
    return list(_starts(opened, free, query, _zone(resources), max(low, _earliest(query, now, low)), high))


def free_windows(resources: Sequence[Resource], after: datetime, before: datetime) -> list[Interval]:
    """The time in [after, before) that is free in all schedules together, before duration, steps and notice;
    in UTC.
    """
    asked = (ceil_second(after), floor_second(before))
    if asked[0] >= asked[1]:
        return []
    free = without(_joint_opening(resources, *asked), _joint_taken(resources))
    return [interval(span) for span in common(free, [asked])]


def why_not(
    resources: Sequence[Resource],
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
    if not start.microsecond and free_starts(resources, query, begin, end, now) == [begin]:
        return None
    return _reason(resources, query, begin, end)


def _reason(resources: Sequence[Resource], query: SlotQuery, begin: int, end: int) -> Reason:
    """What a person should be told of a slot that `_starts` does not give."""
    padded = (begin - query.buffer_before_min * MINUTE, end + query.buffer_after_min * MINUTE)
    opened = _joint_opening(resources, *padded)
    free = without(opened, _joint_taken(resources))
    if not _covered((begin, end), opened):
        return "closed"
    if not _covered((begin, end), free):
        return "taken"
    return "not_on_grid" if _covered(padded, free) else "buffer"


def _covered(span: Span, spans: Sequence[Span]) -> bool:
    return common([span], spans) == [span]


def _starts(
    opened: Sequence[Span], free: Sequence[Span], query: SlotQuery, timezone: str, low: int, high: int
) -> Iterator[int]:
    """The decision. Each free span lies in one opening window; the grid gives the starts that fit between its
    edges.
    """
    step = query.step_min * MINUTE
    shift = query.align_offset_min * MINUTE
    before = query.buffer_before_min * MINUTE
    after = (query.duration_min + query.buffer_after_min) * MINUTE
    latest = high - query.duration_min * MINUTE
    windows = iter(opened)
    window = (0, 0)
    for start, end in free:
        first = max(start + before, low)
        last = min(end - after, latest)
        if first > last:
            continue
        while window[1] < end:
            window = next(windows)
        if query.align == "clock":
            yield from clock_starts(first, last, step, shift, timezone)
        else:
            yield from window_starts(window[0], first, last, step, timezone)


def _joint_opening(resources: Sequence[Resource], low: int, high: int) -> list[Span]:
    """When all are open together around [low, high], from far enough back to know where windows began."""
    if not resources:
        raise ValueError("at least one schedule is needed")
    first = (low - WINDOW_RUN) // DAY + EPOCH_ORDINAL - 2
    last = high // DAY + EPOCH_ORDINAL + 1
    joint: list[Span] | None = None
    for resource in resources:
        own = opening_spans(resource.schedule, first, last)
        if resource.extra_free:
            own = merged([*own, *resource.extra_free])
        joint = own if joint is None else common(joint, own)
    return joint or []


def _joint_taken(resources: Sequence[Resource]) -> list[Span]:
    """When at least one of them is busy or has no place left; tidy."""
    taken: list[Span] = []
    for resource in resources:
        taken += resource.busy
        taken += full_spans(resource.bookings, resource.schedule.capacity)
    return merged(taken)


def _earliest(query: SlotQuery, now: datetime | None, otherwise: int) -> int:
    """The first second that leaves enough notice."""
    return otherwise if now is None else ceil_second(now) + query.min_notice_min * MINUTE


def _zone(resources: Sequence[Resource]) -> str:
    return resources[0].schedule.timezone
