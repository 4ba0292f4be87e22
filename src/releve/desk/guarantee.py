"""The start-up record, the stop button, the ledger."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from releve.core.acts import StopAssistant
from releve.desk import page, queries
from releve.look.doors import of_the_practice
from releve.practice.models import Organization

LONGEST_REASON = 200


@require_safe
@of_the_practice
def guarantee(request: HttpRequest, practice: Organization) -> HttpResponse:
    return page.show(request, practice, "desk/guarantee.html", "guarantee", **queries.guarantee(practice))


@require_POST
@of_the_practice
def stop(request: HttpRequest, practice: Organization) -> HttpResponse:
    """Stops every agent; the inbox goes on by hand."""
    reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
    if not reason:
        messages.error(request, _("Dites en quelques mots pourquoi : l’arrêt est écrit dans le registre."))
        return redirect("guarantee")
    outcome = page.act(request, practice, StopAssistant(stopped=True, reason=reason))
    page.say(request, outcome, _("L’assistant est arrêté. Les demandes arrivent dans la boîte."))
    return redirect("guarantee")


@require_POST
@of_the_practice
def restart(request: HttpRequest, practice: Organization) -> HttpResponse:
    outcome = page.act(request, practice, StopAssistant(stopped=False))
    page.say(request, outcome, _("L’assistant a repris."))
    return redirect("guarantee")
