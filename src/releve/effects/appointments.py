"""Booking, moving, cancelling, confirming, holding; and the timers that go with an appointment."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from releve.agenda.availability import Resource, why_not
from releve.agenda.spans import outer
from releve.core.acts import (
    BookAppointment,
    CancelAppointment,
    ConfirmAppointment,
    ExpireHold,
    HoldSlot,
    MarkNoShow,
    OfferFreedPlace,
    ReleaseHold,
    RescheduleAppointment,
    SendNoShowMessage,
    SendReminder,
)
from releve.effects.context import Context, Done, Effects, Refused
from releve.post import actions as post
from releve.practice import actions, queries
from releve.practice.models import Allocation, Appointment, HealthcareService, Offer, Patient, Schedule

REMINDER_HOUR = time(18)  # the evening before; gone by 19:00 (CONTRACTS 4)
NO_SHOW_AFTER = timedelta(hours=1)
OFFER_AFTER = timedelta(minutes=5)
HOLD = timedelta(minutes=10)
UNDO = timedelta(seconds=10)  # what someone at the desk cancels can be taken back before the person is told


def book(act: BookAppointment, context: Context) -> Done:
    offer = _accepted(act, context) if act.offer is not None else None
    patient = _patient(act, context)
    try:
        _check(act.practitioner, act.service, act.start, context)
    except Refused as refusal:
        raise Refused("offer_gone" if offer is not None else refusal.why) from None
    if context.hold:
        actions.release_holds(hold=context.hold)
    if offer is not None:
        actions.close_offer(offer=offer, status="accepted")
    try:
        appointment = actions.book(
            patient=patient, practitioner=act.practitioner, service=act.service, start=act.start, now=context.now,
            reason=act.reason,
        )  # fmt: skip
    except actions.SlotTaken:
        raise Refused("slot_taken") from None
    set_reminder(appointment, context)
    if offer is not None:
        _leave_list(offer, context)
    return Done(appointment.pk, f"appointment:{appointment.pk}", {"patient": patient.pk})


def _accepted(act: BookAppointment, context: Context) -> Offer:
    """The offer that this booking answers. A late yes still gets the place, as long as nobody else has it."""
    assert act.offer is not None
    offer = Offer.objects.select_related("entry").get(pk=act.offer, organization=context.organization)
    served = offer.status not in ("open", "expired") or offer.entry.status != "waiting"
    if served or offer.entry.patient_id != act.patient:
        raise Refused("offer_gone")
    return offer


def _leave_list(offer: Offer, context: Context) -> None:
    """The entry is served; the later appointment that this place replaces is given up."""
    actions.leave_waiting_list(entry=offer.entry, now=context.now)
    later = offer.entry.appointment
    if later is not None and later.status == "booked" and later.start > context.now:
        _give_up(later, "cancelled", context)


def _patient(act: BookAppointment, context: Context) -> Patient:
    if act.patient is not None:
        return Patient.objects.get(pk=act.patient, organization=context.organization)
    if act.newcomer is None:
        raise Refused("no_patient")
    return actions.create_patient(organization=context.organization, new=act.newcomer)


def _check(practitioner: int, service: int, start: datetime, context: Context) -> None:
    """The same function that lists places decides whether one may be booked; staff may go beyond opening hours."""
    visit = HealthcareService.objects.get(pk=service, organization=context.organization)
    if not visit.active or not visit.practitioners.filter(pk=practitioner, active=True).exists():
        raise Refused("wrong_practitioner")
    if start <= context.now and not context.by_staff:
        raise Refused("past")
    if context.by_staff:
        return
    schedule = Schedule.objects.select_related("organization").get(practitioner=practitioner)
    end = start + timedelta(minutes=visit.duration_min)
    own = Allocation.objects.filter(schedule=schedule, start__lt=end, end__gt=start)
    busy = [outer(a.start, a.end) for a in own if _blocks(a, context)]
    resource = Resource(queries.weekly(schedule), busy=busy)
    reason = why_not([resource], queries.slot_query(visit.duration_min), start)
    if reason is not None:
        raise Refused("slot_taken" if reason == "taken" else reason)


def _blocks(row: Allocation, context: Context) -> bool:
    mine = row.hold and row.hold in (context.hold, _offer_hold(context))
    return not mine and (row.expires_at is None or row.expires_at > context.now)


def _offer_hold(context: Context) -> str:
    offer = getattr(context.proposal.act, "offer", None)
    return f"offer:{offer}" if offer is not None else ""


def reschedule(act: RescheduleAppointment, context: Context) -> Done:
    appointment = _own(act.appointment, act.patient, context)
    before = {"practitioner": appointment.practitioner_id, "start": appointment.start.isoformat()}
    freed = (appointment.practitioner_id, appointment.start, appointment.end)
    _check(act.practitioner, appointment.service_id, act.start, context)
    if context.hold:
        actions.release_holds(hold=context.hold)
    try:
        actions.move(appointment=appointment, practitioner=act.practitioner, start=act.start, now=context.now)
    except actions.SlotTaken:
        raise Refused("slot_taken") from None
    set_reminder(appointment, context)
    _answered(appointment, context)
    offer_later(*freed, context)
    return Done(appointment.pk, f"appointment:{appointment.pk}", {"before": before})


def cancel(act: CancelAppointment, context: Context) -> Done:
    appointment = _own(act.appointment, act.patient, context)
    _give_up(appointment, "cancelled", context)
    if context.by_staff and appointment.start > context.now:
        _tell_cancelled(appointment, context)
    return Done(appointment.pk, f"appointment:{appointment.pk}")


def _own(key: int, patient: int, context: Context) -> Appointment:
    """The appointment, if it is this patient's and still stands."""
    appointment = Appointment.objects.select_related("patient").get(pk=key, organization=context.organization)
    if appointment.patient_id != patient:
        raise Refused("not_theirs")
    if appointment.status != "booked" or (appointment.start <= context.now and not context.by_staff):
        raise Refused("not_booked")
    return appointment


