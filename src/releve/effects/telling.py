"""What the desk cancels or moves is said to the patient: after the time to undo, in one message for all that one
decision did, and never when it was taken back."""

from collections.abc import Sequence
from datetime import timedelta

from releve.core.acts import ACTS, CancelAppointment, RescheduleAppointment
from releve.core.codec import decode
from releve.effects.context import Context, Refused
from releve.ledger import queries as ledger
from releve.post import actions as post
from releve.practice import actions
from releve.practice.models import Appointment

UNDO = timedelta(seconds=10)  # what someone at the desk does can be taken back before the person is told
KINDS = {"cancelled": CancelAppointment.kind, "moved": RescheduleAppointment.kind}


def tell(appointment: Appointment, purpose: str, group: Sequence[int], context: Context) -> None:
    """This one was just cancelled or moved (`purpose`); so were some of its `group`, and one message says them all."""
    take_back(appointment, "moved", group, context)
    take_back(appointment, purpose, group, context)
    _write([appointment, *_done(appointment, purpose, group)], purpose, context)


def unsay(appointment: Appointment, purpose: str, left: str, context: Context) -> None:
    """It is taken back: the message speaks of the others of its group only, or never leaves. Raises Refused (`left`)
    when it has left already."""
    leaves = [leaf for leaf in ledger.about(_subject(appointment.pk)) if leaf["kind"] == KINDS[purpose]]
    act = decode(ACTS[KINDS[purpose]], leaves[-1]["payload"]["act"]) if leaves else None
    group: tuple[int, ...] = getattr(act, "group", ())
    since = {"sent_at__gte": leaves[-1]["at"]} if leaves else {}
    if actions.told(appointment__in=group or [appointment.pk], purpose=purpose, now=context.now, **since):
        raise Refused(left)
    take_back(appointment, purpose, group, context)
    others = _done(appointment, purpose, group)
    if others and getattr(act, "tell", False):
        _write(others, purpose, context)


def take_back(appointment: Appointment, purpose: str, group: Sequence[int], context: Context) -> None:
    """A message about them that has not left never does."""
    keys = [appointment.pk, *(key for key in group if key != appointment.pk)]
    for event in actions.withdraw_message(appointment__in=keys, purpose=purpose, now=context.now):
        post.withdraw(key=f"{event}:{purpose}:{appointment.patient_id}")
    for key in keys:
        context.not_called(appointment.patient_id, purpose, key)


def _done(appointment: Appointment, purpose: str, group: Sequence[int]) -> list[Appointment]:
    """The others of its group to which the same was done, and nothing since."""
    last = ledger.last_kinds([_subject(key) for key in group if key != appointment.pk])
    keys = [key for key in group if last.get(_subject(key)) == KINDS[purpose]]
    return list(Appointment.objects.filter(pk__in=keys, patient=appointment.patient_id).select_related("patient"))


def _subject(key: int) -> str:
    return f"appointment:{key}"


def _write(rows: Sequence[Appointment], purpose: str, context: Context) -> None:
    first = min(rows, key=lambda row: (row.start, row.pk))
    message = context.voice_to(first.patient).changed(purpose, first.start, first.practitioner_id, len(rows))
    after = min(context.quiet.next_permitted(context.now), max(first.start, context.now))
    if context.user is not None:
        after = max(after, context.now + UNDO)
    context.write_to(first.patient, message, purpose, after, appointment=first, event=context.key)
