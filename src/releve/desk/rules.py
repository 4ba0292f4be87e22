"""Small arithmetic of the staff's pages: pure."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

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


def masked(address: str | None) -> str:
    """ "•••• 01" for a number, "c•••@courriel.example" for e-mail."""
    if not address:
        return ""
    if "@" in address:
        name, _, domain = address.rpartition("@")
        return f"{name[:1]}•••@{domain}"
    return f"••••{NBSP}{address[-2:]}"


def age(passed: timedelta) -> str:
    """12 min, 1 h 05, 3 j"""
    minutes = max(int(passed.total_seconds()) // 60, 0)
    if minutes < 60:
        return f"{minutes}{NBSP}min"
    if minutes < 24 * 60:
        return f"{minutes // 60}{NBSP}h{NBSP}{minutes % 60:02d}"
    return f"{minutes // (24 * 60)}{NBSP}j"


def neighbours(keys: Sequence[str], key: str) -> tuple[str | None, str | None]:
    """Those before and after it; after the last comes the first. None when there is no other."""
    others = [k for k in keys if k != key]
    if not others:
        return None, None
    place = keys.index(key) if key in keys else 0
    following = keys[place + 1 :] if key in keys else keys
    before = keys[:place][-1] if key in keys and place else None
    return before, next((k for k in following if k != key), others[0])
