"""Times told by a length: "dans 8 jours", "sous 48h", "d'ici une quinzaine", "il y a 3 jours"."""

from datetime import date, datetime, timedelta

from releve.language.temporal.calendar import add_months, plus
from releve.language.temporal.reader import Reader
from releve.language.temporal.values import Day

_UNITS = {
    "jour": "day", "jours": "day", "j": "day", "jrs": "day", "jr": "day", "semaine": "week",
    "semaines": "week", "sem": "week", "mois": "month", "an": "year", "ans": "year", "annee": "year",
    "annees": "year", "heure": "hour", "heures": "hour", "h": "hour", "minute": "minute",
    "minutes": "minute", "min": "minute", "mn": "minute", "mins": "minute",
}  # fmt: skip
_DAYS = {"week": 7, "day": 1}
_FILLER = frozenset(
    (
        "environ",
        "la",
        "les",
        "une",
        "un",
        "petite",
        "petit",
        "bonne",
        "prochains",
        "prochaines",
        "quelque",
        "le",
        "l",
        "max",
    )
)
_NAMED = {"huitaine": 7, "quinzaine": 14, "huit": 7, "quinze": 14, "8": 7, "15": 14}
_OPENERS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("il", "y", "a"), "ago"), (("d", "ici"), "by"), (("depuis",), "since"), (("dp",), "since"),
    (("dpuis",), "since"), (("dans",), "in"), (("ds",), "in"), (("sous",), "within"), (("y", "a"), "ago"),
    (("ya",), "ago"), (("pdt",), "since"),
)  # fmt: skip
Length = tuple[int, int, str, int]
"""Least and most, unit, index after."""


def duration_at(r: Reader, i: int) -> tuple[Day, int] | None:
    for words, sense in _OPENERS:
        if r.says(i, *words):
            return _read(r, i + len(words), sense)
    return None


def _read(r: Reader, i: int, sense: str) -> tuple[Day, int] | None:
    coming = _coming_days(r, i) if sense in ("in", "within") else None
    length = coming or length_at(r, i)
    if length is None:
        return None
    low, high, unit, j = length
    if sense in ("ago", "since"):
        start = _shift(r.now, -high, unit)
        end = r.today if sense == "since" else start.date()
        exact = (start, r.now) if unit in ("hour", "minute") else None
        return Day(start.date(), end, grain=unit, relative=f"-{high}{unit}", past=True, exact=exact), j
    within = sense == "within" or coming is not None or (sense == "by" and r.norm(j - 1) != "quinzaine")
    if sense == "in" and r.says(i, "la"):
        within = True
    return _future(r, low, high, unit, j, within)


def _future(r: Reader, low: int, high: int, unit: str, j: int, within: bool) -> tuple[Day, int] | None:
    start, end = _shift(r.now, low, unit), _shift(r.now, high, unit)
    relative = f"+{high}{unit}"
    if within:
        exact = (r.now, end) if unit in ("hour", "minute") else None
        return Day(r.today, end.date(), "span", relative=relative, bound="within", exact=exact), j
    if unit in ("hour", "minute"):
        return Day(
            start.date(),
            end.date(),
            grain=unit,
            relative=relative,
            exact=(start, start + timedelta(minutes=1)),
        ), j
    form = "day" if low == high else "span"
    return Day(start.date(), end.date(), form, relative=relative), j  # type: ignore[arg-type]


def _coming_days(r: Reader, i: int) -> Length | None:
    """ "dans les prochains jours", "dans les jours qui viennent", "dans les 15 jours", "dans les 48h"."""
    if r.norm(i) != "les":
        return None
    if r.norm(i + 1) in ("prochains", "prochaines", "jours", "semaines") or r.norm(i + 2) in (
        "prochains",
        "prochaines",
    ):
        k = r.skip(i + 1, frozenset(("prochains", "prochaines")))
        unit = _UNITS.get(r.norm(k))
        if unit in ("day", "week"):
            days = 7 if unit == "day" else 28
            tail = r.norm(k + 1) == "qui" or r.says(k + 1, "a", "venir")
            return 0, days, "day", k + 1 + 2 * tail
    return length_at(r, i + 1)


def length_at(r: Reader, i: int) -> Length | None:
    special = _special(r, i)
    if special:
        return special
    j = r.skip(i, _FILLER)
    found = r.number(j, 1, 200)
    if found is None and r.norm(j - 1) in ("un", "une", "petite", "petit") and r.norm(j) in _UNITS:
        found = (1, j)
    if found is None:
        return None
    low, j = found
    high = low
    if r.norm(j) in ("a", "ou", "-", "–", "/", "et") and (more := r.number(j + 1, low + 1, 200)):
        high, j = more
    j = r.skip(j, frozenset(("a", "10", "petits", "petites", "prochains", "prochaines", "bons")) - {"a"})
    unit = _UNITS.get(r.norm(j))
    if unit is None or (r.norm(j + 1) == "du" and unit == "hour"):
        return None
    return _usual(low, high, unit, j + 1, in_days=r.norm(i - 1) in ("dans", "ds"))


def _usual(low: int, high: int, unit: str, j: int, *, in_days: bool) -> Length:
    """Eight days are a week and fifteen a fortnight, in French as it is spoken; 48 hours are two days."""
    if unit == "hour" and low == high and high % 24 == 0 and in_days:
        return low // 24, high // 24, "day", j
    if unit == "day" and low == high:
        low = high = {8: 7, 15: 14}.get(low, low)
    return low, high, unit, j


def _special(r: Reader, i: int) -> Length | None:
    j = r.skip(i, _FILLER)
    if r.norm(j) in ("huitaine", "quinzaine"):
        days = _NAMED[r.norm(j)]
        return days, days, "day", j + 1 + (2 if r.says(j + 1, "de", "jours") else 0)
    for word, count in (("dizaine", 10), ("douzaine", 12), ("vingtaine", 20), ("trentaine", 30)):
        if r.norm(j) == word and r.norm(j + 2) in _UNITS:
            return count, count, _UNITS[r.norm(j + 2)], j + 3
    if r.norm(j) in ("quelques", "qq", "qqes", "plusieurs", "qlqs") and r.norm(j + 1) in _UNITS:
        return 2, 6, _UNITS[r.norm(j + 1)], j + 2
    return None


def _shift(now: datetime, count: int, unit: str) -> datetime:
    if unit in _DAYS:
        return now + timedelta(days=count * _DAYS[unit])
    if unit in ("month", "year"):
        day: date = add_months(now.date(), count * (12 if unit == "year" else 1))
        return datetime.combine(day, now.time())
    return now + (timedelta(hours=count) if unit == "hour" else timedelta(minutes=count))


def four_weeks_from(day: date) -> date:
    """The end of an open span: "à partir du X" lasts four weeks."""
    return plus(day, 27)
