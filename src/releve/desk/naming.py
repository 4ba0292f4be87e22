"""How people are named on the staff's screens."""

from releve.dialogue.phrases import is_doctor
from releve.language.writing import NBSP
from releve.practice.models import Patient, Practitioner


def whom(person: Practitioner) -> str:
    """Dr Amar; Aminata Diallo for those who bear no title."""
    if is_doctor(person.profession):
        return f"Dr{NBSP}{person.family}"
    return f"{person.given} {person.family}"


def short(person: Practitioner) -> str:
    """Dr Amar; A. Diallo: for the head of a narrow column."""
    return whom(person) if is_doctor(person.profession) else f"{person.given[:1]}.{NBSP}{person.family}"


def listed_name(patient: Patient | None) -> str:
    """Family name first, as in a list."""
    return f"{patient.family} {patient.given}" if patient is not None else ""
