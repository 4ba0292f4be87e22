"""One row: how fast the simulated patients of the demonstration write, and until when."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from releve.practice.models import Organization

SPEEDS = ("stopped", "paused", "normal", "fast")


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between two patients who begin, seconds from one line to the next, and how many write at once."""

    between: float
    typing: tuple[float, float]
    at_once: int


PACES = {"normal": Pace(70, (7, 22), 3), "fast": Pace(7, (1.5, 4), 6)}


class Simulation(models.Model):
    """Made when the demonstration is loaded: a practice without it is no demonstration."""

    organization = models.OneToOneField(Organization, models.PROTECT)
    loaded_at = models.DateTimeField()
    speed = models.CharField(max_length=10, default="normal")
    until = models.DateTimeField()  # they stop by themselves
    talks = models.PositiveIntegerField(default=0)  # conversations begun so far

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(speed__in=SPEEDS), name="simulation_speed")]

    def __str__(self) -> str:
        return self.speed

    def pace(self, now: datetime) -> Pace | None:
        """None while nobody writes."""
        return PACES.get(self.speed) if now < self.until else None

    def count_one(self) -> None:
        """One more conversation, in the table first: its number is never used twice."""
        type(self).objects.filter(pk=self.pk).update(talks=F("talks") + 1)
        self.refresh_from_db(fields=["talks"])
