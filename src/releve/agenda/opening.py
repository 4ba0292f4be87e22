"""From a weekly schedule to the instants at which it is open.

Opening = rules, replaced by the overrides of that date, closed by public holidays (an override reopens one)
and by days off, which win over everything. A window belongs to the date on which it begins, also when it runs
past midnight.
"""

from collections.abc import Iterator
from datetime import date

from releve.agenda.public_holidays import is_public_holiday
from releve.agenda.schedule import MINUTES_A_DAY, WeeklySchedule
from releve.agenda.spans import DAY, EPOCH_ORDINAL, MINUTE, Interval, Span, interval, merged
from releve.agenda.zones import to_utc


def opening(schedule: WeeklySchedule, first: date, last: date) -> list[Interval]:
    """Opening windows that begin on the local dates `first` to `last` inclusive, in UTC.

    Windows that touch or overlap are one. An edge inside an hour that clocks skip falls on the moment of the
    change; an edge inside an hour shown twice cuts both of them, so that no instant is open whose wall time
    the rule excludes.
    """
    return [interval(span) for span in opening_spans(schedule, first.toordinal(), last.toordinal())]


def opening_spans(schedule: WeeklySchedule, first: int, last: int) -> list[Span]:
    """As `opening`, on ordinals of dates (`date.toordinal`); returns tidy spans."""
    return merged(to_utc(schedule.timezone, list(_wall_windows(schedule, first, last))))


def _wall_windows(schedule: WeeklySchedule, first: int, last: int) -> Iterator[Span]:
    """Windows in seconds since 1970-01-01T00:00 on the wall, one day after the other."""
    week = _week(schedule)
    replaced = _replaced(schedule)
    closed = {day.toordinal() for day in schedule.days_off}
    country = schedule.public_holidays
    for ordinal in range(first, last + 1):
        if ordinal in closed:
            continue
        windows = replaced.get(ordinal)
        if windows is None:
            windows = week[(ordinal + 6) % 7]
            if windows and country and is_public_holiday(date.fromordinal(ordinal), country):
                continue
        midnight = (ordinal - EPOCH_ORDINAL) * DAY
        for start, end in windows:
            yield midnight + start, midnight + end


def _week(schedule: WeeklySchedule) -> list[list[Span]]:
    """For each weekday, Monday first, its windows in seconds since midnight."""
    week: list[list[Span]] = [[] for _ in range(7)]
    for rule in schedule.rules:
        for day in rule.days:
            week[day] += _window(rule.start, rule.end)
    return week


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