def _give_up(appointment: Appointment, status: str, context: Context) -> None:
    actions.set_status(appointment=appointment, status=status)
    post.drop_timers(keys=[f"reminder:{appointment.pk}"])
    _answered(appointment, context)
    offer_later(appointment.practitioner_id, appointment.start, appointment.end, context)


def _answered(appointment: Appointment, context: Context) -> None:
    if context.conversation is not None and context.conversation.address:
        actions.answer_prompts(address=context.conversation.address, appointment=appointment.pk)


def _tell_cancelled(appointment: Appointment, context: Context) -> None:
    voice = context.voice_to(appointment.patient)
    message = voice.text(
        "cancelled_message", practice=context.organization.name, start=voice.full(appointment.start),
        who=voice.who(appointment.practitioner_id),
    )  # fmt: skip
    after = min(context.quiet.next_permitted(context.now), max(appointment.start, context.now))
    if context.user is not None:
        after = max(after, context.now + UNDO)
    context.write_to(appointment.patient, message, "cancelled", after, appointment=appointment, event=context.key)


def confirm(act: ConfirmAppointment, context: Context) -> Done:
    appointment = _own(act.appointment, act.patient, context)
    actions.set_confirmed(appointment=appointment)
    return Done(appointment.pk, f"appointment:{appointment.pk}")


def hold(act: HoldSlot, context: Context) -> Done:
    _check(act.practitioner, act.service, act.start, context)
    actions.release_holds(hold=context.hold)
    length = timedelta(minutes=HealthcareService.objects.get(pk=act.service).duration_min)
    try:
        row = actions.allocate(
            practitioner=act.practitioner, start=act.start, end=act.start + length, now=context.now, hold=context.hold,
            expires_at=context.now + HOLD,
        )  # fmt: skip
    except actions.SlotTaken:
        raise Refused("slot_taken") from None
    post.set_timer(key=f"hold:{row.pk}", act=ExpireHold(allocation=row.pk), due_at=context.now + HOLD)
    return Done(row.pk)


def release_hold(act: ReleaseHold, context: Context) -> Done:
    actions.release_holds(hold=context.hold)
    return Done()


def expire_hold(act: ExpireHold, context: Context) -> Done:
    actions.expire_hold(allocation=act.allocation, now=context.now)
    return Done()


