"""The start-up record, the stop button, the ledger."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from releve.core.acts import StopAssistant
from releve.desk import guarantee_queries, page, queries
from releve.ledger import queries as ledger
from releve.look.doors import of_the_practice
from releve.practice.models import Organization

LONGEST_REASON = 200


@require_safe
@of_the_practice
def guarantee(request: HttpRequest, practice: Organization) -> HttpResponse:
    """`?arreter`: about to stop; the field that asks why has the focus."""
    beat = queries.pulse(practice, entries=ledger.entries())
    shown = guarantee_queries.guarantee(practice, settings.CLOCK.now(), beat.stopped)
    flags = queries.red_flag_list(practice)
    context = {"pulse": beat, "flags": flags, "stopping": "arreter" in request.GET, **shown}
    return page.show(request, practice, "desk/guarantee.html", "guarantee", **context)


@require_POST
@of_the_practice
def stop(request: HttpRequest, practice: Organization) -> HttpResponse:
    """Stops every agent; the inbox goes on by hand."""
    reason = page.typed(request, "reason", LONGEST_REASON)
    outcome = page.act(request, practice, StopAssistant(stopped=True, reason=reason))
    page.say(request, outcome, _("L’assistant est arrêté. Les demandes arrivent dans la boîte."))
    return redirect("guarantee")


@require_POST
@of_the_practice
def restart(request: HttpRequest, practice: Organization) -> HttpResponse:
    outcome = page.act(request, practice, StopAssistant(stopped=False))
    page.say(request, outcome, _("L’assistant a repris."))
    return redirect("guarantee")
