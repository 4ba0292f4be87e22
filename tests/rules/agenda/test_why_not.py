"""A refused start says why, so that the person can be told. Monday 15 March 2027, open 08:00-09:00."""

from datetime import UTC, datetime

import pytest

from releve.agenda.availability import SlotQuery, free_slots, why_not
from tests.rules.agenda.shapes import at, query, resource, rule, schedule, span

OWN = schedule(rule("mon", "08:00", "09:00"))
BUSY = resource(OWN, span("2027-03-15T08:20", "2027-03-15T08:40"))


@pytest.mark.parametrize(
    ("start", "asked", "reason"),
    [
        ("08:00", query(), None),
        ("07:40", query(), "closed"),
        ("08:50", query(), "closed"),
        ("08:20", query(), "taken"),
        ("08:10", query(), "taken"),
        ("08:05", query(10), "not_on_grid"),
        ("08:00", query(buffer_after_min=5), "buffer"),
        ("08:40", query(buffer_after_min=5), "buffer"),
        ("07:20", query(), "past"),
        ("08:00", query(min_notice_min=40), "too_soon"),
    ],
)
def test_the_reason_of_a_refusal(start, asked, reason):
    now = at("2027-03-15T07:30")
    assert why_not([BUSY], asked, at(f"2027-03-15T{start}"), now) == reason


def test_outside_what_was_asked():
    within = (at("2027-03-15T08:20"), at("2027-03-15T12:00"))
    assert why_not([resource(OWN)], query(), at("2027-03-15T08:00"), within=within) == "outside_range"


def test_a_start_between_two_seconds_is_on_no_grid():
    odd = at("2027-03-15T08:00").replace(microsecond=1)
    assert why_not([resource(OWN)], query(step=1), odd) == "not_on_grid"


def test_occupied_time_ending_within_a_minute_takes_it():
    busy = resource(OWN, span("2027-03-15T07:00", "2027-03-15T08:00:30"))
    assert why_not([busy], query(step=1), at("2027-03-15T08:00")) == "taken"
    assert why_not([busy], query(step=1), at("2027-03-15T08:01")) is None


def test_what_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="one minute"):
        SlotQuery(0, 10)
    with pytest.raises(ValueError, match="negative"):
        SlotQuery(10, 10, buffer_after_min=-1)
    with pytest.raises(ValueError, match="at least one schedule"):
        free_slots([], query(), at("2027-03-15T08:00"), at("2027-03-15T09:00"))
    with pytest.raises(ValueError, match="offset"):
        naive = datetime(2027, 3, 15, 8, tzinfo=UTC).replace(tzinfo=None)
        why_not([resource(OWN)], query(), naive)
