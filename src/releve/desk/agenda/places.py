"""Free places: the next ones to say aloud to a caller, and those of the grid while an appointment is being moved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from releve.agenda.calendar import AgendaCalendar
from releve.core.ports import VisitRecord
from releve.desk.agenda import rules
from releve.desk.agenda.days import bounds, place_key
from releve.desk.agenda.grid import minute, span_of, style
from releve.desk.agenda.people import Person
from releve.desk.naming import whom
from releve.practice import queries
from releve.practice.models import Appointment, Organization, Practitioner

HORIZONS = (timedelta(days=14), timedelta(days=60))  # most callers find theirs in the first
MOST = 9  # as many as there are figures on the keyboard
OF_A_HALF_DAY = 3  # so that nine places reach over several days
MOST_OF_A_DAY = 48
NOON = 12


@dataclass(frozen=True)
class Place:
    """`number`: the key that takes it, 0 beyond the ninth."""

    number: int
    key: str
    who: str
    start: datetime

    @property
    def day(self) -> date:
        return timezone.localtime(self.start).date()


def free(
    people: Sequence[Practitioner], visit: VisitRecord, start: datetime, end: datetime, now: datetime,
    moving: Appointment | None = None,
) -> Iterable[tuple[datetime, Practitioner]]:  # fmt: skip
    """Every free place in [start, end), the earliest first; the first of `people` wins a shared start. Places kept for
    urgent visits are not said to others: who wants one names its hour."""
    calendars = _calendars([p.pk for p in people], visit, start, end, now, moving)
    found: dict[datetime, Practitioner] = {}
    for person in people:
        if person.pk in calendars:
            calendar = calendars[person.pk]
            for at in calendar.free(start, end, visit):
                if not (calendar.kept(at, visit) or _is_now(moving, person, at)):
                    found.setdefault(at, person)
    return sorted(found.items(), key=lambda pair: pair[0])


def _calendars(
    who: Sequence[int], visit: VisitRecord, start: datetime, end: datetime, now: datetime, moving: Appointment | None
) -> dict[int, AgendaCalendar]:
    mine = moving.pk if moving is not None else None
    return queries.calendars(who, now, since=start, until=end, visits=[visit], moving=mine, by_staff=True)


def _is_now(moving: Appointment | None, person: Practitioner, at: datetime) -> bool:
    """Where the appointment is already: its time is free for it, and yet no place to move to."""
    return moving is not None and (moving.practitioner_id, moving.start) == (person.pk, at)


def following(
    people: Sequence[Practitioner], visit: VisitRecord, after: datetime, now: datetime,
    moving: Appointment | None = None,
) -> list[tuple[datetime, Practitioner]]:  # fmt: skip
    """The next ones, a few of each half-day."""
    found: list[tuple[datetime, Practitioner]] = []
    for horizon in HORIZONS:
        found = spread(free(people, visit, after, after + horizon, now, moving))
        if len(found) >= MOST:
            break
    return found


def spread(places: Iterable[tuple[datetime, Practitioner]]) -> list[tuple[datetime, Practitioner]]:
    halves: dict[tuple[date, bool], int] = {}
    kept = []
    for at, who in places:
        local = timezone.localtime(at)
        half = (local.date(), local.hour < NOON)
        halves[half] = halves.get(half, 0) + 1
        if halves[half] <= OF_A_HALF_DAY:
            kept.append((at, who))
    return kept[:MOST]


def of_the_day(
    practice: Organization, people: Sequence[Practitioner], visit: VisitRecord, day: date, now: datetime,
    moving: Appointment | None = None,
) -> list[tuple[datetime, Practitioner]]:  # fmt: skip
    """All of one day that are still to come."""
    start, end = bounds(practice, day, day)
    return list(free(people, visit, max(start, now), end, now, moving))[:MOST_OF_A_DAY] if end > now else []


def numbered(places: Iterable[tuple[datetime, Practitioner]]) -> list[Place]:
    return [
        Place(number if number <= MOST else 0, place_key(who.identifier, at), whom(who), at)
        for number, (at, who) in enumerate(places, 1)
    ]


# --- on the grid ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Possible:
    """A place of the grid: the column it lies in, its classes, its minute of the day."""

    column: str
    style: str
    minute: int
    place: Place


def possible(
    practice: Organization, columns: Sequence[tuple[str, Person, date]], visit: VisitRecord, first_hour: int,
    now: datetime, moving: Appointment | None = None,
) -> list[Possible]:  # fmt: skip
    """Where an appointment of this visit can go, over the columns of a grid that begins at `first_hour`."""
    days = [day for _, _, day in columns]
    start, end = bounds(practice, min(days), max(days))
    start = max(start, now)
    if start >= end:
        return []
    calendars = _calendars([person.row.pk for _, person, _ in columns], visit, start, end, now, moving)
    length = timedelta(minutes=visit.duration_min)
    frame, zone = rules.Frame(first_hour, 24), ZoneInfo(practice.timezone)
    found = []
    for key, person, day in columns:
        low, high = bounds(practice, day, day)
        if person.row.pk not in calendars or high <= now:
            continue
        for at in calendars[person.row.pk].free(max(low, now), high, visit):
            if _is_now(moving, person.row, at):
                continue
            classes = style(frame.rows(span_of(at, at + length, day, zone)))
            place = Place(0, place_key(person.key, at), whom(person.row), at)
            found.append(Possible(key, classes, minute(at, day, zone), place))
    return found
