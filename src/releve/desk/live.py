"""What every open page asks every two seconds: has anything happened? 204 when nothing has."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from releve.desk import queries
from releve.look.doors import of_the_practice
from releve.practice.models import Organization


@require_safe
@of_the_practice
def news(request: HttpRequest, practice: Organization) -> HttpResponse:
    """`vu`: the pulse the page has; `depuis`: the newest task it was drawn with. New items wait behind a sentence;
    counts and alerts change in place; the page's own regions hear `news` and look again."""
    pulse = queries.pulse(practice)
    if request.GET.get("vu") == pulse.stamp:
        return HttpResponse(status=204)
    since = _number(request.GET.get("depuis"))
    context: dict[str, Any] = {
        **queries.frame(practice, pulse),
        "since": since,
        "arrived": queries.arrived(practice, since) if "depuis" in request.GET else 0,
        "now": settings.CLOCK.now(),
    }
    if request.GET.get("neuves"):  # the page lists those it was drawn with
        context["alerts"] = [task for task in context["alerts"] if task.pk > since]
        context["lists_alerts"] = True
    answer = render(request, "desk/live.html", context)
    answer["HX-Trigger"] = "news"
    return answer


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0
