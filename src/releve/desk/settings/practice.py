"""The practice itself and its opening hours."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from releve.core.keeping import UpdatePractice
from releve.desk.settings import days_off, queries
from releve.desk.settings.forms import PracticeForm, sent
from releve.desk.settings.page import keep, show, then_moves
from releve.desk.settings.week import WeekForm, copied
from releve.look.doors import of_the_practice
from releve.practice.models import Appointment, Organization


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def practice(request: HttpRequest, practice: Organization) -> HttpResponse:
    form = PracticeForm(sent(request), initial=PracticeForm.of(practice))
    left: Sequence[Appointment] = ()
    if request.method == "POST" and form.is_valid():
        row = form.changed(practice)
        left = queries.stranded_by(practice, row, settings.CLOCK.now())
        asked = left and "anyway" not in request.POST
        if not asked and (not row or keep(request, practice, UpdatePractice(row=row), _("Le cabinet est à jour."))):
            return then_moves(request, left) or redirect("settings-practice")
    shown = {"form": form, "stranded": left, **_closed(practice, request.GET)}
    status = 422 if form.errors or left else 200
    return show(request, practice, "practice", "settings-practice", status, **shown)


def _closed(practice: Organization, chosen: QueryDict) -> dict[str, Any]:
    """The holidays to come; of what was just `chosen` and is not kept yet, when the page asks."""
    closes = "public_holidays" in chosen if "territory" in chosen else practice.public_holidays
    territory = chosen.get("territory", practice.territory)
    zone = chosen.get("school_zone", practice.school_zone)
    today = timezone.localdate(settings.CLOCK.now())
    holidays = days_off.public(territory, today) if closes else []
    return {"holidays": holidays, "breaks": days_off.school(zone, today)}


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def opening(request: HttpRequest, practice: Organization) -> HttpResponse:
    """`copier` repeats a day on the others, and saves nothing yet."""
    day = request.POST.get("copier")
    if day:
        form = WeekForm(initial={**copied(request.POST, day), "rules": practice.opening_hours})
    else:
        form = WeekForm(sent(request), initial={"rules": practice.opening_hours})
    if form.is_bound and form.is_valid():
        act = UpdatePractice(row={"opening_hours": form.rules()})
        if keep(request, practice, act, _("Les heures d’ouverture sont à jour.")):
            return redirect("settings-opening")
    return show(request, practice, "opening", "settings-opening", 422 if form.errors else 200, form=form)
