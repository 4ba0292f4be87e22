"""From groups to booking windows: 07:00-21:00, never before now, exclusions on each concrete day."""

from datetime import date, datetime, time, timedelta

from releve.core.understanding import Window
from releve.language.temporal.almanac.arithmetic import habit_span, plus
from releve.language.temporal.almanac.holidays import days_between
from releve.language.temporal.booking.compose import Group, afternoon
from releve.language.temporal.booking.phrases import Phrase
from releve.language.temporal.values import DAY_END, DAY_START, Day, Tod

Range = tuple[date, date]


def at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def prefer(found: list[Group], now: datetime, parity: int | None = None) -> list[Window]:
    """The windows of all groups, in order, without those already over; `parity` keeps even (0) or odd (1) weeks."""
    windows = {w for group in found for w in _of_group(group, now)}
    return sorted(w for w in windows if parity is None or w.start.isocalendar().week % 2 == parity)


def _of_group(group: Group, now: datetime) -> list[Window]:
    exact = next((d.exact for d in group.containers + group.days if d.exact), None)
    if exact and not group.tods:
        return clamp([Window(*exact)], now)
    ranges = _ranges(group, now)
    return clamp([w for lo, hi in ranges for w in _spell(lo, hi, group.tods)], now)


def _spell(lo: date, hi: date, tods: list[Tod]) -> list[Window]:
    if not tods:
        return [Window(at(lo, DAY_START), at(hi, DAY_END))]
    return [Window(at(day, t.lo), at(day, t.hi)) for day in days_between(lo, hi) for t in tods if _holds(t, day)]


def clamp(windows: list[Window], now: datetime) -> list[Window]:
    return [Window(max(w.start, now), w.end) for w in windows if w.end > max(now, w.start)]


def _ranges(group: Group, now: datetime) -> list[Range]:
    today = now.date()
    spans = [(c.lo, c.hi) for c in group.containers]
    if not group.days:
        return spans or _no_day(group, now)
    ranges: list[Range] = []
    for day in group.days:
        ranges += _day_ranges(day, group, today)
    return ranges or spans


def _no_day(group: Group, now: datetime) -> list[Range]:
    """A part of day alone is meant for the four weeks to come; an hour alone for the next time it strikes."""
    today = now.date()
    if any(t.form in ("point", "around") for t in group.tods):
        day = today if at(today, group.tods[0].hi) > now else plus(today, 1)
        return [(day, day)]
    return [habit_span(today)]


def _holds(tod: Tod, day: date) -> bool:
    """School lets out from Monday to Friday."""
    return tod.name != "apres l ecole" or day.weekday() < 5


def _day_ranges(day: Day, group: Group, today: date) -> list[Range]:
    spans = [(c.lo, c.hi) for c in group.containers]
    if day.form == "every":
        return spans or ([(day.lo, day.hi)] if group.tods else [])
    if not spans:
        return weekdays_in(day.weekdays, day.lo, day.hi) if day.form == "habit" else [(day.lo, day.hi)]
    inside = any(lo <= day.lo <= hi for lo, hi in spans)
    if all(d.form == "weekday" and not d.relative for d in group.days) and any((hi - lo).days > 7 for lo, hi in spans):
        inside = False  # "avant Noël, un lundi": each Monday of a long span
    opening = [c for c in group.containers if c.bound in ("from", "after")]
    if opening and day.form == "day" and day.lo <= min(c.lo for c in opening):
        return spans  # "il rentre le 3, donc à partir du 3"
    if day.form == "habit" or (day.form == "weekday" and not inside):
        return [x for lo, hi in spans for x in weekdays_in(day.weekdays, lo, hi)]
    # Outside "avant le 15", another date is most often that of the appointment one has.
    bounded = any(c.bound in ("before", "by", "within") for c in group.containers)
    return [(day.lo, day.hi)] if inside or not bounded else []


def weekdays_in(weekdays: tuple[int, ...], lo: date, hi: date) -> list[Range]:
    return [(d, d) for d in days_between(lo, hi) if d.weekday() in weekdays]


def exclude(phrases: list[Phrase], wanted: list[Window], now: datetime) -> list[Window]:
    """What is refused: each concrete day in the span of `wanted`, or in the next four weeks."""
    today = now.date()
    span = (wanted[0].start.date(), max(w.end for w in wanted).date()) if wanted else habit_span(today)
    windows: set[Window] = set()
    for phrase in phrases:
        tods = [afternoon(t) for t in phrase.tods]
        for lo, hi in _refused_days(phrase, span, bool(wanted)):
            windows.update(_spell(lo, hi, tods))
    return sorted(w for w in windows if w.end > max(now, w.start))


def _refused_days(phrase: Phrase, span: Range, bounded: bool) -> list[Range]:
    day = phrase.day
    if day is None:
        return [(d, d) for d in days_between(*span)]
    # "sauf lundi" bars every Monday of the span; "lundi je peux pas" speaks of the next one.
    every = phrase.role == "except" or (bounded and phrase.role == "negative")
    if day.day and not day.month and bounded and (numbered := [d for d in days_between(*span) if d.day == day.day]):
        return [(d, d) for d in numbered]
    if day.relative == "weekend" and (inside := weekdays_in((5, 6), *span)):
        return inside
    outside = not span[0] <= day.lo <= span[1]
    if day.form == "habit" or (day.form == "weekday" and (every or (bounded and outside))):
        inside = weekdays_in(day.weekdays, *span)
        return inside or ([(day.lo, day.hi)] if day.form == "weekday" else [])
    if day.form == "every":
        return []
    return [(day.lo, day.hi)]
