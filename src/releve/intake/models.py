"""What came in, as it came."""

from typing import ClassVar

from django.db import models

from releve.practice.models import Conversation, Organization


class InboundEvent(models.Model):
    """One event, stored before it is thought about. `reply` is its answer: an event has exactly one. `retry_at`: a
    worker has tried to answer it, and none tries again before."""

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
    attempts = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "source", "external_id"], name="event_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["handled_at", "at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Tally(models.Model):
    """How often something was tried until its time is over (`intake.limits`). `key` is a keyed hash: it tells nothing
    about whom it counts."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    until = models.BigIntegerField(db_index=True)  # seconds since 1970

    def __str__(self) -> str:
        return f"{self.count}"
