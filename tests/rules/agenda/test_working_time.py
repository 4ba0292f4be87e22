"""Working time of a practice open on weekdays 08:00-18:00, Saturday 08:00-12:00, never on public holidays."""

from datetime import UTC, datetime

import pytest

from releve.agenda.fields import BadInput
from releve.agenda.parse import parse_opening_hours
from releve.agenda.working_time import NeverOpens, WorkingTime
from tests.rules.agenda.shapes import at, rule, schedule

PRACTICE = {
    "opening_hours": [rule("mon tue wed thu fri", "08:00", "18:00"), rule("sat", "08:00", "12:00")],
    "public_holidays": True,
}
HOURS = WorkingTime(parse_opening_hours(PRACTICE))


@pytest.mark.parametrize(
    ("moment", "opened"),
    [
        ("2027-03-15T08:00", True),
        ("2027-03-15T07:59:59", False),
        ("2027-03-15T18:00", False),
        ("2027-03-14T10:00", False),  # Sunday
        ("2027-03-29T10:00", False),  # Easter Monday
    ],
)
def test_is_open(moment, opened):
    assert HOURS.is_open(at(moment)) is opened


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2027-03-15T09:12:30", "2027-03-15T09:12:30"),
        ("2027-03-15T18:00", "2027-03-16T08:00"),
        ("2027-03-27T12:00", "2027-03-30T08:00"),  # over Easter and the change of clocks
    ],
)
def test_next_opening(moment, expected):
    assert HOURS.next_opening(at(moment)) == at(expected)


@pytest.mark.parametrize(
    ("moment", "minutes", "expected"),
    [
        ("2027-03-15T09:00", 180, "2027-03-15T12:00"),
        ("2027-03-15T17:00", 60, "2027-03-15T18:00"),
        ("2027-03-15T17:00", 61, "2027-03-16T08:01"),
        ("2027-03-15T06:00", 20, "2027-03-15T08:20"),
        ("2027-03-27T11:00", 180, "2027-03-30T10:00"),
        ("2027-03-14T11:00", 0, "2027-03-14T11:00"),
        ("2027-03-15T08:00", 540 * 60, "2027-05-27T16:00"),  # ten weeks, and 38 h of holidays in them
    ],
)
def test_add_working_time(moment, minutes, expected):
    assert HOURS.add_working_time(at(moment), minutes) == at(expected)


def test_a_night_service_is_open_after_midnight():
    night = WorkingTime(schedule(rule("mon", "22:00", "06:00")))
    assert night.is_open(at("2027-03-16T05:59"))
    assert night.add_working_time(at("2027-03-16T05:00"), 120) == at("2027-03-22T23:00")


def test_a_service_that_never_closes_counts_every_minute():
    always = WorkingTime(schedule(rule("*", "00:00", "24:00")))
    month = 30 * 24 * 60
    start = datetime(2027, 3, 15, tzinfo=UTC)
    assert (always.add_working_time(start, month) - start).days == 30


def test_errors():
    with pytest.raises(NeverOpens):
        WorkingTime(schedule()).next_opening(at("2027-03-15T08:00"))
    with pytest.raises(NeverOpens):
        WorkingTime(schedule()).add_working_time(at("2027-03-15T08:00"), 1)
    with pytest.raises(ValueError, match="not negative"):
        HOURS.add_working_time(at("2027-03-15T08:00"), -1)
    with pytest.raises(BadInput, match=r'practice.opening_hours\[0\].start: "8h" is not a time'):
        parse_opening_hours({"opening_hours": [rule("mon", "8h", "12:00")]})
