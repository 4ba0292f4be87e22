"""What is done to one appointment: arrived, absent, confirmed, cancelled; and taking it back, alone or with others."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from releve.core.acts import (
    Act,
    BookAppointment,
    CancelAppointment,
    ConfirmAppointment,
    MarkArrived,
    MarkNoShow,
    RescheduleAppointment,
    UndoAppointment,
)
from releve.core.messages import Outcome
from releve.desk import page, words
from releve.desk.agenda.days import moment, of_day
from releve.desk.agenda.grid import appointments
from releve.intake.actions import done_by
from releve.language.writing import listed
from releve.look.doors import of_the_practice
from releve.look.templatetags.french import full_date
from releve.practice.models import Appointment, Organization

ONE_FORM = (BookAppointment, RescheduleAppointment, CancelAppointment)  # what a form does to several at once


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
    said = _("Rendez-vous annulé. %(who)s sera prévenu(e) dans dix secondes.") if told else _("Rendez-vous annulé.")
    return _done(request, practice, row, deed, said)


@require_POST
@of_the_practice
def undo(request: HttpRequest, practice: Organization, identifier: str, undone: str) -> HttpResponse:
    """For a move, `vers` says where it went."""
    row = _row(practice, identifier)
    deed = UndoAppointment(appointment=row.pk, undone=undone, start=moment(request.GET.get("vers", "")))
    page.say(request, page.act(request, practice, deed), _("C’est comme avant."))
    return redirect(of_day(_row(practice, identifier).start, row))


def _row(practice: Organization, identifier: str) -> Appointment:
    return get_object_or_404(appointments(practice), identifier=identifier)


def _done(request: HttpRequest, practice: Organization, row: Appointment, deed: Act, told: str) -> HttpResponse:
    said = told % {"who": f"{row.patient.family} {row.patient.given}"} if "%(who)s" in told else told
    page.say(request, page.act(request, practice, deed), said, undo_address(row, deed))
    return redirect(of_day(row.start, row))


def undo_address(row: Appointment, deed: Act) -> str:
    """Where a form takes it back."""
    address = reverse("appointment-undo", args=[row.identifier, deed.kind])
    if not isinstance(deed, RescheduleAppointment):
        return address
    asked = QueryDict(mutable=True)
    asked["vers"] = deed.start.isoformat()
    return f"{address}?{asked.urlencode()}"


# --- several at once ------------------------------------------------------------------------------------------------
@require_POST
@of_the_practice
def undo_form(request: HttpRequest, practice: Organization, form: UUID) -> HttpResponse:
    """All that one form did to appointments, the last first, so that none stands in another's way. What cannot be
    taken back is named."""
    done = [(act, key) for act, key in done_by(practice, str(form)) if isinstance(act, ONE_FORM)]
    acts = [UndoAppointment(appointment=key, undone=act.kind, start=_went(act)) for act, key in reversed(done)]
    rows = {row.pk: row for row in appointments(practice).filter(pk__in=[key for _act, key in done])}
    outcomes = page.act_all(request, practice, acts) if acts else ()
    back = sum(outcome.done for outcome in outcomes or ())
    if back == len(acts) and back:
        messages.success(request, _("C’est comme avant."))
    elif back:
        messages.success(request, _back_again(back))
    for line in _not_back(outcomes or (), rows):
        messages.error(request, line)
    first = min(rows.values(), key=lambda row: (row.start, row.pk), default=None)
    if first is None:
        raise Http404
    booked = any(isinstance(act, BookAppointment) for act, _key in done)
    return redirect(of_day(first.start)) if booked else redirect("series-rest", first.identifier)


def _back_again(count: int) -> str:
    return ngettext("%(n)s rendez-vous comme avant.", "%(n)s rendez-vous comme avant.", count) % {"n": count}


def _went(act: Act) -> datetime | None:
    return act.start if isinstance(act, RescheduleAppointment) else None


def _not_back(outcomes: Sequence[Outcome], rows: Mapping[int, Appointment]) -> Iterator[str]:
    """« Cette place vient d’être prise. Reste ainsi : mardi 24 mars à 10 h. » Each reason once, with its dates."""
    by_reason: dict[str, list[Appointment]] = {}
    for outcome in outcomes:
        act = outcome.proposal.act
        if not outcome.done and isinstance(act, UndoAppointment):
            by_reason.setdefault(outcome.why, []).append(rows[act.appointment])
    for why, left in by_reason.items():
        dates = [full_date(row.start) for row in sorted(left, key=lambda row: row.start)]
        if len(left) == len(rows):
            yield words.refusal(why)
        else:
            yield _("%(why)s Pas remis : %(dates)s.") % {"why": words.refusal(why), "dates": listed(dates, _("et"))}
