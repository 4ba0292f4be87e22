"""Finding people: by name, phone, e-mail or birth date, in the database; and what comes next for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils import timezone

from releve.practice import rules
from releve.practice.models import Appointment, Conversation, Organization, Patient, PatientWord, Task

MOST = 20
MOST_TODAY = 60
MOST_TALKS = 8


def find(practice: Organization, text: str, now: datetime, limit: int = MOST) -> list[Patient]:
    """Files that fit every word of `text`: beginnings of names, a phone or its end, an e-mail, a birth date.

    Merged duplicates are found as the file they were merged into. One query; none for an empty text.
    """
    found = matching(practice, text, now)
    return [] if found is None else list(found[:limit])


def matching(practice: Organization, text: str, now: datetime) -> QuerySet[Patient] | None:
    """The same without an end, family names that begin so first; None when the text says nothing."""
    asked = rules.asked(text, timezone.localtime(now).replace(tzinfo=None))
    if not asked:
        return None
    rows = files(practice)
    if asked.born is not None:
        rows = rows.filter(birth_date=asked.born)
    for words in asked.words:
        rows = rows.filter(_begins(practice, words))
    first = rules.family_begins(asked)
    if first is None:
        return rows.order_by("family", "given", "id")
    low, high = rules.bounds(first)
    families = PatientWord.objects.filter(organization=practice, word__gte=low, word__lt=high).values("patient")
    rank = Case(When(pk__in=families, then=Value(0)), default=Value(1))
    return rows.order_by(rank, "family", "given", "id")


def files(practice: Organization) -> QuerySet[Patient]:
    """Everyone's file; a merged duplicate is no file of its own."""
    return Patient.objects.filter(organization=practice, merged_into=None)


def _begins(practice: Organization, words: Sequence[str]) -> Q:
    ranges = Q()
    for word in words:
        low, high = rules.bounds(word)
        ranges |= Q(word__gte=low, word__lt=high)
    found = Q(pk__in=PatientWord.objects.filter(ranges, organization=practice).values("patient"))
    year = rules.birth_year(tuple(words))
    return found if year is None else found | Q(birth_date__year=year)


# --- what goes with the people found --------------------------------------------------------------------------------
@dataclass(frozen=True)
class Found:
    """Someone who was found, and the next that is known of them."""

    patient: Patient
    next: Appointment | None = None
    tasks: tuple[Task, ...] = ()
    talk: Conversation | None = None


def with_next(practice: Organization, patients: Sequence[Patient], now: datetime) -> list[Found]:
    """Their next appointments; one query."""
    coming = next_appointments(practice, patients, now)
    return [Found(p, coming.get(p.pk)) for p in patients]


def with_all(practice: Organization, patients: Sequence[Patient], now: datetime) -> list[Found]:
    """Their next appointments, open tasks and last conversations; three queries, none without patients."""
    if not patients:
        return []
    coming = next_appointments(practice, patients, now)
    tasks: dict[int, list[Task]] = {}
    for task in Task.objects.filter(organization=practice, patient__in=patients, status="open").order_by("id"):
        tasks.setdefault(task.patient_id or 0, []).append(task)
    rows = Conversation.objects.filter(organization=practice, patient__in=patients).defer("state")
    talks = {row.patient_id: row for row in rows.order_by("last_at", "id")}
    return [Found(p, coming.get(p.pk), tuple(tasks.get(p.pk, ())), talks.get(p.pk)) for p in patients]


def next_appointments(practice: Organization, patients: Iterable[Patient], now: datetime) -> dict[int, Appointment]:
    """By patient: the first that is still to come."""
    rows = Appointment.objects.filter(organization=practice, patient__in=patients, status="booked", start__gt=now)
    return {row.patient_id: row for row in rows.select_related("practitioner", "service").order_by("-start", "-id")}


# --- the list of patients -------------------------------------------------------------------------------------------
def of_today(practice: Organization, now: datetime) -> list[Appointment]:
    """Today's appointments in their order, cancelled ones apart."""
    here = timezone.localtime(now)
    start = here.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Appointment.objects.filter(organization=practice, start__gte=start, start__lt=start + timedelta(days=1))
    rows = rows.exclude(status="cancelled").select_related("patient", "practitioner", "service")
    return list(rows.order_by("start", "id")[:MOST_TODAY])


def spoken_with(practice: Organization) -> list[Conversation]:
    """The last conversations with someone who has a file, one a person."""
    rows = Conversation.objects.filter(organization=practice).exclude(patient=None)
    rows = rows.select_related("patient").defer("state").order_by("-last_at", "-id")[: MOST_TALKS * 3]
    return list({row.patient_id: row for row in reversed(rows)}.values())[::-1][:MOST_TALKS]


def alike(practice: Organization, family: str, given: str, born: date) -> list[Patient]:
    """Files with this birth date and one of these names: perhaps the same person."""
    wanted = rules.name_words(family, given)
    same_day = files(practice).filter(birth_date=born).order_by("family", "given", "id")
    return [p for p in same_day if wanted & rules.name_words(p.family, p.given)]
