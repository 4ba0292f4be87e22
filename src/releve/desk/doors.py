"""What stands before every staff page: someone signed in, at a desk that is not locked. What was typed is never lost.

A form that arrives when the session is over, the desk locked or the token stale is kept in the page that asks who is
there; once they have answered, one button sends it on, unchanged.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from releve.practice.models import User

LOCKED, SEEN = "locked", "used"  # in the session, beside what the public pages keep there
NOTED_EVERY = timedelta(minutes=1)  # how finely the last use is known; each note is a write
NEVER_KEPT = ("csrfmiddlewaretoken", "password", "old_password", "pin", "username", "code")
View = Callable[..., HttpResponseBase]


def staff(view: View, quiet: bool = False) -> View:
    """Signed-in people at an unlocked desk, and nothing kept by the browser. `quiet`: does not count as use."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return _sign_in(request, quiet)
        if locked(request):
            return _locked(request, quiet)
        if not quiet and not _by_itself(request):
            _note_use(request)
        return view(request, *args, **kwargs)

    return never_cache(door)


def locked(request: HttpRequest) -> bool:
    """Locked by hand, or left alone for longer than the practice allows."""
    if request.session.get(LOCKED):
        return True
    seen, limit = request.session.get(SEEN), settings.ENVIRONMENT.lock_minutes
    if not limit or seen is None or settings.CLOCK.now().timestamp() - seen <= limit * 60:
        return False
    lock(request)
    return True


def lock(request: HttpRequest) -> None:
    request.session[LOCKED] = True


def unlock(request: HttpRequest) -> None:
    request.session.pop(LOCKED, None)
    request.session[SEEN] = int(settings.CLOCK.now().timestamp())


def _by_itself(request: HttpRequest) -> bool:
    """A region of the page looks again when something has happened: nobody need be there."""
    return request.method == "GET" and bool(getattr(request, "htmx", False))


def _note_use(request: HttpRequest) -> None:
    now = int(settings.CLOCK.now().timestamp())
    if now - request.session.get(SEEN, 0) >= NOTED_EVERY.total_seconds():
        request.session[SEEN] = now


def _sign_in(request: HttpRequest, quiet: bool) -> HttpResponseBase:
    if quiet or _by_itself(request):
        return _reload()
    if request.method != "POST":
        return redirect_to_login(_here(request), settings.LOGIN_URL)
    return _ask(request, "desk/sign_in.html", {"next": "", "expired": True})


def _locked(request: HttpRequest, quiet: bool) -> HttpResponseBase:
    return _reload() if quiet or _by_itself(request) else _ask(request, "desk/locked.html", {"next": _here(request)})


def _reload() -> HttpResponse:
    """The page that asked in the background shows who must come back."""
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})


def _ask(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    answer = render(request, template, {**context, "kept": kept(request)}, status=401)
    answer["HX-Retarget"], answer["HX-Reswap"] = "body", "innerHTML"
    return answer


def _here(request: HttpRequest) -> str:
    """Where to come back to: the page, or for what a form sent, the page it was on."""
    if request.method in ("GET", "HEAD") and not getattr(request, "htmx", False):
        return request.get_full_path()
    came = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    return f"{came.path}?{came.query}".rstrip("?") if came.netloc == request.get_host() else "/"


def kept(request: HttpRequest) -> dict[str, Any] | None:
    """The form that was being sent: its address and fields, less what only ever travels once."""
    if request.method != "POST":
        return None
    fields = [(name, value) for name in request.POST if name not in NEVER_KEPT for value in request.POST.getlist(name)]
    return {"to": request.get_full_path(), "fields": fields}


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF failure: a form of our own page may be sent again by hand; one from elsewhere is refused."""
    if request.headers.get("Sec-Fetch-Site") != "same-origin" or "csrf" not in reason.lower():
        return render(request, "403_csrf.html", status=403)
    answer = render(request, "desk/resume.html", {"kept": kept(request)}, status=403)
    return answer
