"""What the rest of the message makes of its wishes: concessions, habits, the end of work, the day it is about."""

from dataclasses import replace

from releve.language.temporal.almanac.arithmetic import plus
from releve.language.temporal.booking.compose import afternoon
from releve.language.temporal.booking.cues import STOP
from releve.language.temporal.booking.deadlines import stands_alone
from releve.language.temporal.booking.facts import is_since
from releve.language.temporal.booking.phrases import Phrase
from releve.language.temporal.rules.days import habit
from releve.language.temporal.values import DAY_END, DAY_START, Day, Mark, Tod
from releve.language.temporal.words.reader import Reader

_FRESH_DAYS = 3
"""How long ago a story began that asks for today."""


def on_story_day(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "elle vomit depuis hier, vous la prenez avant midi ?": the hour is of today, which the story is about."""
    fresh = any((p.role == "past" and _is_fresh(r, p)) or _is_of_today(r, p) for p in found)
    if not fresh or any(p.role == "wish" and p.day for p in found):
        return found
    day = Day(r.today, r.today, relative="+0d")
    return [
        replace(p, atoms=(replace(p.atoms[0], value=day, j=p.i), *p.atoms))
        if p.role in ("wish", "free") and p.tods
        else p
        for p in found
    ]


def _is_of_today(r: Reader, phrase: Phrase) -> bool:
    """ "une visite dans la matinée ?", "une place avant midi ?": what is left of the morning."""
    tod = phrase.tods[0] if phrase.tods and phrase.day is None else None
    if tod is None or not DAY_START <= r.now.hour * 60 + r.now.minute < tod.hi:
        return False
    inside = tod.form == "part" and any(r.ends_with(phrase.i, *words) for words in _INSIDE)
    return inside or (tod.form == "before" and phrase.role == "wish" and r.norm(phrase.j) == "?")


_INSIDE = (("dans", "la"), ("dans", "l"), ("ds", "la"), ("ds", "l"))


def _is_fresh(r: Reader, phrase: Phrase) -> bool:
    """ "depuis hier", "depuis treize heures"."""
    return 0 <= (r.today - phrase.day.lo).days <= _FRESH_DAYS if phrase.day else is_since(r, phrase.i)


_PREMISES = frozenset(("event", "told", "free", "busy", "past", "negative"))
_SIDES = frozenset(("avant", "apres"))


_PARITY = {"paires": 0, "paire": 0, "impaires": 1, "impaire": 1}


def week_parity(r: Reader) -> int | None:
    """ "les semaines paires": even (0) or odd (1) ISO weeks only."""
    told = {_PARITY[r.norm(k)] for k in range(1, len(r)) if r.norm(k) in _PARITY and r.norm(k - 1).startswith("sem")}
    return told.pop() if len(told) == 1 else None


def from_premise(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "cette semaine je suis du matin, donc après 14h": the consequence keeps the day of its premise."""
    out: list[Phrase] = []
    for p in found:
        before = out[-1] if out else None
        after = before is not None and p.role == "wish" and p.day is None and bool(p.tods)
        gap = r.norms(before.j, p.i) if before else []
        linked = bool({"donc", "dc", "alors"} & set(gap)) and len(gap) <= 8 and not (STOP | _SIDES) & set(gap)
        if after and before and linked and before.role in _PREMISES and before.day and not before.day.past:
            p = replace(p, atoms=(replace(p.atoms[0], value=before.day, j=p.i), *p.atoms))
        out.append(p)
    return out


def on_same_day(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "j'ai rdv mardi à 10h, une place le même jour ?": the day told before."""
    day: Day | None = None
    out = []
    if found and any(isinstance(a.value, Mark) and a.value.kind == "same_day" for a in found[0].atoms):
        day = next((p.day for p in found if p.role == "named" and p.day), None)  # "le même jour que mon mari"
    for p in found:
        same = any(isinstance(a.value, Mark) and a.value.kind == "same_day" for a in p.atoms)
        if (
            same
            and day is None
            and r.ends_with(p.j, "jour", "meme")
            and not any(q.day and q.role != "past" for q in found)
        ):
            day = Day(r.today, r.today, relative="+0d")  # "il a dit de revenir le jour même"
        if same and day is not None:
            p = replace(p, atoms=(replace(p.atoms[0], value=day),))
        elif day is not None and any(isinstance(a.value, Mark) and a.value.kind == "same_week" for a in p.atoms):
            first = plus(day.lo, -day.lo.weekday())
            p = replace(p, atoms=(replace(p.atoms[0], value=Day(first, plus(first, 5), "span", grain="week")),))
        elif p.day and p.day.form in ("day", "weekday") and p.day.lo == p.day.hi:
            day = p.day if p.role not in ("wish", "past") else None
        out.append(p)
    return out


def beside_hour(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "il rentre à 18h, est-ce possible avant ?": the hour told bounds the wish of that day."""
    if any(p.role == "wish" and p.tods for p in found):
        return found
    told = [p for p in found if p.role in ("event", "told", "free") and len(p.tods) == 1 and p.tods[0].form == "point"]
    sides = {"avant"} if told and told[-1].role == "free" else _SIDES
    bound = next((k for p in told[-1:] for k in range(p.j, len(r)) if r.norm(k) in sides and stands_alone(r, k)), None)
    if bound is None or any(told[-1].i < p.i < bound for p in found):
        return found
    last = told[-1]
    at = afternoon(last.tods[0])
    tod = Tod(DAY_START, at.lo, "before") if r.norm(bound) == "avant" else Tod(at.lo, DAY_END, "after")
    day = last.day or Day(r.today, r.today)
    wished = any(p.role == "wish" and p.day for p in found)
    place = replace(last.atoms[0], value=tod)
    atoms = (place,) if wished else (replace(place, value=day, j=place.i), place)
    return [replace(p, atoms=atoms, role="wish") if p is last else p for p in found]


def without_concessions(r: Reader, found: list[Phrase]) -> tuple[list[Phrase], set[str]]:
    """ "même le samedi", "même à 7h": any time will do, these too."""
    kept = [p for p in found if p.role != "wish" or not _conceded(r, p.i) or not p.timed]
    return kept, {"any"} if len(kept) < len(found) else set()


def _conceded(r: Reader, i: int) -> bool:
    """ "même à 7h", but neither "la même heure, 9h" nor "quand même : après 10h"."""
    k = r.skip_back(i, _CONCEDED) - 1
    return r.norm(k) in ("meme", "mm") and r.norm(k - 1) not in ("quand", "tout", "de", "la", "le")


_CONCEDED = frozenset(("le", "la", "les", "l", "a", "en", "un", "pendant", "pdt", "au"))


_USUAL = frozenset(("disponibilites", "disponibilite", "preferences", "emploi", "planning", "repos"))


def usually(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "Disponibilités : lundi et vendredi": weekdays of every week, when no week is named."""
    labelled = any(r.norm(k) in _USUAL and ":" in r.norms(k, k + 12) for k in range(len(r)))
    if not labelled or any(p.role == "wish" and p.day and p.day.form in ("span", "day") for p in found):
        return found
    return [
        replace(p, atoms=tuple(replace(a, value=_each_week(r, a.value)) for a in p.atoms)) if p.role == "wish" else p
        for p in found
    ]


def _each_week(r: Reader, value: Day | Tod | Mark) -> Day | Tod | Mark:
    plain = isinstance(value, Day) and value.form == "weekday" and value.relative is None
    return habit(r.today, value.weekdays) if plain and isinstance(value, Day) else value


def freed_hours(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "je finis à 16h" is "after 16h", unless another hour is wished."""
    freed = {t.lo for p in found if p.role == "free" for t in p.tods}
    hours = any(not _around(t, freed) for p in found if p.role == "wish" for t in p.tods)
    out = []
    for p in found:
        after = any(r.norm(k) == "apres" and stands_alone(r, k) for k in range(p.j, p.j + 4))
        if p.role == "free" and (after or not hours):
            atoms = tuple(replace(a, value=_after(a.value)) if isinstance(a.value, Tod) else a for a in p.atoms)
            p = replace(p, atoms=atoms, role="wish")
        elif p.role == "busy":
            p = replace(p, role="event" if hours else "negative")
        out.append(p)
    return out


def _around(tod: Tod, hours: set[int]) -> bool:
    """ "mardi soir, elle finit à 18h30": the part of day in which one is free."""
    return tod.form == "part" and any(tod.lo < hour < tod.hi for hour in hours)


def _after(tod: Tod) -> Tod:
    if tod.form == "before":  # "je travaille jusqu'à 17h"
        return replace(tod, lo=tod.hi, hi=DAY_END, form="after") if tod.hi < DAY_END else tod
    return replace(afternoon(tod), hi=DAY_END, form="after") if tod.lo < DAY_END else tod


def without_term(r: Reader, told: list[Phrase]) -> list[Phrase]:
    """ "à la rentrée, début septembre": the vague name gives way to the days that are told."""
    named = [p for p in told if p.day and p.day.relative == "feast" and "rentree" in r.norms(p.i, p.j)]
    others = [p for p in told if p.day and p not in named]
    return [p for p in told if p not in named] if others else told


def beside_named(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "mon rdv du 1er à 17h. Une place après, à 17h30": the hour without day joins the day named."""
    named = next((p.day for p in found if p.role == "named" and p.day and p.tods), None)
    told = [p for p in found if p.role == "wish" and not isinstance(p.atoms[0].value, Mark)]
    hours = bool(told) and all(p.day is None and all(t.form in ("point", "around") for t in p.tods) for p in told)
    if named is None or not hours:
        return found
    return [replace(p, atoms=(replace(p.atoms[0], value=named, j=p.i), *p.atoms)) if p in told else p for p in found]
