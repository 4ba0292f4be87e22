"""One side of a conversation: a person with something to say, who reads what is asked and answers it. Pure but for
`Random`."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from releve.dialogue import Reply

LONGEST = 9  # answers; then they give up
AGREES = ("oui", "Oui", "oui merci", "ok", "Oui, c'est parfait", "ok pour moi")
PICKS = ("{n}", "le {n}", "la {n}", "le {n} svp")


@dataclass(frozen=True, slots=True)
class Script:
    """What somebody wants and how they put it; see talks.toml."""

    name: str
    channel: str
    who: str
    says: tuple[str, ...]
    then: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    time: tuple[str, ...] = ("la semaine prochaine",)
    service: str = "une consultation"
    past: tuple[str, ...] = ()
    live: int = 0
    person: bool = False


@cache
def scripts() -> tuple[Script, ...]:
    text = files(__package__).joinpath("data", "talks.toml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)["talk"]
    return tuple(_script(row) for row in rows)


def _script(row: dict[str, Any]) -> Script:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return Script(**values)


@dataclass
class Talker:
    """A person in one conversation. `facts`, what they know of themself, fill the braces of their sentences; they take
    no place before `after`."""

    script: Script
    facts: Mapping[str, str]
    random: Random
    after: datetime
    said: int = 0
    noes: int = 0
    left: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        ends = [self.random.choice(self.script.ends)] if self.script.ends else []
        self.left = [*self.script.then, *(line for line in ends if line)]

    def begins(self) -> str:
        return self._filled(self.random.choice(self.script.says))

    def answers(self, reply: Reply) -> str | None:
        """What they write to that; None when they are done, or when a person has taken over."""
        self.said += 1
        if reply.handoff is not None or self.said > LONGEST:
            return None
        asked = _ASKED.get(reply.expects)
        line = asked(self, reply, " ".join(reply.messages)) if asked else self._goes_on()
        return self._filled(line) if line else None

    def _filled(self, text: str) -> str:
        for name, value in self.facts.items():
            text = text.replace("{" + name + "}", value)
        return text

    def _goes_on(self) -> str | None:
        return self.left.pop(0) if self.left else None

    def _who(self, reply: Reply, asked: str) -> str:
        child = "child" in self.facts
        if "prénom" not in asked and "name" not in asked:
            return "{child_birth}" if child else "{birth}"
        if "first name" in asked:
            return "I am {name}, born on {birth}"
        return "{child_name}, {child_birth}" if child else "{name}, {born} le {birth}"

    def _details(self, reply: Reply, asked: str) -> str:
        if "numéro" in asked or "number" in asked:
            return "{phone}"
        return "celui du {visit}" if "visit" in self.facts else "je ne sais plus"

    def _time(self, reply: Reply, asked: str) -> str:
        return self.random.choice(self.script.time)

    def _slot(self, reply: Reply, asked: str) -> str:
        fit = [n for n, place in enumerate(reply.options, 1) if place.start > self.after]
        english = self.script.name == "english"
        if not fit or (not english and self.said < 4 and self.random.random() < 0.12):
            return "something later?" if english else "vous n'avez rien d'autre plus tard ?"
        return self.random.choice(PICKS[:1] if english else PICKS).format(n=self.random.choice(fit))

    def _confirms(self, reply: Reply, asked: str) -> str:
        """Only what is theirs is moved or cancelled: the hour must be that of their own appointment."""
        strange = self.script.name.startswith(("move", "cancel")) and self.facts.get("hour", "?!") not in asked
        if strange or any(place.start <= self.after for place in reply.options):
            self.noes += 1
            return "non" if self.noes < 2 else "secrétariat"
        return "yes" if self.script.name == "english" else self.random.choice(AGREES)

    def _visit_type(self, reply: Reply, asked: str) -> str:
        return self.facts.get("visit_type", self.script.service)

    def _anyone(self, reply: Reply, asked: str) -> str:
        return "peu importe"

    def _no_code(self, reply: Reply, asked: str) -> str:
        return "je n'ai rien reçu"


_ASKED: dict[str, Callable[[Talker, Reply, str], str]] = {
    "identity": Talker._who,
    "details": Talker._details,
    "time": Talker._time,
    "slot": Talker._slot,
    "confirmation": Talker._confirms,
    "visit_type": Talker._visit_type,
    "practitioner": Talker._anyone,
    "code": Talker._no_code,
}
