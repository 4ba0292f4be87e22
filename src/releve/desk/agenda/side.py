"""What stands beside the grid: freed places on offer, who waits, whom to call. Three queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Window
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from releve.desk.naming import whom
from releve.desk.waiting_queries import CAUSE, in_rank
from releve.desk.wishes import in_words
from releve.dialogue.phrases import phone
from releve.look.templatetags.french import day as named_day
from releve.practice.models import Appointment, Communication, Offer, Organization, WaitingListEntry

MOST_OFFERS = 9
MOST_WAITING = 5
MOST_CALLS = 12
YEAR = timedelta(days=365)
SATURDAY = 5


@dataclass(frozen=True)
class Call:
    """An appointment that nobody has confirmed, with facts for calling: never a score."""

    row: Appointment
    phone: str
    reasons: Sequence[str]


@dataclass(frozen=True)
class Waiting:
    entry: WaitingListEntry
    wants: str
    offered: bool
    days: int | None  # since they joined, when it is known


def beside(practice: Organization, now: datetime, calls: Sequence[Call]) -> dict[str, Any]:
    offers = list(_offers(practice, now))
    asked = {offer.entry_id for offer in offers}
    entries = list(_waiting(practice)[:MOST_WAITING])
    return {
        "offers": [(some[0], whom(some[0].practitioner), some) for some in _by_place(offers)],
        "waiting": [Waiting(entry, wants(entry, now), entry.pk in asked, _days(entry, now)) for entry in entries],
        "waiting_total": getattr(entries[0], "total", 0) if entries else 0,
        "calls": calls,
    }


def _by_place(offers: Sequence[Offer]) -> list[list[Offer]]:
    """Those of a round together."""
    places: dict[tuple[int, datetime], list[Offer]] = {}
    for offer in offers:
        places.setdefault((offer.practitioner_id, offer.freed_start), []).append(offer)
    return list(places.values())


def _offers(practice: Organization, now: datetime) -> QuerySet[Offer]:
    rows = Offer.objects.filter(organization=practice, status="open", expires_at__gt=now)
    rows = rows.exclude(entry__cause=CAUSE)  # the page of the absence has them
    return rows.select_related("entry__patient", "practitioner", "service").order_by("start", "id")[:MOST_OFFERS]


def _waiting(practice: Organization) -> QuerySet[WaitingListEntry]:
    """In the order in which they are asked: health has no part in it."""
    rows = WaitingListEntry.objects.filter(organization=practice, status="waiting").exclude(cause=CAUSE)
    rows = rows.select_related("patient", "practitioner", "service", "appointment")
    return in_rank(rows.annotate(total=Window(Count("pk"))))


def _days(entry: WaitingListEntry, now: datetime) -> int | None:
    return (now - entry.joined_at).days if entry.joined_at is not None else None


def wants(entry: WaitingListEntry, now: datetime) -> str:
    """ "Dr Amar, Consultation, mardi 17 mars de 9 h à 12 h. A rendez-vous le 24 mars." """
    who = [whom(entry.practitioner)] if entry.practitioner is not None else []
    local = timezone.localtime(now).replace(tzinfo=None)
    text = ", ".join([*who, entry.service.name, in_words(entry.windows, local) or _("dès que possible")])
    later = entry.appointment
    if later is None or later.status != "booked":
        return f"{text}."
    return text + ". " + _("A rendez-vous le %(day)s.") % {"day": named_day(later.start).split(" ", 1)[1]}


# --- whom to call ---------------------------------------------------------------------------------------------------
def to_call(practice: Organization, people: Sequence[int], now: datetime) -> list[Call]:
    """Today's and the next working day's unconfirmed appointments with a reason to call, the nearest first."""
    last_year = Appointment.objects.filter(patient=OuterRef("patient"), start__gt=now - YEAR, start__lt=now)
    missed = last_year.filter(status="noshow")
    asked = Communication.objects.filter(
        appointment=OuterRef("pk"), purpose="reminder", answered=False, sent_at__lte=now
    )  # fmt: skip
    rows = Appointment.objects.filter(
        organization=practice, practitioner__in=people, status="booked", confirmed=False,
        start__gt=now, start__lt=_until(now),
    )  # fmt: skip
    rows = rows.annotate(
        missed=Subquery(missed.order_by().values("patient").annotate(n=Count("pk")).values("n")), asked=Exists(asked)
    )
    nobody = (Q(patient__phone=None) | Q(patient__phone="")) & (Q(patient__email=None) | Q(patient__email=""))
    rows = rows.filter(Q(missed__gt=0) | Q(asked=True) | nobody).select_related("patient", "practitioner", "service")
    return [_call(row) for row in rows.order_by(F("start"), "pk")[:MOST_CALLS]]


def _until(now: datetime) -> datetime:
    """The midnight that ends tomorrow; from Friday on, Monday's."""
    today = timezone.localtime(now)
    days = 2
    if today.weekday() + 1 >= SATURDAY:
        days = max(days, 8 - today.weekday())
    return datetime.combine(today.date() + timedelta(days=days), time(), today.tzinfo)


def _call(row: Appointment) -> Call:
    missed, asked = getattr(row, "missed", 0) or 0, getattr(row, "asked", False)
    reasons = []
    if missed:
        reasons.append(ngettext("%(n)s absence en un an", "%(n)s absences en un an", missed) % {"n": missed})
    if asked:
        reasons.append(_("pas de réponse au rappel"))
    if not row.patient.phone and not row.patient.email:
        reasons.append(_("ni téléphone ni adresse au dossier"))
    return Call(row, phone(row.patient.phone) if row.patient.phone else "", reasons)
