"""Times taken back: "mardi non mercredi"."""

from dataclasses import replace

from releve.language.temporal.booking.cues import REFUSALS
from releve.language.temporal.booking.phrases import Phrase
from releve.language.temporal.values import Day, Mark, Tod, Value
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
            out = _reworded(out, phrase) if out and _rewords(r, out[-1].j, phrase) else out
            out.append(phrase)
    return out


_REWORDING = (("disons",), ("cad",), ("genre",), ("c", "est", "a", "dire"), ("plus", "precisement"), ("exactement",))
_HEDGES = frozenset(("entre", "de", "du", "le", "la", "les", "l", "a", "des", "vers", "plutot", "en", "un", "dans"))


def _rewords(r: Reader, j: int, phrase: Phrase) -> bool:
    """ "autour du 22, disons du 21 au 24": the words before this time say the one before it more exactly."""
    k = r.skip_back(phrase.i, _HEDGES)
    return phrase.role == "wish" and any(k - len(words) >= j and r.ends_with(k, *words) for words in _REWORDING)


def _reworded(told: list[Phrase], phrase: Phrase) -> list[Phrase]:
    """What was wished just before, without what `phrase` says anew: its days, or its hours."""
    last = told[-1]
    kept = [a for a in last.atoms if not _said_anew(a.value, phrase)]
    if last.role != "wish" or len(kept) == len(last.atoms):
        return told
    return told[:-1] + ([replace(last, atoms=tuple(kept))] if kept else [])


def _said_anew(value: Value, phrase: Phrase) -> bool:
    """A weekday is of the span said before it, and does not replace that."""
    if isinstance(value, Day):
        return phrase.day is not None and not (value.form == "span" and phrase.day.weekdays and not value.day)
    return isinstance(value, Tod) and bool(phrase.tods)


def taken_back(r: Reader, j: int, i: int) -> bool:
    """ "mardi non mercredi": the words between two times take the first one back."""
    gap = r.norms(j, i)
    if not gap or len(gap) > 6 or not all(w in _HESITATION for w in gap):
        return False
    marked = bool(_CORRECTION & set(gap)) or gap[:2] == ["ou", "plutot"]
    return marked and gap[-1] != "pas"


def _replaces(r: Reader, a: Phrase, b: Phrase) -> bool:
    same_kind = (a.day is None) == (b.day is None) and bool(a.atoms) and not isinstance(b.atoms[0].value, Mark)
    return taken_back(r, a.j, b.i) and same_kind and a.role not in ("past", *REFUSALS)
