"""The answer to one turn, in the shape of CONTRACTS 4."""

from dataclasses import dataclass

from releve.core.facts import Place


@dataclass(frozen=True, slots=True)
class Reply:
    """`acts` are (kind, status, appointment key or None); `handoff` is (to, reason) or None."""

    messages: tuple[str, ...]
    expects: str = "none"
    options: tuple[Place, ...] = ()
    acts: tuple[tuple[str, str, int | None], ...] = ()
    handoff: tuple[str, str] | None = None
