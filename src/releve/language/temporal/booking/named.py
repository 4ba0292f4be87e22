"""The day and hour of the appointment that a message names."""

import itertools
from dataclasses import replace
from datetime import date, datetime, timedelta

from releve.core.understanding import Window, Wish
from releve.language.temporal.almanac.arithmetic import plus
from releve.language.temporal.booking.compose import afternoon
from releve.language.temporal.booking.cues import REFUSALS
from releve.language.temporal.booking.phrases import Phrase
from releve.language.temporal.booking.windows import at
from releve.language.temporal.values import Day, Mark, Tod
from releve.language.temporal.words.reader import Reader

Named = tuple[date | None, Tod | None]


def named_appointment(r: Reader, found: list[Phrase]) -> Named | None:
    """Day and hour of the appointment: from the phrases that name it, else from any that may."""
    found = _decided(r, found)
    for roles in (("named",), ("named", "wish", *REFUSALS), ("event", "free"), ("past",)):
        usable = [p for p in found if p.role in roles and _single(p) and (p.role != "past" or _ahead(r, p))]
        if usable:
            return _first_pair(
                _best_first(r, usable),
                [p for p in found if p.role in ("wish", "named", *REFUSALS) and _single(p)],
            )
    return None


_OPEN = frozenset(("ou", "a", "le", "bien", "c", "est", "plutot", "la", ",", "?"))


def _decided(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "vendredi, 9h ou 9h30 ?": what is left open is not known; the day stays, the hours go."""
    out: list[Phrase | None] = list(found)
    last = {p.day.lo: n for n, p in enumerate(found) if p.day}
    for n, (a, b) in enumerate(itertools.pairwise(found)):
        gap = r.norms(a.j, b.i)
        if a.role in REFUSALS and b.role == "wish" and _INSTEAD.issuperset(gap) and a.day and b.day and _single(b):
            out[n] = None  # "pas le 4 mais le 5"
        if "ou" not in gap or not _OPEN.issuperset(gap):
            continue
        if _single(a) and _single(b) and a.day and b.day:
            # "le 7 ou le 8 à 9h15 : ce sera le 8": the day said again is the one.
            out[n], out[n + 1] = (p if p.day and last[p.day.lo] > n + 1 else None for p in (a, b))
        elif _hour(a) and _hour(b):
            out[n], out[n + 1] = _without_hours(a), _without_hours(b)
    return [p for p in out if p is not None]


_INSTEAD = frozenset(("mais", ",", "le", "la", "c", "est", "plutot"))


def _without_hours(phrase: Phrase) -> Phrase | None:
    days = tuple(a for a in phrase.atoms if isinstance(a.value, Day))
    return replace(phrase, atoms=days) if days else None


def _ahead(r: Reader, phrase: Phrase) -> bool:
    """A date with its month; "il est parti dimanche" is no Sunday to come."""
    day = phrase.day
    return day is not None and not day.past and bool(day.day) and day.lo > r.today


def _best_first(r: Reader, usable: list[Phrase]) -> list[Phrase]:
    """The phrase right after "rdv" with its hour first; then the one that says both day and hour of the same day."""
    told = [p for p in usable if r.norm(p.i - 1) in ("rdv", "rv") and _hour(p)]
    head = usable[0]
    if not told and head.day and not _hour(head):
        told = [p for p in usable if p.day and _hour(p) and _date(p.day) == _date(head.day)]
    if not told and head.day is None:
        told = [p for p in usable if p.day and _hour(p)] if not _hour(head) else []
    return [told[0], *(p for p in usable if p is not told[0])] if told else usable


def _single(phrase: Phrase) -> bool:
    day = phrase.day
    if isinstance(phrase.atoms[0].value, Mark):
        return False
    if day is not None and day.exact:
        return False
    return day is None or day.form in ("day", "weekday") or (day.form == "habit" and len(day.weekdays) == 1)


def _first_pair(first: list[Phrase], others: list[Phrase]) -> Named | None:
    head = next((p for p in first if p.day), first[0])
    hour = _hour(head) or next((h for p in first if p.day is None and (h := _hour(p))), None)
    if hour is None:
        hour = next((h for p in others if p.day is None and p.i > head.i and (h := _hour(p))), None)
    day = head.day or next((p.day for p in reversed(others) if p.day and 0 <= head.i - p.j <= _NEAR), None)
    day = day or next((p.day for p in others if p.day and p.i > head.i), None)
    if day is None and hour is None and not head.tods:
        return None
    return (_date(day) if day else None), hour


_NEAR = 10
"""How many words before the hour of an appointment its day may stand."""


def _date(day: Day) -> date:
    """ "le mardi" of an appointment is the next one, not a habit."""
    if day.form != "habit":
        return day.lo
    return next(plus(day.lo, n) for n in range(7) if plus(day.lo, n).weekday() in day.weekdays)


def _hour(phrase: Phrase) -> Tod | None:
    tods = [afternoon(t) for t in phrase.tods]
    exact = next((t for t in tods if t.form in ("point", "around", "range") and t.hour is not None), None)
    return exact or next((Tod(720, 721, "point", "midi", 12, 0) for t in tods if t.name == "midi"), None)


def point_window(named: Named, now: datetime) -> Wish:
    day = named[0] or now.date()
    hour = named[1]
    if hour is None or hour.hour is None:
        start = at(day, 0)
        return Wish((Window(start, start + timedelta(days=1)),))
    start = at(day, hour.hour * 60 + (hour.minute or 0))
    return Wish((Window(start, start + timedelta(minutes=1)),))
