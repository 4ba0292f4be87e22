"""Signing in. Five failures for a name within five minutes, and it must wait; the words never say if a name exists."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from releve.desk.doors import unlock
from releve.desk.resuming import kept_again, resumed
from releve.intake import limits
from releve.practice.models import Organization

YEAR = 365 * 24 * 3600
FAILURES = 5
WAIT = timedelta(minutes=5)
WHAT = "sign-in"


class SignIn(LoginView):
    """Django renews the session's key when someone signs in."""

    template_name = "desk/sign_in.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Counted before the password is looked at: a hundred at once are still five.
        if limits.tried(WHAT, _name(request), within=WAIT, now=settings.CLOCK.now()) > FAILURES:
            return self._wait()
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        limits.clear(WHAT, _name(self.request))
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
        answer: HttpResponseBase = self.render_to_response(self.get_context_data(form=form, wrong=True), status=422)
        assert isinstance(answer, HttpResponse)
        return answer

    def _wait(self) -> HttpResponse:
        words = _("Trop d’essais. Attendez cinq minutes, puis recommencez.")
        answer = self.render_to_response(self.get_context_data(form=self.get_form_class()(), wait=words), status=429)
        answer["Retry-After"] = str(int(WAIT.total_seconds()))
        return answer


def _name(request: HttpRequest) -> str:
    return request.POST.get("username", "").strip().casefold()
