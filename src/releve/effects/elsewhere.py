"""Agendas kept in other software: what was read of them is written, two engagements at once are told, and what happens
here is reported there."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from releve.core.acts import DecideTask, ImportAppointment
from releve.core.elsewhere import (
    WAYS,
    CreateAgendaKey,
    DropFeed,
    KeepElsewhere,
    KeepFeed,
    RecordFeed,
    RevokeAgendaKey,
)
from releve.effects import appointments
from releve.effects.context import Context, Done, Effects, Refused
from releve.ledger import queries as ledger
from releve.practice import actions, busy, elsewhere
from releve.practice.models import AgendaKey, Appointment, Feed, Offer, Practitioner, Schedule, Task

MOST_CONFLICTS = 10  # told one by one; more at once have one cause, and one task
AHEAD = timedelta(days=1)
REPORTED = ("book_appointment", "give_place", "reschedule_appointment", "cancel_appointment", "undo_appointment")
Effect = Callable[[Any, Context], Done]


# --- settings --------------------------------------------------------------------------------------------------------
def keep_way(act: KeepElsewhere, context: Context) -> Done:
    person = _person(act.practitioner, context)
    _kept(person, act.way, context)
    return _done(person)


def keep_feed(act: KeepFeed, context: Context) -> Done:
    if not act.url:
        raise Refused("bad_row")
    schedule = _schedule(act.practitioner, context)
    person = _person(act.practitioner, context)
    _kept(person, act.way, context)
    elsewhere.keep_feed(schedule=schedule, url=act.url)
    return _done(person)


def drop_feed(act: DropFeed, context: Context) -> Done:
    """The conflicts it made are none any more."""
    schedule = _schedule(act.practitioner, context)
    person = _person(act.practitioner, context)
    feed = Feed.objects.filter(schedule=schedule).first()
    if feed is None:
        raise Refused("gone")
    _kept(person, act.way, context)
    elsewhere.drop_feed(feed=feed)
    _tell_conflicts(schedule, context, told=False)
    return _done(person)


def _kept(person: Practitioner, way: str | None, context: Context) -> None:
    """Where the agenda is kept from now on. What was to be typed in is so no more when nobody types."""
    if way is None:
        return
    if way not in WAYS:
        raise Refused("bad_row")
    elsewhere.keep_way(person=person, way=way)
    if way != "tasks":
        for task in busy.to_type(context.organization, person.pk):
            _close(task, context)


def create_key(act: CreateAgendaKey, context: Context) -> Done:
    """The key goes to the person who asked, once, and nowhere else."""
    person = _person(act.practitioner, context)
    row, key = elsewhere.create_key(person=person, with_names=act.with_names, now=context.now)
    return Done(row.pk, f"practitioner:{person.pk}", {"key": key})


def revoke_key(act: RevokeAgendaKey, context: Context) -> Done:
    key = AgendaKey.objects.filter(pk=act.key, practitioner__organization=context.organization, revoked_at=None).first()
    if key is None:
        raise Refused("gone")
    elsewhere.revoke_key(key=key, now=context.now)
    return Done(key.pk, f"practitioner:{key.practitioner_id}")


def _person(key: int, context: Context) -> Practitioner:
    person = Practitioner.objects.filter(pk=key, organization=context.organization).first()
    if person is None:
        raise Refused("gone")
    return person


def _schedule(practitioner: int, context: Context) -> Schedule:
    rows = Schedule.objects.select_for_update(no_key=True, of=("self",)).select_related("organization")
    schedule = rows.filter(practitioner=practitioner, organization=context.organization).first()
    if schedule is None:
        raise Refused("no_hours")
    return schedule


def _done(person: Practitioner) -> Done:
    return Done(person.pk, f"practitioner:{person.pk}")


# --- what was read ---------------------------------------------------------------------------------------------------
def record(act: RecordFeed, context: Context) -> Done:
    """The difference is made anew here: another reading may have been faster."""
    feed = Feed.objects.filter(pk=act.feed, organization=context.organization).select_related("schedule").first()
    if feed is None:
        raise Refused("gone")
    schedule = _schedule(feed.schedule.practitioner_id or 0, context)
    elsewhere.write_busy(feed=feed, found=busy.difference(feed, act.busy, act.since), now=context.now)
    _tell_conflicts(schedule, context, told=True)
    return Done(feed.pk, f"practitioner:{schedule.practitioner_id}")


def _tell_conflicts(schedule: Schedule, context: Context, told: bool) -> None:
    """New ones become tasks; a task whose conflict is over is closed, so that nobody looks for it."""
    rows = Appointment.objects.filter(
        practitioner=schedule.practitioner_id, status__in=busy.EXPECTED, end__gt=context.now
    )
    coming = list(rows.select_related("patient", "service").order_by("start", "id"))
    elsewhere.mark_told(keys=busy.matches(coming, ledger.imported))
    clashes = busy.conflicts(coming)
    standing = busy.open_conflicts(context.organization)
    whole = _of_all(schedule)
    over = {row.pk for row in coming if row.pk not in clashes} | (set() if clashes else {whole})
    for key in over & standing.keys():
        _close(standing[key], context)
    new = [row for row in coming if row.pk in clashes and row.pk not in standing]
    if not told or (clashes and whole in standing):
        return
    if len(new) > MOST_CONFLICTS:
        _task_for_many(new, schedule, context)
    else:
        for row in new:
            _task_for(row, context)


def _of_all(schedule: Schedule) -> int:
    """What the one task about many appointments has in the place of an appointment."""
    return -(schedule.practitioner_id or 0)


def _task_for(row: Appointment, context: Context) -> None:
    words = (
        f"Deux engagements à la même heure\u00a0: {_named(row, context)}. Son autre agenda a déjà quelque chose"
        " à cette heure. Déplacez le rendez-vous, ou libérez l’heure dans l’autre logiciel."
    )
    proposal = {"kind": "conflict", "appointment": row.pk}
    _make(words, row, proposal, context, priority=_pressing(row, context))


def _task_for_many(rows: Sequence[Appointment], schedule: Schedule, context: Context) -> None:
    """One for all: an agenda of somebody else's, or another year, was probably given."""
    who = context.voice.who(schedule.practitioner_id or 0)
    words = (
        f"{len(rows)} rendez-vous de {who} tombent sur des heures prises dans son autre agenda, le premier"
        f" {context.voice.full(rows[0].start)}. Vérifiez que c’est le bon agenda, puis voyez la page de"
        " l’agenda\u00a0: chacun y est signalé."
    )
    proposal = {"kind": "conflict", "appointment": _of_all(schedule)}
    _make(words, rows[0], proposal, context, priority=_pressing(rows[0], context), patient=False)


