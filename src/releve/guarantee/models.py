"""What people have signed and stopped."""

from typing import ClassVar

from django.db import models

from releve.practice.models import Organization, User


class StartUp(models.Model):
    """The *mise en service*: which kinds of act may be automatic, signed by whom. The newest counts."""

    organization = models.ForeignKey(Organization, models.PROTECT)
    acts = models.JSONField()
    signed_by = models.CharField(max_length=200)
    user = models.ForeignKey(User, models.PROTECT, null=True)
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.signed_by


class RedFlagSignature(models.Model):
    """A physician has read one version of the red-flag list and answers for it. The list works without it."""

    organization = models.ForeignKey(Organization, models.PROTECT)
    version = models.CharField(max_length=20)
    signed_by = models.CharField(max_length=200)
    user = models.ForeignKey(User, models.PROTECT)
    signed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "version", "user"], name="red_flags_signed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.signed_by}"


class Stop(models.Model):
    """A pressed stop button: one agent's, or everyone's when `agent` is empty."""

    organization = models.ForeignKey(Organization, models.PROTECT)
    agent = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organization", "agent"], name="stop_agent")]

    def __str__(self) -> str:
        return self.agent or "*"
