"""The waiting list: joining it, and offering it the places that are freed."""

from datetime import datetime, timedelta

from releve.agenda.waiting_list import FreedPlace, rank
from releve.core.acts import (
    DeclineOffer,
    ExpireOffer,
    JoinWaitingList,
    LeaveWaitingList,
    OfferFreedPlace,
    OfferPlace,
    ReturnToWaitingList,
)
from releve.core.codec import encode
from releve.effects.appointments import offer_later
from releve.effects.context import Context, Done, Effects, Refused
from releve.post import actions as post
from releve.practice import actions, queries
from releve.practice.models import Consent, Offer, Patient, WaitingListEntry

ANSWER_MINUTES = 180  # of working time, then the offer passes on (CONTRACTS 4)


def join(act: JoinWaitingList, context: Context) -> Done:
    patient = _patient(act, context)
    windows = encode([[w.start, w.end] for w in act.wish.prefer]) if act.wish is not None else []
    entry = actions.join_waiting_list(
        patient=patient,
        service=act.service,
        practitioner=act.practitioner,
        windows=windows,
        appointment=act.appointment,
        now=context.now,
    )
    return Done(entry.pk, f"waiting:{entry.pk}", {"patient": patient.pk})


def _patient(act: JoinWaitingList, context: Context) -> Patient:
    if act.patient is not None:
        return Patient.objects.get(pk=act.patient, organization=context.organization)
    if act.newcomer is None:
        raise Refused("no_patient")
    return actions.create_patient(organization=context.organization, new=act.newcomer)


def offer(act: OfferFreedPlace, context: Context) -> Done:
    """To the first entry that fits and has not been asked yet; the place is held until the answer or the expiry."""
    for entry in _ranked(act, context):
        start = _free_start(entry, act, context)
        if start is not None:
            return _make(entry, start, act, context)
    return Done()


def _ranked(act: OfferFreedPlace, context: Context) -> list[WaitingListEntry]:
    rows = WaitingListEntry.objects.filter(organization=context.organization, status="waiting").exclude(
        pk__in=act.tried
    )
    known = {str(row.pk): row for row in rows.select_related("service", "patient").order_by("id")}
    place = FreedPlace(str(act.practitioner), act.start, act.end)
    entries = [queries.waits(row, context.directory, context.zone) for row in known.values()]
    return [known[e.id] for e in rank(entries, place)]


def _free_start(entry: WaitingListEntry, act: OfferFreedPlace, context: Context) -> datetime | None:
    """The first start inside the freed time that is free for this entry's visit, and inside its windows."""
    calendar = queries.calendars([act.practitioner], context.now).get(act.practitioner)
    if calendar is None or act.practitioner not in context.directory.performers.get(entry.service_id, ()):
        return None
    windows = queries.wished(entry, context.zone)
    for start in calendar.free(act.start, act.end, entry.service.duration_min):
        if start > context.now and (not windows or any(w.holds(start) for w in windows)):
            return start
    return None


def offer_by_hand(act: OfferPlace, context: Context) -> Done:
    """To whom a person chose; nothing is kept from anybody else but the one place."""
    entry = WaitingListEntry.objects.select_related("service", "patient").get(
        pk=act.entry, organization=context.organization
    )
    if entry.status != "waiting" or act.start <= context.now:
        raise Refused("offer_gone")
    if act.practitioner not in context.directory.performers.get(entry.service_id, ()):
        raise Refused("wrong_practitioner")
    if Offer.objects.filter(entry=entry, status="open", expires_at__gt=context.now).exists():
        raise Refused("already_offered")
    _check_reach(entry.patient)
    chosen = OfferFreedPlace(practitioner=act.practitioner, start=act.start, end=act.start + _length(entry))
    return _make(entry, act.start, chosen, context)


def _check_reach(patient: Patient) -> None:
    """An offer that cannot be told would only hold the place."""
    channel, address = ("sms", patient.phone) if patient.phone else ("email", patient.email)
    if not address:
        raise Refused("no_contact")
    if Consent.objects.filter(organization=patient.organization_id, channel=channel, address=address).exists():
        raise Refused("opted_out")


def _make(entry: WaitingListEntry, start: datetime, act: OfferFreedPlace, context: Context) -> Done:
    expires = min(context.working.add_working_time(context.now, ANSWER_MINUTES), start)
    made = actions.create_offer(
        entry=entry, practitioner=act.practitioner, start=start, freed=(act.start, act.end), expires_at=expires
    )
    end = start + _length(entry)
    try:
        actions.allocate(
            practitioner=act.practitioner,
            start=start,
            end=end,
            now=context.now,
            hold=actions.offer_hold(made),
            expires_at=expires,
        )
    except actions.SlotTaken:
        raise Refused("slot_taken") from None
    voice = context.voice_to(entry.patient)
    message = voice.text(
        "offer_message", practice=context.organization.name, start=voice.full(start),
        who=voice.who(act.practitioner), until=voice.full(expires),
    )  # fmt: skip
    told = context.write_to(entry.patient, message, "offer", offer=made)
    post.set_timer(
        key=f"expire_offer:{made.pk}", act=ExpireOffer(offer=made.pk), due_at=expires if told else context.now
    )
    return Done(made.pk, f"waiting:{entry.pk}")


def _length(entry: WaitingListEntry) -> timedelta:
    return timedelta(minutes=entry.service.duration_min)


def decline(act: DeclineOffer, context: Context) -> Done:
    row = Offer.objects.select_related("entry").get(pk=act.offer, organization=context.organization)
    if row.status != "open":
        raise Refused("offer_gone")
    return _pass_on(row, "declined", context)


def expire(act: ExpireOffer, context: Context) -> Done:
    row = Offer.objects.select_related("entry").get(pk=act.offer)
    if row.status != "open":
        return Done()
    return _pass_on(row, "expired", context)


def _pass_on(row: Offer, status: str, context: Context) -> Done:
    actions.close_offer(offer=row, status=status)
    earlier = Offer.objects.filter(practitioner=row.practitioner_id, freed_start=row.freed_start)
    tried = tuple(earlier.values_list("entry_id", flat=True))
    offer_later(row.practitioner_id, row.freed_start, row.freed_end, context, tried)
    return Done(row.pk, f"waiting:{row.entry_id}")


def leave(act: LeaveWaitingList, context: Context) -> Done:
    """A person takes an entry off the list; a place that was offered to it goes to the next."""
    entry = WaitingListEntry.objects.get(pk=act.entry, organization=context.organization)
    if entry.status != "waiting":
        raise Refused("not_waiting")
    actions.leave_waiting_list(entry=entry, now=context.now, status="removed", why=act.reason)
    for row in Offer.objects.select_related("entry").filter(entry=entry, status="open"):
        _pass_on(row, "expired", context)
    return Done(entry.pk, f"waiting:{entry.pk}")


def come_back(act: ReturnToWaitingList, context: Context) -> Done:
    entry = WaitingListEntry.objects.get(pk=act.entry, organization=context.organization)
    if entry.status != "removed":
        raise Refused("not_removed")
    actions.return_to_waiting_list(entry=entry)
    return Done(entry.pk, f"waiting:{entry.pk}")


EFFECTS: Effects = {
    "join_waiting_list": join,
    "offer_place": offer_by_hand,
    "leave_waiting_list": leave,
    "return_to_waiting_list": come_back,
    "offer_freed_place": offer,
    "decline_offer": decline,
    "expire_offer": expire,
}
