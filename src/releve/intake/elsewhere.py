"""What is read of an agenda kept in other software comes in here: as an act when it changed something, else as a note
that it was read. And the lines of an agenda file, each one an act of the person who brings it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from releve.core.act import Identity
from releve.core.acts import ImportAppointment
from releve.core.elsewhere import BusySpan, RecordFeed
from releve.core.messages import Evidence, Outcome, Proposal
from releve.guarantee import gate
from releve.guarantee.rules import SYSTEM
from releve.intake.actions import event_id
from releve.intake.models import InboundEvent
from releve.practice import busy, elsewhere
from releve.practice.models import AgendaKey, Feed, Organization, User

FILE = "agenda_file"
KEPT = timedelta(days=1)


def was_read(
    feed: Feed, spans: Sequence[BusySpan], *, since: datetime, now: datetime, digest: str, etag: str, modified: str
) -> bool:
    """True when it changed something: one event, one entry in the ledger."""
    found = busy.difference(feed, spans, since)
    with transaction.atomic():
        if found:
            act = RecordFeed(
                feed=feed.pk, added=len(found.added) + len(found.back), changed=len(found.changed),
                removed=len(found.removed), since=since, busy=tuple(spans),
            )  # fmt: skip
            _record(act, feed, now)
        elsewhere.note_reading(feed=feed, now=now, digest=digest, etag=etag, modified=modified)
    return bool(found)


def _record(act: RecordFeed, feed: Feed, now: datetime) -> None:
    external = f"feed {feed.pk} {uuid4()}"
    event = InboundEvent.objects.create(
        id=event_id(feed.organization, "timer", external), organization=feed.organization, source="timer",
        external_id=external, kind="timer", payload={"act": act.kind}, at=now, handled_at=now,
    )  # fmt: skip
    proposal = Proposal(act, SYSTEM, (Evidence("rule", act.kind),))
    gate.submit([proposal], event=event.pk, organization=feed.organization, now=now)


def still(feed: Feed, *, now: datetime) -> None:
    """It says that nothing has changed."""
    elsewhere.note_reading(feed=feed, now=now, digest=feed.digest, etag=feed.etag, modified=feed.modified)


def failed(feed: Feed, *, code: str) -> None:
    elsewhere.note_failure(feed=feed, code=code)


def claim(feed: Feed, *, now: datetime) -> bool:
    return elsewhere.claim_feed(feed=feed, now=now)


def was_used(key: AgendaKey, *, now: datetime) -> None:
    elsewhere.note_use(key=key, now=now)


# --- agenda files ----------------------------------------------------------------------------------------------------
def keep_file(text: str, *, organization: Organization, now: datetime) -> UUID:
    """Until it is brought in, or a day later: it holds what patients are called."""
    external = str(uuid4())
    row = InboundEvent.objects.create(
        id=event_id(organization, FILE, external), organization=organization, source=FILE, external_id=external,
        kind="file", payload={"text": text}, at=now, handled_at=now,
    )  # fmt: skip
    return row.pk


def forget_files(organization: Organization, now: datetime) -> None:
    """Those that nobody brought in."""
    old = InboundEvent.objects.filter(organization=organization, source=FILE, at__lt=now - KEPT).exclude(payload={})
    if old.exists():
        old.update(payload={})


def file_of(key: UUID, *, organization: Organization) -> InboundEvent | None:
    return InboundEvent.objects.filter(pk=key, organization=organization, source=FILE).first()


def under_way(organization: Organization) -> InboundEvent | None:
    """A file that somebody asked to bring in, and that is not yet."""
    rows = InboundEvent.objects.filter(organization=organization, source=FILE, reply__state="running")
    return rows.order_by("at", "id").first()


def note_file(row: InboundEvent, reply: dict[str, Any], *, over: bool) -> None:
    """How far it is; once it is over, nothing of it is kept but the numbers of lines and the reasons."""
    row.reply = reply
    if over:
        row.payload = {}
    row.save(update_fields=["reply", "payload"])


def import_lines(
    acts: Sequence[tuple[str, ImportAppointment]], *, organization: Organization, user: User | None, now: datetime
) -> list[Outcome | None]:
    """Some lines of a file, in one transaction, each with what makes it the same line again; None: it is here already.
    A patient of two lines without a file yet has one after the first: the caller sends them apart."""
    outcomes: list[Outcome | None] = []
    with transaction.atomic():
        for key, act in acts:
            event, fresh = InboundEvent.objects.get_or_create(
                organization=organization, source="import", external_id=key,
                defaults={
                    "id": uuid4(), "kind": "staff", "payload": {"kind": act.kind}, "at": now, "handled_at": now,
                },
            )  # fmt: skip
            if not fresh:
                outcomes.append(None)
                continue
            proposal = Proposal(act, "staff", (Evidence("rule", f"agenda file, line {act.line}"),), Identity.STAFF)
            outcome = gate.submit([proposal], event=event.pk, organization=organization, now=now, user=user)[0]
            if outcome.status == "refused":
                event.delete()  # a line that is put right may come again
            outcomes.append(outcome)
    return outcomes
