"""Years, quarters, half-years, seasons, decades and centuries, named or beside the present one."""

from dataclasses import replace
from datetime import date

from releve.language.temporal.almanac.arithmetic import months_span, plus, span_around
from releve.language.temporal.rules.qualifiers import LAST, NEXT, THIS, running, span_part
from releve.language.temporal.values import Day
from releve.language.temporal.words.numbers import ordinal, roman
from releve.language.temporal.words.reader import Reader

Found = tuple[Day, int] | None
SEASONS = {"printemps": (3, 20), "ete": (6, 21), "automne": (9, 22), "hiver": (12, 21)}
_SEASON_LEFT = frozenset(("cet", "ce", "cette", "au", "l", "le", "en", "debut", "fin", "mi", "du", "des", "chaque"))
_YEAR = frozenset(("annee", "an"))
# Before a bare number these make it a year whatever follows; the weaker ones ask that no noun follows.
_YEAR_LEFT = frozenset((
    "en", "depuis", "fin", "debut", "mi", "courant", "annee", "l", "jusqu", "des", "an", "vers", "rentree", "ici",
    "milieu", "promotion", "millesime", "ete", "hiver",
))  # fmt: skip
_WEAK_LEFT = frozenset(
    ("de", "avant", "apres", "a", "entre", "et", "(", "-", "–", "ou", "du", "exercice", "pour", "au")
)
# Things that are named by their year: "le budget 2025".
_EDITIONS = frozenset((
    "bilan", "budget", "rapport", "rentree", "edition", "saison", "recensement", "calendrier", "olympiques", "mondial",
    "monde", "jo", "elections", "presidentielle", "municipales", "legislatives", "programme", "exercice", "campagne",
    "impots", "revenus", "tarifs", "loi", "finances", "cru", "concours", "bac", "catalogue", "planning", "objectifs",
))  # fmt: skip
_MAY_FOLLOW = frozenset((
    "", ".", ",", ";", ":", "?", "!", ")", "\n", "et", "ou", "a", "au", "en", "le", "la", "les", "l", "il", "elle",
    "on",
    "nous", "je", "j", "un", "une", "pour", "par", "que", "qui", "mais", "dans", "sur", "de", "du", "des", "avec",
    "est",
    "sont", "etait", "fut", "ne", "se", "c", "d", "puis", "avant", "apres", "contre", "jusqu", "-", "–", "/", "ont",
    "avait", "ce", "cette", "chez", "sans", "comme", "quand", "car", "donc", "inclus", "s", "n", "y", "voire", "»", "…",
))  # fmt: skip
_QUARTER_LEFT = frozenset(("au", "du", "en", "fin", "debut", "ce", "le", "des"))
_RANK_UNITS = {"trimestre": 3, "semestre": 6, "trim": 3, "quadrimestre": 4, "bimestre": 2}


def year_at(r: Reader, i: int) -> Found:
    """ "en 2015", "l'an 2000", "de deux mille quinze", "l'année prochaine", "fin 2025"."""
    part, j = span_part(r, i)
    if r.norm(j) in THIS and r.norm(j + 1) in _YEAR:
        return _whole_year(r, r.today.year, running(r, j + 2) or j + 2, part)
    if r.norm(j) in ("prochaine", "prochain", "derniere", "dernier") and r.norm(j + 1) in _YEAR:
        return _whole_year(r, r.today.year + (1 if r.norm(j)[0] == "p" else -1), j + 2, part)
    if r.norm(j) in _YEAR:
        return _relative_year(r, i, j, part)
    return _year_range(r, i) or _numbered_year(r, i, j, part)


def _year_range(r: Reader, i: int) -> Found:
    """ "2019-2023", "(1914-1918)"."""
    four = len(r.norm(i)) == 4 and r.norm(i).isdecimal() and r.norm(i + 1) in ("-", "–") and r.tokens[i + 1].glued
    if not four or len(r.norm(i + 2)) != 4 or not r.norm(i + 2).isdecimal() or r.norm(i + 3) in ("-", "–"):
        return None
    first, last = int(r.norm(i)), int(r.norm(i + 2))
    if not 1000 <= first < last <= 2150 or last - first > 150:
        return None
    lo, hi = date(first, 1, 1), date(last, 12, 31)
    found = Day(max(lo, min(r.today, hi)), hi, "span", (lo, hi), grain="year", year=first, past=hi < r.today)
    return replace(found, relative="years"), i + 3


def _relative_year(r: Reader, i: int, j: int, part: str | None) -> Found:
    k = j + 1
    if r.norm(k) in NEXT or r.says(k, "d", "apres"):
        return _whole_year(r, r.today.year + 1, k + (2 if r.norm(k) == "d" else 1), part)
    if r.norm(k) in LAST and r.says(k + 1, "a", "la", "meme") and r.norm(k + 4) in ("epoque", "periode", "saison"):
        lo, hi = months_span(r.today.year - 1, r.today.month, 1)
        return Day(lo, hi, "span", grain="month", year=lo.year, past=True), k + 5
    if r.norm(k) in LAST or r.says(k, "d", "avant"):
        return _whole_year(r, r.today.year - 1, k + (2 if r.norm(k) == "d" else 1), part)
    if (
        r.norm(i - 1) in THIS
        or running(r, k)
        or (part and r.norm(j) == "annee" and r.norm(k) not in ("de", "scolaire"))
    ):
        return _whole_year(r, r.today.year, running(r, k) or k, part)
    told = r.number(k, 100, 2200)
    return _whole_year(r, told[0], told[1], part) if told else None


