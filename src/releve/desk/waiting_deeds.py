"""What people decide on the waiting list: one entry's priority and its history; who is asked for a freed place."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from releve.core.acts import Act
from releve.core.waiting import PassOffersOn, ResumeOffers, SetPriority, StopOffers
from releve.desk import page, timeline, waiting_freed, waiting_queries
from releve.ledger import queries as ledger
from releve.look.doors import of_the_practice
from releve.practice.models import Offer, Organization, Practitioner, WaitingListEntry

REASON = 200  # characters
MOST_LEAVES = 60


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def entry(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """Why it has its rank, what was offered, what the ledger says; and its priority, which is set here."""
    now = settings.CLOCK.now()
    row = waiting_queries.one(practice, identifier, now)
    if row is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, practice, row, now)
    level, reason = request.POST.get("priority", ""), page.typed(request, "reason", REASON)
    if level not in ("0", "1", "2") or (level != "0" and not reason):
        return _shown(request, practice, row, now, status=422, missing=True, asked=level)
    undo = reverse("waiting-priority-undo", args=[row.identifier])
    outcome = page.act(request, practice, SetPriority(entry=row.pk, priority=int(level), reason=reason))
    page.say(request, outcome, _("Priorité changée."), undo=undo)
    return redirect("waiting-entry", row.identifier)


def _shown(
    request: HttpRequest, practice: Organization, row: WaitingListEntry, now: datetime, status: int = 200, **more: Any
) -> HttpResponse:
    leaves = ledger.history([f"waiting:{row.pk}"], [], MOST_LEAVES)
    context = {
        "item": waiting_queries.waits(row, now),
        "offers": list(row.offers.select_related("practitioner").order_by("-id")[:MOST_LEAVES]),
        "lines": timeline.lines(leaves, {}, {}, now),
        "asked": str(row.priority),
        **more,
    }
    return page.show(request, practice, "desk/waiting_entry.html", "agenda", status=status, **context)


@require_POST
@of_the_practice
def undo_priority(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """As it was before the last change, which the ledger tells."""
    row = get_object_or_404(WaitingListEntry, organization=practice, identifier=identifier)
    last = [leaf for leaf in ledger.about(f"waiting:{row.pk}") if leaf["kind"] == SetPriority.kind]
    before = (last[-1]["payload"] or {}).get("before", {}) if last else {}
    act = SetPriority(entry=row.pk, priority=before.get("priority", 0), reason=before.get("reason", ""))
    page.say(request, page.act(request, practice, act), _("C’est comme avant."))
    return redirect("waiting-entry", row.identifier)


# --- freed places ---------------------------------------------------------------------------------------------------
@require_POST
@of_the_practice
def pass_on(request: HttpRequest, practice: Organization, who: int, start: str, end: str) -> HttpResponse:
    begins = waiting_freed.moment(start)
    rows = Offer.objects.filter(organization=practice, practitioner=_of(practice, who), status="open")
    offer = rows.filter(freed_start=begins).order_by("id").first() if begins is not None else None
    act = PassOffersOn(offer=offer.pk) if offer is not None else None
    return _done(request, practice, act, _("La place passe à la personne suivante."))


@require_POST
@of_the_practice
def stop(request: HttpRequest, practice: Organization, who: int, start: str, end: str) -> HttpResponse:
    begins = waiting_freed.moment(start)
    act = StopOffers(practitioner=_of(practice, who).pk, start=begins) if begins is not None else None
    undo = reverse("waiting-resume", args=[who, start, end])
    return _done(request, practice, act, _("Cette place n’est plus proposée : elle est libre pour tous."), undo)


@require_POST
@of_the_practice
def resume(request: HttpRequest, practice: Organization, who: int, start: str, end: str) -> HttpResponse:
    begins, ends = waiting_freed.moment(start), waiting_freed.moment(end)
    who_gives = _of(practice, who).pk
    act = ResumeOffers(practitioner=who_gives, start=begins, end=ends) if begins and ends and begins < ends else None
    return _done(request, practice, act, _("La place est de nouveau proposée."))


def _of(practice: Organization, who: int) -> Practitioner:
    return get_object_or_404(Practitioner, organization=practice, pk=who)


def _done(request: HttpRequest, practice: Organization, act: Act | None, said: str, undo: str = "") -> HttpResponse:
    if act is not None:
        page.say(request, page.act(request, practice, act), said, undo=undo)
    return redirect("waiting-list")
