"""Lengths of time: "3 jours", "2-3 semaines", "2h30", "trois quarts d'heure", "un an et demi", "une quinzaine"."""

from datetime import date, datetime, timedelta

from releve.language.temporal.almanac.arithmetic import add_months
from releve.language.temporal.words.reader import Reader

UNITS = {
    "jour": "day", "jours": "day", "j": "day", "jrs": "day", "jr": "day", "journees": "day", "semaine": "week",
    "semaines": "week", "sem": "week", "mois": "month", "an": "year", "ans": "year", "annee": "year", "nuits": "day",
    "annees": "year", "heure": "hour", "heures": "hour", "h": "hour", "hrs": "hour", "minute": "minute",
    "minutes": "minute", "min": "minute", "mn": "minute", "mins": "minute", "minuten": "minute", "seconde": "second",
    "secondes": "second", "sec": "second", "trimestre": "quarter", "trimestres": "quarter", "semestre": "half",
    "semestres": "half", "decennie": "decade", "decennies": "decade", "siecle": "century", "siecles": "century",
}  # fmt: skip
_MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_SECONDS_IN = {"day": 86400, "week": 7 * 86400, "hour": 3600, "minute": 60, "second": 1}
_FILLER = frozenset((
    "environ", "la", "les", "une", "un", "petite", "petit", "bonne", "bon", "prochains", "prochaines", "quelque", "le",
    "l", "max", "a", "peu", "pres", "presque", "bientot", "seulement", "deja", "plus", "moins", "de", "d",
))  # fmt: skip
_NAMED = {"huitaine": 7, "quinzaine": 14}
_DOZENS = {
    "dizaine": 10, "douzaine": 12, "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50,
    "centaine": 100,
}  # fmt: skip
_HALF = frozenset(("demi", "demie"))
_ADJECTIVES = frozenset(("10", "petits", "petites", "prochains", "prochaines", "bons", "bonnes", "longs", "longues"))
Length = tuple[float, float, str, int]
"""Least and most, unit, index after."""


def length_at(r: Reader, i: int) -> Length | None:
    """A length at `i`, after small words ("une petite", "environ")."""
    special = _special(r, i)
    if special:
        return special
    j = r.skip(i, _FILLER)
    found = r.number(j, 1, 5000)
    if found is None and r.norm(j - 1) in ("un", "une", "petite", "petit", "bonne", "bon") and r.norm(j) in UNITS:
        found = (1, j)
    if found is None or r.tokens[j].masked:
        return None
    low, j = found
    high: int = low
    if r.norm(j) in ("a", "ou", "-", "–", "/", "et") and (more := r.number(j + 1, low + 1, 200)):
        high, j = more
    elif high == low and (more := r.number(j, low + 1, low + 3)) and UNITS.get(r.norm(more[1])):
        high, j = more  # "deux trois semaines"
    j = r.skip(j, _ADJECTIVES)
    unit = UNITS.get(r.norm(j))
    if unit is None or (r.norm(j + 1) == "du" and unit == "hour" and r.norm(j + 2) in ("matin", "soir")):
        return None
    part = _fraction(r, j + 1, unit) if low == high else None
    if part:
        return low + part[0], low + part[0], unit, part[1]
    return _usual(low, high, unit, j + 1, in_days=r.norm(i - 1) in ("dans", "ds", "d"))


def _fraction(r: Reader, j: int, unit: str) -> tuple[float, int] | None:
    """ "et demi", "et quart", the minutes of "2h30" and of "2 heures et 30 minutes"."""
    if r.norm(j) == "et" and r.norm(j + 1) in _HALF:
        return 0.5, j + 2
    if unit == "hour" and r.says(j, "et", "quart"):
        return 0.25, j + 2
    if unit == "hour":
        k = j + (r.norm(j) == "et")
        minutes = r.number(k, 1, 59)
        if minutes and r.norm(minutes[1]) not in ("h", "heure", "heures"):
            worded = UNITS.get(r.norm(minutes[1])) == "minute"
            if worded or (k == j and r.tokens[j].digits and r.tokens[j].glued) or (k == j and not r.tokens[j].digits):
                return minutes[0] / 60, minutes[1] + worded
    return None


def _usual(low: float, high: float, unit: str, j: int, *, in_days: bool) -> Length:
    """Eight days are a week and fifteen a fortnight, in French as it is spoken; 48 hours are two days."""
    if unit == "hour" and low == high and high % 24 == 0 and in_days:
        return low // 24, high // 24, "day", j
    if unit == "day" and low == high:
        low = high = {8.0: 7.0, 15.0: 14.0}.get(low, low)
    return low, high, unit, j


def _special(r: Reader, i: int) -> Length | None:
    j = r.skip(i, _FILLER)
    word = r.norm(j)
    if word in _NAMED:
        days = _NAMED[word]
        return days, days, "day", j + 1 + (2 if r.says(j + 1, "de", "jours") else 0)
    if word in _DOZENS and r.norm(j + 2) in UNITS:
        return _DOZENS[word], _DOZENS[word], UNITS[r.norm(j + 2)], j + 3
    if word in ("quelques", "qq", "qqes", "plusieurs", "qlqs", "quelque") and r.norm(j + 1) in UNITS:
        return 2, 6, UNITS[r.norm(j + 1)], j + 2
    return _of_an_hour(r, j)


def _of_an_hour(r: Reader, j: int) -> Length | None:
    """ "une demi-heure", "un quart d'heure", "trois quarts d'heure", "une demi-journée" is none."""
    hour = ("heure", "h")
    if r.norm(j) in ("demi", "demie") and r.norm(j + 1) in hour:
        return 30, 30, "minute", j + 2
    if r.norm(j) in ("demiheure", "demiheures"):
        return 30, 30, "minute", j + 1
    if r.norm(j) == "quart" and r.norm(j + 1) == "d" and r.norm(j + 2) in hour:
        return 15, 15, "minute", j + 3
    three = r.norm(j) in ("trois", "3") and r.norm(j + 1) in ("quart", "quarts")
    if three and r.norm(j + 2) == "d" and r.norm(j + 3) in hour:
        return 45, 45, "minute", j + 4
    return None


def shift(now: datetime, count: float, unit: str) -> datetime:
    """`now` moved by `count` units; months keep the day of the month."""
    if unit in _MONTHS_IN:
        day: date = add_months(now.date(), round(count * _MONTHS_IN[unit]))
        return datetime.combine(day, now.time())
    return now + timedelta(seconds=count * _SECONDS_IN[unit])


def reaches(now: datetime, count: float, unit: str) -> bool:
    """Whether the calendar goes as far as that, both ways."""
    try:
        shift(now, -count, unit)
        shift(now, count, unit)
    except (OverflowError, ValueError):
        return False
    return True


def fine(unit: str) -> bool:
    """Whether the unit is shorter than a day."""
    return unit in ("hour", "minute", "second")
