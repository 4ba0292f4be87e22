"""Offers of freed places: when they are made, to how many at once, how each ends. A place is kept once, whoever is
asked, and the first yes has it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Max, QuerySet

from releve.agenda import waiting_list
from releve.agenda.given_back import given_back
from releve.core.acts import BookAppointment
from releve.core.waiting import ExpireOffer, GivePlace, OfferFreedPlace
from releve.effects.context import Context, Refused, alone
from releve.post import actions as post
from releve.practice import actions, queries
from releve.practice.models import Offer, Patient, WaitingListEntry
from releve.practice.rules import written_to

AFTER = timedelta(minutes=5)  # a place that was just freed: somebody may change their mind
UNHEARD = 3  # offers in a row that somebody declined, or left without an answer: a person asks whether they still wait


def offer_later(
    practitioner: int, start: datetime, end: datetime, context: Context, tried: Iterable[int] = (),
    after: timedelta = AFTER,
) -> None:  # fmt: skip
    """What is free of this time is offered within 20 minutes of working time, in permitted hours, while there is still
    time. Where somebody else is booked, was there before or above, nothing is."""
    known = queries.calendars([practitioner], context.now, since=start, until=end, visits=(), by_staff=True)
    who_asked = tuple(tried)
    for part in given_back(known[practitioner], start, end) if practitioner in known else ():
        due = waiting_list.due(context.now + after, waiting_list.deadline(part.start), context.working, context.quiet)
        if due is not None:
            act = OfferFreedPlace(practitioner=practitioner, start=part.start, end=part.end, tried=who_asked)
            post.set_timer(key=offer_key(practitioner, part.start), act=act, due_at=due)


def offer_key(practitioner: int, start: datetime) -> str:
    """The timer that will offer this freed place."""
    return f"offer:{practitioner}:{start.isoformat()}"


def not_offered(practitioner: int, start: datetime) -> None:
    """The place is no longer free: whatever was to be offered of it is not."""
    post.drop_timers(keys=[offer_key(practitioner, start)])


# --- making -------------------------------------------------------------------------------------------------------
def make(
    entry: WaitingListEntry, start: datetime, freed: OfferFreedPlace, expires: datetime, context: Context,
    number: int = 1, until: datetime | None = None,
) -> Offer:  # fmt: skip
    """Writes to the person. `until`: the end of the time that is held, for the first of a round; the others share it.
    Raises SlotTaken."""
    made = actions.create_offer(
        entry=entry, practitioner=freed.practitioner, start=start, freed=(freed.start, freed.end), expires_at=expires,
        round=number, now=context.now,
    )  # fmt: skip
    if until is not None:
        actions.allocate(
            practitioner=freed.practitioner, visit=entry.service, start=start, end=until, now=context.now,
            hold=actions.offer_hold(made), expires_at=expires,
        )  # fmt: skip
    voice = context.voice_to(entry.patient)
    message = voice.text(
        "offer_round_message" if freed.round else "offer_message",
        practice=context.organization.name, start=voice.full(start), who=voice.who(freed.practitioner),
        until=voice.full(expires),
    )  # fmt: skip
    context.write_to(entry.patient, message, "offer", or_call=True, offer=made)
    post.set_timer(key=expiry_key(made), act=ExpireOffer(offer=made.pk), due_at=expires)
    return made


def expiry_key(offer: Offer) -> str:
    return f"expire_offer:{offer.pk}"


def round_number(practitioner: int, freed_start: datetime) -> int:
    """Of the next round for this place, from 1."""
    last = of_place(practitioner, freed_start).aggregate(last=Max("round"))["last"]
    return (last or 0) + 1


def of_place(practitioner: int, freed_start: datetime) -> QuerySet[Offer]:
    return Offer.objects.filter(practitioner=practitioner, freed_start=freed_start)


def tried(practitioner: int, freed_start: datetime) -> list[int]:
    """Whoever was asked for this place before."""
    return list(of_place(practitioner, freed_start).order_by("id").values_list("entry_id", flat=True))


# --- one question at a time ---------------------------------------------------------------------------------------
def asked_at(patients: Iterable[Patient]) -> list[Offer]:
    """Offers that await an answer from these people, or from whoever has the same contact: of two asked there, nobody
    could say whom an « oui » is for. The first to end comes first."""
    known = {patient.pk: contact(patient) for patient in patients}
    here = {*known.values()}
    rows = Offer.objects.filter(status="open").select_related("entry__patient").order_by("expires_at", "id")
    return [row for row in rows if row.entry.patient_id in known or contact(row.entry.patient) in here]


def one_question(patient: Patient, context: Context) -> None:
    """Raises Refused while an answer is awaited there."""
    asked = [one for one in asked_at([patient]) if one.expires_at > context.now]
    if asked:
        theirs = any(one.entry.patient_id == patient.pk for one in asked)
        raise Refused("already_offered" if theirs else "asked_there")


def contact(patient: Patient) -> tuple[str, str]:
    """Where they are written to; whom only a call reaches is asked by name."""
    return written_to(patient.phone, patient.email) or ("patient", str(patient.pk))


# --- the first yes ------------------------------------------------------------------------------------------------
def accepted(act: BookAppointment, context: Context) -> Offer:
    """The offer that this booking answers. A late yes still gets the place, as long as nobody else has it."""
    assert act.offer is not None
    rows = alone(Offer.objects.select_related("entry"), "entry")
    offer = rows.get(pk=act.offer, organization=context.organization)
    served = offer.status not in ("open", "expired", "standby") or offer.entry.status != "waiting"
    if served or offer.entry.patient_id != act.patient:
        raise Refused("offer_gone")
    return offer


def holds(context: Context) -> tuple[str, ...]:
    """What keeps the place and is no obstacle to the yes under way: its own round's hold; and that of a later round,
    which promised the place to nobody but the first who answers."""
    key = getattr(context.proposal.act, "offer", None)
    offer = Offer.objects.filter(pk=key).first() if key is not None else None
    if offer is None:
        return ()
    rivals = of_place(offer.practitioner_id, offer.freed_start).filter(status="open").exclude(round=offer.round)
    rival = rivals.order_by("id").first()
    shared = rival is not None and actions.in_round(rival).count() > 1
    return (actions.offer_hold(offer), *((actions.offer_hold(rival),) if rival is not None and shared else ()))


def take(offer: Offer, context: Context) -> None:
    """The place is theirs; others who are asked for it have lost it, and learn it when they answer."""
    rivals = of_place(offer.practitioner_id, offer.freed_start).filter(status__in=("open", "standby"))
    rivals = rivals.exclude(pk=offer.pk)
    for other in rivals.select_related("entry").order_by("id"):
        if other.status == "standby":
            actions.missed_place(entry=other.entry)
        actions.close_offer(offer=other, status="lost", now=context.now)
        post.drop_timers(keys=[expiry_key(other)])
    actions.close_offer(offer=offer, status="accepted", now=context.now)
    post.drop_timers(keys=[expiry_key(offer)])
    if context.conversation is not None and context.conversation.address:
        actions.answer_prompts(address=context.conversation.address, offer=offer.pk)


def rest(offer: Offer, end: datetime, context: Context) -> None:
    """What a visit leaves of a longer freed time goes to the next."""
    if end < offer.freed_end:
        offer_later(offer.practitioner_id, end, offer.freed_end, context)
    if offer.freed_start < offer.start:
        offer_later(offer.practitioner_id, offer.freed_start, offer.start, context)


# --- no, and no answer --------------------------------------------------------------------------------------------
def ended(offer: Offer, status: str, context: Context, after: timedelta = AFTER) -> None:
    """Declined, expired or withdrawn. The place passes on once nobody of the round is asked any more."""
    actions.close_offer(offer=offer, status=status, now=context.now)
    post.drop_timers(keys=[expiry_key(offer)])
    if not actions.in_round(offer).filter(status="open").exists():
        pass_on(offer, context, after)
    if status in ("declined", "expired"):
        _still_wanted(offer.entry, status, context)


def give_back(rows: QuerySet[Offer], context: Context) -> None:
    """Places that are of no use to these people any more: whoever comes next is asked for them."""
    for row in rows.select_related("entry").filter(status__in=("open", "standby")).order_by("id"):
        if row.status == "open":
            ended(row, "withdrawn", context)
        else:
            actions.close_offer(offer=row, status="withdrawn", now=context.now)


def pass_on(offer: Offer, context: Context, after: timedelta = AFTER) -> None:
    """To whoever stands by; to the next of the list, should that come to nothing."""
    here = of_place(offer.practitioner_id, offer.freed_start).filter(status="standby", entry__status="waiting")
    stands = here.select_related("service").order_by("answered_at", "id").first()
    if stands is not None:
        told = context.quiet.next_permitted(context.now)
        if told < waiting_list.deadline(stands.start, stands.service.min_notice_min):
            post.set_timer(key=f"give_place:{stands.pk}", act=GivePlace(offer=stands.pk), due_at=context.now)
    before = tried(offer.practitioner_id, offer.freed_start)
    offer_later(offer.practitioner_id, offer.freed_start, offer.freed_end, context, before, after)


def _still_wanted(entry: WaitingListEntry, status: str, context: Context) -> None:
    """Nobody is taken off the list for it: somebody calls, once for every three."""
    said = Offer.objects.filter(entry=entry, status__in=("accepted", "declined", "expired"))
    last = list(said.order_by("-id").values_list("status", flat=True)[: 10 * UNHEARD])
    run = next((n for n, one in enumerate(last) if one != status), len(last))
    if run == 0 or run % UNHEARD:
        return
    voice = context.voice
    actions.create_task(
        organization=context.organization, now=context.now, kind="callback", patient_id=entry.patient_id,
        words=voice.text(f"note_{status}", count=run, service=voice.service(entry.service_id)),
        reasons=["a person must see this"],
    )  # fmt: skip
