"""A time that is taken, or outside the hours: what is there, and why somebody takes it all the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as lazy

from releve.agenda.beyond import Beyond, beyond
from releve.core.ports import VisitRecord
from releve.desk import page
from releve.desk.agenda.days import place_key
from releve.desk.agenda.displaced import between
from releve.desk.agenda.grid import appointments
from releve.desk.naming import whom
from releve.practice import queries
from releve.practice.models import Appointment, BusyTime, Organization, Practitioner

LONGEST = 200
REASONS = (
    ("urgent", lazy("Urgence")),
    ("asked", lazy("À la demande du soignant")),
    ("short", lazy("Rendez-vous court")),
    ("together", lazy("Avec une personne déjà attendue")),
)


@dataclass(frozen=True)
class Clash:
    """`why`: taken, no_resource or closed; `there`: the appointments of that time; `away`: an absence then."""

    key: str
    start: datetime
    who: str
    why: Beyond
    there: Sequence[Appointment] = ()
    away: BusyTime | None = None


def clash(
    practice: Organization, person: Practitioner, visit: VisitRecord, start: datetime, now: datetime,
    moving: int | None = None,
) -> Clash | None:  # fmt: skip
    """Why this start needs a reason; None when it is open and free."""
    calendar = queries.around(start, [person.pk], now, visit, by_staff=True, moving=moving).get(person.pk)
    why = beyond(calendar, start, visit) if calendar is not None else "closed"
    if why is None:
        return None
    end = start + timedelta(minutes=visit.duration_min)
    here = between(person.pk, start, end)
    rows = appointments(practice).filter(here, status__in=("booked", "arrived")).exclude(pk=moving or 0)
    away = BusyTime.objects.filter(
        schedule__practitioner=person.pk, removed_at=None, start__lt=end, end__gt=start
    ).order_by("start", "id")
    there = list(rows.order_by("start", "id")) if why == "taken" else []
    return Clash(place_key(person.identifier, start), start, whom(person), why, there, away.first())


def reason(request: HttpRequest) -> str:
    """What was written, else what was chosen; nothing when neither was."""
    written = page.typed(request, "raison_libre", LONGEST).replace("\n", " ")
    return written or next((str(words) for key, words in REASONS if key == request.POST.get("raison")), "")


def exact(form: QueryDict) -> str:
    """ "amar|2026-03-17T09:40:00+01:00": the place that a date and an hour make; nothing when they make none."""
    try:
        local = datetime.fromisoformat(f"{form.get('jour', '')}T{form.get('heure', '')[:5]}")
        start = timezone.make_aware(local)
    except ValueError:
        return ""
    return place_key(form.get("soignant", ""), start) if 2000 <= local.year < 2200 else ""
