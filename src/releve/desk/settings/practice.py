"""The practice itself and its opening hours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from releve.core.keeping import UpdatePractice
from releve.desk.settings.forms import PracticeForm, sent
from releve.desk.settings.page import keep, show
from releve.desk.settings.week import WeekForm, copied
from releve.look.doors import of_the_practice
from releve.practice.models import Organization


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def practice(request: HttpRequest, practice: Organization) -> HttpResponse:
    form = PracticeForm(sent(request), initial=PracticeForm.of(practice))
    if request.method == "POST" and form.is_valid():
        row = form.changed(practice)
        if not row or keep(request, practice, UpdatePractice(row=row), _("Le cabinet est à jour.")):
            return redirect("settings-practice")
    return show(request, practice, "practice", "settings-practice", 422 if form.errors else 200, form=form)


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
