"""The last such day instead of the next: what a verb in the past, or "depuis", makes of "lundi", "le 3", "en mars"."""

from dataclasses import replace
from datetime import date

from releve.language.temporal.almanac.arithmetic import add_months, last_weekday, month_end, plus, safe_date
from releve.language.temporal.almanac.holidays import last_feast
from releve.language.temporal.values import Day


def backwards(day: Day, today: date) -> Day:
    """The same name one turn back, when the day read lies ahead; the day itself otherwise."""
    lo, hi = day.calendar
    if lo <= today and day.form not in ("weekday", "habit"):
        return day
    if day.form in ("weekday", "habit") and day.weekdays:
        last = last_weekday(today, day.weekdays[0])
        return _at(day, last, last)
    if day.feast:
        last = last_feast(today, day.feast)
        return _at(day, last, last)
    if day.relative and not day.relative.startswith(("feast", "ranked", "last")):
        return day
    if day.weekdays and day.day and not day.month:
        return _dated_weekday(day, today)
    if day.day and not day.month:
        found = _last_number(today, day.day)
        return _at(day, found, found) if found else day
    return _a_year_before(day, lo, hi)


def _at(day: Day, lo: date, hi: date) -> Day:
    form = "day" if day.form in ("weekday", "habit") else day.form
    return replace(day, lo=lo, hi=hi, cal=None, form=form, past=True)


def _last_number(today: date, number: int) -> date | None:
    for back in range(4):
        first = add_months(today.replace(day=1), -back)
        found = safe_date(first.year, first.month, number)
        if found and found < today:
            return found
    return None


def _dated_weekday(day: Day, today: date) -> Day:
    """ "mardi 3" in the past: the last third that was a Tuesday."""
    found = next(
        (d for n in range(1, 120) if (d := plus(today, -n)).day == day.day and d.weekday() in day.weekdays), None
    )
    return _at(day, found, found) if found else day


def _a_year_before(day: Day, lo: date, hi: date) -> Day:
    before = add_months(lo, -12)
    if lo == hi:
        return _at(day, before, before)
    end = add_months(hi, -12)
    if hi == month_end(hi.year, hi.month):
        end = month_end(end.year, end.month)
    return _at(day, before, end)
