"""Which appointments a change of hours would leave outside them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from releve.agenda.schedule import Override, Rule, WeeklySchedule
from releve.agenda.stranded import Booked, stranded

EVERY_DAY = frozenset(range(7))
NINE_TO_FIVE = WeeklySchedule(rules=(Rule(EVERY_DAY, 9 * 60, 17 * 60),))
MORNINGS = WeeklySchedule(rules=(Rule(EVERY_DAY, 9 * 60, 12 * 60),))


def booked(key: int, day: int, hour: int, minute: int = 0, length: int = 20, **what: str) -> Booked:
    start = datetime(2026, 3, day, hour - 1, minute, tzinfo=UTC)  # Paris is an hour ahead in winter
    return Booked(key, start, start + timedelta(minutes=length), **what)


@pytest.mark.parametrize(
    ("hour", "minute", "left"), [(9, 0, False), (11, 40, False), (11, 50, True), (12, 0, True), (16, 40, True)]
)
def test_what_no_longer_lies_wholly_inside_is_left(hour: int, minute: int, left: bool) -> None:
    assert stranded([booked(1, 17, hour, minute)], NINE_TO_FIVE, MORNINGS) == ([1] if left else [])


def test_what_was_placed_beyond_the_hours_on_purpose_is_not_the_change_s_doing() -> None:
    assert stranded([booked(1, 17, 20)], NINE_TO_FIVE, MORNINGS) == []


def test_the_order_is_the_one_given() -> None:
    rows = [booked(3, 18, 15), booked(1, 17, 15), booked(2, 17, 10)]
    assert stranded(rows, NINE_TO_FIVE, MORNINGS) == [3, 1]


def test_a_day_off_a_closed_day_a_public_holiday() -> None:
    row = booked(1, 17, 10)
    day = date(2026, 3, 17)
    assert stranded([row], NINE_TO_FIVE, replace(NINE_TO_FIVE, days_off=frozenset({day}))) == [1]
    assert stranded([row], NINE_TO_FIVE, replace(NINE_TO_FIVE, overrides=(Override(day, 0, 0),))) == [1]
    labour_day = replace(row, start=datetime(2026, 5, 1, 8, tzinfo=UTC), end=datetime(2026, 5, 1, 9, tzinfo=UTC))
    assert stranded([labour_day], NINE_TO_FIVE, replace(NINE_TO_FIVE, public_holidays="FR")) == [1]
    assert stranded([labour_day], replace(NINE_TO_FIVE, public_holidays="FR"), NINE_TO_FIVE) == []


def test_hours_kept_for_other_visits_are_not_its_own() -> None:
    vaccines = WeeklySchedule(rules=(Rule(EVERY_DAY, 9 * 60, 17 * 60, services=frozenset({"vaccine"})),))
    rows = [booked(1, 17, 10, service="consultation"), booked(2, 17, 11, service="vaccine")]
    assert stranded(rows, NINE_TO_FIVE, vaccines) == [1]


def test_places_kept_for_the_urgent_strand_nobody() -> None:
    kept = WeeklySchedule(rules=(Rule(EVERY_DAY, 9 * 60, 17 * 60, kept_until=9 * 60),))
    assert stranded([booked(1, 17, 10)], NINE_TO_FIVE, kept) == []


def test_no_hours_at_all() -> None:
    assert stranded([booked(1, 17, 10)], NINE_TO_FIVE, None) == [1]
    assert stranded([booked(1, 17, 10)], None, MORNINGS) == []
    assert stranded([], NINE_TO_FIVE, None) == []


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 28), st.integers(1, 22), st.integers(0, 59), st.integers(5, 90)), max_size=12),
    st.integers(0, 1440), st.integers(0, 1440),
)  # fmt: skip
def test_the_same_hours_strand_nobody_and_less_hours_never_fewer(
    rows: list[tuple[int, int, int, int]], start: int, end: int
) -> None:
    some = [booked(n, day, hour, minute, length) for n, (day, hour, minute, length) in enumerate(rows)]
    hours = WeeklySchedule(rules=(Rule(EVERY_DAY, min(start, end), max(start, end)),))
    assert stranded(some, hours, hours) == []
    assert set(stranded(some, hours, replace(hours, days_off=frozenset({date(2026, 3, 5)})))) <= set(
        stranded(some, hours, None)
    )
