"""Booking without the chat, one thing at a time: what, with whom, when, who, a last look. Each step is a plain link or
form; the choices are in the address, what is personal never is."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from releve.channels.web import codes, device, frame, own_queries, places, refusals
from releve.channels.web.choices import ASKED, Chosen, chosen_in, day_of, step
from releve.channels.web.forms import WhoForm
from releve.channels.web.queries import full_name
from releve.core.acts import BookAppointment, Identity, NewPatient
from releve.core.facts import Directory, Facts, Place
from releve.dialogue.phrases import Voice, phone
from releve.intake import patient_acts
from releve.language.writing import full
from releve.look.address import limited
from releve.look.doors import of_the_practice
from releve.practice.models import Organization
from releve.practice.queries import directory

FIELDS = ("given", "family", "birth", "phone", "email")
FIRST_TIME = "premiere"  # in the address: the places of somebody who has never come
A_SENTENCE = 3  # words of a name that are read as a sentence too: « je veux mourir »


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
@limited("messages", frame.too_many)
def take(request: HttpRequest, practice: Organization) -> HttpResponse:
    """The step that comes next; a POST says who comes."""
    now, known = settings.CLOCK.now(), directory(practice)
    chosen = chosen_in(known, request.GET)
    if request.method == "POST" and chosen.place is not None:
        return _who_comes(request, practice, known, chosen, now)
    if chosen.visit is None:
        return _what(request, practice, known, chosen, now)
    if not chosen.with_whom:
        return _whom(request, practice, known, chosen, now)
    if chosen.place is None:
        return _when(request, practice, known, chosen, now)
    if why := places.why_not(known, chosen.place, now):
        return _gone(request, request.GET, why)
    typed = device.typed(request, now).get("fields", {})
    return _ask(request, practice, known, chosen, WhoForm(today=_today(now), initial=typed))


# --- the steps -------------------------------------------------------------------------------------------------------
def _what(
    request: HttpRequest, practice: Organization, known: Directory, chosen: Chosen, now: datetime
) -> HttpResponse:
    rows = [(v, step(known, Chosen(v, chosen.who))) for v in places.visits(known, chosen.who)]
    return _shown(request, practice, known, chosen, "web/booking/what.html", visits=rows)


def _whom(
    request: HttpRequest, practice: Organization, known: Directory, chosen: Chosen, now: datetime
) -> HttpResponse:
    assert chosen.visit is not None
    voice, visit = _voice(known, now), chosen.visit
    free = places.next_places(known, dict.fromkeys(visit.who, visit.service.id), now)
    people = [
        {
            "name": full_name(voice, key),
            "person": known.practitioners[key],
            "place": free.get(key),
            "address": step(known, Chosen(visit, key)),
            "reserved": places.reserved(known, visit.service.id, key),
        }
        for key in visit.who
    ]
    anyone = step(known, Chosen(visit, None, True))
    return _shown(request, practice, known, chosen, "web/booking/whom.html", people=people, anyone=anyone)


def _when(
    request: HttpRequest, practice: Organization, known: Directory, chosen: Chosen, now: datetime
) -> HttpResponse:
    assert chosen.visit is not None
    service = chosen.visit.service.id
    who = places.offered(known, service, chosen.who)
    since = day_of(request.GET.get("des"))
    first = FIRST_TIME in request.GET
    found = places.days(known, service, who, now, since, newcomer=first)
    here = step(known, chosen) + (f"&{FIRST_TIME}=1" if first else "")
    context: dict[str, Any] = {
        "days": [
            (d, _links(known, chosen, d.morning, found), _links(known, chosen, d.afternoon, found)) for d in found.days
        ],
        "later": f"{here}&des={found.later}" if found.later else "",
        "sooner": here if since else "",
        "several": len(who) > 1,
        "horizon": places.HORIZON.days,
    }
    return _shown(request, practice, known, chosen, "web/booking/when.html", **context)


def _links(
    known: Directory, chosen: Chosen, some: tuple[Place, ...], found: places.Found
) -> list[tuple[Place, str, str, int]]:
    voice = _voice(known, settings.CLOCK.now())

    def address(place: Place) -> str:
        return step(known, Chosen(chosen.visit, chosen.who, chosen.anyone, place))

    return [(place, address(place), voice.who(place.practitioner), found.left.get(place, 0)) for place in some]


def _ask(request: HttpRequest, practice: Organization, known: Directory, chosen: Chosen, form: WhoForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return _shown(request, practice, known, chosen, "web/booking/who.html", status, form=form)


def _who_comes(
    request: HttpRequest, practice: Organization, known: Directory, chosen: Chosen, now: datetime
) -> HttpResponse:
    """Danger first, whatever else the fields hold; then the fields; then a last look."""
    form = WhoForm(request.POST, today=_today(now))
    fields = {name: request.POST.get(name, "") for name in form.fields}
    said = patient_acts.alarm(_free_text(request.POST), frame.sent(request), organization=practice, now=now)
    if said:
        device.keep(request, {"fields": {**fields, "reason": ""}}, now)  # to be seen again, not to be booked
        return frame.show(request, practice, "web/alarm.html", said=said, back=step(known, chosen))
    if not form.is_valid():
        return _ask(request, practice, known, chosen, form)
    assert chosen.place is not None
    why = places.why_not(known, chosen.place, now, form.cleaned_data["birth"])
    if why == "age":
        device.keep(request, {"fields": {**fields, "reason": ""}}, now)
        return _other_age(request, practice, known, chosen, form)
    if why:
        return _gone(request, request.GET, why)
    choice = {name: request.GET.get(name, "") for name in ASKED}
    device.keep(request, {"fields": fields, "choice": choice, "key": str(uuid4())}, now)
    if _reserved(known, chosen) and _verified(request, practice, form, now) is None:
        same = _same(practice, form)[:1]
        return codes.send(request, practice, same, after=reverse("booking-check"), back=step(known, chosen))
    return redirect("booking-check")


def _other_age(
    request: HttpRequest, practice: Organization, known: Directory, chosen: Chosen, form: WhoForm
) -> HttpResponse:
    """The visit is for other ages: those that fit, and nothing to type again."""
    assert chosen.visit is not None and chosen.place is not None
    fitting = places.fitting(known, form.cleaned_data["birth"], chosen.place.start)
    rows = [(v, step(known, Chosen(v, chosen.who if chosen.who in v.who else None))) for v in fitting]
    return _shown(request, practice, known, chosen, "web/booking/age.html", 422, visits=rows, ages=chosen.visit.ages)


def _free_text(post: QueryDict) -> str:
    """What was written freely; a name of several words may be a cry for help too."""
    names = [post.get(name, "") for name in ("given", "family")]
    return " ".join([*(n for n in names if len(n.split()) >= A_SENTENCE), post.get("reason", "")])[:2000]


# --- the last look ---------------------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
@limited("bookings", frame.too_many)
def check(request: HttpRequest, practice: Organization) -> HttpResponse:
    """All of it once more; a POST books."""
    now, known = settings.CLOCK.now(), directory(practice)
    typed = device.typed(request, now)
    form = WhoForm(typed.get("fields"), today=_today(now))
    chosen = chosen_in(known, typed.get("choice", {}))
    if chosen.place is None or not form.is_valid():
        return _over(request)
    verified = _verified(request, practice, form, now)
    if _reserved(known, chosen) and verified is None:
        return redirect("own-code")
    if request.method == "POST":
        return _book(request, practice, known, chosen, form, verified)
    if why := places.why_not(known, chosen.place, now, form.cleaned_data["birth"]):
        return _gone(request, typed["choice"], why)
    context: dict[str, Any] = {"given": form.cleaned_data, "phone_given": phone(form.cleaned_data["phone"] or "")}
    return _shown(request, practice, known, chosen, "web/booking/check.html", **context)


def _over(request: HttpRequest) -> HttpResponse:
    """The form was left too long, or is already sent."""
    if request.session.get(device.DONE):
        return redirect("booking-done")
    messages.warning(request, _("Trop de temps a passé : recommencez, rien n’a été réservé."))
    return redirect("take")


def _book(
    request: HttpRequest, practice: Organization, known: Directory, chosen: Chosen, form: WhoForm, verified: int | None
) -> HttpResponse:
    now = settings.CLOCK.now()
    typed, given = device.typed(request, now), form.cleaned_data
    act = _act(practice, chosen, form, verified)
    fields = tuple(name for name in FIELDS if given[name])
    contact = given["phone"] or given["email"]
    sent = frame.sent(request, _said(known, chosen, given), fields, contact, typed["key"])
    identity = Identity.VERIFIED if verified is not None else Identity.CLAIMED
    try:
        ended = patient_acts.patient_act(act, sent, organization=practice, identity=identity, now=now)
    except patient_acts.TooMany:
        messages.warning(request, too_many())
        return redirect("booking-check")
    if ended.status == "refused":
        return _gone(request, typed["choice"], ended.why)
    device.drop(request, device.TYPED)
    request.session[device.DONE] = {"told": ended.told}
    if not ended.done or ended.record is None:
        return redirect("booking-done")
    device.note_booked(request, ended.record, now)
    messages.success(request, _("C’est réservé."))
    return redirect("ticket", token=own_queries.token(ended.record))


def _act(practice: Organization, chosen: Chosen, form: WhoForm, verified: int | None) -> BookAppointment:
    """For the file of that name, birth date and contact, if there is one: what is shown does not depend on it. Someone
    else's name with one's own telephone opens a file of its own, and the desk sees two alike: nothing is written into a
    stranger's file, and a code that comes tells nothing."""
    assert chosen.visit is not None and chosen.place is not None
    given = form.cleaned_data
    theirs = own_queries.reached(practice, _same(practice, form), given["phone"], given["email"])
    patient = verified if verified is not None else next(iter(theirs), None)
    newcomer = NewPatient(given["given"], given["family"], given["birth"], given["phone"], given["email"])
    return BookAppointment(
        practitioner=chosen.place.practitioner, service=chosen.visit.service.id, start=chosen.place.start,
        patient=patient, newcomer=newcomer if patient is None else None, reason=given["reason"],
    )  # fmt: skip


