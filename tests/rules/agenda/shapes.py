"""Short ways to write schedules, moments and requests in the tests of this room."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from releve.agenda.availability import SlotQuery, Timetable
from releve.agenda.command import run
from releve.agenda.parse import parse_schedule
from releve.agenda.schedule import WeeklySchedule
from releve.agenda.spans import Span, outer

EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def rule(days: str, start: str, end: str) -> dict[str, object]:
    """rule("mon tue", "08:00", "12:00"); "*" is every day."""
    return {"days": EVERY_DAY if days == "*" else days.split(), "start": start, "end": end}


def schedule(*rules: dict[str, object], holidays: str | None = None, **fields: object) -> WeeklySchedule:
    return parse_schedule({"rules": list(rules), **fields}, public_holidays=holidays)


def at(text: str, timezone: str = "Europe/Paris") -> datetime:
    """Wall time in a zone, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(timezone)).astimezone(UTC)


def span(start: str, end: str) -> Span:
    return outer(at(start), at(end))


def wall(moments: list[datetime], timezone: str = "Europe/Paris") -> list[str]:
    """The wall times of moments, for days that do not matter."""
    return [moment.astimezone(ZoneInfo(timezone)).strftime("%H:%M") for moment in moments]


def query(duration: int = 20, step: int = 20, **fields: int | str) -> SlotQuery:
    return SlotQuery(duration, step, **fields)  # type: ignore[arg-type]


def resource(own: WeeklySchedule, *busy: Span) -> Timetable:
    return Timetable(own, busy=busy)


def ask(**fields: object) -> dict[str, object]:
    """What `releve slots` answers for one line; Monday 15 March 2027, open 08:00-09:00, by default."""
    import json

    line = {
        "id": "q",
        "from": "2027-03-15T00:00",
        "to": "2027-03-16T00:00",
        "duration_min": 20,
        "step_min": 20,
        "schedules": [{"rules": [rule("mon", "08:00", "09:00")]}],
        **fields,
    }
    return next(run([json.dumps(line)]))


def hours(answer: dict[str, object]) -> list[str]:
    """The wall times of an answer's slots."""
    slots = answer["slots"]
    assert isinstance(slots, list)
    return [slot[11:16] for slot in slots]
