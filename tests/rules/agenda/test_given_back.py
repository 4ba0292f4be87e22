"""What an appointment gives back: what nobody else has, within the hours."""

from datetime import UTC, datetime, timedelta

import pytest

from releve.agenda.availability import Timetable
from releve.agenda.calendar import AgendaCalendar
from releve.agenda.given_back import given_back
from releve.agenda.parse import parse_schedule
from releve.agenda.places import Booking
from releve.agenda.spans import outer

DAY = datetime(2026, 3, 17, tzinfo=UTC)
HOURS = {"timezone": "UTC", "rules": [{"days": ["tue"], "start": "08:00", "end": "12:00"}]}


def at(clock: str) -> datetime:
    hour, minute = clock.split(":")
    return DAY + timedelta(hours=int(hour), minutes=int(minute))


def booked(first: str, last: str, holder: str = "7", capacity: int = 1) -> Booking:
    return Booking(*outer(at(first), at(last)), capacity, holder=holder)


def left(*bookings: Booking, busy: tuple[str, str] | None = None, capacity: int = 1) -> list[str]:
    """Of an appointment from 10:00 to 10:40."""
    away = [outer(at(busy[0]), at(busy[1]))] if busy else []
    table = Timetable(parse_schedule({**HOURS, "capacity": capacity}), away, bookings)
    parts = given_back(AgendaCalendar(table, DAY, by_staff=True), at("10:00"), at("10:40"))
    return [f"{part.start:%H:%M}-{part.end:%H:%M}" for part in parts]


def test_all_of_it_when_nobody_else_is_there() -> None:
    assert left() == left(booked("9:40", "10:00"), booked("10:40", "11:00")) == ["10:00-10:40"]


@pytest.mark.parametrize(
    ("first", "last", "parts"),
    [
        ("10:00", "10:40", []), ("9:00", "11:00", []), ("10:00", "10:20", ["10:20-10:40"]),
        ("10:10", "10:20", ["10:00-10:10", "10:20-10:40"]),
    ],
)  # fmt: skip
def test_nothing_that_somebody_else_has(first: str, last: str, parts: list[str]) -> None:
    assert left(booked(first, last)) == parts == left(busy=(first, last))


def test_a_place_for_a_moment_is_not_somebody_else_s() -> None:
    assert left(booked("10:00", "10:40", "conversation:3"), booked("10:00", "10:40", "offer:1:x:1")) == ["10:00-10:40"]


def test_of_two_places_one_is_free_when_one_is_taken() -> None:
    both = [booked("10:00", "10:40", holder, 2) for holder in ("7", "8")]
    assert left(both[0], capacity=2) == ["10:00-10:40"] and left(*both, capacity=2) == []


def test_nothing_outside_the_hours() -> None:
    table = Timetable(parse_schedule(HOURS))
    calendar = AgendaCalendar(table, DAY, by_staff=True)
    (part,) = given_back(calendar, at("11:40"), at("12:20"))
    assert part.end == at("12:00") and given_back(calendar, at("20:00"), at("20:20")) == []
