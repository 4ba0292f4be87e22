"""What can be booked without a word: visits in plain words, who does them, the next free places by day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from releve.agenda.availability import Reason
from releve.agenda.calendar import HORIZON_DAYS
from releve.agenda.groups import groups
from releve.agenda.spans import ceil_second
from releve.agenda.visits import of_age, query_of
from releve.channels.web.rules import Day, by_day
from releve.core.facts import Directory, Place
from releve.core.ports import ServiceRecord
from releve.look.templatetags.french import ages_told
from releve.practice import queries

HORIZON = timedelta(days=60)  # of one look; how far patients may book is the visit's own rule
SOON = timedelta(days=14)  # the practice's page looks no further: it is opened the most
DAYS_LEAST, DAYS_MOST, PLACES_ENOUGH = 2, 6, 12  # of one page


@dataclass(frozen=True)
class Visit:
    """A kind of visit that can be booked online; `who` may do it, `reserved`: only for people already followed."""

    service: ServiceRecord
    who: tuple[int, ...]
    reserved: bool

    @property
    def ages(self) -> str:
        return ages_told(self.service.min_age, self.service.max_age)


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
    visits = {who: known.services[service] for who, service in wanted.items()}
    found = queries.first_free(visits, now, now + ahead)
    return {who: Place(who, wanted[who], found[who]) for who in wanted if who in found}


class Found(NamedTuple):
    """`later`: the day from which more come. `left`: how many may still join each group; nothing for other visits."""

    days: list[Day]
    later: date | None
    left: dict[Place, int]


def days(
    known: Directory, service: int, who: Sequence[int], now: datetime, since: date | None, newcomer: bool = False
) -> Found:
    """The next days with free places from `since` on. Where several people are free at once, the first of the file is
    shown."""
    visit = known.services[service]
    farthest = now + timedelta(days=HORIZON_DAYS if visit.horizon_days is None else visit.horizon_days)
    begin = now if since is None else min(max(now, datetime.combine(since, time(), known.zone)), farthest)
    until = begin + HORIZON
    calendars = queries.calendars(who, now, since=begin, until=until, visits=[visit])
    places: dict[datetime, Place] = {}
    for key in who:
        for start in calendars[key].free(begin, until, visit, newcomer) if key in calendars else ():
            places.setdefault(start, Place(key, service, start))
    found = [(start.astimezone(known.zone), places[start]) for start in sorted(places)]
    shown, later = by_day(found, DAYS_LEAST, DAYS_MOST, PLACES_ENOUGH)
    if later is None and until < farthest:
        later = until.astimezone(known.zone).date()
    if visit.capacity == 1:
        return Found(shown, later, {})
    there = {key: groups(calendar.person, visit, query_of(visit)) for key, calendar in calendars.items()}
    some = [place for day in shown for place in (*day.morning, *day.afternoon)]
    left = {p: visit.capacity - there[p.practitioner].get(ceil_second(p.start), 0) for p in some}
    return Found(shown, later, left)


def why_not(
    known: Directory, place: Place, now: datetime, born: date | None = None, moving: int | None = None
) -> Reason | None:
    """None while the agenda still has it; what decides is the booking itself. `born`: who comes, once it is known;
    `moving`: the appointment that would go there."""
    visit = known.services[place.service]
    calendar = queries.around(place.start, [place.practitioner], now, visit, moving=moving).get(place.practitioner)
    if calendar is None:
        return "closed"
    return calendar.why_not(place.start, visit, born=born)


def fitting(known: Directory, born: date, start: datetime) -> list[Visit]:
    """The visits for somebody who is of that age then."""
    return [v for v in visits(known) if of_age(v.service, born, start, known.practice.timezone)]
