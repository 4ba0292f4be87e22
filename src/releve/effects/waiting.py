"""The waiting list: joining it, leaving it, the priority that a person sets, and the visit that a place replaces."""

from django.db.models import Q

from releve.agenda.waiting_list import is_replaced
from releve.core.codec import encode
from releve.core.waiting import JoinWaitingList, LeaveWaitingList, ReturnToWaitingList, SetPriority
from releve.effects import moves, offers
from releve.effects.context import Context, Done, Effects, Refused, alone
from releve.practice import actions, queries
from releve.practice.models import Appointment, Offer, Patient, WaitingListEntry

LONGEST = 200  # characters of a reason
PRIORITIES = (0, 1, 2)


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


def prioritise(act: SetPriority, context: Context) -> Done:
    entry = _entry(act.entry, context)
    if entry.status != "waiting":
        raise Refused("not_waiting")
    if act.priority not in PRIORITIES or (act.priority and not act.reason.strip()):
        raise Refused("needs_reason")
    before = {"priority": entry.priority, "reason": entry.priority_why}
    actions.set_priority(entry=entry, priority=act.priority, why=act.reason.strip()[:LONGEST] if act.priority else "")
    return Done(entry.pk, f"waiting:{entry.pk}", {"before": before})


def leave(act: LeaveWaitingList, context: Context) -> Done:
    """A person takes an entry off the list; a place that was offered to it goes to the next."""
    entry = _entry(act.entry, context)
    if entry.status != "waiting":
        raise Refused("not_waiting")
    actions.leave_waiting_list(entry=entry, now=context.now, status="removed", why=act.reason)
    offers.give_back(Offer.objects.filter(entry=entry), context)
    return Done(entry.pk, f"waiting:{entry.pk}")


def come_back(act: ReturnToWaitingList, context: Context) -> Done:
    entry = _entry(act.entry, context)
    if entry.status != "removed":
        raise Refused("not_removed")
    actions.return_to_waiting_list(entry=entry)
    return Done(entry.pk, f"waiting:{entry.pk}")


def _entry(key: int, context: Context) -> WaitingListEntry:
    return alone(WaitingListEntry.objects.all()).get(pk=key, organization=context.organization)


# --- the visit that a place replaces ---------------------------------------------------------------------------------
def booked(appointment: Appointment, context: Context) -> None:
    """Booked while they wait for such a visit: an earlier place is taken instead of it, unless it has another one to
    replace, or every time they wish for comes later."""
    rows = WaitingListEntry.objects.filter(
        Q(practitioner=None) | Q(practitioner=appointment.practitioner_id),
        Q(appointment=None) | ~Q(appointment__status="booked") | Q(appointment__start__lte=context.now),
        organization=context.organization, patient=appointment.patient_id, service=appointment.service_id,
        status="waiting",
    ).exclude(cause=moves.CAUSE)  # fmt: skip
    waits = [row for row in rows.order_by("id") if is_replaced(queries.wished(row, context.zone), appointment.start)]
    if appointment.start > context.now and waits:
        actions.would_replace(entries=waits, appointment=appointment.pk)
        offers.give_back(Offer.objects.filter(entry__in=waits, start__gte=appointment.start), context)


def given_up(appointment: Appointment) -> None:
    """Cancelled or missed: whoever waits for a place instead of it still waits, for a place."""
    rows = WaitingListEntry.objects.filter(appointment=appointment, status="waiting").exclude(cause=moves.CAUSE)
    actions.would_replace(entries=rows.order_by("id"), appointment=None)


EFFECTS: Effects = {
    "join_waiting_list": join,
    "set_priority": prioritise,
    "leave_waiting_list": leave,
    "return_to_waiting_list": come_back,
}
