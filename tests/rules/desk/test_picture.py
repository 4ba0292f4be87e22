"""The week as it is drawn: what is open that week, marked with what is particular, and why a day is closed."""

from datetime import date
from typing import Any

from django.utils import translation

from releve.agenda.parse import parse_schedule
from releve.desk.settings.picture import Day, Picture, picture

MONDAY = date(2026, 3, 16)  # week 12, even
VISITS = {"vaccin": "Vaccination"}


def drawn(rules: list[dict[str, Any]], on: date = MONDAY, **more: Any) -> Picture:
    schedule = parse_schedule({"rules": rules, **more}, public_holidays="FR", school_zone="C")
    with translation.override("fr"):
        return picture(schedule, rules, VISITS, on)


def rule(day: str, start: str, end: str, **conditions: Any) -> dict[str, Any]:
    return {"days": [day], "start": start, "end": end, **conditions}


def told(day: Day) -> list[str]:
    return [f"{s.hours} {s.note}".strip().replace("\u00a0", " ") for s in day.segments]


def test_any_day_of_a_week_draws_it_from_its_monday() -> None:
    seen = drawn([], date(2026, 3, 22))
    assert (seen.monday, seen.number, seen.even) == (MONDAY, 12, True)
    assert (seen.before, seen.after) == (date(2026, 3, 9), date(2026, 3, 23))


def test_a_range_of_odd_weeks_is_drawn_in_odd_weeks() -> None:
    odd = [rule("wed", "14:00", "18:00", weeks="odd")]
    assert [told(drawn(odd, on).days[2]) for on in (MONDAY, date(2026, 3, 23))] == [[], ["14 h – 18 h"]]


def test_what_is_particular_is_said_on_it() -> None:
    week = drawn([
        rule("mon", "09:00", "10:00", kept_until="12:00"),
        rule("mon", "14:00", "15:30", services=["vaccin"], place="video"),
    ])  # fmt: skip
    assert told(week.days[0]) == ["9 h – 10 h urgent jusqu’à 12 h", "14 h – 15 h 30 Vaccination, par vidéo"]
    assert [s.kind for s in week.days[0].segments] == ["kept", "only"]


def test_a_closed_day_says_why() -> None:
    rules = [rule(day, "09:00", "12:00") for day in ("mon", "tue", "wed", "thu", "fri")]
    week = drawn(
        rules, date(2026, 4, 6), days_off=["2026-04-07"],
        overrides=[{"date": "2026-04-08", "start": "08:00", "end": "08:00"}],
    )  # fmt: skip
    closed = [day.closed for day in week.days]
    assert closed == ["jour férié", "absence", "fermé ce jour-là", "", "", "fermé", "fermé"]


def test_other_hours_of_one_day_stand_for_its_week() -> None:
    other = [{"date": "2026-03-16", "start": "10:00", "end": "11:00"}]
    assert told(drawn([rule("mon", "09:00", "12:00")], overrides=other).days[0]) == ["10 h – 11 h ce jour-là"]


def test_hours_are_placed_in_percent_of_what_is_drawn() -> None:
    week = drawn([rule("mon", "08:00", "13:00"), rule("tue", "20:00", "22:00")])
    first, late = week.days[0].segments[0], week.days[1].segments[0]
    assert (first.left, first.width) == ("0.000%", "35.714%")
    assert (late.left, late.width) == ("85.714%", "14.286%")


def test_it_is_drawn_in_wall_time_across_the_clock_change() -> None:
    sunday = drawn([rule("sun", "09:00", "12:00")], date(2026, 3, 29)).days[6]
    assert told(sunday) == ["9 h – 12 h"]
