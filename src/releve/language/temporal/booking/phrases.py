"""Neighbouring atoms that make one phrase: a day and its times of day."""

from collections.abc import Sequence
from dataclasses import dataclass

from releve.language.temporal.booking.cues import Role
from releve.language.temporal.values import Atom, Day, Mark, Tod
from releve.language.temporal.words.reader import Reader

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
        "oui",
        "ok",
    )
)


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
    def timed(self) -> bool:
        """Whether a day or an hour is named, and not only "dès que possible"."""
        return not isinstance(self.atoms[0].value, Mark)

    @property
    def tods(self) -> tuple[Tod, ...]:
        return tuple(a.value for a in self.atoms if isinstance(a.value, Tod))


def grouped(r: Reader, atoms: Sequence[Atom]) -> list[tuple[Atom, ...]]:
    groups: list[list[Atom]] = []
    for atom in atoms:
        if groups and _adjacent(r, groups[-1], atom):
            if _own_hours(groups[-1], atom):  # "le matin mardi toute la journée"
                groups.append([groups[-1].pop()])
            groups[-1].append(atom)
        else:
            groups.append([atom])
    return [tuple(g) for g in groups]


def _own_hours(group: list[Atom], atom: Atom) -> bool:
    begun = len(group) > 1 and isinstance(group[0].value, Tod) and isinstance(group[-1].value, Day)
    return begun and isinstance(atom.value, Tod) and atom.value.form == "all"


def _adjacent(r: Reader, group: list[Atom], atom: Atom) -> bool:
    if isinstance(atom.value, Mark) or isinstance(group[-1].value, Mark):
        return False
    if len(group) >= 6:
        return False  # nobody says more of one day; keeps the cost linear
    days = sum(isinstance(a.value, Day) for a in group)
    tods = [a for a in group if isinstance(a.value, Tod)]
    if isinstance(atom.value, Day) and days:
        return False
    # "demain matin dix heures quinze": an hour inside a part of day.
    if isinstance(atom.value, Tod) and tods and not _inside(tods[-1].value, atom.value):
        return False
    gap = r.norms(group[-1].j, atom.i)
    if gap and gap[0] in ("du", "de") and isinstance(atom.value, Tod) and _is_span(group[-1].value):
        return False  # "la semaine du 28 du matin" tells a shift
    return len(gap) <= 3 and all(w in _LIGHT for w in gap)


def _is_span(value: object) -> bool:
    return isinstance(value, Day) and value.form == "span" and value.grain == "week"


def _inside(a: object, b: object) -> bool:
    assert isinstance(a, Tod) and isinstance(b, Tod)
    return a.lo <= b.lo < a.hi or b.lo <= a.lo < b.hi
