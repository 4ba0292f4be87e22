"""From wordings found to the set of intents: which one wins when two say the same thing."""

from collections.abc import Callable

from releve.language.intents import symptoms
from releve.language.intents.lexicon import LEXICON

Found = dict[str, tuple[int, int]]

# What only counts when nothing is asked or told.
ALONE = ("greet", "thank", "affirm", "deny")

# (present, removed): the first intent says more exactly what the second also matched.
STRONGER: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("opt_out", ("cancel_appointment", "complaint", "privacy_request", "book_appointment", "update_details", "talk_to_human")),
    ("privacy_request", ("request_document", "update_details", "cancel_appointment", "request_results", "medical_question", "book_appointment")),
    ("earlier_slot", ("book_appointment", "cancel_appointment", "reschedule_appointment", "talk_to_human", "confirm_appointment", "appointment_info")),
    ("reschedule_appointment", ("book_appointment", "cancel_appointment", "appointment_info", "confirm_appointment")),
    ("running_late", ("cancel_appointment", "ask_access", "book_appointment", "confirm_appointment", "appointment_info")),
    ("cancel_appointment", ("confirm_appointment", "appointment_info")),
    ("confirm_appointment", ("appointment_info",)),
    ("appointment_info", ("book_appointment", "ask_hours")),
    ("ask_new_patient", ("book_appointment", "update_details")),
    ("request_results", ("book_appointment", "appointment_info")),
    ("billing_issue", ("ask_price", "ask_coverage")),
    ("renew_prescription", ("request_document",)),
    ("ask_preparation", ("medical_question",)),
)  # fmt: skip


def find(read: str) -> Found:
    """Intents of a message with the characters that say each; `read` comes from `text.reading`. May be empty."""
    found = _spans(read)
    for rule in _RULES:
        found = rule(found)
    return found


def _spans(read: str) -> Found:
    found = {name: span for name, wording in LEXICON.items() if (span := wording.find(read))}
    if symptom := symptoms.find(read):
        found["report_symptom"] = symptom
    return found


def _cannot_and_wish(found: Found) -> Found:
    """"Je ne peux pas jeudi, vous avez vendredi ?": the two together move an appointment."""
    if "cancel_appointment" in found and "book_appointment" in found and "reschedule_appointment" not in found:
        span = found["cancel_appointment"]
        return {**found, "reschedule_appointment": span}
    return found


def _strongest(found: Found) -> Found:
    kept = dict(found)
    for strong, weak in STRONGER:
        if strong in kept:
            kept = {k: v for k, v in kept.items() if k not in weak}
    return kept


def _alone(found: Found) -> Found:
    rest = {k: v for k, v in found.items() if k not in ALONE}
    if rest:
        return rest
    first = next((k for k in ("deny", "affirm", "thank", "greet") if k in found), None)
    return {first: found[first]} if first else {}


def _other_last(found: Found) -> Found:
    return {"other": found["other"]} if "other" in found and "report_symptom" not in found else {k: v for k, v in found.items() if k != "other"}


_RULES: tuple[Callable[[Found], Found], ...] = (_cannot_and_wish, _strongest, _alone, _other_last)
