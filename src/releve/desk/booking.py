"""Booking by hand: who, what, with whom, then one of the next free places. Each step is a plain form."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from releve.core.acts import BookAppointment
from releve.desk import agenda, page, queries
from releve.look.doors import of_the_practice
from releve.practice.models import Organization


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def new(request: HttpRequest, practice: Organization) -> HttpResponse:
    """GET narrows down (`nom`, `patient`, `service`, `soignant`, `jour`); POST books the chosen place."""
    if request.method == "POST":
        return _book(request, practice)
    now = settings.CLOCK.now()
    day = agenda.chosen_day(request.GET.get("jour"), timezone.localtime(now).date())
    asked = {k: request.GET.get(k, "").strip() for k in ("nom", "patient", "service", "soignant")}
    shown = queries.booking(practice, asked, day, now)
    return page.show(request, practice, "desk/booking.html", "agenda", day=day, asked=asked, **shown)


def _book(request: HttpRequest, practice: Organization) -> HttpResponse:
    act = _asked_for(practice, request.POST)
    if act is None:
        messages.error(request, _("Choisissez une place : rien n’a été réservé."))
        return redirect(_again(request.POST))
    outcome = page.act(request, practice, act)
    if outcome is not None and not page.say(request, outcome, _("Rendez-vous pris.")):
        return redirect(_again(request.POST))
    return redirect(agenda.of_day(act.start))


def _asked_for(practice: Organization, form: QueryDict) -> BookAppointment | None:
    """The act that the form describes; None when something of it is missing or unknown."""
    who, _bar, start = form.get("place", "").partition("|")
    found = queries.chosen(practice, form.get("patient", ""), form.get("service", ""), who)
    moment = _moment(start)
    if found is None or moment is None:
        return None
    patient, service, practitioner = found
    return BookAppointment(patient=patient, service=service, practitioner=practitioner, start=moment)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None


def _again(form: QueryDict) -> str:
    kept = QueryDict(mutable=True)
    kept.update({k: form.get(k, "") for k in ("nom", "patient", "service", "soignant", "jour")})
    return f"{reverse('booking')}?{kept.urlencode()}"
