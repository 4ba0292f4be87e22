"""Times taken back: "mardi non mercredi"."""

from releve.language.temporal.booking.phrases import Phrase
from releve.language.temporal.values import Mark
from releve.language.temporal.words.reader import Reader

_CORRECTION = frozenset(("non", "nan", "enfin", "pardon", "oups", "dire", "rectification", "nn", "erreur"))


_HESITATION = _CORRECTION | frozenset((
    "euh", "ou", "plutot", "je", "veux", "pas", "attendez", "attends", "disons", "mieux", "excusez", "moi",
    "desole", "desolee", "l", "en", "fait", "donc", "du", "coup", "c", "est", "alors", "dans", ",", ".", "-",
    "—", "–", "le", "la", "a", "de", "au", "(", "…", "euhh",
))  # fmt: skip


def corrected(r: Reader, found: list[Phrase]) -> list[Phrase]:
    out: list[Phrase] = []
    for phrase in found:
        if out and _replaces(r, out[-1], phrase):
            out[-1] = Phrase(phrase.atoms, out[-1].role)
        else:
            out.append(phrase)
    return out


def taken_back(r: Reader, j: int, i: int) -> bool:
    """ "mardi non mercredi": the words between two times take the first one back."""
    gap = r.norms(j, i)
    if not gap or len(gap) > 6 or not all(w in _HESITATION for w in gap):
        return False
    marked = bool(_CORRECTION & set(gap)) or gap[:2] == ["ou", "plutot"]
    return marked and gap[-1] != "pas"


def _replaces(r: Reader, a: Phrase, b: Phrase) -> bool:
    same_kind = (a.day is None) == (b.day is None) and bool(a.atoms) and not isinstance(b.atoms[0].value, Mark)
    return taken_back(r, a.j, b.i) and same_kind and a.role != "past"
