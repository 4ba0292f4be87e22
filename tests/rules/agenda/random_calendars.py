"""Whole calendars drawn at random: rooms, limits, kept places, groups, buffers, around the days on which clocks change.

Everything falls on multiples of five minutes, so that a test can look at each of them in turn. The random source is an
argument: hypothesis shrinks one, the bench seeds another.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from releve.agenda.availability import Timetable
from releve.agenda.calendar import AgendaCalendar
from releve.agenda.places import Booking
from releve.agenda.schedule import PLACES, SCHOOL, WEEKS, Limit, Override, Rule, WeeklySchedule
from releve.agenda.spans import DAY, MINUTE, Span, floor_second
from releve.agenda.visits import Visit

ZONES = ("Europe/Paris", "America/New_York", "Pacific/Auckland", "Australia/Lord_Howe", "America/Santiago")
CHANGES = [(2027, 3, 28), (2027, 10, 31), (2027, 3, 14), (2027, 11, 7), (2027, 4, 4), (2027, 9, 26), (2027, 10, 3)]
DAYS = [date(*day) for day in (*CHANGES, (2027, 3, 15), (2026, 12, 24))]
VISITS = ("consultation", "atelier", "suivi")
FAMILIES = ("salle", "échographe")


@dataclass(frozen=True)
class Situation:
    """What is asked of whom: `low` to `high` in seconds."""

    calendar: AgendaCalendar
    visit: Visit
    newcomer: bool
    low: int
    high: int


def situation(random: Random) -> Situation:
    day = random.choice(DAYS)
    midnight = floor_second(datetime(day.year, day.month, day.day, tzinfo=UTC))
    visit = _visit(random)
    zone = random.choice(ZONES)
    person = _person(random, day, midnight, zone)
    rooms = {
        family: [_room(random, person, midnight, zone, n) for n in range(random.randint(0, 2))]
        for family in visit.needs
    }
    low = midnight + _ticks(random, -12, 60)
    calendar = AgendaCalendar(
        person=person,
        now=datetime.fromtimestamp(midnight + _ticks(random, -288, 144), UTC),
        rooms=rooms,
    )
    return Situation(calendar, visit, random.random() < 0.5, low, low + _ticks(random, 0, 12 * 40))


def _visit(random: Random) -> Visit:
    group = random.random() < 0.3
    return Visit(
        identifier="atelier" if group else random.choice(("consultation", "suivi")),
        duration_min=random.choice((5, 15, 20, 30, 45, 90)),
        step_min=random.choice((None, None, 5, 15, 25, 60)),
        buffer_before_min=random.choice((0, 0, 5, 15)),
        buffer_after_min=random.choice((0, 0, 10)),
        min_notice_min=random.choice((0, 0, 120)),
        horizon_days=random.choice((None, None, 1, 2)),
        capacity=random.randint(2, 4) if group else 1,
        needs=tuple(random.sample(FAMILIES, random.choice((0, 0, 1, 2)))),
        urgent=random.random() < 0.3,
        teleconsultation=random.random() < 0.3,
    )


def _person(random: Random, day: date, midnight: int, zone: str) -> Timetable:
    own = WeeklySchedule(
        timezone=zone,
        rules=tuple(_rule(random, day) for _ in range(random.randint(0, 5))),
        overrides=tuple(_override(random, day) for _ in range(random.choice((0, 0, 1, 2)))),
        days_off=frozenset({day + timedelta(days=1)}) if random.random() < 0.1 else frozenset(),
        capacity=random.choice((1, 1, 1, 2, 3)),
        public_holidays=random.choice((None, "FR", "FR-57", "FR-974")),
        school_zone=random.choice(("", "A", "C")),
        limits=tuple(_limit(random) for _ in range(random.choice((0, 0, 1, 2)))),
    )
    return Timetable(own, _spans(random, midnight, 3), _bookings(random, midnight, 8))


def _room(random: Random, person: Timetable, midnight: int, zone: str, key: int) -> Timetable:
    always = Rule(frozenset(range(7)), 0, 1440)
    week = random.choice((always, Rule(frozenset(range(7)), _minute(random), _minute(random))))
    own = WeeklySchedule(zone, (week,), capacity=random.choice((1, 1, 2)))
    theirs = [b for b in person.bookings if random.random() < 0.5]
    return Timetable(own, _spans(random, midnight, 1), [*theirs, *_bookings(random, midnight, 5)], key=key)


def _rule(random: Random, day: date) -> Rule:
    plain = random.random() < 0.4
    since = day + timedelta(days=random.randint(-20, 3))
    return Rule(
        frozenset(random.sample(range(7), random.randint(1, 7))),
        _minute(random),
        _minute(random),
        weeks="" if plain else random.choice(("", "", *WEEKS)),
        every=1 if plain else random.choice((1, 2, 3)),
        since=None if plain else since,
        until=None if plain or random.random() < 0.7 else since + timedelta(days=random.randint(0, 30)),
        school_holidays="" if plain else random.choice(("", "", *SCHOOL)),
        services=frozenset(random.sample(VISITS, 2)) if random.random() < 0.3 else frozenset(),
        kept_until=_minute(random) if random.random() < 0.3 else None,
        kept_days=random.randint(0, 1),
        place=random.choice(("", "", *PLACES)),
    )


def _override(random: Random, day: date) -> Override:
    return Override(day + timedelta(days=random.randint(-2, 3)), _minute(random), _minute(random))


def _limit(random: Random) -> Limit:
    services = frozenset(random.sample(VISITS, random.randint(0, 2)))
    return Limit(random.randint(1, 3), services, random.random() < 0.5)


def _bookings(random: Random, midnight: int, most: int) -> list[Booking]:
    found = []
    for _ in range(random.randint(0, most)):
        start, end = _span(random, midnight)
        one = Booking(start, end, random.randint(1, 3), random.choice(VISITS), random.random() < 0.4)
        together = random.choice((1, 1, 2, 3))  # those of a group begin at the same minute
        found += [one._replace(holder=str(random.getrandbits(32))) for _ in range(together)]
    return found


def _spans(random: Random, midnight: int, most: int) -> list[Span]:
    return [_span(random, midnight) for _ in range(random.randint(0, most))]


def _span(random: Random, midnight: int) -> Span:
    start = midnight - DAY + _ticks(random, 0, 4 * 288)
    return start, start + _ticks(random, 1, 24)


def _minute(random: Random) -> int:
    return random.randint(0, 288) * 5


def _ticks(random: Random, least: int, most: int) -> int:
    return random.randint(least, most) * 5 * MINUTE
