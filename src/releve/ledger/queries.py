"""Reads and checks the book."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from django.conf import settings

from releve.ledger.actions import sealed, signing_key
from releve.ledger.faults import Fault, Head, compare, head_of
from releve.ledger.models import Entry, TreeHead
from releve.ledger.rules import Leaf, head_bytes, leaf_bytes, leaf_hash, salted_digest


@dataclass(frozen=True)
class Verification:
    entries: int
    heads: int
    waiting: int  # leaves without a position yet
    faults: tuple[Fault, ...]


def verify() -> Verification:
    """Recomputes every leaf from its columns and payload, and compares all of it with the journal outside."""
    rows = list(Entry.objects.exclude(position=None).order_by("position"))
    stored = [leaf_hash(bytes(e.leaf)) for e in rows]
    recomputed = [leaf_hash(_leaf(e)) for e in rows]
    heads, broken = _journal()
    ids = [str(e.key) for e in rows]
    faults = [*broken, *compare(stored, recomputed, heads, ids, genuine=_genuine)]
    faults += _positions(rows)
    faults += [
        Fault(h.size, "journal", None, "this head is in the database and not in the journal")
        for h in TreeHead.objects.exclude(size__in=[h.size for h in heads])
    ]
    return Verification(len(rows), len(heads), Entry.objects.filter(position=None).count(), tuple(faults))


def _leaf(entry: Entry) -> bytes:
    """The canonical bytes as the columns and the payload give them now. An erased entry keeps its digest; a payload
    that cannot be checked (no salt, no canonical form) counts as changed."""
    digest = bytes(entry.digest)
    if entry.payload is not None or entry.salt is not None:
        try:
            digest = salted_digest(
                bytes(entry.salt or b""), sealed(entry.payload or {}, entry.subject, entry.conversation)
            )
        except (TypeError, ValueError):
            digest = bytes(32)
    return leaf_bytes(Leaf(str(entry.key), entry.kind, entry.at, entry.author, digest))


def _positions(rows: list[Entry]) -> Iterable[Fault]:
    for expected, entry in enumerate(rows):
        if entry.position != expected:
            yield Fault(expected, "moved", str(entry.key), f"has position {entry.position}")
            return


def _journal() -> tuple[list[Head], list[Fault]]:
    path = Path(settings.LEDGER_JOURNAL)
    heads: list[Head] = []
    faults: list[Fault] = []
    if path.exists():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                heads.append(head_of(json.loads(line)))
            except ValueError as error:
                faults.append(Fault(heads[-1].size if heads else 0, "journal", None, f"line {number}: {error}"))
    return heads, faults


def _genuine(head: Head) -> bool:
    try:
        signing_key().public_key().verify(bytes.fromhex(head.signature), head_bytes(head.size, head.root, head.at))
    except (InvalidSignature, ValueError):
        return False
    return True


def count() -> int:
    return Entry.objects.count()


def kinds() -> list[str]:
    """The kinds of all entries, in order of writing."""
    return list(Entry.objects.order_by("id").values_list("kind", flat=True))


def about(subject: str) -> list[dict[str, Any]]:
    """The history of one record, oldest first."""
    rows = Entry.objects.filter(subject=subject).order_by("id")
    return [{"kind": e.kind, "author": e.author, "at": e.at, "payload": e.payload} for e in rows]


def recent(limit: int) -> list[Entry]:
    return list(Entry.objects.order_by("-id")[:limit])
