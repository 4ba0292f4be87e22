"""The switch of the simulated patients: how fast they write, or not at all."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from releve.demo.models import SPEEDS, Simulation
from releve.demo.simulating import LASTS


@require_POST
def speed(request: HttpRequest) -> HttpResponse:
    """Sets the speed and goes back to the page it was asked from; setting them going gives them their hours anew."""
    wanted = request.POST.get("speed", "")
    rows = Simulation.objects.all()
    if not settings.ENVIRONMENT.demonstration or wanted not in SPEEDS or not rows.exists():
        raise Http404
    rows.update(speed=wanted, until=settings.CLOCK.now() + LASTS)
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    page = request.POST.get("next", "")
    mine = url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure())
    return page if mine else settings.LOGIN_REDIRECT_URL
