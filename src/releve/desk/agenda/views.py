"""The day, the week, and one appointment."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from releve.desk import page
from releve.desk.agenda import appointment as one
from releve.desk.agenda import grid, people, side
from releve.desk.agenda.days import chosen_day, monday
from releve.desk.agenda.people import Person
from releve.look.doors import of_the_practice
from releve.practice.models import Organization, User

PARTS = ("panel", "page", "found")  # where the middle of a page goes: beside the grid, or into that page again
KEPT = "agenda"  # in the session: the practitioners shown, and the one of the week


@require_safe
@of_the_practice
def day(request: HttpRequest, practice: Organization) -> HttpResponse:
    """`jour=2026-03-17`, today without it; `avec` chooses the practitioners, and is remembered; `choisi` is the
    appointment that has the focus."""
    now = settings.CLOCK.now()
    today = timezone.localtime(now).date()
    shown = chosen_day(request.GET.get("jour"), today)
    everyone = people.people(practice)
    chosen = _choice(request, everyone)
    calls = side.to_call(practice, [p.row.pk for p in everyone], now)
    mine = [p for p in everyone if p in chosen or not p.row.active]
    drawn = grid.day_grid(practice, mine, shown, now, {call.row.pk for call in calls})
    return page.show(
        request, practice, "desk/agenda.html", "agenda",
        view="day", grid=drawn, day=shown, today=today, title_day=shown, before=shown - timedelta(days=1),
        after=shown + timedelta(days=1), everyone=[p for p in everyone if p.row.active],
        stale=people.stale(everyone, now),
        chosen={p.key for p in chosen}, selected=request.GET.get("choisi", ""), **side.beside(practice, now, calls),
    )  # fmt: skip


def _choice(request: HttpRequest, everyone: Sequence[Person]) -> list[Person]:
    """The practitioners asked for, else those of last time, else all."""
    kept = request.session.get(KEPT, {})
    if "avec" in request.GET:
        asked = request.GET.getlist("avec")
        chosen = people.among(everyone, asked)
        whole = len(chosen) == sum(p.row.active for p in everyone)
        request.session[KEPT] = kept = {**kept, "avec": [] if whole else [p.key for p in chosen]}
    return people.among(everyone, kept.get("avec", []))


@require_safe
@of_the_practice
def week(request: HttpRequest, practice: Organization) -> HttpResponse:
    """`jour`: any day of it; `soignant`: whose, remembered."""
    now = settings.CLOCK.now()
    today = timezone.localtime(now).date()
    shown = chosen_day(request.GET.get("jour"), today)
    everyone = people.people(practice)
    here = [p for p in everyone if p.row.active] or everyone
    context: dict[str, Any] = {
        "view": "week", "day": shown, "today": today, "title_day": monday(shown), "before": shown - timedelta(days=7),
        "after": shown + timedelta(days=7), "everyone": here, "selected": request.GET.get("choisi", ""),
    }  # fmt: skip
    person = _of_the_week(request, here)
    context["stale"] = people.stale(here, now)
    calls = side.to_call(practice, [p.row.pk for p in here], now)
    if person is not None:
        drawn = grid.week_grid(practice, person, monday(shown), now, {call.row.pk for call in calls})
        context |= {"person": person, "grid": drawn}
    return page.show(request, practice, "desk/agenda.html", "agenda", **context, **side.beside(practice, now, calls))


def _of_the_week(request: HttpRequest, here: Sequence[Person]) -> Person | None:
    """The one asked for, else the one of last time, else a practitioner of the same name, else the first."""
    kept = request.session.get(KEPT, {})
    known = {p.key: p for p in here}
    asked = known.get(request.GET.get("soignant", ""))
    if asked is not None and kept.get("soignant") != asked.key:
        request.session[KEPT] = {**kept, "soignant": asked.key}
    mine = next((p for p in here if _same(request.user, p)), None)
    return asked or known.get(kept.get("soignant", "")) or mine or next(iter(here), None)


def _same(user: Any, person: Person) -> bool:
    return isinstance(user, User) and (user.first_name, user.last_name) == (person.row.given, person.row.family)


@require_safe
@of_the_practice
def appointment(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """A page; beside the grid, its panel alone."""
    row = get_object_or_404(grid.appointments(practice), identifier=identifier)
    shown = one.shown(row, settings.CLOCK.now())
    return show(request, practice, "appointment", timezone.localtime(row.start).date(), **shown)


def show(request: HttpRequest, practice: Organization, name: str, day: date, **context: Any) -> HttpResponse:
    """`desk/<name>.html`, or what it holds when it is asked for beside the grid."""
    target = request.headers.get("HX-Target")
    template = f"desk/agenda_{name}.html" if target in PARTS else f"desk/{name}.html"
    answer = page.show(request, practice, template, "agenda", beside=target == "panel", jour=day, **context)
    answer["Vary"] = "HX-Target"
    return answer
