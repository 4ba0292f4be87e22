"""Patients: finding one, and opening a file for someone new."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from releve.core.acts import NewPatient, RegisterPatient
from releve.desk import page, sought
from releve.desk import patient_queries as people
from releve.desk.identity import NewPatientForm
from releve.look.doors import of_the_practice
from releve.practice.models import Organization, Patient

A_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def patients(request: HttpRequest, practice: Organization) -> HttpResponse:
    """A POST searches, `?tous` lists everybody; without either, today's people and the last who wrote."""
    if sought.sent_by_hand(request):
        return sought.to(request, "patients")
    now = settings.CLOCK.now()
    text = sought.text(request)
    every = "tous" in request.GET and not text
    rows = people.files(practice).order_by("family", "given", "id") if every else people.matching(practice, text, now)
    context: dict[str, Any] = {"q": text, "every": every, "searched": bool(text) or every}
    if rows is not None:
        shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
        if request.method == "POST" and shown.has_other_pages():
            context["params"] = sought.kept(request)
        context |= {"shown": shown, "found": people.with_next(practice, list(shown), now)}
    elif not text:
        context |= {"today": people.of_today(practice, now), "talks": people.spoken_with(practice)}
    return page.show(request, practice, "desk/patients.html", "patients", **context)


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def new(request: HttpRequest, practice: Organization) -> HttpResponse:
    """A form; someone with this name and birth date is shown before a second file is made."""
    if request.method != "POST":
        form = NewPatientForm(initial={k: request.GET.get(k, "") for k in ("family", "given")})
        return page.show(request, practice, "desk/new_patient.html", "patients", form=form)
    form = NewPatientForm(request.POST)
    if not form.is_valid():
        return page.show(request, practice, "desk/new_patient.html", "patients", status=422, form=form)
    asked = form.cleaned_data
    known = people.alike(practice, asked["family"], asked["given"], asked["birth_date"])
    if known and not request.POST.get("other"):
        return page.show(request, practice, "desk/new_patient.html", "patients", status=422, form=form, known=known)
    return _register(request, practice, asked)


def _register(request: HttpRequest, practice: Organization, asked: dict[str, Any]) -> HttpResponse:
    person = NewPatient(
        asked["given"], asked["family"], asked["birth_date"], asked["phone"] or None, asked["email"] or None
    )
    outcome = page.act(request, practice, RegisterPatient(new=person, sex=asked["sex"]))
    if not page.say(request, outcome, _("Fiche créée.")) or outcome is None or outcome.record is None:
        return redirect("patients")
    made = Patient.objects.get(organization=practice, pk=outcome.record)
    return redirect("patient", made.identifier)
