"""From the JSON of `releve slots` and of the practice file to the types of this room.

Errors are `fields.BadInput`, with the path of the field. Objects with a closed form (rule, override, booking)
refuse unknown names; the line of a request and its schedules do not, since callers add marks of their own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeVar

from releve.agenda.availability import SlotQuery, Timetable
from releve.agenda.fields import (
    BadInput,
    Fields,
    a_boolean,
    a_choice,
    a_date,
    a_list,
    a_moment,
    a_text,
    a_zone,
    an_integer,
    an_interval,
    an_object,
    at,
    between,
    minute_of_day,
    needed,
    shown,
)
from releve.agenda.places import Booking
from releve.agenda.public_holidays import COUNTRIES
from releve.agenda.schedule import DAYS, PLACES, SCHOOL, WEEKS, Limit, Override, Rule, WeeklySchedule
from releve.agenda.spans import Interval, Span, inner, outer
from releve.agenda.zones import PARIS

T = TypeVar("T")
_A_YEAR_MIN = 366 * 24 * 60
_MOST_PLACES = 100_000
_MOST_WEEKS = 52
_MOST_DAYS = 366
CLOSED_RULE = ("days", "start", "end")
RULE = (
    *CLOSED_RULE, "weeks", "every", "from", "until", "school_holidays", "services", "kept_until", "kept_days", "place",
)  # fmt: skip
_LONGEST_RANGE = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class SlotRequest:
    """One line of `releve slots`: what is asked, of whom, and whether the free windows are wanted too."""

    timetables: tuple[Timetable, ...]
    query: SlotQuery
    asked: Interval
    now: datetime | None
    windows: bool


def parse_request(value: object) -> SlotRequest:
    """A line of `releve slots`. Datetimes without an offset are wall time of `timezone`, Europe/Paris by
    default.
    """
    fields = an_object(value, "")
    timezone = a_zone(fields, "timezone", "", PARIS)
    holidays = _country(fields)
    now = fields.get("now")
    timetables = a_list(fields, "schedules", "", lambda v, path: _timetable(v, path, timezone, holidays))
    if not timetables:
        raise BadInput("schedules", "at least one is needed")
    return SlotRequest(
        timetables=timetables,
        query=_query(fields),
        asked=_asked(fields, timezone),
        now=None if now is None else a_moment(now, "now", timezone),
        windows=a_boolean(fields, "windows", "", False),
    )


def parse_schedule(
    value: object, path: str = "", timezone: str = PARIS, public_holidays: str | None = None, school_zone: str = "",
    always: tuple[Rule, ...] = (),
) -> WeeklySchedule:  # fmt: skip
    """The agenda part of a schedule (timezone, rules, overrides, days_off, capacity, limits) of either file; `always`
    are the rules of one that gives none."""
    fields = an_object(value, path)
    return WeeklySchedule(
        timezone=a_zone(fields, "timezone", path, timezone),
        rules=parse_rules(fields, path) or always,
        overrides=a_list(fields, "overrides", path, _override),
        days_off=frozenset(a_list(fields, "days_off", path, a_date)),
        capacity=an_integer(fields, "capacity", path, 1, _MOST_PLACES, otherwise=1),
        public_holidays=public_holidays,
        school_zone=school_zone,
        limits=a_list(fields, "limits", path, _limit),
    )


def parse_opening_hours(practice: object, path: str = "practice", timezone: str = PARIS) -> WeeklySchedule:
    """The `opening_hours` of a practice file's `practice`; its `public_holidays` true means France's close
    it.
    """
    fields = an_object(practice, path)
    closes = a_boolean(fields, "public_holidays", path, False)
    rules = parse_rules(fields, path, "opening_hours")
    return WeeklySchedule(timezone, rules, public_holidays="FR" if closes else None)


def parse_rules(fields: Fields, path: str, name: str = "rules") -> tuple[Rule, ...]:
    """The list of weekly rules in field `name`."""
    return a_list(fields, name, path, _rule)


def _rule(value: object, path: str) -> Rule:
    fields = an_object(value, path, RULE)
    needed(fields, "days", path)
    days = frozenset(a_list(fields, "days", path, _day))
    if len(fields) == len(CLOSED_RULE):
        return Rule(days, *_times(fields, path))
    every = an_integer(fields, "every", path, 1, _MOST_WEEKS, otherwise=1)
    since, until = (_maybe(a_date, fields, name, path) for name in ("from", "until"))
    if every > 1 and since is None:
        raise BadInput(at(path, "from"), "missing: weeks are counted from a date")
    if since is not None and until is not None and until < since:
        raise BadInput(at(path, "until"), "ends before it begins")
    kept = _maybe(minute_of_day, fields, "kept_until", path)
    if kept is None and fields.get("kept_days") is not None:
        raise BadInput(at(path, "kept_days"), "says nothing without `kept_until`")
    start, end = _times(fields, path)
    return Rule(
        days,
        start,
        end,
        weeks=a_choice(fields, "weeks", path, WEEKS),
        every=every,
        since=since,
        until=until,
        school_holidays=a_choice(fields, "school_holidays", path, SCHOOL),
        services=_identifiers(fields, path),
        kept_until=kept,
        kept_days=an_integer(fields, "kept_days", path, 0, _MOST_DAYS, otherwise=0),
        place=a_choice(fields, "place", path, PLACES),
    )


def _maybe(read: Callable[[object, str], T], fields: Fields, name: str, path: str) -> T | None:
    value = fields.get(name)
    return None if value is None else read(value, at(path, name))


def _limit(value: object, path: str) -> Limit:
    fields = an_object(value, path, ("services", "new_patients", "per_day"))
    return Limit(
        per_day=an_integer(fields, "per_day", path, 1, _MOST_PLACES),
        services=_identifiers(fields, path),
        new_patients=a_boolean(fields, "new_patients", path, False),
    )


def _identifiers(fields: Fields, path: str) -> frozenset[str]:
    return frozenset(a_list(fields, "services", path, a_text))


def _override(value: object, path: str) -> Override:
    fields = an_object(value, path, ("date", "start", "end"))
    return Override(a_date(needed(fields, "date", path), at(path, "date")), *_times(fields, path))


def _times(fields: Fields, path: str) -> tuple[int, int]:
    start = minute_of_day(needed(fields, "start", path), at(path, "start"))
    return start, minute_of_day(needed(fields, "end", path), at(path, "end"))


def _day(value: object, path: str) -> int:
    if not isinstance(value, str) or value not in DAYS:
        raise BadInput(path, f"{shown(value)} is not a day ({' '.join(DAYS)})")
    return DAYS.index(value)


def _timetable(value: object, path: str, timezone: str, holidays: str | None) -> Timetable:
    fields = an_object(value, path)
    schedule = parse_schedule(fields, path, PARIS, holidays)

    def busy(value: object, where: str) -> Span:
        pair = an_interval(value, where, timezone)
        return outer(pair.start, pair.end)

    def extra(value: object, where: str) -> Span:
        pair = an_interval(value, where, timezone)
        return inner(pair.start, pair.end)

    def booking(value: object, where: str) -> Booking:
        return _booking(value, where, timezone, schedule.capacity)

    return Timetable(
        schedule,
        busy=a_list(fields, "busy", path, busy),
        bookings=a_list(fields, "bookings", path, booking),
        extra_free=a_list(fields, "extra_free", path, extra),
    )


def _booking(value: object, path: str, timezone: str, otherwise: int) -> Booking:
    """Without a capacity of its own, a booking was made for the capacity the schedule has."""
    fields = an_object(value, path, ("from", "to", "capacity"))
    start = a_moment(needed(fields, "from", path), at(path, "from"), timezone)
    end = a_moment(needed(fields, "to", path), at(path, "to"), timezone)
    pair = between(start, end, path)
    capacity = an_integer(fields, "capacity", path, 1, _MOST_PLACES, otherwise)
    return Booking(*outer(pair.start, pair.end), capacity)


def _query(fields: Fields) -> SlotQuery:
    duration = an_integer(fields, "duration_min", "", 1, _A_YEAR_MIN)

    def minutes(name: str, low: int = 0) -> int:
        return an_integer(fields, name, "", low, _A_YEAR_MIN, otherwise=0)

    return SlotQuery(
        duration_min=duration,
        step_min=an_integer(fields, "step_min", "", 1, _A_YEAR_MIN, otherwise=duration),
        align=_align(fields),
        align_offset_min=minutes("align_offset_min", -_A_YEAR_MIN),
        buffer_before_min=minutes("buffer_before_min"),
        buffer_after_min=minutes("buffer_after_min"),
        min_notice_min=minutes("min_notice_min"),
    )


def _align(fields: Fields) -> Literal["window", "clock"]:
    value = fields.get("align")
    if value is None or value == "window":
        return "window"
    if value != "clock":
        raise BadInput("align", f'{shown(value)} is neither "window" nor "clock"')
    return "clock"


def _asked(fields: Fields, timezone: str) -> Interval:
    start = a_moment(needed(fields, "from", ""), "from", timezone)
    end = a_moment(needed(fields, "to", ""), "to", timezone)
    asked = between(start, end, "to")
    if end - start > _LONGEST_RANGE:
        raise BadInput("to", f"more than {_LONGEST_RANGE.days} days after `from`")
    return asked


def _country(fields: Fields) -> str | None:
    value = fields.get("public_holidays")
    if value is None:
        return None
    if not isinstance(value, str) or value not in COUNTRIES:
        raise BadInput("public_holidays", f"{shown(value)} is not one of {', '.join(sorted(COUNTRIES))}")
    return value
