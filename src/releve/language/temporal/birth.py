"""Absolute dates with their offsets, and those that may be dates of birth."""

import re
from datetime import date, datetime

from releve.language.temporal.almanac.arithmetic import safe_date
from releve.language.temporal.booking.reading import read
from releve.language.temporal.rules.dates import date_at, year_value
from releve.language.temporal.values import Day
from releve.language.temporal.words.lexicon import MONTHS
from releve.language.temporal.words.reader import Reader, reader

Found = tuple[int, int, date]
_SEPARATED = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(\d{2})(\d{2})((?:19|20)\d{2})(?!\d)")
_LABELLED = re.compile(r"jour\s+(\d{1,2})\s+mois\s+(\d{1,2})\s+ann[ée]e\s+(\d{2,4})", re.IGNORECASE)


def dates(text: str, now: datetime) -> tuple[Found, ...]:
    """Absolute dates (day and month named, the year told or the next to come), with character offsets."""
    r, atoms = read(text, now)
    found = []
    for atom in atoms:
        day = atom.value
        if isinstance(day, Day) and day.day and day.month and day.calendar[0] == day.calendar[1]:
            found.append((r.tokens[atom.i].start, r.tokens[atom.j - 1].end, day.calendar[0]))
    return tuple(found)


def dates_of_birth_candidates(text: str, now: datetime) -> tuple[Found, ...]:
    """Past dates with a year, in any spelling; two digits take the century that makes the date past."""
    r = reader(text, now)
    found = {(a, b): d for rx in (_SEPARATED, _COMPACT, _LABELLED) for a, b, d in _figures(rx, text, r.today)}
    i = 0
    while i < len(r):
        read_here = _spoken(r, i)
        if read_here is None:
            i += 1
            continue
        day, j = read_here
        span = (r.tokens[i].start, r.tokens[j - 1].end)
        if not any(a < span[1] and span[0] < b for a, b in found):
            found[span] = day
        i = j
    return tuple((a, b, d) for (a, b), d in sorted(found.items()))


def _figures(rx: re.Pattern[str], text: str, today: date) -> list[Found]:
    out = []
    for m in rx.finditer(text):
        past = past_date(int(m[1]), int(m[2]), int(m[3]), today)
        if past:
            out.append((m.start(), m.end(), past))
    return out


def past_date(day: int, month: int, year: int, today: date) -> date | None:
    """That date, of this century if already past, else of the last; None if it does not exist."""
    if year < 100:
        recent = safe_date(2000 + year, month, day)
        return recent if recent and recent <= today else safe_date(1900 + year, month, day)
    found = safe_date(year, month, day)
    return found if found and found <= today and year > today.year - 125 else None


def _spoken(r: Reader, i: int) -> tuple[date, int] | None:
    if r.tokens[i].masked:
        return None
    found = date_at(r, i)
    if found and found[0].year is not None and found[0].day and found[0].month:
        day = past_date(found[0].day, found[0].month, _two_digits(found[0].year, r.today), r.today)
        return (day, found[1]) if day else None
    return _three_numbers(r, i)


def _two_digits(year: int, today: date) -> int:
    """A year that the calendar read as to come was two digits: let the past decide."""
    return year % 100 if year > today.year and year == year_value(year % 100, today) else year


def _three_numbers(r: Reader, i: int) -> tuple[date, int] | None:
    """ "zéro un zéro trois quatre-vingt-quatre" is not read; "cinq cinq quatre-vingt-quinze" is."""
    first = r.number(i, 1, 31)
    second = r.number(first[1], 1, 12) if first else None
    third = r.number(second[1], 0, 2100) if second else None
    if not (first and second and third) or r.tokens[i].digits or r.norm(third[1]) in MONTHS:
        return None
    if 100 <= third[0] < 1900 or third[0] < 13:
        return None
    day = past_date(first[0], second[0], third[0], r.today)
    return (day, third[1]) if day else None
