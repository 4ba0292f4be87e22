"""From the phrases of a wish to groups: which days, inside which spans, at which times of day.

Times of different kinds restrict one another ("la semaine prochaine" + "mardi" + "le matin"), times of the
same kind add up ("mardi ou jeudi"), "ou" between two kinds starts another group ("vendredi ou la semaine
prochaine").
"""

import itertools
from dataclasses import dataclass, field, replace
from datetime import date

from releve.language.temporal.almanac.arithmetic import plus
from releve.language.temporal.booking.context import after, following_week
from releve.language.temporal.booking.phrases import Phrase
from releve.language.temporal.values import DAY_END, DAY_START, Atom, Day, Mark, Tod
from releve.language.temporal.words.reader import Reader

_OR = frozenset(("ou", "sinon", "soit", "voire", "defaut", "or", "limite", "rigueur"))
# "mercredi ou alors samedi matin": two possibilities that share nothing.
_APART = frozenset(("alors", "bien", "sinon", "defaut", "encore"))
_ANY_HOUR = Tod(DAY_START, DAY_END, "all")
_LISTING = frozenset(
    (
        "ou",
        "et",
        ",",
        "/",
        "le",
        "les",
        "la",
        "l",
        "soit",
        "-",
        "+",
        "un",
        "une",
        "bien",
        "du",
        "voire",
        "a",
        "au",
        "aux",
        "puis",
        "encore",
    )
)
_WHOLE = frozenset(("tout", "tt", "toute", "tte"))
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
    for phrase in phrases:
        gap = set(r.norms(previous.j, phrase.i)) if previous else set()
        whole = _closed(out, phrase, gap)
        if (
            phrase.day is None
            and phrase.tods
            and previous
            and r.norm(previous.j) == ","
            and out[-1].fallback
            and not out[-1].tods
        ):
            for tod in phrase.tods:  # "mardi, ou à défaut jeudi, en début d'après-midi"
                _for_all(out, tod)
            previous = phrase.atoms[-1]
            continue
        for atom in phrase.atoms:
            gap = set(r.norms(previous.j, atom.i)) if previous else set()
            if gap & {"mais", "("} and isinstance(atom.value, Tod) and not _is_any_day(previous):
                _split_last_day(out)
            if gap & _ONLY and isinstance(atom.value, Tod):
                _set_apart(out)
            if "toujours" in gap and isinstance(atom.value, Tod):
                _for_all(out, atom.value)
                previous = atom
                continue
            if gap & _WHOLE and isinstance(atom.value, Day) and atom.value.form == "span" and gap & _OR:
                out.append(Group(tods=[_ANY_HOUR], last="container"))  # "sinon tout le week-end"
            either = bool(gap & _OR) and not whole
            dated = any(d.day for d in out[-1].days)
            either |= ("et" in gap or dated) and isinstance(atom.value, Day) and _adds(out[-1], atom.value)
            _add(out, atom.value, either, bool(gap & _FALLBACK) and not whole, anchor or r.today)
            if not isinstance(atom.value, Mark):
                previous = atom
    return _inherit([g for g in out if not g.empty() and not (g.tods == [_ANY_HOUR] and not g.days + g.containers)])


def _closed(out: list[Group], phrase: Phrase, gap: set[str]) -> bool:
    """A day said with its own hours begins a group of its own once the one before has both."""
    day = phrase.day
    group = out[-1]
    if day is None or not phrase.tods or (day.form == "every" and not group.days):
        return False
    if day.form == "span":
        return _closed_by_span(out, day, gap)
    if _forget(out, day):
        out.append(Group(containers=list(group.containers)))
        return True
    if group.days and group.tods:
        out.append(Group(containers=list(group.containers), fallback=bool(gap & _FALLBACK)))
        return True
    if group.tods and not group.days and gap & _OR:
        out.append(Group(containers=[c for c in group.containers if (c.hi - c.lo).days >= 5]))
        return True
    if group.days and gap & _OR and (gap & _APART or "," in gap or [d.relative for d in group.days] == ["+0d"]):
        out.append(Group(containers=list(group.containers)))
        return True
    if group.days and not group.tods and not gap <= _LISTING:
        # "vendredi 27 à toute heure ; si rien n'est libre, samedi matin": two separate wishes.
        out.append(Group(containers=list(group.containers)))
        return True
    return False


def _forget(out: list[Group], day: Day) -> bool:
    """ "mercredi ou jeudi, mercredi que le matin": the day said again takes its own hours."""
    group = next((g for g in out if _known(g, day) and (len(g.days) > 1 or not g.tods)), None)
    if group is None:
        return False
    group.days = [d for d in group.days if (d.lo, d.hi) != (day.lo, day.hi)]
    if not group.days:
        out.remove(group)
    return True


