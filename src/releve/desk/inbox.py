"""The inbox: what a person must decide, and deciding it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from releve.core.acts import AssignTask, DecideTask, UndoDecision
from releve.desk import page, queries
from releve.desk.queries import Sieve
from releve.look.doors import of_the_practice
from releve.practice.models import Organization, Task, User

LONGEST_ANSWER = 2000
TOO_FAST = 10  # decisions in forty seconds (UX, 5)


@require_safe
@of_the_practice
def inbox(request: HttpRequest, practice: Organization) -> HttpResponse:
    """Open tasks: emergencies, then today's, then the oldest first; the first is open beside them.

    `?pour=moi`: those passed on to me; `?conflits=amar`: those about two engagements at once in that agenda.
    """
    sieve = _sieve(request, practice)
    items = queries.inbox(practice, settings.CLOCK.now(), sieve=sieve)
    shown = _beside(practice, items[0].task, sieve) if items else {}
    context = {"items": items, "sieve": sieve, "at_list": True, "lists_alerts": True, **shown}
    return page.show(request, practice, "desk/inbox.html", "inbox", **context)


def _sieve(request: HttpRequest, practice: Organization) -> Sieve:
    assert isinstance(request.user, User)
    return queries.sieve(practice, request.user, request.GET.dict())


def _beside(practice: Organization, task: Task, sieve: Sieve) -> dict[str, Any]:
    return {**queries.reviewed(practice, task, settings.CLOCK.now(), sieve), "team": queries.team()}


def _at(task: str | None, sieve: Sieve) -> HttpResponse:
    """To that request, or the list, of what one was going through."""
    answer = redirect("review", task) if task else redirect("inbox")
    if sieve.asked:
        answer["Location"] += f"?{sieve.asked}"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def review(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """One request with its grounds; a POST decides it or passes it on, and goes on to the next."""
    task = get_object_or_404(queries.tasks(practice), identifier=identifier)
    if request.method == "POST":
        return _pass_on(request, practice, task) if "to" in request.POST else _decide(request, practice, task)
    sieve = _sieve(request, practice)
    items = queries.inbox(practice, settings.CLOCK.now(), sieve=sieve)
    shown = {"items": items, "sieve": sieve, "lists_alerts": True, **_beside(practice, task, sieve)}
    return page.show(request, practice, "desk/inbox.html", "inbox", **shown)


def _decide(request: HttpRequest, practice: Organization, task: Task) -> HttpResponse:
    sieve = _sieve(request, practice)
    _before, after = queries.around(practice, task, sieve)
    text = page.typed(request, "text", LONGEST_ANSWER)
    decision, _bar, why = request.POST.get("decision", "").partition(":")
    refused = decision == "reject"
    decision = "reject" if refused else "edit" if text != task.draft else "approve"
    deed = DecideTask(task=task.pk, decision=decision, text=text, refusal=why)
    outcome = page.act(request, practice, deed)
    done = _("Demande refusée.") if refused else _("Demande réglée.")
    if task.conversation_id is not None:
        done += " " + (_("La réponse part dans dix secondes.") if text else _("Rien n’a été écrit au patient."))
    if not page.say(request, outcome, done, undo=reverse("undo", args=[task.identifier])) and outcome is not None:
        return _kept(request, practice, task, text)
    assert isinstance(request.user, User)
    if queries.decided_lately(request.user, settings.CLOCK.now()) >= TOO_FAST:
        messages.info(request, _("Dix décisions en quarante secondes : prenez le temps de lire, rien ne presse."))
    return _at(after, sieve)


def _kept(request: HttpRequest, practice: Organization, task: Task, text: str) -> HttpResponse:
    """It could not be done: the same request again, with the answer as it was typed."""
    fresh = get_object_or_404(queries.tasks(practice), pk=task.pk)
    sieve = _sieve(request, practice)
    items = queries.inbox(practice, settings.CLOCK.now(), sieve=sieve)
    shown = {"items": items, "sieve": sieve, "lists_alerts": True, "typed": text, **_beside(practice, fresh, sieve)}
    return page.show(request, practice, "desk/inbox.html", "inbox", 422, **shown)


def _pass_on(request: HttpRequest, practice: Organization, task: Task) -> HttpResponse:
    to = queries.colleague(request.POST.get("to", ""))
    outcome = page.act(request, practice, AssignTask(task=task.pk, to=to.pk if to else None))
    name = to.get_full_name() or to.username if to else ""
    done = _("Demande transmise à %s.") % name if to else _("Demande rendue à toute l’équipe.")
    page.say(request, outcome, done)
    sieve = _sieve(request, practice)
    _before, after = queries.around(practice, task, sieve)
    return _at(after if to and after else task.identifier, sieve)


@require_POST
@of_the_practice
def undo(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """Within ten seconds, before the answer has left."""
    task = get_object_or_404(queries.tasks(practice), identifier=identifier)
    outcome = page.act(request, practice, UndoDecision(task=task.pk))
    page.say(request, outcome, _("Décision annulée : la demande est de nouveau ouverte."))
    return redirect("review", identifier)
