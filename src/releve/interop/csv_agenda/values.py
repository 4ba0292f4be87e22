"""Dates and hours as agendas write them. Pure."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from releve.language.text import fold
from releve.language.writing import ENGLISH_MONTHS, MONTHS

DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
IN_WORDS = re.compile(r"(?:[a-z]+\.? )?(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})")
HOUR = re.compile(r"(\d{1,2}) ?(?:h|:|\.) ?(\d{2})?(?::\d{2}(?:\.\d+)?)? ?(?:min)?(am|pm)?|(\d{1,2}) ?(am|pm)")
WORDS = {fold(name): n for names in (MONTHS, ENGLISH_MONTHS) for n, name in enumerate(names, 1)}
SHORT = {"janv": 1, "fevr": 2, "fev": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "dec": 12, "jan": 1,
         "feb": 2, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "mar": 3}  # fmt: skip
CENTURY = 100


def read_date(text: str, today: date, past: bool = False) -> date | None:
    """12/03/2026, 2026-03-12, 12 mars 2026. Two figures of a year: the last such year when it is `past`, else 20xx."""
    said = fold(text).strip()
    if match := YEAR_FIRST.fullmatch(said):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := DAY_FIRST.fullmatch(said):
        return _date(_year(match[3], today, past), int(match[2]), int(match[1]))
    if match := IN_WORDS.fullmatch(said):
        month = WORDS.get(match[2]) or SHORT.get(match[2])
        return _date(int(match[3]), month, int(match[1])) if month else None
    return None


def _year(text: str, today: date, past: bool) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    year += today.year - today.year % CENTURY
    return year - CENTURY if past and year > today.year else year


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """9h30, 09:30, 9 h, 9:30:00, 2:30 pm"""
    match = HOUR.fullmatch(fold(text).replace("\u00a0", " ").strip())
    if match is None:
        return None
    hour, minute, half = int(match[1] or match[4]), int(match[2] or 0), match[3] or match[5]
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_start(text: str, today: date) -> tuple[date | None, time | None]:
    """A date and its hour in one cell: 2026-03-12T09:30, 12/03/2026 9h30, 12 mars 2026 à 9 h 30"""
    said = re.sub(r"\s+", " ", fold(text).strip())
    for match in re.finditer(r"t(?=\d)| a | ", said):
        found = read_date(said[: match.start()], today), read_time(said[match.end() :])
        if None not in found:
            return found
    return None, None


def instant(on: date, at: time, zone: ZoneInfo) -> datetime | str:
    """The moment, or why no clock shows it once: spring_hour, autumn_hour."""
    local = datetime.combine(on, at, zone)
    first, second = (local.replace(fold=n).utcoffset() or timedelta() for n in (0, 1))
    if first == second:
        return local
    return "spring_hour" if first < second else "autumn_hour"
