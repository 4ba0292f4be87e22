"""The waiting list: joining it, and offering it the places that are freed."""

from datetime import datetime, timedelta
from typing import Any

from releve.agenda.spans import Interval
from releve.agenda.waiting_list import FreedPlace, WaitingEntry, rank
from releve.core.acts import DeclineOffer, ExpireOffer, JoinWaitingList, OfferFreedPlace
from releve.core.codec import encode
from releve.effects.appointments import offer_later
from releve.effects.context import Context, Done, Effects, Refused
from releve.post import actions as post
from releve.practice import actions, queries
from releve.practice.models import Offer, Patient, WaitingListEntry

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
    entries = [_entry(row, context) for row in known.values()]
    return [known[e.id] for e in rank(entries, place)]


def _entry(row: WaitingListEntry, context: Context) -> WaitingEntry:
    return WaitingEntry(
        id=str(row.pk),
        position=row.pk,
        practitioner=str(row.practitioner_id) if row.practitioner_id else None,
        duration_min=row.service.duration_min,
        windows=tuple(_interval(w, context) for w in row.windows),
        performers=frozenset(str(k) for k in context.directory.performers.get(row.service_id, ())),
    )


def _interval(window: Any, context: Context) -> Interval:
    start, end = (datetime.fromisoformat(x).replace(tzinfo=context.zone) for x in window)
    return Interval(start, end)


def _free_start(entry: WaitingListEntry, act: OfferFreedPlace, context: Context) -> datetime | None:
    """The first start inside the freed time that is free for this entry's visit, and inside its windows."""
    calendar = queries.calendars([act.practitioner], context.now).get(act.practitioner)
    if calendar is None or act.practitioner not in context.directory.performers.get(entry.service_id, ()):
        return None
    windows = [_interval(w, context) for w in entry.windows]
    for start in calendar.free(act.start, act.end, entry.service.duration_min):
        if start > context.now and (not windows or any(w.holds(start) for w in windows)):
            return start
    return None


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


EFFECTS: Effects = {
    "join_waiting_list": join,
    "offer_freed_place": offer,
    "decline_offer": decline,
    "expire_offer": expire,
}
