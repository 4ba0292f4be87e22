"""Conversations: reading them, taking them over, answering as a person, giving them back."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from releve.core.acts import HandBack, SendMessage, TakeOver
from releve.desk import page, queries
from releve.look.doors import of_the_practice
from releve.practice.models import Conversation, Organization

LONGEST_MESSAGE = 2000


@require_safe
@of_the_practice
def conversations(request: HttpRequest, practice: Organization) -> HttpResponse:
    """The latest first, and the first beside them."""
    now = settings.CLOCK.now()
    talks = queries.conversations(practice, now)
    first = queries.talk(talks[0]["talk"], now) if talks else {}
    context = {"talks": talks, "lists_alerts": True, "at_list": True, **first}
    return page.show(request, practice, "desk/conversations.html", "inbox", **context)


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def conversation(request: HttpRequest, practice: Organization, key: int) -> HttpResponse:
    """One conversation; a POST answers in it as a person, which takes it over."""
    talk = get_object_or_404(queries.talks(practice), pk=key)
    if request.method == "POST":
        return _answer(request, practice, talk)
    now = settings.CLOCK.now()
    shown = {"talks": queries.conversations(practice, now), **queries.talk(talk, now)}
    return page.show(request, practice, "desk/conversations.html", "inbox", **shown)


def _answer(request: HttpRequest, practice: Organization, talk: Conversation) -> HttpResponse:
    text = page.typed(request, "text", LONGEST_MESSAGE)
    if not text:
        messages.error(request, _("Écrivez votre message : rien n’est parti."))
        return redirect("conversation", talk.pk)
    if not talk.with_person:
        page.act(request, practice, TakeOver(conversation=talk.pk), part=":take-over")
    outcome = page.act(request, practice, SendMessage(conversation=talk.pk, text=text))
    page.say(request, outcome, _("Message envoyé."))
    return redirect("conversation", talk.pk)


@require_POST
@of_the_practice
def take_over(request: HttpRequest, practice: Organization, key: int) -> HttpResponse:
    talk = get_object_or_404(queries.talks(practice), pk=key)
    outcome = page.act(request, practice, TakeOver(conversation=talk.pk))
    page.say(request, outcome, _("Vous avez la main : l’assistant ne répond plus ici."))
    return redirect("conversation", key)


@require_POST
@of_the_practice
def hand_back(request: HttpRequest, practice: Organization, key: int) -> HttpResponse:
    talk = get_object_or_404(queries.talks(practice), pk=key)
    outcome = page.act(request, practice, HandBack(conversation=talk.pk))
    page.say(request, outcome, _("L’assistant répond de nouveau dans cette conversation."))
    return redirect("conversation", key)
