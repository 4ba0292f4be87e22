"""Feasts and school holidays by name, to their real dates."""

import csv
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources

from releve.language.temporal.almanac.arithmetic import nth_weekday, plus
from releve.language.temporal.words.lexicon import Phrases, load

ZONE = "C"
Rule = tuple[str, tuple[int, ...]]
_NAMES = load("almanac", "holidays.toml")
_RULES: dict[str, Rule] = (
    {name: ("fixed", tuple(day)) for name, day in _NAMES["fixed"].items()}
    | {name: ("easter", (shift,)) for name, shift in _NAMES["easter"].items()}
    | {name: ("ranked", tuple(rank)) for name, rank in _NAMES["ranked"].items()}
    | {"fete des meres": ("mothers", ())}
)
FEASTS: Phrases[Rule] = Phrases(_RULES.items())
BRIDGES: Phrases[Rule] = Phrases(
    (name, ("fixed", tuple(rule)) if isinstance(rule[0], int) else _RULES[rule[0]])
    for name, rule in _NAMES["bridge"].items()
)
SCHOOL: Phrases[str] = Phrases(_NAMES["school"].items())


@lru_cache(maxsize=64)
def easter(year: int) -> date:
    """Easter Sunday, by the Gregorian computus (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def feast_in(year: int, rule: Rule) -> date:
    """The date of a feast in a year."""
    kind, figures = rule
    if kind == "fixed":
        return date(year, figures[0], figures[1])
    if kind == "easter":
        return plus(easter(year), figures[0])
    if kind == "mothers":
        # The last Sunday of May, a week later when that is Whit Sunday (article D215-1, Code de l'action sociale).
        last = nth_weekday(year, 5, 6, -1)
        assert last is not None
        return plus(last, 7) if last == plus(easter(year), 49) else last
    found = nth_weekday(year, *figures)
    assert found is not None
    return found


def next_feast(today: date, rule: Rule) -> date:
    """The next date of a feast, today counting."""
    return next(day for year in (0, 1, 2) if (day := feast_in(today.year + year, rule)) >= today)


def last_feast(today: date, rule: Rule) -> date:
    """The last date of a feast, before today."""
    return next(day for year in (0, 1, 2) if (day := feast_in(today.year - year, rule)) < today)


def bridge(feast: date) -> tuple[date, date]:
    """The days off that a feast makes with the week-end beside it."""
    weekday = feast.weekday()
    if weekday <= 1:  # Monday, or Tuesday bridged over Monday
        return plus(feast, -weekday - 2), feast
    if weekday <= 4:
        return feast, plus(feast, 6 - weekday)
    return plus(feast, 5 - weekday), plus(feast, 6 - weekday)


@lru_cache(maxsize=256)
def public_holidays(year: int, territory: str = "metropole") -> tuple[date, ...]:
    """The days off by law of a year, in order, in a territory of holidays.toml."""
    found: set[date] = set()
    for name in ("metropole", territory):
        rules = _NAMES["public"][name]
        found |= {date(year, month, day) for month, day in rules.get("fixed", ())}
        found |= {plus(easter(year), shift) for shift in rules.get("easter", ())}
    return tuple(sorted(found))


@lru_cache(maxsize=4)
def school_calendar(zone: str = ZONE) -> tuple[tuple[str, date, date], ...]:
    """(name, first day, last day) of the school holidays of a zone, in order."""
    lines = resources.files(__package__).joinpath("school_holidays.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return tuple(
        (row["name"], date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
        for row in rows
        if row["zone"] in ("*", zone)
    )


def next_school_holiday(today: date, name: str, zone: str = ZONE) -> tuple[date, date] | None:
    """The holiday of that name to come or running; without a name, whichever comes first."""
    for known, first, last in school_calendar(zone):
        if name in ("", known) and last >= today:
            return first, last
    return None


def last_school_holiday(today: date, name: str, zone: str = ZONE) -> tuple[date, date] | None:
    """The holiday of that name that is over; without a name, the last one."""
    over = [(first, last) for known, first, last in school_calendar(zone) if name in ("", known) and last < today]
    return over[-1] if over else None


def school_holiday_in(year: int, name: str, zone: str = ZONE) -> tuple[date, date] | None:
    """The holiday of that name that begins in that year."""
    return next(((a, b) for known, a, b in school_calendar(zone) if name == known and a.year == year), None)


def days_between(first: date, last: date) -> list[date]:
    """Each day from `first` to `last`, at most a year of them: no practice books further."""
    return [first + timedelta(days=n) for n in range(min((last - first).days + 1, 366))]
