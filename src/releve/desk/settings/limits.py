"""How many a day: limits of one person's agenda."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from releve.core.keeping import KeepSchedule
from releve.desk.settings import queries
from releve.desk.settings.conditions import key
from releve.desk.settings.forms import RowForm, sent
from releve.desk.settings.page import keep, show
from releve.desk.settings.telling import Visits, limit_told
from releve.look.doors import of_the_practice
from releve.practice.models import Organization, Schedule

SECTION = "settings-people"
MOST = 200


class LimitForm(RowForm):
    per_day = forms.IntegerField(label=lazy("Au plus, par jour"), min_value=1, max_value=MOST)
    who = forms.ChoiceField(
        label=lazy("De quoi"),
        choices=(("all", lazy("rendez-vous")), ("new", lazy("nouveaux patients"))),
    )  # fmt: skip
    services = forms.MultipleChoiceField(
        label=lazy("Seulement pour"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=lazy("Rien de coché : tous les types de rendez-vous comptent ensemble."),
    )  # fmt: skip

    def __init__(self, *args: Any, visits: Visits, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = self.fields["services"]
        assert isinstance(services, forms.MultipleChoiceField)
        services.choices = list(visits.items())

    def row(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "per_day": given["per_day"],
            **({"new_patients": True} if given["who"] == "new" else {}),
            **({"services": given["services"]} if given["services"] else {}),
        }


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def limits(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """A POST adds one; `remove` takes one away."""
    schedule = get_object_or_404(
        Schedule.objects.select_related("practitioner"), organization=practice, practitioner__identifier=identifier
    )
    person = schedule.practitioner
    assert person is not None
    visits = queries.done_by(practice, person)
    gone = request.POST.get("remove", "")
    form = LimitForm(None if gone else sent(request), visits=visits)
    if gone or (form.is_bound and form.is_valid()):
        left = [row for row in schedule.limits if key(row) != gone]
        after = left if gone else [*left, *([form.row()] if form.row() not in left else [])]
        row = {"practitioner": identifier, "rules": schedule.rules, "limits": after}
        keep(request, practice, KeepSchedule(row=row), _("La limite est retirée.") if gone else _("C’est enregistré."))
        return redirect("settings-limits", identifier=identifier)
    told = [(key(row), limit_told(row, visits)) for row in schedule.limits]
    shown = {"form": form, "person": person, "limits": told}
    return show(request, practice, "limits", SECTION, 422 if form.errors else 200, **shown)
