"""What comes back: "tous les mardis", "un lundi sur deux", "toutes les deux semaines", "le 5 de chaque mois".

The value holds the four weeks to come for booking, and in `cal` the first occurrence, which is what is reported.
"""

from dataclasses import replace
from datetime import date, datetime

from releve.language.temporal.almanac.arithmetic import (
    add_months,
    habit_span,
    monday,
    month_end,
    next_day_number,
    nth_weekday,
    plus,
)
from releve.language.temporal.rules.dates import date_at
from releve.language.temporal.rules.feasts import plain_feast_at
from releve.language.temporal.rules.lengths import UNITS, shift
from releve.language.temporal.rules.years import season_at
from releve.language.temporal.values import Day
from releve.language.temporal.words.lexicon import PARTS, WEEKDAY_SHORT, WEEKDAYS
from releve.language.temporal.words.numbers import ordinal
from releve.language.temporal.words.reader import Reader

Found = tuple[Day, int] | None
_ALL = frozenset(("tous", "toutes", "ts", "ttes", "tt", "tout"))
_WEEKEND = frozenset(("weekend", "weekends", "we"))


def recurrence_at(r: Reader, i: int) -> Found:
    return (
        _every(r, i)
        or _one_in_two(r, i)
        or _day_of_each_month(r, i)
        or _rank_of_each_month(r, i, i)
        or _last_day_of_each_month(r, i)
    )


def _every(r: Reader, i: int) -> Found:
    if r.norm(i) == "chaque":
        j = i + 1
    elif r.norm(i) in _ALL and r.norm(i + 1) == "les":
        j = i + 2
    else:
        return None
    return _feast(r, j) or _weekdays(r, j) or _rank_of_each_month(r, i, j) or _parts(r, j) or _units(r, j)


def _feast(r: Reader, j: int) -> Found:
    """ "chaque 14 juillet", "chaque Noël", "chaque été", "tous les étés", "chaque mois de mai"."""
    for rule in (date_at, plain_feast_at):
        found = rule(r, j)
        if found and found[0].lo == found[0].hi:
            return replace(found[0], relative="every"), found[1]
    season = season_at(r, j) if r.norm(j - 1) == "chaque" else None
    return (replace(season[0], relative="every"), season[1]) if season else None


def _weekdays(r: Reader, j: int) -> Found:
    """ "tous les lundis", "tous les lundis et jeudis", "chaque samedi"."""
    weekday = WEEKDAYS.get(r.norm(j), WEEKDAY_SHORT.get(r.norm(j)))
    if weekday is not None:
        known, j = [weekday], j + 1
        while r.norm(j) in ("et", "ou", ","):
            k = r.skip(j + 1, frozenset(("les",)))
            more = WEEKDAYS.get(r.norm(k))
            if more is None:
                break
            known, j = [*known, more], k + 1
        return _habit(r, tuple(sorted(known))), j
    if r.norm(j) in _WEEKEND or (r.norm(j) == "week" and r.norm(j + 1) in ("end", "ends")):
        lo, hi = habit_span(r.today)
        return Day(lo, hi, "habit", weekdays=(5, 6), grain="week", relative="every"), j + 1 + (r.norm(j) == "week")
    return None


def _habit(r: Reader, weekdays: tuple[int, ...], relative: str = "every") -> Day:
    lo, hi = habit_span(r.today)
    return Day(lo, hi, "habit", weekdays=weekdays, relative=relative)


def _parts(r: Reader, j: int) -> Found:
    """The "tous les" of "tous les matins": the part of day is read by itself."""
    lo, hi = habit_span(r.today)
    return (Day(lo, hi, "every", relative="every"), j) if PARTS.match(r.tokens, j) else None


def _units(r: Reader, j: int) -> Found:
    count = r.number(j, 2, 365)
    n, j = count or (1, j)
    unit = UNITS.get(r.norm(j))
    if unit is None or r.norm(j + 1) in ("prochains", "prochaines", "derniers", "dernieres"):
        return None
    lo, hi = habit_span(r.today)
    k = r.skip(j + 1, frozenset((",", "le", "les")))
    if unit == "week" and k > j + 1 and r.norm(k) in WEEKDAYS:
        return _habit(r, (WEEKDAYS[r.norm(k)],)), k + 1  # "toutes les deux semaines, le jeudi"
    first = _first(r, unit, n)
    if first is None:
        return Day(lo, hi, "every", (r.today, r.today), grain=unit, relative="every", exact=_beat(r, n, unit)), j + 1
    return Day(lo, hi, "every", first if (unit, n) != ("day", 1) else None, grain=unit, relative="every"), j + 1


