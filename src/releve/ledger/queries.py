"""Reads and checks the book."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.models import CharField, Count, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from releve.ledger.actions import sealed, signing_key
from releve.ledger.faults import Fault, Head, compare, head_of
from releve.ledger.models import Entry, TreeHead
from releve.ledger.rules import Leaf, head_bytes, leaf_bytes, leaf_hash, salted_digest
from releve.practice.models import User


@dataclass(frozen=True)
class Verification:
    entries: int
    heads: int
    waiting: int  # leaves without a position yet
    faults: tuple[Fault, ...]


PROOF = ("leaf", "digest", "salt")  # columns that no screen reads


@dataclass(frozen=True)
class Told:
    """One leaf as the screens read it; an erased payload is empty."""

    kind: str
    author: str
    at: datetime
    subject: str
    conversation: int | None
    payload: dict[str, Any]
    by: str = ""  # the name of the person whose hand it was


def verify(database: str = DEFAULT_DB_ALIAS) -> Verification:
    """Recomputes every leaf from its columns and payload, and compares all of it with the journal outside."""
    entries = Entry.objects.using(database)
    rows = list(entries.exclude(position=None).order_by("position"))
    stored = [leaf_hash(bytes(e.leaf)) for e in rows]
    recomputed = [leaf_hash(_leaf(e)) for e in rows]
    heads, broken = _journal()
    ids = [str(e.key) for e in rows]
    faults = [*broken, *compare(stored, recomputed, heads, ids, genuine=_genuine)]
    faults += _positions(rows)
    faults += [
        Fault(h.size, "journal", None, "this head is in the database and not in the journal")
        for h in TreeHead.objects.using(database).exclude(size__in=[h.size for h in heads])
    ]
    return Verification(len(rows), len(heads), entries.filter(position=None).count(), tuple(faults))


def head(database: str = DEFAULT_DB_ALIAS) -> tuple[int, str]:
    """Size and root of the last signed head; nothing yet is of size 0."""
    row = TreeHead.objects.using(database).order_by("-size").first()
    return (row.size, bytes(row.root).hex()) if row is not None else (0, "")


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


def last() -> Subquery:
    """The key of the newest entry, for a query of the caller's: it grows with each act."""
    return Subquery(Entry.objects.order_by("-id").values("pk")[:1])


def entries() -> Subquery:
    """How many entries there are, for a query of the caller's."""
    return Subquery(Entry.objects.order_by().values(one=Value(1)).annotate(n=Count("pk")).values("n"))


def kinds() -> list[str]:
    """The kinds of all entries, in order of writing."""
    return list(Entry.objects.order_by("id").values_list("kind", flat=True))


def about(subject: str) -> list[dict[str, Any]]:
    """The history of one record, oldest first."""
    rows = Entry.objects.filter(subject=subject).order_by("id")
    return [{"kind": e.kind, "author": e.author, "at": e.at, "payload": e.payload} for e in rows]


def imported(appointments: Iterable[int]) -> set[int]:
    """Those of these appointments that an agenda file brought, and nothing has moved since."""
    subjects = {f"appointment:{key}": key for key in appointments}
    rows = Entry.objects.filter(subject__in=list(subjects), kind__in=("import_appointment", "reschedule_appointment"))
    last = dict(rows.order_by("id").values_list("subject", "kind")) if subjects else {}
    return {subjects[subject] for subject, kind in last.items() if kind == "import_appointment"}


def last_kinds(subjects: Sequence[str]) -> dict[str, str]:
    """What was last done to each of these records; what was refused, or waits for a person, is nothing yet."""
    rows = Entry.objects.filter(subject__in=subjects).order_by("id") if subjects else Entry.objects.none()
    return dict(rows.values_list("subject", "kind"))


def changes(subjects: Sequence[str], kinds: Sequence[str]) -> dict[str, tuple[int, datetime]]:
    """How many acts of these kinds there were about each of these records, and when the last one was."""
    rows = Entry.objects.filter(subject__in=subjects, kind__in=kinds).order_by().values_list("subject")
    return {subject: (count, last) for subject, count, last in rows.annotate(n=Count("pk"), last=Max("at"))}


def newest(limit: int, kinds: Iterable[str] = ()) -> list[Told]:
    """The last leaves, newest first; of these kinds only, when any is given."""
    rows = Entry.objects.filter(kind__in=list(kinds)) if kinds else Entry.objects.all()
    return _read(rows, limit)


def history(subjects: Sequence[str], conversations: Sequence[int], limit: int) -> list[Told]:
    """What was done about these records, and said in these conversations about no record; newest first, one query."""
    return _read(Entry.objects.filter(Q(subject__in=subjects) | Q(conversation__in=conversations, subject="")), limit)


def _read(rows: QuerySet[Entry], limit: int) -> list[Told]:
    """Newest first, with the names of those who acted; one query."""
    user = User.objects.annotate(name=Concat(Value("user:"), Cast("pk", CharField()))).filter(name=OuterRef("author"))
    full = Concat("first_name", Value(" "), "last_name", Value("\n"), "username")  # or the name they sign in with
    named = rows.defer(*PROOF).annotate(by=Subquery(user.values(full=full)[:1])).order_by("-id")
    return [_told(entry, _signed(entry.by)) for entry in named[:limit]]


def _told(entry: Entry, by: str) -> Told:
    payload = entry.payload or {}
    return Told(entry.kind, entry.author, entry.at, entry.subject, entry.conversation, payload, by)


def _signed(name: str | None) -> str:
    """The first line that holds a name."""
    return next((line for line in (name or "").strip().split("\n") if line.strip()), "")


def counted(since: datetime, author: str = "front_desk") -> dict[str, int]:
    """How many acts of each kind the assistant made since then."""
    rows = Entry.objects.filter(author=author, at__gte=since).order_by().values_list("kind")
    return dict(rows.annotate(n=Count("pk")))
