"""Two tables: messages waiting to leave, and things waiting for their time."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Outgoing(models.Model):
    """One message to one address; `key` makes a retried effect send it once."""

    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=10)
    address = models.CharField(max_length=200)
    text = models.TextField()
    purpose = models.CharField(max_length=10)
    created_at = models.DateTimeField()
    send_after = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [  # of what waits only: the messages that have left grow for ever
            models.Index(fields=["send_after", "id"], condition=Q(sent_at=None), name="outgoing_waiting"),
        ]

    def __str__(self) -> str:
        return self.key


class Timer(models.Model):
    """An act due at a time. It comes in through intake like any event, with `now` = `due_at`. `retry_at`: it could not
    be fired, and is passed over until then."""

    key = models.CharField(max_length=120, unique=True)
    act = models.CharField(max_length=30)
    payload = models.JSONField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["done_at", "due_at", "id"])]

    def __str__(self) -> str:
        return self.key
