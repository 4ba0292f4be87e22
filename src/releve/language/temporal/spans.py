"""Spans: weeks and their parts, week-ends, months and their parts, feasts, school holidays, years."""

from dataclasses import replace
from datetime import date

from releve.language.temporal.calendar import (
    add_months,
    habit_span,
    monday,
    month_part,
    next_month_part,
    nth_weekday,
    plus,
    week_part,
)
from releve.language.temporal.dates import bare_day_at, date_at
from releve.language.temporal.holidays import FEASTS, SCHOOL, next_feast, next_school_holiday
from releve.language.temporal.lexicon import MONTHS, WEEKDAYS
from releve.language.temporal.reader import Reader
from releve.language.temporal.values import Day

Found = tuple[Day, int] | None
_PART = {"debut": "debut", "mi": "mi", "milieu": "mi", "fin": "fin", "courant": "courant", "deb": "debut"}
_LINK = frozenset(("de", "du", "d", "la", "le", "l"))
_NEXT = frozenset(("prochaine", "prochain", "pro", "proch", "proc", "suivante", "suivant", "pr", "prochaines"))
_THIS = frozenset(("cette", "cet", "ce", "cete", "ste"))
_WEEK = frozenset(("semaine", "sem", "semaines", "smaine"))
_MONTH_PREFIX = frozenset((
    "en", "de", "d", "mois", "pour", "avant", "ici", "apres", "des", "jusqu", "depuis", "a", "ou", "et",
    "du", "partir", ",", "plutot", "courant", "au", "vers",
))  # fmt: skip
_SEASONS = {"printemps": (3, 20), "ete": (6, 21), "automne": (9, 22), "hiver": (12, 21)}
_ORDINALS = {
    "premier": 1, "premiere": 1, "deuxieme": 2, "second": 2, "seconde": 2, "troisieme": 3, "quatrieme": 4,
    "dernier": -1, "derniere": -1,
}  # fmt: skip


def span_at(r: Reader, i: int) -> Found:
    return (
        _ordinal(r, i)
        or week_at(r, i)
        or weekend_at(r, i)
        or month_at(r, i)
        or feast_at(r, i)
        or season_at(r, i)
        or year_at(r, i)
    )


def _part(r: Reader, i: int) -> tuple[str | None, int]:
    part = _PART.get(r.norm(i))
    if part is None:
        return None, i
    return part, r.skip(i + 1, _LINK)


def week_at(r: Reader, i: int) -> Found:
    """ "cette semaine", "la semaine prochaine", "fin de semaine", "la semaine du 16 mars"."""
    if (r.says(i, "dans", "la", "semaine") or r.says(i, "ds", "la", "semaine")) and r.norm(i + 3) != "du":
        coming = 7 if r.today.weekday() >= 5 else 0
        return _week(r, monday(r.today), coming, None, i + 3)
    part, j = _part(r, i)
    this = r.norm(j) in _THIS
    j += this
    if r.norm(j) not in _WEEK:
        return None
    if (r.norm(i - 1) == "en" and part is None) or r.norm(i - 1).isdecimal():
        return None
    return _qualified_week(r, part, this or r.norm(i - 1) in _THIS, j + 1)


def _qualified_week(r: Reader, part: str | None, this: bool, j: int) -> Found:
    start = monday(r.today)
    if r.norm(j) in _NEXT:
        return _week(r, start, 7, part, j + 1, "next")
    if r.norm(j) in ("derniere", "passee", "precedente"):
        return _past(start, plus(start, -7), plus(start, -1), "week", j + 1)
    if r.says(j, "d", "apres"):
        return _week(r, start, 14, part, j + 2, "after_next")
    if r.says(j, "de", "cette", "semaine"):
        return _this_week(r, part, j + 3 + (r.norm(j + 3) == "ci"))
    if this:
        return _this_week(r, part, j + (r.norm(j) == "ci"))
    if part == "courant":
        return _week(r, start, 7 if r.today.weekday() >= 5 else 0, None, j)
    dated = _week_of(r, j) or _week_number(r, j)
    if dated and r.norm(dated[1]) in ("au", "a") and (last := date_at(r, dated[1] + 1) or bare_day_at(r, dated[1] + 1)):
        first = dated[0] if dated[0] <= last[0].lo else plus(last[0].lo, -4)
        return Day(first, last[0].lo, "span", grain="week", relative="dated"), last[1]
    if dated:
        return _week(r, monday(dated[0]), 0, part, dated[1], "dated")
    if part:
        return _week(r, start, 7, part, j, "coming")
    if r.norm(j - 2) in ("la", "une") and r.norm(j - 3) in (
        "",
        "plutot",
        "preference",
        "dispo",
        ",",
        "libre",
    ):
        lo, hi = habit_span(r.today)
        return Day(lo, hi, "habit", weekdays=(0, 1, 2, 3, 4, 5), relative="habit"), j
    return None


