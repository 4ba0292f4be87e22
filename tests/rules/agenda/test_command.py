"""Lines that cannot be read are answered by what is wrong with them, and the run goes on."""

import json

import pytest

from releve.agenda.command import run
from releve.agenda.parse import RULE
from releve.agenda.public_holidays import COUNTRIES
from tests.rules.agenda.shapes import ask, rule


def test_the_run_goes_on_after_a_malformed_line():
    good = {"id": 2, "from": "2027-03-15", "to": "2027-03-16", "duration_min": 20, "schedules": [{}]}
    answers = list(run(["{not json\n", "\n", json.dumps(good), "[1]", '{"id": 4}']))
    assert [answer["id"] for answer in answers] == [None, 2, None, 4]
    assert [("error" in answer) for answer in answers] == [True, False, True, True]


EIGHT = rule("mon", "08:00", "09:00")


def one(**fields: object) -> dict[str, object]:
    """A line whose one schedule has these fields."""
    return {"schedules": [fields]}


WRONG_SCHEDULES = {
    'rules[0].start: "25:00" is not a time': one(rules=[EIGHT | {"start": "25:00"}]),
    'rules[0].end: "24:01" is not a time': one(rules=[EIGHT | {"end": "24:01"}]),
    f"rules[0].day: unknown field (known: {', '.join(sorted(RULE))})": one(rules=[EIGHT | {"day": 1}]),
    'rules[0].days[0]: "lundi" is not a day (mon tue wed thu fri sat sun)': one(
        rules=[rule("lundi", "08:00", "09:00")]
    ),
    "rules: {} is not a list": one(rules={}),
    'timezone: "Europe/Pari" is not a time zone': one(timezone="Europe/Pari"),
    'days_off[0]: "2027-02-29" is not a date': one(days_off=["2027-02-29"]),
    'busy[0]: ["2027-03-15"] is not a pair [from, to]': one(busy=[["2027-03-15"]]),
    "busy[0]: ends before it begins": one(busy=[["2027-03-15T10:00", "2027-03-15T09:00"]]),
    "capacity: 0 is not in 1..100000": one(capacity=0),
    "overrides[0].end: missing": one(overrides=[{"date": "2027-03-15", "start": "08:00"}]),
    "bookings[0].from: missing": one(bookings=[{"to": "2027-03-15T09:00"}]),
}

WRONG_LINES = {
    "schedules: at least one is needed": {"schedules": []},
    "schedules[0]: 1 is not an object": {"schedules": [1]},
    "duration_min: 0 is not in 1..527040": {"duration_min": 0},
    "duration_min: missing": {"duration_min": None},
    'step_min: "20" is not a whole number': {"step_min": "20"},
    "buffer_after_min: true is not a whole number": {"buffer_after_min": True},
    'align: "hour" is neither "window" nor "clock"': {"align": "hour"},
    'from: "tomorrow" is not a datetime': {"from": "tomorrow"},
    'to: "9999-01-01" is not between 1970 and 2200': {"to": "9999-01-01"},
    "to: ends before it begins": {"to": "2027-03-14"},
    "to: more than 3660 days after `from`": {"to": "2047-03-14"},
    f'public_holidays: "DE" is not one of {", ".join(sorted(COUNTRIES))}': {"public_holidays": "DE"},
    "windows: 1 is neither true nor false": {"windows": 1},
}


@pytest.mark.parametrize("error", WRONG_SCHEDULES)
def test_an_error_in_a_schedule_says_where_and_why(error):
    assert ask(**WRONG_SCHEDULES[error]) == {"id": "q", "error": f"schedules[0].{error}"}


@pytest.mark.parametrize("error", WRONG_LINES)
def test_an_error_in_a_line_says_where_and_why(error):
    assert ask(**WRONG_LINES[error]) == {"id": "q", "error": error}


OPTIONAL = "now step_min align align_offset_min buffer_before_min buffer_after_min min_notice_min windows"


def test_every_optional_field_may_be_null():
    null = dict.fromkeys([*OPTIONAL.split(), "public_holidays"])
    assert ask(**null) == ask()


def test_24_00_ends_a_day_in_a_datetime_too():
    assert ask(to="2027-03-15T24:00") == ask() == ask(to="2027-03-15T24:00:00+01:00")
