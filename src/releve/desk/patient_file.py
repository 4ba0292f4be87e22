"""What a patient's page reads: the file and its duplicates, appointments, requests, waiting, conversations, history."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from releve.desk import timeline
from releve.ledger import queries as ledger
from releve.practice import rules
from releve.practice.models import (
    Appointment,
    Communication,
    Consent,
    Conversation,
    Offer,
    Organization,
    Patient,
    Practitioner,
    Task,
    WaitingListEntry,
)

MOST = 200  # appointments, requests, conversations whose history is gathered
PAST = 6  # shown before « tous »
MOST_TALKS = 4
MOST_LEAVES = 60
ALL_LEAVES = 1000


@dataclass(frozen=True)
class File:
    """`merged`: the duplicates that lead here; `alike`: other files that may be the same person's."""

    patient: Patient
    merged: tuple[Patient, ...] = ()
    alike: tuple[Patient, ...] = ()


def read(practice: Organization, identifier: str) -> File | None:
    """One query: the file, those merged into it, and those with the same birth date."""
    rows = Patient.objects.filter(organization=practice).select_related("merged_into")
    born = Patient.objects.filter(organization=practice, identifier=identifier).values("birth_date")
    about = Q(identifier=identifier) | Q(merged_into__identifier=identifier) | Q(birth_date=Subquery(born))
    found = list(_with_consent(rows.filter(about)).order_by("family", "given", "id"))
    patient = next((p for p in found if p.identifier == identifier), None)
    if patient is None:
        return None
    names = rules.name_words(patient.family, patient.given)
    alike = [
        p
        for p in found
        if p != patient
        and p.merged_into_id is None
        and p.birth_date == patient.birth_date
        and names & rules.name_words(p.family, p.given)
    ]
    return File(patient, tuple(p for p in found if p.merged_into_id == patient.pk), tuple(alike))


def _with_consent(rows: QuerySet[Patient]) -> QuerySet[Patient]:
    """`stop_sms`, `stop_email`: since when this contact takes no messages that we start."""
    said = Consent.objects.filter(organization=OuterRef("organization"))
    phone = said.filter(channel="sms", address=OuterRef("phone")).values("opted_out_at")[:1]
    email = said.filter(channel="email", address=OuterRef("email")).values("opted_out_at")[:1]
    return rows.annotate(stop_sms=Subquery(phone), stop_email=Subquery(email))


def page(file: File, now: datetime, every: bool = False) -> dict[str, Any]:
    """Five queries; `every`: the past without an end."""
    patient = file.patient
    appointments = list(
        Appointment.objects.filter(patient=patient).select_related("practitioner", "service").order_by("-start")[:MOST]
    )
    tasks = list(Task.objects.filter(patient=patient).order_by("-created_at", "-id")[:MOST])
    entries = list(waiting(Q(patient=patient), now).order_by("-id"))
    talks = list(conversations(patient, now)[:MOST])
    coming = sorted((a for a in appointments if a.end > now and a.status != "cancelled"), key=lambda a: a.start)
    past = [a for a in appointments if a not in coming]
    leaves = ledger.history(
        [f"patient:{patient.pk}", *_subjects(appointments, tasks, entries, talks)],
        [t.pk for t in talks],
        ALL_LEAVES if every else MOST_LEAVES + 1,
    )
    shown = leaves if every else leaves[:MOST_LEAVES]
    lines = timeline.lines(shown, {a.pk: a for a in appointments}, {t.pk: t for t in tasks}, now)
    return {
        "file": file,
        "patient": patient,
        "coming": coming,
        "next": next((a for a in coming if a.status == "booked"), None),
        "past": past if every else past[:PAST],
        "older": 0 if every else max(len(past) - PAST, 0),
        "tasks": [t for t in tasks if t.status == "open"],
        "waiting": [e for e in entries if e.status == "waiting"],
        "talks": talks[:MOST_TALKS],
        "usual": usual(appointments),
        "days": [(day, list(of_day)) for day, of_day in groupby(lines, key=lambda line: line.day)],
        "more": not every and len(leaves) > MOST_LEAVES,
        "every": every,
        "today": timezone.localtime(now).date(),
    }


def _subjects(
    appointments: list[Appointment], tasks: list[Task], entries: list[WaitingListEntry], talks: list[Conversation]
) -> list[str]:
    """What the ledger calls these records."""
    kinds = (("appointment", appointments), ("task", tasks), ("waiting", entries), ("conversation", talks))
    return [f"{kind}:{row.pk}" for kind, rows in kinds for row in rows]


def waiting(which: Q, now: datetime) -> QuerySet[WaitingListEntry]:
    """Entries of the waiting list; `offered` and `until` when a place is being offered."""
    live = Offer.objects.filter(entry=OuterRef("pk"), status="open", expires_at__gt=now).order_by("-id")
    rows = WaitingListEntry.objects.filter(which).select_related(
        "organization", "patient", "service", "practitioner", "appointment"
    )
    return rows.annotate(offered=Subquery(live.values("start")[:1]), until=Subquery(live.values("expires_at")[:1]))


def conversations(patient: Patient, now: datetime) -> QuerySet[Conversation]:
    """The latest first, each with its last words and who said them."""
    last = Communication.objects.filter(conversation=OuterRef("pk"), sent_at__lte=now).order_by("-sent_at", "-id")
    rows = Conversation.objects.filter(patient=patient).defer("state").order_by("-last_at", "-id")
    return rows.annotate(last_words=Subquery(last.values("text")[:1]), last_author=Subquery(last.values("author")[:1]))


def usual(appointments: list[Appointment]) -> Practitioner | None:
    """Whom they see most; of two seen as often, the last."""
    seen = [a.practitioner for a in appointments if a.status != "cancelled"]
    counted = Counter(p.pk for p in seen)
    return max(seen, key=lambda p: counted[p.pk], default=None)