def _week_of(r: Reader, j: int) -> tuple[date, int] | None:
    if r.norm(j) != "du":
        return None
    k = j + 2 if r.norm(j + 1) in WEEKDAYS else j + 1
    found = date_at(r, k)
    found = found or (bare_day_at(r, k) if k == j + 1 else None)
    return (found[0].lo, found[1]) if found else None


def _week_number(r: Reader, j: int) -> tuple[date, int] | None:
    """ "semaine 14": the ISO week of this year, or of the next once it is over."""
    found = r.number(j, 1, 52)
    if found is None or r.norm(found[1]) in ("h", "ans", "mois", "jours", "semaines", "/"):
        return None
    start = date.fromisocalendar(r.today.year, found[0], 1)
    return (start if plus(start, 6) >= r.today else date.fromisocalendar(r.today.year + 1, found[0], 1)), found[1]


def _week(r: Reader, start: date, shift: int, part: str | None, j: int, relative: str = "this") -> Found:
    first = plus(start, shift)
    lo, hi = week_part(first, part)
    cal = week_part(first, part) if part else (first, plus(first, 6))
    return Day(max(lo, r.today), hi, "span", cal, grain="week", relative=relative), j


def _this_week(r: Reader, part: str | None, j: int) -> Found:
    start = monday(r.today)
    _lo, hi = week_part(start, part)
    return _week(r, start, 7 if hi < r.today else 0, part, j)


def _past(today: date, lo: date, hi: date, grain: str, j: int) -> Found:
    return Day(lo, hi, "span", grain=grain, relative="last", past=True), j


def weekend_at(r: Reader, i: int) -> Found:
    if r.norm(i) in ("weekend", "weekends") or (
        r.norm(i) == "we" and r.norm(i - 1) in ("le", "ce", "du", "les", "un", "week", "au")
    ):
        j = i + 1
    elif r.says(i, "week", "end") or r.says(i, "week", "ends"):
        j = i + 2
    else:
        return None
    saturday = plus(monday(r.today), 5)
    if r.norm(j) in ("dernier", "passe", "precedent"):
        return _past(r.today, plus(saturday, -7), plus(saturday, -6), "week", j + 1)
    if r.norm(i - 1) in ("les", "un", "tous"):
        lo, hi = habit_span(r.today)
        return Day(lo, hi, "habit", weekdays=(5, 6)), j
    follows = r.norm(j) in _NEXT
    if follows and r.today.weekday() >= 5:
        saturday = plus(saturday, 7)
    return Day(
        max(saturday, r.today), plus(saturday, 1), "span", (saturday, plus(saturday, 1)), relative="weekend"
    ), j + follows


def month_at(r: Reader, i: int) -> Found:
    """ "en mars", "fin mars", "le mois prochain", "fin du mois", "ce mois-ci"."""
    part, j = _part(r, i)
    if r.says(j, "mois", "de") and r.norm(j + 2) in MONTHS:
        j += 2
    if r.says(j, "mois", "d") and r.norm(j + 2) in MONTHS:
        j += 2
    if r.norm(j) in MONTHS:
        return _named_month(r, i, j, part)
    this = r.norm(j) in _THIS
    if r.norm(j + this) == "mois":
        return _relative_month(r, i, j + this, part, this)
    return None


def _named_month(r: Reader, i: int, j: int, part: str | None) -> Found:
    month, k = MONTHS[r.norm(j)], j + 1
    if part is None and r.norm(i - 1) not in _MONTH_PREFIX and not _clearly_month(r, i):
        return None
    year = r.number(k, 1990, 2100)
    if year:
        lo, hi = month_part(year[0], month, part)
        return Day(lo, hi, "span", grain="month", month=month, year=year[0], past=hi < r.today), year[1]
    if r.norm(k) in ("dernier", "passe"):
        before = r.today.year if month < r.today.month else r.today.year - 1
        return _past(r.today, *month_part(before, month, part), "month", k + 1)
    lo, hi = next_month_part(r.today, month, part)
    k += r.norm(k) in ("prochain", "pro")
    return Day(max(lo, r.today), hi, "span", (lo, hi), grain="month", month=month), k


def _clearly_month(r: Reader, i: int) -> bool:
    """ "mars" and "mai" are other words too; "mars ou avril" is clear."""
    return r.norm(i) not in ("mars", "mai") or (r.norm(i + 1) in ("ou", "et", "/") and r.norm(i + 2) in MONTHS)


