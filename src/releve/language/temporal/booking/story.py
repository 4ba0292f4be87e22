"""What the rest of the message makes of its wishes: concessions, habits, the end of work, the day it is about."""

from bisect import bisect_left
from dataclasses import replace

from releve.language.temporal.almanac.arithmetic import plus
from releve.language.temporal.booking.clauses import wants
from releve.language.temporal.booking.compose import afternoon
from releve.language.temporal.booking.cues import REFUSALS, STOP
from releve.language.temporal.booking.phrases import Phrase
from releve.language.temporal.rules.days import habit
from releve.language.temporal.values import DAY_END, DAY_START, Day, Mark, Tod
from releve.language.temporal.words.reader import Reader


def on_story_day(found: list[Phrase]) -> list[Phrase]:
    """ "elle a vomi ce matin, vous la prenez avant midi ?": the hour is of today, which the story is about."""
    day = next((p.day for p in found if p.role == "past" and p.day and p.day.relative == "+0d"), None)
    if day is None or any(p.role == "wish" and p.day for p in found):
        return found
    return [
        replace(p, atoms=(replace(p.atoms[0], value=day, j=p.i), *p.atoms)) if p.role == "wish" and p.tods else p
        for p in found
    ]


_PREMISES = frozenset(("event", "told", "free", "busy", "past", "negative"))
_SIDES = frozenset(("avant", "apres"))
_DEADLINES = (
    ("avant", "cette", "date"),
    ("avant", "cela"),
    ("d", "ici", "la"),
    ("donc", "avant"),
    ("le", "faut", "avant"),
    ("entre", "temps"),
    ("avant", "ca"),
)
_DEADLINE_WORDS = frozenset(words[0] for words in _DEADLINES)
_ALONE = frozenset(
    (
        "si",
        "moi",
        "svp",
        "merci",
        "plutot",
        "ce",
        "je",
        "et",
        "ou",
        "donc",
        "pour",
        "pr",
        "sonnez",
        "prevenez",
        "appelez",
        "rappelez",
        "pensez",
        "c",
        "il",
        "elle",
        "on",
        "quelqu",
        "qqn",
        "est",
        "s",
        "stp",
    )
)
_NOT_ALONE = frozenset(
    ("d", "comme", "jour", "semaine", "message", "an", "annee", "jours", "semaines", "mois", "que", "fois")
)


def stands_alone(r: Reader, k: int) -> bool:
    """ "si qqn annule avant, je prends": no other thing follows that the word at `k` would bound."""
    return (not r.norm(k + 1).isalnum() or r.norm(k + 1) in _ALONE) and (
        r.norm(k - 1) not in _NOT_ALONE or r.norm(k - 2) == "quelques"
    )


def is_deadline(r: Reader, k: int) -> bool:
    """ "le club le veut samedi 31, une place d'ici là": the date told before is the last one."""
    if r.norm(k) not in _DEADLINE_WORDS:
        return False
    return any(r.says(k, *words) for words in _DEADLINES) or (r.norm(k) == "avant" and stands_alone(r, k))


