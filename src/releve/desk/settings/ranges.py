"""Ranges with conditions of one person's week: some weeks, some visits, kept for the urgent, by video."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from releve.agenda.parse import parse_rules
from releve.agenda.schedule import DAYS, clashing
from releve.core.keeping import KeepSchedule
from releve.core.ports import VisitRecord
from releve.desk.settings import queries, rules
from releve.desk.settings.conditions import Rule, key, replaced
from releve.desk.settings.doubts import Doubt, doubts, idle, opened
from releve.desk.settings.forms import RowForm, sent
from releve.desk.settings.page import keep, show, then_moves
from releve.desk.settings.telling import NAMES, Visits, conditions_told, days_told, hours_told
from releve.look.doors import of_the_practice
from releve.practice.models import Appointment, HealthcareService, Organization, Practitioner

SECTION = "settings-people"
DATE = {"type": "date"}
YEARS = range(2000, 2200)
BAD_HOUR = lazy("Écrivez une heure : 9, 9h30 ou 09:30.")


class RangeForm(RowForm):
    days = forms.MultipleChoiceField(
        label=lazy("Jours"), choices=list(zip(DAYS, NAMES, strict=True)), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": lazy("Cochez au moins un jour.")},
    )  # fmt: skip
    start = forms.CharField(label=lazy("De"), max_length=8)
    end = forms.CharField(label=lazy("À"), max_length=8)
    weeks = forms.ChoiceField(
        label=lazy("Quelles semaines"), required=False,
        choices=(("", lazy("toutes")), ("even", lazy("semaines paires")), ("odd", lazy("semaines impaires")),
                 ("2", lazy("une sur deux, à partir de la date")), ("3", lazy("une sur trois, à partir de la date")),
                 ("4", lazy("une sur quatre, à partir de la date"))),
    )  # fmt: skip
    school_holidays = forms.ChoiceField(
        label=lazy("Vacances scolaires"), required=False,
        choices=(("", lazy("comme le reste de l’année")), ("never", lazy("fermé pendant les vacances")),
                 ("only", lazy("seulement pendant les vacances"))),
    )  # fmt: skip
    valid_from = forms.DateField(label=lazy("À partir du"), required=False, widget=forms.DateInput(attrs=DATE))
    valid_until = forms.DateField(
        label=lazy("Jusqu’au"), required=False, widget=forms.DateInput(attrs=DATE), help_text=lazy("Ce jour compris.")
    )
    otherwise = forms.ChoiceField(
        label=lazy("Le reste du temps"), required=False,
        choices=(("", lazy("comme dans la semaine ordinaire")), ("closed", lazy("fermé"))),
        help_text=lazy("Les autres semaines, pendant les vacances, avant et après ces dates."),
    )  # fmt: skip
    services = forms.MultipleChoiceField(
        label=lazy("Seulement pour"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=lazy("Rien de coché : pour tous les types de rendez-vous."),
    )  # fmt: skip
    kept_until = forms.CharField(
        label=lazy("Gardé pour l’urgent jusqu’à"), required=False, max_length=8,
        help_text=lazy("Ensuite, ce qui reste est à tout le monde. Vide : rien n’est gardé."),
    )  # fmt: skip
    kept_days = forms.ChoiceField(
        label=lazy("Quel jour"), required=False,
        choices=(("0", lazy("le jour même")), ("1", lazy("la veille")), ("2", lazy("l’avant-veille"))),
    )  # fmt: skip
    place = forms.ChoiceField(
        label=lazy("Où"), required=False,
        choices=(("", lazy("au cabinet ou par vidéo")), ("office", lazy("au cabinet seulement")),
                 ("video", lazy("par vidéo seulement"))),
    )  # fmt: skip

    def __init__(self, *args: Any, visits: Iterable[HealthcareService], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        services = self.fields["services"]
        assert isinstance(services, forms.MultipleChoiceField)
        services.choices = [(v.identifier, v.name) for v in visits]

    @classmethod
    def of(cls, rule: Rule) -> dict[str, Any]:
        named = {"valid_from": "from", "valid_until": "until"}
        weeks = {"weeks": str(rule["every"])} if rule.get("every", 1) > 1 else {}
        return {name: rule.get(named.get(name, name), "") for name in cls.base_fields} | weeks

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        hours = {name: self._hour(name, values.get(name, "")) for name in ("start", "end", "kept_until")}
        if hours["start"] and hours["end"] and hours["start"] >= hours["end"]:
            self.add_error("end", _("La fin doit venir après le début."))
        first, last = values.get("valid_from"), values.get("valid_until")
        for name, day in (("valid_from", first), ("valid_until", last)):
            if day and day.year not in YEARS:
                self.add_error(name, _("Vérifiez l’année."))
        if first and last and first > last:
            self.add_error("valid_until", _("Le dernier jour vient après le premier."))
        if values.get("weeks", "").isdigit() and not first:
            self.add_error("valid_from", _("Dites à partir de quelle semaine on compte."))
        if values.get("school_holidays") and not self.zone:
            self.add_error("school_holidays", _("Dites d’abord de quelle zone sont les vacances, sur la page Cabinet."))
        return {**values, **hours}

    def _hour(self, name: str, text: str) -> str:
        found = rules.read_time(text) if text.strip() else ""
        if found is None:
            self.add_error(name, str(BAD_HOUR))
        return found or ""

    def closes(self) -> bool:
        """These hours are closed whenever the range does not hold."""
        return bool(self.cleaned_data["otherwise"])

    def row(self) -> Rule:
        """As the practice file says it; what is left open is not said."""
        given = {**self.cleaned_data}
        given |= {"from": _iso(given.pop("valid_from")), "until": _iso(given.pop("valid_until"))}
        if given["weeks"].isdigit():
            given |= {"every": int(given["weeks"]), "weeks": ""}
        del given["otherwise"]
        given["kept_days"] = int(given["kept_days"] or 0) if given["kept_until"] else 0
        days = [day for day in DAYS if day in given["days"]]
        return {"days": days, **{name: value for name, value in given.items() if value and name != "days"}}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def new(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    return _edit(request, practice, _person(practice, identifier), None)


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def one(request: HttpRequest, practice: Organization, identifier: str, name: str) -> HttpResponse:
    """`name` is the range's own: one that was changed meanwhile is not found."""
    person = _person(practice, identifier)
    found = next((rule for rule in _week(person) if key(rule) == name), None)
    if found is None:
        raise Http404
    return _edit(request, practice, person, found)


