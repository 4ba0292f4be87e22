"""Months and their parts: "en mars", "fin mars 2024", "le mois prochain", "à la mi-avril", "03/2026"."""

from datetime import date

from releve.language.temporal.almanac.arithmetic import add_months, month_part, next_month_part
from releve.language.temporal.rules.qualifiers import LAST, NEXT, THIS, running, span_part
from releve.language.temporal.values import Day
from releve.language.temporal.words.lexicon import MONTH_AFTER_DAY, MONTHS
from releve.language.temporal.words.reader import Reader

Found = tuple[Day, int] | None
_MONTH_PREFIX = frozenset((
    "en", "de", "d", "mois", "pour", "avant", "ici", "apres", "des", "jusqu", "depuis", "a", "ou", "et",
    "du", "partir", ",", "plutot", "courant", "au", "vers", "entre", "pendant", "tout", "debut", "fin", "mi", "(", "-",
))  # fmt: skip


def month_at(r: Reader, i: int) -> Found:
    """A month by its name or by its place beside this one, or a part of it."""
    part, j = span_part(r, i)
    if r.norm(j) == "mois" and r.norm(j + 1) in ("de", "d") and r.norm(j + 2) in MONTHS:
        j += 2
    if r.norm(j) in MONTHS:
        return _named_month(r, i, j, part)
    if r.norm(j) in MONTH_AFTER_DAY and (year := r.number(j + 1 + (r.norm(j + 1) == "."), 1990, 2100)):
        return _in_year(r, MONTH_AFTER_DAY[r.norm(j)], year, part)
    if part and r.norm(j) in MONTH_AFTER_DAY:
        return _named_month(r, i, j, part)  # "début dec"
    this = r.norm(j) in THIS
    if r.norm(j) in ("prochain", "dernier") and r.norm(j + 1) == "mois":
        return _beside(r, part, 1 if r.norm(j) == "prochain" else -1, j + 2)
    if r.norm(j + this) == "mois":
        return relative_month(r, i, j + this, part, this)
    return None


def numeric_month_at(r: Reader, i: int) -> Found:
    """ "03/2026"."""
    figures = r.norm(i).isdecimal() and len(r.norm(i)) <= 2 and r.norm(i + 1) == "/" and len(r.norm(i + 2)) == 4
    if not figures or not r.norm(i + 2).isdecimal() or r.norm(i - 1) == "/":
        return None
    month, year = int(r.norm(i)), int(r.norm(i + 2))
    return _in_year(r, month, (year, i + 3), None) if 1 <= month <= 12 and 1900 <= year <= 2100 else None


def _named_month(r: Reader, i: int, j: int, part: str | None) -> Found:
    month, k = MONTH_AFTER_DAY[r.norm(j)], j + 1
    year = r.number(k + (r.norm(k) == "de"), 1000, 2100)
    if year and (r.norm(k) == "de" or len(r.norm(k)) == 4 or not r.tokens[k].digits):
        return _in_year(r, month, year, part)
    if r.norm(k) in LAST:
        before = r.today.year if month < r.today.month else r.today.year - 1
        return _over(*month_part(before, month, part), k + 1, month)
    if part is None and r.norm(i - 1) not in _MONTH_PREFIX and r.norm(k) not in NEXT and not _clearly_month(r, i):
        return None
    lo, hi = next_month_part(r.today, month, part)
    k += r.norm(k) in NEXT
    return Day(max(lo, r.today), hi, "span", (lo, hi), grain="month", month=month), k


def _in_year(r: Reader, month: int, year: tuple[int, int], part: str | None) -> Found:
    lo, hi = month_part(year[0], month, part)
    return Day(lo, hi, "span", grain="month", month=month, year=year[0], past=hi < r.today), year[1]


def _over(lo: date, hi: date, j: int, month: int | None = None) -> Found:
    return Day(lo, hi, "span", grain="month", month=month, year=lo.year, relative="last", past=True), j


def _clearly_month(r: Reader, i: int) -> bool:
    """ "mars" and "mai" are other words too; "mars ou avril" is clear."""
    if r.norm(i + 1) in ("ou", "et", "/", "-") and r.norm(i + 2) in MONTHS:
        return True
    if r.norm(i - 1) in ("m", "mme", "monsieur", "madame", "mlle", "docteur", "dr"):
        return False
    # "Avril joue du violon" is a person: a month alone begins no sentence unless one ends there too.
    alone = r.norm(i + 1) in ("", ",", ".", "?", "!", ":", "\n", ")", "si", "c", "ca", "plutot", "svp")
    return r.norm(i) not in ("mars", "mai") and (alone or i > 0)


def _beside(r: Reader, part: str | None, shift: int, j: int) -> Found:
    first = add_months(r.today.replace(day=1), shift)
    lo, hi = month_part(first.year, first.month, part)
    if shift < 0:
        return _over(lo, hi, j)
    return Day(lo, hi, "span", grain="month", relative="next"), j


def relative_month(r: Reader, i: int, j: int, part: str | None, this: bool) -> Found:
    """ "ce mois-ci", "le mois prochain", "la fin du mois": `j` is at "mois"."""
    k = j + 1
    if r.norm(k) in NEXT:
        return _beside(r, part, 1, k + 1)
    if r.norm(k) in LAST:
        return _beside(r, part, -1, k + 1)
    if r.says(k, "d", "avant"):
        return _beside(r, part, -1, k + 2)
    if r.says(k, "d", "apres"):
        return _beside(r, part, 1, k + 2)
    now = running(r, k)
    if not (this or part or now or r.norm(i - 1) in THIS or r.says(i - 2, "dans", "le")):
        return None
    first = r.today.replace(day=1)
    lo, hi = month_part(first.year, first.month, part)
    if hi < r.today:
        after = add_months(first, 1)
        lo, hi = month_part(after.year, after.month, part)
    end = now or k + (r.norm(k) == "ci")
    return Day(max(lo, r.today), hi, "span", (lo, hi), grain="month", relative="this"), end