def with_deadline(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """The single day told before "d'ici là" or "avant cette date" is what to come before, not the wish."""
    at = next((k for k in range(len(r)) if is_deadline(r, k)), None)
    if at is None:
        return found
    single = [
        p
        for p in found
        if p.j <= at
        and p.day
        and p.day.form in ("day", "weekday")
        and p.role in ("wish", "named", "event")
        and not any(t.form == "before" for t in p.tods)
    ]
    last = single[-1] if single else None
    return [replace(p, role="event") if p is last else replace(p, role="past") if p in single else p for p in found]


def of_one_day(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "mercredi, sinon jeudi mais pas avant 10h": hours refused right after one of several days are of that day."""
    if sum(p.role == "wish" and p.day is not None for p in found) < 2:
        return found
    out: list[Phrase] = []
    days = 0
    for n, p in enumerate(found):
        before = out[-1] if out else None
        days += bool(before and before.role == "wish" and before.day)
        if before and before.role == "wish" and before.day and p.role in REFUSALS and p.day is None:
            gap = r.norms(before.j, p.i)
            if days == 1 and _apart_from_next(r, found, n):
                out.append(replace(p, atoms=(replace(p.atoms[0], value=before.day, j=p.i), *p.atoms)))
                continue
            earlier = out[-2] if len(out) > 1 else None
            joined = set(r.norms(earlier.j, before.i)) if earlier else set()
            if not before.tods and not joined & {"sinon", "?", "defaut"} and "(" not in gap:
                out.append(p)  # "le mardi ou le mercredi mais pas avant 10h": both
                continue
            single = before.day.form in ("day", "weekday", "habit")
            if single and len(gap) <= 6 and not {".", "?", "!", "\n"} & set(gap) and {"mais", "sauf", "("} & set(gap):
                p = replace(p, atoms=(replace(p.atoms[0], value=before.day, j=p.i), *p.atoms))
            earlier = out[-2] if len(out) > 1 else None
            if earlier and earlier.role == before.role and earlier.day and r.norms(earlier.j, before.i) == ["et"]:
                out.append(Phrase((replace(p.atoms[0], value=earlier.day),)))
        out.append(p)
    return out


def _apart_from_next(r: Reader, found: list[Phrase], n: int) -> bool:
    """ "un mercredi mais pas avant 15h30, ou alors samedi matin": another wish follows what is refused."""
    later = next((q for q in found[n + 1 :] if q.role == "wish" and q.day), None)
    return later is not None and bool({"ou", "sinon", "soit"} & set(r.norms(found[n].j, later.i)))


def except_hours(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "sauf le mercredi où je peux dès 14h": of the day left out, what is said of it comes back."""
    out: list[Phrase] = []
    for p in found:
        before = out[-1] if out else None
        where = before is not None and before.role in REFUSALS and before.day and not before.tods and p.day is None
        if where and before and p.tods and p.role == "wish" and _where(r, before.j, p.i):
            tod = p.tods[0]
            hours = replace(p.atoms[0], value=tod, j=p.atoms[0].i)
            out[-1] = replace(before, atoms=(*before.atoms, replace(hours, value=Tod(0, tod.lo, "before"))))
            p = replace(p, atoms=(before.atoms[0], replace(p.atoms[-1], value=tod)), role="wish")
        out.append(p)
    return out


def _where(r: Reader, j: int, i: int) -> bool:
    return r.norm(j) in ("où", "ou") and i - j <= 8 and not STOP & set(r.norms(j, i))


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


def in_focus(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "40 de fièvre à 6h. Un rdv ce matin ?": an hour in a sentence that asks nothing is of the story."""
    hours = [p for p in found if p.role == "wish" and p.day is None and _struck(p)]
    if not hours:
        return found
    ends = [k for k in range(len(r)) if r.norm(k) in STOP] + [len(r)]
    starts = [0, *(k + 1 for k in ends[:-1])]
    asked = [r.norm(end) == "?" for end in ends]
    speaks = [wants(r, start, end) for start, end in zip(starts, ends, strict=True)]
    times = {bisect_left(ends, p.i) for p in found if p.role == "wish" and (p.day or p.tods)}
    last = max((n for n in times if asked[n] or speaks[n]), default=-1)
    told = {p.i for p in hours if (n := bisect_left(ends, p.i)) < last and not asked[n] and not speaks[n]}
    return [replace(p, role="event") if p.i in told else p for p in found]


def _struck(phrase: Phrase) -> bool:
    return bool(phrase.tods) and all(t.form == "point" for t in phrase.tods)


def of_others(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "mercredi impossible, les autres jours pas avant 9h30": the days are those of the hours refused beside them."""
    out: list[Phrase] = []
    for p in found:
        before = out[-1] if out else None
        beside = before is not None and p.i - before.j <= 2
        if before and beside and p.role in REFUSALS and p.day is None and _is_others(r, before):
            out[-1] = replace(p, atoms=(*before.atoms, *p.atoms))
        elif before and beside and before.role in REFUSALS and before.day is None and _is_others(r, p):
            out[-1] = replace(before, atoms=(*before.atoms, *p.atoms))
        else:
            out.append(p)
    return out


def _is_others(r: Reader, phrase: Phrase) -> bool:
    return phrase.role == "wish" and not phrase.tods and r.says(phrase.i, "autres", "jours")


def on_same_day(found: list[Phrase]) -> list[Phrase]:
    """ "j'ai rdv mardi à 10h, une place le même jour ?": the day told before."""
    day: Day | None = None
    out = []
    if found and any(isinstance(a.value, Mark) and a.value.kind == "same_day" for a in found[0].atoms):
        day = next((p.day for p in found if p.role == "named" and p.day), None)  # "le même jour que mon mari"
    for p in found:
        same = any(isinstance(a.value, Mark) and a.value.kind == "same_day" for a in p.atoms)
        if same and day is not None:
            p = replace(p, atoms=(replace(p.atoms[0], value=day),))
        elif day is not None and any(isinstance(a.value, Mark) and a.value.kind == "same_week" for a in p.atoms):
            first = plus(day.lo, -day.lo.weekday())
            p = replace(p, atoms=(replace(p.atoms[0], value=Day(first, plus(first, 5), "span", grain="week")),))
        elif p.day and p.day.form in ("day", "weekday") and p.day.lo == p.day.hi:
            day = p.day if p.role != "wish" else None
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
    kept = [p for p in found if p.role != "wish" or "meme" not in r.norms(p.i - 2, p.i) or not _timed(p)]
    return kept, {"any"} if len(kept) < len(found) else set()


def _timed(phrase: Phrase) -> bool:
    return not isinstance(phrase.atoms[0].value, Mark)


_USUAL = frozenset(("disponibilites", "disponibilite", "preferences", "emploi", "planning", "repos"))


def usually(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "Disponibilités : lundi et vendredi": weekdays of every week, when no week is named."""
    labelled = any(r.norm(k) in _USUAL and ":" in r.norms(k, k + 8) for k in range(len(r)))
    if not labelled or any(p.role == "wish" and p.day and p.day.form in ("span", "day") for p in found):
        return found
    return [
        replace(p, atoms=tuple(replace(a, value=_each_week(r, a.value)) for a in p.atoms)) if p.role == "wish" else p
        for p in found
    ]


def _each_week(r: Reader, value: Day | Tod | Mark) -> Day | Tod | Mark:
    plain = isinstance(value, Day) and value.form == "weekday" and value.relative is None
    return habit(r.today, value.weekdays) if plain and isinstance(value, Day) else value


def pointed_back(found: list[Phrase]) -> list[Phrase]:
    """ "il est là du 3 au 14 ; une date dans cet intervalle": what was told before is the wish."""
    pointing = any(isinstance(a.value, Mark) and a.value.kind == "these_days" for p in found for a in p.atoms)
    timed = any(p.role == "wish" and p.day for p in found)
    if not pointing or timed:
        return found
    return [replace(p, role="wish") if p.role == "event" else p for p in found]


def freed_hours(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "je finis à 16h" is "after 16h", unless another hour is wished."""
    hours = any(p.role == "wish" and p.tods for p in found)
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
