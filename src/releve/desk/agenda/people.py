"""Who works here, as the agenda shows them: practitioners with their hours and their ordinary visit, one query."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from releve.dialogue.phrases import is_doctor
from releve.language.writing import NBSP
from releve.practice.models import HealthcareService, Organization, Practitioner, Schedule

ORDINARY_MIN = 20  # of someone whose visits are not known


@dataclass(frozen=True)
class Person:
    """`length`: minutes of their first visit, by which free places are counted. No `schedule`: no hours known."""

    row: Practitioner
    schedule: Schedule | None
    length: int

    @property
    def key(self) -> str:
        return self.row.identifier

    @property
    def name(self) -> str:
        """Dr Nadia Amar"""
        title = f"Dr{NBSP}" if is_doctor(self.row.profession) else ""
        return f"{title}{self.row.given} {self.row.family}"


def people(practice: Organization) -> list[Person]:
    """Everyone in the order of the file, those who have left included."""
    through = HealthcareService.practitioners.through
    visits = through.objects.filter(practitioner=OuterRef("pk"), healthcareservice__active=True)
    length = visits.order_by("healthcareservice_id").values("healthcareservice__duration_min")[:1]
    rows = Practitioner.objects.filter(organization=practice).select_related("schedule").order_by("id")
    return [_person(row, practice) for row in rows.annotate(length=Subquery(length))]


def _person(row: Practitioner, practice: Organization) -> Person:
    schedule: Schedule | None = getattr(row, "schedule", None)
    if schedule is not None:
        schedule.organization = practice
    return Person(row, schedule, getattr(row, "length", None) or ORDINARY_MIN)


def among(everyone: Sequence[Person], keys: Sequence[str]) -> list[Person]:
    """Those chosen, in the order of the file; everyone who works here when none is."""
    here = [p for p in everyone if p.row.active]
    return [p for p in here if p.key in keys] or here
