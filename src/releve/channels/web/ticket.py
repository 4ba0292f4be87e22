"""One appointment by its signed link: the day and hour for whoever holds it, the rest after the birth date, its changes
after a code. Every change passes the gate."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from releve.channels.web import codes, device, frame, own_queries, places, refusals
from releve.channels.web.choices import ANYONE, day_of, place_in, place_name
from releve.channels.web.forms import BirthForm
from releve.core.acts import Act, CancelAppointment, ConfirmAppointment, Identity, RescheduleAppointment
from releve.core.facts import Directory, Facts, Place
from releve.dialogue.phrases import Voice
from releve.intake import limits, patient_acts
from releve.intake.patient_acts import AN_HOUR
from releve.interop.ical.writing import calendar
from releve.language.writing import full
from releve.look.doors import View, of_the_practice
from releve.practice.models import Appointment, Organization
from releve.practice.queries import directory

GUESSES = 5  # of a birth date, within an hour, by whomever


def of_a_link(view: Callable[..., HttpResponse]) -> View:
    """Gives the view the appointment of its link; a false link is 404, one that is over 410."""

    @never_cache
    @of_the_practice
    @wraps(view)
    def door(request: HttpRequest, practice: Organization, token: str) -> HttpResponse:
        row = own_queries.by_token(practice, token)
        if row is None:
            return frame.show(request, practice, "web/own/no_link.html", 404)
        if own_queries.expired(row, settings.CLOCK.now()):
            return frame.show(request, practice, "web/own/no_link.html", 410, past=True)
        return view(request, practice, row)

    return door


def proved_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For changes: whoever has given no code is shown the appointment, where one can be asked for."""

    @wraps(view)
    def door(request: HttpRequest, practice: Organization, row: Appointment) -> HttpResponse:
        if not _proved(request, row):
            return redirect(_here(row))
        return view(request, practice, row)

    return door


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_link
def show(request: HttpRequest, practice: Organization, row: Appointment) -> HttpResponse:
    """The appointment; a POST gives the birth date."""
    now = settings.CLOCK.now()
    form = BirthForm(request.POST if request.method == "POST" else None, today=timezone.localdate(now))
    if form.is_bound and form.is_valid() and _right(practice, row, form, now):
        device.note_seen(request, row.pk, now)
        return redirect(_here(row))
    proved = _proved(request, row)
    known = proved or device.may_read(request, row.pk, now)
    fresh = not proved and row.pk in device.booked(request, now)
    context: dict[str, Any] = {
        "ticket": own_queries.ticket(practice, directory(practice), row, now),
        "known": known, "proved": proved, "fresh": fresh, "form": form,
        "history": own_queries.history(row) if known else [],
        "link": request.build_absolute_uri(_here(row)),
    }  # fmt: skip
    return frame.show(request, practice, "web/own/ticket.html", 422 if form.errors else 200, **context)


def _right(practice: Organization, row: Appointment, form: BirthForm, now: datetime) -> bool:
    if limits.tried("birth", str(row.pk), within=AN_HOUR, now=now) > GUESSES:
        form.add_error("day", _("Date de naissance : trop d’essais. Réessayez dans une heure, ou appelez."))
        return False
    if form.cleaned_data["birth"] != row.patient.birth_date:
        form.add_error("day", _("Date de naissance : ce n’est pas celle de ce rendez-vous."))
        return False
    return True


