"""Small arithmetic of the staff's pages: pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

NBSP = "\u00a0"


def highlighted(words: str, marks: Iterable[Sequence[int]]) -> list[tuple[str, bool]]:
    """The words cut into pieces, each with whether it is evidence. Spans may overlap or reach too far."""
    inside = [False] * len(words)
    for start, end in marks:
        for i in range(max(start, 0), min(end, len(words))):
            inside[i] = True
    pieces: list[tuple[str, bool]] = []
    for letter, marked in zip(words, inside, strict=True):
        if pieces and pieces[-1][1] == marked:
            pieces[-1] = (pieces[-1][0] + letter, marked)
        else:
            pieces.append((letter, marked))
    return pieces


@dataclass(frozen=True, slots=True)
class Placed:
    """Characters [start, end) of a message, the group of what they were read as, and its number in the legend."""

    start: int
    end: int
    group: str
    number: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that share one look: evidence or not, one group; `numbers` are those of the spans that end here."""

    text: str
    evidence: bool
    group: str
    numbers: tuple[int, ...]


GROUPS = ("alert", "time", "person", "request")  # where spans overlap, the first shows


def pieces(words: str, marks: Iterable[Sequence[int]], spans: Sequence[Placed]) -> list[Piece]:
    """The words cut wherever evidence or a span begins or ends. Spans may overlap or reach too far."""
    grounds = [(start, end) for start, end in marks]
    edges = [edge for start, end in [*grounds, *((s.start, s.end) for s in spans)] for edge in (start, end)]
    cuts = sorted({0, len(words), *(min(max(edge, 0), len(words)) for edge in edges)})
    return [_piece(words, start, end, grounds, spans) for start, end in pairwise(cuts)]


def _piece(words: str, start: int, end: int, grounds: list[tuple[int, int]], spans: Sequence[Placed]) -> Piece:
    over = [s for s in spans if s.start <= start and end <= s.end]
    ends = {s.number for s in over if end == min(s.end, len(words))}
    groups = {s.group for s in over}
    return Piece(
        text=words[start:end],
        evidence=any(first <= start and end <= last for first, last in grounds),
        group=next((g for g in GROUPS if g in groups), ""),
        numbers=tuple(sorted(ends)),
    )


def masked(address: str | None) -> str:
    """ "•••• 01" for a number, "c•••@courriel.example" for e-mail."""
    if not address:
        return ""
    if "@" in address:
        name, _, domain = address.rpartition("@")
        return f"{name[:1]}•••@{domain}"
    return f"••••{NBSP}{address[-2:]}"


def neighbours(keys: Sequence[str], key: str) -> tuple[str | None, str | None]:
    """Those before and after it; after the last comes the first. None when there is no other."""
    others = [k for k in keys if k != key]
    if not others:
        return None, None
    place = keys.index(key) if key in keys else 0
    following = keys[place + 1 :] if key in keys else keys
    before = keys[:place][-1] if key in keys and place else None
    return before, next((k for k in following if k != key), others[0])
