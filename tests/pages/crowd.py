"""A crowd around the small practice: what a page must cope with."""

from datetime import date, timedelta

from releve.practice import actions
from releve.practice.models import Appointment, HealthcareService, Organization, Patient, Practitioner, WaitingListEntry
from tests import cast


def patients(practice: Organization, number: int = 400) -> list[Patient]:
    rows = [
        Patient(
            organization=practice,
            identifier=f"crowd-{n}",
            given=f"Prénom{n:03d}",
            family=f"Foule{n % 50:02d}",
            birth_date=date(1940 + n % 80, 1 + n % 12, 1 + n % 28),
            phone=f"+3363998{n:04d}",
        )
        for n in range(number)
    ]
    Patient.objects.bulk_create(rows)
    actions.keep_findable(rows)
    return rows


def appointments(patient: Patient, number: int = 60) -> None:
    """Past ones, one a day before today."""
    who = Practitioner.objects.get(identifier=cast.AMAR)
    visit = HealthcareService.objects.get(identifier=cast.CONSULTATION)
    Appointment.objects.bulk_create(
        Appointment(
            organization=patient.organization,
            identifier=f"past-{n}",
            patient=patient,
            practitioner=who,
            service=visit,
            start=cast.NOW - timedelta(days=n + 1),
            end=cast.NOW - timedelta(days=n + 1, minutes=-20),
            status="fulfilled",
        )
        for n in range(number)
    )


def waiting(patients: list[Patient]) -> None:
    visit = HealthcareService.objects.get(identifier=cast.CONSULTATION)
    WaitingListEntry.objects.bulk_create(
        WaitingListEntry(
            organization=p.organization,
            identifier=f"w-{p.identifier}",
            patient=p,
            service=visit,
            joined_at=cast.NOW - timedelta(days=n),
        )
        for n, p in enumerate(patients)
    )