def _numbered_year(r: Reader, i: int, j: int, part: str | None) -> Found:
    year = r.number(j, 100 if r.norm(j - 1) == "en" else 1000, 2200)
    if year is None or r.tokens[j].masked or (r.tokens[j].digits and len(r.norm(j)) not in (3, 4)):
        return None
    if len(r.norm(j)) == 3 and not r.says(j - 1, "en"):
        return None
    before = r.norm(i - 1)
    follows = r.norm(year[1]) in _MAY_FOLLOW and not (r.norm(year[1]) == "/" and r.norm(year[1] + 1).isdecimal())
    recent = 1500 <= year[0] <= 2150
    if not recent and before != "en":
        return None
    if not part and before not in _EDITIONS and not (before in _YEAR_LEFT or (before in _WEAK_LEFT and follows)):
        return None
    if (before not in _YEAR_LEFT or year[0] % 100 == 0) and _counted(r, year[1]):
        return None
    return _whole_year(r, year[0], year[1], part)


_SMALL_WORDS = frozenset((
    "nous", "vous", "dans", "puis", "mais", "sans", "depuis", "apres", "elles", "mars", "alors", "aupres",
    "plus", "lors",
))  # fmt: skip


def _counted(r: Reader, j: int) -> bool:
    """ "en 2000 exemplaires", "1500 euros": a number of things."""
    word = r.norm(j)
    units = ("euro", "m", "km", "kg", "g", "mg", "ml", "kcal", "pas", "h", "e", "px", "cm", "w", "hz", "%", "€", "$")
    return word in units or (len(word) > 3 and word.endswith("s") and word.isalpha() and word not in _SMALL_WORDS)


def _whole_year(r: Reader, year: int, j: int, part: str | None = None) -> Found:
    lo, hi = date(year, 1, 1), date(year, 12, 31)
    if part in ("debut", "mi", "fin"):
        # The first, middle or last months: a quarter at either end, two months around the middle.
        first, count = {"debut": (1, 3), "mi": (6, 2), "fin": (10, 3)}[part]
        lo, hi = months_span(year, first, count)
    grain = "month" if part else "year"
    return Day(max(lo, min(r.today, hi)), hi, "span", (lo, hi), grain=grain, year=year, past=hi < r.today), j


def quarter_at(r: Reader, i: int) -> Found:
    """ "le premier trimestre 2026", "T1 2026", "le semestre dernier", "ce trimestre"."""
    short = r.norm(i) in ("t", "q") and r.norm(i + 1) in ("1", "2", "3", "4") and r.tokens[i + 1].glued
    if short and (r.norm(i - 1) in _QUARTER_LEFT or _year_told(r, i + 2)):  # not "un T3 de 60 m2"
        return _ranked(r, int(r.norm(i + 1)), 3, i + 2)
    if r.norm(i) == "s" and r.norm(i + 1) in ("1", "2") and r.tokens[i + 1].glued and r.number(i + 2, 2000, 2100):
        return _ranked(r, int(r.norm(i + 1)), 6, i + 2)
    part, j = span_part(r, i)
    rank = ordinal(r.tokens, j)
    if rank and r.norm(rank[1]) in _RANK_UNITS:
        return _ranked(r, rank[0], _RANK_UNITS[r.norm(rank[1])], rank[1] + 1)
    this = r.norm(j) in THIS
    j += this
    near = {"prochain": 1, "dernier": -1}.get(r.norm(j))
    if near and r.norm(j + 1) in _RANK_UNITS:
        year = _year_told(r, j + 2)
        if near < 0 and year:
            months = _RANK_UNITS[r.norm(j + 1)]
            return _span(r, *months_span(year[0], 13 - months, months), year[1])
        return _span(r, *span_around(r.today, _RANK_UNITS[r.norm(j + 1)], near), j + 2)
    if r.norm(j) not in _RANK_UNITS:
        return None
    months, k = _RANK_UNITS[r.norm(j)], j + 1
    if r.norm(k) in NEXT:
        return _span(r, *span_around(r.today, months, 1), k + 1)
    if r.norm(k) in LAST:
        return _span(r, *span_around(r.today, months, -1), k + 1)
    if this or r.norm(i - 1) in THIS or running(r, k):
        return _span(r, *span_around(r.today, months, 0), running(r, k) or k)
    if part:
        lo, hi = span_around(r.today, months, 0)
        return _span(r, *((lo, plus(lo, 29)) if part == "debut" else (plus(hi, -29), hi)), k)
    return None


def _year_told(r: Reader, j: int) -> tuple[int, int] | None:
    k = r.skip(j, frozenset(("de", "l", "annee", "d")))
    return r.number(k, 1900, 2100)


