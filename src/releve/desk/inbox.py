"""The inbox: what a person must decide, and deciding it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from releve.core.acts import DecideTask, UndoDecision
from releve.desk import page, queries
from releve.look.doors import of_the_practice
from releve.practice.models import Organization, Task

LONGEST_ANSWER = 2000


@require_safe
@of_the_practice
def inbox(request: HttpRequest, practice: Organization) -> HttpResponse:
    """Open tasks: emergencies, then today's, then the oldest first."""
    now = settings.CLOCK.now()
    return page.show(request, practice, "desk/inbox.html", "inbox", tasks=queries.inbox(practice, now))


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def review(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """One request with its grounds; a POST decides it and goes on to the next."""
    task = get_object_or_404(queries.tasks(practice), identifier=identifier)
    if request.method == "POST":
        return _decide(request, practice, task)
    shown = queries.reviewed(practice, task, settings.CLOCK.now())
    return page.show(request, practice, "desk/review.html", "inbox", **shown)


def _decide(request: HttpRequest, practice: Organization, task: Task) -> HttpResponse:
    _before, after = queries.around(practice, task)
    text = request.POST.get("text", "").strip()[:LONGEST_ANSWER]
    refused = request.POST.get("decision") == "reject"
    decision = "reject" if refused else "edit" if text != task.draft else "approve"
    outcome = page.act(request, practice, DecideTask(task=task.pk, decision=decision, text=text))
    done = _("Demande refusée.") if refused else _("Demande réglée.")
    page.say(request, outcome, done, undo=task.identifier)
    return redirect("review", after) if after else redirect("inbox")


@require_POST
@of_the_practice
def undo(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """Within ten seconds, before the answer has left."""
    task = get_object_or_404(queries.tasks(practice), identifier=identifier)
    outcome = page.act(request, practice, UndoDecision(task=task.pk))
    page.say(request, outcome, _("Décision annulée : la demande est de nouveau ouverte."))
    return redirect("review", identifier)
