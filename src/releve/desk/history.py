"""The ledger told in sentences: what happened, to whom, by whose hand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from releve.desk import timeline, words
from releve.desk.naming import whom
from releve.ledger.queries import Told
from releve.look.templatetags.french import hour, short_day
from releve.practice.models import Appointment, Conversation, Organization, Patient, Task

# Of the practice rather than of someone; what is neither here nor in the timeline keeps the house in order.
OF_THE_PRACTICE: dict[str, str | Promise] = {
    "stop_assistant": lazy("assistant arrêté"),
    "sign_start_up": lazy("mise en service signée"),
    "sign_red_flags": lazy("liste des alertes signée"),
    "found_practice": lazy("cabinet créé"),
    "update_practice": lazy("fiche du cabinet changée"),
    "keep_practitioner": lazy("fiche d’un soignant changée"),
    "keep_schedule": lazy("horaires d’un soignant changés"),
    "keep_service": lazy("type de rendez-vous changé"),
    "keep_faq": lazy("question pratique changée"),
    "keep_text": lazy("texte envoyé aux patients changé"),
    "keep_user": lazy("compte changé"),
}
RESTARTED = lazy("assistant remis en service")
UNTOLD = ("send_code",)
SENTENCES = {kind: words for kind, words in (timeline.SENTENCES | OF_THE_PRACTICE).items() if kind not in UNTOLD}
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


def lines(practice: Organization, leaves: Sequence[Told], known: Mapping[int, Appointment] | None = None) -> list[Line]:
    """The leaves that say something to a person, in their order; three queries at most, whatever their number.

    `known`: appointments that were read already.
    """
    kept = [leaf for leaf in leaves if leaf.kind in SENTENCES and leaf.payload.get("status") != "refused"]
    records = _records(practice, kept, known)
    return [line for leaf in kept if (line := _line(leaf, records, ZoneInfo(practice.timezone))) is not None]


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


def _line(leaf: Told, records: _Records, zone: ZoneInfo) -> Line | None:
    kind, _bar, key = leaf.subject.partition(":")
    row = records.appointments.get(int(key)) if kind == "appointment" else None
    task = records.tasks.get(int(key)) if kind == "task" else None
    talk = records.talks.get(leaf.conversation) if leaf.conversation is not None else None
    patient = _patient(row, task, talk)
    start = _moment(leaf.payload.get("act", {}).get("start")) or (row.start if row else None)
    if "{when}" in _sentence(leaf) and start is None:
        return None
    return Line(
        at=leaf.at,
        kind=leaf.kind,
        who=f"{patient.given} {patient.family}" if patient is not None else "",
        words=_sentence(leaf).format(
            when=_when(start.astimezone(zone)) if start else "",
            who=f", {whom(row.practitioner)}" if row is not None else "",
            detail="",
            task=words.word(words.KINDS, task.kind).lower() if task is not None else "",
        ),
        hand=_hand(leaf),
        by=leaf.by,
        appointment=row.identifier if row is not None else "",
        task=task.identifier if task is not None else "",
        conversation=leaf.conversation,
        emergency=task is not None and task.priority == "emergency",
    )


def _patient(row: Appointment | None, task: Task | None, talk: Conversation | None) -> Patient | None:
    told = (row, task, talk, task.conversation if task is not None else None)
    return next((r.patient for r in told if r is not None and r.patient is not None), None)


def _sentence(leaf: Told) -> str:
    if timeline.is_kept(leaf):
        return str(SENTENCES["create_task"])
    if leaf.kind == "stop_assistant" and not leaf.payload.get("act", {}).get("stopped", True):
        return str(RESTARTED)
    if leaf.kind == "decide_task" and leaf.payload.get("act", {}).get("decision") == "reject":
        return str(timeline.REJECTED)
    return str(SENTENCES[leaf.kind])


def _when(local: datetime) -> str:
    """mar. 17 mars à 17 h 20"""
    return _("%(day)s à %(hour)s") % {"day": short_day(local), "hour": hour(local)}


def _moment(value: Any) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def _hand(leaf: Told) -> str:
    if leaf.author == "staff" or leaf.author.startswith("user:"):
        return "person"
    return {"timer": "rule", "form": "patient"}.get(leaf.author, "assistant")


def touching(leaves: Iterable[Told], shown: date, zone: ZoneInfo, starts: Mapping[int, datetime]) -> list[Told]:
    """Those that changed the agenda of that day: what came to it, left it, or is confirmed in it. `starts`: of the
    appointments as they stand."""
    of_the_agenda = [leaf for leaf in leaves if leaf.kind in OF_THE_AGENDA and not timeline.is_kept(leaf)]
    return [leaf for leaf in of_the_agenda if shown in _days(leaf, zone, starts)]


def _days(leaf: Told, zone: ZoneInfo, starts: Mapping[int, datetime]) -> set[date]:
    kind, _bar, key = leaf.subject.partition(":")
    moments = [
        _moment(leaf.payload.get("act", {}).get("start")),
        _moment(leaf.payload.get("before", {}).get("start")),
        starts.get(int(key)) if kind == "appointment" and leaf.kind != "reschedule_appointment" else None,
    ]
    return {moment.astimezone(zone).date() for moment in moments if moment is not None}
