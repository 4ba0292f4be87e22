"""Days that lean on what was said before: "du 7 au 11" after "en septembre", "sinon jeudi" after "mardi 30"."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from releve.language.temporal.almanac.arithmetic import add_months, monday, plus, safe_date, week_part
from releve.language.temporal.rules.days import habit
from releve.language.temporal.values import Atom, Day, Mark, Value
from releve.language.temporal.words.lexicon import MONTHS, WEEKDAYS
from releve.language.temporal.words.reader import Reader

_STOP = frozenset("?!\n")


def in_context(r: Reader, atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms, bare day numbers placed in the month said just before them."""
    out: list[Atom] = []
    month: Atom | None = None
    dated: Day | None = None
    for leaning in _LEANING:
        atoms = leaning(r, atoms)
    for atom in atoms:
        day = atom.value
        if month is not None and any(r.norm(k) in _STOP for k in range(month.j, atom.i)):
            month = None
        if isinstance(day, Day):
            begun = r.norm(atom.j) in ("au", "a", "-") and r.norm(atom.i - 1) in ("du", "de")
            if month is not None and day.day and not day.month and not day.weekdays and not begun:
                atom = _placed(atom, day, month)
            elif dated is not None and day.day and not day.month and not day.weekdays and not begun:
                atom = _beside(r, atom, day, dated)
            elif day.form == "span" and day.grain in ("month", "week") and not day.past:
                month = atom
            elif day.day and day.month:
                month = None
            if day.day and day.month and not day.past and day.lo >= r.today:
                dated = day
        out.append(atom)
    return out


_JOINING = frozenset(("ou", "et", ",", "/", "le", "soit", "bien", "-"))


