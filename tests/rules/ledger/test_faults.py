"""Every tampering of the database is found and named, against the journal written outside it."""

import dataclasses
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releve.ledger.faults import Fault, Head, compare, head_of
from releve.ledger.rules import leaf_hash, root_of

AT = datetime(2027, 3, 15, tzinfo=UTC)
Rows = list[tuple[str, bytes]]


def rows(count: int) -> Rows:
    """Entries e0, e1... with their leaf hashes."""
    return [(f"e{n}", leaf_hash(f"entry {n}".encode())) for n in range(count)]


def journal(entries: Rows, batch: int = 3) -> list[Head]:
    hashes = [leaf for _, leaf in entries]
    ends = [*range(batch, len(hashes), batch), len(hashes)]
    heads, before = [], 0
    for end in ends:
        heads.append(Head(end, root_of(hashes[:end]), tuple(hashes[before:end]), AT, "s"))
        before = end
    return heads


def found(entries: Rows, heads: list[Head], stored: list[bytes] | None = None) -> list[tuple[str, int, str | None]]:
    """(kind, position, id) of each fault; by default an attacker made the stored hash agree."""
    now = [leaf for _, leaf in entries]
    faults = compare(stored or now, now, heads, [name for name, _ in entries])
    return [(fault.kind, fault.position, fault.id) for fault in faults]


FORGED = leaf_hash(b"forged")
SEVEN = rows(7)
HEADS = journal(SEVEN)


def test_what_is_as_witnessed_has_no_fault():
    assert found(SEVEN, HEADS) == []
    assert found([], []) == []


def test_a_change_with_or_without_its_stored_hash():
    forged = [*SEVEN]
    forged[3] = ("e3", FORGED)
    assert found(forged, HEADS) == [("changed", 3, "e3")]
    assert found(forged, HEADS, [leaf for _, leaf in SEVEN]) == [("changed", 3, "e3")]


def test_a_stored_hash_that_is_not_that_of_the_row():
    stored = [leaf for _, leaf in SEVEN]
    stored[6] = FORGED
    assert found(SEVEN, HEADS, stored) == [("changed", 6, "e6")]


def test_a_hole_names_the_hash_that_is_gone():
    (fault,) = compare(
        *([leaf for _, leaf in SEVEN if leaf != SEVEN[2][1]],) * 2, HEADS, [n for n, _ in SEVEN if n != "e2"]
    )
    assert fault == Fault(2, "removed", None, f"the entry with leaf hash {SEVEN[2][1].hex()} is missing")


def test_a_tail_cut_off():
    assert found(SEVEN[:5], HEADS) == [("cut_off", 5, None), ("cut_off", 6, None)]
    assert len(found([], HEADS)) == 7


def test_an_entry_slipped_in_or_put_at_the_end():
    assert found([*SEVEN[:2], ("x", FORGED), *SEVEN[2:]], HEADS) == [("inserted", 2, "x")]
    assert found([*SEVEN, ("x", FORGED)], HEADS) == [("inserted", 7, "x")]
    assert found([*SEVEN, SEVEN[0]], HEADS) == [("inserted", 7, "e0")]


def test_an_entry_moved():
    moved = [*SEVEN[:1], *SEVEN[2:5], SEVEN[1], *SEVEN[5:]]
    assert found(moved, HEADS) == [("moved", 1, "e1")]


def test_two_entries_exchanged():
    swapped = [*SEVEN]
    swapped[1], swapped[5] = swapped[5], swapped[1]
    assert found(swapped, HEADS) == [("moved", 1, "e1"), ("moved", 5, "e5")]


def test_several_at_once():
    forged = [SEVEN[0], ("e1", FORGED), SEVEN[3], SEVEN[4], ("x", leaf_hash(b"x")), SEVEN[5]]
    stored = [leaf for _, leaf in forged]
    stored[1] = SEVEN[1][1]
    assert found(forged, HEADS, stored) == [
        ("changed", 1, "e1"),
        ("removed", 2, None),
        ("inserted", 4, "x"),
        ("cut_off", 6, None),
    ]


