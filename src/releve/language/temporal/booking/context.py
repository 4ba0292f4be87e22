"""Days that lean on what was said before: "du 7 au 11" after "en septembre", "sinon jeudi" after "mardi 30"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from releve.language.temporal.almanac.arithmetic import plus, safe_date
from releve.language.temporal.rules.days import habit
from releve.language.temporal.values import Atom, Day
from releve.language.temporal.words.lexicon import MONTHS
from releve.language.temporal.words.reader import Reader

_STOP = frozenset("?!\n")


def in_context(r: Reader, atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms, bare day numbers placed in the month said just before them."""
    out: list[Atom] = []
    month: Atom | None = None
    for atom in with_others(r, with_weeks(r, with_neighbours(r, atoms))):
        day = atom.value
        if month is not None and any(r.norm(k) in _STOP for k in range(month.j, atom.i)):
            month = None
        if isinstance(day, Day):
            begun = r.norm(atom.j) in ("au", "a", "-") and r.norm(atom.i - 1) in ("du", "de")
            if month is not None and day.day and not day.month and not day.weekdays and not begun:
                atom = _placed(atom, day, month)
            elif day.form == "span" and day.grain in ("month", "week") and not day.past:
                month = atom
            elif day.day and day.month:
                month = None
        out.append(atom)
    return out


def with_neighbours(r: Reader, atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms with "le lendemain" and "la veille" of the day said before them."""
    out: list[Atom] = []
    known: Day | None = None
    for n, atom in enumerate([*atoms, None]):
        start, end = (out[-1].j if out else 0), (atom.i if atom else len(r))
        beside = next((k for k in range(start, end) if r.norm(k) in ("lendemain", "veille")), None)
        if beside is not None and known and n and r.norm(beside + 1) not in ("de", "du", "d", "des", "pour"):
            found = plus(known.lo, 1 if r.norm(beside) == "lendemain" else -1)
            out.append(Atom(Day(found, found, relative="+beside"), beside, beside + 1))
        if atom is not None:
            out.append(atom)
            known = atom.value if isinstance(atom.value, Day) and atom.value.lo == atom.value.hi else known
    return out


_NTH = {"premiere": 0, "1ere": 0, "deuxieme": 1, "seconde": 1, "2eme": 1, "2e": 1, "derniere": -1}


def with_weeks(r: Reader, atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms, "celle du 23" and "ou du 12" after a week being weeks, "la deuxième semaine" one of the holidays."""
    out: list[Atom] = []
    for n, atom in enumerate([*atoms, None]):
        known = out[-1].value if out else None
        start, end = (out[-1].j if out else 0), (atom.i if atom else len(r))
        if isinstance(known, Day) and known.form == "span" and known.grain not in ("week", "month"):
            nth = _nth_week(r, known, start, min(end, start + 10))
            out += [nth] if nth else []
        if atom is not None:
            out.append(_week_too(r, out[-1], atom) if n and out else atom)
    return out


def _nth_week(r: Reader, span: Day, start: int, end: int) -> Atom | None:
    """ "pendant les vacances, la deuxième semaine": the holidays begin on a Saturday, their weeks on a Monday."""
    at = next((k for k in range(start, end) if r.norm(k) in _NTH and r.norm(k + 1) in ("semaine", "sem")), None)
    if at is None or (span.hi - span.lo).days < 10 or (r.norm(at + 2) == "de" and r.norm(at + 3) in MONTHS):
        return None
    nth = _NTH[r.norm(at)]
    first = plus(span.lo, -span.lo.weekday() % 7) if nth >= 0 else plus(span.hi, -span.hi.weekday() % 7 - 7)
    monday = plus(first, 7 * nth) if nth >= 0 else plus(span.hi, -span.hi.weekday())
    return Atom(Day(monday, plus(monday, 5), "span", grain="week"), at, at + 2)


def _week_too(r: Reader, before: Atom, atom: Atom) -> Atom:
    """ "la semaine du 5 ou du 12", "celle du 23": a day that names its week."""
    day, known = atom.value, before.value
    if not isinstance(day, Day) or day.form != "day" or not day.day or day.weekdays or day.bound:
        return atom
    gap = r.norms(before.j, atom.i)
    week = (
        isinstance(known, Day) and known.grain == "week" and gap in (["ou", "du"], ["et", "du"], ["ou", "celle", "du"])
    )
    if not week and not r.ends_with(atom.i, "celle", "du"):
        return atom
    monday = plus(day.lo, -day.lo.weekday())
    return replace(atom, value=Day(monday, plus(monday, 5), "span", grain="week", relative="dated"))


def with_others(r: Reader, atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms, "les autres jours" being the weekdays that are not told before."""
    out: list[Atom] = []
    told: set[int] = set()
    for n, atom in enumerate([*atoms, None]):
        start, end = (out[-1].j if n else 0), (atom.i if atom else len(r))
        at = next((k for k in range(start, end - 1) if r.says(k, "autres", "jours")), None)
        if at is not None and told and r.norm(at - 1) in ("les", "tous", "des", "ces"):
            others = tuple(d for d in range(7) if d not in told)
            out.append(Atom(habit(r.today, others), at, at + 2))
        if atom is not None:
            day = atom.value
            limit = {"ici", "avant", "jusqu", "apres", "partir"} & set(r.norms(atom.i - 2, atom.i))
            told |= set(day.weekdays) if isinstance(day, Day) and not limit else set()
            out.append(atom)
    return out


def _placed(atom: Atom, day: Day, month: Atom) -> Atom:
    span = month.value
    assert isinstance(span, Day)
    for first in dict.fromkeys((span.calendar[0].replace(day=1), span.calendar[1].replace(day=1))):
        found = safe_date(first.year, first.month, day.day or 0)
        if found and span.calendar[0] <= found <= span.calendar[1]:
            return replace(atom, value=replace(day, lo=found, hi=found, month=found.month))
    return atom


def _next(habit: Day) -> tuple[date, date]:
    found = next(d for n in range(7) if (d := plus(habit.lo, n)).weekday() in habit.weekdays)
    return found, found


def after(first: Day, later: Day) -> Day:
    """ "mardi 30 ou jeudi", "jeudi de la semaine pro ou le vendredi": a bare weekday follows the day said before it."""
    following = later.relative == "following"
    lone = len(later.weekdays) == 1 and later.form in ("weekday", "habit") and not later.day
    if not lone or (later.relative and not following) or first.form not in ("day", "weekday") or first.lo != first.hi:
        return later
    if first.form == "weekday" and later.form == "habit" and not following:
        return Day(*_next(later), "weekday", weekdays=later.weekdays)
    if later.form == "weekday" and not following and (first.form == "weekday" or later.lo > first.lo):
        return later
    found = plus(first.lo, (later.weekdays[0] - first.lo.weekday() - 1) % 7 + 1)
    return Day(found, found, "weekday", weekdays=later.weekdays)
