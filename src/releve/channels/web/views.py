"""The practice's page and its chat: works with forms alone; a small script only saves the reload."""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from releve.channels.web import device, frame, own_queries, queries
from releve.channels.web.queries import CHANNEL
from releve.core.acts import BookAppointment
from releve.intake import actions as intake
from releve.intake.actions import BadEvent, Overtaken
from releve.intake.models import InboundEvent
from releve.look.address import AN_HOUR, limited
from releve.look.doors import of_the_practice
from releve.look.templatetags.french import language
from releve.practice.models import Organization
from releve.practice.queries import directory

HERE = "#ecrire"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
@limited("messages", lambda *told: _too_many(*told))
def home(request: HttpRequest, practice: Organization) -> HttpResponse:
    """The practice's page; a POST says something in the visitor's conversation."""
    return _say(request, practice) if request.method == "POST" else _page(request, practice)


@never_cache
@require_safe
@of_the_practice
def news(request: HttpRequest, practice: Organization) -> HttpResponse:
    """What was said since the visitor's last message (`apres`): 204 when nothing was."""
    conversation = request.session.get(device.TALK)
    if conversation is None:
        return HttpResponse(status=204)
    chat = queries.chat(practice, conversation, settings.CLOCK.now(), _number(request.GET.get("apres")))
    if not chat.bubbles or not chat.begun:
        return HttpResponse(status=204)
    return render(request, "web/news.html", {"chat": chat})


def _say(request: HttpRequest, practice: Organization) -> HttpResponse:
    words = request.POST.get("choice") or request.POST.get("text", "")
    after = _number(request.POST.get("apres"))
    if after and device.TALK not in request.session:
        return _lost(request, practice, words)
    try:
        after = _tell(request, practice, frame.form_id(request), words) or after
    except BadEvent as error:
        return _refused(request, practice, words, error)
    except Overtaken:
        pass  # the message is stored: its answer comes with the next look
    if not _fragment(request):
        return redirect(f"{reverse('home')}#m{queries.last_said(practice, request.session[device.TALK])}")
    now = settings.CLOCK.now()
    chat = queries.chat(practice, request.session[device.TALK], now, after)
    booked = own_queries.booked_here(practice, device.booked(request, now), now)
    return render(request, "web/reply.html", {"chat": chat, "form_id": uuid4(), "booked": booked})


def _tell(request: HttpRequest, practice: Organization, form: str, words: str) -> int:
    """Stores and answers the message; the first one opens the conversation. Returns the last message of the opening."""
    intake.clean(words)
    known = request.session.get(device.TALK)
    conversation, opening = known or _opened_by(form, request.session.get(device.VISIT, "")), 0
    if known is None:
        intake.answer(_stored(practice, conversation, None, f"{conversation} open"))
        opening = queries.chat(practice, conversation, settings.CLOCK.now()).last
    event = _stored(practice, conversation, words, f"{conversation} {form}")
    request.session[device.TALK] = conversation  # not before: an old form with other words joins nobody's talk
    reply = intake.answer(event)
    for kind, status, record in reply.get("acts", ()):
        if kind == BookAppointment.kind and status == "done" and record:
            device.note_booked(request, record, settings.CLOCK.now())
    return opening


def _stored(practice: Organization, conversation: str, words: str | None, external_id: str) -> InboundEvent:
    return intake.receive(
        organization=practice, conversation=conversation, channel=CHANNEL, address=None, text=words,
        external_id=external_id, at=settings.CLOCK.now(), language=language(),
    )  # fmt: skip


def _opened_by(form: str, visit: str) -> str:
    """The conversation of a first form: only the server can tell it, and the same form sent twice opens one, until
    its visitor has finished on this device."""
    digest = salted_hmac("releve.web", f"{form} {visit}".strip(), algorithm="sha256").digest()
    return str(UUID(bytes=digest[:16], version=4))


def _lost(request: HttpRequest, practice: Organization, words: str) -> HttpResponse:
    """The page is older than the session: said kindly, and nothing that was typed is lost."""
    error = _(
        "Votre conversation d’avant s’est fermée après un long silence. Votre message est encore là : envoyez-le de"
        " nouveau."
    )
    return _again(request, practice, words, error, status=409)


def _refused(request: HttpRequest, practice: Organization, words: str, error: BadEvent) -> HttpResponse:
    """What was typed stays; nothing was written."""
    if error.field == "id":  # the same form with other words, by the back button: start afresh
        return _lost(request, practice, words) if _fragment(request) else redirect(reverse("home") + HERE)
    long = _("Ce message est trop long : envoyez-le en plusieurs fois.")
    return _again(request, practice, words, long if words.strip() else _("Écrivez votre message."), status=422)


def _too_many(request: HttpRequest, practice: Organization) -> HttpResponse:
    """What was typed stays, and whoever is in danger is told whom to call."""
    words = request.POST.get("choice") or request.POST.get("text", "")
    error = _(
        "Trop de messages viennent de votre réseau depuis une heure. Le vôtre n’est pas parti : réessayez plus tard, ou"
        " appelez. En cas d’urgence médicale, appelez le 15 ou le 112."
    )
    answer = _again(request, practice, words, error, status=429)
    answer["Retry-After"] = str(int(AN_HOUR.total_seconds()))
    return answer


def _again(request: HttpRequest, practice: Organization, words: str, error: str, status: int) -> HttpResponse:
    more = {"error": error, "typed": words[: intake.LONGEST_TEXT]}
    if not _fragment(request):
        return _page(request, practice, status=status, **more)
    chat = queries.chat(practice, request.session.get(device.TALK), settings.CLOCK.now())
    return render(request, "web/refused.html", {"chat": chat, "form_id": uuid4(), **more}, status=status)


def _page(request: HttpRequest, practice: Organization, status: int = 200, **more: Any) -> HttpResponse:
    now, known = settings.CLOCK.now(), directory(practice)
    context = {
        **queries.page(practice, known, now),
        "chat": queries.chat(practice, request.session.get(device.TALK), now, known=known),
        "booked": own_queries.booked_here(practice, device.booked(request, now), now),
        **more,
    }
    return frame.show(request, practice, "web/home.html", status, **context)


def _fragment(request: HttpRequest) -> bool:
    """The page's script asks for what is new only."""
    return request.headers.get("X-Fragment") == "chat"


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0
