"""What the staff's pages read: tasks, conversations, the guarantee, the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, Value, When

from releve.core.acts import ACTS, Act, CreateTask
from releve.core.codec import decode
from releve.core.facts import Facts
from releve.desk import words
from releve.desk.agenda_queries import appointment, appointments, booking, chosen, day
from releve.desk.reading import WORDS as READING
from releve.desk.reading import Reading, reading
from releve.desk.rules import age, highlighted, masked, neighbours
from releve.dialogue.phrases import Voice
from releve.guarantee.models import RedFlagSignature, StartUp, Stop
from releve.guarantee.startup import may_sign_red_flags
from releve.language import red_flags
from releve.language.red_flags.listing import listed
from releve.language.writing import full
from releve.ledger import queries as ledger
from releve.post.models import Outgoing
from releve.practice import queries as practice_queries
from releve.practice.models import Appointment, Communication, Conversation, Organization, Patient, Task, User

MOST = 200  # rows of a list; nobody reads further
EXCERPT = 8  # messages beside a task

__all__ = ["appointment", "appointments", "booking", "chosen", "day"]


def waiting(practice: Organization) -> int:
    return Task.objects.filter(organization=practice, status="open").count()


def stopped(practice: Organization) -> bool:
    """Everything is stopped, not one agent alone."""
    return Stop.objects.filter(organization=practice, agent="").exists()


# --- the inbox ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Item:
    """A task as the inbox shows it; `pieces` are the words, each with whether it is evidence."""

    task: Task
    kind: str
    who: str
    age: str
    priority: str
    pieces: Sequence[tuple[str, bool]]


def tasks(practice: Organization) -> QuerySet[Task]:
    return Task.objects.filter(organization=practice).select_related("patient", "conversation", "decided_by")


def _in_order(practice: Organization) -> QuerySet[Task]:
    ranks = {"emergency": 0, "today": 1}
    whens = [When(priority=name, then=Value(rank)) for name, rank in ranks.items()]
    rank = Case(*whens, default=Value(2), output_field=IntegerField())
    return tasks(practice).filter(status="open").annotate(rank=rank).order_by("rank", "created_at", "id")


def inbox(practice: Organization, now: datetime) -> list[Item]:
    return [_item(task, now) for task in _in_order(practice)[:MOST]]


def _item(task: Task, now: datetime) -> Item:
    return Item(
        task=task,
        kind=words.word(words.KINDS, task.kind),
        who=listed_name(task.patient),
        age=age(now - task.created_at),
        priority=words.word(words.PRIORITIES, task.priority),
        pieces=highlighted(task.words, task.marks),
    )


def listed_name(patient: Patient | None) -> str:
    """Family name first, as in a list."""
    return f"{patient.family} {patient.given}" if patient is not None else ""


def around(practice: Organization, task: Task) -> tuple[str | None, str | None]:
    """The open tasks before and after this one, in the order of the inbox."""
    keys = list(_in_order(practice).values_list("identifier", flat=True)[:MOST])
    return neighbours(keys, task.identifier)


def reviewed(practice: Organization, task: Task, now: datetime) -> dict[str, Any]:
    """All that a person needs to decide on it."""
    before, after = around(practice, task)
    return {
        "item": _item(task, now),
        "task": task,
        "reading": _read(practice, task),
        "reasons": words.reasons(task.reasons),
        "identity": words.word(words.IDENTITIES, task.identity),
        "proposed": (proposed := _proposed(practice, task, now)),
        "asked": bool(proposed) or task.kind in words.ASKED,
        "excerpt": _messages(task.conversation, now)[-EXCERPT:] if task.conversation is not None else [],
        "channel": words.word(words.CHANNELS, task.conversation.channel) if task.conversation is not None else "",
        "before": before,
        "after": after,
    }


def _read(practice: Organization, task: Task) -> Reading:
    """The task's words as they are understood at the moment they were said, in the practice's time."""
    said = Communication.objects.filter(
        conversation=task.conversation_id, author="patient", text=task.words, sent_at__lte=task.created_at
    )
    last = said.order_by("-sent_at").values_list("sent_at", flat=True).first() if task.conversation_id else None
    moment = (last or task.created_at).astimezone(ZoneInfo(practice.timezone)).replace(tzinfo=None)
    return reading(task.words, task.marks, moment)


def _proposed(practice: Organization, task: Task, now: datetime) -> str:
    """What approving does, when an act was kept back for a person."""
    cls = ACTS.get(task.proposal.get("kind", ""))
    if cls is None or issubclass(cls, CreateTask):
        return ""
    act = decode(cls, task.proposal["act"])
    details = _details(practice, act, now)
    return " ".join([words.word(words.ACTS, cls.kind), *details])


def _details(practice: Organization, act: Act, now: datetime) -> list[str]:
    """Who, when and with whom, as far as the act says it."""
    known = practice_queries.directory(practice)
    voice = Voice(Facts(now=now, directory=known, channel="webchat", address=None))
    start, who = getattr(act, "start", None), getattr(act, "practitioner", None)
    patient = Patient.objects.filter(organization=practice, pk=getattr(act, "patient", None) or 0).first()
    row = Appointment.objects.filter(organization=practice, pk=getattr(act, "appointment", None) or 0).first()
    return [
        *([f"({full(known.local(row.start))})"] if row is not None else []),
        *([f"– {patient.given} {patient.family}"] if patient is not None else []),
        *([f"– {full(known.local(start))}"] if isinstance(start, datetime) else []),
        *([f"avec {voice.who(who)}"] if isinstance(who, int) else []),
    ]


# --- conversations --------------------------------------------------------------------------------------------------
def talks(practice: Organization) -> QuerySet[Conversation]:
    return Conversation.objects.filter(organization=practice).select_related("patient", "taken_by")


def conversations(practice: Organization, now: datetime) -> list[dict[str, Any]]:
    last = Communication.objects.filter(conversation=OuterRef("pk"), sent_at__lte=now).order_by("-sent_at", "-id")
    rows = talks(practice).annotate(last_words=Subquery(last.values("text")[:1])).order_by("-last_at", "-id")[:MOST]
    return [
        {
            "talk": row,
            "who": speaker(row),
            "channel": words.word(words.CHANNELS, row.channel),
            "words": row.last_words,
            "age": age(now - row.last_at),
        }
        for row in rows
    ]


def speaker(talk: Conversation) -> str:
    return listed_name(talk.patient) or masked(talk.address)


def talk(row: Conversation, now: datetime) -> dict[str, Any]:
    return {
        "talk": row,
        "who": speaker(row),
        "channel": words.word(words.CHANNELS, row.channel),
        "sent": _messages(row, now),
        "open_tasks": [(t, words.word(words.KINDS, t.kind)) for t in row.tasks.filter(status="open").order_by("id")],
    }


def _messages(talk: Conversation | None, now: datetime) -> list[Communication]:
    rows = Communication.objects.filter(conversation=talk, sent_at__lte=now).order_by("-sent_at", "-id")[:MOST]
    return list(rows)[::-1]


# --- the guarantee, the outbox --------------------------------------------------------------------------------------
def guarantee(practice: Organization) -> dict[str, Any]:
    signed = StartUp.objects.filter(organization=practice).order_by("-id").first()
    return {
        "signed": signed,
        "stops": list(Stop.objects.filter(organization=practice).order_by("at")),
        "entries": ledger.count(),
        "flags": red_flag_list(practice),
    }


@dataclass(frozen=True)
class RedFlagList:
    """The version in force, and the signatures of any version, the newest first."""

    version: str
    signatures: Sequence[RedFlagSignature]

    @property
    def signed(self) -> bool:
        return any(s.version == self.version for s in self.signatures)

    @property
    def last(self) -> RedFlagSignature | None:
        return next(iter(self.signatures), None)


def red_flag_list(practice: Organization) -> RedFlagList:
    rows = RedFlagSignature.objects.filter(organization=practice).select_related("user")
    return RedFlagList(red_flags.VERSION, list(rows.order_by("-signed_at", "-id")[:MOST]))


def red_flags_shown(practice: Organization, user: User) -> dict[str, Any]:
    """The list as it is read before signing, and what this person may do about it."""
    flags = red_flag_list(practice)
    return {
        "flags": flags,
        "listed": [(row, READING["labels"].get(row.category, row.category)) for row in listed()],
        "example": red_flags.advice((listed()[0].category,)),
        "may_sign": may_sign_red_flags(user),
        "mine": next((s for s in flags.signatures if s.user_id == user.pk and s.version == flags.version), None),
        "role": words.word(words.ROLES, user.role),
    }


def outgoing() -> dict[str, Any]:
    waits = Outgoing.objects.filter(sent_at=None).order_by("send_after", "id")[:MOST]
    left = Outgoing.objects.exclude(sent_at=None).order_by("-sent_at", "-id")[:MOST]
    return {"waits": [_sealed(row) for row in waits], "left": [_sealed(row) for row in left]}


def _sealed(row: Outgoing) -> dict[str, Any]:
    """A message without its words: they may hold a code."""
    return {
        "to": masked(row.address),
        "channel": words.word(words.CHANNELS, row.channel),
        "purpose": words.word(words.PURPOSES, row.purpose),
        "send_after": row.send_after,
        "sent_at": row.sent_at,
        "attempts": row.attempts,
    }