@never_cache
@require_safe
@of_the_practice
def done(request: HttpRequest, practice: Organization) -> HttpResponse:
    """A person decides: what was said, and where the answer will come."""
    told = (request.session.get(device.DONE) or {}).get("told")
    if not told:
        return redirect("take")
    now = settings.CLOCK.now()
    booked = own_queries.booked_here(practice, device.booked(request, now), now)
    return frame.show(request, practice, "web/booking/done.html", told=told, booked=booked)


# --- small things ----------------------------------------------------------------------------------------------------
def too_many() -> str:
    return _("Vous avez déjà pris plusieurs rendez-vous aujourd’hui. Pour un autre, appelez ou écrivez à l’équipe.")


def _gone(request: HttpRequest, choice: Any, why: str) -> HttpResponse:
    """It cannot be had: why, the other places, and nothing to type again. A day that was refused as full, though it was
    shown, is full for those who come for the first time: from now on their places are shown."""
    messages.warning(request, refusals.words(why))
    kept = QueryDict(mutable=True)
    kept.update({name: choice.get(name, "") for name in ("visite", "avec")})
    if why == "day_full":
        kept[FIRST_TIME] = "1"
    return redirect(f"{reverse('take')}?{kept.urlencode()}")


def _reserved(known: Directory, chosen: Chosen) -> bool:
    assert chosen.visit is not None and chosen.place is not None
    return places.reserved(known, chosen.visit.service.id, chosen.place.practitioner)


