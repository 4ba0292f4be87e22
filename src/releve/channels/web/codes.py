"""The six-digit code: asked for, sent to the contact on file, typed here. What is said, and how long it takes, is the
same whether or not there is a file."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from releve.channels.web import device, frame, own_queries
from releve.channels.web.forms import CodeForm
from releve.intake import patient_acts
from releve.intake.patient_acts import TooMany
from releve.look.address import beyond, limited
from releve.look.doors import of_the_practice
from releve.practice.models import Organization

FLOOR = 0.25  # seconds: longer than sending a code ever takes


@contextmanager
def same_delay() -> Iterator[None]:
    """Nobody learns from the clock whether a file exists."""
    began = time.perf_counter()
    try:
        yield
    finally:
        time.sleep(max(0.0, FLOOR - (time.perf_counter() - began)))


def send(
    request: HttpRequest,
    practice: Organization,
    patients: Sequence[int],
    *,
    after: str,
    back: str,
    acting: bool = False,
) -> HttpResponse:
    """Sends the code to the contact on file of these patients, if any; then the page where it is typed. `acting`: what
    comes after is the act itself, not a page."""
    now = settings.CLOCK.now()
    if beyond(request, "codes"):
        return frame.too_many(request, practice)
    if not patient_acts.may_send_codes(practice):
        messages.warning(request, _("Aucun code ne part en ce moment. Appelez, ou écrivez à l’équipe."))
        return redirect(back)
    try:
        with same_delay():
            patient_acts.send_code(patients, frame.sent(request), organization=practice, now=now)
    except TooMany:
        messages.warning(request, _("Trop de codes demandés. Réessayez dans une heure, ou appelez."))
        return redirect(back)
    request.session[device.NEXT] = {"after": after, "back": back, "acting": acting}
    return redirect("own-code")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
@limited("codes", frame.too_many)
def enter(request: HttpRequest, practice: Organization) -> HttpResponse:
    """One field. The code proves who is there for half an hour."""
    asked = request.session.get(device.NEXT)
    if not asked:
        return redirect("own")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _tried(request, practice, form, asked)
    return _shown(request, practice, form, asked)


def _tried(request: HttpRequest, practice: Organization, form: CodeForm, asked: dict[str, Any]) -> HttpResponse:
    now = settings.CLOCK.now()
    code, visitor = form.cleaned_data["code"], device.talk(request)
    try:
        with same_delay():
            patient = patient_acts.try_code(code, organization=practice, visitor=visitor, now=now)
    except TooMany:
        form.add_error("code", _("Code : trop d’essais. Demandez un nouveau code dans dix minutes, ou appelez."))
        return _shown(request, practice, form, asked)
    if patient is None:
        form.add_error("code", _("Code : ce n’est pas le bon, ou il a plus de dix minutes."))
        return _shown(request, practice, form, asked)
    return _proved(request, practice, patient, asked, now)


def _proved(
    request: HttpRequest, practice: Organization, patient: int, asked: dict[str, Any], now: datetime
) -> HttpResponse:
    device.drop(request, device.NEXT)
    device.prove(request, own_queries.acts_for(practice, patient, timezone.localdate(now)), now)
    return redirect(asked["after"], preserve_request=bool(asked.get("acting")))


def _shown(request: HttpRequest, practice: Organization, form: CodeForm, asked: dict[str, Any]) -> HttpResponse:
    back = asked.get("back") or reverse("own")
    return frame.show(request, practice, "web/own/code.html", 422 if form.errors else 200, form=form, back=back)
