"""Moving one appointment: a page of numbered places, and the places of the grid for those who drag or use M."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from releve.core.acts import RescheduleAppointment
from releve.desk import page
from releve.desk.agenda import people, places
from releve.desk.agenda.days import chosen_day, moment, monday, of_day, place
from releve.desk.agenda.deeds import undo_address
from releve.desk.agenda.grid import appointments
from releve.desk.agenda.views import show
from releve.desk.naming import whom
from releve.look.doors import of_the_practice
from releve.look.templatetags.french import full_date
from releve.practice.models import Appointment, Organization, Practitioner


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def move(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """GET: the next places (`soignant`, `apres`, `le`); POST: takes the chosen one."""
    row = get_object_or_404(appointments(practice), identifier=identifier)
    if request.method == "POST":
        return _move(request, practice, row)
    if row.status != "booked":
        return redirect("appointment", identifier=identifier)
    now = settings.CLOCK.now()
    able = list(row.service.practitioners.filter(active=True).order_by("id"))
    asked = request.GET.get("soignant", row.practitioner.identifier)
    who = [p for p in able if p.identifier == asked] or able
    length = int((row.end - row.start).total_seconds() // 60)
    context = {"row": row, "asked": asked, "able": able, **offered(request.GET, practice, who, length, now)}
    return show(request, practice, "move", timezone.localtime(row.start).date(), **context)


def offered(
    form: QueryDict, practice: Organization, who: list[Practitioner], length: int, now: datetime
) -> dict[str, Any]:
    """The places for one visit: all of a day (`le`), those after a moment (`apres`), else the next ones."""
    today = timezone.localtime(now).date()
    day = chosen_day(form.get("le"), today) if form.get("le") else None
    shown = moment(form.get("apres", ""))  # the last place that was shown
    after = max(shown + timedelta(minutes=1), now) if shown is not None else now
    if day is not None:
        found = places.numbered(places.of_the_day(practice, who, length, day, now))
    else:
        found = places.numbered(places.following(who, length, after))
    return {
        "places": found,
        "one_person": len({place.who for place in found}) == 1,  # then the name is said once
        "only_day": day,
        "last": found[-1].start if found and day is None else None,
    }


def _move(request: HttpRequest, practice: Organization, row: Appointment) -> HttpResponse:
    key, start = place(request.POST.get("place", ""))
    person = Practitioner.objects.filter(organization=practice, identifier=key).first()
    if person is None or start is None:
        messages.error(request, _("Choisissez une place : rien n’a été déplacé."))
        return redirect("appointment-move", identifier=row.identifier)
    deed = RescheduleAppointment(appointment=row.pk, patient=row.patient_id, practitioner=person.pk, start=start)
    before = {"avec": row.practitioner.identifier, "debut": row.start.isoformat(), "confirme": row.confirmed}
    words = _("%(who)s : déplacé au %(when)s, %(with)s.") % {
        "who": f"{row.patient.family} {row.patient.given}",
        "when": full_date(start),
        "with": whom(person),
    }
    if page.say(request, page.act(request, practice, deed), words, undo_address(row, deed, **before)):
        return redirect(_back(request, start, row))
    return redirect(_back(request, row.start, row))


def _back(request: HttpRequest, start: datetime, row: Appointment) -> str:
    """To the week it was moved in, else to the new day."""
    if request.POST.get("vue") != "week":
        return of_day(start, row)
    return f"{reverse('agenda-week')}?{of_day(start, row).partition('?')[2]}"


@require_safe
@of_the_practice
def possible(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """The places of the grid on screen (`vue`, `jour`, `avec` or `soignant`, `h` its first hour) where this one can
    go: a list that the page's script puts into the columns."""
    row = get_object_or_404(appointments(practice), identifier=identifier)
    now = settings.CLOCK.now()
    day = chosen_day(request.GET.get("jour"), timezone.localtime(now).date())
    able = set(row.service.practitioners.filter(active=True).values_list("pk", flat=True))
    shown = set(request.GET.getlist("avec"))
    here = [p for p in people.people(practice) if p.row.pk in able and p.key in shown]
    columns = [(p.key, p, day) for p in here]
    if request.GET.get("vue") == "week":
        week = [monday(day) + timedelta(days=n) for n in range(7)]
        columns = [(on.isoformat(), p, on) for p in here[:1] for on in week]
    hour = request.GET.get("h", "")
    first = int(hour) if hour in {str(h) for h in range(24)} else 0
    length = int((row.end - row.start).total_seconds() // 60)
    found = places.possible(practice, columns, length, first, now) if columns else []
    return render(request, "desk/agenda_possible.html", {"found": found, "row": row})