@given(st.integers(1, 40), st.integers(1, 7), st.data())
def test_every_tampering_of_one_entry_is_found_and_named(count, batch, data):
    entries = rows(count)
    heads = journal(entries, batch)
    place = data.draw(st.integers(0, count - 1))
    deed = data.draw(st.sampled_from(["change", "remove", "insert", "cut", "move"]))
    forged = [*entries]
    if deed == "change":
        forged[place] = (entries[place][0], FORGED)
        assert found(forged, heads) == [("changed", place, f"e{place}")]
    elif deed == "remove":
        del forged[place]
        assert found(forged, heads) == [("cut_off" if place == count - 1 else "removed", place, None)]
    elif deed == "insert":
        forged.insert(place, ("x", FORGED))
        assert found(forged, heads) == [("inserted", place, "x")]
    elif deed == "cut":
        assert found(forged[:place], heads) == [("cut_off", n, None) for n in range(place, count)]
    else:
        target = data.draw(st.integers(0, count - 1))
        forged.insert(target, forged.pop(place))
        faults = found(forged, heads)
        if abs(target - place) > 1:
            assert faults == [("moved", place, f"e{place}")]
        else:  # two neighbours exchanged: either may be said to have moved
            assert len(faults) == abs(target - place)
            assert all(kind == "moved" and at in (place, target) for kind, at, _ in faults)


@given(st.integers(0, 12), st.lists(st.integers(0, 20), max_size=20), st.integers(1, 4))
def test_nothing_else_than_the_witnessed_log_passes(count, order, batch):
    entries = rows(count)
    pool = rows(21)
    other = [pool[n] for n in order]
    assert (found(other, journal(entries, batch) if entries else []) == []) == (other == entries)


def test_a_record_taken_out_of_the_journal():
    assert found(SEVEN, [HEADS[0], HEADS[2]]) == [("journal", 6, None)]
    assert ("inserted", 6, "e6") in found(SEVEN, HEADS[:2])


def test_a_record_rewritten():
    forged = dataclasses.replace(HEADS[1], root=FORGED)
    assert found(SEVEN, [HEADS[0], forged, HEADS[2]]) == [("journal", 3, None)]
    again = dataclasses.replace(HEADS[0], leaves=(FORGED, *HEADS[0].leaves[1:]))
    assert found(SEVEN, [HEADS[0], again, *HEADS[1:]]) == [("journal", 0, None)]
    negative = dataclasses.replace(HEADS[0], size=1)
    assert ("journal", 0, None) in found(SEVEN, [negative, *HEADS])


def test_a_record_written_twice_after_a_crash_is_no_fault():
    assert found(SEVEN, [HEADS[0], HEADS[0], *HEADS[1:]]) == []


def test_a_signature_that_is_not_genuine():
    now = [leaf for _, leaf in SEVEN]
    faults = compare(now, now, HEADS, [name for name, _ in SEVEN], genuine=lambda head: head.size != 6)
    assert [(fault.kind, fault.position) for fault in faults] == [("journal", 3)]
    assert "size 6" in faults[0].detail


def test_a_record_is_read_from_json():
    record = {"size": 1, "root": "00ff", "leaves": ["0a"], "at": "2027-03-15T00:00:00Z", "signature": "s"}
    assert head_of(record) == Head(1, b"\x00\xff", (b"\n",), AT, "s")


@pytest.mark.parametrize("wrong", [{"size": "1"}, {"leaves": None}, {"root": "zz"}, {"at": "soon"}, {"signature": 1}])
def test_a_record_that_cannot_be_read(wrong):
    record = {"size": 1, "root": "00", "leaves": [], "at": "2027-03-15T00:00:00Z", "signature": "s"}
    with pytest.raises(ValueError):
        head_of(record | wrong)


def test_a_record_that_is_no_object():
    with pytest.raises(ValueError, match="an object"):
        head_of([1])


def test_the_three_sequences_belong_together():
    with pytest.raises(ValueError, match="same rows"):
        compare([FORGED], [], [], [])
