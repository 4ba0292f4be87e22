"""Needs a caregiver the same day, without a red flag."""

from releve.language.red_flags import scope, signs
from releve.language.red_flags.concepts import said
from releve.language.red_flags.spelling import readable
from releve.language.wordings import Wordings, load

_DATA = load("releve.language.red_flags", "same_day.toml")
_ANY = Wordings(_DATA["same_day"]["any"], _DATA["words"])
_UNSCOPED = Wordings(_DATA["same_day"]["unscoped"], _DATA["words"])
_TOGETHER = [Wordings(group, _DATA["words"]) for group in _DATA["same_day"]["together"]]


def find(read: str) -> tuple[int, int] | None:
    """Characters [start, end) that call for a caregiver today. Meant for messages that tell a symptom."""
    text, offsets = readable(read)
    span = _by_wording(text) or _together(text) or signs.find("same_day", said(text))
    if span and offsets:
        return offsets[span[0]], offsets[span[1] - 1] + 1
    return span


def _by_wording(read: str) -> tuple[int, int] | None:
    for match in _ANY.found(read):
        if scope.live(read, *match.span()):
            return match.span()
    told = _UNSCOPED.first(read)
    return told.span() if told else None


def _together(read: str) -> tuple[int, int] | None:
    last = None
    for group in _TOGETHER:
        last = next((m for m in group.found(read) if scope.live(read, *m.span())), None)
        if last is None:
            return None
    return last.span() if last else None
