"""Loads whole agendas: schedules, then what is booked and busy. Two queries whatever the number of people."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from releve.agenda.availability import Timetable
from releve.agenda.calendar import HORIZON_DAYS, AgendaCalendar
from releve.agenda.opening import ALWAYS
from releve.agenda.parse import parse_schedule
from releve.agenda.places import Booking
from releve.agenda.public_holidays import country_of
from releve.agenda.schedule import WeeklySchedule
from releve.agenda.spans import Span
from releve.core.ports import VisitRecord
from releve.practice import stored
from releve.practice.models import Schedule

A_DAY = timedelta(days=1)
AN_HOUR = timedelta(hours=1)  # a day on which clocks go back has one more
LONGEST_BUFFER = timedelta(hours=12)  # `practice.file` takes no longer one
FEW_DAYS = 2  # of the first look ahead; the next is twice as long
JSON = ("rules", "overrides", "days_off", "limits")


def calendars(
    practitioners: Iterable[int],
    now: datetime,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    visits: Iterable[VisitRecord] | None = None,
    hold_of: str | Collection[str] = "",
    moving: int | None = None,
    by_staff: bool = False,
    schedules: Iterable[Schedule] | None = None,
) -> dict[int, AgendaCalendar]:
    """Opening hours and what is taken from `since` (`now` when it is not given) to `until`, with the rooms and devices
    that `visits` need (all of them when it is not given).

    Holds of `hold_of` and expired ones count as free, and so does the time of the appointment that is `moving`. Who has
    left has no time to give. `schedules`: theirs, when they are at hand.
    """
    keys = list(practitioners)
    if not keys:
        return {}
    visits = None if visits is None else list(visits)
    needs = None if visits is None else {family for visit in visits for family in visit.needs}
    rows = [_row(s) for s in schedules] if schedules is not None and needs == set() else stored.schedules(keys, needs)
    begin, end = _read(since if since is not None else now, until, visits, rows)
    taken = stored.taken([row.pk for row in rows], begin, end, now, hold_of, moving)
    return _calendars(rows, taken, now, by_staff)


def _calendars(
    rows: Sequence[stored.Row], taken: stored.Taken, now: datetime, by_staff: bool = False
) -> dict[int, AgendaCalendar]:
    """Each person with the rooms of their practice."""
    tables = {row.pk: _table(row, taken) for row in rows}
    rooms: dict[int, dict[str, list[Timetable]]] = {}
    for row in rows:
        if row.family is not None:
            rooms.setdefault(row.practice, {}).setdefault(row.family, []).append(tables[row.pk])
    return {
        row.practitioner: AgendaCalendar(tables[row.pk], now, rooms.get(row.practice, {}), by_staff)
        for row in rows
        if row.practitioner is not None
    }


def _table(row: stored.Row, taken: Mapping[int, tuple[list[Span], list[Booking]]]) -> Timetable:
    busy, bookings = taken.get(row.pk, ((), ()))
    return Timetable(hours(row), busy, bookings, key=row.pk)


def around(
    start: datetime, practitioners: Iterable[int], now: datetime, visit: VisitRecord, **ignored: Any
) -> dict[int, AgendaCalendar]:
    """Enough of the agendas to decide on one place: what is taken near it, buffers and the day's limits included."""
    end = start + timedelta(minutes=visit.duration_min)
    return calendars(practitioners, now, since=start, until=end, visits=[visit], **ignored)


def first_free(
    wanted: Mapping[int, VisitRecord], now: datetime, until: datetime | None = None, newcomer: bool = False
) -> dict[int, datetime]:
    """The first free place of each practitioner before `until`, for the visit given with them; nothing for who has
    none. Looks a few days ahead, then further for those who are left."""
    if not wanted:
        return {}
    visits = {visit.identifier: visit for visit in wanted.values()}.values()
    longest = timedelta(minutes=max(visit.duration_min for visit in visits))
    far = until if until is not None else now + timedelta(days=1 + HORIZON_DAYS)
    rows = stored.schedules([*wanted], {family for visit in visits for family in visit.needs})
    found: dict[int, datetime] = {}
    alone = all(row.capacity == 1 and row.limits == "[]" for row in rows) and all(v.capacity == 1 for v in visits)
    begin, days = now, FEW_DAYS
    while begin < far and any(row.practitioner is not None for row in rows):
        end = min(begin + timedelta(days=days), far)
        low, high = _read(begin, end + longest, visits, rows)
        keys = [row.pk for row in rows]
        assert high is not None
        taken = stored.times(keys, low, high, now) if alone else stored.taken(keys, low, high, now, "", None)
        for who, calendar in _calendars(rows, taken, now).items():
            last = min(end + timedelta(minutes=wanted[who].duration_min), far)
            start = calendar.first(begin, last, wanted[who], newcomer)
            if start is not None:
                found[who] = start
        rows = [row for row in rows if row.practitioner not in found]
        begin, days = end, days * 2
    return found


def weekly(schedule: Schedule) -> WeeklySchedule:
    """A schedule as `agenda` reads it; a room without rules can always be used."""
    return hours(_row(schedule))


def hours(row: stored.Row) -> WeeklySchedule:
    country = country_of(row.closes, row.territory)
    texts = (row.rules, row.overrides, row.days_off, row.limits)
    return _weekly(row.timezone, row.capacity, country, row.school_zone, *texts, row.practitioner is None)


def _row(schedule: Schedule) -> stored.Row:
    practice = schedule.organization
    return stored.Row(
        schedule.pk, practice.pk, schedule.practitioner_id, None, schedule.timezone, schedule.capacity,
        practice.public_holidays, practice.territory, practice.school_zone,
        *(json.dumps(getattr(schedule, name)) for name in JSON),
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _weekly(
    timezone: str, capacity: int, country: str | None, school_zone: str, rules: str, overrides: str, days_off: str,
    limits: str, is_room: bool,
) -> WeeklySchedule:  # fmt: skip
    """Keyed by the very text that is stored: never stale."""
    values: dict[str, Any] = {
        "timezone": timezone, "capacity": capacity, "rules": json.loads(rules), "overrides": json.loads(overrides),
        "days_off": json.loads(days_off), "limits": json.loads(limits),
    }  # fmt: skip
    if is_room and not values["rules"]:
        return parse_schedule(values, always=ALWAYS)
    return parse_schedule(values, public_holidays=None if is_room else country, school_zone=school_zone)


def _read(
    since: datetime, until: datetime | None, visits: Collection[VisitRecord] | None, rows: Sequence[stored.Row]
) -> tuple[datetime, datetime | None]:
    """What must be read to decide on places from `since` to `until`: their buffers too, and whole days where limits
    count them."""
    before, after = LONGEST_BUFFER, LONGEST_BUFFER
    if visits is not None:
        before = timedelta(minutes=max((v.buffer_before_min for v in visits), default=0))
        after = timedelta(minutes=max((v.buffer_after_min for v in visits), default=0))
    if any(row.limits != "[]" for row in rows):
        zones = {row.timezone for row in rows}
        since = min(_midnight(since, zone) for zone in zones)
        until = None if until is None else max(_midnight(until + A_DAY + AN_HOUR, zone) for zone in zones)
    return since - before, None if until is None else until + after


def _midnight(moment: datetime, timezone: str) -> datetime:
    return moment.astimezone(ZoneInfo(timezone)).replace(hour=0, minute=0, second=0, microsecond=0)
