"""What every effect is given, and what it gives back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Model, QuerySet

from releve.agenda.quiet_hours import QuietHours
from releve.agenda.working_time import WorkingTime
from releve.core.facts import Directory, Facts
from releve.core.messages import Proposal, Verdict
from releve.dialogue.phrases import Voice
from releve.language.foreign import FRENCH, which
from releve.post import actions as post
from releve.practice import actions, queries
from releve.practice.models import Consent, Conversation, Organization, Patient, Task, User
from releve.practice.rules import written_to

Row = TypeVar("Row", bound=Model)


COURTESIES = ("reminder", "no_show")  # a secretary has better to do than to say them by telephone


class Refused(Exception):
    """The world has changed: the act cannot be done. `why` is a short code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Done:
    """`record`: what was made or changed; `subject` names it in the ledger; `facts` are told to the caller."""

    record: int | None = None
    subject: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def alone(rows: QuerySet[Row], *more: str) -> QuerySet[Row]:
    """These records (and `more` that they refer to), for this act alone until it is done: of two people who decide at
    the same moment, the second sees what the first did. On SQLite every writer is alone anyway."""
    return rows.select_for_update(no_key=True, of=("self", *more))


@dataclass(frozen=True, kw_only=True)
class Context:
    """The act's surroundings. `key` is the proposal's id: it makes outgoing messages unique."""

    now: datetime
    key: UUID
    organization: Organization
    proposal: Proposal
    verdict: Verdict
    conversation: Conversation | None = None
    user: User | None = None
    text: str = ""

    @property
    def by_staff(self) -> bool:
        return self.proposal.agent == "staff"

    @property
    def hold(self) -> str:
        return queries.hold_key(self.conversation) if self.conversation is not None else ""

    @cached_property
    def directory(self) -> Directory:
        return queries.directory(self.organization)

    @cached_property
    def voice(self) -> Voice:
        facts = Facts(now=self.now, directory=self.directory, channel="sms", address=None)
        return Voice(facts)

    def voice_to(self, patient: Patient) -> Voice:
        """For what we write to them: in the language they last wrote in, when sentences exist in it."""
        return Voice(self.voice.facts, queries.language_of(patient))

    @property
    def voice_here(self) -> Voice:
        """In the language of this conversation, this message included."""
        before = self.conversation.state.get("language", FRENCH) if self.conversation is not None else FRENCH
        return Voice(self.voice.facts, which(self.text, before))

    @cached_property
    def quiet(self) -> QuietHours:
        return queries.quiet_hours(self.organization)

    @cached_property
    def working(self) -> WorkingTime:
        return queries.working_time(self.organization)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.organization.timezone)

    def write_to(
        self, patient: Patient, text: str, purpose: str, send_after: datetime | None = None, or_call: bool = False,
        **about: Any,
    ) -> bool:  # fmt: skip
        """A message of ours to a patient's contact on file: a telephone that takes SMS first, else e-mail. False when
        there is none, or when they said STOP to what we start ourselves. A person then calls whom nothing written
        reaches, and with `or_call` also who said STOP; but for a courtesy nobody is called."""
        reach = self.reach(patient, even_stopped=purpose == "code")
        if reach is None:
            unwritten = or_call or not written_to(patient.phone, patient.email)
            if patient.phone and purpose not in ("code", *COURTESIES) and unwritten:
                self._have_called(patient, text, purpose, about)
            return False
        channel, address = reach
        post.send_later(
            key=f"{self.key}:{purpose}:{patient.pk}", channel=channel, address=address, text=text, purpose=purpose,
            now=self.now, send_after=send_after,
        )  # fmt: skip
        actions.note_message(
            organization=self.organization, author="assistant", at=send_after or self.now, purpose=purpose,
            text="" if purpose == "code" else text, channel=channel, address=address, patient=patient, **about,
        )  # fmt: skip
        return True

    def reach(self, patient: Patient, even_stopped: bool = False) -> tuple[str, str] | None:
        """The channel and the address that we write to."""
        found = written_to(patient.phone, patient.email)
        return None if found is None or (not even_stopped and self._stopped(*found)) else found

    def _have_called(self, patient: Patient, text: str, purpose: str, about: Mapping[str, Any]) -> None:
        appointment = about.get("appointment")
        actions.create_task(
            organization=self.organization, now=self.now, kind="callback", patient=patient,
            words=self.voice.text("note_say_by_phone", text=text), reasons=["a person must see this"],
            proposal={"about": f"{purpose}:{appointment.pk}"} if appointment is not None else {},
        )  # fmt: skip

    def not_called(self, patient: int, purpose: str, appointment: int) -> None:
        """What somebody was to say by telephone is no longer true."""
        rows = Task.objects.filter(patient=patient, kind="callback", status="open")
        for task in rows.filter(proposal__about=f"{purpose}:{appointment}"):
            actions.decide_task(task=task, status="approved", user=self.user, now=self.now)

    def _stopped(self, channel: str, address: str) -> bool:
        return Consent.objects.filter(organization=self.organization, channel=channel, address=address).exists()


Effects = dict[str, Callable[..., Done]]
