"""The waiting list: who waits and in which order, joining, leaving, and offering a place by hand."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from releve.core.messages import Outcome
from releve.core.understanding import Wish
from releve.core.waiting import JoinWaitingList, LeaveWaitingList, OfferPlace, ReturnToWaitingList
from releve.desk import page, queries, waiting_freed, waiting_queries, wishes
from releve.desk.patient_queries import files
from releve.look.doors import of_the_practice
from releve.practice.models import Organization, Patient, WaitingListEntry

WEEKS = 4  # how far an inscription looks, when nothing is said
REASON = 200  # characters


@require_safe
@of_the_practice
def waiting_list(request: HttpRequest, practice: Organization) -> HttpResponse:
    now = settings.CLOCK.now()
    pulse = queries.pulse(practice, queue=waiting_queries.how_many(practice))
    shown = waiting_queries.page(practice, request.GET.get("page"), pulse.own["queue"], now)
    places = waiting_freed.freed(practice, now)
    return page.show(request, practice, "desk/waiting_list.html", "agenda", pulse=pulse, places=places, **shown)


# --- joining --------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def new(request: HttpRequest, practice: Organization) -> HttpResponse:
    """`?patient=` says who; without it, one is searched for first."""
    identifier = request.POST.get("patient") or request.GET.get("patient")
    if not identifier:
        return redirect("patients")
    patient = get_object_or_404(files(practice), identifier=identifier)
    now = settings.CLOCK.now()
    offered = waiting_queries.choices(practice, patient, now)
    asked = request.POST if request.method == "POST" else QueryDict()
    context: dict[str, Any] = {
        "patient": patient,
        **offered,
        "asked": asked,
        "asked_days": asked.getlist("day"),
        "weekdays": [(str(n), _monday() + timedelta(days=n)) for n in range(7)],
        "until": _until(asked, timezone.localtime(now).date()).isoformat(),
    }
    if request.method != "POST":
        return page.show(request, practice, "desk/waiting_new.html", "agenda", **context)
    act, problem = _joining(patient, offered, asked, now)
    if act is None:
        messages.error(request, problem)
        return page.show(request, practice, "desk/waiting_new.html", "agenda", status=422, **context)
    return _joined(request, practice, page.act(request, practice, act), now)


def _joined(request: HttpRequest, practice: Organization, outcome: Outcome | None, now: datetime) -> HttpResponse:
    """Whoever joins while places are free that suit them is shown these at once."""
    key = outcome.record if outcome is not None and outcome.done else None
    entry = waiting_queries.by_key(practice, key, now) if key is not None else None
    if entry is None or not waiting_queries.places(practice, entry, now):
        page.say(request, outcome, _("Inscription faite."))
        return redirect("waiting-list")
    page.say(request, outcome, _("Inscription faite. Des places libres conviennent déjà."))
    return redirect("waiting-offer", entry.identifier)


def _monday() -> date:
    return date(2026, 1, 5)


def _joining(
    patient: Patient, offered: dict[str, Any], asked: QueryDict, now: datetime
) -> tuple[JoinWaitingList | None, str]:
    """The act that the form describes, or why there is none."""
    service = next((s for s in offered["services"] if s.identifier == asked.get("service")), None)
    who = next((p for p in offered["people"] if p.identifier == asked.get("practitioner")), None)
    if service is None:
        return None, _("Choisissez un type de rendez-vous : personne n’a été inscrit.")
    if who is not None and who.pk not in offered["performers"].get(service.pk, ()):
        return None, _("Cette personne ne fait pas ce type de rendez-vous : personne n’a été inscrit.")
    same = WaitingListEntry.objects.filter(patient=patient, service=service, practitioner=who, status="waiting")
    if same.exists():
        return None, _("Déjà sur la liste pour ce rendez-vous : retirez d’abord l’inscription pour en changer.")
    replaced = next((a for a in offered["appointments"] if a.identifier == asked.get("replaces")), None)
    here = timezone.localtime(now).date()
    windows = wishes.windows(_weekdays(asked), _moment(asked), here, _until(asked, here))
    return JoinWaitingList(
        patient=patient.pk,
        service=service.pk,
        practitioner=who.pk if who is not None else None,
        wish=Wish(prefer=windows) if windows else None,
        appointment=replaced.pk if replaced is not None else None,
    ), ""


def _weekdays(asked: QueryDict) -> list[int]:
    return [int(d) for d in asked.getlist("day") if d in set("0123456")]


def _moment(asked: QueryDict) -> str:
    moment = asked.get("moment", "")
    return moment if moment in wishes.MOMENTS else ""


def _until(asked: QueryDict, here: date) -> date:
    try:
        return max(date.fromisoformat(asked.get("until", "")), here)
    except ValueError:
        return here + timedelta(weeks=WEEKS)


# --- leaving --------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def leave(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """With a reason; ten seconds to undo, and two days from the list."""
    entry = _entry(practice, identifier)
    reason, other = page.typed(request, "reason", REASON), page.typed(request, "other", REASON)
    if request.method != "POST" or not (other or reason):
        status = 422 if request.method == "POST" else 200
        context: dict[str, Any] = {"entry": entry, "missing": request.method == "POST"}
        return page.show(request, practice, "desk/waiting_leave.html", "agenda", status=status, **context)
    outcome = page.act(request, practice, LeaveWaitingList(entry=entry.pk, reason=other or reason))
    undo = reverse("waiting-return", args=[entry.identifier])
    page.say(request, outcome, _("Retiré de la liste d’attente."), undo=undo)
    return redirect("waiting-list")


@require_POST
@of_the_practice
def come_back(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    entry = _entry(practice, identifier)
    outcome = page.act(request, practice, ReturnToWaitingList(entry=entry.pk))
    page.say(request, outcome, _("De retour sur la liste, au même rang."))
    return redirect("waiting-list")


# --- offering by hand -----------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def offer(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """One of the next free places that suit them; they are written to, and it is held until they answer."""
    entry = _entry(practice, identifier)
    now = settings.CLOCK.now()
    places = waiting_queries.places(practice, entry, now) if entry.status == "waiting" else []
    if request.method == "POST":
        chosen = next((p for p in places if key(p) == request.POST.get("place")), None)
        if chosen is not None:
            act = OfferPlace(entry=entry.pk, practitioner=chosen.practitioner.pk, start=chosen.start.astimezone(UTC))
            page.say(request, page.act(request, practice, act), _("Place proposée et gardée jusqu’à la réponse."))
            return redirect("waiting-list")
        messages.error(request, _("Cette place n’est plus libre : rien n’a été proposé."))
        return redirect("waiting-offer", entry.identifier)
    shown = [(key(place), place) for place in places]
    wish = wishes.in_words(entry.windows, timezone.localtime(now).replace(tzinfo=None))
    return page.show(request, practice, "desk/waiting_offer.html", "agenda", entry=entry, places=shown, wish=wish)


def key(place: waiting_queries.FreePlace) -> str:
    """How a form names a place."""
    return f"{place.practitioner.identifier}|{place.start.astimezone(UTC).isoformat()}"


def _entry(practice: Organization, identifier: str) -> WaitingListEntry:
    entry = waiting_queries.one(practice, identifier, settings.CLOCK.now())
    if entry is None:
        raise Http404
    return entry
