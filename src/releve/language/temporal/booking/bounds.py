"""Bounds and hedges around a time: avant, après, d'ici, à partir de, jusqu'à, vers, au plus tard, depuis."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from releve.language.temporal.almanac.arithmetic import last_weekday, plus
from releve.language.temporal.rules.durations import four_weeks_from
from releve.language.temporal.values import DAY_END, DAY_START, Atom, Bound, Day, Tod
from releve.language.temporal.words.numbers import WORDS as NUMBERS
from releve.language.temporal.words.reader import Reader

_BETWEEN = frozenset((
    "le", "la", "les", "l", "du", "de", "d", "au", "a", "mon", "notre", "ma", "son", "rdv", "rendez",
    "vous", "ce", "cette", "ces", "mes", "aux", "prochain", "prochaines",
))  # fmt: skip
_AFTER_WORDS: tuple[tuple[tuple[str, ...], Bound], ...] = (
    (("a", "partir"), "from"), (("a", "compter"), "from"), (("d", "ici"), "by"), (("jusqu",), "by"),
    (("au", "plus", "tard"), "by"),
    (("jusqua",), "by"),
    (("jusquau",), "by"),
    (("pas", "avant"), "from"), (("plus", "tot", "que"), "before"), (("+", "tot", "que"), "before"),
    (("plus", "proche", "que"), "before"), (("plus", "vite", "que"), "before"), (("plus", "pres", "que"), "before"),
    (("avant",), "before"), (("apres",), "after"),
    (("des",), "from"), (("ap",), "after"),
    (("apr",), "after"), (("av",), "before"), (("avt",), "before"),
)  # fmt: skip
_LATEST = (
    ("ou", "avant"),
    ("et", "avant"),
    ("au", "plus", "tard"),
    ("maximum",),
    ("max",),
    ("grand", "max"),
    ("dernier", "delai"),
    ("dernier", "carat"),
)
_EARLIEST = (
    ("au", "plus", "tot"),
    ("minimum",),
    ("ou", "plus", "tard"),
    ("ou", "apres"),
    ("et", "plus"),
    ("ou", "plus"),
    ("et", "apres"),
)
_ABOUT = frozenset(("vers", "environ", "autour", "alentours", "alentour", "approximativement", "circa"))


def bounded(r: Reader, atoms: Sequence[Atom]) -> list[Atom]:
    out: list[Atom] = []
    for n, atom in enumerate(atoms):
        edge = _edge(r, out[-1], atom) if out else None
        if edge:
            out[-1] = edge
        else:
            out.append(_bound(r, atom, atoms[n - 1].j if n else 0))
    return out


def _edge(r: Reader, bound: Atom, tod: Atom) -> Atom | None:
    """ "avant vendredi midi", "à partir de demain 17h": the hour belongs to the bound."""
    day, hour = bound.value, tod.value
    if not isinstance(day, Day) or day.bound in (None, "within") or not isinstance(hour, Tod) or day.exact:
        return None
    if any(w != "a" for w in r.norms(bound.j, tod.i)) or hour.form not in ("point", "part", "all"):
        return None
    if (hour.name or "").startswith("apres l"):
        return None  # "d'ici vendredi après l'école": on each of these days
    first, last = day.calendar
    if first != last:
        return None
    at = hour.hi if day.bound in ("by", "after") and hour.form != "point" else hour.lo
    moment = datetime.combine(first, time()) + timedelta(minutes=at)
    if day.bound in ("before", "by"):
        return Atom(replace(day, lo=r.today, hi=first, exact=(r.now, moment)), bound.i, tod.j)
    end = datetime.combine(four_weeks_from(first), time()) + timedelta(minutes=DAY_END)
    return Atom(replace(day, lo=first, hi=end.date(), exact=(moment, end)), bound.i, tod.j)


def _bound(r: Reader, atom: Atom, floor: int) -> Atom:
    if isinstance(atom.value, Day):
        return _bound_day(r, atom, atom.value, floor)
    if isinstance(atom.value, Tod) and atom.value.form in ("point", "part"):
        return _bound_tod(r, atom, atom.value, floor)
    return atom


def _left(r: Reader, atom: Atom, floor: int) -> tuple[Bound, int] | None:
    """The bounding word left of the atom and where it begins, never reaching into the atom before."""
    k = max(r.skip_back(atom.i, _BETWEEN), floor)
    for words, bound in _AFTER_WORDS:
        for end in (k, k + 1, k + 2):
            if end <= atom.i and end - len(words) >= floor and r.ends_with(end, *words):
                if words == ("des",) and r.norm(atom.i - 1) not in ("des", "le", "la", "ce"):
                    continue
                return bound, end - len(words)
    return None


_OWN = frozenset(("mon", "ma", "mes", "notre", "son", "sa", "leur", "nos", "ses", "que", "son"))


_OF_EVENT = frozenset(("de", "du", "d", "le", "a"))


def _side_of_event(r: Reader, i: int, floor: int) -> tuple[Bound, int] | None:
    """ "avant notre épreuve d'effort du 6 juillet", "avt mon voyage le 3 déc", "après la réunion de 14h"."""
    for k in range(i - 2, max(floor, i - 9) - 1, -1):
        if not r.norm(k).isalpha():
            return None
        side: Bound | None = {"avant": "before", "avt": "before", "apres": "after"}.get(r.norm(k))  # type: ignore[assignment]
        owned = r.norm(k + 1) in _OWN
        if side and r.norm(i - 1) in _OF_EVENT and (owned or (r.norm(k + 1) in _THE and k + 2 < i - 1)):
            return side, k
    return None


_THE = frozenset(("le", "la", "l", "les", "ce", "cette", "cet"))


def _right(r: Reader, atom: Atom, options: tuple[tuple[str, ...], ...]) -> int | None:
    for words in options:
        end = atom.j + len(words)
        if r.says(atom.j, *words) and not (words[0] in ("ou", "et") and _is_bounded(r, end)):
            return end
    return None


def _is_bounded(r: Reader, k: int) -> bool:
    """ "à midi ou après 19h": the word before `k` bounds what follows, and not the hour before it."""
    return r.norm(k).isdecimal() or r.norm(k) in NUMBERS or r.norm(k) in _BETWEEN


def _bound_day(r: Reader, atom: Atom, day: Day, floor: int) -> Atom:
    if _since(r, atom):
        return replace(atom, value=_backwards(r, day))
    if r.norm(k := r.skip_back(atom.i, _BETWEEN) - 1) in ("lendemain", "veille") and day.lo == day.hi:
        beside = plus(day.lo, 1 if r.norm(k) == "lendemain" else -1)
        return replace(atom, value=Day(beside, beside, relative=r.norm(k)), i=k)
    left = _left(r, atom, floor) or (_side_of_event(r, atom.i, floor) if day.day and day.lo == day.hi else None)
    until = "jusqu" in r.norms(atom.j, atom.j + 2)
    if left and r.norm(left[1]) == "des" and (day.relative or "").startswith("+") and not until:
        return replace(atom, i=left[1])  # "dès ce soir", "dès le lendemain": that day, if it can be
    if left and day.form not in ("habit", "every") and not day.past and day.bound is None:
        return replace(atom, value=apply_bound(r, day, left[0], r.norm(atom.i) == "fin"), i=left[1])
    right = _right(r, atom, _LATEST)
    if right and day.form not in ("habit", "every") and not day.past:
        return replace(atom, value=apply_bound(r, day, "by", False), j=right)
    return atom


def _since(r: Reader, atom: Atom) -> bool:
    return r.norm(r.skip_back(atom.i, frozenset(("le", "la", "l", "au", "ce", "du", "de"))) - 1) in (
        "depuis",
        "dp",
        "dpuis",
        "dps",
    )


def _backwards(r: Reader, day: Day) -> Day:
    """ "depuis lundi": the last Monday, up to now."""
    if day.form in ("weekday", "habit"):
        lo = last_weekday(r.today, day.weekdays[0])
    else:
        lo = min(day.lo, r.today)
        if day.month and not day.year and day.lo > r.today:
            lo = day.lo.replace(year=day.lo.year - 1) if (day.lo.month, day.lo.day) != (2, 29) else r.today
    return replace(day, lo=lo, hi=r.today, cal=(lo, r.today), past=True)


def apply_bound(r: Reader, day: Day, bound: Bound, to_end: bool) -> Day:
    """The span that a bound makes of a day; "avant la fin du mois" runs to that end."""
    lo, hi = day.calendar
    if bound == "before" and to_end:
        bound = "by"
    if bound == "by" and to_end and day.relative == "coming":
        # "d'ici la fin de la semaine" is this week's end, whatever "en fin de semaine" means.
        day = replace(day, hi=plus(day.hi, -7), cal=(lo, plus(hi, -7)))
    spans = {
        "before": (r.today, plus(lo, -1)),
        "by": (r.today, day.hi),
        "from": (max(lo, r.today), max(day.hi if day.form == "span" else lo, four_weeks_from(lo))),
        "after": (plus(hi, 1), four_weeks_from(plus(hi, 1))),
    }
    first, last = spans[bound]
    return replace(day, lo=first, hi=last, form="span", cal=day.calendar, bound=bound, weekdays=day.weekdays)


def _bound_tod(r: Reader, atom: Atom, tod: Tod, floor: int) -> Atom:
    if tod.form == "part" and tod.name != "midi":
        return atom
    at = tod.hour * 60 + (tod.minute or 0) if tod.hour is not None else 720
    left = (_left(r, atom, floor) or _side_of_event(r, atom.i, floor)) if at < 24 * 60 else None
    if left and r.norm(left[1]) == "pas":
        left = ("before", left[1] + 1)  # "pas avant 10h" refuses the hours before
    if left:
        form: Bound = "before" if left[0] in ("before", "by") else "after"
        return replace(atom, value=_one_side(tod, at, form), i=left[1])
    right = _right(r, atom, _LATEST)
    if right:
        return replace(atom, value=_one_side(tod, at, "before"), j=right)
    right = _right(r, atom, _EARLIEST)
    if right:
        return replace(atom, value=_one_side(tod, at, "after"), j=right)
    k = r.skip_back(atom.i, frozenset(("de", "des", "les", "d")))
    about = k - 1 if r.norm(k - 1) in _ABOUT and k - 1 >= floor else None
    if about is None and r.norm(atom.j) in ("environ", "approximativement"):
        about = atom.i
    if about is not None and tod.form == "point":
        return replace(atom, value=replace(tod, lo=at - 30, hi=at + 30, form="around"), i=about)
    return atom


def _one_side(tod: Tod, at: int, form: Bound) -> Tod:
    if form == "before":
        at = at or 24 * 60  # "avant minuit" is the end of the day
        return replace(tod, lo=min(DAY_START, at), hi=at, form="before", name=None, hour=at // 60, minute=at % 60)
    return replace(tod, lo=at, hi=max(DAY_END, at + 1), form="after", name=None, hour=at // 60, minute=at % 60)
