"""When somebody can come, in words; and what a form says of it, as windows of time. Local time without a zone."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from releve.core.understanding import Window
from releve.language.writing import DAYS, NBSP, listed
from releve.look.templatetags.french import day, hour, language

FEW = 3  # days that are named one by one
NOON, EVENING, MIDNIGHT = time(12), time(17), time(0)
MOMENTS = {
    "": (MIDNIGHT, MIDNIGHT),
    "morning": (MIDNIGHT, NOON),
    "afternoon": (NOON, MIDNIGHT),
    "evening": (EVENING, MIDNIGHT),
}
FARTHEST = timedelta(days=90)
Hours = tuple[time, time]


def windows(weekdays: Sequence[int], moment: str, first: date, last: date) -> tuple[Window, ...]:
    """Each chosen weekday (0 is Monday) from `first` to `last`, at this moment of the day; all days, when none is
    chosen. Nothing chosen at all means any time: no window."""
    if not weekdays and not moment:
        return ()
    start, end = MOMENTS[moment]
    days = [first + timedelta(days=n) for n in range((min(last, first + FARTHEST) - first).days + 1)]
    wanted = [d for d in days if not weekdays or d.weekday() in weekdays]
    return tuple(Window(datetime.combine(d, start), _end(d, end)) for d in wanted)


def _end(day: date, end: time) -> datetime:
    """Midnight as an end is that of the next day."""
    return datetime.combine(day + timedelta(days=end == MIDNIGHT), end)


def in_words(pairs: Iterable[Sequence[str]], now: datetime) -> str:
    """« mardis et jeudis, l’après-midi, du 17 mars au 12 avril »; "" for any time; what is past is not told."""
    read = [(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in pairs]
    coming = [(start, end) for start, end in read if end > now]
    if not coming:
        return _("les dates demandées sont passées") if read else ""
    by_hours: dict[Hours, list[date]] = {}
    long = []
    for start, end in coming:
        if end - start <= timedelta(days=1) and _end(start.date(), end.time()) == end:
            by_hours.setdefault((start.time(), end.time()), []).append(start.date())
        else:
            long.append(_("du %(start)s au %(end)s") % {"start": day(start), "end": day(end - timedelta(minutes=1))})
    told = [_together(sorted(set(days)), hours) for hours, days in by_hours.items()]
    return (f"{NBSP}; " if language() == "fr" else "; ").join([*told, *long])


def _together(days: Sequence[date], hours: Hours) -> str:
    if len(days) <= FEW:
        parts = [listed([day(d) for d in days], _("et")), _hours(*hours)]
    else:
        between = _("du %(start)s au %(end)s") % {"start": _short(days[0]), "end": _short(days[-1])}
        parts = [_weekdays({d.weekday() for d in days}), _hours(*hours), between]
    return ", ".join(part for part in parts if part)


def _short(when: date) -> str:
    """17 mars"""
    return day(when).split(" ", 1)[1]


def _weekdays(found: set[int]) -> str:
    if len(found) == 7:
        return _("tous les jours")
    if found == {0, 1, 2, 3, 4}:
        return _("en semaine")
    names = [day(date(2026, 1, 5) + timedelta(days=n)).split(" ", 1)[0] for n in sorted(found)]  # a Monday
    return listed([_("les %ss") % name if name in DAYS else name for name in names], _("et"))


def _hours(start: time, end: time) -> str:
    if (start, end) == (MIDNIGHT, MIDNIGHT):
        return ""
    if start <= time(9) and time(11) <= end <= time(13):
        return _("le matin")
    if time(12) <= start <= time(14) and (end == MIDNIGHT or end >= time(18)):
        return _("l’après-midi")
    on = date(2026, 1, 5)
    first, last = (hour(datetime.combine(on, t)) for t in (start, end))
    if end == MIDNIGHT:
        return _("à partir de %s") % first
    return _("avant %s") % last if start == MIDNIGHT else _("de %(start)s à %(end)s") % {"start": first, "end": last}
