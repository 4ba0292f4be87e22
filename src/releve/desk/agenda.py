"""The agenda of a day, and what can be done with one appointment."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from releve.core.acts import Act, CancelAppointment, MarkNoShow
from releve.desk import page, queries
from releve.look.doors import of_the_practice
from releve.practice.models import Appointment, Organization


@require_safe
@of_the_practice
def day(request: HttpRequest, practice: Organization) -> HttpResponse:
    """`?jour=2026-03-17`; today without it."""
    today = timezone.localtime(settings.CLOCK.now()).date()
    shown = chosen_day(request.GET.get("jour"), today)
    columns = queries.day(practice, shown, settings.CLOCK.now())
    days: dict[str, Any] = {
        "today": today,
        "day": shown,
        "before": shown - timedelta(days=1),
        "after": shown + timedelta(days=1),
    }
    return page.show(request, practice, "desk/agenda.html", "agenda", columns=columns, **days)


def chosen_day(text: str | None, otherwise: date) -> date:
    """A day of the years 2000 to 2199, or the other one."""
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return otherwise
    return found if 2000 <= found.year < 2200 else otherwise


def of_day(moment: datetime) -> str:
    """The address of the day that holds it."""
    return f"{reverse('agenda')}?jour={timezone.localtime(moment).date().isoformat()}"


@require_safe
@of_the_practice
def appointment(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    row = get_object_or_404(queries.appointments(practice), identifier=identifier)
    shown = queries.appointment(practice, row, settings.CLOCK.now())
    return page.show(request, practice, "desk/appointment.html", "agenda", **shown)


@require_POST
@of_the_practice
def cancel(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    row = get_object_or_404(queries.appointments(practice), identifier=identifier)
    deed = CancelAppointment(appointment=row.pk, patient=row.patient_id)
    return _done(request, practice, row, deed, _("Rendez-vous annulé."))


@require_POST
@of_the_practice
def no_show(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    row = get_object_or_404(queries.appointments(practice), identifier=identifier)
    return _done(request, practice, row, MarkNoShow(appointment=row.pk), _("Absence notée."))


def _done(request: HttpRequest, practice: Organization, row: Appointment, deed: Act, words: str) -> HttpResponse:
    page.say(request, page.act(request, practice, deed), words)
    return redirect(of_day(row.start))
