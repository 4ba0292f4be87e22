"""What is due."""

from datetime import datetime

from django.db.models import Q, QuerySet

from releve.post.models import Outgoing, Timer


def next_timer(until: datetime) -> Timer | None:
    """The earliest timer due at or before `until`; equal ones in the order they were set. One that could not be fired
    is passed over until it is tried again."""
    due = Timer.objects.filter(Q(retry_at=None) | Q(retry_at__lte=until), done_at=None, due_at__lte=until)
    return due.order_by("due_at", "id").first()


def ready(now: datetime) -> QuerySet[Outgoing]:
    """Messages that may leave now, oldest first."""
    return Outgoing.objects.filter(sent_at=None, send_after__lte=now).order_by("send_after", "id")


def waiting() -> int:
    return Outgoing.objects.filter(sent_at=None).count()
