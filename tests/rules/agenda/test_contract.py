"""Each sentence of the contract of `releve slots`, as an example. 15 March 2027 is a Monday."""

import pytest

from tests.rules.agenda.shapes import ask, hours, rule

MONDAY = "2027-03-15"


def one(*rules: dict[str, object], **fields: object) -> list[dict[str, object]]:
    """The `schedules` of a line, with a single one."""
    return [{"rules": list(rules) or [rule("mon", "08:00", "09:00")], **fields}]


def pair(start: str, end: str) -> list[str]:
    return [f"{MONDAY}T{start}", f"{MONDAY}T{end}"]


def booking(start: str, end: str, capacity: int) -> dict[str, object]:
    return {"from": f"{MONDAY}T{start}", "to": f"{MONDAY}T{end}", "capacity": capacity}


def test_slots_are_local_times_with_their_offset():
    assert ask() == {
        "id": "q",
        "slots": ["2027-03-15T08:00:00+01:00", "2027-03-15T08:20:00+01:00", "2027-03-15T08:40:00+01:00"],
    }


def test_datetimes_with_an_offset_are_taken_as_they_are():
    assert hours(ask(**{"from": "2027-03-15T07:20:00Z"})) == ["08:20", "08:40"]


def test_all_schedules_must_be_free_together():
    person = {"rules": [rule("mon", "08:00", "10:00")], "busy": [pair("08:20", "08:40")]}
    room = {"rules": [rule("mon", "08:00", "09:00")], "busy": [pair("08:00", "08:20")]}
    assert hours(ask(schedules=[person, room])) == ["08:40"]


def test_slots_are_shown_in_the_first_schedules_zone():
    here = {"timezone": "America/New_York", "rules": [rule("mon", "08:00", "09:00")]}
    there = {"timezone": "Europe/Paris", "rules": [rule("mon", "13:00", "14:00")]}
    slots = ask(schedules=[here, there])["slots"]
    assert slots[0] == "2027-03-15T08:00:00-04:00"  # New York already changed its clocks, Paris did not


def test_windows_are_the_merged_free_time_before_duration_and_steps():
    answer = ask(windows=True, duration_min=60, schedules=one(busy=[pair("08:15", "08:20")]))
    assert answer["slots"] == []
    assert answer["windows"] == [
        ["2027-03-15T08:00:00+01:00", "2027-03-15T08:15:00+01:00"],
        ["2027-03-15T08:20:00+01:00", "2027-03-15T09:00:00+01:00"],
    ]


def test_windows_are_clamped_to_what_was_asked():
    answer = ask(windows=True, **{"from": f"{MONDAY}T08:10", "to": f"{MONDAY}T08:50"})
    assert answer["windows"] == [["2027-03-15T08:10:00+01:00", "2027-03-15T08:50:00+01:00"]]


def test_a_slot_lies_wholly_inside_what_was_asked():
    assert hours(ask(**{"from": f"{MONDAY}T08:10", "to": f"{MONDAY}T08:50"})) == ["08:20"]


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        (("10:00", "10:40"), ["10:00", "10:20"]),
        (("00:00", "00:00"), []),
        (("10:00", "10:00"), []),
        (("23:40", "24:00"), ["23:40"]),
    ],
)
def test_an_override_replaces_the_rules_of_its_date(override, expected):
    start, end = override
    exception = {"date": MONDAY, "start": start, "end": end}
    assert hours(ask(schedules=one(overrides=[exception]))) == expected


def test_several_overrides_of_a_date_stand_together():
    both = [{"date": MONDAY, "start": s, "end": e} for s, e in (("10:00", "10:20"), ("11:00", "11:20"))]
    assert hours(ask(schedules=one(overrides=both))) == ["10:00", "11:00"]


EASTER_MONDAY = {"from": "2027-03-29T00:00", "to": "2027-03-30T00:00"}
REOPENED = {"date": "2027-03-29", "start": "10:00", "end": "10:20"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"public_holidays": None}, ["08:00", "08:20", "08:40"]),
        ({"public_holidays": "FR"}, []),
        ({"public_holidays": "FR", "schedules": one(overrides=[REOPENED])}, ["10:00"]),
        ({"schedules": one(overrides=[REOPENED], days_off=["2027-03-29"])}, []),
        ({"schedules": one(days_off=["2027-03-29"])}, []),
    ],
)
def test_holidays_close_an_override_reopens_a_day_off_wins(fields, expected):
    assert hours(ask(**EASTER_MONDAY, **fields)) == expected


