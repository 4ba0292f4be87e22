"""Visit types."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from releve.core.keeping import KeepService, OrderServices
from releve.desk.settings import queries
from releve.desk.settings.booking_rules import told
from releve.desk.settings.forms import VisitForm, sent
from releve.desk.settings.page import keep, show, then_moves
from releve.desk.settings.rules import reordered
from releve.look.doors import of_the_practice
from releve.practice.models import Appointment, HealthcareService, Organization, Practitioner

SECTION = "settings-visits"


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def visits(request: HttpRequest, practice: Organization) -> HttpResponse:
    """In the order in which they are proposed; a POST moves one (`up` or `down`). `sur`: the one that keys move."""
    rows = list(queries.visits(practice))
    offered = [row.identifier for row in rows if row.active]
    if request.method == "POST":
        return _moved(request, practice, [row.identifier for row in rows], offered)
    on = request.GET.get("sur", "")
    shown: dict[str, Any] = {
        "visits": [(row, told(row)) for row in rows],
        "on": on if on in offered else next(iter(offered), ""),
        "pressed": request.GET.get("vers", ""),
        "ends": (offered[0], offered[-1]) if offered else ("", ""),
    }
    return show(request, practice, "visits", SECTION, **shown)


def _moved(request: HttpRequest, practice: Organization, kept: list[str], offered: list[str]) -> HttpResponse:
    """The next press of the same button goes on: the focus is there again."""
    way = "up" if "up" in request.POST else "down"
    moved = request.POST.get(way, "")
    after = reordered(offered, moved, -1 if way == "up" else 1)
    if after != offered:
        keep(request, practice, OrderServices(services=(*after, *kept[len(offered) :])), "")
    asked = urlencode({"sur": moved, "vers": way})
    return redirect(f"{reverse(SECTION)}?{asked}#visite-{quote(moved)}" if moved in offered else SECTION)


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def new(request: HttpRequest, practice: Organization) -> HttpResponse:
    people = list(queries.working(practice))
    initial = {"duration_min": 20, "practitioners": [p.identifier for p in people] if len(people) == 1 else []}
    form = VisitForm(sent(request), people=people, families=queries.families(practice), initial=initial)
    if request.method == "POST" and form.is_valid():
        act = KeepService(row=form.row(), active=form.cleaned_data["active"])
        if keep(request, practice, act, _("Ce type de rendez-vous est ajouté.")):
            return redirect(SECTION)
    return show(request, practice, "visit", SECTION, 422 if form.errors else 200, form=form, visit=None)


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def visit(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """Appointments of this visit that nobody would do any more are shown before it is kept."""
    found = get_object_or_404(queries.visits(practice), identifier=identifier)
    people, families = _able(practice, found), queries.families(practice)
    form = VisitForm(sent(request), initial=VisitForm.of(found), people=people, families=families)
    left: Sequence[Appointment] = ()
    if request.method == "POST" and form.is_valid():
        active, now = form.cleaned_data["active"], settings.CLOCK.now()
        left = queries.of_visit(practice, found, form.cleaned_data["practitioners"], active, now)
        if not left or "anyway" in request.POST:
            keep(request, practice, KeepService(row=form.row(identifier), active=active), _("C’est enregistré."))
            return then_moves(request, left) or redirect(SECTION)
    status = 422 if form.errors or left else 200
    return show(request, practice, "visit", SECTION, status, form=form, visit=found, stranded=left)


def _able(practice: Organization, visit: HealthcareService) -> list[Practitioner]:
    """Those who work here, and those who did this visit and left: saving must not forget them."""
    return [*queries.working(practice), *(p for p in visit.practitioners.all() if not p.active)]
