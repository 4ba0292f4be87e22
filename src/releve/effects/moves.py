"""Appointments that cannot be kept: who is asked for another time, who is called, and when the matter is settled."""

from datetime import timedelta

from django.db.models import QuerySet

from releve.effects.context import Context, Done, alone
from releve.post import actions as post
from releve.practice import actions
from releve.practice.models import Appointment, BusyTime, Offer, Task, WaitingListEntry

CAUSE = "absence"
SOON = timedelta(days=1)  # a call about an appointment nearer than this is for today


def stranded(appointment: Appointment) -> bool:
    """Somebody looks for another time for it, or the person it is with is away then."""
    return waiting(appointment) is not None or away(appointment)


def waiting(appointment: Appointment) -> WaitingListEntry | None:
    return WaitingListEntry.objects.filter(appointment=appointment, cause=CAUSE, status="waiting").first()


def away(appointment: Appointment) -> bool:
    absences = BusyTime.objects.filter(
        schedule__practitioner=appointment.practitioner_id, feed=None, removed_at=None, start__lt=appointment.end,
        end__gt=appointment.start,
    )  # fmt: skip
    return absences.exists()


def to_call(appointment: Appointment, why: str, context: Context) -> Task:
    """A person calls: one task an appointment. `why` names the sentence of dialogue/phrases.toml."""
    open_one = _tasks(appointment).first()
    if open_one is not None:
        return open_one
    voice = context.voice
    return actions.create_task(
        organization=context.organization, now=context.now, kind="booking_help", patient_id=appointment.patient_id,
        priority="today" if appointment.start - context.now < SOON else "routine",
        words=voice.text(why, start=voice.full(appointment.start), who=voice.who(appointment.practitioner_id)),
        reasons=["a person must see this"], identity="staff", proposal={"about": _about(appointment)},
    )  # fmt: skip


def _tasks(appointment: Appointment) -> QuerySet[Task]:
    rows = Task.objects.filter(patient=appointment.patient_id, kind="booking_help", status="open")
    return rows.filter(proposal__about=_about(appointment)).order_by("id")


def _about(appointment: Appointment) -> str:
    return f"appointment:{appointment.pk}"


def unanswered(offer: Offer, status: str, context: Context) -> Done:
    """Declined, or no answer in time: the place is given back and a person calls. The old appointment stands."""
    actions.close_offer(offer=offer, status=status, now=context.now)
    appointment = offer.entry.appointment
    if appointment is None:
        return Done(offer.pk, f"waiting:{offer.entry_id}")
    if appointment.status == "booked" and appointment.start > context.now:
        to_call(appointment, "call_declined" if status == "declined" else "call_silent", context)
    return Done(offer.pk, _about(appointment), {"cause": CAUSE})


def settle(appointment: Appointment, context: Context) -> None:
    """It has another time, or is given up: nothing is proposed any more and nobody needs to call."""
    for entry in WaitingListEntry.objects.filter(appointment=appointment, cause=CAUSE, status="waiting"):
        withdraw(entry, context)
        actions.leave_waiting_list(entry=entry, now=context.now)
    _close_tasks(appointment, context)


def withdraw(entry: WaitingListEntry, context: Context) -> None:
    """Open proposals are taken back; a message that has not left never does."""
    for offer in alone(Offer.objects.filter(entry=entry, status="open")).order_by("id"):
        actions.close_offer(offer=offer, status="withdrawn", now=context.now)
        post.drop_timers(keys=[f"expire_offer:{offer.pk}"])
        for event in actions.withdraw_message(offer=offer, purpose="offer", now=context.now):
            post.withdraw(key=f"{event}:offer:{entry.patient_id}")


def keep_after_all(appointment: Appointment, context: Context) -> None:
    """It can take place: whoever was told the contrary is told so."""
    entry = waiting(appointment)
    if entry is None:
        return
    told = actions.told(offer__entry=entry, purpose="offer", now=context.now)
    withdraw(entry, context)
    actions.leave_waiting_list(entry=entry, now=context.now, status="removed")
    _close_tasks(appointment, context)
    if told:
        voice = context.voice_to(appointment.patient)
        message = voice.text(
            "move_withdrawn_message", practice=context.organization.name, start=voice.full(appointment.start),
            who=voice.who(appointment.practitioner_id),
        )  # fmt: skip
        leaves = context.quiet.next_permitted(context.now)
        context.write_to(appointment.patient, message, "kept", leaves, appointment=appointment, event=context.key)


def _close_tasks(appointment: Appointment, context: Context) -> None:
    for task in _tasks(appointment):
        actions.decide_task(task=task, status="approved", user=context.user, now=context.now)
