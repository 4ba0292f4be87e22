"""From wordings found to the set of intents: which one wins when two say the same thing."""

from collections.abc import Callable

from releve.language.intents import symptoms
from releve.language.intents.lexicon import LEXICON, Place
from releve.language.wordings import load

Found = dict[str, Place]

# What only counts when nothing is asked or told.
ALONE = ("deny", "affirm", "thank", "greet")

_DATA = load("releve.language.intents", "precedence.toml")

# What leaves room for a vague wish to come beside it.
BESIDE = ("report_symptom", "ask_coverage", "ask_teleconsultation", "confirm_appointment", *ALONE)


def find(read: str) -> Found:
    """Intents of a message with the characters that say each; `read` comes from `text.reading`. May be empty."""
    found = {name: span for name, wording in LEXICON.items() if (span := wording.find(read))}
    if symptom := symptoms.find(read):
        found["report_symptom"] = symptom
    found = _with_weak(found, read)
    for rule in _RULES:
        found = rule(found)
    return found


def _with_weak(found: Found, read: str) -> Found:
    """Wordings too vague to stand beside another request."""
    if any(i not in BESIDE for i in found):
        return found
    if span := LEXICON["book_appointment"].weak(read):
        return {**found, "book_appointment": span}
    if found:
        return found
    return _first_weak(_DATA["weak"]["order"], read)


def vague(read: str) -> Found:
    """The intent that single words suggest, for a message in which nothing else was found."""
    return _first_weak(_DATA["weak"]["vague"], read)


def _first_weak(names: list[str], read: str) -> Found:
    return next(({name: span} for name in names if (span := LEXICON[name].weak(read))), {})


def _strongest(found: Found) -> Found:
    kept = dict(found)
    for strong, weak in _DATA["stronger"].items():
        if strong in kept:
            kept = {k: v for k, v in kept.items() if k not in weak}
    for strong, weak in _DATA["stronger_unless_after"].items():
        if strong in kept:
            kept = {k: v for k, v in kept.items() if k not in weak or v[0] > kept[strong][1]}
    return kept


def _same_words(found: Found) -> Found:
    kept = dict(found)
    for winner, loser in _DATA["same_words"]["pairs"]:
        if winner in kept and loser in kept and overlap(kept[winner], kept[loser]):
            del kept[loser]
    return kept


def overlap(one: Place, other: Place) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _alone(found: Found) -> Found:
    rest = {k: v for k, v in found.items() if k not in ALONE}
    if rest:
        return rest
    order = ("thank", "greet", "deny", "affirm")
    first = next((k for k in order if k in found), None)
    return {first: found[first]} if first else {}


def _other_alone(found: Found) -> Found:
    """A wrong number, an advertisement: nothing else is meant, unless a symptom is told."""
    if "other" not in found:
        return found
    symptom = found.get("report_symptom")
    if "cancel_appointment" in found or (symptom and not overlap(symptom, found["other"])):
        return {k: v for k, v in found.items() if k != "other"}
    return {"other": found["other"]}


_RULES: tuple[Callable[[Found], Found], ...] = (_same_words, _strongest, _alone, _other_alone)