def _same(practice: Organization, form: WhoForm) -> list[int]:
    given = form.cleaned_data
    return own_queries.named(practice, given["given"], given["family"], given["birth"])


def _verified(request: HttpRequest, practice: Organization, form: WhoForm, now: datetime) -> int | None:
    """The file of that name and birth date for which a code was given here."""
    proved = device.proved(request, now)
    return next((key for key in _same(practice, form) if key in proved), None) if proved else None


def _said(known: Directory, chosen: Chosen, given: dict[str, Any]) -> str:
    """For people at the desk, and in the visitor's conversation."""
    assert chosen.visit is not None and chosen.place is not None
    start = full(known.local(chosen.place.start))
    who = _voice(known, chosen.place.start).who(chosen.place.practitioner)
    name = f"{given['given']} {given['family']}"
    return f"Formulaire : {chosen.visit.service.name}, {start} avec {who}, pour {name}."


def _shown(
    request: HttpRequest, practice: Organization, known: Directory, chosen: Chosen, template: str, status: int = 200,
    **context: Any,
) -> HttpResponse:  # fmt: skip
    """A step, with what was chosen before it and the way back to each choice."""
    voice = _voice(known, settings.CLOCK.now())
    who = chosen.place.practitioner if chosen.place is not None else chosen.who
    before = {
        "chosen": chosen,
        "who": full_name(voice, who) if who is not None else "",
        "step_what": step(known, Chosen()),
        "step_whom": step(known, Chosen(chosen.visit)) if chosen.visit and len(chosen.visit.who) > 1 else "",
        "step_when": step(known, Chosen(chosen.visit, chosen.who, chosen.anyone)) if chosen.with_whom else "",
        "reserved": chosen.place is not None and _reserved(known, chosen),
        "here": step(known, chosen),
    }
    return frame.show(request, practice, template, status, **{**before, **context})


def _voice(known: Directory, now: datetime) -> Voice:
    return Voice(Facts(now=now, directory=known, channel="webchat", address=None))


def _today(now: datetime) -> date:
    return timezone.localdate(now)
