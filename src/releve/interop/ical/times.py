"""Times of a calendar as Python's: days, wall-clock times in a zone, lengths. Pure."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

from releve.interop.ical.errors import BadFeed
from releve.interop.ical.sieve import Line
from releve.interop.ical.zones import Zones

MOMENT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z)?)?", re.IGNORECASE)
LENGTH = re.compile(r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?", re.I)
LEAP_SECOND = 60
FIRST, LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2400, 1, 1, tzinfo=UTC)  # « for ever », on every clock


def when(line: Line, zones: Zones, floating: tzinfo, value: str = "") -> date | datetime:
    """A day, or a time in its zone; one that names none is in `floating`. Raises BadFeed."""
    match = MOMENT.fullmatch(value or line.value)
    if match is None:
        raise BadFeed("bad_time")
    year, month, day, hour, minute, second = (int(match[n] or 0) for n in range(1, 7))
    try:
        if match[4] is None:
            return date(year, month, day)
        wall = datetime(year, month, day, hour, minute, min(second, LEAP_SECOND - 1), tzinfo=UTC)
    except ValueError:
        raise BadFeed("bad_time") from None
    if match[7]:
        return wall
    return wall.replace(tzinfo=zones.named(line.params["TZID"]) if line.params.get("TZID") else floating)


def length(value: str) -> timedelta:
    """PT30M, P1D, P1W. Raises BadFeed."""
    match = LENGTH.fullmatch(value)
    if match is None or not any(match.groups()[1:]):
        raise BadFeed("bad_time")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds) * (
        -1 if match[1] == "-" else 1
    )


def wall(at: date | datetime, zone: tzinfo) -> datetime:
    """As the clocks of that zone show it: without a zone, so that a weekly visit stays at its hour all year."""
    if isinstance(at, datetime):
        return min(at, LAST).astimezone(zone).replace(tzinfo=None)
    return datetime(at.year, at.month, at.day)  # noqa: DTZ001 - a wall-clock time has none


def instant(at: date | datetime, zone: tzinfo) -> datetime:
    """In UTC; a day begins at its midnight in `zone`. Never further than FIRST and LAST."""
    if not isinstance(at, datetime):
        at = datetime(at.year, at.month, at.day, tzinfo=zone)
    return within(at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def within(at: datetime) -> datetime:
    """A year that no clock can show is as far as we look: years 1 and 9999 have no hour in every zone."""
    if FIRST.year <= at.year < LAST.year:
        return at
    return FIRST if at.year < FIRST.year else LAST
