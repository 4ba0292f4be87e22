"""The public page and its chat: works with forms alone; htmx only saves the reload."""

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

from releve.channels.web import queries
from releve.channels.web.queries import CHANNEL, Chat
from releve.intake import actions as intake
from releve.intake.actions import BadEvent, Overtaken
from releve.look.doors import of_the_practice
from releve.practice.models import Organization

KEY = "conversation"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def home(request: HttpRequest, practice: Organization) -> HttpResponse:
    """The practice's page; a POST says something in the visitor's conversation."""
    if request.method == "POST":
        return _say(request, practice)
    return _page(request, practice, queries.chat(practice, request.session.get(KEY), settings.CLOCK.now()))


@never_cache
@require_safe
@of_the_practice
def news(request: HttpRequest, practice: Organization) -> HttpResponse:
    """What was said since the visitor's last message (`apres`): 204 when nothing was."""
    conversation = request.session.get(KEY)
    if conversation is None:
        return HttpResponse(status=204)
    chat = queries.chat(practice, conversation, settings.CLOCK.now(), _number(request.GET.get("apres")))
    if not chat.bubbles:
        return HttpResponse(status=204)
    return render(request, "web/news.html", {"chat": chat})


def _say(request: HttpRequest, practice: Organization) -> HttpResponse:
    form, words = _form_id(request.POST.get("form")), request.POST.get("choice") or request.POST.get("text", "")
    after = _number(request.POST.get("apres"))
    try:
        after = _tell(request, practice, form, words) or after
    except BadEvent as error:
        return _refused(request, practice, words, error)
    except Overtaken:
        pass  # the message is stored: its answer comes with the next look
    if not _htmx(request):
        return redirect(reverse("home") + "#ecrire")
    chat = queries.chat(practice, request.session[KEY], settings.CLOCK.now(), after)
    return render(request, "web/reply.html", {"chat": chat, "form_id": uuid4()})


def _tell(request: HttpRequest, practice: Organization, form: str, words: str) -> int:
    """Stores and answers the message; the first one opens the conversation. Returns the last message of the opening."""
    intake.clean(words)
    conversation = request.session.get(KEY) or _opened_by(form)
    opening = 0
    if KEY not in request.session:
        _receive(practice, conversation, None, f"{conversation} open")
        opening = queries.chat(practice, conversation, settings.CLOCK.now()).last
        request.session[KEY] = conversation
    _receive(practice, conversation, words, f"{conversation} {form}")
    return opening


def _receive(practice: Organization, conversation: str, words: str | None, external_id: str) -> None:
    event = intake.receive(
        organization=practice, conversation=conversation, channel=CHANNEL, address=None, text=words,
        external_id=external_id, at=settings.CLOCK.now(),
    )  # fmt: skip
    intake.answer(event)


def _opened_by(form: str) -> str:
    """The conversation of a first form: only the server can tell it, and the same form sent twice opens one."""
    return str(UUID(bytes=salted_hmac("releve.web", form, algorithm="sha256").digest()[:16], version=4))


def _refused(request: HttpRequest, practice: Organization, words: str, error: BadEvent) -> HttpResponse:
    """What was typed stays; nothing was written."""
    if error.field == "id":  # the same form with other words, by the back button: start afresh
        return redirect(reverse("home") + "#ecrire")
    long = _("Ce message est trop long : envoyez-le en plusieurs fois.")
    message = long if words.strip() else _("Écrivez votre message.")
    chat = queries.chat(practice, request.session.get(KEY), settings.CLOCK.now())
    more = {"error": message, "typed": words[: intake.LONGEST_TEXT]}
    if _htmx(request):
        return render(request, "web/refused.html", {"chat": chat, "form_id": uuid4(), **more}, status=422)
    return _page(request, practice, chat, status=422, **more)


def _page(request: HttpRequest, practice: Organization, chat: Chat, status: int = 200, **more: Any) -> HttpResponse:
    context = {**queries.page(practice), "chat": chat, "form_id": uuid4(), "sign_in": settings.LOGIN_URL, **more}
    return render(request, "web/home.html", context, status=status)


def _htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _form_id(text: str | None) -> str:
    try:
        return str(UUID(text or ""))
    except ValueError:
        return str(uuid4())


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0