def _ranked(r: Reader, nth: int, months: int, j: int) -> Found:
    if nth * months > 12:
        return None
    told = _year_told(r, j)
    if told:
        return _span(r, *months_span(told[0], (nth - 1) * months + 1, months), told[1])
    k = r.skip(j, frozenset(("de", "l")))
    beside = year_at(r, k)
    if beside:
        return _span(r, *months_span(beside[0].calendar[0].year, (nth - 1) * months + 1, months), beside[1])
    lo, hi = months_span(r.today.year, (nth - 1) * months + 1, months)
    if hi < r.today:
        lo, hi = months_span(r.today.year + 1, (nth - 1) * months + 1, months)
    return Day(max(lo, r.today), hi, "span", (lo, hi), grain="quarter", relative="ranked"), j


def _span(r: Reader, lo: date, hi: date, j: int, grain: str = "quarter") -> Found:
    return Day(max(lo, min(r.today, hi)), hi, "span", (lo, hi), grain=grain, year=lo.year, past=hi < r.today), j


def season_at(r: Reader, i: int) -> Found:
    """ "cet été", "au printemps 2025", "l'hiver dernier": the astronomical season."""
    part, j = span_part(r, i)
    this = r.norm(j) in THIS
    j += this
    season = SEASONS.get(r.norm(j))
    if season is None or (r.norm(i - 1) not in _SEASON_LEFT and not part and not this):
        return None
    k = j + 1
    told = r.number(k + (r.norm(k) == "de"), 1900, 2100)
    if told and (r.norm(k) == "de" or len(r.norm(k)) == 4):
        if r.norm(told[1]) in ("-", "/", "–") and r.number(told[1] + 1, 1, 2100):
            told = (told[0], told[1] + 2)
        return _season(r, date(told[0], *season), told[1], part)
    starts = [date(y, *season) for y in range(r.today.year - 2, r.today.year + 3)]
    if r.norm(k) in LAST:
        return _season(r, max(d for d in starts if plus(d, 92) < r.today), k + 1, part)
    lo = next(d for d in starts if plus(d, 92) >= r.today)
    if r.norm(k) in NEXT and lo <= r.today:
        lo = next(d for d in starts if d > r.today)
    return _season(r, lo, k + (r.norm(k) in NEXT), part, told=False)


def _season(r: Reader, first: date, j: int, part: str | None, *, told: bool = True) -> Found:
    following = {3: (6, 20), 6: (9, 21), 9: (12, 20), 12: (3, 19)}[first.month]
    last = date(first.year + (first.month == 12), *following)
    parts = {
        "debut": (first, plus(first, 30)),
        "mi": (plus(first, 30), plus(first, 60)),
        "fin": (plus(last, -30), last),
    }
    lo, hi = parts.get(part or "", (first, last))
    year = first.year if told else None
    return Day(max(lo, min(r.today, hi)), hi, "span", (lo, hi), grain="quarter", year=year, past=hi < r.today), j


def era_at(r: Reader, i: int) -> Found:
    """ "les années 90", "le XIXe siècle", "le siècle dernier", "la décennie passée"."""
    if r.norm(i) == "annees":
        return _decade(r, i + 1)
    nth = roman(r.norm(i)) if r.norm(i + 1) in ("siecle", "s") or r.says(i + 1, "e", "siecle") else None
    if nth:
        return _century(r, nth, i + 2 + (r.norm(i + 1) == "e"))
    rank = ordinal(r.tokens, i)
    if rank and r.norm(rank[1]) == "siecle" and rank[0] > 1:
        return _century(r, rank[0], rank[1] + 1)
    if r.norm(i) in ("siecle", "decennie", "millenaire") and r.norm(i) != "millenaire":
        return _relative_era(r, i)
    return None


def _relative_era(r: Reader, i: int) -> Found:
    shift = 1 if r.norm(i + 1) in NEXT else -1 if r.norm(i + 1) in LAST else 0
    if r.norm(i - 1) in ("derniere", "prochaine"):
        shift = -1 if r.norm(i - 1) == "derniere" else 1
    if not shift and r.norm(i - 1) not in THIS and not running(r, i + 1):
        return None
    j = running(r, i + 1) or i + 1 + (r.norm(i + 1) in NEXT | LAST)
    if r.norm(i) == "siecle":
        return _century(r, (r.today.year - 1) // 100 + 1 + shift, j)
    first = r.today.year // 10 * 10 + 10 * shift
    return _span(r, date(first, 1, 1), date(first + 9, 12, 31), j, "year")


def _century(r: Reader, nth: int, j: int) -> Found:
    if not 2 <= nth <= 22:
        return None
    return _span(r, date(100 * nth - 99, 1, 1), date(100 * nth, 12, 31), j, "year")


def _decade(r: Reader, j: int) -> Found:
    told = r.number(j, 10, 2090)
    if told is None or told[0] % 10 or 100 <= told[0] < 1500 or r.norm(j - 2).isdecimal():
        return None
    first = told[0] if told[0] >= 1500 else 1900 + told[0]
    return _span(r, date(first, 1, 1), date(first + 9, 12, 31), told[1], "year")