def no_show(act: MarkNoShow, context: Context) -> Done:
    appointment = Appointment.objects.get(pk=act.appointment, organization=context.organization)
    if appointment.status not in ("booked", "arrived"):
        raise Refused("not_booked")
    if context.user is not None and appointment.start > context.now:
        raise Refused("not_yet")  # nobody is written that they did not come before the hour has come
    actions.set_status(appointment=appointment, status="noshow")
    post.drop_timers(keys=[f"reminder:{appointment.pk}"])
    due = _same_working_day(context)
    post.set_timer(key=f"no_show:{appointment.pk}", act=SendNoShowMessage(appointment=appointment.pk), due_at=due)
    return Done(appointment.pk, f"appointment:{appointment.pk}")


def _same_working_day(context: Context) -> datetime:
    """An hour later, but no later than the last permitted minute of this day; in quiet hours, when they end."""
    later = context.now + NO_SHOW_AFTER
    if context.quiet.permitted(later):
        return later
    if context.quiet.permitted(context.now):
        return max(context.now, context.quiet.last_permitted_before(later))
    return context.quiet.next_permitted(context.now)


def send_no_show(act: SendNoShowMessage, context: Context) -> Done:
    appointment = Appointment.objects.select_related("patient").get(pk=act.appointment)
    if appointment.status != "noshow":
        raise Refused("not_noshow")
    voice = context.voice_to(appointment.patient)
    message = voice.text("no_show_message", practice=context.organization.name, start=voice.full(appointment.start))
    context.write_to(appointment.patient, message, "no_show", appointment=appointment)
    return Done(appointment.pk, f"appointment:{appointment.pk}")


def set_reminder(appointment: Appointment, context: Context) -> None:
    """The evening before; on a Sunday or public holiday, the last permitted day's same hour. None if it is too late."""
    reminder = _reminder(appointment, context)
    if reminder is not None:
        post.set_timer(key=reminder[0], act=reminder[1], due_at=reminder[2])
    else:
        post.drop_timers(keys=[f"reminder:{appointment.pk}"])


def set_reminders(appointments: Iterable[Appointment], context: Context) -> None:
    """Those of a practice just loaded, which has no timer yet."""
    found = (_reminder(appointment, context) for appointment in appointments)
    post.set_timers(reminder for reminder in found if reminder is not None)


def _reminder(appointment: Appointment, context: Context) -> tuple[str, SendReminder, datetime] | None:
    local = appointment.start.astimezone(context.zone)
    evening = datetime.combine(local.date() - timedelta(days=1), REMINDER_HOUR, context.zone)
    due = context.quiet.last_permitted_before(evening)
    if due <= context.now:
        return None
    return f"reminder:{appointment.pk}", SendReminder(appointment=appointment.pk), due


def send_reminder(act: SendReminder, context: Context) -> Done:
    appointment = Appointment.objects.select_related("patient").get(pk=act.appointment)
    if appointment.status != "booked" or appointment.start <= context.now:
        raise Refused("not_booked")
    voice = context.voice_to(appointment.patient)
    message = voice.text(
        "reminder", practice=context.organization.name, start=voice.full(appointment.start),
        who=voice.who(appointment.practitioner_id),
    )  # fmt: skip
    context.write_to(appointment.patient, message, "reminder", appointment=appointment)
    return Done(appointment.pk, f"appointment:{appointment.pk}")


def offer_later(
    practitioner: int, start: datetime, end: datetime, context: Context, tried: tuple[int, ...] = ()
) -> None:
    """A freed place is offered within 20 minutes of working time, in permitted hours, while there is still time."""
    due = context.now + OFFER_AFTER
    for _ in range(4):  # opening hours and permitted hours each may push the other
        due = context.quiet.next_permitted(context.working.next_opening(due))
    if due < start:
        act = OfferFreedPlace(practitioner=practitioner, start=start, end=end, tried=tried)
        post.set_timer(key=offer_key(practitioner, start), act=act, due_at=due)


def offer_key(practitioner: int, start: datetime) -> str:
    """The timer that will offer this freed place."""
    return f"offer:{practitioner}:{start.isoformat()}"


EFFECTS: Effects = {
    "book_appointment": book,
    "reschedule_appointment": reschedule,
    "cancel_appointment": cancel,
    "confirm_appointment": confirm,
    "hold_slot": hold,
    "release_hold": release_hold,
    "expire_hold": expire_hold,
    "mark_no_show": no_show,
    "send_no_show_message": send_no_show,
    "send_reminder": send_reminder,
}
