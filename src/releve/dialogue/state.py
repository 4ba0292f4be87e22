"""What is remembered from one turn to the next. Stored as JSON with the conversation."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from releve.core.facts import Place
from releve.core.talk import Ask, Request
from releve.core.understanding import PersonName

SPOKEN = ("fr", "en")  # the languages that sentences are written in


@dataclass(frozen=True, slots=True)
class Claim:
    """Who the person says they are. `words`: the texts in which they said so. `verified`: by a code."""

    words: str = ""
    birth_date: date | None = None
    name: PersonName | None = None
    phone: str | None = None
    email: str | None = None
    verified: tuple[int, ...] = ()
    code_sent: bool = False
    tries: int = 0
    code_tries: int = 0

    def having(self, **changes: Any) -> "Claim":
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class State:
    """`requests`: what is wanted, the first one being worked on. `ask`: the question that awaits an answer."""

    introduced: bool = False
    claim: Claim = Claim()
    requests: tuple[Request, ...] = ()
    ask: Ask | None = None
    misses: int = 0
    last_at: datetime | None = None
    handed: str = ""  # to whom, once the assistant has stopped
    language: str = "fr"  # the patient's, as last heard
    visit: int | None = None  # the service of what was just booked or moved: "c'est combien ?" is about it

    def having(self, **changes: Any) -> "State":
        return replace(self, **changes)

    @property
    def current(self) -> Request | None:
        return self.requests[0] if self.requests else None

    @property
    def expects(self) -> str:
        return self.ask.expects if self.ask is not None else "none"

    @property
    def places(self) -> tuple[Place, ...]:
        return self.ask.places if self.ask is not None else ()

    def with_current(self, request: Request) -> "State":
        return self.having(requests=(request, *self.requests[1:]))
