"""From the phrases of a wish to groups: which days, inside which spans, at which times of day.

Times of different kinds restrict one another ("la semaine prochaine" + "mardi" + "le matin"), times of the
same kind add up ("mardi ou jeudi"), "ou" between two kinds starts another group ("vendredi ou la semaine
prochaine").
"""

import itertools
from dataclasses import dataclass, field
from datetime import date

from releve.language.temporal.calendar import monday, plus, week_part
from releve.language.temporal.reader import Reader
from releve.language.temporal.roles import Phrase
from releve.language.temporal.values import Atom, Day, Mark, Tod

_OR = frozenset(("ou", "sinon", "soit", "voire", "defaut", "or", "limite", "rigueur"))
_FALLBACK = frozenset(("sinon", "defaut", "limite", "rigueur"))


@dataclass(slots=True)
class Group:
    """Days inside containers at times of day; each list is a union."""

    containers: list[Day] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    tods: list[Tod] = field(default_factory=list)
    last: str = ""
    fallback: bool = False
    """Said after "sinon": keeps the part of day said before."""

    def empty(self) -> bool:
        return not (self.containers or self.days or self.tods)


def groups(r: Reader, phrases: list[Phrase], anchor: date | None = None) -> list[Group]:
    """The groups of the wished phrases, in order; "la semaine d'après" alone follows `anchor` (or today)."""
    out = [Group()]
    previous: Atom | None = None
    for atom in (a for p in phrases for a in p.atoms):
        gap = set(r.norms(previous.j, atom.i)) if previous else set()
        _add(out, atom.value, bool(gap & _OR), bool(gap & _FALLBACK), anchor or r.today)
        if not isinstance(atom.value, Mark):
            previous = atom
    return _inherit([g for g in out if not g.empty()])


def _add(out: list[Group], value: Day | Tod | Mark, either: bool, fallback: bool, anchor: date) -> None:
    if isinstance(value, Mark):
        _add_mark(out, value, anchor)
    elif isinstance(value, Tod):
        _add_tod(out, value, either)
    elif value.form == "span":
        _add_container(out, value, either, fallback)
    else:
        _add_day(out, value, either, fallback)


def _add_mark(out: list[Group], mark: Mark, anchor: date) -> None:
    tods = next((g.tods for g in reversed(out) if g.tods), [])
    if mark.kind == "same_hour" and not out[-1].tods:
        out[-1].tods = list(tods)
        out[-1].last = "tod"
    if mark.kind.startswith("following"):
        known = out[-1].containers[-1].calendar[0] if out[-1].containers else None
        after = following_week(known or anchor, mark.kind.partition("_")[2])
        if known:
            out.append(Group(containers=[after], last="container"))
        else:
            _add_container(out, after, either=False, fallback=False)


def following_week(week: date, part: str) -> Day:
    """ "ou celle d'après": all of the week after, Monday to Saturday, or its beginning or end."""
    lo, hi = week_part(plus(monday(week), 7), part or None)
    return Day(lo, hi, "span", grain="week")


def _add_day(out: list[Group], day: Day, either: bool, fallback: bool) -> None:
    group = out[-1]
    if _known(group, day) and not either:
        return
    after_other = either and group.last != "day" and not group.empty()
    second_hour = bool(group.days and group.tods) and group.last != "day"
    if (fallback and not group.empty()) or second_hour or after_other:
        keep = list(group.containers) if group.days else []
        out.append(Group(containers=keep, fallback=fallback))
    out[-1].days.append(day)
    out[-1].last = "day"


def _known(group: Group, day: Day) -> bool:
    return any(d.lo == day.lo and d.hi == day.hi and d.weekdays == day.weekdays for d in group.days)


def _add_container(out: list[Group], span: Day, either: bool, fallback: bool) -> None:
    group = out[-1]
    if either and group.last in ("day", "tod"):
        out.append(Group(fallback=fallback))
        group = out[-1]
    if either or not group.containers:
        group.containers.append(span)
    else:
        _intersect(out, span, fallback)
    out[-1].last = "container"


def _intersect(out: list[Group], span: Day, fallback: bool) -> None:
    group = out[-1]
    common = [_overlap(c, span) for c in group.containers]
    kept = [c for c in common if c is not None]
    if kept:
        group.containers = kept
    elif group.tods or group.days:
        out.append(Group(containers=[span], fallback=fallback))
    else:
        group.containers.append(span)


def _overlap(a: Day, b: Day) -> Day | None:
    lo, hi = max(a.lo, b.lo), min(a.hi, b.hi)
    if lo > hi:
        return None
    exact = a.exact or b.exact
    return Day(lo, hi, "span", grain=a.grain, bound=a.bound or b.bound, exact=exact)


def _add_tod(out: list[Group], tod: Tod, either: bool) -> None:
    tod = afternoon(tod)
    if out[-1].last == "day" and out[-1].tods and not any(t.lo < tod.hi and tod.lo < t.hi for t in out[-1].tods):
        # "15h jeudi ou 16h vendredi": the second hour waits for its own day.
        out.append(Group())
    group = out[-1]
    if not group.tods or (group.last == "day" and tod.form == "all"):
        group.tods = [tod]
    elif group.last == "tod" and either:
        group.tods.append(tod)
    else:
        _narrow(group, tod)
    group.last = "tod"


def _narrow(group: Group, tod: Tod) -> None:
    """ "un soir vers 19h": an hour inside a part of day; else one more possibility."""
    known = group.tods[-1]
    lo, hi = max(known.lo, tod.lo), min(known.hi, tod.hi)
    if lo < hi:
        group.tods[-1] = Tod(lo, hi, tod.form, tod.name, tod.hour, tod.minute)
    elif tod != known:
        group.tods.append(tod)


def afternoon(tod: Tod) -> Tod:
    """No practice opens before seven: "vers 3h" is fifteen hours."""
    if tod.hour is not None and 1 <= tod.hour < 7 and tod.form in ("point", "around"):
        return Tod(tod.lo + 720, tod.hi + 720, tod.form, tod.name, tod.hour + 12, tod.minute)
    if tod.hour is not None and 1 <= tod.hour < 7 and tod.form == "after":
        return Tod(tod.lo + 720, tod.hi, tod.form, tod.name, tod.hour + 12, tod.minute)
    return tod


def _inherit(found: list[Group]) -> list[Group]:
    """ "jeudi matin, sinon vendredi": the fallback keeps the part of day."""
    for before, group in itertools.pairwise(found):
        if group.fallback and not group.tods:
            group.tods = list(before.tods)
        if group.fallback and group.containers and not group.days:
            group.days = [d for d in before.days if d.form == "habit"]
    return found