def _closed_by_span(out: list[Group], span: Day, gap: set[str]) -> bool:
    """ "samedi, ou un soir de la semaine prochaine": a span said with its own hours is another possibility."""
    if not out[-1].days or not gap & (_OR | _FALLBACK):
        return False
    out.append(Group(containers=[span]))
    return True


def _for_all(out: list[Group], tod: Tod) -> None:
    """ "lundi, sinon mardi, toujours le matin": the hours of every day said so far."""
    for group in out:
        group.tods = group.tods or [afternoon(tod)]
    out[-1].last = "tod"


def _is_any_day(atom: Atom | None) -> bool:
    """ "n'importe quel jour, mais le matin": the hours are of all that was said."""
    return atom is not None and isinstance(atom.value, Day) and atom.value.form == "every"


def _split_last_day(out: list[Group]) -> None:
    """ "jeudi ou vendredi mais alors avant 10h": the hours are of the last day only."""
    group = out[-1]
    if len(group.days) > 1 and not group.tods:
        out.append(Group(containers=list(group.containers), days=[group.days.pop()], last="day"))
    elif len(group.containers) > 1 and not group.days and not group.tods:
        out.append(Group(containers=[group.containers.pop()], last="container"))


_ONLY = frozenset(("uniquement", "seulement", "que", "qu", "exclusivement", "juste"))


def _set_apart(out: list[Group]) -> None:
    """ "du 6 au 10, le 8 uniquement le soir": the other days of the range stay whole."""
    group = out[-1]
    day = group.days[0] if len(group.days) == 1 and not group.tods else None
    span = next((c for c in group.containers if day and not c.bound and c.lo <= day.lo == day.hi <= c.hi), None)
    if day is None or span is None:
        return
    around = [replace(span, hi=plus(day.lo, -1)), replace(span, lo=plus(day.lo, 1))]
    out.insert(-1, Group(containers=[c for c in around if c.lo <= c.hi]))
    group.containers = []


def _add(out: list[Group], value: Day | Tod | Mark, either: bool, fallback: bool, anchor: date) -> None:
    if isinstance(value, Mark):
        _add_mark(out, value, anchor, either or fallback)
    elif isinstance(value, Tod):
        _add_tod(out, value, either)
    elif value.form == "span":
        _add_container(out, value, either, fallback)
    else:
        _add_day(out, value, either, fallback)


def _adds(group: Group, span: Day) -> bool:
    """ "cette semaine et la prochaine": a span that holds nothing of what was said before is one more."""
    told = group.containers or [d for d in group.days if d.day]
    open_ = span.form == "span" and not span.bound
    return open_ and bool(told) and not any(_overlap(known, span) for known in told)


def _add_mark(out: list[Group], mark: Mark, anchor: date, apart: bool) -> None:
    tods = next((g.tods for g in reversed(out) if g.tods), [])
    if mark.kind == "same_hour" and not out[-1].tods:
        out[-1].tods = list(tods)
        out[-1].last = "tod"
    if mark.kind == "any" and apart:
        out.append(Group(tods=[_ANY_HOUR], last="container"))  # "sinon n'importe quand la semaine d'après"
    elif mark.kind == "any" and out[-1].last == "day" and out[-1].tods and len(out[-1].days) > 1:
        out.append(
            Group(list(out[-1].containers), [out[-1].days.pop()], [_ANY_HOUR], "tod")
        )  # "ou samedi n'importe quand"
    elif mark.kind == "any" and out[-1].fallback:
        out[-1].tods = out[-1].tods or [_ANY_HOUR]
    if mark.kind == "next_one" and out[-1].days:
        last = out[-1].days[-1]
        out[-1].days.append(replace(last, lo=plus(last.lo, 7), hi=plus(last.hi, 7), cal=None))
    if mark.kind.startswith("following"):
        _add_following(out, mark.kind.partition("_")[2], anchor, apart)


def _add_following(out: list[Group], part: str, anchor: date, apart: bool) -> None:
    """ "ou la suivante" adds a week to the one just said, at its days and hours unless it has its own."""
    group = out[-1]
    told = [c for g in out for c in g.containers]
    single = [d.lo for d in group.days if d.form in ("day", "weekday")]
    week = following_week(told[-1].calendar[0] if told else single[-1] if single and apart else anchor, part)
    if told and group.last == "container":
        group.containers.append(week)
    elif group.days and apart and not told:
        out.append(Group(containers=[week], last="container"))
    elif told:
        out.append(Group(containers=[week], last="container", fallback=apart))
    else:
        _add_container(out, week, either=False, fallback=False)


