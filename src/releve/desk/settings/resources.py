"""Rooms and devices: what some visits need besides a person."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_safe

from releve.core.keeping import KeepResource
from releve.desk.settings import queries
from releve.desk.settings.forms import RowForm, sent
from releve.desk.settings.page import keep, show
from releve.desk.settings.week import HoursForm, copied
from releve.look.doors import of_the_practice
from releve.practice.models import Organization, Resource

SECTION = "settings-resources"
KINDS = (("room", lazy("une salle")), ("device", lazy("un appareil")))


class ResourceForm(RowForm):
    name = forms.CharField(
        label=lazy("Nom"), max_length=200,
        help_text=lazy("Celui de la porte ou de l’étiquette : Salle 2, Échographe B."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=lazy("C’est"), choices=KINDS)
    family = forms.CharField(
        label=lazy("Sorte"), max_length=100, widget=forms.TextInput(attrs={"list": "families"}),
        help_text=lazy("« Salle de soins », par exemple. Deux salles de la même sorte se remplacent."),
    )  # fmt: skip
    active = forms.BooleanField(
        label=lazy("Sert en ce moment"), required=False, initial=True,
        help_text=lazy("Décoché : n’est plus réservé ; les rendez-vous passés le gardent."),
    )  # fmt: skip

    @classmethod
    def of(cls, resource: Resource) -> dict[str, Any]:
        return {name: getattr(resource, name) for name in cls.base_fields}

    def row(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name].strip() for name in ("name", "kind", "family")}


@require_safe
@of_the_practice
def resources(request: HttpRequest, practice: Organization) -> HttpResponse:
    wanting = queries.wanting(practice)
    rows = [(row, wanting.get(row.family, [])) for row in queries.resources(practice)]
    return show(request, practice, "resources", SECTION, resources=rows)


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def new(request: HttpRequest, practice: Organization) -> HttpResponse:
    return _edit(request, practice, None)


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def resource(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    rows = Resource.objects.select_related("schedule")
    return _edit(request, practice, get_object_or_404(rows, organization=practice, identifier=identifier))


def _edit(request: HttpRequest, practice: Organization, found: Resource | None) -> HttpResponse:
    """`copier` repeats a day; `anyway` retires what some visit cannot do without."""
    schedule = getattr(found, "schedule", None)
    day = request.POST.get("copier")
    form = ResourceForm(sent(request), initial=ResourceForm.of(found) if found else {})
    if day:
        week = HoursForm(schedule=schedule, initial={**copied(request.POST, day), "rules": []})
    else:
        week = HoursForm(sent(request), schedule=schedule)
    bereft: Sequence[str] = ()
    if not day and request.method == "POST" and form.is_valid() and week.is_valid():
        bereft = _bereft(practice, found, form)
        if (not bereft or "anyway" in request.POST) and _kept(request, practice, found, form, week):
            return redirect(SECTION)
    faulty = not day and bool(form.errors or week.errors)
    shown = {"form": form, "week": week, "resource": found, "bereft": bereft, "families": queries.families(practice)}
    return show(request, practice, "resource", SECTION, 422 if faulty or bereft else 200, **shown)


def _kept(
    request: HttpRequest, practice: Organization, found: Resource | None, form: ResourceForm, week: HoursForm
) -> bool:
    row = {**form.row(), **week.times(), **({"id": found.identifier} if found else {})}
    act = KeepResource(row=row, active=form.cleaned_data["active"])
    return keep(request, practice, act, _("C’est enregistré."))


def _bereft(practice: Organization, found: Resource | None, form: ResourceForm) -> Sequence[str]:
    """Visits that would find nothing of the sort they need any more."""
    if found is None or not found.active or (form.cleaned_data["active"] and form.row()["family"] == found.family):
        return ()
    others = queries.resources(practice).filter(active=True, family=found.family).exclude(pk=found.pk)
    return [] if others.exists() else queries.wanting(practice).get(found.family, [])
