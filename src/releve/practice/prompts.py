"""Messages of ours that went to an address and can still be answered in a word."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db.models import Q

from releve.core.facts import STANDING, Place, Prompt
from releve.practice.models import Communication, Offer, Organization

PROMPTS = ("reminder", "moved", "offer", "no_show", "cancelled")
LIFE = timedelta(days=14)  # how long a message of ours may still be answered in a word
_FreedPlace = tuple[int, datetime]


def prompts_of(practice: Organization, address: str | None, channel: str, now: datetime) -> list[Prompt]:
    """Only what went to this address on this channel (a call answers an SMS: the number is the same)."""
    if not address:
        return []
    channels = ("sms", "voice") if channel in ("sms", "voice") else (channel,)
    rows = Communication.objects.filter(
        organization=practice,
        address=address,
        purpose__in=PROMPTS,
        channel__in=channels,
        sent_at__gt=now - LIFE,
        sent_at__lte=now,  # what waits for permitted hours has not been read
    )
    coming = Q(purpose="reminder", appointment__status="booked", appointment__confirmed=True)  # minds change
    declined = Q(purpose="offer", offer__status="declined")  # and a no is said twice
    rows = rows.filter(Q(answered=False) | coming | declined).select_related("appointment", "offer__entry")
    found = list(rows.order_by("sent_at", "id"))
    asked = _asked_alone([row.offer for row in found if row.offer is not None], now)
    return [p for row in found if (p := _of_offer(row, asked, now) or _of_appointment(row, now)) is not None]


def _asked_alone(offers: Iterable[Offer], now: datetime) -> dict[_FreedPlace, datetime]:
    """Of the places that went by these people: until when somebody else has it to themself. In a round of several, a
    late yes still wins."""
    passed = {offer.freed_start for offer in offers if offer.status in ("expired", "standby")}
    if not passed:
        return {}
    rounds: dict[tuple[int, datetime, int], list[tuple[str, datetime]]] = {}
    rows = Offer.objects.filter(freed_start__in=passed)
    for who, start, number, status, until in rows.values_list(
        "practitioner", "freed_start", "round", "status", "expires_at"
    ):
        rounds.setdefault((who, start, number), []).append((status, until))
    alone = {key: one[0] for key, one in rounds.items() if len(one) == 1}
    return {
        (who, start): until for (who, start, _), (status, until) in alone.items() if status == "open" and until > now
    }


def _of_offer(row: Communication, asked: Mapping[_FreedPlace, datetime], now: datetime) -> Prompt | None:
    """Open as long as the place is to come: a late yes counts while it is free."""
    offer = row.offer
    if offer is None or row.patient_id is None:
        return None
    passed = offer.status in ("expired", "standby")
    return Prompt(
        row.pk,
        "offer",
        row.patient_id,
        None,
        offer.pk,
        Place(offer.practitioner_id, offer.service_id, offer.start),
        offer.status in ("open", "expired") and offer.start > now,
        row.sent_at,
        offer.status,
        offer.entry.status == "waiting",
        row.answered,
        offer.expires_at,
        asked.get((offer.practitioner_id, offer.freed_start)) if passed else None,
    )


def _of_appointment(row: Communication, now: datetime) -> Prompt | None:
    """Open while the appointment stands."""
    about = row.appointment
    if about is None or row.offer is not None:
        return None
    if row.purpose in STANDING and about.status not in ("booked", "cancelled"):
        return None
    place = Place(about.practitioner_id, about.service_id, about.start)
    is_open = row.purpose not in STANDING or (about.status == "booked" and about.start > now)
    return Prompt(
        row.pk, row.purpose, about.patient_id, about.pk, None, place, is_open, row.sent_at, answered=row.answered
    )
