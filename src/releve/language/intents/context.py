"""What the rest of the message adds to the wordings: red flags, times and identities settle the set of intents."""

from dataclasses import dataclass, field

from releve.core.understanding import Urgency
from releve.language.intents.rules import ALONE, Found

# A person must look before anything beyond an acknowledgement goes out (MESSAGES.md, "human").
HUMAN = frozenset({
    "medical_question", "request_results", "complaint", "talk_to_human", "privacy_request", "billing_issue",
    "renew_prescription", "request_document",
})  # fmt: skip

# How often the set is exactly right, by how it was reached: measured on development messages not yet looked at
# when the rules were first written (half of messages_dev.jsonl), since the figure on seen ones flatters.
_CONFIDENCE = {"fallback": 0.5, 1: 0.78, 2: 0.45, 3: 0.25}


@dataclass(frozen=True, slots=True)
class Context:
    """What was read beside the intents; spans are characters [start, end)."""

    flags: tuple[str, ...] = ()
    flag_span: tuple[int, int] | None = None
    wish_span: tuple[int, int] | None = None
    vague: Found = field(default_factory=dict)  # what single words suggest
    bare: bool = False  # little or nothing is said beside a time
    identity: tuple[int, int] | None = None
    practitioner: tuple[int, int] | None = None


def settle(found: Found, context: Context) -> Found:
    """The set of intents in the light of the rest; empty means `other`."""
    found = _with_flags(found, context)
    if not found or all(i in ALONE for i in found):
        return _nothing_asked(found, context)
    return found


def _with_flags(found: Found, context: Context) -> Found:
    if not context.flag_span:
        return found
    told = {k: v for k, v in found.items() if k not in ("other", *ALONE)}
    return {**told, "report_symptom": told.get("report_symptom", context.flag_span)}


def _nothing_asked(found: Found, context: Context) -> Found:
    if context.wish_span and "deny" not in found:
        return {"inform" if context.bare else "book_appointment": context.wish_span}
    if found:
        return found if "deny" in found or not context.identity else {"inform": context.identity}
    return context.vague or ({"inform": context.identity} if context.identity else {})


def needs_human(intents: tuple[str, ...], urgency: Urgency, third_party: bool) -> bool:
    """A person looks at anything urgent, clinical, sensitive or about somebody else's record."""
    return urgency != "none" or third_party or not HUMAN.isdisjoint(intents)


def confidence(found: Found, settled: Found) -> float:
    """Probability that the set of intents is exactly right (a table until the statistical model comes)."""
    return _CONFIDENCE["fallback"] if not found else _CONFIDENCE[min(len(settled), 3) or 1]