def _pressing(row: Appointment, context: Context) -> str:
    return "today" if row.start - context.now < AHEAD else "routine"


# --- what goes back --------------------------------------------------------------------------------------------------
def reporting(effect: Effect) -> Effect:
    """What is done to an appointment is to be typed into the software that keeps the agenda."""

    def done(act: Any, context: Context) -> Done:
        result = effect(act, context)
        about = result.record is not None and result.subject.startswith("appointment:")
        if about and busy.matters(context.organization):
            for key in (result.record or 0, *_given_up(act)):
                report(key, context)
        return result

    return done


def typed_in(effect: Effect) -> Effect:
    """« Recopié »: from now on the other agenda has this appointment."""

    def done(act: DecideTask, context: Context) -> Done:
        result = effect(act, context)
        task = Task.objects.get(pk=act.task)
        if task.status == "approved" and task.proposal.get("kind") == "report":
            _over(Appointment.objects.get(pk=task.proposal["appointment"]), context)
        return result

    return done


def _given_up(act: Any) -> list[int]:
    """The later appointment that a place of the waiting list replaced."""
    offer = getattr(act, "offer", None)
    if offer is None:
        return []
    return [key for key in Offer.objects.filter(pk=offer).values_list("entry__appointment", flat=True) if key]


def report(key: int, context: Context) -> None:
    """One open task says what is still to be typed in, compared with what was; none when nothing is."""
    row = Appointment.objects.select_related("patient", "service", "practitioner").get(pk=key)
    _over(row, context)
    before = busy.reported([row]).get(row.pk)
    if before is None and row.pk in ledger.imported([row.pk]):
        return
    after = busy.state(row) if row.practitioner.elsewhere == "tasks" else None
    for task in busy.reports([row]).filter(status="open"):
        _close(task, context)
    if before == after:
        return
    proposal = {"kind": "report", "appointment": row.pk, "state": after}
    _make(_to_type(row, before, after, context), row, proposal, context, priority=_pressing(row, context))


def _over(row: Appointment, context: Context) -> None:
    """A conflict that was moved or cancelled away, or was none: the other agenda had this very appointment."""
    elsewhere.mark_told(keys=busy.matches([row], ledger.imported))
    task = busy.open_conflicts(context.organization).get(row.pk)
    if task is not None and row.pk not in busy.conflicts([row]):
        _close(task, context)


def _to_type(row: Appointment, before: dict[str, Any] | None, after: dict[str, Any] | None, context: Context) -> str:
    told = _named(row, context)
    if before is None:
        return f"À recopier dans le logiciel\u00a0: ajouter {told}."
    old = context.voice.who(before["practitioner"])
    at = context.voice.full(datetime.fromisoformat(before["start"]))
    if after is None:
        return f"À recopier dans le logiciel\u00a0: retirer {_patient(row)}, {at}, avec {old}."
    return f"À recopier dans le logiciel\u00a0: déplacer {told}. Il y est encore {at}, avec {old}."


def _named(row: Appointment, context: Context) -> str:
    who = context.voice.who(row.practitioner_id)
    return f"{_patient(row)}, {row.service.name}, {context.voice.full(row.start)}, avec {who}"


def _patient(row: Appointment) -> str:
    return f"{row.patient.family} {row.patient.given}"


def _make(
    words: str, row: Appointment, proposal: dict[str, Any], context: Context, priority: str = "routine",
    patient: bool = True,
) -> None:  # fmt: skip
    actions.create_task(
        organization=context.organization, now=context.now, kind="booking_help", priority=priority, words=words,
        patient_id=row.patient_id if patient else None, identity="staff", reasons=["a person must see this"],
        proposal=proposal,
    )  # fmt: skip


def _close(task: Task, context: Context) -> None:
    actions.decide_task(task=task, status="rejected", user=None, now=context.now, refusal="not_needed")


# --- what comes in from a file ---------------------------------------------------------------------------------------
def import_one(act: ImportAppointment, context: Context) -> Done:
    """A booking like any other, of a person's hand; the software it came from knows it already."""
    if act.start <= context.now:
        raise Refused("past")
    return appointments.book(act, context)


EFFECTS: Effects = {
    "keep_elsewhere": keep_way,
    "keep_feed": keep_feed,
    "drop_feed": drop_feed,
    "record_feed": record,
    "create_agenda_key": create_key,
    "revoke_agenda_key": revoke_key,
    "import_appointment": import_one,
}
