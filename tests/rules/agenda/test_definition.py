"""The same answers from the slowest engine one can write: it looks at every five minutes, by the contract."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings

from releve.agenda.availability import SlotQuery, Timetable, free_slots
from releve.agenda.public_holidays import is_public_holiday
from releve.agenda.schedule import WeeklySchedule
from tests.rules.agenda.situations import situations

TICK = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)


def day_windows(own: WeeklySchedule, day: date) -> list[tuple[int, int]]:
    """Minutes since the midnight of `day`, past 1440 when a window runs on."""
    overridden = [o for o in own.overrides if o.date == day]
    if day in own.days_off or (not overridden and is_public_holiday(day, own.public_holidays)):
        return []
    chosen = overridden or [rule for rule in own.rules if day.weekday() in rule.days]
    return [(c.start, c.end if c.end >= c.start else c.end + 1440) for c in chosen]


def is_open(one: Timetable, tick: datetime) -> bool:
    second = int(tick.timestamp())
    if any(start <= second < end for start, end in one.extra_free):
        return True
    wall = tick.astimezone(ZoneInfo(one.schedule.timezone)).replace(tzinfo=None)
    for back in (0, 1):
        day = wall.date() - timedelta(days=back)
        minute = (wall - datetime.combine(day, datetime.min.time())) // MINUTE
        if any(start <= minute < end for start, end in day_windows(one.schedule, day)):
            return True
    return False


def is_taken(one: Timetable, tick: datetime) -> bool:
    second = int(tick.timestamp())
    there = [b for b in one.bookings if b.start <= second < b.end]
    full = any(len(there) >= min(b.capacity, one.schedule.capacity) for b in there)
    return full or any(start <= second < end for start, end in one.busy)


def ticks(start: datetime, end: datetime) -> Iterator[datetime]:
    while start < end:
        yield start
        start += TICK


def on_grid(query: SlotQuery, slot: datetime, opened: set[datetime], local: ZoneInfo) -> bool:
    wall = slot.astimezone(local)
    step = timedelta(minutes=query.step_min)
    if query.align == "clock":
        return (wall.hour * 60 + wall.minute - query.align_offset_min) % query.step_min == 0
    first = slot
    while first - TICK in opened:
        first -= TICK
    if slot - first >= timedelta(days=8):
        return (wall.hour * 60 + wall.minute) % query.step_min == 0
    return (slot - first) % step == timedelta(0)


@settings(max_examples=60, deadline=None)
@given(situations())
def test_the_definition_and_the_engine_agree(situation):
    some, query, start, end, now = situation
    around = list(ticks(start - timedelta(days=10), end + timedelta(days=1)))
    opened = {tick for tick in around if all(is_open(one, tick) for one in some)}
    free = {tick for tick in opened if not any(is_taken(one, tick) for one in some)}
    length = query.duration_min * MINUTE
    before, after = query.buffer_before_min * MINUTE, query.buffer_after_min * MINUTE
    expected = [
        slot
        for slot in ticks(start, end)
        if slot + length <= end
        and (now is None or slot >= now + query.min_notice_min * MINUTE)
        and free.issuperset(ticks(slot - before, slot + length + after))
        and on_grid(query, slot, opened, ZoneInfo(some[0].schedule.timezone))
    ]
    assert free_slots(some, query, start, end, now) == [slot.astimezone(UTC) for slot in expected]
