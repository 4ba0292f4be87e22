"""What the settings read: who may, people and their agendas, and the appointments that a change would strand."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from releve.agenda.schedule import WeeklySchedule
from releve.agenda.stranded import Booked
from releve.agenda.stranded import stranded as agenda_stranded
from releve.core.acts import LEADERS
from releve.core.facts import Facts
from releve.dialogue.phrases import Voice
from releve.guarantee.models import StartUp
from releve.practice import queries
from releve.practice.models import Appointment, HealthcareService, Organization, Practitioner, Resource, Schedule, User

EXPECTED = ("booked", "arrived")
HOURS = ("rules", "overrides", "days_off", "capacity", "limits")  # of a schedule
WHOLE = ("timezone", "public_holidays", "territory", "school_zone")  # of the practice, that open or close days


def leads(user: Any) -> bool:
    """A manager or a physician: who may change the practice itself."""
    return isinstance(user, User) and user.role in LEADERS


def people(practice: Organization) -> QuerySet[Practitioner]:
    """Those who work here first, with their agenda and the visits that they do."""
    done = Prefetch("services", HealthcareService.objects.filter(active=True))
    rows = Practitioner.objects.filter(organization=practice).select_related("schedule").prefetch_related(done)
    return rows.order_by("-active", "id")


def working(practice: Organization) -> QuerySet[Practitioner]:
    return Practitioner.objects.filter(organization=practice, active=True).order_by("id")


def visits(practice: Organization) -> QuerySet[HealthcareService]:
    rows = HealthcareService.objects.filter(organization=practice).prefetch_related("practitioners")
    return rows.order_by("-active", "position", "id")


def families(practice: Organization) -> list[str]:
    """The sorts of room and device that there are to be asked for."""
    rows = Resource.objects.filter(organization=practice, active=True).order_by("family", "id")
    return list(dict.fromkeys(rows.values_list("family", flat=True)))


def resources(practice: Organization) -> QuerySet[Resource]:
    rows = Resource.objects.filter(organization=practice).select_related("schedule")
    return rows.order_by("-active", "family", "name", "id")


def wanting(practice: Organization) -> dict[str, list[str]]:
    """For each family of rooms and devices, the visits that need one."""
    found: dict[str, list[str]] = {}
    for name, needs in (
        HealthcareService.objects.filter(organization=practice, active=True)
        .order_by("position", "id")
        .values_list("name", "needs")
    ):
        for family in needs:
            found.setdefault(family, []).append(name)
    return found


def named(practice: Organization, person: Practitioner) -> tuple[dict[str, str], list[HealthcareService]]:
    """What every visit is called, by identifier, those done no more too; and those that someone does. One query."""
    mine = Practitioner.objects.filter(pk=person.pk, services=OuterRef("pk"))
    rows = HealthcareService.objects.filter(organization=practice).annotate(mine=Exists(mine))
    known = list(rows.order_by("position", "id"))
    return {visit.identifier: visit.name for visit in known}, [v for v in known if v.active and v.mine]


def visits_of(practice: Organization, person: Practitioner) -> list[HealthcareService]:
    """Those that someone does, in their order."""
    rows = HealthcareService.objects.filter(organization=practice, active=True, practitioners=person)
    return list(rows.order_by("position", "id"))


def done_by(practice: Organization, person: Practitioner) -> dict[str, str]:
    """The names of the visits that someone does, by identifier."""
    return {visit.identifier: visit.name for visit in visits_of(practice, person)}


def schedule_of(person: Practitioner) -> Schedule | None:
    return Schedule.objects.filter(practitioner=person).select_related("organization").first()


def coming(practice: Organization, now: datetime) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(organization=practice, status__in=EXPECTED, start__gt=now)
    return rows.select_related("patient", "service", "practitioner").order_by("start", "id")


def stranded(practice: Organization, person: Practitioner, row: dict[str, Any], now: datetime) -> Sequence[Appointment]:
    """Coming appointments that the agenda of today holds and that of `row` would not."""
    expected = list(coming(practice, now).filter(practitioner=person))
    if not expected:
        return ()
    before = schedule_of(person)
    after = Schedule(organization=practice, practitioner=person, timezone=practice.timezone)
    for name in HOURS:
        setattr(after, name, row.get(name, getattr(before or after, name)))
    return _left(expected, queries.weekly(before) if before is not None else None, queries.weekly(after))


def stranded_by(practice: Organization, row: dict[str, Any], now: datetime) -> Sequence[Appointment]:
    """Coming appointments that a change of the whole practice would leave outside the hours: its public holidays, its
    territory, its time zone, its school holidays. Three queries."""
    if not set(row) & set(WHOLE):
        return ()
    theirs: dict[int, list[Appointment]] = {}
    for appointment in coming(practice, now):
        theirs.setdefault(appointment.practitioner_id, []).append(appointment)
    changed = Organization(pk=practice.pk, **{name: row.get(name, getattr(practice, name)) for name in WHOLE})
    found: list[Appointment] = []
    for schedule in Schedule.objects.filter(practitioner__in=list(theirs)).select_related("organization"):
        before = queries.weekly(schedule)
        schedule.organization, schedule.timezone = changed, changed.timezone
        found += _left(theirs[schedule.practitioner_id or 0], before, queries.weekly(schedule))
    return sorted(found, key=lambda a: (a.start, a.pk))


def _left(
    rows: Sequence[Appointment], before: WeeklySchedule | None, after: WeeklySchedule | None
) -> Sequence[Appointment]:
    booked = [Booked(a.pk, a.start, a.end, a.service.identifier, a.service.teleconsultation) for a in rows]
    keys = set(agenda_stranded(booked, before, after))
    return [a for a in rows if a.pk in keys]


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
