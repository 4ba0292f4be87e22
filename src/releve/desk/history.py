"""The ledger told in sentences: what happened, to whom, by whose hand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from releve.desk import timeline
from releve.ledger.queries import Told
from releve.practice.models import Appointment, Conversation, Organization, Patient, Task

# What is told of a whole practice: a code that was sent keeps the house in order.
SENTENCES = tuple(kind for kind in (*timeline.SENTENCES, *timeline.OF_THE_PRACTICE) if kind != "send_code")
# Acts after which an agenda looks otherwise.
OF_THE_AGENDA = ("book_appointment", "reschedule_appointment", "cancel_appointment", "confirm_appointment")


@dataclass(frozen=True)
class Line:
    """One thing that happened. `hand`: assistant, rule, patient or person; `by`: a person's name."""

    at: datetime
    kind: str
    who: str
    words: str
    hand: str
    by: str = ""
    appointment: str = ""  # identifiers, for links
    task: str = ""
    conversation: int | None = None
    emergency: bool = False


@dataclass(frozen=True)
class _Records:
    appointments: dict[int, Appointment]
    tasks: dict[int, Task]
    talks: dict[int, Conversation]


def lines(
    practice: Organization, leaves: Sequence[Told], now: datetime, known: Mapping[int, Appointment] | None = None
) -> list[Line]:
    """The leaves that say something to a person, in their order; three queries at most, whatever their number.

    `known`: appointments that were read already.
    """
    kept = [leaf for leaf in leaves if leaf.kind in SENTENCES and leaf.payload.get("status") != "refused"]
    records = _records(practice, kept, known)
    return [line for leaf in kept if (line := _line(leaf, records, now)) is not None]


def keys(leaves: Iterable[Told], kind: str) -> set[int]:
    """The records of that kind that the leaves are about."""
    named = (leaf.subject.partition(":") for leaf in leaves)
    return {int(key) for name, _bar, key in named if name == kind}


def _records(practice: Organization, leaves: Sequence[Told], known: Mapping[int, Appointment] | None) -> _Records:
    appointments, tasks = dict(known or {}), keys(leaves, "task")
    missing = keys(leaves, "appointment") - set(appointments)
    talks = {leaf.conversation for leaf in leaves if leaf.conversation is not None and not _names_someone(leaf)}
    rows = Appointment.objects.filter(organization=practice).select_related("patient", "practitioner")
    named = Task.objects.filter(organization=practice).select_related("patient", "conversation__patient")
    spoken = Conversation.objects.filter(organization=practice).select_related("patient").defer("state")
    return _Records(
        appointments | (rows.in_bulk(missing) if missing else {}),
        named.in_bulk(tasks) if tasks else {},
        spoken.in_bulk(talks) if talks else {},
    )


def _names_someone(leaf: Told) -> bool:
    return leaf.subject.startswith(("appointment:", "task:"))


def _line(leaf: Told, records: _Records, now: datetime) -> Line | None:
    kind, _bar, key = leaf.subject.partition(":")
    row = records.appointments.get(int(key)) if kind == "appointment" else None
    task = records.tasks.get(int(key)) if kind == "task" else None
    talk = records.talks.get(leaf.conversation) if leaf.conversation is not None else None
    patient = _patient(row, task, talk)
    if kind == "appointment" and row is None:
        return None
    return Line(
        at=leaf.at,
        kind=leaf.kind,
        who=f"{patient.given} {patient.family}" if patient is not None else "",
        words=timeline.sentence(_as_told(leaf), row, task, now),
        hand=timeline.hand(leaf.author),
        by=leaf.by,
        appointment=row.identifier if row is not None else "",
        task=task.identifier if task is not None else "",
        conversation=leaf.conversation,
        emergency=task is not None and task.priority == "emergency",
    )


def _as_told(leaf: Told) -> Told:
    """A proposal that waits for a person is a request like any other."""
    return replace(leaf, kind="create_task") if timeline.is_kept(leaf) else leaf


def _patient(row: Appointment | None, task: Task | None, talk: Conversation | None) -> Patient | None:
    told = (row, task, talk, task.conversation if task is not None else None)
    return next((r.patient for r in told if r is not None and r.patient is not None), None)


def touching(leaves: Iterable[Told], shown: date, zone: ZoneInfo, starts: Mapping[int, datetime]) -> list[Told]:
    """Those that changed the agenda of that day: what came to it, left it, or is confirmed in it. `starts`: of the
    appointments as they stand."""
    of_the_agenda = [leaf for leaf in leaves if leaf.kind in OF_THE_AGENDA and not timeline.is_kept(leaf)]
    return [leaf for leaf in of_the_agenda if shown in _days(leaf, zone, starts)]


def _days(leaf: Told, zone: ZoneInfo, starts: Mapping[int, datetime]) -> set[date]:
    kind, _bar, key = leaf.subject.partition(":")
    moments = [
        timeline.moment(leaf.payload.get("act", {}).get("start")),
        timeline.moment(leaf.payload.get("before", {}).get("start")),
        starts.get(int(key)) if kind == "appointment" and leaf.kind != "reschedule_appointment" else None,
    ]
    return {moment.astimezone(zone).date() for moment in moments if moment is not None}
