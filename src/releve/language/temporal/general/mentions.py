"""Every time expression of a text with its calendar meaning: what `releve when` prints."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from releve.language.temporal.almanac.arithmetic import next_day_number, plus, safe_date
from releve.language.temporal.general.backwards import backwards
from releve.language.temporal.general.hours import hours
from releve.language.temporal.general.links import Stretch, apply, bound_left, bound_right, range_ends, ranged
from releve.language.temporal.general.offsets import offsets, shifted
from releve.language.temporal.general.units import Unit, ends, grain, units
from releve.language.temporal.general.vetoes import kept
from releve.language.temporal.grammar import atoms_of
from releve.language.temporal.values import Day, TimeMention
from releve.language.temporal.verbs.tense import Tense, tense
from releve.language.temporal.words.reader import Reader

_ARTICLES = frozenset(("le", "la", "les", "l", "ce", "cette", "cet", "chaque", "ces"))
_POINTING = frozenset(("ce", "cette", "cet", "chaque", "ces"))
_LISTING = frozenset((",", "et", "ou", "puis", "le", "la", "l", "les", "au", "du", "a", "en", "de"))
_AHEAD = frozenset(("by", "from", "until"))
_SENTENCE = frozenset(".?!\n")


def mentions(text: str, now: datetime) -> tuple[TimeMention, ...]:
    """The time expressions of `text` in order, past ones too."""
    r, atoms = atoms_of(text, now)
    told = kept(r, units(r, hours(r, offsets(r, atoms))))
    return tuple(_mention(r, s) for s in _stretches(r, told))


def _stretches(r: Reader, told: list[Unit]) -> list[Stretch]:
    out: list[Stretch] = []
    anchor: date | None = None
    before: Tense | None = None
    n = 0
    while n < len(told):
        floor = out[-1].j if out else 0
        unit = shifted(r, told[n], floor)
        following = told[n + 1] if n + 1 < len(told) else None
        if out and any(r.norm(k) in _SENTENCE for k in range(floor, unit.i)):
            before = None
            anchor = None if r.norm(floor) == "\n" else anchor
        ceiling = following.i if following else len(r)
        unit = _in_listed_month(r, unit, following) if following else unit
        joined = ranged(r, unit, following) if following else None
        if following and not joined and _night_between(r, unit, following):
            unit, following, joined = replace(unit, j=following.j), None, None
            n += 1
        n += 2 if joined else 1
        unit = _continued(r, out[-1], unit) if out and not joined else unit
        listed = out and all(r.norm(k) in _LISTING for k in range(floor, unit.i))
        told_here = tense(r, unit.i, joined[2].j if joined else unit.j, floor, ceiling) if unit.day else None
        before = told_here or (before if listed else None)
        found = _range(r, joined, floor, before) if joined else _single(r, unit, floor, anchor, before)
        anchor = _anchor(found) or anchor
        out.append(found)
    return out


def _anchor(found: Stretch) -> date | None:
    """The one day a stretch speaks of: an hour said next in the sentence is of that day."""
    day = found.first.day
    if day is None or found.last or found.bound or day.form not in ("day", "weekday") or day.exact:
        return None
    return found.ends[0].date() if found.ends[0] and day.calendar[0] == day.calendar[1] else None


def _continued(r: Reader, last: Stretch, unit: Unit) -> Unit:
    """ "partira le 5 juillet et arrivera le 27": the number follows the date said before, as "le lendemain" does."""
    day, known = unit.day, last.first.day
    begun = last.ends[0]
    if day is None or known is None or begun is None:
        return unit
    if day.relative and day.relative.startswith("beside"):
        found = plus(begun.date(), int(day.relative.split()[1]))
        return replace(unit, day=Day(found, found, year=found.year, past=found < r.today))
    bare = day.day and not day.month and not day.weekdays and not day.relative and known.month and known.day
    if not bare or any(r.norm(k) in _SENTENCE for k in range(last.j, unit.i)):
        return unit
    following = next_day_number(begun.date(), day.day or 1)
    if following is None or (following - begun.date()).days > 40:
        return unit
    return replace(unit, day=replace(day, lo=following, hi=following, month=following.month, year=known.year))


def _range(r: Reader, joined: tuple[int, Unit, Unit], floor: int, when: Tense | None) -> Stretch:
    start, a, b = joined
    if a.day and b.day and when == "past":
        gone = backwards(b.day, r.today)
        if gone is not b.day:
            by = b.day.calendar[0] - gone.calendar[0]
            a = replace(a, day=_slid(a, by))
            b = replace(b, day=gone)
    if b.tod is not None and b.tod.form == "range" and not a.tods:
        # "du lundi au samedi de 9h à 19h": each day, so the first one's hours.
        first = replace(a, tods=b.tods, every="every")
        return Stretch(start, b.j, ends(first, r.now), first)
    bound = bound_left(r, start if r.norm(start) not in ("de", "du", "des") else start + 1, floor)
    i = bound[1] if bound and bound[0] in ("from", "since") else start
    return Stretch(i, b.j, range_ends(a, b, r.now), a, b)


def _slid(unit: Unit, by: timedelta) -> Day:
    assert unit.day is not None
    lo, hi = unit.day.calendar
    return replace(unit.day, lo=lo - by, hi=hi - by, cal=None)


def _single(r: Reader, unit: Unit, floor: int, anchor: date | None, when: Tense | None) -> Stretch:
    left = bound_left(r, unit.i, floor) if _boundable(unit) else None
    right = bound_right(r, unit.j) if left is None and _boundable(unit) else None
    bound, i, j = left[0] if left else None, left[1] if left else unit.i, unit.j
    if right:
        bound, j = right
    day = unit.day
    told_past = when == "past" and day is not None and _may_lie_behind(unit, day) and bound not in _AHEAD
    if day is not None and (bound == "since" or told_past):
        unit = replace(unit, day=backwards(day, r.today))
    unit = _night(r, unit, when)
    told = ends(unit, r.now, anchor=anchor)
    if day is not None and day.bound == "within":
        told = (r.now, day.exact[1] if day.exact else told[1])
    if bound:
        told = apply(bound, told, unit, r.now)
    if day is not None and day.past and (day.relative or "").startswith("since"):
        told = (told[0], r.now if (day.relative or "").startswith("since last") else None)
    if told[0] and told[1] and told[0] >= told[1]:
        told = (None, told[1])  # "avant 14h aujourd'hui", said at 17h: only the end is told
    return Stretch(i, j, told, unit, None, bound)


def _night_between(r: Reader, a: Unit, b: Unit) -> bool:
    """ "la nuit de samedi à dimanche", "la nuit du 3 au 4 mars": the night of the first."""
    night = a.tod is not None and a.tod.name == "nuit" and a.day is not None and b.day is not None and not b.tods
    return night and b.i - a.j <= 2 and r.norm(a.j) in ("a", "au", "et")


def _in_listed_month(r: Reader, unit: Unit, following: Unit) -> Unit:
    """ "lundi 9 et mardi 10 mars": the first day is of the month that ends the list."""
    day, last = unit.day, following.day
    gap = r.norms(unit.j, following.i)
    if not (day and last and day.day and not day.month and last.month and last.day) or not gap:
        return unit
    found = safe_date(last.lo.year, last.lo.month, day.day)
    if found is None or found > last.lo or not all(w in ("et", "ou", ",", "le", "puis") for w in gap):
        return unit
    return replace(unit, day=replace(day, lo=found, hi=found, cal=None, month=found.month, year=last.year))


def _may_lie_behind(unit: Unit, day: Day) -> bool:
    """A day without its year, that no word has placed yet."""
    return not day.year and not day.past and not unit.every


def _night(r: Reader, unit: Unit, when: Tense | None) -> Unit:
    """ "cette nuit" is the night to come, the one that is running, or with a verb in the past the one that is over."""
    day, tod = unit.day, unit.tod
    if day is None or tod is None or tod.name != "nuit" or day.lo != day.hi or day.relative != "+0d":
        return unit
    if r.now.hour < 7 or (when == "past" and r.now.hour < 21):
        return replace(unit, day=replace(day, lo=plus(day.lo, -1), hi=plus(day.hi, -1)))
    return unit


def _boundable(unit: Unit) -> bool:
    day = unit.day
    if unit.every or (unit.tod is not None and unit.tod.form in ("before", "after", "around", "range") and day is None):
        return False
    return day is None or (
        day.form != "every" and day.bound is None and not (day.relative or "").startswith(("since", "ago"))
    )


def _mention(r: Reader, found: Stretch) -> TimeMention:
    unit, (from_, to) = found.first, found.ends
    day, tod = unit.day, unit.tod
    first = _with_article(r, found)
    return TimeMention(
        start=r.tokens[first].start, end=r.tokens[found.j - 1].end, from_=from_, to=to,
        grain=_grain(found), kind=_kind(found), open="from" if from_ is None else "to" if to is None else None,
        weekday=day.weekdays[0] if day and day.weekdays else None, day=day.day if day else None,
        month=day.month if day else None, year=day.year if day else None, hour=tod.hour if tod else None,
        minute=tod.minute if tod else None, part=tod.name if tod else None, relative=day.relative if day else None,
        alternatives=_alternatives(found),
    )  # fmt: skip


def _grain(found: Stretch) -> str:
    told = grain(found.last or found.first)
    return {"half": "quarter", "decade": "year", "century": "year"}.get(told, told)


def _alternatives(found: Stretch) -> tuple[tuple[datetime, datetime], ...]:
    """ "mercredi prochain": the next day of that name, or the one a week later, as people differ."""
    day, (from_, to) = found.first.day, found.ends
    if day is None or day.relative != "next" or day.form != "weekday" or found.last or not from_ or not to:
        return ()
    week = timedelta(days=7)
    return ((from_ + week, to + week),)


def _with_article(r: Reader, found: Stretch) -> int:
    """The index of "la" in "la semaine dernière", of "tous" in "tous les lundis"."""
    i = found.i
    day = found.first.day
    if found.bound or found.last or r.norm(i - 1) not in _ARTICLES:
        return i
    if day and (day.form in ("every", "habit") or day.relative == "every" or r.norm(i - 1) in _POINTING):
        i -= 1
        i -= r.norm(i - 1) in ("tous", "toutes") and r.norm(i) == "les"
    return i


def _kind(found: Stretch) -> str:
    day, tod = found.first.day, found.first.tod
    if found.first.every or (day and (day.form in ("habit", "every") or day.relative == "every")):
        return "recurring"
    if found.last or found.bound or (tod and tod.form in ("range", "after", "before")):
        return "interval"
    if day and (day.bound or (day.relative or "").startswith("since")):
        return "interval"
    return "point"
