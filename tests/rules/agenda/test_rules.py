"""What a rule may say beyond its days and hours, one situation a line."""

from datetime import date

import pytest

from releve.agenda.availability import Timetable
from releve.agenda.calendar import AgendaCalendar
from releve.agenda.fields import BadInput
from releve.agenda.parse import parse_schedule
from releve.agenda.public_holidays import COUNTRIES, country_of, is_public_holiday
from releve.agenda.school_holidays import is_school_holiday
from releve.agenda.visits import Visit, lasting, of_age
from tests.rules.agenda.shapes import at, rule

CONSULTATION = Visit(duration_min=30, identifier="consultation")
URGENT = Visit(duration_min=30, identifier="urgence", urgent=True)
VIDEO = Visit(duration_min=30, identifier="video", teleconsultation=True)
MONDAYS = ["2027-03-01", "2027-03-08", "2027-03-15", "2027-03-22"]  # ISO weeks 9 to 12


def days(visit: Visit = CONSULTATION, now: str = "2027-02-28T12:00", school_zone: str = "C", **fields: object) -> list:
    """The Mondays of March 2027 on which a rule of Monday morning is open."""
    own = parse_schedule({"rules": [rule("mon", "09:00", "09:30") | fields]}, school_zone=school_zone)
    calendar = AgendaCalendar(Timetable(own), at(now))
    found = calendar.free(at("2027-03-01T00:00"), at("2027-03-23T00:00"), visit)
    return [start.date().isoformat() for start in found]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, MONDAYS),
        ({"weeks": "odd"}, ["2027-03-01", "2027-03-15"]),
        ({"weeks": "even"}, ["2027-03-08", "2027-03-22"]),
        ({"every": 3, "from": "2027-03-03"}, ["2027-03-22"]),
        ({"every": 2, "from": "2027-03-08"}, ["2027-03-08", "2027-03-22"]),
        ({"from": "2027-03-08", "until": "2027-03-15"}, ["2027-03-08", "2027-03-15"]),
        ({"services": ["autre"]}, []),
        ({"services": ["consultation"]}, MONDAYS),
        ({"place": "video"}, []),
        ({"place": "office"}, MONDAYS),
    ],
)
def test_when_and_for_what_a_rule_is_open(fields, expected):
    assert days(**fields) == expected


def test_school_holidays_are_those_of_the_zone():
    """Winter holidays of 2027: zone B from 20 February to 7 March, zone C until the 21st of February."""
    assert days(school_zone="B", school_holidays="only") == ["2027-03-01"]
    assert days(school_zone="B", school_holidays="never") == MONDAYS[1:]
    assert days(school_zone="C", school_holidays="only") == []
    assert not is_school_holiday(date(2031, 8, 1), "A")


@pytest.mark.parametrize(
    ("now", "kept_days", "expected"),
    [
        ("2027-03-08T07:59", 0, ["2027-03-01"]),
        ("2027-03-08T08:00", 0, ["2027-03-01", "2027-03-08"]),
        ("2027-03-07T08:00", 1, ["2027-03-01", "2027-03-08"]),
        ("2027-03-07T07:59", 1, ["2027-03-01"]),
    ],
)
def test_a_kept_place_is_everybodys_from_its_hour_on(now, kept_days, expected):
    from_now_on = [day for day in expected if day >= now[:10]]
    assert days(now=now, kept_until="08:00", kept_days=kept_days) == from_now_on
    assert days(URGENT, now=now, kept_until="08:00", kept_days=kept_days) == [d for d in MONDAYS if d >= now[:10]]


def test_a_video_visit_fits_what_is_not_for_the_office():
    assert days(VIDEO, place="office") == []
    assert days(VIDEO, place="video") == days(VIDEO) == MONDAYS


WRONG = {
    'rules[0].weeks: "both" is not one of odd, even': {"weeks": "both"},
    "rules[0].from: missing: weeks are counted from a date": {"every": 2},
    "rules[0].every: 0 is not in 1..52": {"every": 0},
    "rules[0].until: ends before it begins": {"from": "2027-03-08", "until": "2027-03-07"},
    'rules[0].kept_until: "8h" is not a time': {"kept_until": "8h"},
    "rules[0].kept_days: says nothing without `kept_until`": {"kept_days": 1},
    "rules[0].services[0]: 1 is not a text": {"services": [1]},
    'rules[0].place: "home" is not one of office, video': {"place": "home"},
    'rules[0].from: "0001-01-01" is not between 1901 and 2200': {"from": "0001-01-01"},
}


@pytest.mark.parametrize("error", WRONG)
def test_a_wrong_rule_says_where_and_why(error):
    with pytest.raises(BadInput, match=r"rules\[0\]") as found:
        days(**WRONG[error])
    assert str(found.value) == error


@pytest.mark.parametrize(
    ("territory", "day"),
    [
        ("57", date(2027, 12, 26)), ("971", date(2027, 5, 27)), ("972", date(2027, 5, 22)), ("973", date(2027, 6, 10)),
        ("974", date(2027, 12, 20)), ("976", date(2027, 4, 27)), ("BL", date(2027, 10, 9)), ("MF", date(2027, 5, 28)),
        ("NC", date(2027, 9, 24)), ("PF", date(2027, 11, 20)), ("WF", date(2027, 7, 29)),
    ],
)  # fmt: skip
def test_a_territory_has_days_of_its_own(territory, day):
    country = country_of(True, territory)
    assert is_public_holiday(day, country) and not is_public_holiday(day, "FR")
    assert is_public_holiday(date(2150, 7, 14), country)


def test_a_practice_may_stay_open_on_public_holidays():
    assert country_of(False, "974") is None
    assert {country_of(True, ""), country_of(True, "PM")} <= COUNTRIES


@pytest.mark.parametrize(("start", "fits"), [("2027-03-15T09:00", False), ("2027-03-16T09:00", True)])
def test_an_age_is_reached_on_the_birthday(start, fits):
    assert of_age(Visit(duration_min=20, min_age=16), date(2011, 3, 16), at(start), "Europe/Paris") == fits
    assert of_age(Visit(duration_min=20, max_age=15), date(2011, 3, 16), at(start), "Europe/Paris") != fits


def test_an_appointment_keeps_its_own_length():
    longer = lasting(CONSULTATION, 45)
    assert (longer.duration_min, longer.identifier) == (45, "consultation")
    assert lasting(CONSULTATION, 30) is CONSULTATION
