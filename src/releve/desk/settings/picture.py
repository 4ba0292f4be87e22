"""One week of an agenda as it will be, drawn: each day its ranges, their conditions, why it is closed. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from releve.agenda.opening import opening
from releve.agenda.public_holidays import is_public_holiday
from releve.agenda.schedule import WeeklySchedule
from releve.desk.settings.telling import Visits, conditions_told
from releve.language.writing import NBSP, day, hour, wall
from releve.look.templatetags.french import language

WEEK, MINUTES = 7, 60
MORNING, EVENING = 8, 18  # drawn at least
EVERY = 2  # hours between two lines that carry their hour
SHORT = ("place",)  # what is said as in a list; the rest in fewer words, and when a range runs, one sees


@dataclass(frozen=True, slots=True)
class Segment:
    """`left` and `width` in percent of the drawn hours; `kind`: "", kept, only, video, other (an exceptional day)."""

    start: datetime
    end: datetime
    kind: str
    note: str
    left: str = ""
    width: str = ""

    @property
    def hours(self) -> str:
        return f"{hour(self.start, language())} – {hour(self.end, language())}"


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    label: str  # lun. 16
    segments: Sequence[Segment]
    closed: str  # why, when nothing is open


@dataclass(frozen=True, slots=True)
class Line:
    hour: int
    left: str
    named: bool


@dataclass(frozen=True, slots=True)
class Picture:
    monday: date
    number: int
    even: bool
    days: Sequence[Day]
    lines: Sequence[Line]
    before: date
    after: date


def picture(schedule: WeeklySchedule, rules: Sequence[Mapping[str, Any]], visits: Visits, on: date) -> Picture:
    """The week of that date. `rules` are those of the schedule, as they are kept."""
    monday = on - timedelta(days=on.weekday())
    dates = [monday + timedelta(days=n) for n in range(WEEK)]
    days = [_day(schedule, rules, visits, on) for on in dates]
    first, last = _edges(days)
    placed = [replace(d, segments=[_placed(s, d.on, first, last) for s in d.segments]) for d in days]
    lines = [
        Line(h, _percent(h - first, last - first), (h - first) % EVERY == 0 and h < last) for h in range(first, last)
    ]
    number = monday.isocalendar().week
    week = timedelta(days=WEEK)
    return Picture(monday, number, number % 2 == 0, placed, lines, monday - week, monday + week)


def _day(schedule: WeeklySchedule, rules: Sequence[Mapping[str, Any]], visits: Visits, on: date) -> Day:
    segments = sorted(_segments(schedule, rules, visits, on), key=lambda s: (s.start, s.end, s.note))
    name = day(on, language()).split()[0][:3] + ("." if language() == "fr" else "")
    return Day(on, f"{name}{NBSP}{on.day}", segments, "" if segments else _closed(schedule, on))


def _closed(schedule: WeeklySchedule, on: date) -> str:
    if on in schedule.days_off:
        return _("absence")
    if any(override.date == on for override in schedule.overrides):
        return _("fermé ce jour-là")
    return _("jour férié") if is_public_holiday(on, schedule.public_holidays) else _("fermé")


def _segments(
    schedule: WeeklySchedule, rules: Sequence[Mapping[str, Any]], visits: Visits, on: date
) -> Iterator[Segment]:
    if any(override.date == on for override in schedule.overrides):
        for start, end in _opened(replace(schedule, rules=()), on):
            yield Segment(start, end, "other", _("ce jour-là"))
        return
    for rule, row in zip(schedule.rules, rules, strict=True):
        for start, end in _opened(replace(schedule, rules=(rule,)), on):
            yield Segment(start, end, _kind(row), _note(row, visits))


def _note(row: Mapping[str, Any], visits: Visits) -> str:
    """urgent jusqu’à 12 h; Téléconsultation, par vidéo"""
    parts = [visits.get(key, key) for key in row.get("services", ())]
    if row.get("kept_until"):
        parts = [_("urgent jusqu’à %s") % wall(row["kept_until"].zfill(5), language()), *parts]
    return ", ".join([*parts, *conditions_told({k: v for k, v in row.items() if k in SHORT}, visits)])


def _kind(row: Mapping[str, Any]) -> str:
    if row.get("kept_until"):
        return "kept"
    if row.get("services"):
        return "only"
    return "video" if row.get("place") == "video" else ""


def _opened(schedule: WeeklySchedule, on: date) -> Iterator[tuple[datetime, datetime]]:
    """Wall time."""
    zone = ZoneInfo(schedule.timezone)
    for window in opening(schedule, on, on):
        yield window.start.astimezone(zone), window.end.astimezone(zone)


def _edges(days: Sequence[Day]) -> tuple[int, int]:
    """The first and the last hour that are drawn."""
    known = [(_hours(s.start, d.on), _hours(s.end, d.on)) for d in days for s in d.segments]
    first = min([MORNING, *(int(start) for start, _end in known)])
    return first, max([EVENING, *(-int(-end // 1) for _start, end in known)])


def _hours(moment: datetime, on: date) -> float:
    """Hours of the wall since that day's midnight."""
    return (moment.date() - on).days * 24 + moment.hour + moment.minute / MINUTES


def _placed(segment: Segment, on: date, first: int, last: int) -> Segment:
    start, end = _hours(segment.start, on), _hours(segment.end, on)
    return replace(segment, left=_percent(start - first, last - first), width=_percent(end - start, last - first))


def _percent(part: float, whole: int) -> str:
    return f"{100 * part / whole:.3f}%"
