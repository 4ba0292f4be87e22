"""Visit types."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from releve.core.keeping import KeepService
from releve.desk.settings import queries
from releve.desk.settings.forms import VisitForm, sent
from releve.desk.settings.page import keep, show
from releve.look.doors import of_the_practice
from releve.practice.models import Appointment, HealthcareService, Organization, Practitioner

SECTION = "settings-visits"


@require_safe
@of_the_practice
def visits(request: HttpRequest, practice: Organization) -> HttpResponse:
    return show(request, practice, "visits", SECTION, visits=queries.visits(practice))


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def new(request: HttpRequest, practice: Organization) -> HttpResponse:
    people = list(queries.working(practice))
    initial = {"duration_min": 20, "practitioners": [p.identifier for p in people] if len(people) == 1 else []}
    form = VisitForm(sent(request), people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        act = KeepService(row=form.row(), active=form.cleaned_data["active"])
        if keep(request, practice, act, _("Ce type de rendez-vous est ajouté.")):
            return redirect(SECTION)
    return show(request, practice, "visit", SECTION, 422 if form.errors else 200, form=form, visit=None)


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def visit(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """Appointments of this visit that nobody would do any more are shown before it is kept."""
    found = get_object_or_404(HealthcareService, organization=practice, identifier=identifier)
    form = VisitForm(sent(request), people=_able(practice, found), initial=VisitForm.of(found))
    left: Sequence[Appointment] = ()
    if request.method == "POST" and form.is_valid():
        active, now = form.cleaned_data["active"], settings.CLOCK.now()
        left = queries.of_visit(practice, found, form.cleaned_data["practitioners"], active, now)
        if not left or "anyway" in request.POST:
            keep(request, practice, KeepService(row=form.row(identifier), active=active), _("C’est enregistré."))
            return redirect(SECTION)
    status = 422 if form.errors or left else 200
    return show(request, practice, "visit", SECTION, status, form=form, visit=found, stranded=left)


def _able(practice: Organization, visit: HealthcareService) -> list[Practitioner]:
    """Those who work here, and those who did this visit and left: saving must not forget them."""
    return [*queries.working(practice), *visit.practitioners.filter(active=False)]