def _beat(r: Reader, n: int, unit: str) -> tuple[datetime, datetime]:
    """The first stroke of "toutes les 4 heures"."""
    start = shift(r.now, n, unit)
    return start, shift(start, 1, "minute")


def _first(r: Reader, unit: str, n: int) -> tuple[date, date] | None:
    """The day, week, month or year in which it first comes back."""
    today = r.today
    if unit == "day":
        return plus(today, n), plus(today, n)
    if unit == "week":
        first = plus(monday(today), 7 * n)
        return first, plus(first, 6)
    if unit == "month":
        start = add_months(today.replace(day=1), n)
        return start, month_end(start.year, start.month)
    if unit == "year":
        return date(today.year + n, 1, 1), date(today.year + n, 12, 31)
    return None


def _one_in_two(r: Reader, i: int) -> Found:
    """ "un lundi sur deux", "une semaine sur deux", "un jour sur trois"."""
    if r.norm(i) not in ("un", "une", "1"):
        return None
    weekday = WEEKDAYS.get(r.norm(i + 1))
    weekend = r.norm(i + 1) in _WEEKEND or r.says(i + 1, "week", "end")
    j = i + 2 + (weekend and r.norm(i + 1) == "week")
    unit = UNITS.get(r.norm(i + 1))
    part = PARTS.match(r.tokens, i + 1)
    if part:
        j = part[1]
    count = r.number(j + 1, 2, 10) if r.norm(j) == "sur" else None
    if count is None or (weekday is None and not weekend and not part and unit not in ("day", "week", "month", "year")):
        return None
    if weekday is not None or weekend:
        return _habit(r, (weekday,) if weekday is not None else (5, 6), f"one in {count[0]}"), count[1]
    lo, hi = habit_span(r.today)
    first = _first(r, unit or "day", 1)
    return Day(lo, hi, "every", first, grain=unit or "day", relative="other"), count[1]


def _day_of_each_month(r: Reader, i: int) -> Found:
    """ "le 5 de chaque mois", "tous les 15 du mois"."""
    found = r.number(i, 1, 31) or ((1, i + 1) if r.norm(i) in ("premier", "1") else None)
    if found is None:
        return None
    day, j = found
    j += r.norm(j) == "er"
    each = r.says(j, "de", "chaque", "mois") or r.says(j, "chaque", "mois") or r.says(j, "de", "tous", "les", "mois")
    every = r.says(i - 2, "tous", "les") and r.says(j, "du", "mois")
    if not each and not every:
        return None
    first = next_day_number(plus(r.today, 1), day)
    if first is None:
        return None
    return Day(first, first, "day", day=day, relative="every"), r.tokens_after(j, "mois")


def _rank_of_each_month(r: Reader, i: int, j: int) -> Found:
    """ "le premier lundi de chaque mois", "tous les derniers vendredis du mois"."""
    nth = {"dernier": -1, "derniers": -1}.get(r.norm(j))
    rank = (nth, j + 1) if nth else ordinal(r.tokens, j)
    weekday = WEEKDAYS.get(r.norm(rank[1])) if rank and rank[1] < len(r) else None
    if rank is None or weekday is None or rank[0] > 5:
        return None
    k = rank[1] + 1
    each = r.says(k, "de", "chaque", "mois") or (i != j and r.says(k, "du", "mois"))
    if not each:
        return None
    month = r.today.replace(day=1)
    for ahead in range(4):
        start = add_months(month, ahead)
        found = nth_weekday(start.year, start.month, weekday, rank[0])
        if found and found > r.today:
            return Day(found, found, weekdays=(weekday,), relative="every"), r.tokens_after(k, "mois")
    return None


def _last_day_of_each_month(r: Reader, i: int) -> Found:
    if not r.says(i, "dernier", "jour", "de", "chaque", "mois"):
        return None
    end = month_end(r.today.year, r.today.month)
    if end <= r.today:
        after = add_months(end.replace(day=1), 1)
        end = month_end(after.year, after.month)
    return Day(end, end, relative="every"), i + 5
