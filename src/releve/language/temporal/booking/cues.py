"""The words that say what a time is in the message, as found in it."""

from dataclasses import dataclass
from typing import Literal

from releve.language.temporal.booking.clauses import taken_by
from releve.language.temporal.values import Atom, Day, Tod
from releve.language.temporal.words.lexicon import PARTS, WEEKDAYS, Phrases, load
from releve.language.temporal.words.reader import Reader

Role = Literal["wish", "free", "negative", "refused", "except", "busy", "named", "event", "told", "past", "birth"]


REFUSALS: frozenset[Role] = frozenset(("negative", "refused", "except"))


_RAW = load("booking", "cues.toml")


_LEFT: Phrases[tuple[str, int]] = Phrases(
    (say, (group.removesuffix("_tight"), _RAW[group]["gap"]))
    for group in _RAW
    if not group.endswith("_right") and "gap" in _RAW[group]
    for say in _RAW[group]["say"]
)


_RIGHT: Phrases[int] = Phrases((say, _RAW["negative_right"]["gap"]) for say in _RAW["negative_right"]["say"])


_TAKEN: Phrases[int] = Phrases((say, 0) for say in _RAW["taken_right"]["say"])


_TOLD_RIGHT: Phrases[int] = Phrases((say, 1) for say in _RAW["event_right"]["say"])


BUSY = frozenset(_RAW["busy"]["say"])
"""What keeps one busy: "je travaille jusqu'à 17h" leaves the time after it."""


STOP = frozenset(".?!\n")


_VISITS = frozenset(("rdv", "rendez", "rv", "seance", "consultation", "rdvs"))


_WORK = frozenset(("travaille", "travaillons", "travaillent", "bosse", "jbosse", "taffe", "jtaf"))


_FREE_TIME = frozenset((
    "trou", "creneau", "dispo", "moment", "jour", "jours", "conge", "rtt", "repos", "peu", "apres", "matinee",
    "place", "possibilite",
))  # fmt: skip


ARTICLES = frozenset(("le", "la", "l", "les", "mon", "ma", "du", "de", "ce", "cette"))


FREE = frozenset(_RAW["free"]["say"])
"""Verbs of the end of work or school: "je finis à 16h" leaves the time after it."""


_NOT_NEGATIVE_AFTER = frozenset(_RAW["negative"]["not_before"])


_NOT_NEGATIVE_BEFORE = frozenset(_RAW["negative"]["not_after"])


