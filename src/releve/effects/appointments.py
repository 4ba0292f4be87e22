"""Booking, moving, cancelling, confirming, holding; and the timers that go with an appointment."""

from datetime import datetime, timedelta
from typing import Any

from releve.agenda.beyond import beyond, in_reach
from releve.agenda.visits import lasting
from releve.core.acts import (
    BookAppointment,
    CancelAppointment,
    ConfirmAppointment,
    ExpireHold,
    HoldSlot,
    MarkNoShow,
    ReleaseHold,
    RescheduleAppointment,
    SendNoShowMessage,
)
from releve.core.ports import VisitRecord
from releve.effects import moves, offers, reminders, telling, waiting
from releve.effects.context import Context, Done, Effects, Refused, alone
from releve.post import actions as post
from releve.practice import actions, queries
from releve.practice.models import Appointment, HealthcareService, Offer, Patient

NO_SHOW_AFTER = timedelta(hours=1)
HOLD = timedelta(minutes=10)


def book(act: BookAppointment, context: Context) -> Done:
    offer = offers.accepted(act, context) if act.offer is not None else None
    patient = _patient(act, context)
    try:
        visit = _visit(act.practitioner, act.service, context)
        _check(act.practitioner, visit, act.start, context, patient)
    except Refused as refusal:
        raise Refused("offer_gone" if offer is not None else refusal.why) from None
    if context.hold:
        actions.release_holds(hold=context.hold)
    if offer is not None:
        offers.take(offer, context)
    try:
        appointment = actions.book(
            patient=patient, practitioner=act.practitioner, visit=visit, start=act.start, now=context.now,
            reason=act.reason, first_visit=queries.is_newcomer(patient), series=act.series,
            overbooking=act.overbooking if context.by_staff else "",
        )  # fmt: skip
    except actions.SlotTaken:
        raise Refused("slot_taken") from None
    reminders.set_reminders(appointment, context)
    if offer is not None:
        _leave_list(offer, context)
        offers.rest(offer, appointment.end, context)
    waiting.booked(appointment, context)
    return Done(appointment.pk, f"appointment:{appointment.pk}", {"patient": patient.pk})


def _leave_list(offer: Offer, context: Context) -> None:
    """The entry is served; the later appointment that this place replaces is given up."""
    actions.leave_waiting_list(entry=offer.entry, now=context.now)
    offers.give_back(Offer.objects.filter(entry=offer.entry), context)
    later = offer.entry.appointment
    if later is not None and later.status == "booked" and later.start > context.now:
        _give_up(later, "cancelled", context)


def _patient(act: BookAppointment, context: Context) -> Patient:
    if act.patient is not None:
        return Patient.objects.get(pk=act.patient, organization=context.organization)
    if act.newcomer is None:
        raise Refused("no_patient")
    return actions.create_patient(organization=context.organization, new=act.newcomer)


def _visit(practitioner: int, service: int, context: Context) -> HealthcareService:
    visit = HealthcareService.objects.get(pk=service, organization=context.organization)
    if not visit.active or not visit.practitioners.filter(pk=practitioner, active=True).exists():
        raise Refused("wrong_practitioner")
    return visit


def _check(
    practitioner: int, visit: VisitRecord, start: datetime, context: Context, patient: Patient | None = None,
    moving: int | None = None,
) -> None:  # fmt: skip
    """The calendar that lists places decides whether one may be booked, once nobody else can write. Staff may go beyond
    everything but the places themselves, which `actions.allocate` keeps."""
    if context.by_staff:
        if context.user is not None:
            _check_meant(practitioner, visit, start, context, moving)
        return
    actions.lock_agendas(practitioner=practitioner, needs=visit.needs)
    holds = (context.hold, *offers.holds(context))
    known = queries.around(start, [practitioner], context.now, visit, hold_of=holds, moving=moving)
    if practitioner not in known:
        raise Refused("closed")
    newcomer = patient is not None and queries.is_newcomer(patient, moving)
    born = patient.birth_date if patient is not None else None
    reason = known[practitioner].why_not(start, visit, newcomer, born)
    if reason is not None:
        raise Refused("slot_taken" if reason in ("taken", "buffer") else reason)


def _check_meant(practitioner: int, visit: VisitRecord, start: datetime, context: Context, moving: int | None) -> None:
    """Whoever is signed in may go beyond the hours, but says why; a wrong year is no appointment."""
    if not in_reach(start, context.now):
        raise Refused("out_of_reach")
    if getattr(context.proposal.act, "overbooking", ""):
        return
    known = queries.around(start, [practitioner], context.now, visit, by_staff=True, moving=moving).get(practitioner)
    if known is None or beyond(known, start, visit) == "closed":
        raise Refused("beyond_hours")


