"""French public holidays: the eleven of the Code du travail (art. L3133-1), computed, and those that a territory adds.

Ours hold in any year and cost nothing; what Alsace-Moselle and the overseas territories add comes from the library
`holidays` (1900 to 2100), read once a year and territory, and only where such a territory is asked for.
"""

from datetime import date, timedelta
from functools import lru_cache

TERRITORIES = ("57", "971", "972", "973", "974", "976", "BL", "MF", "PM", "NC", "PF", "WF")
"""ISO 3166-2 codes, without "FR-"; 57 stands for the whole of Alsace-Moselle."""

COUNTRIES = frozenset({"FR", *(f"FR-{territory}" for territory in TERRITORIES)})

_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday


def easter(year: int) -> date:
    """Easter Sunday of a Gregorian year (Meeus, Astronomical Algorithms, ch. 8)."""
    century, rest = divmod(year, 100)
    leap, leap_rest = divmod(century, 4)
    moon = (19 * (year % 19) + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, quarter_rest = divmod(rest, 4)
    weekday = (32 + 2 * leap_rest + 2 * quarter - moon - quarter_rest) % 7
    correction = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=256)
def french_holidays(year: int) -> frozenset[date]:
    """The public holidays of a year in metropolitan France."""
    sunday = easter(year)
    fixed = {date(year, month, day) for month, day in _FIXED}
    return frozenset(fixed | {sunday + timedelta(days=days) for days in _AFTER_EASTER})


@lru_cache(maxsize=256)
def territory_holidays(year: int, territory: str) -> frozenset[date]:
    """What a territory of `TERRITORIES` has beside the eleven."""
    from holidays.countries.france import France  # 80 ms: only those pay it who need it

    found: set[date] = set(France(years=year, subdiv=territory))  # type: ignore[no-untyped-call]
    return frozenset(found)


def country_of(closes: bool, territory: str) -> str | None:
    """The `COUNTRIES` code of a practice that closes on public holidays, in metropolitan France ("") or elsewhere."""
    return None if not closes else f"FR-{territory}" if territory else "FR"


def is_public_holiday(day: date, country: str | None) -> bool:
    """Whether `day` is one in `country` (one of `COUNTRIES`, or None for no public holidays at all)."""
    if country is None:
        return False
    return day in french_holidays(day.year) or (country != "FR" and day in territory_holidays(day.year, country[3:]))
