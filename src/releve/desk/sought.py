"""What someone types to find a person is a name: it travels in the body, waits in the session, and never in an
address, which browsers and proxies keep."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from releve.practice.rules import LONGEST

SOUGHT, FLAG = "sought", "cherche"


def text(request: HttpRequest) -> str:
    """From the form, or from the session for `?cherche`."""
    if request.method == "POST":
        return request.POST.get("q", "").strip()[:LONGEST]
    return str(request.session.get(SOUGHT, "")) if FLAG in request.GET else ""


def kept(request: HttpRequest) -> QueryDict:
    """Keeps it for the pages that follow; returns what their addresses say."""
    request.session[SOUGHT] = text(request)
    return QueryDict(f"{FLAG}=")


def sent_by_hand(request: HttpRequest) -> bool:
    """A form sent without HTMX: its answer has an address of its own, that one can come back to."""
    return request.method == "POST" and not getattr(request, "htmx", False)


def to(request: HttpRequest, name: str) -> HttpResponse:
    kept(request)
    return redirect(f"{reverse(name)}?{FLAG}")
