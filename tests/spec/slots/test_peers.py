"""The work that peers are measured on is what it says to be."""

from bench.peers.work import clock_changes, in_utc, month, ours
from tests.spec.slots import oracle


def expected(work: dict[str, object], number: int) -> list[str]:
    line = {**work, "id": "peer", "align": "window", "schedules": [work["schedules"][number]]}  # type: ignore[index]
    return [in_utc(slot) for slot in oracle.answer(line)["slots"]]


def test_a_hundred_practitioners_have_210_free_places_each():
    assert {len(slots) for slots in ours(month(100))} == {210}


def test_each_has_other_bookings():
    assert len({tuple(slots) for slots in ours(month(100))}) == 100


def test_the_oracle_finds_the_same_places():
    work = month(12)
    assert ours(work)[11] == expected(work, 11)


def test_the_oracle_finds_the_same_places_on_days_when_clocks_change():
    for work in clock_changes():
        assert ours(work) == [expected(work, 0)]
