"""What the staff's pages read: tasks, conversations, the guarantee, the outbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value, When

from releve.core.acts import ACTS, CreateTask
from releve.core.codec import decode
from releve.desk import words
from releve.desk.naming import listed_name, whom
from releve.desk.reading import Reading, called, reading, untouched
from releve.desk.rules import highlighted, masked, neighbours
from releve.guarantee.models import RedFlagSignature, StartUp, Stop
from releve.guarantee.startup import may_sign_red_flags
from releve.language import red_flags
from releve.language.red_flags.listing import listed
from releve.ledger import queries as ledger
from releve.look.templatetags.french import age
from releve.post.models import Outgoing
from releve.practice import busy
from releve.practice.models import (
    Appointment,
    Communication,
    Conversation,
    Organization,
    Patient,
    Practitioner,
    Task,
    User,
)

OURS = ("report", "conflict")  # tasks that say what happened to an agenda kept elsewhere, in our own words
MOST = 200  # rows of a list; nobody reads further
MOST_ALERTS = 3  # in the frame; the inbox has them all
EXCERPT = 8  # messages beside a task


# --- the frame ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Pulse:
    """What the frame shows of the practice, in one query: it changes whenever something has happened."""

    waiting: int
    emergencies: int
    stopped: bool  # everything, not one agent alone
    signed: bool  # the start-up record: without it nothing acts alone
    task: int  # the newest
    stamp: str
    own: dict[str, int]


def pulse(practice: Organization, **more: Any) -> Pulse:
    """One query; `more` are expressions of the page's own that travel with it."""
    tasks = Task.objects.filter(organization=practice).order_by()
    still = tasks.filter(status="open").values("organization")
    said = Communication.objects.filter(organization=practice).order_by("-id").values("pk")[:1]
    row = (
        Organization.objects.filter(pk=practice.pk)
        .values(
            waiting=Subquery(still.annotate(n=Count("pk")).values("n")),
            emergencies=Subquery(still.filter(priority="emergency").annotate(n=Count("pk")).values("n")),
            stopped=Exists(Stop.objects.filter(organization=practice, agent="")),
            signed=Exists(StartUp.objects.filter(organization=practice)),
            newest=Subquery(tasks.order_by("-id").values("pk")[:1]),
            said=Subquery(said),
            done=ledger.last(),
            **more,
        )
        .get()
    )
    found: dict[str, Any] = {name: value or 0 for name, value in row.items()}
    stamp = ".".join(str(found[name]) for name in ("done", "said", "waiting", "emergencies"))
    own = {name: found[name] for name in more}
    signed = bool(found["signed"])
    return Pulse(found["waiting"], found["emergencies"], bool(found["stopped"]), signed, found["newest"], stamp, own)


def frame(practice: Organization, beat: Pulse, lists_alerts: bool = False) -> dict[str, Any]:
    """`lists_alerts`: the page shows the alerts itself."""
    alerts = _alerts(practice) if beat.emergencies and not lists_alerts else []
    return {"pulse": beat, "since": beat.task, "stopped": beat.stopped, "alerts": alerts}


def _alerts(practice: Organization) -> list[Task]:
    """Red flags that nobody has dealt with: they are on every page until somebody has."""
    return list(tasks(practice).filter(status="open", priority="emergency").order_by("created_at", "id")[:MOST_ALERTS])


def arrived(practice: Organization, since: int) -> int:
    """Open tasks that came in after that one."""
    return Task.objects.filter(organization=practice, status="open", pk__gt=since).count()


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
    patient: Patient | None = None  # of the task, or of its conversation
    channel: str = ""  # in a word, and its icon
    icon: str = ""


def tasks(practice: Organization) -> QuerySet[Task]:
    rows = Task.objects.filter(organization=practice)
    return rows.select_related("patient", "conversation__patient", "decided_by", "assigned_to")


@dataclass(frozen=True)
class Sieve:
    """Some of the inbox: what was passed on to one person (`mine`), or the two engagements at once of one practitioner
    (`clashing`, with the keys of these tasks). `asked` says it in an address, so that whoever goes through some of it
    stays there."""

    mine: User | None = None
    clashing: Practitioner | None = None
    keys: Sequence[int] = ()

    @property
    def asked(self) -> str:
        if self.clashing is not None:
            return urlencode({"conflits": self.clashing.identifier})
        return "pour=moi" if self.mine is not None else ""

    def through(self, rows: QuerySet[Task]) -> QuerySet[Task]:
        if self.clashing is not None:
            return rows.filter(pk__in=self.keys)
        return rows.filter(assigned_to=self.mine) if self.mine is not None else rows


WHOLE = Sieve()


def sieve(practice: Organization, user: User, asked: Mapping[str, str]) -> Sieve:
    """`pour=moi`, or `conflits=` and whose agenda; anything else is the whole inbox."""
    if asked.get("pour") == "moi":
        return Sieve(mine=user)
    who = asked.get("conflits")
    person = Practitioner.objects.filter(organization=practice, identifier=who).first() if who else None
    return Sieve(clashing=person, keys=busy.conflicts_of(person)) if person is not None else WHOLE


def _in_order(practice: Organization, sieve: Sieve) -> QuerySet[Task]:
    ranks = {"emergency": 0, "today": 1}
    whens = [When(priority=name, then=Value(rank)) for name, rank in ranks.items()]
    rank = Case(*whens, default=Value(2), output_field=IntegerField())
    rows = sieve.through(tasks(practice).filter(status="open"))
    return rows.annotate(rank=rank).order_by("rank", "created_at", "id")


