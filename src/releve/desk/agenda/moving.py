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
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_safe

from releve.agenda.beyond import in_reach
from releve.agenda.visits import lasting
from releve.core.acts import RescheduleAppointment
from releve.core.ports import VisitRecord
from releve.desk import page
from releve.desk.agenda import clash, people, places
from releve.desk.agenda.days import chosen_day, moment, monday, of_day, place
from releve.desk.agenda.deeds import undo_address
from releve.desk.agenda.grid import appointments
from releve.desk.agenda.views import show
from releve.desk.naming import whom
from releve.look.doors import of_the_practice
from releve.look.templatetags.french import full_date
from releve.practice.models import Appointment, Organization, Practitioner
from releve.practice.rules import written_to

WHY_NOT = {
    "nothing": lazy("Choisissez une place : rien n’a été déplacé."),
    "far": lazy("Cette date est passée, ou à plus de deux ans : rien n’a été déplacé."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def move(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """GET: the next places (`soignant`, `apres`, `le`); POST: takes the chosen one."""
    row = get_object_or_404(appointments(practice), identifier=identifier)
    if request.method == "POST":
        return _move(request, practice, row)
    if row.status != "booked":
        return redirect("appointment", identifier=identifier)
    return _page(request, practice, row)


def _page(request: HttpRequest, practice: Organization, row: Appointment, **more: Any) -> HttpResponse:
    now = settings.CLOCK.now()
    able = list(row.service.practitioners.filter(active=True).order_by("id"))
    asked = (request.POST or request.GET).get("soignant", row.practitioner.identifier)
    who = [p for p in able if p.identifier == asked] or able
    form = request.GET.copy()
    if "clash" in more:  # the other places of that day
        form["le"] = timezone.localtime(more["clash"].start).date().isoformat()
    found = offered(form, practice, who, visit_of(row), now, moving=row)
    context = {"row": row, "asked": asked, "able": able, "with": who[0].identifier if who else asked, **found}
    today, its_own = timezone.localtime(now).date(), timezone.localtime(row.start).date()
    context |= {
        "exact_day": max(found["only_day"] or its_own, today),
        "reasons": clash.REASONS,
        "clash": None,
        "reach": written_to(row.patient.phone, row.patient.email),
        **more,
    }
    return show(request, practice, "move", its_own, **context)


def visit_of(row: Appointment) -> VisitRecord:
    """Its visit, in the length that it was made with."""
    return lasting(row.service, int((row.end - row.start).total_seconds() // 60))


def offered(
    form: QueryDict, practice: Organization, who: list[Practitioner], visit: VisitRecord, now: datetime,
    moving: Appointment | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The places for one visit: all of a day (`le`), those after a moment (`apres`), else the next ones."""
    today = timezone.localtime(now).date()
    day = chosen_day(form.get("le"), today) if form.get("le") else None
    shown = moment(form.get("apres", ""))  # the last place that was shown
    after = max(shown + timedelta(minutes=1), now) if shown is not None else now
    if day is not None:
        found = places.numbered(places.of_the_day(practice, who, visit, day, now, moving))
    else:
        found = places.numbered(places.following(who, visit, after, now, moving))
    return {
        "places": found,
        "one_person": len({place.who for place in found}) == 1,  # then the name is said once
        "only_day": day,
        "last": found[-1].start if found and day is None else None,
    }


def _move(request: HttpRequest, practice: Organization, row: Appointment) -> HttpResponse:
    now = settings.CLOCK.now()
    key, start = place(clash.exact(request.POST) if "precise" in request.POST else request.POST.get("place", ""))
    person = Practitioner.objects.filter(organization=practice, identifier=key).first()
    if person is None or start is None or not in_reach(start, now):
        far = person is not None and start is not None
        messages.error(request, WHY_NOT["far" if far else "nothing"])
        return redirect("appointment-move", identifier=row.identifier)
    why = ""
    if row.status == "booked":
        found = clash.clash(practice, person, visit_of(row), start, now, moving=row.pk)
        why = clash.reason(request) if found is not None else ""
        if found is not None and not why:
            answer = _page(request, practice, row, clash=found, missing="confirme" in request.POST)
            answer.status_code = 422
            return answer
    tell = "prevenir" in request.POST and start > now
    deed = RescheduleAppointment(
        appointment=row.pk, patient=row.patient_id, practitioner=person.pk, start=start, tell=tell, overbooking=why
    )
    words = _("%(who)s : déplacé au %(when)s, %(with)s.") % {
        "who": f"{row.patient.family} {row.patient.given}",
        "when": full_date(start),
        "with": whom(person),
    }
    if tell and written_to(row.patient.phone, row.patient.email):
        words = f"{words} " + _("Le message part dans dix secondes.")
    if page.say(request, page.act(request, practice, deed), words, undo_address(row, deed)):
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
    found = places.possible(practice, columns, visit_of(row), first, now, moving=row) if columns else []
    return render(request, "desk/agenda_possible.html", {"found": found, "row": row})
