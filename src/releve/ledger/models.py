"""The book's two tables. Only this room touches them."""

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One leaf. Written without a position in the business transaction; the sequencer numbers it afterwards.

    `leaf` holds the canonical bytes; the payload is only in it as a salted hash and can be erased.
    """

    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=30)
    author = models.CharField(max_length=80)
    at = models.DateTimeField()
    subject = models.CharField(max_length=80, blank=True, db_index=True)
    conversation = models.BigIntegerField(null=True, db_index=True)
    payload = models.JSONField(null=True)
    salt = models.BinaryField(null=True)
    digest = models.BinaryField()
    leaf = models.BinaryField()
    position = models.BigIntegerField(null=True, unique=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class TreeHead(models.Model):
    """A signed root over the first `size` leaves; also written outside the database."""

    size = models.BigIntegerField(unique=True)
    root = models.BinaryField()
    at = models.DateTimeField()
    signature = models.BinaryField()
    stack = models.BinaryField()  # the tree's right edge, so that the next batch goes on from here

    def __str__(self) -> str:
        return f"{self.size}"
