"""What the small words between and before units make of them: ranges and bounds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from releve.language.temporal.almanac.arithmetic import add_months, next_day_number, plus, safe_date
from releve.language.temporal.general.units import Ends, Unit, ends
from releve.language.temporal.values import Atom, Day, Tod
from releve.language.temporal.words.reader import Reader

_ARTICLES = frozenset(("le", "la", "les", "l", "en", "mois", "d"))
_OPENERS = frozenset(("de", "du", "des", "entre", "d", "depuis"))
_TO = frozenset(("a", "au", "aux", "jusqu", "-", "–", "en", "et"))
_DASH = frozenset(("-", "–", "—"))


def hour_ranges(r: Reader, atoms: Sequence[Atom]) -> list[Atom]:
    """Two hours that make a stretch become one atom: "de 9h à 11h", "14h-16h", "entre 8 heures et midi"."""
    out: list[Atom] = []
    for atom in atoms:
        joined = _hours(r, out[-1], atom) if out else None
        if joined:
            out[-1] = joined
        else:
            out.append(atom)
    return out


def _hours(r: Reader, a: Atom, b: Atom) -> Atom | None:
    if not isinstance(a.value, Tod) or not isinstance(b.value, Tod):
        return None
    start = link(r, a.i, a.j, b.i)
    if start is None or a.value.form not in ("point", "part") or b.value.form not in ("point", "part"):
        return None
    if "part" in (a.value.form, b.value.form) and not ({a.value.name, b.value.name} & {"midi", None}):
        return None
    lo = 720 if a.value.name == "midi" else a.value.lo
    hi = 720 if b.value.name == "midi" else b.value.lo
    if a.value.form == "part" and a.value.name != "midi":
        return None
    if hi <= lo:
        hi += 1440 if hi < 720 else 0
    if hi <= lo:
        return None
    return Atom(Tod(lo, hi, "range", None, lo // 60, lo % 60), start, b.j, (a, b))


def link(r: Reader, i: int, j: int, k: int) -> int | None:
    """Where the range begins when the words around [i, j) and before `k` make one; None otherwise."""
    gap = [w for w in r.norms(j, k) if w not in _ARTICLES or w in _TO]
    if not gap or len(gap) > 3:
        return None
    start = r.skip_back(i, frozenset(("le", "la", "les", "l")))
    opener = r.norm(start - 1)
    opened = opener in _OPENERS
    if gap == ["et"]:
        return start - 1 if opener == "entre" else None
    if gap[0] not in _TO or "et" in gap or not all(w in _TO for w in gap):
        return None
    if gap[0] in _DASH:
        return start - 1 if opened else i
    if gap[0] == "jusqu" or opened:
        return start - 1 if opened else i
    return i if r.tokens[i].digits and gap == ["a"] else None


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one unit to another, or one unit with a bound: what is reported."""

    i: int
    j: int
    ends: Ends
    first: Unit
    last: Unit | None = None
    bound: str | None = None


def ranged(r: Reader, a: Unit, b: Unit) -> tuple[int, Unit, Unit] | None:
    """The token where a range of two units begins, and both units completed by one another."""
    if a.day is None or a.every or b.every or (b.day is None and not (a.tods and b.tods)):
        return None
    start = link(r, a.i, a.j, b.i)
    if start is None:
        return None
    opened = r.norm(start) in _OPENERS or "jusqu" in r.norms(a.j, b.i) or r.norm(a.j) in _DASH
    if not opened or (b.day and b.day.form in ("every",)) or (a.day.exact or (b.day and b.day.exact)):
        return None
    if b.day is None:
        return start, a, replace(b, day=a.day)
    return start, *_completed(r, a, b)


def _completed(r: Reader, a: Unit, b: Unit) -> tuple[Unit, Unit]:
    """ "du 3 au 5 mars 2024": the first end takes the month and the year of the second, and the reverse."""
    first, last = a.day, b.day
    assert first is not None and last is not None
    if first.day and not first.month and last.day and last.month:
        lo = safe_date(last.lo.year, last.lo.month, first.day)
        if lo and lo > last.lo:
            before = add_months(last.lo.replace(day=1), -1)
            lo = safe_date(before.year, before.month, first.day)
        if lo:
            first = replace(first, lo=lo, hi=lo, cal=None, month=lo.month, year=last.year, form="day", past=last.past)
    elif first.month and not first.year and last.year:
        first = _in_year(first, last.calendar[1].year, last)
    if last.calendar[1] < first.calendar[0]:
        last = _after(first, last)
    return replace(a, day=first), replace(b, day=last)


def _in_year(day: Day, year: int, last: Day) -> Day:
    lo = day.calendar[0]
    moved = _moved(day, year - lo.year)
    if moved.calendar[0] > last.calendar[1]:
        moved = _moved(day, year - lo.year - 1)
    return replace(moved, year=moved.calendar[0].year, past=last.past)


