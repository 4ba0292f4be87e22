"""From a weekly schedule to the instants at which it is open.

Opening = rules, replaced by the overrides of that date, closed by public holidays (an override reopens one)
and by days off, which win over everything. A window belongs to the date on which it begins, also when it runs
past midnight.

What permits a place is an opening: rules for other visits, or kept for urgent ones, are simply not open to this one
(`open_to`). Rules that overlap are one opening.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from releve.agenda.public_holidays import is_public_holiday
from releve.agenda.schedule import MINUTES_A_DAY, Rule, WeeklySchedule
from releve.agenda.school_holidays import is_school_holiday
from releve.agenda.spans import DAY, EPOCH_ORDINAL, MINUTE, Interval, Span, interval, merged
from releve.agenda.zones import offset_at, to_utc

WEEK = 7
ALWAYS = (Rule(frozenset(range(WEEK)), 0, MINUTES_A_DAY),)
_FOREVER = date.max.toordinal()

Open = tuple[tuple[Rule, int], ...]
"""Rules, each with the last date (ordinal) on which it is open to a visit."""


def opening(schedule: WeeklySchedule, first: date, last: date) -> list[Interval]:
    """Opening windows that begin on the local dates `first` to `last` inclusive, in UTC.

    Windows that touch or overlap are one. An edge inside an hour that clocks skip falls on the moment of the
    change; an edge inside an hour shown twice cuts both of them, so that no instant is open whose wall time
    the rule excludes.
    """
    return [interval(span) for span in opening_spans(schedule, first.toordinal(), last.toordinal())]


def open_to(schedule: WeeklySchedule, service: str, video: bool, urgent: bool, now: int | None) -> Open | None:
    """The rules that are open to a visit at second `now`; None means all of them.

    Kept places are open to those who are not urgent up to the last date on which they have been released.
    """
    if not schedule.choosy:
        return None
    other = "office" if video else "video"
    fitting = (r for r in schedule.rules if r.place != other and (not r.services or service in r.services))
    return tuple((rule, _FOREVER if urgent else _released(rule, schedule.timezone, now)) for rule in fitting)


def _released(rule: Rule, timezone: str, now: int | None) -> int:
    """The last date whose kept places are given to everybody at second `now`."""
    if rule.kept_until is None:
        return _FOREVER
    if now is None:
        return 0
    day, second = divmod(now + offset_at(timezone, now), DAY)
    return day + EPOCH_ORDINAL + rule.kept_days - (second < rule.kept_until * MINUTE)


def opening_spans(schedule: WeeklySchedule, first: int, last: int, permitted: Open | None = None) -> Sequence[Span]:
    """As `opening`, on ordinals of dates (`date.toordinal`), of the rules `permitted` (`open_to`); tidy spans."""
    return _remembered(schedule, first, last, permitted)


@lru_cache(maxsize=4096)
def _remembered(schedule: WeeklySchedule, first: int, last: int, permitted: Open | None) -> tuple[Span, ...]:
    """Keyed by all that it depends on: it cannot be stale."""
    return tuple(merged(to_utc(schedule.timezone, list(_wall_windows(schedule, first, last, permitted)))))


def _wall_windows(schedule: WeeklySchedule, first: int, last: int, permitted: Open | None) -> Iterator[Span]:
    """Windows in seconds since 1970-01-01T00:00 on the wall, one day after the other."""
    week = _week(permitted if permitted is not None else tuple((rule, _FOREVER) for rule in schedule.rules))
    replaced = _replaced(schedule)
    closed = {day.toordinal() for day in schedule.days_off}
    country = schedule.public_holidays
    for ordinal in range(first, last + 1):
        if ordinal in closed:
            continue
        windows = replaced.get(ordinal)
        if windows is None:
            rules = week[(ordinal + 6) % WEEK]
            if not rules or (country and is_public_holiday(date.fromordinal(ordinal), country)):
                continue
            windows = [w for rule, end, own in rules if ordinal <= end and _runs(rule, ordinal, schedule) for w in own]
        midnight = (ordinal - EPOCH_ORDINAL) * DAY
        for start, end in windows:
            yield midnight + start, midnight + end


def _week(rules: Open) -> list[list[tuple[Rule, int, list[Span]]]]:
    """For each weekday, Monday first, its rules with the last date of each and its window in seconds since midnight."""
    week: list[list[tuple[Rule, int, list[Span]]]] = [[] for _ in range(WEEK)]
    every_week: list[list[Span]] = [[] for _ in range(WEEK)]
    for rule, end in rules:
        last = end if rule.until is None else min(end, rule.until.toordinal())
        for day in rule.days:
            if rule.always and last == _FOREVER:
                every_week[day] += _window(rule.start, rule.end)
            else:
                week[day].append((rule, last, _window(rule.start, rule.end)))
    for day, windows in enumerate(every_week):  # merged once, however many rules overlap
        if windows:
            week[day].append((ALWAYS[0], _FOREVER, merged(windows)))
    return week


def _runs(rule: Rule, ordinal: int, schedule: WeeklySchedule) -> bool:
    """Whether the rule is of that week and season."""
    if rule.since is not None:
        since = rule.since.toordinal()
        if ordinal < since or (_week_number(ordinal) - _week_number(since)) % rule.every:
            return False
    if rule.weeks and (date.fromordinal(ordinal).isocalendar().week % 2 == 1) != (rule.weeks == "odd"):
        return False
    if not rule.school_holidays:
        return True
    return is_school_holiday(date.fromordinal(ordinal), schedule.school_zone) == (rule.school_holidays == "only")


def _week_number(ordinal: int) -> int:
    """Weeks from Monday to Sunday, counted without end (ordinal 1 is a Monday)."""
    return (ordinal - 1) // WEEK


def _replaced(schedule: WeeklySchedule) -> dict[int, list[Span]]:
    """For each date with overrides (its ordinal), the windows that stand instead; none when it is closed."""
    replaced: dict[int, list[Span]] = {}
    for override in schedule.overrides:
        windows = replaced.setdefault(override.date.toordinal(), [])
        windows += _window(override.start, override.end)
    return replaced


def _window(start: int, end: int) -> list[Span]:
    """Minutes of the day as seconds since midnight: none when equal, until tomorrow when the end is before
    the start.
    """
    if start == end:
        return []
    return [(start * MINUTE, (end if end > start else end + MINUTES_A_DAY) * MINUTE)]
