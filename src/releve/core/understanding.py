"""What a patient's text says: the answer of `language.understand`.

Labels are closed lists. Times are local wall times of the practice, without zone, minute precision.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Channel = Literal["sms", "webchat", "email", "voice"]
CHANNELS: tuple[Channel, ...] = ("sms", "webchat", "email", "voice")

Urgency = Literal["none", "same_day", "emergency"]
PatientIs = Literal["self", "child", "parent", "partner", "other"]

INTENTS: tuple[str, ...] = (
    "book_appointment", "cancel_appointment", "reschedule_appointment", "confirm_appointment", "appointment_info",
    "earlier_slot", "running_late", "renew_prescription", "request_document", "request_results", "ask_price",
    "ask_hours", "ask_access", "ask_preparation", "ask_coverage", "ask_new_patient", "ask_teleconsultation",
    "medical_question", "report_symptom", "billing_issue", "complaint", "update_details", "privacy_request",
    "opt_out", "talk_to_human", "affirm", "deny", "inform", "greet", "thank", "other",
)  # fmt: skip

RED_FLAGS: tuple[str, ...] = (
    "chest_pain", "breathing_difficulty", "stroke_signs", "severe_bleeding", "unconscious_or_seizure", "suicidal",
    "severe_allergy", "pregnancy_emergency", "infant_fever", "meningitis_signs", "severe_trauma",
    "poisoning_overdose", "violence_danger", "severe_abdominal_pain", "sudden_vision_loss", "testicular_pain",
    "diabetic_emergency", "sepsis_signs", "cauda_equina", "post_op_complication",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of the text as given, and what they were read as (an intent, a red flag, "when"...)."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Closed-open local time [start, end)."""

    start: datetime
    end: datetime

    def holds(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


@dataclass(frozen=True, slots=True)
class Wish:
    """When the person would like to come: `prefer` minus `exclude`; an empty `prefer` means any time."""

    prefer: tuple[Window, ...] = ()
    exclude: tuple[Window, ...] = ()
    asap: bool = False

    def allows(self, moment: datetime) -> bool:
        wanted = not self.prefer or any(w.holds(moment) for w in self.prefer)
        return wanted and not any(w.holds(moment) for w in self.exclude)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as the text gives it; either part may be empty when the text does not tell them apart."""

    given: str
    family: str


UNSURE = 0.5


@dataclass(frozen=True, slots=True)
class Understanding:
    """Everything read from one message, before anything is known of who speaks."""

    intents: tuple[str, ...] = ("other",)
    urgency: Urgency = "none"
    red_flags: tuple[str, ...] = ()
    human: bool = False
    when: Wish | None = None
    practitioner: str | None = None
    patient_is: PatientIs = "self"
    birth_date: date | None = None
    phone: str | None = None
    confidence: float = 0.0
    # Beyond the published contract: what dialogue needs to know.
    email: str | None = None
    names: tuple[PersonName, ...] = ()
    spans: tuple[Span, ...] = field(default=())
    language: str = "fr"  # ISO 639; of the conversation so far, when the message alone does not tell

    def has(self, *intents: str) -> bool:
        return any(i in self.intents for i in intents)

    @property
    def unsure(self) -> bool:
        """The intents are likelier wrong than right: the assistant asks again rather than acts on them."""
        return self.confidence < UNSURE
