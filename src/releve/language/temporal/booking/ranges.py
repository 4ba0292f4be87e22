"""Two times joined into one: "du 3 au 5 mars", "entre lundi et mercredi", "8h jusqu'à 9h30"."""

from collections.abc import Sequence
from dataclasses import replace

from releve.language.temporal.almanac.arithmetic import next_day_number, plus, safe_date
from releve.language.temporal.rules.days import habit
from releve.language.temporal.values import Atom, Day, Tod
from releve.language.temporal.words.reader import Reader

_ARTICLES = frozenset(("le", "la", "les", "l"))
_OPENERS = frozenset(("de", "du", "des", "entre"))
_TO = frozenset(("a", "au", "aux", "jusqu", "-", "–"))


def ranged(r: Reader, atoms: Sequence[Atom]) -> list[Atom]:
    """Replace each pair that makes a range by one atom that remembers its ends."""
    out: list[Atom] = []
    for atom in atoms:
        joined = _join(r, out[-1], atom) if out else None
        if joined:
            out[-1] = joined
        else:
            out.append(atom)
    return out


def _join(r: Reader, a: Atom, b: Atom) -> Atom | None:
    gap = [w for w in r.norms(a.j, b.i) if w not in _ARTICLES]
    if not gap and a.j == b.i and _points(a, b):
        return _hours(a, b, a.i, opened=False)  # "quatorze heures seize heures"
    if not gap or len(gap) > 3 or a.parts:
        return None
    start = r.skip_back(a.i, _ARTICLES)
    opener = r.norm(start - 1)
    between = opener == "entre" and gap == ["et"]
    spanning = gap[0] in _TO and all(w in _TO for w in gap)
    if not between and not spanning:
        return None
    i = start - 1 if opener in _OPENERS else a.i
    if isinstance(a.value, Tod) and isinstance(b.value, Tod):
        return _hours(a, b, i, opened=opener in _OPENERS)
    if (
        isinstance(a.value, Day)
        and isinstance(b.value, Day)
        and (between or opener in _OPENERS or "jusqu" in gap or "-" in gap)
    ):
        return _days(r, a, b, i, opener)
    return None


def _points(a: Atom, b: Atom) -> bool:
    return all(isinstance(x.value, Tod) and x.value.form == "point" for x in (a, b))


def _hours(a: Atom, b: Atom, i: int, *, opened: bool) -> Atom | None:
    assert isinstance(a.value, Tod) and isinstance(b.value, Tod)
    starts = a.value.form == "point" or (a.value.form == "part" and opened)
    end = 720 if b.value.name == "midi" else b.value.lo
    if b.value.form == "part" and b.value.name != "midi":
        end = b.value.hi
    if end <= 7 * 60 and a.value.lo >= 11 * 60:
        end += 12 * 60  # "de midi à deux heures"
    if not starts or end <= a.value.lo:
        return None
    return Atom(Tod(a.value.lo, end, "range", None, a.value.hour, a.value.minute), i, b.j, (a, b))


def _days(r: Reader, a: Atom, b: Atom, i: int, opener: str) -> Atom | None:
    first, last = a.value, b.value
    assert isinstance(first, Day) and isinstance(last, Day)
    if first.past or last.past or "every" in (first.form, last.form):
        return None
    if opener in ("du", "le") and first.form == last.form == "weekday":
        days = tuple(d % 7 for d in range(first.weekdays[0], first.weekdays[0] + _steps(first, last) + 1))
        return Atom(habit(r.today, days), i, b.j, (a, b))
    if "habit" in (first.form, last.form):
        return None
    if first.day and not first.month and last.month and last.day:
        first = replace(first, lo=safe_date(last.lo.year, last.lo.month, first.day) or first.lo)
    hi = last.hi
    if hi < first.lo and last.day and not last.month:
        hi = next_day_number(first.lo, last.day) or hi
    if hi < first.lo and last.weekdays:
        hi = plus(hi, 7)
    if hi < first.lo:
        return None
    if opener == "entre" and first.feast and last.feast and (hi - first.lo).days > 2:
        return Atom(
            Day(plus(first.lo, 1), plus(hi, -1), "span", grain="day"), i, b.j, (a, b)
        )  # "entre Noël et le Nouvel An"
    return Atom(Day(first.lo, hi, "span", grain="day"), i, b.j, (a, b))


def _steps(first: Day, last: Day) -> int:
    return (last.weekdays[0] - first.weekdays[0]) % 7
