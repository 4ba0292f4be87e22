"""Practitioners and their hours. What a change would strand is shown before it is kept; nothing is cancelled by it."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from releve.core.keeping import KeepPractitioner, KeepSchedule
from releve.desk import page
from releve.desk.settings import queries
from releve.desk.settings.doubts import doubts
from releve.desk.settings.forms import PersonForm, sent
from releve.desk.settings.page import keep, show, then_moves
from releve.desk.settings.rules import particular
from releve.desk.settings.week import HoursForm, copied
from releve.desk.settings.week_page import week_of
from releve.look.doors import of_the_practice
from releve.practice.models import Appointment, Organization, Practitioner

SECTION = "settings-people"


@require_safe
@of_the_practice
def people(request: HttpRequest, practice: Organization) -> HttpResponse:
    """With each, whether some range of theirs cannot do what it says."""
    rows = [(person, bool(person.services.all()), _doubtful(person)) for person in queries.people(practice)]
    return show(request, practice, "people", SECTION, people=rows)


def _doubtful(person: Practitioner) -> bool:
    week = person.schedule.rules if hasattr(person, "schedule") else []
    return any(doubts(rule, list(person.services.all())) for rule in particular(week))


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def new(request: HttpRequest, practice: Organization) -> HttpResponse:
    form = PersonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        active = form.cleaned_data["active"]
        outcome = page.act(request, practice, KeepPractitioner(row=form.row(), active=active))
        if outcome is None:  # the same form once more
            return redirect(SECTION)
        if page.say(request, outcome, _("Cette personne est ajoutée. Dites maintenant quand elle reçoit.")):
            made = Practitioner.objects.get(pk=outcome.record or 0)
            return redirect("settings-hours", identifier=made.identifier)
    return show(request, practice, "person", SECTION, 422 if form.errors else 200, form=form, person=None)


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def person(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    found = get_object_or_404(Practitioner, organization=practice, identifier=identifier)
    form = PersonForm(sent(request), initial=PersonForm.of(found))
    left: Sequence[Appointment] = ()
    if request.method == "POST" and form.is_valid():
        active = form.cleaned_data["active"]
        if found.active and not active:
            left = list(queries.coming(practice, settings.CLOCK.now()).filter(practitioner=found))
        if not left or "anyway" in request.POST:
            act = KeepPractitioner(row=form.row(identifier), active=active)
            if keep(request, practice, act, _("C’est enregistré.")):
                return then_moves(request, left) or redirect(SECTION)
    status = 422 if form.errors or left else 200
    return show(request, practice, "person", SECTION, status, form=form, person=found, stranded=left)


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def hours(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """`copier` repeats a day; `anyway` keeps hours that leave appointments outside them."""
    found = get_object_or_404(Practitioner, organization=practice, identifier=identifier)
    schedule = queries.schedule_of(found)
    kept = {"rules": schedule.rules if schedule else practice.opening_hours}
    day = request.POST.get("copier")
    if day:
        form = HoursForm(schedule=schedule, initial={**copied(request.POST, day), **kept})
    else:
        form = HoursForm(sent(request), schedule=schedule, initial=kept)
    left: Sequence[Appointment] = ()
    if form.is_bound and form.is_valid():
        row = form.row(identifier)
        left = queries.stranded(practice, found, row, settings.CLOCK.now())
        if not left or "anyway" in request.POST:
            keep(request, practice, KeepSchedule(row=row), _("Les horaires sont à jour."))
            return then_moves(request, left) or redirect("settings-hours", identifier=identifier)
    shown = {"form": form, "person": found, "stranded": left, "first": schedule is None}
    if schedule is not None:
        shown |= week_of(practice, schedule, request.GET.get("semaine", ""), settings.CLOCK.now())
    return show(request, practice, "hours", SECTION, 422 if form.errors or left else 200, **shown)
