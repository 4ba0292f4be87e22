"""8 to 20 h, never on a Sunday or public holiday. 14 March 2027 is a Sunday, 29 March Easter Monday."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releve.agenda.quiet_hours import QuietHours
from tests.rules.agenda.shapes import at

QUIET = QuietHours()
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        ("2027-03-15T08:00", True),
        ("2027-03-15T07:59:59", False),
        ("2027-03-15T19:59:59", True),
        ("2027-03-15T20:00", False),
        ("2027-03-14T10:00", False),
        ("2027-03-29T10:00", False),
    ],
)
def test_permitted(moment, allowed):
    assert QUIET.permitted(at(moment)) is allowed


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2027-03-15T10:07", "2027-03-15T10:07"),
        ("2027-03-15T05:00", "2027-03-15T08:00"),
        ("2027-03-15T20:00", "2027-03-16T08:00"),
        ("2027-03-13T21:00", "2027-03-15T08:00"),
        ("2027-03-28T01:00", "2027-03-30T08:00"),
    ],
)
def test_next_permitted(moment, expected):
    assert QUIET.next_permitted(at(moment)) == at(expected)


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        ("2027-03-15T19:00", "2027-03-15T19:00"),
        ("2027-03-15T21:30", "2027-03-15T19:59"),
        ("2027-03-16T06:00", "2027-03-15T19:59"),
        ("2027-03-14T19:00", "2027-03-13T19:00"),  # a Sunday stepped over keeps the hour
        ("2027-03-14T23:00", "2027-03-13T19:59"),
        ("2027-03-15T06:00", "2027-03-13T19:59"),
        ("2027-03-29T18:30", "2027-03-27T18:30"),  # Easter Monday and Sunday, over the change of clocks
    ],
)
def test_last_permitted_before(deadline, expected):
    assert QUIET.last_permitted_before(at(deadline)) == at(expected)


@given(moments)
def test_both_directions_give_permitted_moments_on_their_side(moment):
    after, before = QUIET.next_permitted(moment), QUIET.last_permitted_before(moment)
    assert QUIET.permitted(after) and QUIET.permitted(before)
    assert before <= moment <= after
    assert after - before < timedelta(days=6)


def test_the_hours_and_the_zone_are_settings():
    late = QuietHours("America/New_York", time(10), time(21), None)
    assert late.permitted(at("2027-03-29T20:59", "America/New_York"))
    assert late.last_permitted_before(at("2027-03-29T22:00", "America/New_York")) == at(
        "2027-03-29T20:59", "America/New_York"
    )


def test_errors():
    with pytest.raises(ValueError, match="end before"):
        QuietHours(opens=time(20), closes=time(8))
    with pytest.raises(ValueError, match="offset"):
        QUIET.permitted(datetime(2027, 3, 15, 8))
