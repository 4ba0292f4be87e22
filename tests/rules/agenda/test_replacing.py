"""Another place for each appointment that cannot be kept."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from releve.agenda.replacing import Displaced, Place, collisions, replaced

AMAR, COLLEAGUE = 1, 2
LENGTH = timedelta(minutes=20)
OLD = datetime(2026, 3, 19, 9, 40)  # a Thursday


def row(key: int = 1, start: datetime = OLD) -> Displaced:
    return Displaced(key, AMAR, start, LENGTH)


def at(day: int, hour: int = 9, minute: int = 40, who: int = AMAR) -> Place:
    return Place(who, datetime(2026, 3, day, hour, minute))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (at(20), at(23)),  # the next day rather than four days later
        (at(26), at(24)),  # the same weekday a week later rather than Tuesday
        (at(20), at(20, 15)),  # the same hour rather than the afternoon
        (at(20), at(20, who=COLLEAGUE)),  # the same person
        (at(26), at(20, who=COLLEAGUE)),  # a week later is soon enough to keep the person
        (at(20, who=COLLEAGUE), Place(AMAR, OLD + timedelta(days=21))),  # three weeks are not
        (at(20), at(18)),  # later rather than earlier than people have planned
    ],
)
def test_the_place_nearest_to_what_was_agreed_comes_first(better: Place, worse: Place) -> None:
    assert replaced([row()], {1: [worse, better]})[1].place == better


def test_who_comes_first_is_served_first_and_nobody_twice() -> None:
    later = row(1, OLD + timedelta(minutes=20))
    free = [at(20), at(20, 10, 0)]
    found = replaced([later, row(2)], {1: free, 2: free})
    assert (found[2].place, found[1].place) == (at(20), at(20, 10, 0))


def test_a_place_that_overlaps_another_one_s_is_not_offered() -> None:
    found = replaced([row(1), row(2)], {1: [at(20)], 2: [at(20), at(20, 9, 50), at(20, 11)]})
    assert found[1].place == at(20) and found[2].place == at(20, 11) and found[2].others == ()


def test_nothing_is_free() -> None:
    assert replaced([row()], {})[1].place is None


def test_others_are_in_order_of_time_and_few() -> None:
    free = [at(20 + n, hour) for n in range(5) for hour in (9, 10, 11)]
    found = replaced([row()], {1: free}, most=4)[1]
    assert len(found.others) == 4 and list(found.others) == sorted(found.others, key=lambda p: p.start)
    assert found.place not in found.others


def test_collisions_name_the_second() -> None:
    assert collisions([(row(1), at(20)), (row(2), at(20)), (row(3), at(20, who=COLLEAGUE))]) == {2}
    assert collisions([(row(1), at(20)), (row(2), at(20, 10, 0))]) == set()


places = st.builds(at, st.integers(20, 27), st.integers(8, 17), st.sampled_from([0, 10, 20, 40]), st.integers(1, 3))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), st.lists(places, max_size=12)), max_size=10))
def test_no_two_people_are_ever_proposed_the_same_time(wanted: list[tuple[int, list[Place]]]) -> None:
    rows = [row(n, OLD + timedelta(minutes=shift)) for n, (shift, _) in enumerate(wanted)]
    free = {n: some for n, (_, some) in enumerate(wanted)}
    found = replaced(rows, free)
    chosen = [(r, place) for r in rows if (place := found[r.key].place) is not None]
    assert collisions(chosen) == set()
    assert all(place in free[r.key] for r, place in chosen)
    for r in rows:  # nothing is told to be full that is not
        if found[r.key].place is None:
            assert all(collisions([*chosen, (r, place)]) for place in free[r.key])
