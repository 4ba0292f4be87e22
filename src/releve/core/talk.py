"""The words of a conversation: what a person asks for (Request), and what an agent answers it with (Step)."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from releve.core.acts import Act, Identity, NewPatient
from releve.core.facts import Place
from releve.core.messages import Evidence
from releve.core.understanding import Wish

# What the answer expects of the person (CONTRACTS 4, closed list).
EXPECTS: tuple[str, ...] = (
    "request", "identity", "code", "visit_type", "practitioner", "time", "slot", "confirmation", "details", "none",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """For whom a request is, and how surely: one file, or someone without a file yet."""

    identity: Identity = Identity.NONE
    patients: tuple[int, ...] = ()
    newcomer: NewPatient | None = None
    said: str = ""  # the given name as the person wrote it

    @property
    def patient(self) -> int | None:
        return self.patients[0] if len(self.patients) == 1 else None


@dataclass(frozen=True, slots=True)
class Request:
    """One thing a person wants, filled turn after turn. Times of `wish` and `named` are local."""

    kind: str  # a key of agents.AGENTS: book, reschedule, cancel, confirm, info, join_list, paper, update
    text: str = ""
    service: int | None = None
    practitioner: int | None = None
    any_practitioner: bool = False
    unknown: str = ""  # a visit or a person that the practice does not have, as written
    wish: Wish | None = None
    earlier: bool = False
    named: Wish | None = None  # the time of an existing appointment, as the person named it
    appointments: tuple[int, ...] = ()
    several: bool = False  # "les deux"
    about: str = ""  # words of the message that say for whom
    not_about: str = ""
    for_child: bool = False
    subject: str = "self"  # for whom the message speaks (Understanding.patient_is)
    new_patient: bool = False
    chosen: Place | None = None
    held: bool = False
    shown: tuple[datetime, ...] = ()
    list_too: bool = False  # "sinon mettez-moi sur la liste d'attente"
    asked: tuple[str, ...] = ()
    task: str = ""
    reply_for: tuple[int, ...] = ()  # patients a message of ours was about, when this answers it
    evidence: tuple[Evidence, ...] = ()

    def having(self, **changes: Any) -> "Request":
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Ask:
    """What is said next: a phrase by its key with its arguments, the places offered, and what it expects."""

    say: str
    expects: str = "none"
    places: tuple[Place, ...] = ()
    args: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """An agent's answer to a request.

    `request` as it now stands, or None when nothing more is needed. `need` asks the dialogue to establish who speaks
    first. `acts` are proposed; `ask` is said if they succeed; `says` are said in any case.
    """

    request: Request | None = None
    ask: Ask | None = None
    acts: tuple[Act, ...] = ()
    says: tuple[Ask, ...] = ()
    need: Identity | None = None
    handoff: str = ""
