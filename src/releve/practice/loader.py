"""Writes a checked practice file into an empty installation, all or nothing."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from releve.practice import actions
from releve.practice.agendas import Agendas
from releve.practice.file import BadFile, PracticeFile
from releve.practice.keeping import HOURS
from releve.practice.models import (
    OCCUPYING,
    Allocation,
    Appointment,
    FaqEntry,
    HealthcareService,
    Location,
    Organization,
    Patient,
    Practitioner,
    Resource,
    Schedule,
    WaitingListEntry,
)


class AlreadyLoaded(Exception):
    """This installation holds a practice already; nothing was written."""


@transaction.atomic
def found(row: dict[str, Any], *, kind: str) -> Organization:
    """A practice with its place and nothing in it yet; `row` is checked, `kind` is what the set-up proposes for. Raises
    AlreadyLoaded."""
    if Organization.objects.exists():
        raise AlreadyLoaded
    practice = Organization.objects.create(**row, set_up={"kind": kind})
    Location.objects.create(organization=practice, name=practice.name)
    return practice


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
    for row in file.lists["resources"]:
        _resource(row, base, file.timezone)
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
            joined_at=row.get("joined"),
            priority=row.get("priority", 0),
            priority_why=row.get("priority_why", ""),
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


def _resource(row: dict[str, Any], base: dict[str, Any], timezone: str) -> None:
    resource = Resource.objects.create(**base, **_columns(row, *HOURS))
    hours = {k: row[k] for k in HOURS if k in row}
    Schedule.objects.create(**base, identifier=row["id"], resource=resource, timezone=timezone, **hours)


def _patients(file: PracticeFile, base: dict[str, Any]) -> dict[str, Patient]:
    rows = [Patient(**base, **_columns(r)) for r in file.lists["patients"]]
    Patient.objects.bulk_create(rows)
    known = {p.identifier: p for p in Patient.objects.filter(organization=base["organization"])}
    actions.keep_findable(list(known.values()))
    return known


def _appointments(
    file: PracticeFile, base: dict[str, Any], patients: dict[str, Patient], people: dict[str, Practitioner],
    visits: dict[str, HealthcareService],
) -> dict[str, Appointment]:  # fmt: skip
    """Thousands of them in a few statements; those that occupy time each take their place."""
    rows = [_appointment(r, base, patients, people, visits) for r in file.lists["appointments"]]
    Appointment.objects.bulk_create(rows)
    kept = Appointment.objects.filter(organization=base["organization"]).select_related("service")
    made = {a.identifier: a for a in kept}
    Allocation.objects.bulk_create(_allocations([made[row.identifier] for row in rows]))
    return made


def _appointment(
    row: dict[str, Any], base: dict[str, Any], patients: dict[str, Patient], people: dict[str, Practitioner],
    visits: dict[str, HealthcareService],
) -> Appointment:  # fmt: skip
    visit = visits[row["service"]]
    return Appointment(
        **base, identifier=row["id"], patient=patients[row["patient"]], practitioner=people[row["practitioner"]],
        service=visit, start=row["start"], end=row["start"] + timedelta(minutes=visit.duration_min),
        status=row["status"], confirmed=row.get("confirmed", False), arrived_at=row.get("arrived"),
        first_visit=row.get("first_visit", False), overbooking=row.get("overbooking", ""),
        series=row.get("series", ""),
    )  # fmt: skip


def _allocations(appointments: list[Appointment]) -> Iterator[Allocation]:
    """The places of each, in the order of the file, by the calendar that also books; the database checks them all
    again. Raises BadFile."""
    agendas = Agendas()
    for i, row in enumerate(appointments):
        if row.status not in OCCUPYING:
            continue
        if row.practitioner_id not in agendas.people:
            raise BadFile([f"appointments[{i}].practitioner: this practitioner has no schedule"])
        taken = agendas.take(row)
        if not taken:
            raise BadFile([f"appointments[{i}].start: {row.start} overlaps another appointment"])
        yield from taken


def counts(file: PracticeFile) -> dict[str, int]:
    return {name: len(rows) for name, rows in file.lists.items()}