_ASKED_VERBS = frozenset((
    "avez", "auriez", "aurait", "aviez", "reste", "resterait", "possible", "moyen", "pourrait", "pourriez",
    "serait", "seriez", "ya", "a", "pouvez", "prenez",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    i: int
    j: int
    role: str
    gap: int


def find_cues(r: Reader) -> list[Cue]:
    cues = []
    i = 0
    while i < len(r):
        found = _LEFT.match(r.tokens, i)
        if found and found[0][0] == "event" and r.norm(found[1]) in _FREE_TIME:
            i = found[1]
            continue
        if found and r.norm(found[1] - 1) in _WORK and r.norm(found[1]) == "pas":
            i = found[1]
            continue
        if found and found[0][0] == "event" and r.norm(found[1]) in _VISITS:
            (role, gap), j = ("named", _RAW["named"]["gap"]), found[1]
            cues.append(Cue(i, j, role, gap))
            i = j
            continue
        if r.norm(i) == "sans" and r.norm(i + 1) in ("doute", "faute", "souci", "probleme", "urgence"):
            found = None  # "sans doute la première quinzaine"
        if r.norm(i) == "part" and r.norm(i - 1) in ("quelque", "qq", "nulle", "de", "d", "a"):
            found = None  # "quelque part en mars"
        if (
            r.norm(i) == "rien"
            and r.norm(i + 1) in ("avant", "de", "d")
            and (_question_ahead(r, i) or r.norm(i + 2) == "plus")
        ):
            found = None  # "rien avant le 20 octobre ?", "rien de plus proche que le 6"
        if r.norm(i) == "ni" and any(r.norm(k) in _WORK and r.norm(k + 1) == "pas" for k in range(i - 8, i)):
            found = None  # "elle ne travaille pas le mercredi ni le vendredi"
        if found and found[0][0] == "negative" and _denies_nothing(r, i, found[1]):
            found = None
        if found is None and _owned_visit(r, i):
            cues.append(Cue(i, i + 1, "named", _RAW["named"]["gap"]))
            i += 1
            continue
        if found:
            (role, gap), j = found
            cues.append(Cue(i, j, role, gap))
            i = j
        else:
            i += 1
    return cues


_OWNED = frozenset(_RAW["named"]["visits"])
_OWNERS = frozenset(_RAW["named"]["owners"])
_HAVING = frozenset(_RAW["named"]["having"])
_BETWEEN_OWNED = frozenset(_RAW["named"]["between"])


def _owned_visit(r: Reader, i: int) -> bool:
    """ "ma première séance", "la petite a rendez-vous": an appointment that someone has already."""
    if r.norm(i) not in _OWNED:
        return False
    k = i - 1
    while k > i - 4 and r.norm(k) in _BETWEEN_OWNED:
        k -= 1
    if r.norm(k) in _OWNERS:
        return r.norm(k - 1) not in ("pour", "pr", "faire", "refaire", "prendre", "reprendre")
    return r.norm(i) in _VISITS and r.norm(k) in _HAVING and not _is_question(r, k)


_REFUSABLE = _VISITS | frozenset(WEEKDAYS) | PARTS.first_words() - {"fin", "debut", "milieu", "nuit"}


def _denies_nothing(r: Reader, i: int, j: int) -> bool:
    """ "pas trop tôt", "à deux pas", "pas de souci": no time is refused. "vous n'avez pas vendredi ?" asks for it."""
    if r.norm(i) in ("jamais", "pas") and r.norm(j + (r.norm(j) == "trop")) in ("tot", "tard"):
        return r.norm(j + 1) not in ("que", "qu")
    if r.norm(i) != "pas":
        return False
    if r.norm(j) in ("de", "d") and r.norm(j + 1) in _REFUSABLE and not _is_question(r, i):
        return False  # "pas de rdv avant 18h", "pas de jeudi"
    if r.norm(i - 1) in _WORK or r.norm(j) in ("cours", "ecole", "classe"):
        return True  # "je ne travaille pas le vendredi"
    asked = r.norm(i - 1) in _ASKED_VERBS and (_is_question(r, i) or r.norm(i - 2) in ("vous", "vs"))
    return r.norm(j) in _NOT_NEGATIVE_AFTER or r.norm(i - 1) in _NOT_NEGATIVE_BEFORE or asked


def _is_question(r: Reader, i: int) -> bool:
    """A question mark ends the sentence, or the verb is asked: "vous n'auriez pas", "n'y a-t-il pas"."""
    return _question_ahead(r, i) or r.norm(i - 1) in _ASKED_VERBS - {"avez", "reste", "a", "ya", "possible", "moyen"}


def _question_ahead(r: Reader, i: int) -> bool:
    end = next((k for k in range(i, min(i + 25, len(r))) if r.norm(k) in STOP), i)
    return r.norm(end) == "?"


_AT_HOME = frozenset(
    (
        "teletravail",
        "repos",
        "rtt",
        "conge",
        "conges",
        "libre",
        "dispo",
        "disponible",
        "maison",
        "recup",
        "off",
        "recuperation",
    )
)


def taken_after(r: Reader, atoms: tuple[Atom, ...], j: int) -> bool:
    """ "lundi j'ai cours": the day alone is taken, not "lundi après 17h, j'habite à côté" nor "lundi repos"."""
    if len(atoms) == 1 and isinstance(atoms[0].value, Tod) and atoms[0].value.form == "part":
        return taken_by(r, atoms[0].i, j, hours=True)
    if any(not isinstance(a.value, Day) or a.value.form == "span" for a in atoms):
        return False
    if {"ou", "pour"} & set(r.norms(atoms[0].i - 2, atoms[0].i)):
        return False  # "le mercredi ou le samedi, il a école les autres jours"
    found = _TAKEN.match(r.tokens, j + (r.norm(j) == ","))
    return (found is not None and r.norm(found[1]) not in _AT_HOME) or (found is None and taken_by(r, atoms[0].i, j))


def told_after(r: Reader, j: int) -> bool:
    """ "fin mai me paraît bien loin": what is said of the time makes it no wish."""
    return (r.norm(j) == "meme" and r.norm(j - 1) in ("matin", "soir")) or any(
        _TOLD_RIGHT.match(r.tokens, k) for k in (j, j + 1) if k == j or r.norm(j) in (",", "meme", "ca", "cela")
    )


def refused_after(r: Reader, j: int) -> bool:
    no = j + (r.norm(j) == ",")
    if r.norm(no) == "non" and (not r.norm(no + 1).isalnum() or r.norm(no + 1) in ("evidemment", "parce", "car")):
        return True  # "demain midi, non."
    for k in range(j, j + 3):
        if k > j and (r.norm(k) in WEEKDAYS or r.norm(k) == "demain"):
            return False  # "un soir, mardi excepté"
        if r.norm(k) in STOP or r.norm(k) in ("(", ";") or r.norm(k) in ("mais", "et", "ou", "sinon"):
            return False
        found = _RIGHT.match(r.tokens, k)
        if found:
            return True
    return False
