"""What is due."""

from collections.abc import Collection
from datetime import datetime

from releve.post.models import Outgoing, Timer


def next_timer(until: datetime, besides: Collection[int] = ()) -> Timer | None:
    """The earliest timer due at or before `until`; equal ones in the order they were set."""
    due = Timer.objects.filter(done_at=None, due_at__lte=until).exclude(pk__in=besides)
    return due.order_by("due_at", "id").first()


def ready(now: datetime, limit: int = 100) -> list[Outgoing]:
    """Messages that may leave now, oldest first."""
    return list(Outgoing.objects.filter(sent_at=None, send_after__lte=now).order_by("send_after", "id")[:limit])


def waiting() -> int:
    return Outgoing.objects.filter(sent_at=None).count()
