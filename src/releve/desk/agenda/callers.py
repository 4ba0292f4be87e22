"""Who is being booked for, and what they probably want: read for booking by hand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from releve.desk.patient_queries import find
from releve.practice.models import Appointment, Conversation, HealthcareService, Organization, Patient, Practitioner

LETTERS = 3  # of a name, before anybody is looked for
MOST_FOUND = 7
RECENT = timedelta(hours=24)
MOST_RECENT = 4
PAST = 8  # appointments that tell a habit


@dataclass(frozen=True)
class Caller:
    """`recent`: wrote or called today."""

    row: Patient
    recent: bool


def found(practice: Organization, text: str, now: datetime) -> list[Caller]:
    """People whom three letters may mean, those who have just called first; with no letters, those alone."""
    recent = _recent(practice, now)
    if not text:
        return [Caller(row, recent=True) for row in recent.values()]
    if len(text) < LETTERS:
        return []
    rows = find(practice, text, now, MOST_FOUND)
    return sorted((Caller(row, recent=row.pk in recent) for row in rows), key=lambda caller: not caller.recent)


def _recent(practice: Organization, now: datetime) -> dict[int, Patient]:
    talks = Conversation.objects.filter(organization=practice, last_at__gt=now - RECENT, patient__merged_into=None)
    talks = talks.exclude(patient=None).select_related("patient").order_by("-last_at", "-id")[: MOST_RECENT * 3]
    people = {talk.patient.pk: talk.patient for talk in talks if talk.patient is not None}
    return dict(list(people.items())[:MOST_RECENT])


def services(practice: Organization) -> list[HealthcareService]:
    """What is done here, in the order of the file, each with those who do it."""
    rows = HealthcareService.objects.filter(organization=practice, active=True).order_by("position", "id")
    return list(rows.prefetch_related("practitioners"))


def performers(service: HealthcareService) -> list[Practitioner]:
    return sorted((p for p in service.practitioners.all() if p.active), key=lambda p: p.pk)


def habit(patient: Patient | None) -> tuple[int | None, int | None]:
    """Their usual visit, and with whom: the most frequent of the last ones, the newer of two."""
    if patient is None:
        return None, None
    rows = Appointment.objects.filter(patient=patient).exclude(status="cancelled").order_by("-start", "-id")
    last = list(rows.values_list("service_id", "practitioner_id")[:PAST])
    service = _most([s for s, _ in last])
    return service, _most([p for s, p in last if s == service])


def _most(keys: Sequence[int]) -> int | None:
    """The most frequent; the first of equals."""
    return Counter(keys).most_common(1)[0][0] if keys else None
