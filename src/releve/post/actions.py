"""Writes what must leave and what must happen later. A key makes each of them unique."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from releve.core.acts import Act
from releve.core.codec import encode
from releve.post.models import Outgoing, Timer
from releve.post.queries import ready


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


def set_timer(*, key: str, act: Act, due_at: datetime) -> None:
    """`act` will be proposed at `due_at`; setting the same key again moves the timer. One statement, since every
    booking sets one."""
    Timer.objects.bulk_create(
        [Timer(key=key, act=act.kind, payload=encode(act), due_at=due_at)], update_conflicts=True,
        unique_fields=["key"], update_fields=["act", "payload", "due_at", "done_at", "attempts", "retry_at"],
    )  # fmt: skip


def set_timers(timers: Iterable[tuple[str, Act, datetime]]) -> None:
    """As `set_timer` for many new keys at once, in a few statements."""
    Timer.objects.bulk_create(Timer(key=key, act=act.kind, payload=encode(act), due_at=due) for key, act, due in timers)


def drop_timers(*, keys: Sequence[str]) -> None:
    Timer.objects.filter(key__in=keys, done_at=None).delete()


def claim_next(*, now: datetime) -> Outgoing | None:
    """Takes the oldest message that may leave, for one attempt; those that another worker is just taking are passed
    over. Whoever comes after a crash comes back to it later: after one minute, then two, four... an hour at most."""
    if not ready(now).exists():
        return None  # without asking for the write lock
    with transaction.atomic():
        row = ready(now).select_for_update(skip_locked=True).first()
        if row is not None:
            row.send_after = now + timedelta(minutes=min(60, 2 ** min(row.attempts, 6)))
            row.attempts += 1
            row.save(update_fields=["send_after", "attempts"])
    return row


def mark_sent(*, row: Outgoing, at: datetime) -> None:
    """It has left. A code is not kept once sent."""
    row.sent_at = at
    if row.purpose == "code":
        row.text = ""
    row.save(update_fields=["sent_at", "text"])


def finish_timer(*, row: Timer, at: datetime) -> None:
    row.done_at = at
    row.save(update_fields=["done_at"])


def put_off(*, row: Timer, now: datetime) -> None:
    """It could not be fired: it stays due, and is tried again after a minute, then two, four... an hour at most."""
    later = now + timedelta(minutes=min(60, 2 ** min(row.attempts, 6)))
    Timer.objects.filter(pk=row.pk, done_at=None).update(attempts=F("attempts") + 1, retry_at=later)


def withdraw(*, key: str) -> None:
    """A message that has not left will not leave."""
    Outgoing.objects.filter(key=key, sent_at=None).delete()
