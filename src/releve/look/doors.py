"""What every page needs before it is built: the practice, its time zone, and words for when there is none yet, or when
it is not open yet: nothing is public before the start-up record is signed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from releve.guarantee import startup
from releve.practice import queries
from releve.practice.models import Organization

View = Callable[..., HttpResponse]
SET_UP = "/mise-en-route/"


def of_the_practice(view: View) -> View:
    """Gives the view the practice and its local time. Before there is one, the way to the guided set-up; before it is
    signed, a friendly 503 for everyone but its own people."""

    @wraps(view)
    def door(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            practice = queries.organization()
        except Organization.DoesNotExist:
            return redirect(SET_UP) if request.method in ("GET", "HEAD") else soon(request)
        if not request.user.is_authenticated and not startup.is_signed(practice):
            return soon(request, practice)
        with timezone.override(practice.timezone):
            return view(request, practice, **kwargs)

    return door


def soon(request: HttpRequest, practice: Organization | None = None) -> HttpResponse:
    """« Bientôt »: what is here is not open yet."""
    answer = render(request, "soon.html", {"practice": practice}, status=503)
    vars(answer)["_has_been_logged"] = True  # a practice that is not open yet is no error of the service
    answer["Retry-After"] = "300"
    return answer
