"""Writes the book: a leaf in the business transaction, positions and signed heads by the sequencer afterwards."""

import fcntl
import json
import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction

from releve.ledger.models import Entry, TreeHead
from releve.ledger.rules import SALT_BYTES, Leaf, Tree, head_bytes, leaf_bytes, leaf_hash, salted_digest

BATCH = 500
SEQUENCER_LOCK = 7_316_001  # PostgreSQL advisory lock: one sequencer at a time


def record(
    *,
    key: UUID,
    kind: str,
    author: str,
    at: datetime,
    payload: dict[str, Any],
    subject: str = "",
    conversation: int | None = None,
) -> Entry:
    """One leaf, in the caller's transaction. `payload` is JSON-like without inexact floats; it can be erased later."""
    salt = secrets.token_bytes(SALT_BYTES)
    digest = salted_digest(salt, sealed(payload, subject, conversation))
    leaf = leaf_bytes(Leaf(str(key), kind, at, author, digest))
    return Entry.objects.create(
        key=key, kind=kind, author=author, at=at, subject=subject, conversation=conversation,
        payload=payload, salt=salt, digest=digest, leaf=leaf,
    )  # fmt: skip


def sealed(payload: dict[str, Any], subject: str, conversation: int | None) -> dict[str, Any]:
    """What the leaf's digest covers: the payload and the columns by which an entry is found."""
    return {"payload": payload, "subject": subject, "conversation": conversation}


def sequence(now: datetime) -> int:
    """Gives positions to the leaves committed since, signs the new head, writes it outside too. Returns how many."""
    total = 0
    while Entry.objects.filter(position=None).exists():
        with transaction.atomic():
            numbered = _batch(now) if _elected() else 0
        if not numbered:
            break  # another worker is at it
        total += numbered
    _catch_up_journal()
    return total


def _elected() -> bool:
    """One sequencer at a time. On PostgreSQL an advisory lock that ends with the transaction, however it ends; on
    SQLite the write transaction itself is enough."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEQUENCER_LOCK])
        return bool(cursor.fetchone()[0])


def _batch(now: datetime) -> int:
    head = TreeHead.objects.order_by("-size").first()
    tree = Tree(head.size, [bytes(h) for h in _stack(head)]) if head else Tree()
    fresh = list(Entry.objects.filter(position=None).order_by("id")[:BATCH])
    if not fresh:
        return 0
    for entry in fresh:
        entry.position = tree.append(leaf_hash(bytes(entry.leaf)))
    Entry.objects.bulk_update(fresh, ["position"])
    signature = signing_key().sign(head_bytes(tree.size, tree.root(), now))
    TreeHead.objects.create(size=tree.size, root=tree.root(), at=now, signature=signature, stack=b"".join(tree.stack))
    return len(fresh)


def _stack(head: TreeHead) -> list[bytes]:
    stack = bytes(head.stack)
    return [stack[i : i + 32] for i in range(0, len(stack), 32)]


def signing_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(settings.LEDGER_KEY))


def _catch_up_journal() -> None:
    """Appends to the journal the heads it does not hold yet; a crash between commit and append is made good here.

    A journal that is already ahead of the database is left alone: that is for `verify` to tell.
    """
    path = Path(settings.LEDGER_JOURNAL)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as journal:
        fcntl.flock(journal, fcntl.LOCK_EX)
        whole, last = _tail(path)
        journal.truncate(whole)  # a line cut short by a power cut is written again
        for head in TreeHead.objects.filter(size__gt=last).order_by("size"):
            leaves = Entry.objects.filter(position__gte=last, position__lt=head.size).order_by("position")
            line = {
                "size": head.size,
                "root": bytes(head.root).hex(),
                "leaves": [leaf_hash(bytes(leaf)).hex() for leaf in leaves.values_list("leaf", flat=True)],
                "at": head.at.isoformat(),
                "signature": bytes(head.signature).hex(),
            }
            journal.write(json.dumps(line) + "\n")
            last = head.size
        journal.flush()
        os.fsync(journal.fileno())


def _tail(path: Path) -> tuple[int, int]:
    """Length of the journal's whole lines in bytes, and the size in the last of them; read from its end."""
    with path.open("rb") as file:
        start = max(0, file.seek(0, os.SEEK_END) - (1 << 20))
        file.seek(start)
        whole, newline, _ = file.read().rpartition(b"\n")
    last = whole.rpartition(b"\n")[2]
    return start + len(whole) + len(newline), int(json.loads(last)["size"]) if last else 0


def erase_payload(key: UUID) -> None:
    """Forgets what an entry was about; its leaf, and so every proof, stays (GDPR art. 17)."""
    Entry.objects.filter(key=key).update(payload=None, salt=None)