def test_extra_free_adds_even_on_a_day_off():
    schedules = one(days_off=[MONDAY], extra_free=[pair("14:00", "14:40")])
    assert hours(ask(schedules=schedules)) == ["14:00", "14:20"]


def test_midnight_at_the_end_of_the_day_is_24_00():
    assert hours(ask(schedules=one(rule("mon", "23:20", "24:00")))) == ["23:20", "23:40"]


def test_window_steps_begin_at_the_opening_before_busy_is_taken_out():
    schedules = one(rule("mon", "08:10", "09:30"), busy=[pair("08:15", "08:35")])
    assert hours(ask(schedules=schedules)) == ["08:50", "09:10"]


def test_window_steps_do_not_depend_on_what_was_asked():
    assert hours(ask(**{"from": f"{MONDAY}T08:05"})) == ["08:20", "08:40"]


def test_clock_steps_are_multiples_from_local_midnight_plus_the_offset():
    schedules = one(rule("mon", "08:10", "09:30"))
    assert hours(ask(schedules=schedules, align="clock", step_min=30)) == ["08:30", "09:00"]
    shifted = ask(schedules=schedules, align="clock", step_min=30, align_offset_min=10)
    assert hours(shifted) == ["08:10", "08:40", "09:10"]


def test_buffers_must_be_free_and_inside_opening_hours():
    around = {"buffer_before_min": 10, "buffer_after_min": 10, "step_min": 10}
    assert hours(ask(**around)) == ["08:10", "08:20", "08:30"]
    assert hours(ask(**around, schedules=one(busy=[pair("08:00", "08:15")]))) == ["08:30"]


def test_notice_counts_from_now_and_the_past_is_gone():
    assert hours(ask(now=f"{MONDAY}T08:20")) == ["08:20", "08:40"]
    assert hours(ask(now=f"{MONDAY}T08:10", min_notice_min=30)) == ["08:40"]
    assert len(hours(ask(now=None, min_notice_min=30))) == 3


def test_touching_intervals_do_not_overlap():
    touching = [pair("07:00", "08:20"), pair("08:40", "09:00")]
    assert hours(ask(schedules=one(busy=touching))) == ["08:20"]


@pytest.mark.parametrize(
    ("capacity", "bookings", "expected"),
    [
        (1, [booking("08:20", "08:40", 1)], ["08:00", "08:40"]),
        (2, [booking("08:20", "08:40", 2)], ["08:00", "08:20", "08:40"]),
        (2, [booking("08:20", "08:40", 2)] * 2, ["08:00", "08:40"]),
        (3, [booking("08:20", "08:40", 3)] * 2, ["08:00", "08:20", "08:40"]),
        (3, [booking("08:20", "08:40", 1)], ["08:00", "08:40"]),  # it wanted to be alone
        (1, [booking("08:20", "08:40", 9)], ["08:00", "08:40"]),  # the candidate wants to be alone
        (3, [booking("08:20", "08:40", 3), booking("08:20", "08:40", 2)], ["08:00", "08:40"]),
        (2, [booking("08:20", "08:30", 2), booking("08:30", "08:40", 2)], ["08:00", "08:20", "08:40"]),
    ],
)
def test_a_booking_blocks_where_its_places_are_filled(capacity, bookings, expected):
    assert hours(ask(schedules=one(capacity=capacity, bookings=bookings))) == expected


def test_a_window_that_runs_past_midnight_is_one_window():
    answer = ask(
        to="2027-03-17T00:00",
        duration_min=60,
        step_min=50,
        windows=True,
        schedules=one(rule("mon", "22:30", "02:00")),
    )
    assert hours(answer) == ["22:30", "23:20", "00:10", "01:00"]
    assert answer["windows"] == [["2027-03-15T22:30:00+01:00", "2027-03-16T02:00:00+01:00"]]


def test_two_rules_that_meet_at_midnight_are_one_window():
    schedules = one(rule("mon", "23:00", "24:00"), rule("tue", "00:00", "01:00"))
    answer = ask(to="2027-03-17T00:00", duration_min=60, step_min=30, schedules=schedules)
    assert hours(answer) == ["23:00", "23:30", "00:00"]


def test_the_evening_before_is_seen_from_a_range_that_begins_after_midnight():
    schedules = one(rule("mon", "22:30", "02:00"))
    answer = ask(**{"from": "2027-03-16T00:00", "to": "2027-03-17T00:00"}, step_min=50, schedules=schedules)
    assert hours(answer) == ["00:10", "01:00"]