def _relative_month(r: Reader, i: int, j: int, part: str | None, this: bool) -> Found:
    first = r.today.replace(day=1)
    k = j + 1
    if r.norm(k) in _NEXT:
        after = add_months(first, 1)
        lo, hi = month_part(after.year, after.month, part)
        return Day(lo, hi, "span", grain="month", relative="next"), k + 1
    if r.norm(k) in ("dernier", "passe"):
        before = add_months(first, -1)
        return _past(r.today, *month_part(before.year, before.month, part), "month", k + 1)
    if not (this or part or r.norm(i - 1) in _THIS or r.says(i - 2, "dans", "le")):
        return None
    lo, hi = month_part(first.year, first.month, part)
    if hi < r.today:
        after = add_months(first, 1)
        lo, hi = month_part(after.year, after.month, part)
    return Day(max(lo, r.today), hi, "span", (lo, hi), grain="month", relative="this"), k + (r.norm(k) == "ci")


def _ordinal(r: Reader, i: int) -> Found:
    """ "le premier samedi du mois prochain", "la première semaine d'avril", "deuxième quinzaine de mars"."""
    nth = _ORDINALS.get(r.norm(i))
    if nth is None and r.norm(i) in ("1", "2", "3", "4") and r.norm(i + 1) in ("er", "ere", "eme", "e", "nd"):
        nth, i = int(r.norm(i)), i + 1
    unit = r.norm(i + 1)
    if nth is None or (unit not in WEEKDAYS and unit not in ("semaine", "quinzaine")):
        return None
    k = r.skip(i + 2, frozenset(("de", "du", "d")))
    month = month_at(r, k) or (_relative_month(r, k, k, None, this=True) if r.norm(k) == "mois" else None)
    if month is None:
        return None
    lo, hi = month[0].calendar
    if unit == "semaine":
        first = plus(hi, -6) if nth == -1 else plus(lo, 7 * (nth - 1))
        return replace(month[0], lo=first, hi=plus(first, 6), cal=None, grain="week"), month[1]
    if unit == "quinzaine":
        lo, hi = (lo, plus(lo, 14)) if nth == 1 else (plus(lo, 15), hi)
        return replace(month[0], lo=lo, hi=hi, cal=None), month[1]
    found = nth_weekday(lo.year, lo.month, WEEKDAYS[unit], nth)
    if found and found < r.today:
        after = add_months(lo.replace(day=1), 1)
        found = nth_weekday(after.year, after.month, WEEKDAYS[unit], nth)
    return (Day(found, found, weekdays=(WEEKDAYS[unit],)), month[1]) if found else None


def feast_at(r: Reader, i: int) -> Found:
    school = SCHOOL.match(r.tokens, i)
    if school:
        found = next_school_holiday(r.today, school[0])
        j = school[1] + (r.norm(school[1]) in ("prochaines", "scolaires"))
        said = r.norm(i - 1) in (
            "les",
            "des",
            "aux",
            "pendant",
            "avant",
            "apres",
            "durant",
            "prochaines",
            "l",
            "la",
            "ces",
            "ici",
        )
        if found and said:
            return Day(max(found[0], r.today), found[1], "span", found), j
        return None
    feast = FEASTS.match(r.tokens, i)
    if feast and r.norm(i - 1) not in ("madame", "m", "mme", "monsieur"):
        day = next_feast(r.today, feast[0])
        return Day(day, day, relative=r.norm(i)), feast[1]
    return None


def season_at(r: Reader, i: int) -> Found:
    """ "cet été", "au printemps", "cet automne": the astronomical season to come or running."""
    season = _SEASONS.get(r.norm(i))
    if season is None or r.norm(i - 1) not in ("cet", "ce", "cette", "au", "l", "le"):
        return None
    lo = next(
        d for y in (r.today.year - 1, r.today.year, r.today.year + 1) if plus(d := date(y, *season), 92) >= r.today
    )
    return Day(max(lo, r.today), plus(lo, 92), "span", (lo, plus(lo, 92)), grain="quarter"), i + 1 + (
        r.norm(i + 1) in _NEXT
    )


def year_at(r: Reader, i: int) -> Found:
    """ "en 2015", "depuis 2016", "de deux mille quinze", "l'année prochaine"."""
    if r.norm(i) in ("annee", "an") and (
        r.norm(i + 1) in ("prochaine", "prochain", "derniere", "dernier") or r.norm(i - 1) == "cette"
    ):
        shift = {"p": 1, "d": -1}.get(r.norm(i + 1)[:1], 0) if r.norm(i - 1) != "cette" else 0
        return _whole_year(r, r.today.year + shift, i + 1 + (shift != 0))
    if r.norm(i - 1) not in ("en", "depuis", "de", "fin", "debut", "annee", "l", "jusqu", "des"):
        return None
    year = r.number(i, 1900, 2100)
    return _whole_year(r, year[0], year[1]) if year and (len(r.norm(i)) == 4 or not r.tokens[i].digits) else None


def _whole_year(r: Reader, year: int, j: int) -> Found:
    lo, hi = date(year, 1, 1), date(year, 12, 31)
    return Day(max(lo, min(r.today, hi)), hi, "span", (lo, hi), grain="year", year=year, past=hi < r.today), j
