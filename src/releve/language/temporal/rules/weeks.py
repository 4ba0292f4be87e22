"""Weeks, week-ends and their parts: "cette semaine", "fin de semaine prochaine", "le week-end du 15 mars"."""

from datetime import date

from releve.language.temporal.almanac.arithmetic import habit_span, monday, plus, week_part
from releve.language.temporal.rules.dates import bare_day_at, date_at
from releve.language.temporal.rules.feasts import plain_feast_at
from releve.language.temporal.rules.qualifiers import LAST, NEXT, THIS, running, span_part
from releve.language.temporal.values import Day
from releve.language.temporal.words.lexicon import WEEKDAYS
from releve.language.temporal.words.reader import Reader

Found = tuple[Day, int] | None
WEEK = frozenset(("semaine", "sem", "semaines", "smaine", "semain", "semaien"))
_WEEKEND_ARTICLE = frozenset(("le", "ce", "du", "les", "un", "week", "au", "chaque", "dernier", "prochain", "ts"))
_OF = frozenset(("de", "du", "d", "la", "l", "des"))


def week_at(r: Reader, i: int) -> Found:
    """ "cette semaine", "la semaine prochaine", "fin de semaine", "la semaine du 16 mars"."""
    if (r.says(i, "dans", "la", "semaine") or r.says(i, "ds", "la", "semaine")) and not _qualifies(r, i + 3):
        coming = 7 if r.today.weekday() >= 5 else 0
        return _week(r, monday(r.today), coming, None, i + 3)
    if r.says(i, "courant", "de", "la", "semaine") and not _qualifies(r, i + 4):
        return _this_week(r, None, i + 4)
    part, j = span_part(r, i)
    this = r.norm(j) in THIS
    j += this
    if r.norm(j) in ("prochaine", "derniere") and r.norm(j + 1) in WEEK and r.norm(j + 2) not in _OF:
        return _beside(r, part, 7 if r.norm(j) == "prochaine" else -7, j + 2)
    if r.norm(j) not in WEEK:
        return None
    if (r.norm(i - 1) == "en" and part is None) or r.norm(i - 1).isdecimal():
        return None
    return _qualified_week(r, part, this or r.norm(i - 1) in THIS, j + 1)


def _qualifies(r: Reader, j: int) -> bool:
    return r.norm(j) in NEXT | LAST | {"du"} or (
        r.norm(j) in ("d", "de") and r.norm(j + 1) in ("apres", "avant", "noel")
    )


def _beside(r: Reader, part: str | None, shift: int, j: int) -> Found:
    start = plus(monday(r.today), shift)
    if shift < 0:
        lo, hi = week_part(start, part) if part else (start, plus(start, 6))
        return Day(lo, hi, "span", grain="week", relative="last", past=True), j
    return _week(r, start, 0, part, j, "next")


def _qualified_week(r: Reader, part: str | None, this: bool, j: int) -> Found:
    start = monday(r.today)
    if r.norm(j) in NEXT and not (this and r.norm(j) == "pr"):  # "cette semaine pr le dr X"
        return _beside(r, part, 7, j + 1)
    if r.says(j, "qui", "vient") or r.says(j, "a", "venir") or r.says(j, "qui", "arrive"):
        return _beside(r, part, 7, j + 2)
    if r.norm(j) in LAST:
        return _beside(r, part, -7, j + 1)
    if r.says(j, "d", "avant"):
        return _beside(r, part, -7, j + 2)
    if r.says(j, "d", "apres"):
        return _week(r, start, 14, part, j + 2, "after_next")
    if r.says(j, "de", "cette", "semaine"):
        return _this_week(r, part, j + 3 + (r.norm(j + 3) == "ci"))
    if this or running(r, j):
        return _this_week(r, part, running(r, j) or j + (r.norm(j) == "ci"))
    if part == "courant":
        return _week(r, start, 7 if r.today.weekday() >= 5 else 0, None, j)
    return _dated_week(r, start, part, j)


def _dated_week(r: Reader, start: date, part: str | None, j: int) -> Found:
    dated = _week_of(r, j) or _week_number(r, j)
    if dated and r.norm(dated[1]) in ("au", "a") and (last := date_at(r, dated[1] + 1) or bare_day_at(r, dated[1] + 1)):
        first = dated[0] if dated[0] <= last[0].lo else plus(last[0].lo, -4)
        return Day(first, last[0].lo, "span", grain="week", relative="dated"), last[1]
    if dated:
        return _week(r, monday(dated[0]), 0, part, dated[1], "dated")
    if part and (r.says(j, "(", "celle", "ci") or r.says(j, ",", "celle", "ci")):
        return _this_week(r, part, j + 3)
    if part:
        return _week(r, start, 7, part, j, "coming")
    if r.norm(j - 2) in ("la", "une") and r.norm(j - 3) in ("", "plutot", "preference", "dispo", ",", "libre"):
        lo, hi = habit_span(r.today)
        return Day(lo, hi, "habit", weekdays=(0, 1, 2, 3, 4, 5), relative="habit"), j
    return None