def reschedule(act: RescheduleAppointment, context: Context) -> Done:
    appointment = _own(act.appointment, act.patient, context)
    before = _before(appointment)
    freed = (appointment.practitioner_id, appointment.start, appointment.end)
    visit = lasting(_visit(act.practitioner, appointment.service_id, context), _minutes(appointment))
    _check(act.practitioner, visit, act.start, context, appointment.patient, moving=appointment.pk)
    if context.hold:
        actions.release_holds(hold=context.hold)
    try:
        actions.move(
            appointment=appointment, practitioner=act.practitioner, start=act.start, now=context.now,
            overbooking=act.overbooking if context.by_staff else "",
        )  # fmt: skip
    except actions.SlotTaken:
        raise Refused("slot_taken") from None
    reminders.set_reminders(appointment, context)
    _answered(appointment, context)
    moves.settle(appointment, context)
    offers.offer_later(*freed, context)
    if act.tell and context.by_staff and appointment.start > context.now:
        telling.tell(appointment, "moved", act.group, context)
    return Done(appointment.pk, f"appointment:{appointment.pk}", {"before": before})


def _before(appointment: Appointment) -> dict[str, Any]:
    """What a move gives up, for the ledger: it is taken back from there."""
    known = {
        "practitioner": appointment.practitioner_id, "start": appointment.start.isoformat(),
        "overbooking": appointment.overbooking, "confirmed": appointment.confirmed,
    }  # fmt: skip
    return {name: value for name, value in known.items() if value}


def _minutes(appointment: Appointment) -> int:
    return int((appointment.end - appointment.start).total_seconds()) // 60


def cancel(act: CancelAppointment, context: Context) -> Done:
    appointment = _own(act.appointment, act.patient, context)
    _give_up(appointment, "cancelled", context)
    if act.tell and context.by_staff and appointment.start > context.now:
        telling.tell(appointment, "cancelled", act.group, context)
    return Done(appointment.pk, f"appointment:{appointment.pk}")


def _own(key: int, patient: int, context: Context) -> Appointment:
    """The appointment, if it is this patient's and still stands."""
    rows = alone(Appointment.objects.select_related("patient"))
    appointment = rows.get(pk=key, organization=context.organization)
    if appointment.patient_id != patient:
        raise Refused("not_theirs")
    if appointment.status != "booked" or (appointment.start <= context.now and not context.by_staff):
        raise Refused("not_booked")
    return appointment


def _give_up(appointment: Appointment, status: str, context: Context) -> None:
    actions.set_status(appointment=appointment, status=status)
    reminders.none_more(appointment)
    _answered(appointment, context)
    moves.settle(appointment, context)
    waiting.given_up(appointment)
    offers.offer_later(appointment.practitioner_id, appointment.start, appointment.end, context)


def _answered(appointment: Appointment, context: Context) -> None:
    if context.conversation is not None and context.conversation.address:
        actions.answer_prompts(address=context.conversation.address, appointment=appointment.pk)


def confirm(act: ConfirmAppointment, context: Context) -> Done:
    appointment = _own(act.appointment, act.patient, context)
    actions.set_confirmed(appointment=appointment)
    _answered(appointment, context)
    return Done(appointment.pk, f"appointment:{appointment.pk}")


def hold(act: HoldSlot, context: Context) -> Done:
    visit: VisitRecord = _visit(act.practitioner, act.service, context)
    if act.moving is not None:
        visit = lasting(visit, _minutes(Appointment.objects.get(pk=act.moving, organization=context.organization)))
    _check(act.practitioner, visit, act.start, context, moving=act.moving)
    actions.release_holds(hold=context.hold)
    try:
        row = actions.allocate(
            practitioner=act.practitioner, visit=visit, start=act.start, now=context.now, hold=context.hold,
            expires_at=context.now + HOLD, moving=act.moving,
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
    appointment = alone(Appointment.objects.all()).get(pk=act.appointment, organization=context.organization)
    if appointment.status not in ("booked", "arrived"):
        raise Refused("not_booked")
    if context.user is not None and appointment.start > context.now:
        raise Refused("not_yet")  # nobody is written that they did not come before the hour has come
    actions.set_status(appointment=appointment, status="noshow")
    waiting.given_up(appointment)
    reminders.none_more(appointment)
    due = _same_working_day(context)
    post.set_timer(key=f"no_show:{appointment.pk}", act=SendNoShowMessage(appointment=appointment.pk), due_at=due)
    if appointment.end > context.now:  # known before the hour: somebody else may still come
        offers.offer_later(appointment.practitioner_id, appointment.start, appointment.end, context)
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
}
