"""Somebody is away: what falls in it, another place for each, one batch that a person sends, and who answered what."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from releve.core.acts import Act
from releve.core.away import CallToMove, EndAbsence, ProposeMove, RecordAbsence
from releve.desk import page
from releve.desk.agenda import displaced, people
from releve.desk.agenda.absence_form import AbsenceForm
from releve.desk.agenda.days import chosen_day
from releve.desk.agenda.displaced import Choice
from releve.desk.agenda.grid import appointments
from releve.ledger import queries as ledger
from releve.look.doors import of_the_practice
from releve.practice.models import Appointment, BusyTime, Organization

DISPLACED = "displaced"  # in the session: appointments that a change of hours has just left without their place
MOST_LISTED, MOST_SHOWN, MOST_TOLD = 20, 300, 3
STATES = ("todo", "call", "called", "waits", "accepted", "moved", "kept", "cancelled")  # what needs a person first
ORDER = {state: n for n, state in enumerate(STATES)}


# --- a new absence --------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def new(request: HttpRequest, practice: Organization) -> HttpResponse:
    """GET: the form (`soignant`, `jour`); POST shows what falls in the absence, and with `envoyer` keeps it and sends
    what was chosen. Nothing has left before."""
    now = settings.CLOCK.now()
    posted = request.POST if request.method == "POST" else None
    form = AbsenceForm(
        posted, people=people.people(practice), zone=ZoneInfo(practice.timezone), now=now,
        initial=_initial(request, now),
    )  # fmt: skip
    context: dict[str, Any] = {"form": form, "absences": [], "choices": None}
    if posted is None:
        context["absences"] = _coming(practice, now)
        return page.show(request, practice, "desk/absence_new.html", "agenda", **context)
    if not form.is_valid():
        return page.show(request, practice, "desk/absence_new.html", "agenda", status=422, **context)
    start, end = form.span
    who = form.person.row.pk
    rows = list(displaced.displaced(practice, now, displaced.between(who, start, end))[: displaced.MOST])
    choices = displaced.choices(practice, rows, now, same=form.cleaned_data["same"], absent=(who, start, end))
    seen = f"{who} {start.isoformat()} {end.isoformat()}"
    sent = "envoyer" in posted and posted.get("vu") == seen  # other dates than those whose list was seen send nothing
    fine = not sent or displaced.read(choices, posted.dict())
    if sent and fine:
        act = RecordAbsence(
            practitioner=who, start=start.astimezone(UTC), end=end.astimezone(UTC),
            reason=page.typed(request, "reason", 200), appointments=tuple(row.pk for row in rows),
        )  # fmt: skip
        key = _send(request, practice, [act, *deeds(choices)])
        return redirect("absence", key) if key is not None else redirect("absence-new")
    shown = {**context, "choices": choices, "span": form.span, "who": form.person, **counted(choices)}
    shown |= {"seen": seen, "most": displaced.MOST}
    return page.show(request, practice, "desk/absence_new.html", "agenda", status=200 if fine else 422, **shown)


def _initial(request: HttpRequest, now: datetime) -> dict[str, Any]:
    today = timezone.localtime(now).date()
    return {"who": request.GET.get("soignant", ""), "first": chosen_day(request.GET.get("jour"), today)}


def _coming(practice: Organization, now: datetime) -> list[BusyTime]:
    rows = absences(practice).filter(end__gt=now, removed_at=None)
    return list(rows.order_by("start", "id")[:MOST_LISTED])


def absences(practice: Organization) -> Any:
    rows = BusyTime.objects.filter(schedule__organization=practice, feed=None, schedule__practitioner__isnull=False)
    return rows.select_related("schedule__practitioner")


def counted(choices: Sequence[Choice]) -> dict[str, int]:
    return {
        "moves": sum(choice.is_move for choice in choices),
        "calls": sum(choice.chosen == displaced.CALL for choice in choices),
    }


# --- sending --------------------------------------------------------------------------------------------------------
def deeds(choices: Sequence[Choice]) -> list[Act]:
    """What each choice asks for; « laisser » asks for nothing."""
    acts: list[Act] = []
    for choice in choices:
        if choice.is_move:
            place = choice.places[choice.chosen]
            start = datetime.fromisoformat(choice.chosen.partition("|")[2]).astimezone(UTC)
            acts.append(ProposeMove(appointment=choice.row.pk, practitioner=place.practitioner, start=start))
        elif choice.chosen == displaced.CALL:
            acts.append(CallToMove(appointment=choice.row.pk))
    return acts


def _send(request: HttpRequest, practice: Organization, acts: Sequence[Act]) -> int | None:
    """One batch: each act has its verdict, and one that came too late keeps none of the others back. The key of the
    absence that was noted, if one was."""
    outcomes = page.act_all(request, practice, acts) or ()  # nothing: this very form was sent before
    for outcome in [o for o in outcomes if not o.done][:MOST_TOLD]:
        page.say(request, outcome, "")
    done = [o for o in outcomes if o.done]
    if done:
        page.say(request, done[0], _told([o.proposal.act for o in done]))
    return next((o.record for o in done if isinstance(o.proposal.act, RecordAbsence)), None)


def _told(done: Sequence[Act]) -> str:
    """ "Absence notée. 12 propositions envoyées. 2 appels à passer." """
    moves = sum(isinstance(act, ProposeMove) for act in done)
    calls = sum(isinstance(act, CallToMove) for act in done)
    parts = [_("Absence notée.")] if any(isinstance(act, RecordAbsence) for act in done) else []
    if moves:
        parts.append(ngettext("%(n)s proposition envoyée.", "%(n)s propositions envoyées.", moves) % {"n": moves})
    if calls:
        parts.append(ngettext("%(n)s appel à passer.", "%(n)s appels à passer.", calls) % {"n": calls})
    return " ".join(parts)


# --- one absence ----------------------------------------------------------------------------------------------------
def _absence(practice: Organization, key: int) -> BusyTime:
    row: BusyTime | None = absences(practice).filter(pk=key).first()
    if row is None:
        raise Http404
    return row


@require_safe
@of_the_practice
def one(request: HttpRequest, practice: Organization, key: int) -> HttpResponse:
    """Who answered what. Those that stood in it when it was noted are in its ledger entry, wherever they are now."""
    row, now = _absence(practice, key), settings.CLOCK.now()
    told = ledger.history([f"absence:{row.pk}"], [], 5)[-1:]
    known = [key for leaf in told for key in leaf.payload.get("act", {}).get("appointments", ())]
    who = row.schedule.practitioner_id or 0
    here = displaced.between(who, row.start, row.end) & Q(status="booked")
    rows = list(appointments(practice).filter(Q(pk__in=known) | here).order_by("start", "id")[:MOST_SHOWN])
    return _followed(request, practice, rows, lambda a: _in(a, row), "absence", absence=row, noted=told, now=now)


def _in(row: Appointment, absence: BusyTime) -> bool:
    mine = row.practitioner_id == absence.schedule.practitioner_id
    return absence.removed_at is None and mine and row.start < absence.end and absence.start < row.end


def _followed(
    request: HttpRequest, practice: Organization, rows: Sequence[Appointment], away: Any, name: str, **context: Any
) -> HttpResponse:
    now = settings.CLOCK.now()
    lines = displaced.followed(rows, {row.pk: away(row) for row in rows}, now)
    counts = {state: sum(line.state == state for line in lines) for state in STATES}
    return page.show(
        request, practice, f"desk/{name}.html", "agenda", lines=sorted(lines, key=lambda f: ORDER[f.state]),
        counts=counts, open=counts["todo"] + counts["called"], **context,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def again(request: HttpRequest, practice: Organization, key: int) -> HttpResponse:
    """Those of an absence for which nobody looks for another place yet."""
    row, now = _absence(practice, key), settings.CLOCK.now()
    which = displaced.between(row.schedule.practitioner_id or 0, row.start, row.end)
    if row.removed_at is not None:
        return redirect("absence", key)
    return _review(request, practice, which, now, "absence", key, absence=row)


@require_POST
@of_the_practice
def end(request: HttpRequest, practice: Organization, key: int) -> HttpResponse:
    """`jour` and `heure`: back then; neither: it does not take place."""
    row = _absence(practice, key)
    back: datetime | None = None
    if "retour" in request.POST:
        day = chosen_day(request.POST.get("jour"), timezone.localtime(row.start).date())
        hour = request.POST.get("heure", "") or "00:00"
        try:
            back = datetime.fromisoformat(f"{day}T{hour[:5]}").replace(tzinfo=ZoneInfo(practice.timezone))
        except ValueError:
            back = row.end  # refused below, with its words
    act = EndAbsence(absence=row.pk, end=back.astimezone(UTC) if back is not None else None)
    words = _("Retour noté : ce temps est de nouveau libre.") if back else _("L’absence n’aura pas lieu.")
    page.say(request, page.act(request, practice, act), words)
    return redirect("absence", key)


# --- after a change of hours ----------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def moves(request: HttpRequest, practice: Organization) -> HttpResponse:
    """Appointments that a change of hours has just left outside them: the same list, for the same batch."""
    which = Q(pk__in=request.session.get(DISPLACED, []))
    return _review(request, practice, which, settings.CLOCK.now(), "moves-followed", None)


@require_safe
@of_the_practice
def moves_followed(request: HttpRequest, practice: Organization) -> HttpResponse:
    """What became of those. As it cannot be told any more which hours they were outside of, all still booked are."""
    keys = request.session.get(DISPLACED, [])
    rows = list(appointments(practice).filter(pk__in=keys).order_by("start", "id"))
    return _followed(request, practice, rows, lambda row: row.status == "booked", "moves_followed")


def _review(
    request: HttpRequest, practice: Organization, which: Q, now: datetime, to: str, key: int | None, **context: Any
) -> HttpResponse:
    rows = list(displaced.displaced(practice, now, which)[: displaced.MOST])
    choices = displaced.choices(practice, rows, now, same="same" in request.POST)
    sent = request.method == "POST" and "envoyer" in request.POST
    fine = not sent or displaced.read(choices, request.POST.dict())
    acts = deeds(choices) if sent and fine else []
    if sent and fine:
        if acts:
            _send(request, practice, acts)
        return redirect(to, key) if key is not None else redirect(to)
    shown = {"choices": choices, "same": "same" in request.POST, **counted(choices), **context}
    return page.show(request, practice, "desk/moves.html", "agenda", status=200 if fine else 422, **shown)
