"""Writes what must leave and what must happen later. A key makes each of them unique."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from releve.core.acts import Act
from releve.core.codec import encode
from releve.post.models import Outgoing, Timer


def send_later(
    *, key: str, channel: str, address: str, text: str, purpose: str, now: datetime, send_after: datetime | None = None
) -> Outgoing:
    """One message in the outbox; the same key twice is one message."""
    row, _ = Outgoing.objects.get_or_create(
        key=key,
        defaults={
            "channel": channel, "address": address, "text": text, "purpose": purpose,
            "created_at": now, "send_after": send_after or now,
        },
    )  # fmt: skip
    return row


def set_timer(*, key: str, act: Act, due_at: datetime) -> Timer:
    """`act` will be proposed at `due_at`; setting the same key again moves the timer."""
    values: dict[str, Any] = {"act": act.kind, "payload": encode(act), "due_at": due_at, "done_at": None}
    row, _ = Timer.objects.update_or_create(key=key, defaults=values)
    return row


def drop_timers(*, keys: Sequence[str]) -> None:
    Timer.objects.filter(key__in=keys, done_at=None).delete()


def mark_sent(*, row: Outgoing, at: datetime) -> None:
    """It has left. A code is not kept once sent."""
    row.sent_at, row.attempts = at, row.attempts + 1
    if row.purpose == "code":
        row.text = ""
    row.save(update_fields=["sent_at", "attempts", "text"])


def finish_timer(*, row: Timer, at: datetime) -> None:
    row.done_at = at
    row.save(update_fields=["done_at"])


def withdraw(*, key: str) -> None:
    """A message that has not left will not leave."""
    Outgoing.objects.filter(key=key, sent_at=None).delete()
