"""The whole state in practice-file form (CONTRACTS 4, `state`)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from releve.practice.models import (
    Appointment,
    FaqEntry,
    HealthcareService,
    Organization,
    Patient,
    Practitioner,
    Resource,
    Schedule,
    Task,
    WaitingListEntry,
)

PLACE = {"territory": "", "school_zone": "", "early_reminder_days": 0}
HOURS: dict[str, Any] = {"capacity": 1, "limits": []}
VISIT: dict[str, Any] = {
    "step_min": None, "buffer_before_min": 0, "buffer_after_min": 0, "min_notice_min": 0, "horizon_days": None,
    "min_age": None, "max_age": None, "capacity": 1, "needs": [], "urgent": False, "teleconsultation": False,
}  # fmt: skip
BOOKED: dict[str, Any] = {"first_visit": False, "overbooking": "", "series": ""}


def export(practice: Organization, now: datetime) -> dict[str, Any]:
    """Records in the order of the file they came from; times local without offset."""
    zone = _zone(practice)
    return {
        "now": _local(now, zone),
        "timezone": practice.timezone,
        "practice": {
            **_fields(practice, "name address phone email access opening_hours public_holidays"),
            **_said(practice, PLACE),
        },
        "practitioners": [
            {
                "id": p.identifier,
                **_fields(p, "given family profession rpps accepts_new_patients teleconsultation"),
                **_left(p),
            }
            for p in Practitioner.objects.filter(organization=practice).order_by("id")
        ],
        "resources": _resources(practice),
        "services": _services(practice),
        "schedules": [
            {"practitioner": s.practitioner.identifier, **_fields(s, "rules overrides days_off"), **_said(s, HOURS)}
            for s in Schedule.objects.filter(organization=practice).select_related("practitioner").order_by("id")
            if s.practitioner is not None
        ],
        "patients": _patients(practice),
        "appointments": _appointments(practice, zone),
        "waiting_list": _waiting(practice),
        "faq": [
            {"id": f.identifier, **_fields(f, "question answer")}
            for f in FaqEntry.objects.filter(organization=practice).order_by("id")
        ],
        "tasks": [
            _task(t, zone) for t in Task.objects.filter(organization=practice).select_related("patient").order_by("id")
        ],
    }


def _zone(practice: Organization) -> ZoneInfo:
    return ZoneInfo(practice.timezone)


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes")


def _fields(row: Any, names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names.split()}


def _said(row: Any, defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Only what differs from these defaults."""
    return {name: getattr(row, name) for name, default in defaults.items() if getattr(row, name) != default}


def _resources(practice: Organization) -> list[dict[str, Any]]:
    rows = Schedule.objects.filter(organization=practice, resource__isnull=False).select_related("resource")
    return [
        {
            "id": s.resource.identifier,
            **_fields(s.resource, "name kind family"),
            **_said(s, {"rules": [], "overrides": [], "days_off": []}),
            **_left(s.resource),
        }
        for s in rows.order_by("id")
        if s.resource is not None
    ]


def _left(row: Practitioner | HealthcareService | Resource) -> dict[str, bool]:
    """Only said of who has left, or what is done no more."""
    return {} if row.active else {"active": False}


def _services(practice: Organization) -> list[dict[str, Any]]:
    through = HealthcareService.practitioners.through.objects.order_by("id").select_related("practitioner")
    doers: dict[int, list[str]] = {}
    for link in through:
        doers.setdefault(link.healthcareservice_id, []).append(link.practitioner.identifier)
    rows = []
    for s in HealthcareService.objects.filter(organization=practice).order_by("position", "id"):
        price = None if s.price_eur is None else float(s.price_eur)
        values = _fields(s, "name aliases duration_min reimbursed new_patients instructions bookable_online")
        doing = doers.get(s.pk, [])
        own = {"id": s.identifier, **values, "price_eur": price, "practitioners": doing}
        rows.append({**own, **_said(s, VISIT), **_left(s)})
    return rows


def _patients(practice: Organization) -> list[dict[str, Any]]:
    return [
        {"id": p.identifier, **_fields(p, "given family sex phone email"), "birth_date": p.birth_date.isoformat()}
        for p in Patient.objects.filter(organization=practice).order_by("id")
    ]


def _appointments(practice: Organization, zone: ZoneInfo) -> list[dict[str, Any]]:
    rows = Appointment.objects.filter(organization=practice).select_related("patient", "practitioner", "service")
    return [
        {
            "id": a.identifier,
            "patient": a.patient.identifier,
            "practitioner": a.practitioner.identifier,
            "service": a.service.identifier,
            "start": _local(a.start, zone),
            "status": a.status,
            **({"confirmed": True} if a.confirmed else {}),
            **({"arrived": _local(a.arrived_at, zone)} if a.arrived_at else {}),
            **_said(a, BOOKED),
        }
        for a in rows.order_by("id")
    ]


def _waiting(practice: Organization) -> list[dict[str, Any]]:
    rows = WaitingListEntry.objects.filter(organization=practice, status="waiting")
    return [
        {
            "patient": w.patient.identifier,
            "practitioner": w.practitioner.identifier if w.practitioner else None,
            "service": w.service.identifier,
            "windows": w.windows,
            **({"appointment": w.appointment.identifier} if w.appointment else {}),
            **({"joined": _local(w.joined_at, _zone(practice))} if w.joined_at else {}),
            **({"priority": w.priority, "priority_why": w.priority_why} if w.priority else {}),
        }
        for w in rows.select_related("patient", "practitioner", "service", "appointment").order_by("id")
    ]


def _task(task: Task, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "id": task.identifier,
        "kind": task.kind,
        "status": task.status,
        "priority": task.priority,
        "patient": task.patient.identifier if task.patient else None,
        "words": task.words,
        "created": _local(task.created_at, zone),
    }
