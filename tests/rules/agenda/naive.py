"""The slowest engine one can write: it looks at every five minutes of one slot, by the definition and nothing else.

It shares no arithmetic with `releve.agenda`: clocks are read through `zoneinfo`, moment by moment.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from releve.agenda.availability import Timetable
from releve.agenda.calendar import HORIZON_DAYS
from releve.agenda.places import Booking
from releve.agenda.public_holidays import is_public_holiday
from releve.agenda.schedule import Rule
from releve.agenda.school_holidays import is_school_holiday
from releve.agenda.visits import Visit
from tests.rules.agenda.random_calendars import Situation

TICK = 300
A_WEEK_OPEN = 8 * 86_400  # steps count from the opening of a window for so long, then from midnight


class Naive:
    """One situation, looked at slot by slot."""

    def __init__(self, asked: Situation) -> None:
        self.asked, self.visit, self.person = asked, asked.visit, asked.calendar.person
        self.now = int(asked.calendar.now.timestamp())
        self.opened = cache(self._opened)

    def bookable(self, start: int) -> bool:
        visit = self.visit
        end = start + visit.duration_min * 60
        days = HORIZON_DAYS if visit.horizon_days is None else visit.horizon_days
        soon = start <= self.now or start < self.now + visit.min_notice_min * 60
        if start < self.asked.low or end > self.asked.high or soon or start > self.now + days * 86_400:
            return False
        slot = list(ticks(start - visit.buffer_before_min * 60, end + visit.buffer_after_min * 60))
        there = self.together(self.person, start)
        fits = len(there) < visit.capacity if there else self.on_grid(start)
        return (
            fits
            and all(self.opened(tick) for tick in slot)
            and not any(taken(self.person, tick, there) for tick in slot)
            and not self.day_is_full(start)
            and all(self.a_room(family, slot, start) for family in visit.needs)
        )

    def together(self, table: Timetable, start: int) -> list[Booking]:
        """The group one would join: booked for the same visit, as long as it is today."""
        visit = self.visit
        if visit.capacity == 1:
            return []
        since = start - visit.buffer_before_min * 60
        until = start + (visit.duration_min + visit.buffer_after_min) * 60
        same = [b for b in self.person.bookings if b.service == visit.identifier]
        mine = [b for b in same if (b.start, b.end) == (since, until)]
        return mine if table is self.person else [b for b in table.bookings if b.holder in {m.holder for m in mine}]

    def a_room(self, family: str, slot: list[int], start: int) -> bool:
        return any(
            all(is_open(room, tick, None, 0) and not taken(room, tick, self.together(room, start)) for tick in slot)
            for room in self.asked.calendar.rooms[family]
        )

    def day_is_full(self, start: int) -> bool:
        zone = ZoneInfo(self.person.schedule.timezone)
        for limit in self.person.schedule.limits:
            counted = [b for b in self.person.bookings if _counts(limit, b.service, b.first_visit)]
            same_day = [b for b in counted if wall(b.start, zone).date() == wall(start, zone).date()]
            if _counts(limit, self.visit.identifier, self.asked.newcomer) and len(same_day) >= limit.per_day:
                return True
        return False

    def on_grid(self, start: int) -> bool:
        first = start
        while first - TICK > start - A_WEEK_OPEN - TICK and self.opened(first - TICK):
            first -= TICK
        step = (self.visit.step_min or self.visit.duration_min) * 60
        if start - first >= A_WEEK_OPEN:
            local = wall(start, ZoneInfo(self.person.schedule.timezone))
            return (local.hour * 3600 + local.minute * 60) % step == 0
        return (start - first) % step == 0

    def _opened(self, tick: int) -> bool:
        return is_open(self.person, tick, self.visit, self.now)


def _counts(limit, service: str, newcomer: bool) -> bool:
    return (not limit.services or service in limit.services) and (newcomer or not limit.new_patients)


def wall(second: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(second, UTC).astimezone(zone).replace(tzinfo=None)


def ticks(start: int, end: int) -> Iterator[int]:
    return iter(range(start, end, TICK))


def taken(table: Timetable, tick: int, together: list[Booking]) -> bool:
    """Busy, or without a place left besides those one would join."""
    if any(start <= tick < end for start, end in table.busy):
        return True
    there = [b for b in table.bookings if b.start <= tick < b.end]
    for booking in together:
        if booking in there:
            there.remove(booking)
    return any(len(there) >= min(b.capacity, table.schedule.capacity) for b in there)


def is_open(table: Timetable, tick: int, visit: Visit | None, now: int) -> bool:
    local = wall(tick, ZoneInfo(table.schedule.timezone))
    for back in (0, 1):
        day = local.date() - timedelta(days=back)
        minute = (local - datetime.combine(day, datetime.min.time())) // timedelta(minutes=1)
        if any(start <= minute < end for start, end in day_windows(table, day, visit, now)):
            return True
    return False


def day_windows(table: Timetable, day: date, visit: Visit | None, now: int) -> list[tuple[int, int]]:
    """Minutes since the midnight of `day`, past 1440 when a window runs on."""
    own = table.schedule
    overridden = [o for o in own.overrides if o.date == day]
    if day in own.days_off or (not overridden and is_public_holiday(day, own.public_holidays)):
        return []
    chosen = overridden or [r for r in own.rules if runs(r, day, own.school_zone) and fits(r, day, visit, now, own)]
    return [(c.start, c.end if c.end >= c.start else c.end + 1440) for c in chosen]


def runs(rule: Rule, day: date, zone: str) -> bool:
    if day.weekday() not in rule.days or (rule.until and day > rule.until) or (rule.since and day < rule.since):
        return False
    if rule.since:
        monday, first = (d - timedelta(days=d.weekday()) for d in (day, rule.since))
        if ((monday - first).days // 7) % rule.every:
            return False
    if rule.weeks and ("even", "odd")[day.isocalendar()[1] % 2] != rule.weeks:
        return False
    return not rule.school_holidays or is_school_holiday(day, zone) == (rule.school_holidays == "only")


def fits(rule: Rule, day: date, visit: Visit | None, now: int, own) -> bool:
    if visit is None:
        return True
    if rule.services and visit.identifier not in rule.services:
        return False
    if rule.place and rule.place != ("video" if visit.teleconsultation else "office"):
        return False
    if rule.kept_until is None or visit.urgent:
        return True
    released = datetime.combine(day - timedelta(days=rule.kept_days), datetime.min.time())
    return wall(now, ZoneInfo(own.timezone)) >= released + timedelta(minutes=rule.kept_until)
