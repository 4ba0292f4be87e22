"""The week's grid: times as people type them, rules as the file writes them."""

from datetime import date

import pytest

from releve.desk.settings import rules


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("9", "09:00"), ("09", "09:00"), ("9h", "09:00"), ("9h30", "09:30"), ("9 h 30", "09:30"), ("9:30", "09:30"),
        ("9.30", "09:30"), ("930", "09:30"), ("0930", "09:30"), ("24", "24:00"), (" 18H ", "18:00"), ("0", "00:00"),
        ("25", None), ("9h60", None), ("24:01", None), ("matin", None), ("9h3", None), ("", None), ("-9", None),
    ],
)  # fmt: skip
def test_times(typed: str, read: str | None) -> None:
    assert rules.read_time(typed) == read


def test_days_with_the_same_hours_share_a_rule() -> None:
    week = [
        {"days": ["mon", "wed"], "start": "09:00", "end": "12:00"},
        {"days": ["mon"], "start": "14:00", "end": "18:00"},
    ]
    assert rules.rules(rules.grid(week)) == week


def test_an_hour_of_one_digit_sorts_before_noon() -> None:
    assert rules.grid([{"days": ["mon"], "start": "9:00", "end": "12:00"}])["mon"] == [("09:00", "12:00")]


def test_days_that_follow_each_other_are_one_absence() -> None:
    days = ["2026-12-24", "2026-12-25", "2027-01-04"]
    found = rules.ranges(days)
    assert found == [(date(2026, 12, 24), date(2026, 12, 25)), (date(2027, 1, 4), date(2027, 1, 4))]
    assert [d for first, last in found for d in rules.dates(first, last)] == days
