"""Reads the courses of conversations: one query."""

from datetime import datetime

from django.db.models import Min, Q

from releve.impact.rules import Course, Service, service
from releve.practice.models import Conversation, Organization


def measured(practice: Organization, since: datetime) -> Service:
    """Conversations that began since then; the first answer is the assistant's or a person's, whichever came first."""
    rows = (
        Conversation.objects.filter(organization=practice, started_at__gte=since)
        .annotate(arrived=Min("messages__sent_at", filter=Q(messages__author="patient")))
        .annotate(answered=Min("messages__sent_at", filter=~Q(messages__author="patient")))
        .exclude(arrived=None)
    )
    return service(
        Course(arrived, answered, by) for arrived, answered, by in rows.values_list("arrived", "answered", "closed_by")
    )
