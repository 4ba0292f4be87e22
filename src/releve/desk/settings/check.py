"""« Ce que voit un patient »: the free places of a day, and why there is none at another hour. The same function
answers here as on the practice's page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from releve.agenda.availability import Reason
from releve.agenda.calendar import AgendaCalendar
from releve.desk.forms import Plain
from releve.desk.settings import queries, rules
from releve.desk.settings.page import show
from releve.desk.settings.reasons import answer
from releve.look.doors import of_the_practice
from releve.practice.models import HealthcareService, Organization, Practitioner
from releve.practice.queries import calendars

SECTION = "settings-people"
MORNING, EVENING = 8, 19  # looked at when the day has no hours
STEP = timedelta(minutes=5)
AHEAD = timedelta(days=180)
OLDEST, SHORTEST_MONTH = 120, 28
YEARS = range(2000, 2200)


class LookForm(Plain):
    visite = forms.ChoiceField(label=lazy("Type de rendez-vous"))
    jour = forms.DateField(label=lazy("Jour"), widget=forms.DateInput(attrs={"type": "date"}))
    heure = forms.CharField(label=lazy("Heure (pour savoir pourquoi)"), required=False, max_length=8)
    age = forms.IntegerField(label=lazy("Âge de la personne"), required=False, min_value=0, max_value=OLDEST)
    nouveau = forms.BooleanField(label=lazy("Vient pour la première fois"), required=False)

    def __init__(self, *args: Any, visits: Sequence[HealthcareService], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visit = self.fields["visite"]
        assert isinstance(visit, forms.ChoiceField)
        visit.choices = [(v.identifier, v.name) for v in visits]

    def clean_jour(self) -> date:
        day: date = self.cleaned_data["jour"]
        if day.year not in YEARS:
            raise forms.ValidationError(_("Vérifiez l’année."))
        return day

    def clean_heure(self) -> str:
        text = self.cleaned_data["heure"].strip()
        found = rules.read_time(text) if text else ""
        if found is None or found == "24:00":
            raise forms.ValidationError(_("Écrivez une heure : 9, 9h30 ou 09:30."))
        return found


@dataclass(frozen=True, slots=True)
class Stretch:
    """Starts that follow each other and are refused for one reason; `reason` None: they are free."""

    first: datetime
    last: datetime
    reason: Reason | None
    words: str


@require_safe
@of_the_practice
def check(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    person = get_object_or_404(Practitioner, organization=practice, identifier=identifier)
    visits = queries.visits_of(practice, person)
    now = settings.CLOCK.now()
    today = timezone.localdate(now)
    first = {"visite": visits[0].identifier if visits else "", "jour": today.isoformat()}
    form = LookForm({**first, **request.GET.dict()}, visits=visits)
    shown: dict[str, Any] = {"form": form, "person": person, "visits": visits}
    if visits and form.is_valid():
        visit = next(v for v in visits if v.identifier == form.cleaned_data["visite"])
        shown |= _looked(practice, person, visit, form.cleaned_data, now)
    status = 422 if visits and form.errors else 200
    return show(request, practice, "check", SECTION, status, **shown)


def _looked(
    practice: Organization, person: Practitioner, visit: HealthcareService, asked: dict[str, Any], now: datetime
) -> dict[str, Any]:
    """The day in words; {} without a calendar: whoever has no hours has nothing to be asked."""
    zone = ZoneInfo(practice.timezone)
    day: date = asked["jour"]
    begin, end = (datetime.combine(d, time(), zone) for d in (day, day + timedelta(days=1)))
    calendar = calendars([person.pk], now, until=max(end, now + AHEAD)).get(person.pk)
    if calendar is None:
        return {"no_hours": True}
    born = _born(asked["age"], day)
    free = [s for s in calendar.free(begin, end, visit, asked["nouveau"]) if _fits(calendar, s, visit, asked, born)]
    chosen, why = None, None
    if asked["heure"]:
        hours, minutes = (int(part) for part in asked["heure"].split(":"))
        chosen = datetime.combine(day, time(hours, minutes), zone)
        why = calendar.why_not(chosen, visit, asked["nouveau"], born)
    return {
        "visit": visit,
        "day": day,
        "free": free,
        "next": None if free else calendar.first(end, end + AHEAD, visit, asked["nouveau"]),
        "chosen": chosen,
        "answer": answer(why, visit, calendar, chosen) if chosen else None,
        "stretches": _stretches(calendar, begin, visit, asked, born),
    }


def _born(age: int | None, day: date) -> date | None:
    """Somebody who is of that age on that day: no birth date is asked for here."""
    return None if age is None else date(day.year - age, day.month, min(day.day, SHORTEST_MONTH))


def _fits(
    calendar: AgendaCalendar, start: datetime, visit: HealthcareService, asked: dict[str, Any], born: date | None
) -> bool:
    return born is None or calendar.why_not(start, visit, asked["nouveau"], born) is None


def _stretches(
    calendar: AgendaCalendar, begin: datetime, visit: HealthcareService, asked: dict[str, Any], born: date | None
) -> list[Stretch]:
    """Every few minutes of the opened day; a start between two places of the grid goes with what is around it."""
    moments = list(_moments(calendar, begin))
    known = [(at, calendar.why_not(at, visit, asked["nouveau"], born)) for at in moments]
    told = [(at, why) for at, why in known if why != "not_on_grid"]
    found = []
    for reason, group in groupby(told, key=lambda pair: pair[1]):
        row = list(group)
        found.append(Stretch(row[0][0], row[-1][0], reason, answer(reason, visit, calendar, row[0][0]).short))
    return found


def _moments(calendar: AgendaCalendar, begin: datetime) -> Iterable[datetime]:
    low, high = (int((begin + timedelta(days=d)).timestamp()) for d in (0, 1))
    opened = [span for span in calendar.person.opened(low, high) if span[1] > low and span[0] < high]
    first = datetime.fromtimestamp(max(opened[0][0], low), begin.tzinfo) if opened else begin.replace(hour=MORNING)
    last = datetime.fromtimestamp(min(opened[-1][1], high), begin.tzinfo) if opened else begin.replace(hour=EVENING)
    while first < last:
        yield first
        first += STEP
