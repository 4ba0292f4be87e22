"""What each time is in the message: wish, exclusion, appointment one has, past, birth, another event."""

from dataclasses import dataclass
from typing import Literal

from releve.language.temporal.lexicon import Phrases, load
from releve.language.temporal.reader import Reader
from releve.language.temporal.values import Atom, Day, Mark, Tod

Role = Literal["wish", "negative", "refused", "except", "named", "event", "past", "birth"]
_DENIABLE = frozenset((
    "venir", "passer", "prendre", "voir", "mettre", "donner", "peux", "libre", "dispo", "disponible",
    "possible", "decaler", "avancer", "reporter", "deplacer", "veux", "souhaite", "reprendre",
))  # fmt: skip
REFUSALS: frozenset[Role] = frozenset(("negative", "refused", "except"))
_RAW = load("cues.toml")
_LEFT: Phrases[tuple[str, int]] = Phrases(
    (say, (group.removesuffix("_tight"), _RAW[group]["gap"]))
    for group in _RAW
    if not group.endswith("_right")
    for say in _RAW[group]["say"]
)
_RIGHT: Phrases[int] = Phrases((say, _RAW["negative_right"]["gap"]) for say in _RAW["negative_right"]["say"])
_STOP = frozenset(".?!\n")
_LIGHT = frozenset(
    (
        "a",
        "le",
        "la",
        "l",
        "les",
        "de",
        "du",
        "d",
        "en",
        "dans",
        "au",
        "ds",
        "des",
        "pour",
        "mais",
        "un",
        "cette",
        "ce",
        "sur",
        "pleine",
    )
)
_APPOINTMENT = frozenset(
    ("rdv", "vous", "rv", "seance", "consultation", "kine", "celui", "creneau", "controle", "suivi")
)
_TO_BE_MOVED = frozenset(
    ("decaler", "deplacer", "reporter", "annuler", "modifier", "changer", "repousser", "supprimer", "avancer")
)
_CORRECTION = frozenset(("non", "nan", "enfin", "pardon", "oups", "dire", "rectification", "nn", "erreur"))
_HESITATION = _CORRECTION | frozenset((
    "euh", "ou", "plutot", "je", "veux", "pas", "donc", "du", "coup", "c", "est", "alors", ",", ".", "-",
    "—", "–", "le", "la", "a", "de", "au", "(", "…", "euhh",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """One day and one time of day that stand together, and what they are in the message."""

    atoms: tuple[Atom, ...]
    role: Role = "wish"

    @property
    def i(self) -> int:
        return self.atoms[0].i

    @property
    def j(self) -> int:
        return self.atoms[-1].j

    @property
    def day(self) -> Day | None:
        return next((a.value for a in self.atoms if isinstance(a.value, Day)), None)

    @property
    def tods(self) -> tuple[Tod, ...]:
        return tuple(a.value for a in self.atoms if isinstance(a.value, Tod))


@dataclass(frozen=True, slots=True)
class Cue:
    i: int
    j: int
    role: str
    gap: int


def phrases(r: Reader, atoms: list[Atom]) -> list[Phrase]:
    """The phrases of the message with their roles, corrected ones ("mardi non mercredi") removed."""
    cues = _cues(r)
    out: list[Phrase] = []
    for grouped in _group(r, atoms):
        out.append(Phrase(grouped, _role(r, grouped, cues, out)))
    return _corrected(r, out)


def _cues(r: Reader) -> list[Cue]:
    cues = []
    i = 0
    while i < len(r):
        found = _LEFT.match(r.tokens, i)
        if found:
            (role, gap), j = found
            cues.append(Cue(i, j, role, gap))
            i = j
        else:
            i += 1
    return cues


def _group(r: Reader, atoms: list[Atom]) -> list[tuple[Atom, ...]]:
    groups: list[list[Atom]] = []
    for atom in atoms:
        if groups and _adjacent(r, groups[-1], atom):
            groups[-1].append(atom)
        else:
            groups.append([atom])
    return [tuple(g) for g in groups]


def _adjacent(r: Reader, group: list[Atom], atom: Atom) -> bool:
    if isinstance(atom.value, Mark) or isinstance(group[-1].value, Mark):
        return False
    days = sum(isinstance(a.value, Day) for a in group)
    tods = [a for a in group if isinstance(a.value, Tod)]
    if isinstance(atom.value, Day) and days:
        return False
    # "demain matin dix heures quinze": an hour inside a part of day.
    if isinstance(atom.value, Tod) and tods and not _inside(tods[-1].value, atom.value):
        return False
    gap = r.norms(group[-1].j, atom.i)
    return len(gap) <= 3 and all(w in _LIGHT for w in gap)


def _inside(a: object, b: object) -> bool:
    assert isinstance(a, Tod) and isinstance(b, Tod)
    return a.lo <= b.lo < a.hi or b.lo <= a.lo < b.hi


def _role(r: Reader, atoms: tuple[Atom, ...], cues: list[Cue], before: list[Phrase]) -> Role:
    i, j = atoms[0].i, atoms[-1].j
    if any(isinstance(a.value, Day) and a.value.past for a in atoms):
        return "past"
    if isinstance(atoms[0].value, Mark):
        return "wish"
    if before and before[-1].j == i - 1 and r.norm(i - 1) == "que" and "plutot" in r.norms(before[-1].i - 2, i):
        return "except"
    if _since(r, i):
        return "past"
    if _birthday_after(r, j):
        return "event"
    if r.norm(j) == "a" and r.norm(j + 1) in _TO_BE_MOVED:
        return "named"
    if _over(r, atoms):
        return "past"
    if _refused_after(r, j):
        return "refused"
    if _belongs_to_appointment(r, atoms, i):
        return "named"
    if _hour_of_named(r, atoms, before, cues):
        return "named"
    floor = before[-1].j if before else 0
    for cue in reversed([c for c in cues if c.j <= i]):
        if cue.role == "wish":
            if cue.j <= floor:
                return _carried(r, before, i)
            if not _denied(r, cue, cues, i, floor):
                return "wish"
            return "negative"
        if _reaches(r, cue, atoms, i, floor):
            return cue.role  # type: ignore[return-value]
        if cue.j <= floor:
            return _carried(r, before, i)
    return _carried(r, before, i)


def _since(r: Reader, i: int) -> bool:
    return bool({"depuis", "dp", "dpuis"} & set(r.norms(i - 2, i)))


def _over(r: Reader, atoms: tuple[Atom, ...]) -> bool:
    """ "ce matin" said in the evening, and the night, are told and not asked."""
    tods = [a.value for a in atoms if isinstance(a.value, Tod)]
    days = [a.value for a in atoms if isinstance(a.value, Day)]
    today = any(d.relative == "+0d" for d in days)
    if len(tods) == 1 and tods[0].name == "nuit" and (today or not days):
        return True
    minutes = r.now.hour * 60 + r.now.minute
    return today and bool(tods) and all(t.form == "part" and t.hi <= minutes for t in tods)


def _birthday_after(r: Reader, j: int) -> bool:
    """ "demain elle a quarante ans"."""
    after = r.norms(j, j + 7)
    return "ans" in after and bool(
        {"a", "ai", "aura", "aurai", "fete", "fetera", "ont"} & set(after[: after.index("ans")])
    )


def _denied(r: Reader, cue: Cue, cues: list[Cue], i: int, floor: int) -> bool:
    """ "impossible de venir jeudi": the verb after a refusal is refused."""
    gap = r.norms(cue.j, i)
    if r.norm(cue.j - 1) not in _DENIABLE or len(gap) > 5 or any(w in _STOP or w in (",", "mais", "que") for w in gap):
        return False
    return any(c.role == "negative" and c.j >= floor and 0 <= cue.i - c.j <= 2 for c in cues)


def _carried(r: Reader, before: list[Phrase], i: int) -> Role:
    """ "sauf lundi et mardi": the second day is excluded like the first."""
    if not before or before[-1].role not in ("negative", "except", "past", "named", "event"):
        return "wish"
    gap = r.norms(before[-1].j, i)
    refusal = before[-1].role in ("negative", "except")
    links: tuple[str, ...] = ("et", "le", "la")
    if refusal:
        links = ("et", "ni", "ou", "le", "la", "du", "de", "/")
    if before[-1].role == "event":
        links = ("et", "ou", "le")
    listed = bool(gap) or refusal or before[-1].role == "event"
    return before[-1].role if listed and len(gap) <= 3 and all(w in links for w in gap) else "wish"


def _reaches(r: Reader, cue: Cue, atoms: tuple[Atom, ...], i: int, floor: int) -> bool:
    gap = r.norms(cue.j, i)
    if (cue.j < floor and not cue.j > floor - 1) or len(gap) > cue.gap or any(w in _STOP for w in gap):
        return False
    if cue.role in ("negative", "except"):
        return "," not in gap and "que" not in gap and "qu" not in gap and "autre" not in gap
    if cue.role == "named":
        to = isinstance(atoms[0].value, Day) and r.norm(i - 1) in ("a", "au", "pour", "→", "vers", ":")
        bound = isinstance(atoms[0].value, Day) and atoms[0].value.bound is not None
        return not to and not bound and r.norm(i - 1) != "pour" and not ("," in gap and len(gap) > 6)
    return True


def _hour_of_named(r: Reader, atoms: tuple[Atom, ...], before: list[Phrase], cues: list[Cue]) -> bool:
    """ "un rendez-vous mercredi chez la dermato à quatorze heures": the day before owns the hour."""
    if not before or before[-1].role != "named" or before[-1].day is None or before[-1].tods:
        return False
    gap = r.norms(before[-1].j, atoms[0].i)
    asked = any(c.role == "wish" and before[-1].j <= c.i < atoms[0].i for c in cues)
    hour = len(atoms) == 1 and isinstance(atoms[0].value, Tod) and atoms[0].value.form == "point"
    return hour and len(gap) <= 6 and not asked and not any(w in _STOP or w == "," for w in gap)


def _refused_after(r: Reader, j: int) -> bool:
    for k in range(j, j + 3):
        if r.norm(k) in _STOP or r.norm(k) in ("mais", "et", "ou", "sinon"):
            return False
        found = _RIGHT.match(r.tokens, k)
        if found:
            return True
    return False


def _belongs_to_appointment(r: Reader, atoms: tuple[Atom, ...], i: int) -> bool:
    """ "rdv kiné de 18h ce soir": an appointment word at most four words before the "de" of the time."""
    if r.norm(i - 1) not in ("de", "du", "d") or (isinstance(atoms[0].value, Day) and atoms[0].value.bound):
        return False
    left = r.norms(i - 6, i - 1)
    return bool(_APPOINTMENT & set(left)) and not any(w in _STOP or w == "," for w in left[-3:])


def _corrected(r: Reader, found: list[Phrase]) -> list[Phrase]:
    out: list[Phrase] = []
    for phrase in found:
        if out and _replaces(r, out[-1], phrase):
            out[-1] = Phrase(phrase.atoms, out[-1].role)
        else:
            out.append(phrase)
    return out


def _replaces(r: Reader, a: Phrase, b: Phrase) -> bool:
    gap = r.norms(a.j, b.i)
    if not gap or len(gap) > 5 or not all(w in _HESITATION for w in gap):
        return False
    marked = bool(_CORRECTION & set(gap)) or gap[:2] == ["ou", "plutot"]
    same_kind = (a.day is None) == (b.day is None) and bool(a.atoms) and not isinstance(b.atoms[0].value, Mark)
    return marked and same_kind and gap[-1] != "pas" and a.role != "past"
