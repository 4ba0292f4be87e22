"""Who is offered a freed place, and in which order: dermatology, Thursday 18 March 2027, 10:30-10:50."""

import pytest

from releve.agenda.spans import Interval
from releve.agenda.waiting_list import FreedPlace, WaitingEntry, rank
from tests.rules.agenda.shapes import at

PLACE = FreedPlace("petit", at("2027-03-18T10:30"), at("2027-03-18T10:50"), declined=frozenset({"refused"}))


def window(start: str, end: str) -> tuple[Interval, ...]:
    return (Interval(at(f"2027-03-18T{start}"), at(f"2027-03-18T{end}")),)


def waiting(name: str = "w", position: int = 1, practitioner: str | None = "petit", duration: int = 20, **more):
    return WaitingEntry(name, position, practitioner, duration, **more)


def names(*entries: WaitingEntry) -> list[str]:
    return [entry.id for entry in rank(entries, PLACE)]


@pytest.mark.parametrize(
    ("entry", "fits"),
    [
        (waiting(), True),
        (waiting(practitioner=None), True),
        (waiting(practitioner="martin"), False),
        (waiting(practitioner=None, performers=frozenset({"petit", "martin"})), True),
        (waiting(practitioner=None, performers=frozenset({"martin"})), False),
        (waiting(duration=15), True),
        (waiting(duration=30), False),
        (waiting(windows=window("10:30", "10:31")), True),
        (waiting(windows=window("08:00", "10:30")), False),
        (waiting(windows=window("08:00", "09:00") + window("10:00", "12:00")), True),
        (waiting("refused"), False),
    ],
)
def test_whom_a_place_suits(entry, fits):
    assert bool(names(entry)) is fits


def test_the_oldest_comes_first():
    assert names(waiting("b", 2), waiting("c", 3), waiting("a", 1)) == ["a", "b", "c"]


def test_equal_entries_keep_the_order_of_the_file():
    assert names(waiting("z"), waiting("a"), waiting("m")) == ["z", "a", "m"]


def test_a_service_lasts():
    with pytest.raises(ValueError, match="one minute"):
        waiting(duration=0)
