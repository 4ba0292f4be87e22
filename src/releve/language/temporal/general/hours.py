"""Hours of general text: those that are lengths set aside, ranges joined, bounds and "vers" applied."""

from collections.abc import Sequence
from dataclasses import replace

from releve.language.temporal.general.links import bound_left, bound_right, hour_ranges, is_passe
from releve.language.temporal.values import Atom, Day, Mark, Tod
from releve.language.temporal.words.reader import Reader

_CLOCK_LEFT = frozenset((
    "a", "vers", "des", "avant", "apres", "jusqu", "depuis", "entre", "et", "de", "d", "ou", "partir", "les", "pour",
    "ici", "environ", "alentours", "autour", "est", "sur", "matin", "soir", "midi", "aprem", "heure", "rdv", "le", "au",
    "train", "celui", "nuit", "-", "–", "(", ":", "sera", "vol",
))  # fmt: skip
_LENGTH_LEFT = frozenset((
    "dure", "duree", "dura", "durait", "durent", "pendant", "durant", "met", "mis", "mettre", "perdu", "attendu",
    "faut",
    "fallu", "passe", "toutes", "en", "chaque", "moins", "plus", "que", "quelques", "dormi", "travaille", "marche",
    "prend", "pris", "prendre", "ces", "encore", "seulement", "reste", "restait", "gagne", "presque", "bosse", "roule",
    "conduit", "temps", "patiente", "patienter", "attendre", "fait", "faire", "compter", "dix", "dort", "dormir",
))  # fmt: skip
_LENGTH_RIGHT = frozenset((
    "retard", "route", "sommeil", "attente", "avance", "trajet", "marche", "par", "sur", "durant", "consecutives",
    "supplementaires", "plus", "pour", "apres", "avant", "/", "d", "de", "sans", "chrono", "environ", "top", "entieres",
))  # fmt: skip
_ONE = frozenset(("un", "une", "des", "quelques", "plusieurs"))
_APPOINTED = frozenset(("rdv", "vous", "creneau", "place", "train", "vol", "bus"))
_ABOUT = frozenset(("vers", "environ", "autour", "alentours", "alentour", "approximativement", "circa", "environs"))
_PRECISE = frozenset(
    ("pile", "precises", "precise", "tapantes", "tapante", "petantes", "petante", "exactement", "sonnantes")
)


def hours(r: Reader, atoms: Sequence[Atom]) -> list[Atom]:
    kept = [a for n, a in enumerate(atoms) if not _is_length(r, a, atoms[n - 1] if n else None)]
    joined = hour_ranges(r, kept)
    return [_bounded(r, a, joined[n - 1].j if n else 0) for n, a in enumerate(joined)]


def _is_length(r: Reader, atom: Atom, before: Atom | None) -> bool:
    """ "deux heures de route", "j'ai attendu 2h": an hour that no clock word introduces, or that a noun follows."""
    tod = atom.value
    if not isinstance(tod, Tod) or tod.form != "point" or tod.name is not None:
        return False
    if r.norm(atom.i) in ("midi", "minuit"):
        return False
    beside = before is not None and not isinstance(before.value, Mark) and atom.i - before.j <= 2
    left, right = r.norm(atom.i - 1), r.norm(atom.j)
    if left in _LENGTH_LEFT and not beside and not is_passe(r, atom.i - 1):
        return True
    if tod.lo == 1440 and left not in ("a", "jusqu", "de", "et"):
        return True  # "les 24 Heures du Mans"
    if left in ("de", "d") and r.norm(atom.i - 3) in _ONE and r.norm(atom.i - 2) not in _APPOINTED:
        return True  # "un trajet de 14 h 30"
    if (
        not beside
        and left not in _CLOCK_LEFT
        and any(r.norm(k).startswith("heure") for k in range(atom.i, atom.j))
        and not tod.minute
    ):
        return left != ""  # "la batterie tient 12 heures"
    if right in ("de", "d") and r.norm(atom.j + 1) not in ("l", "la", "demain", "ce", "cet", "samedi", "dimanche"):
        return not (left in ("a", "vers") and r.norm(atom.j + 1) in ("plus",)) and not beside and left not in ("vers",)
    if right in _LENGTH_RIGHT - {"de", "d"} and not beside and left not in ("a", "vers", "des"):
        return True
    if beside or left in _CLOCK_LEFT or left == "":
        return False
    return bool((tod.minute == 0 and (tod.hour or 0) < 7) or not r.tokens[atom.i].digits)


def _bounded(r: Reader, atom: Atom, floor: int) -> Atom:
    tod = atom.value
    if isinstance(tod, Day | Mark):
        return atom
    if tod.form == "range":
        opened = atom.i - 1 >= floor and r.norm(atom.i - 1) in ("entre", "de") and r.norm(atom.i) not in ("entre", "de")
        return replace(atom, i=atom.i - 1) if opened else atom
    noon = tod.name == "midi" and r.norm(atom.i) == "midi" and atom.j == atom.i + 1
    if tod.form != "point" and not noon:
        return atom
    at = 720 if noon else tod.lo
    j = atom.j + (r.norm(atom.j) in _PRECISE)
    left = bound_left(r, atom.i, floor)
    if left and left[0] in ("before", "until", "from", "after"):
        form = "before" if left[0] in ("before", "until") else "after"
        return replace(atom, value=_side(tod, at, form), i=left[1], j=j)
    right = bound_right(r, j)
    if right:
        return replace(atom, value=_side(tod, at, "before" if right[0] == "until" else "after"), j=right[1])
    return _about(r, replace(atom, j=j), tod, floor)


def _side(tod: Tod, at: int, form: str) -> Tod:
    if form == "before":
        at = at or 1440
        return Tod(0, at, "before", None, at // 60 % 24, at % 60)
    return Tod(at, 1440, "after", None, at // 60, at % 60)


def _about(r: Reader, atom: Atom, tod: Tod, floor: int) -> Atom:
    """ "vers 15h", "aux alentours de 9h", "15h environ": half an hour on either side."""
    k = r.skip_back(atom.i, frozenset(("de", "des", "les", "d")))
    left = k - 1 if k - 1 >= floor and (r.norm(k - 1) in _ABOUT or (r.norm(k - 1) == "sur" and k < atom.i)) else None
    right = atom.j + 1 if r.norm(atom.j) in ("environ", "approximativement") else None
    if (left is None and right is None) or (tod.form != "point" and left is None):
        return atom
    if tod.form != "point":
        tod = replace(tod, lo=720, hi=721, hour=12, minute=0)
    if left is not None and r.norm(left - 1) == "aux":
        left -= 1
    around = replace(tod, lo=tod.lo - 30, hi=tod.lo + 30, form="around")
    return replace(atom, value=around, i=left if left is not None else atom.i, j=right or atom.j)