def _person(practice: Organization, identifier: str) -> Practitioner:
    rows = Practitioner.objects.select_related("schedule")
    return get_object_or_404(rows, organization=practice, identifier=identifier)


def _week(person: Practitioner) -> list[Rule]:
    return person.schedule.rules if hasattr(person, "schedule") else []


def _edit(request: HttpRequest, practice: Organization, person: Practitioner, found: Rule | None) -> HttpResponse:
    """`remove` closes these hours. What a change would strand, and what the range cannot do, are shown before it is
    kept."""
    visits, before = queries.visits_of(practice, person), _week(person)
    removed = found is not None and "remove" in request.POST
    known: dict[str, Any] = {"visits": visits, "zone": practice.school_zone}
    form = RangeForm(None if removed else sent(request), initial=RangeForm.of(found) if found else {}, **known)
    left: Sequence[Appointment] = ()
    new: list[Doubt] = []
    if removed or (form.is_bound and form.is_valid()):
        row, closed = (None, False) if removed else (form.row(), form.closes())
        week = replaced(before, found, row, closed)
        if row and (told := _overlapped(week, {visit.identifier: visit.name for visit in visits})):
            form.add_error("start", _("Ces heures en chevauchent d’autres : %(range)s.") % {"range": told})
            return show(request, practice, "range", SECTION, 422, form=form, person=person, range=found, stranded=())
        whole = {"practitioner": person.identifier, "rules": week}
        left = queries.stranded(practice, person, whole, settings.CLOCK.now())
        new = _new(before, found, row, closed, visits)
        if "anyway" in request.POST or not (left or new):
            done = _("La plage est retirée.") if removed else _("La plage est enregistrée.")
            keep(request, practice, KeepSchedule(row=whole), done)
            return then_moves(request, left) or redirect("settings-hours", identifier=person.identifier)
    status = 422 if form.errors or left or new else 200
    standing = doubts(found, visits) if found and not form.is_bound else ()
    nobody = bool(visits) and not any(visit.urgent for visit in visits)
    shown = {"form": form, "person": person, "range": found, "stranded": left, "removed": removed}
    return show(request, practice, "range", SECTION, status, **shown, doubts=new, standing=standing, nobody=nobody)


def _new(
    week: Sequence[Rule], found: Rule | None, row: Rule | None, closed: bool, visits: Sequence[VisitRecord]
) -> list[Doubt]:
    """Doubts that were not there before: those were read already."""
    if row is None:
        return []
    known = doubts(found, visits) if found else []
    told = (*doubts(row, visits), opened(week, found, row), idle(week, row, closed))
    return [doubt for doubt in told if doubt and doubt not in known]


def _overlapped(week: Sequence[Rule], visits: Visits) -> str:
    """The first range, in words, that holds at the same time as another; empty when there is none."""
    for first, _second in clashing(parse_rules({"rules": week}, "")):
        rule = week[first]
        return ", ".join([days_told(rule["days"]), hours_told(rule), *conditions_told(rule, visits)])
    return ""
