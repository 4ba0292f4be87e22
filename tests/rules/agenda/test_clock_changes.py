"""On the days clocks change, wall-clock rules hold: an instant is open when the clock on the wall says so."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from releve.agenda.availability import free_slots
from releve.agenda.opening import opening
from tests.rules.agenda.shapes import at, query, resource, rule, schedule, wall

PARIS, NEW_YORK, AUCKLAND = "Europe/Paris", "America/New_York", "Pacific/Auckland"
FORWARD = {PARIS: date(2027, 3, 28), NEW_YORK: date(2027, 3, 14), AUCKLAND: date(2027, 9, 26)}
BACK = {PARIS: date(2027, 10, 31), NEW_YORK: date(2027, 11, 7), AUCKLAND: date(2027, 4, 4)}
CHANGES = [*((zone, day, 23) for zone, day in FORWARD.items()), *((z, day, 25) for z, day in BACK.items())]


def opened(timezone: str, day: date, start: str, end: str) -> list[tuple[str, str]]:
    """The windows of one rule on one day, as wall times with offset."""
    own = schedule(rule("*", start, end), timezone=timezone)
    local = ZoneInfo(timezone)
    return [
        (f"{i.start.astimezone(local):%H:%M%z}", f"{i.end.astimezone(local):%H:%M%z}") for i in opening(own, day, day)
    ]


@pytest.mark.parametrize(("timezone", "day", "length"), CHANGES)
def test_a_whole_day_has_23_or_25_hours(timezone, day, length):
    own = schedule(rule("*", "00:00", "24:00"), timezone=timezone)
    (window,) = opening(own, day, day)
    assert window.end - window.start == timedelta(hours=length)


@pytest.mark.parametrize(("timezone", "day", "_length"), CHANGES)
def test_morning_hours_stay_where_the_wall_says(timezone, day, _length):
    own = schedule(rule("*", "08:00", "09:00"), timezone=timezone)
    midnight = at(f"{day}T00:00", timezone)
    slots = free_slots([resource(own)], query(), midnight, midnight + timedelta(hours=26))
    assert wall(slots, timezone) == ["08:00", "08:20", "08:40"]


def test_an_edge_in_the_hour_that_is_skipped_falls_on_the_change():
    day = FORWARD[PARIS]
    assert opened(PARIS, day, "02:30", "06:00") == [("03:00+0200", "06:00+0200")]
    assert opened(PARIS, day, "01:00", "02:30") == [("01:00+0100", "03:00+0200")]
    assert opened(PARIS, day, "02:10", "02:50") == []


def test_an_edge_in_the_hour_that_is_repeated_cuts_both():
    day = BACK[PARIS]
    assert opened(PARIS, day, "02:00", "03:00") == [("02:00+0200", "03:00+0100")]
    assert opened(PARIS, day, "02:30", "06:00") == [
        ("02:30+0200", "02:00+0100"),
        ("02:30+0100", "06:00+0100"),
    ]


@pytest.mark.parametrize(("days", "hours"), [(FORWARD, 7), (BACK, 9)])
def test_a_night_shift_over_the_change_is_one_window(days, hours):
    for timezone, day in days.items():
        own = schedule(rule("*", "22:00", "06:00"), timezone=timezone)
        (window,) = opening(own, day - timedelta(days=1), day - timedelta(days=1))
        assert window.end - window.start == timedelta(hours=hours)


def test_clock_steps_are_round_on_the_wall_after_the_change():
    own = schedule(rule("*", "00:00", "06:00"))
    start = at("2027-03-28T00:00")
    slots = free_slots([resource(own)], query(30, 120, align="clock"), start, start + timedelta(hours=12))
    assert wall(slots) == ["00:00", "04:00"]  # no clock shows 02:00 that night


def test_the_repeated_hour_is_offered_twice():
    own = schedule(rule("*", "02:00", "03:00"))
    start = at("2027-10-31T00:00")
    slots = free_slots([resource(own)], query(30, 30), start, start + timedelta(hours=12))
    assert wall(slots) == ["02:00", "02:30", "02:00", "02:30"]


@pytest.mark.parametrize("timezone", [PARIS, NEW_YORK, AUCKLAND, "Australia/Lord_Howe", "Africa/Casablanca"])
def test_every_minute_of_a_year_agrees_with_the_wall(timezone):
    own = schedule(rule("*", "01:45", "03:15"), timezone=timezone)
    windows = opening(own, date(2026, 12, 31), date(2028, 1, 1))
    local = ZoneInfo(timezone)
    moment = datetime(2027, 1, 1, tzinfo=ZoneInfo("UTC"))
    expected, step = set(), timedelta(minutes=15)
    while moment.year == 2027:
        clock = moment.astimezone(local)
        if 105 <= clock.hour * 60 + clock.minute < 195:
            expected.add(moment)
        moment += step
    found = {w.start + k * step for w in windows for k in range((w.end - w.start) // step)}
    assert {m for m in found if m.year == 2027} == expected
