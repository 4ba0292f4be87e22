"""The day and hour of the appointment that a message names."""

from datetime import date, datetime, timedelta

from releve.core.understanding import Window, Wish
from releve.language.temporal.almanac.arithmetic import plus
from releve.language.temporal.booking.compose import afternoon
from releve.language.temporal.booking.cues import REFUSALS
from releve.language.temporal.booking.phrases import Phrase
from releve.language.temporal.booking.windows import at
from releve.language.temporal.values import Day, Mark, Tod
from releve.language.temporal.words.reader import Reader

Named = tuple[date | None, Tod | None]


def named_appointment(r: Reader, found: list[Phrase]) -> Named | None:
    """Day and hour of the appointment: from the phrases that name it, else from any that may."""
    for roles in (("named",), ("named", "wish", *REFUSALS), ("event", "free"), ("past",)):
        usable = [p for p in found if p.role in roles and _single(p) and (p.role != "past" or _ahead(r, p))]
        if usable:
            return _first_pair(
                _best_first(r, usable),
                [p for p in found if p.role in ("wish", "named", *REFUSALS) and _single(p)],
            )
    return None


def _ahead(r: Reader, phrase: Phrase) -> bool:
    return phrase.day is not None and not phrase.day.past and phrase.day.lo > r.today


def _best_first(r: Reader, usable: list[Phrase]) -> list[Phrase]:
    """The phrase right after "rdv" with its hour first; then the one that says both day and hour of the same day."""
    told = [p for p in usable if r.norm(p.i - 1) in ("rdv", "rv") and _hour(p)]
    head = usable[0]
    if not told and head.day and not _hour(head):
        told = [p for p in usable if p.day and _hour(p) and _date(p.day) == _date(head.day)]
    if not told and head.day is None:
        told = [p for p in usable if p.day and _hour(p)] if not _hour(head) else []
    return [told[0], *(p for p in usable if p is not told[0])] if told else usable


def _single(phrase: Phrase) -> bool:
    day = phrase.day
    if isinstance(phrase.atoms[0].value, Mark):
        return False
    if day is not None and day.exact:
        return False
    return day is None or day.form in ("day", "weekday") or (day.form == "habit" and len(day.weekdays) == 1)


def _first_pair(first: list[Phrase], others: list[Phrase]) -> Named | None:
    head = next((p for p in first if p.day), first[0])
    hour = _hour(head) or next((h for p in first if p.day is None and (h := _hour(p))), None)
    if hour is None:
        hour = next((h for p in others if p.day is None and p.i > head.i and (h := _hour(p))), None)
    day = head.day or next((p.day for p in others if p.day and p.i > head.i), None)
    if day is None and hour is None and not head.tods:
        return None
    return (_date(day) if day else None), hour


def _date(day: Day) -> date:
    """ "le mardi" of an appointment is the next one, not a habit."""
    if day.form != "habit":
        return day.lo
    return next(plus(day.lo, n) for n in range(7) if plus(day.lo, n).weekday() in day.weekdays)


def _hour(phrase: Phrase) -> Tod | None:
    tods = [afternoon(t) for t in phrase.tods]
    exact = next((t for t in tods if t.form in ("point", "around", "range") and t.hour is not None), None)
    return exact or next((Tod(720, 721, "point", "midi", 12, 0) for t in tods if t.name == "midi"), None)


def point_window(named: Named, now: datetime) -> Wish:
    day = named[0] or now.date()
    hour = named[1]
    if hour is None or hour.hour is None:
        start = at(day, 0)
        return Wish((Window(start, start + timedelta(days=1)),))
    start = at(day, hour.hour * 60 + (hour.minute or 0))
    return Wish((Window(start, start + timedelta(minutes=1)),))
