"""Signing in. Five failures for a name within five minutes, and it must wait; the words never say if a name exists."""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from releve.desk.doors import unlock
from releve.desk.resuming import kept_again, resumed
from releve.practice.models import Organization

YEAR = 365 * 24 * 3600
FAILURES = 5
WAIT_SECONDS = 300


class SignIn(LoginView):
    """Django renews the session's key when someone signs in."""

    template_name = "desk/sign_in.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if failures(_name(request)) >= FAILURES:
            return self._wait()
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        cache.delete(key(_name(self.request)))
        answer = super().form_valid(form)
        unlock(self.request)
        user = form.get_user()
        if user.language:
            answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, max_age=YEAR, samesite="Lax")
        return resumed(self.request) or answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        practice = Organization.objects.first()
        return {**super().get_context_data(**kwargs), "practice": practice, "kept": kept_again(self.request)}

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        failed(_name(self.request))
        answer: HttpResponseBase = self.render_to_response(self.get_context_data(form=form, wrong=True), status=422)
        assert isinstance(answer, HttpResponse)
        return answer

    def _wait(self) -> HttpResponse:
        words = _("Trop d’essais. Attendez cinq minutes, puis recommencez.")
        answer = self.render_to_response(self.get_context_data(form=self.get_form_class()(), wait=words), status=429)
        answer["Retry-After"] = str(WAIT_SECONDS)
        return answer


def failures(name: str) -> int:
    return int(cache.get(key(name), 0))


def failed(name: str) -> None:
    """Counts one; the five minutes run from the first."""
    if not cache.add(key(name), 1, WAIT_SECONDS):
        try:
            cache.incr(key(name))
        except ValueError:  # it expired in between
            cache.set(key(name), 1, WAIT_SECONDS)


def _name(request: HttpRequest) -> str:
    return request.POST.get("username", "").strip().casefold()


def key(name: str) -> str:
    return f"sign-in:{hashlib.sha256(name.encode()).hexdigest()}"
