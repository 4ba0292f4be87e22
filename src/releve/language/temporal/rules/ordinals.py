"""A unit by its rank in a longer one: "le premier samedi du mois prochain", "le dernier jour de février"."""

from dataclasses import replace
from datetime import date

from releve.language.temporal.almanac.arithmetic import add_months, monday, nth_weekday, plus
from releve.language.temporal.rules.months import month_at, relative_month
from releve.language.temporal.rules.weeks import WEEK, week_at
from releve.language.temporal.rules.years import quarter_at, year_at
from releve.language.temporal.values import Day
from releve.language.temporal.words.lexicon import WEEKDAYS
from releve.language.temporal.words.numbers import ordinal
from releve.language.temporal.words.reader import Reader

Found = tuple[Day, int] | None
_LAST = {"dernier": -1, "derniere": -1, "derniers": -1, "avant": -2}
_OF = frozenset(("de", "du", "d", "l", "la"))


def ordinal_at(r: Reader, i: int) -> Found:
    rank = _rank(r, i)
    if rank is None:
        return None
    nth, j = rank
    unit = _unit(r, j)
    if unit is None:
        return None
    name, j = unit
    k = r.skip(j, _OF)
    if k == j and not (r.says(j, "en", "cours") or r.norm(j) == "en"):
        return None
    k += r.norm(k) == "en"
    whole = _whole(r, k)
    if whole is None:
        return None
    return _placed(r, nth, name, whole[0], whole[1])


def _rank(r: Reader, i: int) -> tuple[int, int] | None:
    word = r.norm(i)
    if word == "avant" and r.norm(i + 1) in ("dernier", "derniere"):
        return -2, i + 2
    if word in ("dernier", "derniere"):
        return -1, i + 1
    found = ordinal(r.tokens, i)
    return found if found and found[0] <= 53 else None


def _unit(r: Reader, j: int) -> tuple[str, int] | None:
    word = r.norm(j)
    if word in WEEKDAYS:
        return word, j + 1
    if word in WEEK:
        return "semaine", j + 1
    if r.says(j, "week", "end") or word in ("weekend", "we"):
        return "weekend", j + (2 if word == "week" else 1)
    return (
        (word, j + 1) if word in ("quinzaine", "jour", "moitie", "jours", "dizaine", "trimestre", "semestre") else None
    )


def _whole(r: Reader, k: int) -> Found:
    if r.norm(k) in WEEK:
        return week_at(r, k) or _this_week_whole(r, k)
    bare = relative_month(r, k, k, None, this=True) if r.norm(k) == "mois" else None
    found = month_at(r, k) or bare or quarter_at(r, k) or year_at(r, k)
    if found is None and r.norm(k) in ("annee", "an"):
        return Day(date(r.today.year, 1, 1), date(r.today.year, 12, 31), "span", grain="year"), k + 1
    return found


def _this_week_whole(r: Reader, k: int) -> Found:
    start = monday(r.today)
    return Day(start, plus(start, 6), "span", grain="week"), k + 1


def _placed(r: Reader, nth: int, unit: str, whole: Day, j: int) -> Found:
    lo, hi = whole.calendar
    past = whole.past
    if unit in ("jour", "jours"):
        day = plus(hi, nth + 1) if nth < 0 else plus(lo, nth - 1)
        return Day(day, day, past=past), j
    if unit == "semaine":
        first, last = _week_of_month(nth, lo, hi)
        return replace(whole, lo=first, hi=last, cal=None, grain="week"), j
    if unit == "dizaine":
        first = plus(lo, 10 * (nth - 1)) if nth > 0 else plus(lo, 20)
        last = hi if nth in (3, -1) else plus(first, 9)
        return replace(whole, lo=first, hi=last, cal=None), j
    if unit in ("quinzaine", "moitie"):
        middle = date(lo.year, 6, 30) if unit == "moitie" and whole.grain == "year" else plus(lo, 14)
        lo, hi = (lo, middle) if nth == 1 else (plus(middle, 1), hi)
        return replace(whole, lo=lo, hi=hi, cal=None), j
    weekday = 5 if unit == "weekend" else WEEKDAYS.get(unit)
    if weekday is None:
        return None
    return _weekday(r, nth, weekday, whole, j, weekend=unit == "weekend")


def _week_of_month(nth: int, lo: date, hi: date) -> tuple[date, date]:
    """The nth week, Monday to Sunday, that has most of its days in the span; cut at the span's ends."""
    if nth > 0:
        thursday = plus(lo, (3 - lo.weekday()) % 7 + 7 * (nth - 1))
    else:
        thursday = plus(hi, -((hi.weekday() - 3) % 7) + 7 * (nth + 1))
    return max(plus(thursday, -3), lo), min(plus(thursday, 3), hi)


def _weekday(r: Reader, nth: int, weekday: int, whole: Day, j: int, *, weekend: bool) -> Found:
    lo, hi = whole.calendar
    if whole.grain == "month":
        found = nth_weekday(lo.year, lo.month, weekday, nth)
        told = whole.year is not None or whole.relative == "next"
        if found and found < r.today and not told and not whole.past:
            after = add_months(lo.replace(day=1), 1)
            found = nth_weekday(after.year, after.month, weekday, nth) if whole.month is None else found
    else:
        first = plus(lo, (weekday - lo.weekday()) % 7 + 7 * (nth - 1))
        found = first if nth > 0 else plus(hi, -((hi.weekday() - weekday) % 7) + 7 * (nth + 1))
    if found is None:
        return None
    if weekend:
        return Day(found, plus(found, 1), "span", grain="week", past=whole.past), j
    return Day(found, found, weekdays=(weekday,), past=whole.past), j
