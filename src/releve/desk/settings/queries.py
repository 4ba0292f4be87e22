"""What the settings read: who may, people and their agendas, and the appointments that a change would strand."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from releve.agenda.opening import opening
from releve.agenda.parse import parse_schedule
from releve.agenda.schedule import WeeklySchedule
from releve.agenda.spans import Interval
from releve.core.acts import LEADERS
from releve.core.facts import Facts
from releve.desk.settings.rules import holds
from releve.dialogue.phrases import Voice
from releve.guarantee.models import StartUp
from releve.practice import queries
from releve.practice.models import Appointment, HealthcareService, Organization, Practitioner, Schedule, User

EXPECTED = ("booked", "arrived")


def leads(user: Any) -> bool:
    """A manager or a physician: who may change the practice itself."""
    return isinstance(user, User) and user.role in LEADERS


def people(practice: Organization) -> QuerySet[Practitioner]:
    """Those who work here first."""
    return Practitioner.objects.filter(organization=practice).select_related("schedule").order_by("-active", "id")


def working(practice: Organization) -> QuerySet[Practitioner]:
    return Practitioner.objects.filter(organization=practice, active=True).order_by("id")


def visits(practice: Organization) -> QuerySet[HealthcareService]:
    rows = HealthcareService.objects.filter(organization=practice).prefetch_related("practitioners")
    return rows.order_by("-active", "id")


def schedule_of(person: Practitioner) -> Schedule | None:
    return Schedule.objects.filter(practitioner=person).select_related("organization").first()


def coming(practice: Organization, now: datetime) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(organization=practice, status__in=EXPECTED, start__gt=now)
    return rows.select_related("patient", "service", "practitioner").order_by("start", "id")


def stranded(practice: Organization, person: Practitioner, row: dict[str, Any], now: datetime) -> Sequence[Appointment]:
    """Coming appointments that the agenda of today holds and that of `row` would not. Those that somebody placed
    beyond the hours on purpose are not the change's doing."""
    expected = list(coming(practice, now).filter(practitioner=person))
    if not expected:
        return ()
    before = schedule_of(person)
    holidays = "FR" if practice.public_holidays else None
    kept = {k: v for k, v in row.items() if k != "practitioner"}
    after = parse_schedule({"timezone": practice.timezone, **kept}, public_holidays=holidays)
    old = holds(_windows(queries.weekly(before), expected) if before else [])
    new = holds(_windows(after, expected))
    return [a for a in expected if old(a.start, a.end) and not new(a.start, a.end)]


def _windows(schedule: WeeklySchedule, rows: Sequence[Appointment]) -> Sequence[Interval]:
    """A day more at each end: the local date may be another than UTC's."""
    day = timedelta(days=1)
    return opening(schedule, rows[0].start.date() - day, rows[-1].end.date() + day)


def of_visit(
    practice: Organization, visit: HealthcareService, people_left: Iterable[str], active: bool, now: datetime
) -> Sequence[Appointment]:
    """Coming appointments of a visit that is no more done, or no more by this person."""
    left = set(people_left)
    rows = coming(practice, now).filter(service=visit)
    return [a for a in rows if not active or a.practitioner.identifier not in left]


def signed(practice: Organization) -> StartUp | None:
    return StartUp.objects.filter(organization=practice).select_related("user").order_by("-id").first()


def voice(practice: Organization, now: datetime) -> Voice:
    return Voice(Facts(now=now, directory=queries.directory(practice), channel="sms", address=None))


def hosts() -> list[str]:
    """Those this installation answers on: a text may link to them."""
    return [host for host in settings.ALLOWED_HOSTS if host != "*"]
