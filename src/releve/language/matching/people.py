"""Which known persons a text names, and which it names only to leave them out."""

import re
from collections.abc import Iterable

from releve.core.ports import PatientRecord
from releve.language.matching.words import stems
from releve.language.text import fold

_LEFT_OUT_BEFORE = re.compile(
    r"\b(?:pas|sauf|non|garde[rz]?|laissez?)\s+(?:(?:celui|celle|ceux|le rdv|le rendez-vous) )?(?:de |d'|pour |a )?$"
)
_LEFT_OUT_AFTER = re.compile(
    r"^\W*(?:,? ?(?:lui|elle) )?"
    r"(?:ne (?:change|bouge)|garde|conserve|reste|vient|viendra|y va|ira|maintien|est maintenu)"
)


def same_person(patient: PatientRecord, text: str) -> bool:
    """All the parts of the family and given names on file stand in the text, in any order, accents aside."""
    return set(stems(patient.family)) | set(stems(patient.given)) <= set(stems(text))


def named(text: str, patients: Iterable[PatientRecord]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """(meant, left out) among these patients, by given name: "Lucas, pas celui de Léa" -> (Lucas), (Léa)."""
    folded = fold(text)
    meant: list[int] = []
    left_out: list[int] = []
    for patient in patients:
        spots = list(re.finditer(rf"(?<!\w){re.escape(fold(patient.given))}(?!\w)", folded))
        if not spots:
            continue
        (left_out if all(_left_out(folded, s) for s in spots) else meant).append(patient.id)
    return tuple(meant), tuple(left_out)


def together(text: str, patients: Iterable[PatientRecord]) -> bool:
    """Two of them are named in one breath: "Léa et Lucas". A writer who only says who they are does not count."""
    names = "|".join(re.escape(fold(p.given)) for p in patients)
    joined = rf"\b({names})\b(?: \w+)?(?: ?[&+,] ?| et (?:de |d'|pour |celui de |celui d')?)({names})\b"
    found = re.search(joined, fold(text)) if names else None
    return found is not None and found.group(1) != found.group(2)


def _left_out(folded: str, spot: re.Match[str]) -> bool:
    before, after = folded[max(0, spot.start() - 40) : spot.start()], folded[spot.end() : spot.end() + 40]
    return bool(_LEFT_OUT_BEFORE.search(before) or _LEFT_OUT_AFTER.search(after))