def of_one_week(r: Reader, atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms, "mardi ou jeudi de la semaine prochaine" being both of that week."""
    out: list[Atom] = []
    week: Atom | None = None
    for atom in reversed(atoms):
        day = atom.value
        if week is not None and not _JOINING.issuperset(r.norms(atom.j, week.i)):
            week = None
        if week is not None and _is_plain_weekday(day):
            assert isinstance(day, Day) and isinstance(week.value, Day)
            found = plus(week.value.lo, day.weekdays[0] - week.value.lo.weekday())
            if found < week.value.lo:  # "samedi ou lundi de la semaine prochaine": this Saturday
                day = Day(found, found, weekdays=day.weekdays, relative=week.value.relative)
                week = atom = replace(atom, value=day)
        elif isinstance(day, Day) and day.form == "day" and day.relative in _WEEKS and len(day.weekdays) == 1:
            week = atom
        out.append(atom)
    return out[::-1]


_WEEKS = frozenset(("next", "this", "dated", "after_next"))


def without_feast_names(r: Reader, atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms, "la rentrée du 1er septembre" being that date, and the name no other day."""
    return [
        a
        for a, b in itertools.zip_longest(atoms, atoms[1:])
        if not (b and isinstance(a.value, Day) and a.value.relative == "feast" and _dates_it(r, a, b))
    ]


def _dates_it(r: Reader, name: Atom, atom: Atom) -> bool:
    return isinstance(atom.value, Day) and bool(atom.value.day) and r.norms(name.j, atom.i) == ["du"]


def said_again(r: Reader, atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms, "le jeudi" after "mercredi 4 ou jeudi 5" being that Thursday, not each of them."""
    out: list[Atom] = []
    known: dict[int, Day] = {}
    for atom in atoms:
        day = atom.value
        if _is_plain_weekday(day) and isinstance(day, Day) and r.norm(atom.i) in WEEKDAYS:
            told = known.get(day.weekdays[0])
            again = told is not None and not r.norm(atom.i).endswith("s") and r.norm(atom.i - 1) not in _NEW
            if told is not None and again:
                atom = replace(atom, value=told)
        if isinstance(day, Day) and len(day.weekdays) == 1 and day.form in ("day", "weekday") and not day.past:
            known.setdefault(day.weekdays[0], day)
        out.append(atom)
    return out


def listed(r: Reader, atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms, "les lundi, mercredi" and "le lundi et jeudi" being habits both: one article for the list."""
    out: list[Atom] = []
    for atom in atoms:
        before, day = (out[-1] if out else None), atom.value
        bare = isinstance(day, Day) and day.form == "weekday" and _is_plain_weekday(day)
        joined = before is not None and _SERIES.issuperset(r.norms(before.j, atom.i))
        if joined and bare and before and isinstance(before.value, Day) and before.value.form == "habit":
            assert isinstance(day, Day)
            atom = replace(atom, value=habit(r.today, day.weekdays)) if _is_plain_weekday(before.value) else atom
        out.append(atom)
    return out


def following_told(_: Reader, atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms, "le samedi d'après" being the first one after the single day told before it."""
    out: list[Atom] = []
    known: Day | None = None
    for atom in atoms:
        day = atom.value
        if isinstance(day, Day) and day.relative == "following" and len(day.weekdays) == 1 and known:
            atom = replace(atom, value=replace(after(known, day), relative="told"))
        if isinstance(day, Day) and day.form in ("day", "weekday") and not day.past:
            known = day
        out.append(atom)
    return out


_SERIES = frozenset(("et", ",", "/", "ni", "+", "-"))


_NEW = frozenset(("un", "autre", "chaque", "quel", "aucun", "ce", "tous"))


def _is_plain_weekday(value: Value) -> bool:
    listed = isinstance(value, Day) and value.form in ("weekday", "habit") and len(value.weekdays) == 1
    return listed and isinstance(value, Day) and not value.relative


_OF = frozenset(("de", "du", "d", "des", "pour"))


def with_neighbours(r: Reader, atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms with "le lendemain", "la veille" and "le surlendemain" of the day said before them."""
    out: list[Atom] = []
    known: Day | None = None
    for n, atom in enumerate([*atoms, None]):
        start, end = (out[-1].j if out else 0), (atom.i if atom else len(r))
        beside = next((k for k in range(start, end) if r.norm(k) in ("lendemain", "veille")), None)
        lone = beside is not None and r.norm(beside + 1) not in _OF and not r.ends_with(beside, "pilule", "du")
        if beside is not None and known and n and lone:
            found = plus(known.lo, 1 if r.norm(beside) == "lendemain" else -1)
            out.append(Atom(Day(found, found, relative="+beside"), beside, beside + 1))
        if atom is not None and known and r.norm(atom.i) == "surlendemain" and r.norm(atom.j) not in _OF:
            found = plus(known.lo, 2)
            out.append(replace(atom, value=Day(found, found, relative="+beside")))
        elif atom is not None:
            out.append(atom)
            known = atom.value if isinstance(atom.value, Day) and atom.value.lo == atom.value.hi else known
    return out


_ELLIPSES = (("la", "prochaine"), ("la", "suivante"), ("celle", "d", "apres"), ("celle", "qui", "suit"), ("l", "autre"))
_NTH = {"premiere": 0, "1ere": 0, "deuxieme": 1, "seconde": 1, "2eme": 1, "2e": 1, "derniere": -1}


def with_weeks(r: Reader, atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms, "celle du 23" and "ou du 12" after a week being weeks, "la deuxième semaine" one of the holidays."""
    out: list[Atom] = []
    for atom in [*atoms, None]:
        known = out[-1].value if out else None
        start, end = (out[-1].j if out else 0), (atom.i if atom else len(r))
        if isinstance(known, Day) and known.form == "span":
            part = _PARTS_OF.get(known.grain, _nth_week)(r, known, start, min(end, start + 10))
            out += [part] if part else []
        if atom is not None:
            out.append(_week_after(r, out[-1], _week_too(r, out[-1], atom)) if out else atom)
    return out


def _week_after(r: Reader, before: Atom, atom: Atom) -> Atom:
    """ "la semaine du 5 ou celle d'après": the week that follows the one just said."""
    mark, week = atom.value, before.value
    if not isinstance(mark, Mark) or not mark.kind.startswith("following"):
        return atom
    if not isinstance(week, Day) or week.grain != "week" or week.form != "span" or week.past:
        return atom
    if _STOP & set(r.norms(before.j, atom.i)) or atom.i - before.j > 8:
        return atom
    following = following_week(week.calendar[0], mark.kind.partition("_")[2])
    return Atom(following, atom.i + (r.norm(atom.i) in ("ou", "mais")), atom.j)


def following_week(week: date, part: str = "") -> Day:
    """ "ou celle d'après": all of the week after, Monday to Saturday, or its beginning or end."""
    lo, hi = week_part(plus(monday(week), 7), part or None)
    return Day(lo, hi, "span", grain="week")


def _next_week(r: Reader, week: Day, start: int, end: int) -> Atom | None:
    """ "ni cette semaine ni la prochaine": no noun said again."""
    for k in range(start, end):
        words = next((w for w in _ELLIPSES if r.says(k, *w)), None)
        if words and (r.norm(k - 1) in ("ni", "de", "et", "ou") and not r.norm(k + len(words))[:1].isalpha()):
            return Atom(following_week(week.calendar[0]), k, k + len(words))
    return None


def _fortnight(r: Reader, month: Day, start: int, end: int) -> Atom | None:
    """ "en juillet, première quinzaine": the first or second half of the month said before."""
    at = next((k for k in range(start, end) if r.norm(k) in _NTH and r.norm(k + 1) in ("quinzaine", "moitie")), None)
    if at is None or r.norm(at + 2) in ("de", "d", "du"):
        return None
    first, last = month.calendar[0].replace(day=1), month.calendar[1]
    early = r.norm(at) in ("premiere", "1ere")
    lo, hi = (first, plus(first, 14)) if early else (plus(first, 15), last)
    return Atom(Day(max(lo, r.today), hi, "span", grain="month"), at, at + 2)


def _nth_week(r: Reader, span: Day, start: int, end: int) -> Atom | None:
    """ "pendant les vacances, la deuxième semaine": the holidays begin on a Saturday, their weeks on a Monday."""
    at = next((k for k in range(start, end) if r.norm(k) in _NTH and r.norm(k + 1) in ("semaine", "sem")), None)
    if at is None or (span.hi - span.lo).days < 10 or (r.norm(at + 2) == "de" and r.norm(at + 3) in MONTHS):
        return None
    nth = _NTH[r.norm(at)]
    first = plus(span.lo, -span.lo.weekday() % 7) if nth >= 0 else plus(span.hi, -span.hi.weekday() % 7 - 7)
    monday = plus(first, 7 * nth) if nth >= 0 else plus(span.hi, -span.hi.weekday())
    return Atom(Day(monday, plus(monday, 5), "span", grain="week"), at, at + 2)


# What may be said of a span right after it, without naming it again.
_PARTS_OF = {"week": _next_week, "month": _fortnight}


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


def _beside(r: Reader, atom: Atom, day: Day, dated: Day) -> Atom:
    """ "le 9 mars, sinon le 22": of the days with that number, the nearest to the date said before."""
    first = dated.lo.replace(day=1)
    months = (add_months(first, ahead) for ahead in (-1, 0, 1))
    places = [found for m in months if (found := safe_date(m.year, m.month, day.day or 0)) and found >= r.today]
    if not places:
        return atom
    found = min(places, key=lambda place: abs((place - dated.lo).days))
    return replace(atom, value=replace(day, lo=found, hi=found))


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


# How days lean on one another, each on what those before it made of them.
_LEANING = (
    without_feast_names, of_one_week, following_told, said_again, listed, with_neighbours, with_weeks, with_others,
)  # fmt: skip
