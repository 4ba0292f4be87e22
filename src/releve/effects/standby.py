"""A yes that comes while somebody else is asked for the place: kept, and the place is theirs if it is passed on."""

from releve.agenda.waiting_list import FreedPlace, fits
from releve.core.acts import BookAppointment
from releve.core.waiting import GivePlace, StandBy
from releve.effects import appointments, offers
from releve.effects.context import Context, Done, Effects, Refused, alone
from releve.practice import actions, queries
from releve.practice.models import Appointment, Offer


def stand_by(act: StandBy, context: Context) -> Done:
    offer = alone(Offer.objects.select_related("entry"), "entry").get(pk=act.offer, organization=context.organization)
    here = offers.of_place(offer.practitioner_id, offer.freed_start).filter(status="open")
    asked = list(alone(here).order_by("id"))  # whoever closes it meanwhile is waited for: nothing false is promised
    if offer.status not in ("expired", "standby", "lost") or offer.entry.status != "waiting":
        raise Refused("offer_gone")
    if offer.status == "lost" or offer.start <= context.now or len(asked) != 1:
        return _gone(offer, context)
    if offer.status == "expired":  # said twice, it keeps its turn
        actions.close_offer(offer=offer, status="standby", now=context.now)
    return Done(offer.pk, f"waiting:{offer.entry_id}", {"until": asked[0].expires_at.isoformat()})


def _gone(offer: Offer, context: Context) -> Done:
    """Somebody else has it. A yes before the hour of the place counts for the next one, once."""
    if offer.answered_at is None and context.now < offer.start:
        actions.answered_late(offer=offer, now=context.now)
        actions.missed_place(entry=offer.entry)
    return Done(
        offer.pk, f"waiting:{offer.entry_id}", {"gone": "offer_lost" if offer.status == "lost" else "offer_gone"}
    )


def give(act: GivePlace, context: Context) -> Done:
    """Booked on the yes that was given then, and written to them. Refused when the place is gone, or of no use now."""
    rows = alone(Offer.objects.select_related("entry__patient", "entry__service", "entry__appointment"), "entry")
    offer = rows.get(pk=act.offer, organization=context.organization)
    entry = queries.waits(offer.entry, context.directory, context.zone)
    place = FreedPlace(str(offer.practitioner_id), offer.start, offer.freed_end)
    if offer.status != "standby" or not fits(entry, place):
        raise Refused("offer_gone")
    booking = BookAppointment(
        practitioner=offer.practitioner_id, service=offer.service_id, start=offer.start,
        patient=offer.entry.patient_id, offer=offer.pk,
    )  # fmt: skip
    done = appointments.book(booking, context)
    assert done.record is not None
    appointment = Appointment.objects.select_related("patient").get(pk=done.record)
    voice = context.voice_to(appointment.patient)
    message = voice.text(
        "stand_by_message", practice=context.organization.name, start=voice.full(appointment.start),
        who=voice.who(appointment.practitioner_id),
    )  # fmt: skip
    leaves = context.quiet.next_permitted(context.now)
    context.write_to(appointment.patient, message, "moved", leaves, or_call=True, appointment=appointment)
    return done


EFFECTS: Effects = {
    "stand_by": stand_by,
    "give_place": give,
}
