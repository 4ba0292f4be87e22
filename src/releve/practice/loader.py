"""Writes a checked practice file into an empty installation, all or nothing."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from releve.practice import actions
from releve.practice.file import BadFile, PracticeFile
from releve.practice.models import (
    OCCUPYING,
    Appointment,
    FaqEntry,
    HealthcareService,
    Location,
    Organization,
    Patient,
    Practitioner,
    Schedule,
    WaitingListEntry,
)


class AlreadyLoaded(Exception):
    """This installation holds a practice already; nothing was written."""


@transaction.atomic
def write(file: PracticeFile) -> Organization:
    """The practice with all its records. Raises AlreadyLoaded, or BadFile when two appointments overlap."""
    if Organization.objects.exists():
        raise AlreadyLoaded
    practice = Organization.objects.create(timezone=file.timezone, **file.practice)
    place = Location.objects.create(organization=practice, name=practice.name)
    base: dict[str, Any] = {"organization": practice, "location": place}
    people = {r["id"]: Practitioner.objects.create(**base, **_columns(r)) for r in file.lists["practitioners"]}
    visits = {r["id"]: _service(r, base, people) for r in file.lists["services"]}
    for row in file.lists["schedules"]:
        _schedule(row, base, people, file.timezone)
    patients = _patients(file, base)
    appointments = _appointments(file, base, patients, people, visits)
    for number, row in enumerate(file.lists["waiting_list"], 1):
        WaitingListEntry.objects.create(
            **base,
            identifier=f"w{number:03d}",
            patient=patients[row["patient"]],
            practitioner=people.get(row.get("practitioner") or ""),
            service=visits[row["service"]],
            windows=row["windows"],
            appointment=appointments.get(row.get("appointment") or ""),
            status=row.get("status", "waiting"),
        )
    FaqEntry.objects.bulk_create(FaqEntry(**base, **_columns(r)) for r in file.lists["faq"])
    return practice


def _columns(row: dict[str, Any], *without: str) -> dict[str, Any]:
    """A row's values with `id` as the identifier."""
    kept = {k: v for k, v in row.items() if k != "id" and k not in without}
    return {"identifier": row["id"], **kept}


def _service(row: dict[str, Any], base: dict[str, Any], people: dict[str, Practitioner]) -> HealthcareService:
    columns = _columns(row, "practitioners", "price_eur")
    price = row.get("price_eur")
    visit = HealthcareService.objects.create(
        **base, **columns, price_eur=None if price is None else Decimal(str(price))
    )
    for key in row.get("practitioners", ()):  # one by one: the order of the file is kept
        visit.practitioners.add(people[key])
    return visit


def _schedule(row: dict[str, Any], base: dict[str, Any], people: dict[str, Practitioner], timezone: str) -> None:
    kept = {k: v for k, v in row.items() if k != "practitioner"}
    Schedule.objects.create(
        **base, identifier=row["practitioner"], practitioner=people[row["practitioner"]], timezone=timezone, **kept
    )


def _patients(file: PracticeFile, base: dict[str, Any]) -> dict[str, Patient]:
    rows = [Patient(**base, **_columns(r)) for r in file.lists["patients"]]
    Patient.objects.bulk_create(rows)
    return {p.identifier: p for p in Patient.objects.filter(organization=base["organization"])}


def _appointments(
    file: PracticeFile, base: dict[str, Any], patients: dict[str, Patient], people: dict[str, Practitioner],
    visits: dict[str, HealthcareService],
) -> dict[str, Appointment]:  # fmt: skip
    made = {}
    for i, row in enumerate(file.lists["appointments"]):
        visit, who = visits[row["service"]], people[row["practitioner"]]
        end = row["start"] + timedelta(minutes=visit.duration_min)
        appointment = Appointment.objects.create(
            **base, identifier=row["id"], patient=patients[row["patient"]], practitioner=who, service=visit,
            start=row["start"], end=end, status=row["status"], confirmed=row.get("confirmed", False),
        )  # fmt: skip
        made[row["id"]] = appointment
        if row["status"] in OCCUPYING:
            try:
                actions.allocate(
                    practitioner=who.pk, start=row["start"], end=end, now=row["start"], appointment=appointment
                )
            except actions.SlotTaken:
                raise BadFile([f"appointments[{i}].start: {row['start']} overlaps another appointment"]) from None
            except Schedule.DoesNotExist:
                raise BadFile([f"appointments[{i}].practitioner: {row['practitioner']!r} has no schedule"]) from None
    return made


def counts(file: PracticeFile) -> dict[str, int]:
    return {name: len(rows) for name, rows in file.lists.items()}
