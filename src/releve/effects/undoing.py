"""Arrivals, and taking back what was just done to an appointment."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from releve.core.acts import MarkArrived, UndoAppointment
from releve.effects import offers, reminders, telling, waiting
from releve.effects.context import Context, Done, Effects, Refused, alone
from releve.ledger import queries as ledger
from releve.post import actions as post
from releve.practice import actions
from releve.practice.models import Appointment

A_MOMENT = timedelta(minutes=10)  # a page may stay open a while after the act


def arrived(act: MarkArrived, context: Context) -> Done:
    appointment = _of_the_practice(act.appointment, context)
    if appointment.status != "booked":
        raise Refused("not_booked")
    if appointment.start.astimezone(context.zone).date() != context.now.astimezone(context.zone).date():
        raise Refused("not_today")
    actions.set_arrived(appointment=appointment, at=context.now)
    reminders.none_more(appointment)
    return _done(appointment)


def undo(act: UndoAppointment, context: Context) -> Done:
    """Refused when the world has moved on: another state, the time taken, the message gone."""
    appointment = _of_the_practice(act.appointment, context)
    back = BACK.get(act.undone)
    if back is None:
        raise Refused("nothing_to_undo")
    try:
        back(appointment, act, context)
    except actions.SlotTaken:
        raise Refused("slot_taken") from None
    return _done(appointment)


def _of_the_practice(key: int, context: Context) -> Appointment:
    rows = alone(Appointment.objects.select_related("patient"))
    return rows.get(pk=key, organization=context.organization)


def _done(appointment: Appointment) -> Done:
    return Done(appointment.pk, f"appointment:{appointment.pk}")


def _was(appointment: Appointment, status: str) -> None:
    if appointment.status != status:
        raise Refused("nothing_to_undo")


def _just_done(appointment: Appointment, act: UndoAppointment, context: Context) -> dict[str, Any]:
    """The ledger's own account of it: the last thing that happened to the appointment, by the same hand, a moment ago.
    What a patient booked, or a colleague moved, is cancelled or moved with its own act, which tells people."""
    leaves = [e for e in ledger.about(f"appointment:{appointment.pk}") if (e["payload"] or {}).get("status") == "done"]
    last = leaves[-1] if leaves else None
    mine = f"user:{context.user.pk}" if context.user is not None else context.proposal.agent
    if last is None or (last["kind"], last["author"]) != (act.undone, mine) or last["at"] < context.now - A_MOMENT:
        raise Refused("nothing_to_undo")
    return dict(last["payload"])


def _not_arrived(appointment: Appointment, act: UndoAppointment, context: Context) -> None:
    _was(appointment, "arrived")
    actions.set_arrived(appointment=appointment, at=None)


def _not_confirmed(appointment: Appointment, act: UndoAppointment, context: Context) -> None:
    _was(appointment, "booked")
    _just_done(appointment, act, context)
    actions.set_confirmed(appointment=appointment, confirmed=False)


def _not_missed(appointment: Appointment, act: UndoAppointment, context: Context) -> None:
    _was(appointment, "noshow")
    actions.restore(appointment=appointment, now=context.now)
    post.drop_timers(keys=[f"no_show:{appointment.pk}"])
    offers.not_offered(appointment.practitioner_id, appointment.start)
    waiting.booked(appointment, context)


def _not_cancelled(appointment: Appointment, act: UndoAppointment, context: Context) -> None:
    """Only while the person has not been told."""
    _was(appointment, "cancelled")
    telling.unsay(appointment, "cancelled", "message_left", context)
    offers.not_offered(appointment.practitioner_id, appointment.start)
    actions.restore(appointment=appointment, now=context.now)
    reminders.set_reminders(appointment, context)
    waiting.booked(appointment, context)


def _not_booked(appointment: Appointment, act: UndoAppointment, context: Context) -> None:
    """As if it had never been taken: nobody is told; it may have been about to be offered to those who wait."""
    _was(appointment, "booked")
    _just_done(appointment, act, context)
    actions.set_status(appointment=appointment, status="cancelled")
    waiting.given_up(appointment)
    reminders.none_more(appointment)
    offers.offer_later(appointment.practitioner_id, appointment.start, appointment.end, context)


def _not_moved(appointment: Appointment, act: UndoAppointment, context: Context) -> None:
    _was(appointment, "booked")
    before = _just_done(appointment, act, context)["before"]
    if act.start != appointment.start:
        raise Refused("nothing_to_undo")  # a page of before another move, or an address of somebody's own making
    telling.unsay(appointment, "moved", "move_told", context)
    given_back = (appointment.practitioner_id, appointment.start, appointment.end)
    actions.move(
        appointment=appointment, practitioner=before["practitioner"], start=datetime.fromisoformat(before["start"]),
        now=context.now, overbooking=before.get("overbooking", ""),
    )  # fmt: skip
    if before.get("confirmed"):
        actions.set_confirmed(appointment=appointment)
    offers.not_offered(appointment.practitioner_id, appointment.start)
    offers.offer_later(*given_back, context)
    reminders.set_reminders(appointment, context)


Back = Callable[[Appointment, UndoAppointment, Context], None]
BACK: dict[str, Back] = {
    "mark_arrived": _not_arrived,
    "mark_no_show": _not_missed,
    "confirm_appointment": _not_confirmed,
    "cancel_appointment": _not_cancelled,
    "book_appointment": _not_booked,
    "reschedule_appointment": _not_moved,
}

EFFECTS: Effects = {
    "mark_arrived": arrived,
    "undo_appointment": undo,
}
