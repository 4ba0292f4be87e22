"""Someone with the database's password touches the book: `verify` finds it and names the entry."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from releve.ledger import actions as ledger
from releve.ledger.queries import verify
from releve.practice.models import Organization
from tests import cast

ENTRIES = 30
BATCH = 7  # entries a head

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(practice: Organization) -> list[str]:
    """Thirty entries in five batches; their keys in order."""
    keys = [uuid4() for _ in range(ENTRIES - 2)]  # loading and signing are the first two
    for number, key in enumerate(keys):
        at = cast.NOW + timedelta(minutes=number)
        ledger.record(key=key, kind="answer", author="informing", at=at, payload={"topic": f"parking {number}"})
        if number % BATCH == 0:
            ledger.sequence(at)
    ledger.sequence(cast.NOW + timedelta(hours=1))
    return ["", "", *(str(key) for key in keys)]


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def faults() -> list[tuple[str, int, str | None]]:
    return [(fault.kind, fault.position, fault.id) for fault in verify().faults]


def test_an_untouched_book_is_well(book: list[str]) -> None:
    found = verify()
    assert (found.entries, found.waiting, found.faults) == (ENTRIES, 0, ())


def test_a_changed_payload(book: list[str]) -> None:
    sql("UPDATE ledger_entry SET payload = %s WHERE position = 12", '{"topic": "autre chose"}')
    assert faults() == [("changed", 12, book[12])]


@pytest.mark.parametrize(
    "change", ["kind = 'book_appointment'", "author = 'user:1'", "subject = 'patient:1'", "conversation = 4"]
)
def test_a_changed_column(book: list[str], change: str) -> None:
    sql(f"UPDATE ledger_entry SET {change} WHERE position = 20")
    assert faults() == [("changed", 20, book[20])]


def test_a_deleted_entry(book: list[str]) -> None:
    sql("DELETE FROM ledger_entry WHERE position = 15")
    assert ("removed", 15, None) in faults()


def test_a_tail_cut_off_with_its_heads(book: list[str]) -> None:
    sql("DELETE FROM ledger_entry WHERE position >= 27")
    sql("DELETE FROM ledger_treehead WHERE size > 24")
    assert [f for f in faults() if f[0] == "cut_off"] == [("cut_off", n, None) for n in (27, 28, 29)]


def test_a_forged_entry(book: list[str]) -> None:
    forged = uuid4()
    columns = "kind, author, at, subject, conversation, payload, salt, digest, leaf"
    sql(f"INSERT INTO ledger_entry (key, position, {columns}) SELECT %s, 30, {columns} FROM ledger_entry "
        "WHERE position = 5", forged.hex)  # fmt: skip
    assert faults() == [("inserted", 30, str(forged))]


def test_two_entries_that_changed_places(book: list[str]) -> None:
    for before, after in ((8, 99), (9, 8), (99, 9)):
        sql("UPDATE ledger_entry SET position = %s WHERE position = %s", after, before)
    assert {(kind, key) for kind, _, key in faults()} <= {("moved", book[8]), ("moved", book[9])} != set()


def test_an_edited_journal(book: list[str], journal: Path) -> None:
    lines = journal.read_text().splitlines()
    head = json.loads(lines[2])
    lines[2] = json.dumps({**head, "root": "00" * 32})
    journal.write_text("\n".join(lines) + "\n")
    assert {(kind, position) for kind, position, _ in faults()} == {("journal", head["size"] - len(head["leaves"]))}


def test_a_journal_whose_last_head_is_gone(book: list[str], journal: Path) -> None:
    journal.write_text("".join(line + "\n" for line in journal.read_text().splitlines()[:-1]))
    assert ("journal", ENTRIES, None) in faults()


def test_an_erased_payload_is_no_fault(book: list[str]) -> None:
    ledger.erase_payload(UUID(book[18]))
    assert faults() == []


def test_a_line_cut_short_by_a_power_cut_is_written_again(book: list[str], journal: Path) -> None:
    whole = journal.read_bytes()
    journal.write_bytes(whole[:-40])
    ledger.sequence(cast.NOW + timedelta(hours=2))
    assert faults() == []
    assert journal.read_bytes() == whole
