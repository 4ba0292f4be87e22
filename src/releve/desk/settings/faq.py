"""Practical questions: what the assistant may answer by itself, in the practice's own words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from releve.core.keeping import KeepFaq
from releve.desk.settings.forms import FaqForm, sent
from releve.desk.settings.page import keep, show
from releve.look.doors import of_the_practice
from releve.practice.models import FaqEntry, Organization

SECTION = "settings-faq"


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def faq(request: HttpRequest, practice: Organization) -> HttpResponse:
    """The list; a POST adds one."""
    form = FaqForm(sent(request))
    if request.method == "POST" and form.is_valid():
        keep(request, practice, KeepFaq(row=form.row()), _("La question est ajoutée."))
        return redirect(SECTION)
    entries = FaqEntry.objects.filter(organization=practice).order_by("id")
    return show(request, practice, "faq", SECTION, 422 if form.errors else 200, form=form, entries=entries)


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def entry(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    found = get_object_or_404(FaqEntry, organization=practice, identifier=identifier)
    form = FaqForm(sent(request), initial=FaqForm.of(found))
    if request.method == "POST" and form.is_valid():
        keep(request, practice, KeepFaq(row=form.row(identifier)), _("La réponse est à jour."))
        return redirect(SECTION)
    return show(request, practice, "faq_entry", SECTION, 422 if form.errors else 200, form=form, entry=found)


@require_POST
@of_the_practice
def remove(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    keep(request, practice, KeepFaq(row={"id": identifier}, removed=True), _("La question est retirée."))
    return redirect(SECTION)
