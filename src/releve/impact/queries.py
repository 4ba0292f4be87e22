"""Reads the courses of conversations: one query."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from releve.impact.rules import Course, Service, service
from releve.practice.models import Communication, Organization


def measured(practice: Organization, since: datetime) -> Service:
    """Conversations that began since then."""
    rows = (
        Communication.objects.filter(conversation__organization=practice, conversation__started_at__gte=since)
        .order_by("conversation", "id")
        .values_list("conversation", "author", "sent_at", "conversation__closed_by")
    )
    courses = (_course(list(messages)) for _, messages in groupby(rows, key=lambda row: row[0]))
    return service(c for c in courses if c is not None)


def _course(messages: Iterable[tuple[int | None, str, datetime, str]]) -> Course | None:
    """From the patient's first words to the first answer after them, the assistant's or a person's; None when the
    patient never wrote."""
    arrived = answered = None
    closed_by = ""
    for _, author, at, closed_by in messages:  # noqa: B007 - the last one is the conversation's
        if author == "patient":
            arrived = arrived or at
        elif arrived is not None and answered is None:
            answered = at
    return None if arrived is None else Course(arrived, answered, closed_by)
