"""Days told from another one: "la veille de Noël", "le lendemain", "trois jours après Pâques", "la semaine d'avant"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

from releve.language.temporal.almanac.arithmetic import monday, plus
from releve.language.temporal.general.units import Unit
from releve.language.temporal.rules.lengths import fine, length_at, shift
from releve.language.temporal.values import Atom, Day, Mark
from releve.language.temporal.words.reader import Reader

_SHIFTS = {"veille": -1, "lendemain": 1, "surlendemain": 2}
_OF = frozenset(("de", "du", "d", "l", "la", "le", "des"))
_ARTICLES = frozenset(("le", "la", "l", "les", "du", "des", "de", "d"))
_BACK = 8
"""Words looked at before a time for "trois semaines avant"."""


def shifted(r: Reader, unit: Unit, floor: int) -> Unit:
    """The unit moved by the words before it, or as it was."""
    day = unit.day
    if day is None or day.exact or day.form in ("habit", "every"):
        return unit
    k = r.skip_back(unit.i, _OF)
    word = r.norm(k - 1)
    if k - 1 >= floor and word in _SHIFTS and k < unit.i:
        start = k - 1
        by = _SHIFTS[word]
        if word == "veille" and r.norm(start - 1) == "avant":
            start, by = start - 1, -2
        return replace(unit, i=start, day=_moved(day, by))
    return _by_length(r, unit, day, floor)


def _moved(day: Day, by: int) -> Day:
    first, last = day.calendar
    found = plus(last if by > 0 else first, by)
    return Day(found, found, month=day.month, year=day.year, relative=f"{by:+d} from", past=day.past)


def _by_length(r: Reader, unit: Unit, day: Day, floor: int) -> Unit:
    """ "une semaine avant Noël", "trois jours après le 8 mai"."""
    k = r.skip_back(unit.i, _ARTICLES) - 1
    if r.norm(k) not in ("avant", "apres") or k <= floor:
        return unit
    sign = -1 if r.norm(k) == "avant" else 1
    for start in range(max(floor, k - 4), k):
        length = length_at(r, start)
        if length is None or length[3] != k or length[0] != length[1] or fine(length[2]):
            continue

        base = datetime.combine(day.calendar[0], time())
        found = shift(base, sign * length[0], length[2]).date()
        return replace(unit, i=start, day=Day(found, found, month=day.month, year=day.year, past=found < r.today))
    return unit


def offsets(r: Reader, atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms with those of "le lendemain" and "la veille", which wait for the day they stand beside."""
    taken = {k for a in atoms for k in range(a.i, a.j)}
    found = [
        Atom(_waiting(r, alone[0]), i, alone[1])
        for i in range(len(r))
        if i not in taken and (alone := _lone_offset(r, i)) is not None
    ]
    kept = [replace(a, value=_waiting(r, 2)) if _is_surlendemain(r, a) else _week_after(r, a) for a in atoms]
    return sorted(kept + found, key=lambda a: a.i) if found else kept


def _week_after(r: Reader, atom: Atom) -> Atom:
    """ "la semaine suivante", "la semaine d'après": the one after this one."""
    mark = atom.value
    if not isinstance(mark, Mark) or mark.kind != "following" or r.norm(atom.i) != "semaine":
        return atom
    first = plus(monday(r.today), 7)
    return replace(atom, value=Day(first, plus(first, 6), "span", grain="week", relative="next"))


def _is_surlendemain(r: Reader, atom: Atom) -> bool:
    return r.norm(atom.i) == "surlendemain" and atom.j == atom.i + 1 and r.norm(atom.j) not in ("de", "du", "d")


def _waiting(r: Reader, by: int) -> Day:
    """From today until a day named before it says otherwise."""
    found = plus(r.today, by)
    return Day(found, found, relative=f"beside {by}")


def _lone_offset(r: Reader, i: int) -> tuple[int, int] | None:
    """ "le lendemain", "la veille" said of nothing: the shift and the index after."""
    by = _SHIFTS.get(r.norm(i))
    if by is None or r.norm(i - 1) not in ("le", "la", "au", "du", "des", "avant", "l"):
        return None
    if r.norm(i + 1) in ("de", "du", "d", "des") or r.norm(i - 2) == "jour":
        return None
    return (-2 if r.norm(i - 1) == "avant" and by < 0 else by), i + 1