def inbox(practice: Organization, now: datetime, limit: int = MOST, sieve: Sieve = WHOLE) -> list[Item]:
    """Open tasks."""
    return [_item(task, now) for task in _in_order(practice, sieve)[:limit]]


def team() -> list[User]:
    """Those a task can be passed on to."""
    return list(User.objects.filter(is_active=True).order_by("last_name", "username"))


def colleague(key: str) -> User | None:
    number = int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0
    return User.objects.filter(pk=number, is_active=True).first()


def decided_lately(user: User, now: datetime) -> int:
    """How many this person decided in the last forty seconds: too fast to have read them (UX, 5)."""
    return Task.objects.filter(decided_by=user, decided_at__gt=now - timedelta(seconds=40)).count()


def _item(task: Task, now: datetime) -> Item:
    patient = task.patient or (task.conversation.patient if task.conversation else None)
    return Item(
        task=task,
        patient=patient,
        kind=words.word(words.KINDS, task.kind),
        who=listed_name(patient),
        age=age(now - task.created_at),
        priority=words.word(words.PRIORITIES, task.priority),
        pieces=highlighted(task.words, task.marks),
        channel=words.word(words.CHANNELS, task.conversation.channel) if task.conversation else "",
        icon=words.CHANNEL_ICONS.get(task.conversation.channel, "") if task.conversation else "",
    )


def around(practice: Organization, task: Task, sieve: Sieve = WHOLE) -> tuple[str | None, str | None]:
    """The open tasks before and after this one, in the order of the inbox."""
    keys = list(_in_order(practice, sieve).values_list("identifier", flat=True)[:MOST])
    return neighbours(keys, task.identifier)


def reviewed(practice: Organization, task: Task, now: datetime, sieve: Sieve = WHOLE) -> dict[str, Any]:
    """All that a person needs to decide on it."""
    before, after = around(practice, task, sieve)
    proposed = _proposed(practice, task)
    return {
        "item": _item(task, now),
        "task": task,
        "reading": _read(practice, task),
        "reasons": words.grounds(task.reasons, _identity(task)),
        "proposed": proposed,
        "asked": bool(proposed) or task.kind in words.ASKED,
        "refusals": list(enumerate(words.REFUSAL_REASONS.items(), 1)),
        "refusal": words.word(words.REFUSAL_REASONS, task.refusal) if task.refusal else "",
        "sent": _messages(task.conversation, now) if task.conversation is not None else [],
        "caused_by": _cause(task),
        "before": before,
        "after": after,
    }


def _identity(task: Task) -> str:
    """How surely it is known who speaks; what was said elsewhere in the conversation counts."""
    said = task.conversation is not None and task.conversation.patient_id is not None
    return "talk" if said and task.identity in ("", "none") else task.identity


def _cause(task: Task) -> int | None:
    """The message that the task's words are, to be highlighted in its place."""
    if task.conversation_id is None or not task.words:
        return None
    said = Communication.objects.filter(conversation=task.conversation_id, author="patient", text=task.words)
    return said.filter(sent_at__lte=task.created_at).order_by("-sent_at", "-id").values_list("pk", flat=True).first()


def _read(practice: Organization, task: Task) -> Reading:
    """The task's words as they are understood at the moment they were said, in the practice's time."""
    if task.proposal.get("kind") in OURS:
        return untouched(task.words)
    moment = task.created_at.astimezone(ZoneInfo(practice.timezone)).replace(tzinfo=None)
    return reading(task.words, task.marks, moment)


@dataclass(frozen=True)
class Proposed:
    """What approving does, when an act was kept back for a person: an appointment before and after, as far as the
    act says it."""

    kind: str
    question: str
    words: str
    who: str = ""
    whom: str = ""
    start: datetime | None = None
    was: datetime | None = None


def _proposed(practice: Organization, task: Task) -> Proposed | None:
    cls = ACTS.get(task.proposal.get("kind", ""))
    if cls is None or issubclass(cls, CreateTask):
        return None
    act: Any = decode(cls, task.proposal["act"])
    start, who = getattr(act, "start", None), getattr(act, "practitioner", None)
    rows = Appointment.objects.filter(organization=practice).select_related("patient", "practitioner", "service")
    row = rows.filter(pk=getattr(act, "appointment", None) or 0).first()
    patient = row.patient if row else Patient.objects.filter(organization=practice, pk=_key(act, "patient")).first()
    person = Practitioner.objects.filter(organization=practice, pk=who).first() if isinstance(who, int) else None
    person = person or (row.practitioner if row else None)
    return Proposed(
        kind=cls.kind,
        question=words.word(words.QUESTIONS, cls.kind),
        words=words.word(words.ACTS, cls.kind),
        who=f"{patient.given} {patient.family}" if patient else "",
        whom=whom(person) if person else "",
        start=start if isinstance(start, datetime) else None,
        was=row.start if row else None,
    )


def _key(act: Any, name: str) -> int:
    value = getattr(act, name, None)
    return value if isinstance(value, int) else 0


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


def last_test() -> Outgoing | None:
    """The newest sample that someone had sent to themselves."""
    return Outgoing.objects.filter(purpose="test").order_by("-id").first()


def red_flags_shown(practice: Organization, user: User) -> dict[str, Any]:
    """The list as it is read before signing, and what this person may do about it."""
    flags = red_flag_list(practice)
    return {
        "flags": flags,
        "listed": [(row, called("labels", row.category)) for row in listed()],
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
