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
from releve.look.doors import of_the_practice
from releve.practice.models import Organization, Task, User

LONGEST_ANSWER = 2000
TOO_FAST = 10  # decisions in forty seconds (UX, 5)


@require_safe
@of_the_practice
def inbox(request: HttpRequest, practice: Organization) -> HttpResponse:
    """Open tasks: emergencies, then today's, then the oldest first; the first is open beside them.

    `?pour=moi`: those passed on to me.
    """
    now, user = settings.CLOCK.now(), request.user
    assert isinstance(user, User)
    mine = user if request.GET.get("pour") == "moi" else None
    items = queries.inbox(practice, now, mine=mine)
    shown = _beside(practice, items[0].task) if items else {}
    context = {"items": items, "mine": mine is not None, "at_list": True, "lists_alerts": True, **shown}
    return page.show(request, practice, "desk/inbox.html", "inbox", **context)


def _beside(practice: Organization, task: Task) -> dict[str, Any]:
    return {**queries.reviewed(practice, task, settings.CLOCK.now()), "team": queries.team()}


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def review(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """One request with its grounds; a POST decides it or passes it on, and goes on to the next."""
    task = get_object_or_404(queries.tasks(practice), identifier=identifier)
    if request.method == "POST":
        return _pass_on(request, practice, task) if "to" in request.POST else _decide(request, practice, task)
    items = queries.inbox(practice, settings.CLOCK.now())
    shown = {"items": items, "lists_alerts": True, **_beside(practice, task)}
    return page.show(request, practice, "desk/inbox.html", "inbox", **shown)


def _decide(request: HttpRequest, practice: Organization, task: Task) -> HttpResponse:
    _before, after = queries.around(practice, task)
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
    return redirect("review", after) if after else redirect("inbox")


def _kept(request: HttpRequest, practice: Organization, task: Task, text: str) -> HttpResponse:
    """It could not be done: the same request again, with the answer as it was typed."""
    fresh = get_object_or_404(queries.tasks(practice), pk=task.pk)
    items = queries.inbox(practice, settings.CLOCK.now())
    shown = {"items": items, "lists_alerts": True, "typed": text, **_beside(practice, fresh)}
    return page.show(request, practice, "desk/inbox.html", "inbox", 422, **shown)


def _pass_on(request: HttpRequest, practice: Organization, task: Task) -> HttpResponse:
    to = queries.colleague(request.POST.get("to", ""))
    outcome = page.act(request, practice, AssignTask(task=task.pk, to=to.pk if to else None))
    name = to.get_full_name() or to.username if to else ""
    done = _("Demande transmise à %s.") % name if to else _("Demande rendue à toute l’équipe.")
    page.say(request, outcome, done)
    _before, after = queries.around(practice, task)
    return redirect("review", after) if to and after else redirect("review", task.identifier)


@require_POST
@of_the_practice
def undo(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """Within ten seconds, before the answer has left."""
    task = get_object_or_404(queries.tasks(practice), identifier=identifier)
    outcome = page.act(request, practice, UndoDecision(task=task.pk))
    page.say(request, outcome, _("Décision annulée : la demande est de nouveau ouverte."))
    return redirect("review", identifier)
