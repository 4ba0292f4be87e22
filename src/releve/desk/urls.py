"""The staff's addresses. `staff` makes each of them a door that only opens to someone signed in."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LogoutView
from django.http import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from releve.desk import agenda, booking, guarantee, inbox, outgoing, red_flags, sign_in, talks


def staff(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Signed-in people only, and nothing kept by the browser."""
    door: Any = login_required(never_cache(view))
    entry: URLPattern = path(route, door, name=name)
    return entry


# Conversations go by their key: their identifier may hold a phone number, and addresses end up in logs. An
# appointment's identifier may come from outside and hold a slash: `path`, after the addresses that end in a word.
urlpatterns = [
    path("connexion/", sign_in.SignIn.as_view(), name="sign-in"),
    path("deconnexion/", LogoutView.as_view(), name="sign-out"),
    staff("boite/", inbox.inbox, "inbox"),
    staff("boite/<str:identifier>/", inbox.review, "review"),
    staff("boite/<str:identifier>/annuler/", inbox.undo, "undo"),
    staff("conversations/", talks.conversations, "conversations"),
    staff("conversations/<int:key>/prendre/", talks.take_over, "take-over"),
    staff("conversations/<int:key>/rendre/", talks.hand_back, "hand-back"),
    staff("conversations/<int:key>/", talks.conversation, "conversation"),
    staff("agenda/", agenda.day, "agenda"),
    staff("agenda/nouveau/", booking.new, "booking"),
    staff("agenda/rendez-vous/<path:identifier>/annuler/", agenda.cancel, "cancel"),
    staff("agenda/rendez-vous/<path:identifier>/absent/", agenda.no_show, "no-show"),
    staff("agenda/rendez-vous/<path:identifier>/", agenda.appointment, "appointment"),
    staff("garantie/", guarantee.guarantee, "guarantee"),
    staff("garantie/arreter/", guarantee.stop, "stop"),
    staff("garantie/reprendre/", guarantee.restart, "restart"),
    staff("garantie/signaux/", red_flags.red_flags, "red-flags"),
    staff("sortie/", outgoing.outgoing, "outgoing"),
]
