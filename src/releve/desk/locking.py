"""A shared desk: locked in one key, opened again by its person's quick code or password, at the same place."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.hashers import check_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from releve.desk import doors, sign_in
from releve.desk.resuming import kept_again, resumed
from releve.intake import limits
from releve.practice.models import User


@require_POST
@never_cache
def lock(request: HttpRequest) -> HttpResponse:
    """The content goes, the person's name stays."""
    if isinstance(request.user, User):
        doors.lock(request)
    return redirect(local(request, request.POST.get("next", "")))


@require_POST
@never_cache
def unlock(request: HttpRequest) -> HttpResponse:
    """Five wrong answers sign the person out: then it takes the password and the name."""
    user, back = request.user, local(request, request.POST.get("next", ""))
    if not isinstance(user, User):
        return redirect("sign-in")
    given, whom = request.POST.get("password", ""), str(request.session.session_key)
    # Counted before it is looked at: a hundred at once are still five.
    count = limits.tried("lock", whom, within=sign_in.WAIT, now=settings.CLOCK.now())
    if count <= sign_in.FAILURES and _is_theirs(given, user):
        limits.clear("lock", whom)
        doors.unlock(request)
        return resumed(request) or redirect(back)
    if count >= sign_in.FAILURES:
        logout(request)
        return redirect("sign-in")
    wrong = _("Ce code n’est pas le vôtre.") if user.pin else _("Ce mot de passe n’est pas le vôtre.")
    return render(request, "desk/locked.html", {"next": back, "wrong": wrong, "kept": kept_again(request)}, status=422)


def _is_theirs(given: str, user: User) -> bool:
    return check_password(given, user.password) or bool(user.pin and check_password(given, user.pin))


def local(request: HttpRequest, path: str) -> str:
    """An address of this service, or the day's page."""
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts={request.get_host()})
    return path if safe else "/journee/"
