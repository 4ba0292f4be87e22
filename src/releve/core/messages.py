"""The messages that travel through the house: Event, Evidence, Proposal, Verdict, Outcome."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from releve.core.acts import Act, Identity


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a proposal rests on: characters [start, end) of a message, a record, a field of a form, or a named rule."""

    source: str  # "message", "record", "form" or "rule"
    reference: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act someone would like to see done, with its grounds. Nothing has happened yet."""

    act: Act
    agent: str
    evidence: tuple[Evidence, ...]
    identity: Identity = Identity.NONE
    confidence: float = 1.0
    version: str = "1"

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"a proposal of {self.agent} has no evidence")


class Decision(StrEnum):
    DO = "do"
    ASK = "ask"  # a person decides: the proposal becomes a task
    HAND_OVER = "hand_over"  # a person takes over at once
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate decided, reasons first."""

    reasons: tuple[str, ...]
    decision: Decision


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one proposal. `record` is the primary key of what it made or changed; `why` a refusal's code."""

    proposal: Proposal
    verdict: Verdict
    status: str  # done, waiting, refused
    record: int | None = None
    why: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        return self.status == "done"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that came in, stored once: a patient's message, an opened chat, a due timer, a staff action."""

    id: UUID
    kind: str  # message, open, timer, staff
    at: datetime
    payload: dict[str, Any]


def proposal_id(event: UUID, number: int) -> UUID:
    """The same event handled twice gives the same ids, so that nothing is done twice."""
    return uuid5(event, str(number))
