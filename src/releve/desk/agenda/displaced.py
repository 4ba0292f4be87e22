"""Appointments that cannot be kept: which they are, where each could go, and what became of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from releve.agenda import replacing
from releve.agenda.replacing import Displaced, Place
from releve.desk.agenda.days import place_key
from releve.desk.agenda.grid import appointments
from releve.desk.naming import whom
from releve.desk.waiting_queries import CAUSE
from releve.practice import queries
from releve.practice.models import (
    Appointment,
    Consent,
    HealthcareService,
    Offer,
    Organization,
    Practitioner,
    Task,
    WaitingListEntry,
)
from releve.practice.rules import written_to

MOST = 100  # proposals of one batch: they are written in one transaction
BEFORE, AFTER = timedelta(days=14), timedelta(days=42)  # of the old date: where another place is looked for
TO_ANSWER = timedelta(hours=4)  # from the hour at which the message leaves: a nearer place is no question
PROPOSE, CALL, LEAVE = "proposer", "appeler", "laisser"


# --- which they are -------------------------------------------------------------------------------------------------
def displaced(practice: Organization, now: datetime, which: Q) -> QuerySet[Appointment]:
    """Coming appointments for which nobody looks for another place yet; with whether their contact said STOP."""
    phone = Q(channel="sms", address=OuterRef("patient__phone"))
    mail = Q(channel="email", address=OuterRef("patient__email"))
    stopped = Exists(Consent.objects.filter(organization=practice).filter(phone))
    no_mail = Exists(Consent.objects.filter(organization=practice).filter(mail))
    asked = WaitingListEntry.objects.filter(appointment=OuterRef("pk"), cause=CAUSE, status="waiting")
    rows = appointments(practice).filter(which, status="booked", start__gt=now).exclude(Exists(asked))
    return rows.annotate(stopped=stopped, no_mail=no_mail).order_by("start", "id")


def between(practitioner: int, start: datetime, end: datetime) -> Q:
    return Q(practitioner=practitioner, start__lt=end, end__gt=start)


def unreachable(row: Appointment) -> str:
    """Why they cannot be written to: no_contact, opted_out, or nothing."""
    found = written_to(row.patient.phone, row.patient.email)
    if found is None:
        return "no_contact"
    stopped = getattr(row, "stopped" if found[0] == "sms" else "no_mail", False)
    return "opted_out" if stopped else ""


# --- where each could go --------------------------------------------------------------------------------------------
@dataclass
class Choice:
    """One appointment of the list. `chosen` is what its form says: a place's key, CALL or LEAVE; `why` it cannot be
    written to or has no place; `taken`: that place is another's."""

    row: Appointment
    place: tuple[str, Place, str] | None  # key, place, with whom
    others: Sequence[tuple[str, Place, str]]
    why: str = ""
    chosen: str = ""
    taken: bool = False
    places: Mapping[str, Place] = field(default_factory=dict)  # every place that may be chosen
    names: Mapping[int, str] = field(default_factory=dict)  # of those who have one

    @property
    def name(self) -> str:
        return f"choix-{self.row.pk}"

    @property
    def listed(self) -> list[tuple[str, Place, str]]:
        """The other places of its list; the one that was chosen before is always among them."""
        first = self.place[0] if self.place is not None else ""
        keys = {first, *(key for key, _place, _who in self.others)}
        if not self.is_move or self.chosen in keys:
            return list(self.others)
        place = self.places[self.chosen]
        return sorted([*self.others, (self.chosen, place, self.names[place.practitioner])], key=lambda o: o[1].start)

    @property
    def is_move(self) -> bool:
        return self.chosen not in (CALL, LEAVE, "")


def choices(
    practice: Organization, rows: Sequence[Appointment], now: datetime, *, same: bool = False,
    absent: tuple[int, datetime, datetime] | None = None,
) -> list[Choice]:  # fmt: skip
    """Each with the best place that is left for it, and others. `absent`: who is away when, if that is not kept yet;
    `same`: nobody but the same person. Three queries."""
    if not rows:
        return []
    zone = ZoneInfo(practice.timezone)
    able = _able({row.service_id for row in rows})
    here = {p.pk: p for people in able.values() for p in people}
    free = _free(practice, rows, able, now, zone, same, absent)
    wanted = [_displaced(row, zone) for row in rows]
    reachable = [w for w, row in zip(wanted, rows, strict=True) if not unreachable(row)]
    found = replacing.replaced(reachable, free)
    return [_choice(row, found.get(row.pk), free.get(row.pk, ()), here, zone) for row in rows]


def _displaced(row: Appointment, zone: ZoneInfo) -> Displaced:
    length = timedelta(minutes=row.service.duration_min)
    return Displaced(row.pk, row.practitioner_id, row.start.astimezone(zone).replace(tzinfo=None), length)


def _able(services: Iterable[int]) -> dict[int, list[Practitioner]]:
    """Who does each visit, in the order of the file."""
    links = HealthcareService.practitioners.through.objects.filter(
        healthcareservice__in=list(services), practitioner__active=True
    )
    able: dict[int, list[Practitioner]] = {}
    for link in links.select_related("practitioner").order_by("practitioner_id"):
        able.setdefault(link.healthcareservice_id, []).append(link.practitioner)
    return able


