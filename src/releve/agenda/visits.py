"""A kind of visit as this room reads it (`core.ports.VisitRecord`)."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from releve.agenda.availability import SlotQuery
from releve.agenda.zones import zone
from releve.core.ports import VisitRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """For whoever has no record of it. All in minutes but `horizon_days` and the ages, in full years."""

    duration_min: int
    identifier: str = ""
    step_min: int | None = None
    buffer_before_min: int = 0
    buffer_after_min: int = 0
    min_notice_min: int = 0
    horizon_days: int | None = None
    min_age: int | None = None
    max_age: int | None = None
    capacity: int = 1
    needs: tuple[str, ...] = ()
    urgent: bool = False
    teleconsultation: bool = False


def lasting(visit: VisitRecord, minutes: int) -> VisitRecord:
    """The same visit in another length: an appointment keeps the one it was made with."""
    if visit.duration_min == minutes:
        return visit
    values: dict[str, Any] = {field.name: getattr(visit, field.name) for field in fields(Visit)}
    return Visit(**{**values, "duration_min": minutes, "needs": tuple(visit.needs)})


def query_of(visit: VisitRecord) -> SlotQuery:
    """Places begin at each opening window's start and every step after it; a visit without a step goes by its own
    length."""
    return SlotQuery(
        duration_min=visit.duration_min,
        step_min=visit.step_min or visit.duration_min,
        buffer_before_min=visit.buffer_before_min,
        buffer_after_min=visit.buffer_after_min,
    )


def of_age(visit: VisitRecord, born: date, start: datetime, timezone: str) -> bool:
    """Whether somebody born then has the age for it on that day, in full years, both bounds included."""
    day = start.astimezone(zone(timezone)).date()
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return (visit.min_age is None or years >= visit.min_age) and (visit.max_age is None or years <= visit.max_age)
