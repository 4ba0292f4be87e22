"""What the patients' pages share: the frame, and the form that acts once."""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from releve.channels.web import device
from releve.channels.web.queries import header
from releve.intake.patient_acts import Form
from releve.look.address import AN_HOUR
from releve.look.templatetags.french import language
from releve.practice.models import Organization


def show(
    request: HttpRequest, practice: Organization, template: str, status: int = 200, **context: Any
) -> HttpResponse:
    """A page for patients; each form of it carries `form_id`. Search engines keep to the practice's page."""
    frame = {
        "form_id": uuid4(),
        "sign_in": settings.LOGIN_URL,
        "known_here": any(name in request.session for name in device.PERSONAL),
    }
    answer = render(request, template, {**header(practice), **frame, **context}, status=status)
    if request.path != "/":
        answer["X-Robots-Tag"] = "noindex"
    return answer


def too_many(request: HttpRequest, practice: Organization, **_: Any) -> HttpResponse:
    """429: too much comes from this address of the network, which others may share. Nothing was written, and whoever
    is in danger or in a hurry is told whom to call."""
    answer = show(request, practice, "web/too_many.html", 429)
    answer["Retry-After"] = str(int(AN_HOUR.total_seconds()))
    return answer


def sent(request: HttpRequest, said: str = "", fields: tuple[str, ...] = (), contact: str = "", key: str = "") -> Form:
    """The form of this request, as intake takes it."""
    return Form(
        visitor=device.talk(request), key=key or form_id(request), said=said, fields=fields, contact=contact,
        language=language(),
    )  # fmt: skip


def form_id(request: HttpRequest) -> str:
    try:
        return str(UUID(request.POST.get("form", "")))
    except ValueError:
        return str(uuid4())
