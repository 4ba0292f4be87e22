"""For whom the message speaks: self, child, parent, partner or other."""

import re
from typing import get_args

from releve.core.understanding import PatientIs
from releve.language.wordings import Wordings, expand, load

_DATA = load("releve.language.entities", "relations.toml")
_RELATIONS: tuple[PatientIs, ...] = tuple(r for r in get_args(PatientIs) if r != "self")
_WORDS = {relation: Wordings(_DATA[relation]["words"], _DATA["words"]) for relation in _RELATIONS}
_NOT_BEFORE = [re.compile(expand(s, {}).removesuffix(r"(?!\w)") + r"[\s']*$") for s in _DATA["not_for"]["words"]]
_NOT_AFTER = Wordings(_DATA["not_for"]["after"])


def patient_is(read: str) -> PatientIs:
    """The first relation named whom the message is about; the writer when there is none."""
    found = [(start, -end, relation) for relation in _RELATIONS for start, end in _spans(read, relation)]
    return min(found)[2] if found else "self"


def _spans(read: str, relation: PatientIs) -> list[tuple[int, int]]:
    return [m.span() for m in _WORDS[relation].found(read) if not _set_aside(read, m.start(), m.end())]


def _set_aside(read: str, start: int, end: int) -> bool:
    before = re.split(r"[.!?;,\n]", read[max(0, start - 45) : start])[-1]
    said = _NOT_AFTER.first(read[end : end + 40].lstrip(" ,"))
    return any(rx.search(before) for rx in _NOT_BEFORE) or bool(said and said.start() == 0)


_INSTITUTION = Wordings(_DATA["institution"]["words"])


def third_party(read: str) -> bool:
    """A professional or an institution writes about somebody: that person's record is at stake."""
    return _INSTITUTION.first(read) is not None
