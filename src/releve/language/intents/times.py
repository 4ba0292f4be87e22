"""What a time beside the words adds: an existing time and another one wanted is a move; a wished time beside a question
is a booking; no time beside a question about a visit is no booking."""

import re

from releve.core.understanding import Wish
from releve.language.intents.lexicon import LEXICON, Place
from releve.language.intents.rules import Found, overlap
from releve.language.wordings import Wordings, load

_DATA = load("releve.language.intents", "times.toml")
_WORDS = load("releve.language.intents", "intents.toml")["words"]
_OWN = Wordings(_DATA["own_appointment"], _WORDS)
_ANOTHER = Wordings(_DATA["another"], _WORDS)
_NEW_TIME = Wordings(_DATA["new_time"], _WORDS)
_QUESTIONS = frozenset(_DATA["questions"])
_PAPERS = frozenset(_DATA["papers"])
_JOINS = re.compile(r"\+| et | aussi |, |:")
_KNOWN = re.compile(r"\b(?:mon|ma|mes|notre|son|sa) (?:\w+ )?$")
_CUT = re.compile(r"[.?!;\n]| et | aussi ")


def with_times(found: Found, read: str, existing: Wish | None, wanted: Wish | None) -> Found:
    """`existing` and `wanted` as `temporal.move` reads them."""
    if _is_move(found, read, existing, wanted):
        rest = {k: v for k, v in found.items() if k not in ("book_appointment", "cancel_appointment", "inform")}
        return {**rest, "reschedule_appointment": (0, len(read))}
    return _beside_questions(found, read, wanted)


def _is_move(found: Found, read: str, existing: Wish | None, wanted: Wish | None) -> bool:
    kinds = set(found) & {"book_appointment", "cancel_appointment", "inform"}
    if "reschedule_appointment" in found or len(kinds) != 1:
        return False
    if existing is None or wanted is None or not wanted.prefer:
        return False
    if kinds == {"cancel_appointment"} and not _NEW_TIME.first(read):  # the other time is another appointment's
        return False
    return _OWN.first(read) is not None and _ANOTHER.first(read) is None


def _beside_questions(found: Found, read: str, wanted: Wish | None) -> Found:
    booking = LEXICON["book_appointment"].find(read)
    questions = set(found) & _QUESTIONS
    if "book_appointment" in found and "ask_price" in found and not wanted:
        apart = _apart(read, found["ask_price"], found["book_appointment"])
        return found if apart else {k: v for k, v in found.items() if k != "book_appointment"}
    papers = set(found) & _PAPERS
    if "book_appointment" in found or not wanted or not wanted.prefer or set(found) - questions - papers or not found:
        return found
    vague = LEXICON["book_appointment"].weak(read) if questions or _JOINS.search(read) else None
    if vague is not None and _KNOWN.search(read[: vague[0]]):
        vague = None  # "ma prise de sang de mercredi": that one exists
    place = booking or vague
    if place is None or any(overlap(place, found[question]) for question in questions):
        return found  # the same words, already read as the question
    return {**found, "book_appointment": place}


def _apart(read: str, one: Place, other: Place) -> bool:
    """Something closes the first request before the second begins."""
    return _CUT.search(read, min(one[1], other[1]), max(one[0], other[0])) is not None
