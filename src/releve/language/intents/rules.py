"""From wordings found to the set of intents: which one wins when two say the same thing."""

from collections.abc import Callable

from releve.language.intents import symptoms
from releve.language.intents.lexicon import LEXICON, Place

Found = dict[str, Place]

# What only counts when nothing is asked or told.
ALONE = ("deny", "affirm", "thank", "greet")

# (present, removed): the first intent says more exactly what the second also matched.
STRONGER: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("opt_out", ("cancel_appointment", "complaint", "privacy_request", "book_appointment", "update_details", "talk_to_human")),
    ("privacy_request", ("request_document", "update_details", "cancel_appointment", "request_results", "medical_question", "book_appointment")),
    ("earlier_slot", ("book_appointment", "talk_to_human", "inform", "cancel_appointment", "reschedule_appointment", "confirm_appointment", "appointment_info")),
    ("reschedule_appointment", ("book_appointment", "cancel_appointment", "appointment_info", "confirm_appointment")),
    ("running_late", ("cancel_appointment", "ask_access", "book_appointment", "confirm_appointment", "appointment_info", "medical_question")),
    ("cancel_appointment", ("confirm_appointment", "appointment_info", "book_appointment")),
    ("confirm_appointment", ("appointment_info", "affirm")),
    ("appointment_info", ("book_appointment", "ask_hours")),
    ("ask_new_patient", ("book_appointment", "update_details")),
    ("request_results", ("book_appointment", "appointment_info", "request_document")),
    ("billing_issue", ("ask_price", "ask_coverage")),
    ("renew_prescription", ("request_document",)),
    ("ask_preparation", ("medical_question",)),
    ("inform", ("book_appointment",)),
)  # fmt: skip

# Two readings of the same words: the first is kept.
SAME_WORDS = (
    ("medical_question", "book_appointment"),
    ("ask_preparation", "book_appointment"),
    ("ask_price", "book_appointment"),
    ("ask_price", "request_document"),
    ("request_document", "book_appointment"),
    ("reschedule_appointment", "medical_question"),
    ("renew_prescription", "book_appointment"),
    ("ask_coverage", "ask_price"),
)


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
    if any(i not in ("report_symptom", "ask_coverage", "ask_teleconsultation", "confirm_appointment", *ALONE) for i in found):
        return found
    weak = {name: span for name in ("book_appointment", "talk_to_human") if (span := LEXICON[name].weak(read))}
    if "book_appointment" in weak or "report_symptom" in found:
        weak.pop("talk_to_human", None)
    return {**weak, **found}


def _strongest(found: Found) -> Found:
    kept = dict(found)
    for strong, weak in STRONGER:
        if strong in kept:
            kept = {k: v for k, v in kept.items() if k not in weak}
    return kept


def _same_words(found: Found) -> Found:
    kept = dict(found)
    for winner, loser in SAME_WORDS:
        if winner in kept and loser in kept and _overlap(kept[winner], kept[loser]):
            del kept[loser]
    return kept


def _overlap(one: Place, other: Place) -> bool:
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
    if "report_symptom" in found or "cancel_appointment" in found:
        return {k: v for k, v in found.items() if k != "other"}
    return {"other": found["other"]}


_RULES: tuple[Callable[[Found], Found], ...] = (_same_words, _strongest, _alone, _other_alone)
