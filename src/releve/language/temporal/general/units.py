"""From atoms to units: a day with its times of day, one thing said; and what a unit means in the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from releve.language.temporal.almanac.arithmetic import plus
from releve.language.temporal.values import Atom, Day, Mark, Tod
from releve.language.temporal.words.reader import Reader

_LIGHT = frozenset(("a", "le", "la", "l", "les", "de", "du", "d", "en", "dans", "au", "ds", "des", "pour", "sur", "t"))
Ends = tuple[datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class Unit:
    """One day (or span) and the times of day said with it, tokens [i, j)."""

    i: int
    j: int
    day: Day | None = None
    tods: tuple[Tod, ...] = ()
    every: str | None = None
    """ "every" for a habit said by "tous les", "chaque"; "other" for "un ... sur deux"."""

    @property
    def tod(self) -> Tod | None:
        """The narrowest time of day: the hour inside its part of day."""
        return min(self.tods, key=_vagueness) if self.tods else None

    @property
    def part(self) -> Tod | None:
        return next((t for t in self.tods if t.form in ("part", "all")), None)


def _vagueness(tod: Tod) -> tuple[bool, int]:
    """An hour with a bound is more than its part of day: "ce soir après 20h"."""
    return tod.form in ("part", "all"), tod.hi - tod.lo


def units(r: Reader, atoms: Sequence[Atom]) -> list[Unit]:
    """Neighbouring atoms folded: "demain" + "matin" + "à 8h", "15h" + "mardi"."""
    out: list[Unit] = []
    for atom in atoms:
        if isinstance(atom.value, Mark):
            continue
        one = _unit(atom)
        folded = _fold(r, out[-1], one) if out else None
        if folded:
            out[-1] = folded
        else:
            out.append(one)
    return out


def _unit(atom: Atom) -> Unit:
    if isinstance(atom.value, Day):
        every = atom.value.relative if atom.value.relative in ("every", "other") else None
        return Unit(atom.i, atom.j, atom.value, (), every)
    assert isinstance(atom.value, Tod)
    return Unit(atom.i, atom.j, None, (atom.value,))


def _fold(r: Reader, a: Unit, b: Unit) -> Unit | None:
    if (a.day and b.day) or not _close(r, a, b):
        return None
    day = a.day or b.day
    if day is not None and day.exact:
        return None
    tods = [*a.tods]
    for tod in b.tods:
        fitted = _fit(tods, tod)
        if fitted is None:
            return None
        tods = fitted
    return Unit(a.i, b.j, day, tuple(tods), a.every or b.every)


def _close(r: Reader, a: Unit, b: Unit) -> bool:
    gap = r.norms(a.j, b.i)
    if gap[:1] == [","]:
        # "mardi 3 mars, à 14 h 30" is one moment; "demain, mardi" is not.
        exact = b.tod is not None and b.tod.form in ("point", "range", "around", "after", "before")
        return bool(a.day) and not a.tods and exact and all(w in _LIGHT for w in gap[1:])
    if gap[:1] == ["("] and b.tod is not None:
        return len(gap) == 1 and bool(a.day)
    return len(gap) <= 3 and all(w in _LIGHT for w in gap)


def _fit(tods: list[Tod], tod: Tod) -> list[Tod] | None:
    """The times of day with one more: an hour inside a part of day, "3h" of an afternoon being fifteen hours."""
    if not tods:
        return [tod]
    known = tods[-1]
    part, hour = (known, tod) if known.form in ("part", "all") else (tod, known)
    if part.form in ("part", "all") and hour.form in ("part", "all"):
        return [*tods, tod] if _overlap(part, hour) else None
    if part.form not in ("part", "all"):
        return None
    if _overlap(part, hour) and not (hour.form == "before" and hour.hi <= part.lo):
        return [*tods, tod]
    if hour.hour == 0 and hour.lo == 1440 and part.name == "soir":
        return [part, hour]
    late = replace(hour, lo=hour.lo + 720, hi=hour.hi + 720, hour=(hour.hour or 0) + 12)
    if hour.hour is not None and hour.hour <= 12 and part.lo >= 720 and late.hi <= 1440 + 1:
        return [part, late]
    # "ce soir à 17h30": a little before the part as MESSAGES bounds it.
    near = part.lo - 180 <= hour.lo <= part.hi + 180
    return [part, hour] if near else None


def _overlap(a: Tod, b: Tod) -> bool:
    return a.lo <= b.lo <= a.hi or b.lo <= a.lo < b.hi


def midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def first_day(day: Day, now: datetime) -> date:
    """The day itself, the first of a span, the first to come of a habit."""
    if day.form in ("habit", "every") and day.weekdays:
        return next(d for n in range(14) if (d := plus(day.lo, n)).weekday() in day.weekdays)
    return day.calendar[0]


def ends(unit: Unit, now: datetime, *, anchor: date | None = None) -> Ends:
    """Closed-open local times; `anchor` is the day of an hour said alone."""
    day, tod = unit.day, unit.tod
    if day is not None and day.exact:
        return day.exact
    if tod is None:
        assert day is not None
        return _days(day, now)
    base = midnight(_base(day, tod, now, anchor))
    lo, hi = base + timedelta(minutes=tod.lo), base + timedelta(minutes=tod.hi)
    if tod.form == "after":
        return lo, None
    if tod.form == "before":
        return None, hi
    if tod.second is not None:
        return lo + timedelta(seconds=tod.second), lo + timedelta(seconds=tod.second + 1)
    return lo, hi


def _base(day: Day | None, tod: Tod, now: datetime, anchor: date | None) -> date:
    if day is None:
        return anchor or now.date()
    if day.form == "every" and not day.weekdays:
        begun = midnight(now.date()) + timedelta(minutes=tod.lo) <= now
        return plus(now.date(), 1 if begun else 0)
    return first_day(day, now)


def _days(day: Day, now: datetime) -> Ends:
    lo, hi = day.calendar
    if day.form in ("habit", "every"):
        lo = first_day(day, now)
        hi = plus(lo, 1) if day.weekdays == (5, 6) else lo
        if day.form == "every" and day.cal:
            lo, hi = day.cal
    return midnight(lo), midnight(plus(hi, 1))


def grain(unit: Unit) -> str:
    """The finest unit named."""
    if unit.tod is not None and unit.tod.second is not None:
        return "second"
    if unit.tod is not None:
        return "hour" if unit.tod.form in ("part", "all") else "minute"
    return unit.day.grain if unit.day else "day"
