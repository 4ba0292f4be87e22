"""A freed place is offered: to whoever comes first, or to a small round; by rule or by hand; until somebody has it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from releve.agenda.beyond import in_reach
from releve.agenda.calendar import AgendaCalendar
from releve.agenda.waiting_list import AT_ONCE, FreedPlace, deadline, next_round, rank
from releve.core.waiting import (
    DeclineOffer,
    ExpireOffer,
    OfferFreedPlace,
    OfferPlace,
    PassOffersOn,
    ResumeOffers,
    StopOffers,
)
from releve.effects import moves, offers
from releve.effects.context import Context, Done, Effects, Refused, alone
from releve.post import actions as post
from releve.practice import actions, queries
from releve.practice.models import Allocation, Offer, WaitingListEntry

A_MOMENT = timedelta(minutes=1)
LONGEST = timedelta(days=1)  # that a freed place lasts


def offer(act: OfferFreedPlace, context: Context) -> Done:
    """To whoever comes first of those it fits; to a small round when there is no time to ask one after the other. The
    place is held until the first yes, the last no or the expiry."""
    if act.entry is not None:
        return _one_more(act, context)
    fitting = _ranked(act, context)
    asked = offers.asked_at(entry.patient for entry in fitting)
    chosen, start = _at_one_start(fitting, {offers.contact(one.entry.patient) for one in asked}, act, context)
    if start is None:
        _later(act, asked, context)
        return Done()
    until = deadline(start, chosen[0].service.min_notice_min)
    turn = next_round(context.now, until, context.working, context.quiet, len(chosen))
    if turn is None:
        return Done()
    members = chosen[: turn.people]
    together = _in_round(act, start, turn.expires_at) if len(members) > 1 else act
    made = _first(members, start, together, turn.expires_at, context)
    for entry in members[1:]:
        more = _for(entry, together, made)
        key = f"{offers.offer_key(act.practitioner, act.start)}:{entry.pk}"
        post.set_timer(key=key, act=more, due_at=context.now)
    return Done(made.pk, f"waiting:{members[0].pk}")


def _at_one_start(
    fitting: Sequence[WaitingListEntry], asked: Collection[tuple[str, str]], act: OfferFreedPlace, context: Context
) -> tuple[list[WaitingListEntry], datetime | None]:
    """The first entries that can come at the same start, as many as a round has, one of each contact and none of those
    that are `asked` already; their start, None when nobody can."""
    entries = [entry for entry in fitting if offers.contact(entry.patient) not in asked]
    visits = {entry.service_id: entry.service for entry in entries}
    known = queries.calendars([act.practitioner], context.now, since=act.start, visits=visits.values())
    calendar = known.get(act.practitioner)
    if calendar is None:
        return [], None
    free = {key: calendar.free(act.start, act.end, visit) for key, visit in visits.items()}
    chosen: dict[tuple[str, str], WaitingListEntry] = {}
    start = None
    for entry in entries:
        its = _start(entry, free[entry.service_id], calendar, context)
        if its is not None and its == (start or its):
            start = its
            chosen.setdefault(offers.contact(entry.patient), entry)
        if len(chosen) == AT_ONCE:
            break
    return list(chosen.values()), start


def _in_round(act: OfferFreedPlace, start: datetime, expires: datetime) -> OfferFreedPlace:
    number = offers.round_number(act.practitioner, act.start)
    return OfferFreedPlace(
        practitioner=act.practitioner, start=act.start, end=act.end, round=number, place=start, expires_at=expires
    )


def _for(entry: WaitingListEntry, act: OfferFreedPlace, first: Offer) -> OfferFreedPlace:
    return OfferFreedPlace(
        practitioner=act.practitioner, start=act.start, end=act.end, entry=entry.pk, round=first.round,
        place=first.start, expires_at=first.expires_at,
    )  # fmt: skip


def _first(
    members: Sequence[WaitingListEntry], start: datetime, act: OfferFreedPlace, expires: datetime, context: Context
) -> Offer:
    """The offer that holds the place, for the longest visit of the round."""
    number = act.round or offers.round_number(act.practitioner, act.start)
    longest = max(_length(entry) for entry in members)
    try:
        return offers.make(members[0], start, act, expires, context, number, start + longest)
    except actions.SlotTaken:
        raise Refused("slot_taken") from None


def _one_more(act: OfferFreedPlace, context: Context) -> Done:
    """Another one of a round that is under way; nothing when somebody was faster."""
    assert act.entry is not None
    assert act.place is not None
    assert act.expires_at is not None
    rows = WaitingListEntry.objects.select_related("service", "patient")
    entry = rows.get(pk=act.entry, organization=context.organization)
    under_way = offers.of_place(act.practitioner, act.start).filter(round=act.round, status="open")
    if entry.status != "waiting" or offers.asked_at([entry.patient]) or not under_way.exists():
        return Done()
    made = offers.make(entry, act.place, act, act.expires_at, context, act.round)
    return Done(made.pk, f"waiting:{entry.pk}")


def _ranked(act: OfferFreedPlace, context: Context) -> list[WaitingListEntry]:
    """Who it fits and can be reached, first the one to ask first; without those asked in this course, and those who
    once declined this very place."""
    declined = offers.of_place(act.practitioner, act.start).filter(status="declined").values("entry")
    visits = [key for key, who in context.directory.performers.items() if act.practitioner in who]
    rows = candidates(context.organization.pk).filter(service__in=visits)
    rows = rows.exclude(pk__in=act.tried).exclude(pk__in=declined)
    known = {str(row.pk): row for row in rows}
    place = FreedPlace(str(act.practitioner), act.start, act.end)
    entries = [queries.waits(row, context.directory, context.zone) for row in known.values()]
    return [known[e.id] for e in rank(entries, place)]


def candidates(organization: int) -> QuerySet[WaitingListEntry]:
    """Everyone who waits and has a contact. Whose appointment cannot be kept is asked by a person first."""
    answered = Offer.objects.filter(entry=OuterRef("pk")).exclude(status="open")
    rows = WaitingListEntry.objects.filter(organization=organization, status="waiting")
    rows = rows.filter(~Q(cause=moves.CAUSE) | Exists(answered))
    rows = rows.exclude(Q(patient__phone=None) & Q(patient__email=None))
    return rows.select_related("service", "patient", "appointment").order_by("id")


def _start(
    entry: WaitingListEntry, free: Sequence[datetime], calendar: AgendaCalendar, context: Context
) -> datetime | None:
    """The first of these that is inside its windows and that a yes would get: the same rules decide then."""
    patient, windows = entry.patient, queries.wished(entry, context.zone)
    wished = [start for start in free if not windows or any(w.holds(start) for w in windows)]
    if not wished:
        return None
    newcomer = queries.is_newcomer(patient)
    return next((s for s in wished if calendar.why_not(s, entry.service, newcomer, patient.birth_date) is None), None)


def _later(act: OfferFreedPlace, asked: Sequence[Offer], context: Context) -> None:
    """Everyone it fits is being asked for another place, or somebody holds this one for a moment: looked at again when
    the first of these ends."""
    held = Allocation.objects.filter(
        schedule__practitioner=act.practitioner, appointment=None, start__lt=act.end, end__gt=act.start,
        expires_at__gt=context.now,
    ).order_by("expires_at", "id")  # fmt: skip
    ends = [*(one.expires_at for one in asked[:1]), *held.values_list("expires_at", flat=True)[:1]]
    soonest = min((end for end in ends if end is not None), default=None)
    if soonest is not None:
        wait = soonest - context.now + A_MOMENT
        offers.offer_later(act.practitioner, act.start, act.end, context, act.tried, wait)


# --- people offer, pass on, stop ------------------------------------------------------------------------------------
def offer_by_hand(act: OfferPlace, context: Context) -> Done:
    """To whom a person chose; nothing is kept from anybody else but the one place."""
    rows = alone(WaitingListEntry.objects.select_related("service", "patient"))
    entry = rows.get(pk=act.entry, organization=context.organization)
    if entry.status != "waiting" or act.start <= context.now:
        raise Refused("offer_gone")
    if act.practitioner not in context.directory.performers.get(entry.service_id, ()):
        raise Refused("wrong_practitioner")
    offers.one_question(entry.patient, context)
    if context.reach(entry.patient) is None:
        raise Refused("opted_out" if entry.patient.phone or entry.patient.email else "no_contact")
    chosen = OfferFreedPlace(practitioner=act.practitioner, start=act.start, end=act.start + _length(entry))
    turn = next_round(context.now, act.start, context.working, context.quiet, 1)
    assert turn is not None  # the place is still to come
    made = _first([entry], act.start, chosen, turn.expires_at, context)
    offers.not_offered(act.practitioner, act.start)
    return Done(made.pk, f"waiting:{entry.pk}")


def _length(entry: WaitingListEntry) -> timedelta:
    return timedelta(minutes=entry.service.duration_min)


def pass_on(act: PassOffersOn, context: Context) -> Done:
    row = Offer.objects.select_related("entry").get(pk=act.offer, organization=context.organization)
    asked = list(alone(actions.in_round(row).filter(status="open").select_related("entry")).order_by("id"))
    if not asked:
        raise Refused("offer_gone")
    for one in asked:
        offers.ended(one, "withdrawn", context, timedelta())
    return Done(row.pk, f"waiting:{row.entry_id}")


def stop(act: StopOffers, context: Context) -> Done:
    here = offers.of_place(act.practitioner, act.start).filter(organization=context.organization)
    asked = list(alone(here.filter(status="open").select_related("entry")).order_by("id"))
    for one in here.filter(status="standby").order_by("id"):
        actions.close_offer(offer=one, status="withdrawn", now=context.now)
    for one in asked:
        offers.ended(one, "withdrawn", context)
    offers.not_offered(act.practitioner, act.start)
    return Done(None, f"waiting:{asked[0].entry_id}" if asked else "")


def resume(act: ResumeOffers, context: Context) -> Done:
    """Whoever was asked before is not asked again, but for those who were stopped while they thought."""
    meant = context.now < act.start < act.end and act.end - act.start <= LONGEST
    if not (meant and in_reach(act.start, context.now)):
        raise Refused("offer_gone")  # an address of somebody's own making
    here = offers.of_place(act.practitioner, act.start).filter(organization=context.organization)
    if here.filter(status="open").exists():
        raise Refused("already_offered")
    before = here.exclude(status="withdrawn").values_list("entry_id", flat=True)
    offers.offer_later(act.practitioner, act.start, act.end, context, before, timedelta())
    return Done()


# --- answers --------------------------------------------------------------------------------------------------------
def decline(act: DeclineOffer, context: Context) -> Done:
    """Also of a place that is no longer theirs to take: then it only says that they do not want it."""
    row = alone(Offer.objects.select_related("entry")).get(pk=act.offer, organization=context.organization)
    if row.status not in ("open", "expired", "standby", "lost"):
        raise Refused("offer_gone")
    if context.conversation is not None and context.conversation.address:
        actions.answer_prompts(address=context.conversation.address, offer=row.pk)
    if row.status == "open":
        return _pass_on(row, "declined", context)
    actions.close_offer(offer=row, status="declined", now=context.now)
    return Done(row.pk, f"waiting:{row.entry_id}", {"cause": row.entry.cause})


def expire(act: ExpireOffer, context: Context) -> Done:
    row = alone(Offer.objects.select_related("entry")).get(pk=act.offer)
    if row.status != "open":
        return Done()
    return _pass_on(row, "expired", context)


def _pass_on(row: Offer, status: str, context: Context) -> Done:
    if row.entry.cause == moves.CAUSE:  # a person calls; the place goes on all the same
        done = moves.unanswered(row, status, context)
        offers.pass_on(row, context)
        return done
    offers.ended(row, status, context)
    return Done(row.pk, f"waiting:{row.entry_id}")


EFFECTS: Effects = {
    "offer_freed_place": offer,
    "offer_place": offer_by_hand,
    "pass_offers_on": pass_on,
    "stop_offers": stop,
    "resume_offers": resume,
    "decline_offer": decline,
    "expire_offer": expire,
}
