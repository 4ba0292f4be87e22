"""What a refusal reaches: the day before it, the other days, the dates told before."""

from dataclasses import replace

from releve.language.temporal.booking.cues import REFUSALS, STOP
from releve.language.temporal.booking.phrases import Phrase
from releve.language.temporal.rules.days import habit
from releve.language.temporal.values import DAY_END, DAY_START, Mark, Tod
from releve.language.temporal.words.reader import Reader


def of_one_day(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "mercredi, sinon jeudi mais pas avant 10h": hours refused right after one of several days are of that day."""
    if sum(p.role == "wish" and p.day is not None for p in found) < 2:
        return found
    out: list[Phrase] = []
    first = {p.day: n for n, p in reversed(list(enumerate(found))) if p.day and p.role == "wish"}
    days = 0
    for n, p in enumerate(found):
        before = out[-1] if out else None
        days += bool(before and before.role == "wish" and before.day)
        if before and before.role == "wish" and before.day and p.role in REFUSALS and p.day is None:
            gap = r.norms(before.j, p.i)
            again = first.get(before.day, n) < n - 1
            if again or (days == 1 and _apart_from_next(r, found, n)):
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


def with_exemption(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "pas avant 18h en semaine, samedi toute la journée": the refusal says when the other days will do."""
    days = [p.day for p in found if p.role == "wish" and p.day and p.day.form in ("weekday", "habit")]
    wished = {weekday for day in days for weekday in day.weekdays}
    return [_exempted(r, p, wished) or p for p in found] if wished else found


def _exempted(r: Reader, phrase: Phrase, wished: set[int]) -> Phrase | None:
    day, tod = phrase.day, phrase.tods[0] if phrase.tods else None
    bounded = tod is not None and tod.form in ("before", "after")
    if phrase.role not in REFUSALS or day is None or day.form != "habit" or len(day.weekdays) < 4 or not bounded:
        return None
    assert tod is not None
    other = Tod(tod.hi, DAY_END, "after") if tod.form == "before" else Tod(DAY_START, tod.lo, "before")
    days = habit(r.today, tuple(d for d in day.weekdays if d not in wished))
    place = phrase.atoms[0]
    return replace(phrase, atoms=(replace(place, value=days), replace(place, value=other)), role="wish")


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


def of_another_day(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "je garde les petits le mercredi. Un rdv un autre jour ?": the days told before are those one cannot come."""
    other = next((k for k in range(len(r)) if r.norm(k) == "autre" and r.says(k - 1, "un", "autre", "jour")), None)
    if other is None or any(p.i > other and p.role == "wish" and p.day for p in found):
        return found
    taken = ("wish", "event", "told")
    return [replace(p, role="except") if p.j <= other and p.role in taken and _is_week_day(p) else p for p in found]


def _is_week_day(phrase: Phrase) -> bool:
    return phrase.day is not None and phrase.day.form in ("habit", "weekday") and not phrase.day.bound


def pointed_back(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "il est là du 3 au 14 ; une date dans cet intervalle": what was told before is the wish, or what is refused."""
    barred = next((p for p in found if _points_back(p) and _BARRING & set(r.norms(p.i - 3, p.i))), None)
    if barred:
        told = ("event", "told", "wish", "past")
        return [
            replace(p, role="except") if p.i < barred.i and p.role in told and _is_dated(p) else p
            for p in found
            if p is not barred
        ]
    pointing = any(_points_back(p) for p in found)
    timed = any(p.role == "wish" and p.day for p in found)
    if not pointing or timed:
        return found
    return [replace(p, role="wish") if p.role == "event" else p for p in found]


_BARRING = frozenset(("dehors", "sauf", "sans", "hors", "pas", "eviter", "evitez", "hormis", "excepte"))


def _points_back(phrase: Phrase) -> bool:
    return any(isinstance(a.value, Mark) and a.value.kind == "these_days" for a in phrase.atoms)


def _is_dated(phrase: Phrase) -> bool:
    day = phrase.day
    return day is not None and not day.past and (bool(day.day) or (day.form == "span" and day.grain == "day"))
