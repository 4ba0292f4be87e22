"""What is done to one appointment: arrived, absent, confirmed, cancelled; and taking it back."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from releve.core.acts import Act, CancelAppointment, ConfirmAppointment, MarkArrived, MarkNoShow, UndoAppointment
from releve.desk import page
from releve.desk.agenda.days import moment, of_day
from releve.desk.agenda.grid import appointments
from releve.look.doors import of_the_practice
from releve.practice.models import Appointment, Organization, Practitioner


@require_POST
@of_the_practice
def arrive(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    row = _row(practice, identifier)
    return _done(request, practice, row, MarkArrived(appointment=row.pk), _("%(who)s : arrivée notée."))


@require_POST
@of_the_practice
def no_show(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    row = _row(practice, identifier)
    return _done(request, practice, row, MarkNoShow(appointment=row.pk), _("Absence notée."))


@require_POST
@of_the_practice
def confirm(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    row = _row(practice, identifier)
    deed = ConfirmAppointment(appointment=row.pk, patient=row.patient_id)
    return _done(request, practice, row, deed, _("%(who)s : rendez-vous confirmé."))


@require_POST
@of_the_practice
def cancel(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    row = _row(practice, identifier)
    deed = CancelAppointment(appointment=row.pk, patient=row.patient_id)
    told = row.start > settings.CLOCK.now() and (row.patient.phone or row.patient.email)
    words = _("Rendez-vous annulé. %(who)s sera prévenu(e) dans dix secondes.") if told else _("Rendez-vous annulé.")
    return _done(request, practice, row, deed, words)


@require_POST
@of_the_practice
def undo(request: HttpRequest, practice: Organization, identifier: str, undone: str) -> HttpResponse:
    """For a move, `avec`, `debut` and `confirme` say what it was."""
    row = _row(practice, identifier)
    before = Practitioner.objects.filter(organization=practice, identifier=request.GET.get("avec", "")).first()
    deed = UndoAppointment(
        appointment=row.pk, undone=undone, practitioner=before.pk if before is not None else None,
        start=moment(request.GET.get("debut", "")), confirmed="confirme" in request.GET,
    )  # fmt: skip
    page.say(request, page.act(request, practice, deed), _("C’est comme avant."))
    return redirect(of_day(_row(practice, identifier).start, row))


def _row(practice: Organization, identifier: str) -> Appointment:
    return get_object_or_404(appointments(practice), identifier=identifier)


def _done(request: HttpRequest, practice: Organization, row: Appointment, deed: Act, words: str) -> HttpResponse:
    said = words % {"who": f"{row.patient.family} {row.patient.given}"} if "%(who)s" in words else words
    page.say(request, page.act(request, practice, deed), said, undo_address(row, deed))
    return redirect(of_day(row.start, row))


def undo_address(row: Appointment, deed: Act, **before: Any) -> str:
    """Where a form takes it back; `before` goes with it."""
    asked = QueryDict(mutable=True)
    asked.update({key: str(value) for key, value in before.items() if value})
    address = reverse("appointment-undo", args=[row.identifier, deed.kind])
    return f"{address}?{asked.urlencode()}" if asked else address
