"""What the waiting list's page reads of freed places: who is asked for each, until when, and who comes next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from releve.agenda.given_back import given_back
from releve.agenda.waiting_list import FreedPlace, rank
from releve.core.codec import decode
from releve.core.facts import Directory
from releve.core.waiting import OfferFreedPlace
from releve.desk import words
from releve.desk.waiting_queries import CAUSE, reasons, who_does_what
from releve.post.models import Timer
from releve.practice import queries
from releve.practice.models import Offer, Organization, Practitioner, WaitingListEntry

COMPACT = "%Y%m%dT%H%MZ"
MOST = 12  # places shown
Due = list[tuple[datetime, OfferFreedPlace]]  # when each leaves


@dataclass
class Freed:
    """A freed place; `offers` that await an answer, `due`: when the next one leaves, `following`: whom it goes to;
    `stands`: who said yes after their turn, and comes first if nobody takes it."""

    practitioner: Practitioner
    start: datetime
    end: datetime
    offers: list[Offer] = field(default_factory=list)
    stands: Offer | None = None
    due: datetime | None = None
    following: WaitingListEntry | None = None
    following_why: Sequence[str] = ()
    asked: frozenset[int] = frozenset()

    @property
    def keys(self) -> tuple[int, str, str]:
        """How an address names it."""
        return self.practitioner.pk, f"{self.start.astimezone(UTC):{COMPACT}}", f"{self.end.astimezone(UTC):{COMPACT}}"


def moment(key: str) -> datetime | None:
    """The other way round."""
    try:
        return datetime.strptime(key, COMPACT).replace(tzinfo=UTC)
    except ValueError:
        return None


def freed(practice: Organization, now: datetime) -> list[Freed]:
    """Two queries when no place is free, five when some are; the earliest place first. What was taken again, or is
    outside the hours, is no free place, whoever gave it back."""
    asked = Q(status="open", expires_at__gt=now) | Q(status="standby", entry__status="waiting", start__gt=now)
    rows = Offer.objects.filter(asked, organization=practice)
    asked_before = Offer.objects.filter(entry=OuterRef("entry")).exclude(status="open")
    rows = rows.filter(~Q(entry__cause=CAUSE) | Exists(asked_before))  # a person proposed it: no freed place
    rows = rows.select_related("entry__patient", "practitioner", "service").order_by("start", "answered_at", "id")
    found: dict[tuple[int, datetime], Freed] = {}
    for offer in rows[: 3 * MOST]:
        key = (offer.practitioner_id, offer.freed_start)
        place = found.setdefault(key, Freed(offer.practitioner, offer.freed_start, offer.freed_end))
        if offer.status == "open":
            place.offers.append(offer)
        else:
            place.stands = place.stands or offer
    found = {key: place for key, place in found.items() if place.offers}
    acts = _to_come(now)
    if not found and not acts:
        return []
    known = who_does_what(practice)
    for due, act in _still_free(acts, known, now):
        practitioner = known.practitioners.get(act.practitioner)
        if isinstance(practitioner, Practitioner):
            place = found.setdefault((act.practitioner, act.start), Freed(practitioner, act.start, act.end))
            place.due, place.asked = due, frozenset(act.tried)
    shown = sorted(found.values(), key=lambda p: (p.start, p.practitioner.pk))[:MOST]
    _follow(shown, known, practice, now)
    return shown


def _to_come(now: datetime) -> Due:
    timers = Timer.objects.filter(act=OfferFreedPlace.kind, done_at=None).order_by("due_at", "id")[:MOST]
    acts = [(timer.due_at, decode(OfferFreedPlace, timer.payload)) for timer in timers]
    return [(due, act) for due, act in acts if act.entry is None and act.start > now]


def _still_free(acts: Due, known: Directory, now: datetime) -> Due:
    if not acts:
        return []
    people: Mapping[int, Any] = known.practitioners
    who = {act.practitioner for _due, act in acts if getattr(people.get(act.practitioner), "schedule", None)}
    hours = [people[key].schedule for key in who]
    since, until = min(act.start for _due, act in acts), max(act.end for _due, act in acts)
    calendars = queries.calendars(who, now, since=since, until=until, visits=(), by_staff=True, schedules=hours)
    mine = ((due, act, calendars.get(act.practitioner)) for due, act in acts)
    return [(due, act) for due, act, calendar in mine if calendar and given_back(calendar, act.start, act.end)]


def _follow(places: Iterable[Freed], known: Directory, practice: Organization, now: datetime) -> None:
    """Who comes first of those who are asked for nothing at present, and were not asked for this place."""
    zone = ZoneInfo(practice.timezone)
    rows = WaitingListEntry.objects.filter(organization=practice, status="waiting")
    rows = rows.exclude(offers__status="open").exclude(Q(cause=CAUSE) & Q(offers=None))
    rows = rows.select_related("organization", "patient", "service", "appointment")
    waiting = {str(row.pk): row for row in rows.order_by("id")}
    entries = [queries.waits(row, known, zone) for row in waiting.values()]
    for place in places:
        if place.stands is not None:
            place.following, place.following_why = place.stands.entry, (words.word(words.PLACES, "standby"),)
            continue
        out = frozenset(str(key) for key in place.asked)
        wanted = FreedPlace(str(place.practitioner.pk), place.start, place.end, out)
        first = next(iter(rank(entries, wanted)), None)
        if first is not None:
            place.following = waiting[first.id]
            place.following_why = reasons(place.following, now)
