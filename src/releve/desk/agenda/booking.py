"""Booking by hand, for a caller: who, then one of the next places. What they want is guessed and can be changed.

Everything is a plain form, so that it works without a script; with one, it opens beside the grid and looks people up
while their name is typed.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from releve.agenda.beyond import in_reach
from releve.core.acts import BookAppointment, NewPatient
from releve.desk import page
from releve.desk.agenda import callers, clash
from releve.desk.agenda.clash import Clash
from releve.desk.agenda.days import chosen_day, of_day, place
from releve.desk.agenda.deeds import undo_address
from releve.desk.agenda.moving import offered
from releve.desk.agenda.views import show
from releve.desk.identity import Phone, Traits
from releve.desk.naming import listed_name, whom
from releve.look.doors import of_the_practice
from releve.look.templatetags.french import full_date
from releve.practice.models import Appointment, HealthcareService, Organization, Patient, Practitioner

ASKED = ("nom", "patient", "service", "soignant", "choisie", "lu", "vu")
ANYONE = "tous"
WHY_NOT = {
    "nothing": lazy("Choisissez une place : rien n’a été réservé."),
    "far": lazy("Cette date est passée, ou à plus de deux ans : rien n’a été réservé."),
}


class NewcomerForm(Traits):
    """Who has no file yet: what a caller says in five seconds."""

    sex = None  # type: ignore[assignment]
    phone = Phone(label=lazy("Téléphone"), max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = "given" if self["family"].value() else "family"
        self.fields[first].widget.attrs["autofocus"] = True

    def patient(self) -> NewPatient:
        said = self.cleaned_data
        return NewPatient(said["given"], said["family"], said["birth_date"], said["phone"] or None)


@dataclass(frozen=True)
class Wanted:
    """What is being booked, as far as it is known."""

    service: HealthcareService | None
    practitioner: Practitioner | None
    able: list[Practitioner]


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def new(request: HttpRequest, practice: Organization) -> HttpResponse:
    """GET narrows down (`patient` or `nouvelle`, `service`, `soignant`, `apres`, `le`; `choisie` is a place of the
    grid, `vu` the day that it shows); POST with `chercher` looks for a person by `nom`, which no address shows; any
    other POST books `place`."""
    if request.method == "POST" and "chercher" not in request.POST:
        return _book(request, practice)
    return _page(request, practice, request.POST or request.GET)


def _page(
    request: HttpRequest, practice: Organization, form: QueryDict, newcomer: NewcomerForm | None = None, **more: Any
) -> HttpResponse:
    now = settings.CLOCK.now()
    asked = {key: form.get(key, "").strip() for key in ASKED}
    if newcomer is None and "nouvelle" in form:
        newcomer = NewcomerForm(initial={"family": asked["nom"].title()} if asked["nom"].isalpha() else {})
    patient = _patient(practice, asked) if newcomer is None else None
    known = callers.services(practice)
    wanted = _wanted(patient, known, asked)
    context: dict[str, Any] = {
        "asked": asked, "patient": patient, "newcomer": newcomer, "services": known, "service": wanted.service,
        "able": wanted.able, "picked": _place(practice, asked["choisie"]),
        "with": wanted.practitioner.identifier if wanted.practitioner is not None else ANYONE,
    }  # fmt: skip
    if patient is None and newcomer is None:
        context["found"] = callers.found(practice, asked["nom"], now)
        context["short"] = 0 < len(asked["nom"]) < callers.LETTERS
    elif wanted.service is not None:
        who = [wanted.practitioner] if wanted.practitioner is not None else wanted.able
        context |= offered(form, practice, who, wanted.service, now)
    start, today = place(asked["choisie"])[1], timezone.localtime(now).date()
    seen = timezone.localtime(start).date() if start is not None else chosen_day(asked["vu"], today)
    exact_day = max(chosen_day(form.get("jour"), context.get("only_day") or seen), today)
    context |= {"reasons": clash.REASONS, "clash": None, "exact_day": exact_day, **more}
    return show(request, practice, "booking", seen, **context)


def _patient(practice: Organization, asked: dict[str, str]) -> Patient | None:
    """The one chosen. Letters typed after the list was shown (`lu`) mean that somebody else is looked for."""
    if not asked["patient"] or asked["nom"] != asked["lu"]:
        return None
    return _found(practice, asked["patient"])


def _found(practice: Organization, identifier: str) -> Patient | None:
    return Patient.objects.filter(organization=practice, identifier=identifier, merged_into=None).first()


def _wanted(patient: Patient | None, known: list[HealthcareService], asked: dict[str, str]) -> Wanted:
    """What was chosen, else what they usually come for, else the first that is done here."""
    at, _start = place(asked["choisie"])
    usual, usually = callers.habit(patient)
    fitting = [s for s in known if not at or any(p.identifier == at for p in callers.performers(s))]
    service = next((s for s in known if s.identifier == asked["service"]), None)
    service = service or next((s for s in fitting if s.pk == usual), None) or next(iter(fitting), None)
    able = callers.performers(service) if service is not None else []
    if asked["soignant"] == ANYONE:
        return Wanted(service, None, able)
    named = next((p for p in able if p.identifier == (asked["soignant"] or at)), None)
    return Wanted(service, named or next((p for p in able if p.pk == usually), None), able)


def _place(practice: Organization, key: str) -> dict[str, Any] | None:
    """The place that was clicked on the grid."""
    who, start = place(key)
    person = Practitioner.objects.filter(organization=practice, identifier=who).first() if start else None
    return None if person is None else {"key": key, "who": whom(person), "start": start}


# --- booking --------------------------------------------------------------------------------------------------------
def _book(request: HttpRequest, practice: Organization) -> HttpResponse:
    form = request.POST.copy()
    if "precise" in form:
        form["place"] = clash.exact(form)
    newcomer = NewcomerForm(form) if "nouvelle" in form else None
    act, now = _asked_for(practice, form, newcomer), settings.CLOCK.now()
    if act is None or not in_reach(act.start, now):
        if newcomer is None or newcomer.is_valid():
            messages.error(request, WHY_NOT["nothing" if act is None else "far"])
        return _again(request, practice, newcomer)
    found = _clash(practice, act, now)
    if found is not None and not page.sent_before(request, practice):
        act = replace(act, overbooking=clash.reason(request))
        if not act.overbooking:
            return _again(request, practice, newcomer, clash=found, missing="confirme" in form)
    outcome = page.act(request, practice, act)
    if outcome is None:
        return redirect(of_day(act.start))
    row = Appointment.objects.select_related("patient").filter(pk=outcome.record or 0).first()
    if row is None:
        page.say(request, outcome, "")
        return _again(request, practice, newcomer)
    page.say(request, outcome, _said(row, act), undo_address(row, act))
    return redirect(of_day(row.start, row))


def _clash(practice: Organization, act: BookAppointment, now: datetime) -> Clash | None:
    person = Practitioner.objects.get(pk=act.practitioner)
    return clash.clash(practice, person, HealthcareService.objects.get(pk=act.service), act.start, now)


def _again(request: HttpRequest, practice: Organization, newcomer: NewcomerForm | None, **more: Any) -> HttpResponse:
    """The same page, with what was typed; with `clash`, what is in the way and why it would be done all the same."""
    form = request.POST.copy()
    if newcomer is None or newcomer.is_valid():
        form.pop("choisie", None)  # it was the place that could not be had
    if "clash" in more:  # the other places of that day
        form["le"] = timezone.localtime(more["clash"].start).date().isoformat()
    answer = _page(request, practice, form, newcomer, **more)
    answer.status_code = 422
    return answer


def _said(row: Appointment, act: BookAppointment) -> str:
    return _("Rendez-vous pris : %(who)s, %(when)s, %(with)s.") % {
        "who": listed_name(row.patient),
        "when": full_date(act.start),
        "with": whom(Practitioner.objects.get(pk=act.practitioner)),
    }


def _asked_for(practice: Organization, form: QueryDict, newcomer: NewcomerForm | None) -> BookAppointment | None:
    """The act that the form describes; None when something of it is missing, unknown or impossible."""
    key, start = place(form.get("place", ""))
    service = HealthcareService.objects.filter(organization=practice, identifier=form.get("service", "")).first()
    person = Practitioner.objects.filter(organization=practice, identifier=key).first()
    patient = _found(practice, form.get("patient", "")) if newcomer is None else None
    if start is None or service is None or person is None:
        return None
    if newcomer is not None and newcomer.is_valid():
        return BookAppointment(newcomer=newcomer.patient(), service=service.pk, practitioner=person.pk, start=start)
    if patient is not None:
        return BookAppointment(patient=patient.pk, service=service.pk, practitioner=person.pk, start=start)
    return None
