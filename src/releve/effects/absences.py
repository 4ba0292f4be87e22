"""Somebody is away, and comes back; each of their patients is proposed another time, or called."""

from datetime import datetime, timedelta

from releve.core.away import CallToMove, EndAbsence, ProposeMove, RecordAbsence
from releve.core.waiting import ExpireOffer
from releve.effects import moves, offers
from releve.effects.context import Context, Done, Effects, Refused, alone
from releve.post import actions as post
from releve.practice import actions, queries
from releve.practice.models import Appointment, BusyTime, Practitioner

ANSWER_MINUTES = 480  # of working time: a working day to answer in
LEAD = timedelta(hours=2)  # before the new hour, so that who says yes can still come
LEAST = timedelta(minutes=30)  # less than this to answer in is no question: a person calls
LONGEST = timedelta(days=400)


def record(act: RecordAbsence, context: Context) -> Done:
    """Takes the time; no appointment is touched."""
    here = Practitioner.objects.filter(pk=act.practitioner, organization=context.organization, active=True)
    if not here.filter(schedule__isnull=False).exists():
        raise Refused("no_hours")
    if not context.now < act.end or not timedelta() < act.end - act.start <= LONGEST:
        raise Refused("bad_absence")
    row = actions.record_absence(practitioner=act.practitioner, start=act.start, end=act.end, reason=act.reason[:200])
    return Done(row.pk, f"absence:{row.pk}")


def end(act: EndAbsence, context: Context) -> Done:
    """The time can be booked again; who was proposed another date is told that the first one holds."""
    absence = (
        alone(BusyTime.objects.select_related("schedule"))
        .filter(pk=act.absence, schedule__organization=context.organization, feed=None, removed_at=None)
        .first()
    )
    if absence is None or absence.end <= context.now:
        raise Refused("gone")
    until = absence.end
    if act.end is not None and not absence.start < act.end < until:
        raise Refused("bad_absence")
    actions.end_absence(absence=absence, end=act.end, now=context.now)
    rows = Appointment.objects.filter(
        organization=context.organization, practitioner=absence.schedule.practitioner_id, status="booked",
        start__gt=context.now, start__lt=until, end__gt=act.end or absence.start,
    )  # fmt: skip
    for appointment in rows.select_related("patient").order_by("start", "id"):
        if not moves.away(appointment):
            moves.keep_after_all(appointment, context)
    return Done(absence.pk, f"absence:{absence.pk}")


def propose(act: ProposeMove, context: Context) -> Done:
    """The old appointment stands until the answer; a yes books the new place and gives the old one up."""
    old = _standing(act.appointment, context)
    if context.reach(old.patient) is None:
        raise Refused("opted_out" if context.reach(old.patient, even_stopped=True) is not None else "no_contact")
    leaves = context.quiet.next_permitted(context.now)
    until = _until(act, old, leaves, context)
    offers.one_question(old.patient, context)
    entry = actions.strand(appointment=old, why="", now=context.now)
    finish = _free_until(act, old, context)
    made = actions.create_offer(
        entry=entry,
        practitioner=act.practitioner,
        start=act.start,
        freed=(act.start, finish),
        expires_at=until,
        now=context.now,
    )
    try:
        actions.allocate(
            practitioner=act.practitioner, visit=old.service, start=act.start, now=context.now,
            hold=actions.offer_hold(made), expires_at=until,
        )  # fmt: skip
    except actions.SlotTaken:
        raise Refused("slot_taken") from None
    voice = context.voice_to(old.patient)
    message = voice.text(
        "move_offer_message", practice=context.organization.name, start=voice.full(old.start),
        who=voice.who(old.practitioner_id), new=voice.full(act.start), new_who=voice.who(act.practitioner),
        until=voice.full(until),
    )  # fmt: skip
    context.write_to(old.patient, message, "offer", leaves, offer=made, event=context.key)
    post.set_timer(key=offers.expiry_key(made), act=ExpireOffer(offer=made.pk), due_at=until)
    return Done(made.pk, f"appointment:{old.pk}")


def _standing(key: int, context: Context) -> Appointment:
    rows = alone(Appointment.objects.select_related("patient", "service"))
    old = rows.filter(pk=key, organization=context.organization).first()
    if old is None or old.status != "booked" or old.start <= context.now:
        raise Refused("not_booked")
    return old


def _until(act: ProposeMove, old: Appointment, leaves: datetime, context: Context) -> datetime:
    """A working day to answer in, but before either hour has come."""
    until = min(context.working.add_working_time(leaves, ANSWER_MINUTES), act.start - LEAD, old.start)
    if until - leaves < LEAST:
        raise Refused("too_late_to_ask")
    return until


def _free_until(act: ProposeMove, old: Appointment, context: Context) -> datetime:
    """The end of the new place; what a listing does not show is not proposed."""
    if act.practitioner not in context.directory.performers.get(old.service_id, ()):
        raise Refused("wrong_practitioner")
    finish = act.start + timedelta(minutes=old.service.duration_min)
    calendar = queries.around(act.start, [act.practitioner], context.now, old.service).get(act.practitioner)
    newcomer = queries.is_newcomer(old.patient, old.pk)
    if calendar is None or calendar.why_not(act.start, old.service, newcomer, old.patient.birth_date) is not None:
        raise Refused("slot_taken")
    return finish


def call(act: CallToMove, context: Context) -> Done:
    old = _standing(act.appointment, context)
    actions.strand(appointment=old, why="", now=context.now)
    task = moves.to_call(old, "call_to_move", context)
    return Done(task.pk, f"appointment:{old.pk}")


EFFECTS: Effects = {
    "record_absence": record,
    "end_absence": end,
    "propose_move": propose,
    "call_to_move": call,
}
