"""What came in, as it came."""

from typing import ClassVar

from django.db import models

from releve.practice.models import Conversation, Organization


class InboundEvent(models.Model):
    """One event, stored before it is thought about. `reply` is its answer: an event has exactly one."""

    id = models.UUIDField(primary_key=True)
    organization = models.ForeignKey(Organization, models.PROTECT)
    source = models.CharField(max_length=40)
    external_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    conversation = models.ForeignKey(Conversation, models.PROTECT, null=True, related_name="events")
    payload = models.JSONField()
    at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    reply = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "source", "external_id"], name="event_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["handled_at", "at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
