"""School holidays by zone, from the calendar that `language` reads dates with: one file, with its source and validity.

Beyond its last year nothing is known, and no day is a holiday.
"""

from datetime import date
from functools import lru_cache

ZONES = ("A", "B", "C")


@lru_cache(maxsize=8)
def school_days_off(zone: str) -> frozenset[int]:
    """The days of school holidays of a zone of `ZONES`, as ordinals."""
    from releve.language.temporal.almanac.holidays import school_calendar  # reads French: 0.3 s, seldom needed

    spans = ((first.toordinal(), last.toordinal()) for _, first, last in school_calendar(zone))
    return frozenset(day for first, last in spans for day in range(first, last + 1))


def is_school_holiday(day: date, zone: str) -> bool:
    """Whether pupils of `zone` are on holiday; never in an unknown zone."""
    return zone in ZONES and day.toordinal() in school_days_off(zone)