def _week_of(r: Reader, j: int) -> tuple[date, int] | None:
    if r.norm(j) in ("de", "d") and (feast := plain_feast_at(r, r.skip(j, _OF))):
        return feast[0].lo, feast[1]
    if r.norm(j) != "du":
        return None
    k = j + 2 if r.norm(j + 1) in WEEKDAYS else j + 1
    found = date_at(r, k)
    found = found or (bare_day_at(r, k) if k == j + 1 else None)
    return (found[0].lo, found[1]) if found else None


def _week_number(r: Reader, j: int) -> tuple[date, int] | None:
    """ "semaine 14": the ISO week of this year, or of the next once it is over; "semaine 14 de 2025" says it."""
    found = r.number(j, 1, 52)
    if found is None or r.norm(found[1]) in ("h", "ans", "mois", "jours", "semaines", "/"):
        return None
    k = found[1] + (r.norm(found[1]) == "de")
    year = r.number(k, 1990, 2100)
    if year:
        return date.fromisocalendar(year[0], found[0], 1), year[1]
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
    return _week(r, start, 7 if hi < r.today and part else 0, part, j)


def weekend_at(r: Reader, i: int) -> Found:
    if r.norm(i) in ("weekend", "weekends", "wk", "wkd", "wkend") or (
        r.norm(i) == "we" and (r.norm(i - 1) in _WEEKEND_ARTICLE or r.norm(i + 1) in NEXT | LAST)
    ):
        j = i + 1
    elif r.says(i, "week", "end") or r.says(i, "week", "ends") or (r.says(i, "w", "e") and not r.tokens[i + 1].glued):
        j = i + 2
    else:
        return None
    saturday = plus(monday(r.today), 5)
    if r.norm(j) in LAST or r.norm(i - 1) in ("dernier",):
        lo = plus(saturday, -7)
        return Day(lo, plus(lo, 1), "span", grain="week", relative="last", past=True), j + (r.norm(j) in LAST)
    if r.norm(i - 1) in ("les", "un", "tous", "chaque") or r.norm(j - 1).endswith("ends") or _only(r, i, j):
        lo, hi = habit_span(r.today)
        return Day(lo, hi, "habit", weekdays=(5, 6), grain="week"), j
    dated = _weekend_of(r, j)
    if dated:
        return Day(*dated[0], "span", grain="week", relative="weekend"), dated[1]
    follows = r.norm(j) in NEXT
    if (follows or r.norm(i - 1) in NEXT) and r.today.weekday() >= 5:
        saturday = plus(saturday, 7)
    return Day(
        max(saturday, r.today), plus(saturday, 1), "span", (saturday, plus(saturday, 1)), grain="week",
        relative="weekend",
    ), j + follows  # fmt: skip


def _only(r: Reader, i: int, j: int) -> bool:
    """ "seulement le week-end": each of them."""
    only = {"uniquement", "seulement", "exclusivement", "que"}
    return r.norm(i - 1) == "le" and (r.norm(j) in only or r.norm(i - 2) in only)


def _weekend_of(r: Reader, j: int) -> tuple[tuple[date, date], int] | None:
    """ "du 15 mars", "du 14 et 15 mars", "de Pâques" (Saturday to the feast's Monday)."""
    if r.norm(j) == "du" and (found := date_at(r, j + 1) or bare_day_at(r, j + 1)):
        saturday = plus(monday(found[0].lo), 5)
        if r.norm(found[1]) in ("et", "-", "au") and (second := date_at(r, found[1] + 1)):
            return (plus(second[0].lo, -1), second[0].lo), second[1]
        return (saturday, plus(saturday, 1)), found[1]
    if r.norm(j) in ("de", "d", "du") and (feast := plain_feast_at(r, r.skip(j, _OF))):
        day = feast[0].lo
        first = plus(monday(plus(day, -1)), 5) if day.weekday() == 0 else day if day.weekday() > 3 else None
        if day.weekday() == 3:  # the bridge of a Thursday feast
            first = day
        if first:
            return (first, day if day.weekday() == 0 else plus(monday(day), 6)), feast[1]
    if r.says(j, "en", "huit"):
        saturday = plus(monday(r.today), 12)
        return (saturday, plus(saturday, 1)), j + 2
    return None
