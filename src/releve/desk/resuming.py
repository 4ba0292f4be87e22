"""A form that met a closed door: carried through signing in, then sent on by its person."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

TO, FIELD = "kept-to", "kept:"


def kept_again(request: HttpRequest) -> dict[str, Any] | None:
    """What the page that asked who is there had kept; None when there was nothing, or it leads elsewhere."""
    to = request.POST.get(TO, "")
    if not to.startswith("/") or not url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}):
        return None
    names = [name for name in request.POST if name.startswith(FIELD)]
    fields = [(name.removeprefix(FIELD), value) for name in names for value in request.POST.getlist(name)]
    return {"to": to, "fields": fields}


def resumed(request: HttpRequest) -> HttpResponse | None:
    """One page with what had been typed and a button that sends it; None when nothing was kept."""
    kept = kept_again(request)
    return render(request, "desk/resume.html", {"kept": kept}) if kept is not None else None
