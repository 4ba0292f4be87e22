"""Who works here, as the agenda shows them: practitioners with their hours and their ordinary visit, one query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from releve.agenda.visits import Visit
from releve.core.ports import VisitRecord
from releve.dialogue.phrases import is_doctor
from releve.language.writing import NBSP
from releve.practice.busy import is_stale
from releve.practice.models import Feed, HealthcareService, Organization, Practitioner, Schedule

ORDINARY = Visit(duration_min=20)  # of someone whose visits are not known


@dataclass(frozen=True)
class Person:
    """`visit`: their first one, by which free places are counted. No `schedule`: no hours known."""

    row: Practitioner
    schedule: Schedule | None
    visit: VisitRecord

    @property
    def key(self) -> str:
        return self.row.identifier

    @property
    def length(self) -> int:
        return self.visit.duration_min

    @property
    def name(self) -> str:
        """Dr Nadia Amar"""
        title = f"Dr{NBSP}" if is_doctor(self.row.profession) else ""
        return f"{title}{self.row.given} {self.row.family}"


def people(practice: Organization) -> list[Person]:
    """Everyone in the order of the file, those who have left included."""
    through = HealthcareService.practitioners.through
    visits = through.objects.filter(practitioner=OuterRef("pk"), healthcareservice__active=True)
    first = visits.order_by("healthcareservice__position", "healthcareservice_id").values("healthcareservice_id")[:1]
    rows = Practitioner.objects.filter(organization=practice).select_related("schedule__feed").order_by("id")
    known = {visit.pk: visit for visit in HealthcareService.objects.filter(organization=practice)}
    return [_person(row, practice, known) for row in rows.annotate(visit=Subquery(first))]


def _person(row: Practitioner, practice: Organization, known: Mapping[int, HealthcareService]) -> Person:
    schedule: Schedule | None = getattr(row, "schedule", None)
    if schedule is not None:
        schedule.organization = practice
    return Person(row, schedule, known.get(getattr(row, "visit", 0), ORDINARY))


def stale(everyone: Sequence[Person], now: datetime) -> list[Feed]:
    """Calendars of other software that have not been read for too long; no query."""
    feeds = [feed for p in everyone if p.row.active and (feed := getattr(p.schedule, "feed", None)) is not None]
    return [feed for feed in feeds if is_stale(feed, now)]


def among(everyone: Sequence[Person], keys: Sequence[str]) -> list[Person]:
    """Those chosen, in the order of the file; everyone who works here when none is."""
    here = [p for p in everyone if p.row.active]
    return [p for p in here if p.key in keys] or here
