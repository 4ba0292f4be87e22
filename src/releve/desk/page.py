"""What the staff's pages share: the frame, and acting under one's name."""

import unicodedata
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from releve.core.acts import Act
from releve.core.messages import Outcome
from releve.desk import queries, words
from releve.intake.actions import BadEvent, staff_acts, was_sent
from releve.practice.models import Organization, User


def show(
    request: HttpRequest, practice: Organization, template: str, place: str, status: int = 200, **context: Any
) -> HttpResponse:
    """A page in the frame; `place` is the one of the top bar. Each form of it carries `form_id`, which acts once."""
    beat = context.get("pulse") or queries.pulse(practice)
    frame = {
        "practice": practice,
        "place": place,
        **queries.frame(practice, beat, bool(context.get("lists_alerts"))),
        "form_id": uuid4(),
        "now": settings.CLOCK.now(),
    }
    return render(request, template, {**frame, **context}, status=status)


def act(request: HttpRequest, practice: Organization, deed: Act, part: str = "") -> Outcome | None:
    """Through the gate, under the person's name. None when this very form was sent before: a double click.

    `part` tells apart two acts of one form.
    """
    outcomes = act_all(request, practice, [deed], part)
    return outcomes[0] if outcomes is not None else None


def act_all(
    request: HttpRequest, practice: Organization, deeds: Sequence[Act], part: str = ""
) -> tuple[Outcome, ...] | None:
    """Several acts of one form, together."""
    user = request.user
    assert isinstance(user, User)
    key = f"{_form_id(request)}{part}"
    try:
        return staff_acts(deeds, organization=practice, user=user, now=settings.CLOCK.now(), external_id=key)
    except BadEvent as error:
        if error.field != "id":
            raise
        return None


def undo_all(request: HttpRequest) -> str:
    """The address of a form that takes back all that this one does to appointments."""
    return reverse("acts-undo", args=[_form_id(request)]) if request.POST.get("form") else ""


def sent_before(request: HttpRequest, practice: Organization) -> bool:
    """This very form has already acted: what it finds in its way may be its own doing."""
    return was_sent(practice, _form_id(request))


def say(request: HttpRequest, outcome: Outcome | None, done: str, undo: str = "") -> bool:
    """Tells what became of it; `undo` is the address of a form that takes it back. True when it was done."""
    if outcome is None:
        return False
    if outcome.status == "refused":
        messages.error(request, words.refusal(outcome.why))
        return False
    messages.success(request, done, extra_tags=undo)
    return True


def typed(request: HttpRequest, field: str, longest: int) -> str:
    """What was written in a field: line ends as we keep them, and no control characters, which PostgreSQL refuses."""
    text = request.POST.get(field, "")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc").strip()[:longest]


def _form_id(request: HttpRequest) -> str:
    try:
        return str(UUID(request.POST.get("form", "")))
    except ValueError:
        return str(uuid4())
