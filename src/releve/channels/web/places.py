"""What can be booked without a word: visits in plain words, who does them, the next free places by day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from releve.channels.web.rules import Day, by_day
from releve.core.facts import Directory, Place
from releve.core.ports import ServiceRecord
from releve.practice import queries

HORIZON = timedelta(days=60)
SOON = timedelta(days=14)  # the practice's page looks no further: it is opened the most
DAYS_LEAST, DAYS_MOST, PLACES_ENOUGH = 2, 6, 12  # of one page


@dataclass(frozen=True)
class Visit:
    """A kind of visit that can be booked online; `who` may do it, `reserved`: only for people already followed."""

    service: ServiceRecord
    who: tuple[int, ...]
    reserved: bool


def visits(known: Directory, practitioner: int | None = None) -> list[Visit]:
    """In the order of the practice's file; those of one person only, if given."""
    found = [visit(known, key) for key in known.services]
    return [v for v in found if v is not None and (practitioner is None or practitioner in v.who)]


def visit(known: Directory, key: int) -> Visit | None:
    """None when it is not booked online, or nobody does it."""
    service, who = known.services[key], known.performers.get(key, ())
    return Visit(service, who, reserved(known, key, None)) if service.bookable_online and who else None


def reserved(known: Directory, service: int, practitioner: int | None) -> bool:
    """The practice's published rule: this visit, or everyone asked for, is for people already followed."""
    who = known.performers.get(service, ()) if practitioner is None else (practitioner,)
    takes = any(known.practitioners[key].accepts_new_patients for key in who)
    return not (known.services[service].new_patients and takes)


def offered(known: Directory, service: int, practitioner: int | None) -> tuple[int, ...]:
    """Whose places are shown: one person's; else those who take new patients, if any does."""
    who = known.performers.get(service, ())
    if practitioner is not None:
        return (practitioner,) if practitioner in who else ()
    return tuple(k for k in who if known.practitioners[k].accepts_new_patients) or who


def first_visit(known: Directory, practitioner: int) -> int | None:
    """The visit whose next place stands for a person on the team's list: the first of the file."""
    return next((v.service.id for v in visits(known, practitioner)), None)


def next_places(
    known: Directory, wanted: Mapping[int, int], now: datetime, ahead: timedelta = HORIZON
) -> dict[int, Place]:
    """The next free place of each person within `ahead`, for the visit given with them."""
    calendars = queries.calendars(wanted, now, until=now + ahead)
    places = {}
    for who, service in wanted.items():
        length = known.services[service].duration_min
        free = calendars[who].free(now, now + ahead, length) if who in calendars else ()
        start = next((s for s in free if s > now), None)
        if start is not None:
            places[who] = Place(who, service, start)
    return places


def days(
    known: Directory, service: int, who: Sequence[int], now: datetime, since: date | None
) -> tuple[list[Day], date | None]:
    """The next days with free places from `since` on, and the day from which more come. Where several people are free
    at once, the first of the file is shown."""
    begin = now if since is None else max(now, datetime.combine(since, time(), known.zone))
    until = now + HORIZON
    calendars = queries.calendars(who, now, until=until)
    places: dict[datetime, Place] = {}
    for key in who:
        free = calendars[key].free(begin, until, known.services[service].duration_min) if key in calendars else ()
        for start in free:
            if start > now:
                places.setdefault(start, Place(key, service, start))
    found = [(start.astimezone(known.zone), places[start]) for start in sorted(places)]
    return by_day(found, DAYS_LEAST, DAYS_MOST, PLACES_ENOUGH)


def is_free(known: Directory, place: Place, now: datetime) -> bool:
    """Whether the agenda still has it; what decides is the booking itself."""
    length = timedelta(minutes=known.services[place.service].duration_min)
    calendar = queries.calendars([place.practitioner], now, until=place.start + length).get(place.practitioner)
    if calendar is None or place.start <= now or place.start > now + HORIZON:
        return False
    return place.start in calendar.free(place.start, place.start + length, known.services[place.service].duration_min)
