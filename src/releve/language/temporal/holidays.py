"""Feasts and school holidays by name, to their real dates."""

import csv
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources

from releve.language.temporal.calendar import next_month_day, plus
from releve.language.temporal.lexicon import Phrases, load

ZONE = "C"
_NAMES = load("holidays.toml")
FEASTS: Phrases[tuple[str, tuple[int, ...]]] = Phrases(
    [(name, ("fixed", tuple(day))) for name, day in _NAMES["fixed"].items()]
    + [(name, ("easter", (shift,))) for name, shift in _NAMES["easter"].items()]
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


def next_feast(today: date, rule: tuple[str, tuple[int, ...]]) -> date:
    """The next date of a feast, today counting."""
    kind, figures = rule
    if kind == "fixed":
        found = next_month_day(today, *figures)
        assert found is not None
        return found
    this_year = plus(easter(today.year), figures[0])
    return this_year if this_year >= today else plus(easter(today.year + 1), figures[0])


@lru_cache(maxsize=1)
def school_calendar() -> tuple[tuple[str, date, date], ...]:
    """(name, first day, last day) of the school holidays of the practice's zone."""
    lines = resources.files(__package__).joinpath("school_holidays.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return tuple(
        (row["name"], date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
        for row in rows
        if row["zone"] in ("*", ZONE)
    )


def next_school_holiday(today: date, name: str) -> tuple[date, date] | None:
    """The holiday of that name to come or running; without a name, whichever comes first."""
    for known, first, last in school_calendar():
        if name in ("", known) and last >= today:
            return first, last
    return None


def days_between(first: date, last: date) -> list[date]:
    """Each day from `first` to `last`, at most a year of them: no practice books further."""
    return [first + timedelta(days=n) for n in range(min((last - first).days + 1, 366))]
