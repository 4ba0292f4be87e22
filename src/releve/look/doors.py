"""What every page needs before it is built: the practice, its time zone, and words for when there is none yet."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from releve.practice import queries
from releve.practice.models import Organization

View = Callable[..., HttpResponse]


def of_the_practice(view: View) -> View:
    """Gives the view the practice and its local time; before one is loaded, a friendly 503."""

    @wraps(view)
    def door(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            practice = queries.organization()
        except Organization.DoesNotExist:
            answer = render(request, "soon.html", status=503)
            answer["Retry-After"] = "300"
            return answer
        with timezone.override(practice.timezone):
            return view(request, practice, **kwargs)

    return door