def _moved(day: Day, years: int) -> Day:
    lo, hi = (add_months(d, 12 * years) for d in day.calendar)
    if day.grain == "month" and day.calendar[1].day >= 28 and plus(day.calendar[1], 1).day == 1:
        hi = plus(add_months(hi.replace(day=1), 1), -1)
    return replace(day, lo=lo, hi=hi, cal=None)


def _after(first: Day, last: Day) -> Day:
    """The next such end after the beginning."""
    start = first.calendar[0]
    if last.day and not last.month:
        found = next_day_number(start, last.day)
        return replace(last, lo=found, hi=found, cal=None) if found else last
    if last.form in ("weekday", "habit") and last.weekdays:
        found = plus(start, (last.weekdays[0] - start.weekday()) % 7)
        return replace(last, lo=found, hi=found, cal=None, form="weekday")
    if last.month and not last.year:
        years = start.year - last.calendar[0].year
        moved = _moved(last, years)
        return moved if moved.calendar[1] >= start else _moved(last, years + 1)
    return last


def range_ends(a: Unit, b: Unit, now: datetime) -> Ends:
    """From the beginning of the first to the end of the second; an hour ends where it strikes."""
    lo = ends(a, now)[0]
    hi = ends(b, now)[1]
    if b.tod is not None and b.tod.form == "point" and hi is not None:
        hi = ends(b, now)[0]
    return lo, hi


_BOUNDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("a", "partir"), "from"), (("a", "compter"), "from"), (("des",), "from"), (("d", "ici"), "by"),
    (("jusqu",), "until"),
    (("jusqua",), "until"),
    (("jusquau",), "until"), (("au", "plus", "tard"), "until"), (("au", "plus", "tot"), "from"), (("pas", "avant"),
    "from"), (("avant",), "before"), (("apres",), "after"), (("depuis",), "since"), (("dp",), "since"),
    (("dpuis",), "since"), (("passe",), "after"), (("av",), "before"), (("avt",), "before"), (("ap",), "after"),
    (("apr",), "after"),
)  # fmt: skip
_BOUND_GAP = frozenset((
    "le", "la", "les", "l", "du", "de", "d", "au", "a", "en", "ce", "cette", "aux", "mois", "fin", "debut", "mes",
    "des",
    "soit", "environ",
))  # fmt: skip
_LATEST = (("au", "plus", "tard"), ("maximum",), ("max",), ("dernier", "delai"), ("grand", "max"))
_EARLIEST = (("au", "plus", "tot"), ("minimum",), ("au", "minimum"))
_TO_COME = (("et", "apres"), ("ou", "apres"), ("et", "au", "dela"))


_BOUNDING = frozenset(words[-1] for words, _ in _BOUNDS)


def bound_left(r: Reader, i: int, floor: int) -> tuple[str, int] | None:
    """The bounding words before token `i` and where they begin."""
    if not _BOUNDING & set(r.norms(max(floor, i - 9), i)):
        return None
    k = max(r.skip_back(i, _BOUND_GAP), floor)
    for words, bound in _BOUNDS:
        for end in range(k, min(k + 3, i) + 1):
            if end - len(words) < floor or not r.ends_with(end, *words):
                continue
            if words == ("des",) and not _is_des(r, end - 1):
                continue
            if words == ("passe",) and not is_passe(r, end - 1):
                continue
            if words[-1] == "avant" and r.norm(end) in ("veille", "dernier", "derniere", "hier"):
                continue
            return bound, end - len(words)
    return None


def _is_des(r: Reader, k: int) -> bool:
    """ "dès" with its accent, or before an article as people type it: not "des vacances"."""
    token = r.tokens[k]
    return r.text[token.start : token.end].lower() == "dès" or r.norm(k + 1) in ("le", "la", "ce")


def is_passe(r: Reader, k: int) -> bool:
    """ "passé 22 h", "passé le 15": not "il passe lundi", nor "j'ai passé le 3 mai au lit"."""
    token = r.tokens[k]
    return r.text[token.start : token.end].lower() == "passé" and r.norm(k - 1) in ("", ",", ".", "\n", "mais", "et")


_BOUNDING_RIGHT = frozenset(words[0] for options in (_LATEST, _EARLIEST, _TO_COME) for words in options)


def bound_right(r: Reader, j: int) -> tuple[str, int] | None:
    if r.norm(j) not in _BOUNDING_RIGHT:
        return None
    for options, bound in ((_LATEST, "until"), (_EARLIEST, "from"), (_TO_COME, "from")):
        for words in options:
            if r.says(j, *words):
                return bound, j + len(words)
    return None


def apply(bound: str, told: Ends, unit: Unit, now: datetime) -> Ends:
    """The stretch that a bound makes of a unit's ends."""
    lo, hi = told
    struck = unit.tod is not None and unit.tod.form == "point"
    if bound == "before":
        # "avant la fin du mois" runs to that end.
        to_end = unit.day is not None and unit.tod is None and unit.day.part == "fin"
        return None, hi if to_end else lo
    if bound == "after":
        return (lo if struck else hi), None
    if bound == "from":
        return lo, None
    if bound == "since":
        return lo, None
    end = lo if struck else hi
    return (now if bound == "by" else None), end