@require_safe
@of_a_link
def ics(request: HttpRequest, practice: Organization, row: Appointment) -> HttpResponse:
    """For the calendar of whoever comes: the place and the hour."""
    address = request.build_absolute_uri(_here(row))
    title = _("Rendez-vous, %(practice)s") % {"practice": practice.name}
    entry = own_queries.calendar_entry(practice, row, address, title, settings.CLOCK.now())
    answer = HttpResponse(calendar(entry), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = "attachment; filename=rendez-vous.ics"
    answer["X-Robots-Tag"] = "noindex"
    return answer


# --- changes ---------------------------------------------------------------------------------------------------------
AFTER_CODE = {"confirmer": "ticket-confirm", "deplacer": "ticket-move", "annuler": "ticket-cancel"}


@require_POST
@of_a_link
def ask_code(request: HttpRequest, practice: Organization, row: Appointment) -> HttpResponse:
    """A code to the contact on file of its patient; then what was wanted: to say that they come is done at once."""
    wanted = AFTER_CODE.get(request.POST.get("faire", ""), "ticket")
    after = reverse(wanted, kwargs={"token": own_queries.token(row)})
    return codes.send(
        request, practice, [row.patient_id], after=after, back=_here(row), acting=wanted == "ticket-confirm"
    )


@require_POST
@of_a_link
@proved_only
def confirm(request: HttpRequest, practice: Organization, row: Appointment) -> HttpResponse:
    act = ConfirmAppointment(appointment=row.pk, patient=row.patient_id)
    _done(request, practice, act, _said(row, "je viens"), _("Merci, c’est noté : vous venez."))
    return redirect(_here(row))


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_link
@proved_only
def cancel(request: HttpRequest, practice: Organization, row: Appointment) -> HttpResponse:
    if request.method != "POST":
        ticket = own_queries.ticket(practice, directory(practice), row, settings.CLOCK.now())
        return frame.show(request, practice, "web/own/cancel.html", ticket=ticket)
    act = CancelAppointment(appointment=row.pk, patient=row.patient_id)
    _done(request, practice, act, _said(row, "je ne peux pas venir"), _("C’est annulé. Merci d’avoir prévenu."))
    return redirect(_here(row))


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_link
@proved_only
def move(request: HttpRequest, practice: Organization, row: Appointment) -> HttpResponse:
    """The next places, then old and new together; a POST moves."""
    now, known = settings.CLOCK.now(), directory(practice)
    place = place_in(known, row.service_id, request.GET.get("place", ""))
    why = places.why_not(known, place, now, row.patient.birth_date, row.pk) if place is not None else None
    if place is None or why is not None:
        if why is not None:
            messages.warning(request, refusals.words(why))
        return _offered(request, practice, known, row, now)
    if request.method == "POST":
        return _moved(request, practice, known, row, place)
    voice = _voice(known, now)
    context: dict[str, Any] = {
        "ticket": own_queries.ticket(practice, known, row, now),
        "place": place,
        "who": voice.who(place.practitioner),
        "back": _move(row),
    }
    return frame.show(request, practice, "web/own/move_check.html", **context)


def _offered(
    request: HttpRequest, practice: Organization, known: Directory, row: Appointment, now: datetime
) -> HttpResponse:
    """With the same person, or with anyone who does this visit."""
    able = known.performers.get(row.service_id, ())
    anyone = request.GET.get("avec") == ANYONE
    who = able if anyone else (row.practitioner_id,)
    since = day_of(request.GET.get("des"))
    found = places.days(known, row.service_id, who, now, since)
    voice, here = _voice(known, now), _move(row) + (f"?avec={ANYONE}&" if anyone else "?")
    others = not anyone and any(key != row.practitioner_id for key in able)
    context: dict[str, Any] = {
        "ticket": own_queries.ticket(practice, known, row, now),
        "days": [
            (d, _links(row, known, voice, d.morning, found), _links(row, known, voice, d.afternoon, found))
            for d in found.days
        ],
        "later": f"{here}des={found.later}" if found.later else "",
        "sooner": here if since else "",
        "others": f"{_move(row)}?avec={ANYONE}" if others else "",
        "several": anyone,
        "horizon": places.HORIZON.days,
    }
    return frame.show(request, practice, "web/own/move.html", **context)


def _links(
    row: Appointment, known: Directory, voice: Voice, some: tuple[Place, ...], found: places.Found
) -> list[tuple[Place, str, str, int]]:
    return [
        (p, f"{_move(row)}?place={quote(place_name(known, p))}", voice.who(p.practitioner), found.left.get(p, 0))
        for p in some
    ]


def _moved(
    request: HttpRequest, practice: Organization, known: Directory, row: Appointment, place: Place
) -> HttpResponse:
    act = RescheduleAppointment(
        appointment=row.pk, patient=row.patient_id, practitioner=place.practitioner, start=place.start
    )
    new = f"{full(known.local(place.start))} avec {_voice(known, place.start).who(place.practitioner)}"
    said = _said(row, f"je préfère le {new}")
    why = _done(request, practice, act, said, _("C’est fait : votre rendez-vous est déplacé."))
    if why == "slot_taken" or why in refusals.WORDS:
        return redirect(_move(row))
    return redirect(_here(row))


def _done(request: HttpRequest, practice: Organization, act: Act, said: str, words: str) -> str:
    """Through the gate; tells what became of it. Returns the code of a refusal."""
    now = settings.CLOCK.now()
    sent = frame.sent(request, said, (act.kind,))
    ended = patient_acts.patient_act(act, sent, organization=practice, identity=Identity.VERIFIED, now=now)
    if ended.done:
        messages.success(request, words)
    elif ended.why == "slot_taken" or ended.why in refusals.WORDS:
        messages.warning(request, refusals.words(ended.why))
    elif ended.why == "not_booked":
        messages.warning(request, _("Ce rendez-vous n’est plus prévu : rien n’a été changé."))
    else:
        messages.warning(request, ended.told or _("Cela n’a pas pu être fait. Rien n’a été changé."))
    return ended.why


# --- small things ----------------------------------------------------------------------------------------------------
def _proved(request: HttpRequest, row: Appointment) -> bool:
    return row.patient_id in device.proved(request, settings.CLOCK.now())


def _here(row: Appointment) -> str:
    return reverse("ticket", kwargs={"token": own_queries.token(row)})


def _move(row: Appointment) -> str:
    return reverse("ticket-move", kwargs={"token": own_queries.token(row)})


def _said(row: Appointment, wish: str) -> str:
    """For people at the desk, and in the visitor's conversation."""
    return f"Formulaire : rendez-vous du {full(timezone.localtime(row.start))}, {wish}."


def _voice(known: Directory, now: datetime) -> Voice:
    return Voice(Facts(now=now, directory=known, channel="webchat", address=None))
