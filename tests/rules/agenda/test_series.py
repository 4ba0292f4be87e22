"""Several visits in one go."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from releve.agenda.series import NEAR, Rhythm, dates, planned

MONDAY = date(2026, 3, 16)
NINE = time(9)


def rhythm(count: int = 4, every: int = 1, *weekdays: int, first: date = MONDAY) -> Rhythm:
    return Rhythm(count, first, NINE, every, frozenset(weekdays))


def at(day: int, hour: int = 9, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute)


def days(some: list[date]) -> list[int]:
    return [day.day for day in some]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (rhythm(4, 2), [16, 18, 20, 22]),
        (rhythm(3, 1, 0), [16, 23, 30]),
        (rhythm(4, 1, 0, 3), [16, 19, 23, 26]),
        (rhythm(3, 2, 3), [19, 2, 16]),
        (rhythm(3, 1, 0, first=date(2026, 3, 17)), [23, 30, 6]),  # this week's Monday is over
        (rhythm(1, 1, 6), [22]),
    ],
)
def test_the_dates_wished(asked: Rhythm, expected: list[int]) -> None:
    assert days(dates(asked)) == expected


def test_what_is_free_is_taken_as_wished() -> None:
    found = planned(rhythm(2, 1, 0), [at(16), at(16, 10), at(23)])
    assert [p.start for p in found] == [at(16), at(23)] and not any(p.shifted for p in found)


def test_the_nearest_hour_of_the_same_day_comes_before_another_day() -> None:
    (only,) = planned(rhythm(1, 1, 0), [at(16, 12), at(17)])
    assert only.start == at(16, 12) and only.shifted


def test_another_day_near_when_that_one_is_full() -> None:
    found = planned(rhythm(2, 1, 0), [at(16), at(22), at(24, 9, 20)])
    assert [p.start for p in found] == [at(16), at(22)], "Sunday at nine is nearer than Tuesday at twenty past"


def test_none_near_is_said_and_the_next_goes_on() -> None:
    found = planned(rhythm(3, 1, 0), [at(16), at(30)])
    assert [p.start for p in found] == [at(16), None, at(30)]


def test_never_two_on_one_day_and_never_past_the_next() -> None:
    found = planned(rhythm(3, 1), [at(16), at(16, 10), at(18)])
    assert [p.start for p in found] == [at(16), None, at(18)]


@pytest.mark.parametrize("values", [(0, 1), (31, 1), (2, 0), (2, 91), (2, -1)])
def test_impossible_rhythms(values: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="series"):
        rhythm(*values)
    with pytest.raises(ValueError, match="week"):
        Rhythm(2, MONDAY, NINE, 1, frozenset({7}))


starts = st.builds(lambda d, m: datetime.combine(MONDAY, NINE) + timedelta(days=d, minutes=m), st.integers(0, 60),
                   st.integers(-120, 600))  # fmt: skip


@settings(deadline=None)
@given(st.integers(1, 12), st.integers(1, 7), st.frozensets(st.integers(0, 6), max_size=3), st.lists(starts))
def test_in_order_on_days_of_their_own_and_near(
    count: int, every: int, weekdays: frozenset[int], free: list[datetime]
) -> None:
    asked = Rhythm(count, MONDAY, NINE, every, weekdays)
    found = planned(asked, free)
    kept = [p.start.date() for p in found if p.start is not None]
    assert len(found) == count and kept == sorted(set(kept))
    for p in found:
        assert p.start is None or (p.start in free and abs((p.start.date() - p.wished.date()).days) <= NEAR)