def _add_day(out: list[Group], day: Day, either: bool, fallback: bool) -> None:
    group = out[-1]
    if group.days and (either or fallback):
        day = after(group.days[-1], day)
    elif group.containers and day.relative == "following":
        end = group.containers[-1].hi  # "en fin de semaine, ou le lundi d'après"
        day = after(Day(end, end), day)
    if day.form == "every" and (group.containers or group.days) and not (either and group.days):
        return  # "la semaine prochaine, n'importe quel jour"
    if _known(group, day) and not either:
        if len(group.days) > 1 and not group.tods:  # "mardi ou jeudi, mardi que le matin"
            group.days = [d for d in group.days if d.lo != day.lo]
            out.append(Group(containers=list(group.containers), days=[day], last="day"))
        return
    if day.form == "habit" and group.days and all(d.form == "every" for d in group.days):
        group.days = []  # "tous les soirs en semaine": the narrower habit
    if day.form != "habit" and not group.tods:  # "je suis libre le mercredi. Mercredi en huit ?"
        group.days = [d for d in group.days if d.form != "habit" or d.weekdays != day.weekdays or not d.weekdays]
    after_other = either and group.last != "day" and not group.empty()
    second_hour = bool(group.days and group.tods) and group.last != "day"
    if (fallback and not group.empty()) or second_hour or after_other:
        keep = list(group.containers) if group.days or (group.tods and day.form == "habit") else []
        out.append(Group(containers=keep, fallback=fallback))
    if day.form == "every" and any(d.form == "habit" for d in out[-1].days):
        return
    out[-1].days.append(day)
    out[-1].last = "day"


def _known(group: Group, day: Day) -> bool:
    return any(d.lo == day.lo and d.hi == day.hi and d.weekdays == day.weekdays for d in group.days)


def _add_container(out: list[Group], span: Day, either: bool, fallback: bool) -> None:
    group = out[-1]
    if not either and len(out) > 1 and not any(g.containers for g in out) and _recurs(span, out):
        for each in out:  # "lundi 8h-10h, mardi après 17h : cela vaut pour la semaine prochaine"
            each.containers.append(span)
        group.last = "container"
        return
    if either and group.last in ("day", "tod"):
        out.append(Group(fallback=fallback))
        group = out[-1]
    if either or not group.containers:
        group.containers.append(span)
    else:
        _intersect(out, span, fallback)
    out[-1].last = "container"


def _recurs(span: Day, out: list[Group]) -> bool:
    return span.grain in ("week", "month") and all(d.form in ("weekday", "habit") for g in out for d in g.days)


def _intersect(out: list[Group], span: Day, fallback: bool) -> None:
    group = out[-1]
    common = [_overlap(c, span) for c in group.containers]
    kept = [c for c in common if c is not None]
    if kept and _is_dated(span) and not any(_is_dated(c) or c.bound for c in group.containers):
        group.containers = [span]  # "la deuxième quinzaine, entre le 15 et le 26": what has dates is surer
    elif kept:
        group.containers = kept
    elif group.last == "container" and all(d.form == "habit" for d in group.days):
        group.containers.append(span)
    elif group.tods or group.days:
        out.append(Group(containers=[span], fallback=fallback))
    else:
        group.containers.append(span)


def _is_dated(span: Day) -> bool:
    """A range told by its two ends."""
    return span.grain == "day" and span.form == "span" and not span.bound and span.relative is None


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
    if either and group.last == "day" and not group.tods and all(d.form == "habit" for d in group.days):
        out.append(Group(containers=list(group.containers)))  # "le samedi, ou alors avant 8h"
        group = out[-1]
    if not group.tods or (group.last == "day" and tod.form == "all"):
        group.tods = [tod]
    elif either:
        group.tods.append(tod)
    else:
        _narrow(group, tod)
    group.last = "tod"


def _narrow(group: Group, tod: Tod) -> None:
    """ "un soir vers 19h": an hour inside a part of day; else one more possibility."""
    known = group.tods[-1]
    if known.form == "part" and tod.form in ("after", "range") and tod.lo < known.hi and known.lo < tod.hi:
        # "un soir après 17h30": the hour told is surer than the name of the part.
        group.tods[-1] = replace(tod, hi=min(known.hi, tod.hi) if tod.form == "after" else tod.hi)
        return
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
