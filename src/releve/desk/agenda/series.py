"""Several visits in one go: every so many days or weeks, seen before they are booked; and what is left of a series."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from releve.agenda import series as rhythms
from releve.agenda.beyond import AHEAD
from releve.agenda.series import Rhythm
from releve.core.acts import Act, BookAppointment, CancelAppointment, RescheduleAppointment
from releve.core.facts import Directory, Facts
from releve.desk import page
from releve.desk.agenda import callers
from releve.desk.agenda.days import bounds, place, place_key
from releve.desk.agenda.grid import appointments
from releve.desk.forms import Plain
from releve.desk.patient_queries import files
from releve.dialogue.phrases import Voice
from releve.look.doors import of_the_practice
from releve.practice import queries
from releve.practice.models import Appointment, Consent, HealthcareService, Organization, Practitioner
from releve.practice.rules import written_to

WEEKDAYS = tuple(
    (str(n), name)
    for n, name in enumerate(
        (
            lazy("lundi"),
            lazy("mardi"),
            lazy("mercredi"),
            lazy("jeudi"),
            lazy("vendredi"),
            lazy("samedi"),
            lazy("dimanche"),
        )
    )
)
WEEKS, DAYS = "semaines", "jours"


class RhythmForm(Plain):
    """What is wished; `rhythm` once it is valid."""

    nombre = forms.IntegerField(label=lazy("Combien"), min_value=1, max_value=rhythms.MOST, initial=12)
    du = forms.DateField(label=lazy("À partir du"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    heure = forms.TimeField(
        label=lazy("Vers"), widget=forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M"), initial="09:00"
    )
    tous = forms.IntegerField(label=lazy("Tous les"), min_value=1, max_value=rhythms.LONGEST_GAP, initial=1)
    unite = forms.ChoiceField(
        label=lazy("jours ou semaines"), choices=((WEEKS, lazy("semaines")), (DAYS, lazy("jours")))
    )
    jour = forms.MultipleChoiceField(
        label=lazy("Quels jours"), required=False, choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple,
        help_text=lazy("Rien de coché : le même jour que la première date."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors:
            return values
        first: date = values["du"]
        weekly = values["unite"] == WEEKS
        chosen = frozenset(map(int, values["jour"])) or frozenset({first.weekday()}) if weekly else frozenset[int]()
        try:
            self.rhythm = Rhythm(values["nombre"], first, values["heure"], values["tous"], chosen)
            last = rhythms.dates(self.rhythm)[-1]
        except (ValueError, OverflowError):
            self.add_error("tous", _("Deux rendez-vous d’une série sont à moins de trois mois l’un de l’autre."))
            return values
        today = timezone.localdate(settings.CLOCK.now())
        if not today <= first or last > today + AHEAD:
            self.add_error("du", _("Une série commence aujourd’hui ou plus tard, et finit avant deux ans."))
        return values


@dataclass(frozen=True)
class Line:
    """One visit as it would be: `key` is its place as forms send it, empty when there is none; `row` the appointment
    that would move there."""

    wished: datetime
    start: datetime | None
    shifted: bool
    key: str
    row: Appointment | None = None


def planned(
    practice: Organization, rhythm: Rhythm, person: Practitioner, visit: HealthcareService, now: datetime
) -> list[Line]:
    """Three queries at most."""
    start, end = bounds(practice, *rhythms.span(rhythm))
    calendars = queries.calendars([person.pk], now, since=start, until=end, visits=[visit], by_staff=True)
    zone = ZoneInfo(practice.timezone)
    calendar = calendars.get(person.pk)
    starts = calendar.free(max(start, now), end, visit) if calendar is not None else ()
    free = [at.astimezone(zone).replace(tzinfo=None) for at in starts]
    return [
        Line(
            p.wished, p.start, p.shifted, place_key(person.identifier, p.start.replace(tzinfo=zone)) if p.start else ""
        )
        for p in rhythms.planned(rhythm, free)
    ]


# --- booking --------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def new(request: HttpRequest, practice: Organization) -> HttpResponse:
    """`patient`, `service`, `soignant`, then the rhythm: with `nombre` every date is shown. POST books each `place`."""
    form = request.POST if request.method == "POST" else request.GET
    if not form.get("patient"):
        return redirect("booking")
    patient = get_object_or_404(files(practice), identifier=form["patient"])
    known = callers.services(practice)
    visit = next((s for s in known if s.identifier == form.get("service")), known[0] if known else None)
    able = callers.performers(visit) if visit is not None else []
    person = next((p for p in able if p.identifier == form.get("soignant")), able[0] if able else None)
    now = settings.CLOCK.now()
    if request.method == "POST" and visit is not None:
        return _book(request, practice, patient.pk, visit)
    initial = {"du": timezone.localdate(now) + timedelta(days=1)}
    rhythm = RhythmForm(form if "nombre" in form else None, initial=initial)
    lines = None
    if rhythm.is_bound and rhythm.is_valid() and visit is not None and person is not None:
        lines = planned(practice, rhythm.rhythm, person, visit, now)
    shown = {
        "patient": patient, "services": known, "service": visit, "able": able, "person": person, "rhythm": rhythm,
        "lines": lines, "found": sum(bool(line.key) for line in lines or ()),
    }  # fmt: skip
    status = 422 if rhythm.is_bound and rhythm.errors else 200
    return page.show(request, practice, "desk/series.html", "agenda", status=status, **shown)


def _book(request: HttpRequest, practice: Organization, patient: int, visit: HealthcareService) -> HttpResponse:
    able = {p.identifier: p.pk for p in callers.performers(visit)}
    chosen = {place(text) for text in request.POST.getlist("place")[: rhythms.MOST]}
    named = sorted((start, able[who]) for who, start in chosen if start is not None and who in able)
    name = f"s-{uuid4().hex[:12]}"
    acts = [
        BookAppointment(patient=patient, service=visit.pk, practitioner=who, start=start, series=name)
        for start, who in named
    ]
    if not acts:
        messages.error(request, _("Choisissez au moins une date : rien n’a été réservé."))
        return redirect(f"{reverse('series')}?patient={request.POST['patient']}")
    outcomes = page.act_all(request, practice, acts)
    if outcomes is None:
        return redirect("agenda")
    done = [o.record for o in outcomes if o.done and o.record is not None]
    for outcome in [o for o in outcomes if not o.done][:3]:
        page.say(request, outcome, "")
    first = Appointment.objects.filter(pk__in=done).order_by("start", "id").first()
    if first is None:
        return redirect("agenda")
    words = ngettext("%(n)s rendez-vous pris.", "%(n)s rendez-vous pris.", len(done)) % {"n": len(done)}
    messages.success(request, words, extra_tags=page.undo_all(request))
    return redirect("series-rest", first.identifier)


# --- what is left of it ---------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def rest(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """All visits of a series; from this one on, those still to come are moved, to the `place` of each. With `nombre`,
    where each would go is shown first."""
    row = get_object_or_404(appointments(practice), identifier=identifier)
    if not row.series:
        return redirect("appointment", identifier)
    now = settings.CLOCK.now()
    visits, left = _series(practice, row, now)
    if request.method == "POST":
        return _done(request, practice, _moved(request, practice, left), row)
    form = request.GET
    rhythm = RhythmForm({**form.dict(), "jour": form.getlist("jour"), "nombre": len(left)} if "du" in form else None)
    if left and not rhythm.is_bound:
        local = timezone.localtime(left[0].start)
        rhythm.initial = {
            "du": local.date(),
            "heure": local.time(),
            "jour": [str(local.weekday())],
            "nombre": len(left),
        }
    lines: list[Line] | None = None
    if left and rhythm.is_bound and rhythm.is_valid():
        plan = planned(practice, rhythm.rhythm, left[0].practitioner, left[0].service, now)
        lines = [Line(p.wished, p.start, p.shifted, p.key, one) for p, one in zip(plan, left, strict=True)]
    shown = {
        "row": row, "visits": visits, "left": left, "rhythm": rhythm, "lines": lines,
        "found": sum(bool(line.key) for line in lines or ()),
        "reach": written_to(row.patient.phone, row.patient.email),
    }  # fmt: skip
    status = 422 if rhythm.is_bound and rhythm.errors else 200
    return page.show(request, practice, "desk/series_rest.html", "agenda", status=status, **shown)


def _series(
    practice: Organization, row: Appointment, now: datetime
) -> tuple[Sequence[Appointment], Sequence[Appointment]]:
    """All its visits, and those from this one on that are still to come."""
    visits = list(appointments(practice).filter(series=row.series, patient=row.patient).order_by("start", "id"))
    return visits, [v for v in visits if v.status == "booked" and v.start > now and v.start >= row.start]


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def cancel(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """GET: which dates, and what the person will be told. POST: each `visite` that was shown and still stands."""
    row = get_object_or_404(appointments(practice), identifier=identifier)
    now = settings.CLOCK.now()
    _visits, left = _series(practice, row, now) if row.series else ((), ())
    if request.method == "POST":
        seen = set(request.POST.getlist("visite"))
        return _done(request, practice, _cancelled([v for v in left if str(v.pk) in seen]), row)
    if not left:
        return redirect("series-rest" if row.series else "appointment", identifier)
    shown = {"row": row, "left": left, **told(practice, left, now)}
    return page.show(request, practice, "desk/series_cancel.html", "agenda", **shown)


def _cancelled(left: Sequence[Appointment]) -> list[Act]:
    group = _group(left)
    return [CancelAppointment(appointment=v.pk, patient=v.patient_id, group=group) for v in left]


def _group(rows: Sequence[Appointment]) -> tuple[int, ...]:
    return tuple(row.pk for row in rows) if len(rows) > 1 else ()


def told(practice: Organization, left: Sequence[Appointment], now: datetime) -> dict[str, Any]:
    """What will be said of a cancellation, how (`reach`: the channel, "call" or nothing), and when it leaves if not at
    once."""
    patient, first = left[0].patient, left[0]
    found = written_to(patient.phone, patient.email)
    reach = found[0] if found is not None else "call" if patient.phone else ""
    if found is not None and Consent.objects.filter(organization=practice, channel=found[0], address=found[1]).exists():
        reach = "stopped"
    here = Directory(practice, {first.practitioner_id: first.practitioner}, {}, {})
    voice = Voice(Facts(now=now, directory=here, channel="sms", address=None), queries.language_of(patient))
    leaves = queries.quiet_hours(practice).next_permitted(now)
    return {
        "reach": reach,
        "message": voice.changed("cancelled", first.start, first.practitioner_id, len(left)),
        "leaves": leaves if leaves > now else None,
    }


def _moved(request: HttpRequest, practice: Organization, left: Sequence[Appointment]) -> list[Act]:
    """Those that go later are moved from the last on, so that none stands in another's way."""
    people = {p.identifier: p.pk for p in Practitioner.objects.filter(organization=practice, active=True)}
    wanted = []
    for visit in left:
        who, start = place(request.POST.get(f"place-{visit.pk}", ""))
        if start is not None and who in people:
            wanted.append((visit, people[who], start.astimezone(UTC)))
    group, tell = _group([visit for visit, _who, _start in wanted]), "prevenir" in request.POST
    acts: list[Act] = [
        RescheduleAppointment(
            appointment=visit.pk, patient=visit.patient_id, practitioner=who, start=start, tell=tell, group=group
        )
        for visit, who, start in wanted
    ]
    later = bool(wanted) and wanted[0][2] > wanted[0][0].start
    return acts[::-1] if later else acts


def _done(request: HttpRequest, practice: Organization, acts: Sequence[Act], row: Appointment) -> HttpResponse:
    if not acts:
        messages.error(request, _("Il n’y avait rien à faire : rien n’a été changé."))
        return redirect("series-rest", row.identifier)
    outcomes = page.act_all(request, practice, acts)
    for outcome in [o for o in outcomes or () if not o.done][:3]:
        page.say(request, outcome, "")
    done = sum(o.done for o in outcomes or ())
    if done:
        if isinstance(acts[0], CancelAppointment):
            words = ngettext("%(n)s rendez-vous annulé.", "%(n)s rendez-vous annulés.", done)
        else:
            words = ngettext("%(n)s rendez-vous déplacé.", "%(n)s rendez-vous déplacés.", done)
        messages.success(request, words % {"n": done}, extra_tags=page.undo_all(request))
    return redirect("series-rest", row.identifier)
