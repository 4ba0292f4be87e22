"""Reads who waited, and what must not have counted: four queries."""

from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from releve.core.waiting import JoinWaitingList
from releve.impact.fairness.rules import Comparison, Waited, age_band, compare
from releve.ledger import queries as ledger
from releve.practice.models import Appointment, Conversation, Offer, Organization, WaitingListEntry

CRITERIA: dict[str, tuple[str, ...]] = {
    "age": ("child", "adult", "senior"),
    "sex": ("F", "M", ""),
    "channel": ("sms", "webchat", "email", "voice", "desk", "file"),
    "known": ("known", "new"),
}
MOST_JOINED = 20_000  # leaves


def measured(practice: Organization, since: datetime, now: datetime) -> tuple[int, list[Comparison]]:
    """How many people were on the list since then, and one comparison a criterion."""
    rows = _waited(practice, since, now)
    return len(rows), [compare(rows, criterion, order) for criterion, order in CRITERIA.items()]


def _waited(practice: Organization, since: datetime, now: datetime) -> list[Waited]:
    """Whoever waited in that time. Appointments that could not be kept are no part of it: people dealt with them."""
    began = Coalesce("joined_at", Value(now), output_field=DateTimeField())
    seen = Appointment.objects.filter(patient=OuterRef("patient"), start__lt=OuterRef("began"))
    rows = WaitingListEntry.objects.filter(organization=practice).exclude(cause="absence")
    rows = rows.filter(Q(status="waiting") | Q(left_at__gte=since)).annotate(began=began)
    rows = rows.annotate(
        asked=Exists(Offer.objects.filter(entry=OuterRef("pk"))), known=Exists(seen.exclude(status="cancelled"))
    ).select_related("patient")
    joined = _joined()
    return [_one(row, joined.get(f"waiting:{row.pk}", "file"), now) for row in rows.order_by("id")]


def _one(row: Any, channel: str, now: datetime) -> Waited:
    groups = {
        "age": age_band(row.patient.birth_date, (row.joined_at or now).date()),
        "sex": row.patient.sex if row.patient.sex in ("F", "M") else "",
        "channel": channel,
        "known": "known" if row.known else "new",
    }
    served = row.status == "booked"
    days = (row.left_at - row.joined_at).total_seconds() / 86400 if served and row.joined_at and row.left_at else None
    return Waited(groups, row.asked, served, days)


def _joined() -> dict[str, str]:
    """Each entry's subject in the ledger -> how they asked to be on the list; the first time counts."""
    leaves = ledger.newest(MOST_JOINED, (JoinWaitingList.kind,))
    talks = {leaf.conversation for leaf in leaves if leaf.conversation is not None}
    channels = dict(Conversation.objects.filter(pk__in=talks).values_list("pk", "channel"))
    return {leaf.subject: channels.get(leaf.conversation or 0, "desk") for leaf in leaves if leaf.subject}