def _free(
    practice: Organization, rows: Sequence[Appointment], able: Mapping[int, Sequence[Practitioner]], now: datetime,
    zone: ZoneInfo, same: bool, absent: tuple[int, datetime, datetime] | None,
) -> dict[int, list[Place]]:  # fmt: skip
    """The free places of each visit around its date, in local time."""
    earliest = queries.quiet_hours(practice).next_permitted(now) + TO_ANSWER
    start = max(min(row.start for row in rows) - BEFORE, earliest)
    end = max(row.start for row in rows) + AFTER
    everyone = {p.pk for people in able.values() for p in people}
    calendars = queries.calendars(everyone, now, since=start, until=end)
    known: dict[tuple[int, int], list[datetime]] = {}

    def of(person: int, service: HealthcareService) -> list[datetime]:
        key = (person, service.pk)
        if key not in known:
            found = calendars[person].free(start, end, service) if person in calendars else ()
            known[key] = [at for at in found if not _absent(person, at, service.duration_min, absent)]
        return known[key]

    return {
        row.pk: [
            Place(person.pk, at.astimezone(zone).replace(tzinfo=None))
            for person in able.get(row.service_id, ())
            if not same or person.pk == row.practitioner_id
            for at in of(person.pk, row.service)
            if max(row.start - BEFORE, earliest) <= at < row.start + AFTER
        ]
        for row in rows
    }


def _absent(person: int, at: datetime, length: int, absent: tuple[int, datetime, datetime] | None) -> bool:
    return absent is not None and person == absent[0] and at < absent[2] and absent[1] < at + timedelta(minutes=length)


def _choice(
    row: Appointment, found: replacing.Proposed | None, free: Sequence[Place], here: Mapping[int, Practitioner],
    zone: ZoneInfo,
) -> Choice:  # fmt: skip
    def named(place: Place) -> tuple[str, Place, str]:
        person = here[place.practitioner]
        return place_key(person.identifier, place.start.replace(tzinfo=zone)), place, whom(person)

    why = unreachable(row)
    if found is None or found.place is None:
        return Choice(row, None, (), why or "no_place", CALL)
    best = named(found.place)
    places = {named(place)[0]: place for place in free}
    names = {key: whom(person) for key, person in here.items()}
    return Choice(row, best, [named(p) for p in found.others], "", best[0], places=places, names=names)


def read(choices: Sequence[Choice], sent: Mapping[str, str]) -> bool:
    """What was chosen for each; False when two people were given the same time, or a place that is no more."""
    moves = []
    for choice in choices:
        said = sent.get(choice.name, LEAVE)  # one that the page did not show is left as it is
        choice.chosen = said if said in (CALL, LEAVE) or said in choice.places else LEAVE
        choice.taken = choice.chosen != said
        if choice.is_move:
            length = timedelta(minutes=choice.row.service.duration_min)
            place = choice.places[choice.chosen]
            moves.append((Displaced(choice.row.pk, choice.row.practitioner_id, place.start, length), place))
    twice = replacing.collisions(moves)
    for choice in choices:
        choice.taken = choice.taken or choice.row.pk in twice
    return not any(choice.taken for choice in choices)


# --- what became of them --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Followed:
    """`state`: waits, accepted, call, called, moved, cancelled, kept or todo. `offer`: the last one made."""

    row: Appointment
    state: str
    offer: Offer | None = None
    task: Task | None = None
    new_with: str = ""


def followed(rows: Sequence[Appointment], away: Mapping[int, bool], now: datetime) -> list[Followed]:
    """What became of each; `away` says (by key) that it still cannot be kept. Three queries."""
    keys = [row.pk for row in rows]
    entries = WaitingListEntry.objects.filter(cause=CAUSE, appointment__in=keys)
    waits = {entry.appointment_id: entry for entry in entries.order_by("id")}
    offers = Offer.objects.filter(entry__in=[entry.pk for entry in waits.values()])
    last = {offer.entry_id: offer for offer in offers.select_related("practitioner").order_by("id")}
    asked = Task.objects.filter(patient__in={row.patient_id for row in rows}, kind="booking_help")
    tasks = {str(task.proposal.get("about")): task for task in asked.order_by("id")}
    found = []
    for row in rows:
        entry, task = waits.get(row.pk), tasks.get(f"appointment:{row.pk}")
        offer = last.get(entry.pk) if entry is not None else None
        state = _state(row, entry, offer, task, away.get(row.pk, False), now)
        with_whom = whom(offer.practitioner) if offer is not None else ""
        found.append(Followed(row, state, offer, task if state in ("call", "called") else None, with_whom))
    return found


def _state(
    row: Appointment, entry: WaitingListEntry | None, offer: Offer | None, task: Task | None, away: bool, now: datetime
) -> str:
    if offer is not None and offer.status == "accepted":
        return "accepted"
    if row.status == "cancelled":
        return "cancelled"
    if row.status != "booked" or not away:
        return "moved" if row.status == "booked" and entry is not None and entry.status == "booked" else "kept"
    if offer is not None and offer.status == "open" and offer.expires_at > now:
        return "waits"
    if task is not None:
        return "call" if task.status == "open" else "called"
    return "todo"
