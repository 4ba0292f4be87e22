"""Calendar arithmetic in the meanings of MESSAGES.md ("mardi prochain", "fin mars")."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

HABIT_DAYS = 28
Part = Literal["debut", "mi", "fin", "courant"]


def plus(day: date, days: int) -> date:
    return day + timedelta(days=days)


def next_weekday(today: date, weekday: int) -> date:
    """The first such day strictly after `today`."""
    return plus(today, (weekday - today.weekday() - 1) % 7 + 1)


def last_weekday(today: date, weekday: int) -> date:
    """The last such day strictly before `today`."""
    return plus(today, -((today.weekday() - weekday - 1) % 7 + 1))


def monday(day: date) -> date:
    return plus(day, -day.weekday())


def habit_span(today: date) -> tuple[date, date]:
    """The 28 days from tomorrow in which a habit is spelled out."""
    return plus(today, 1), plus(today, HABIT_DAYS)


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def safe_date(year: int, month: int, day: int) -> date | None:
    """That date if it exists; years outside 100-2200 are no dates of a text."""
    if not 100 <= year <= 2200:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def next_month_day(today: date, month: int, day: int) -> date | None:
    """The next `day` of `month`, today counting."""
    for year in range(today.year, today.year + 9):
        found = safe_date(year, month, day)
        if found and found >= today:
            return found
    return None


def next_day_number(today: date, day: int) -> date | None:
    """The next such day of a month ("le 3"), today counting."""
    for ahead in range(4):
        first = add_months(today.replace(day=1), ahead)
        found = safe_date(first.year, first.month, day)
        if found and found >= today:
            return found
    return None


def month_part(year: int, month: int, part: str | None) -> tuple[date, date]:
    """Début 1-10, mi 11-20, fin 21-end; the whole month otherwise."""
    end = month_end(year, month)
    days = {"debut": (1, 10), "mi": (11, 20), "fin": (21, end.day)}.get(part or "", (1, end.day))
    return date(year, month, days[0]), date(year, month, days[1])


def next_month_part(today: date, month: int, part: str | None) -> tuple[date, date]:
    """That part of the month to come (the current one while it lasts)."""
    lo, hi = month_part(today.year, month, part)
    return (lo, hi) if hi >= today else month_part(today.year + 1, month, part)


def week_part(start: date, part: str | None) -> tuple[date, date]:
    """Début Monday-Tuesday, milieu Wednesday-Thursday, fin Thursday-Saturday; all of it Monday-Saturday."""
    lo, hi = {"debut": (0, 1), "mi": (2, 3), "fin": (3, 5)}.get(part or "", (0, 5))
    return plus(start, lo), plus(start, hi)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The first (1), second (2)... or last (-1) such weekday of a month."""
    if nth < 0:
        end = month_end(year, month)
        return plus(end, -((end.weekday() - weekday) % 7) + 7 * (nth + 1))
    first = date(year, month, 1)
    found = plus(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return found if found.month == month else None


def months_span(year: int, month: int, months: int) -> tuple[date, date]:
    """The first and last day of `months` months from `month` of `year` (which may overflow)."""
    first = add_months(date(year, 1, 1), month - 1)
    return first, plus(add_months(first, months), -1)


def span_around(today: date, months: int, shift: int) -> tuple[date, date]:
    """The quarter (3) or half-year (6) that holds `today`, `shift` of them later."""
    return months_span(today.year, (today.month - 1) // months * months + 1 + shift * months, months)
