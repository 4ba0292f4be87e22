"""A patient's own appointments: found by a code sent to the contact on file; and the end of it on this device."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from releve.channels.web import codes, device, frame, own_queries
from releve.channels.web.forms import FindForm
from releve.look.doors import of_the_practice
from releve.practice.models import Organization
from releve.practice.queries import directory


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def own(request: HttpRequest, practice: Organization) -> HttpResponse:
    """The list, once a code was given; before it, the phone or e-mail and the birth date."""
    now = settings.CLOCK.now()
    if request.method == "POST":
        return _send(request, practice)
    proved = device.proved(request, now)
    if not proved:
        return _find(request, practice, FindForm(today=timezone.localdate(now)))
    tickets = own_queries.coming(practice, directory(practice), proved, now)
    several = len({ticket.row.patient_id for ticket in tickets}) > 1
    return frame.show(request, practice, "web/own/list.html", tickets=tickets, several=several)


def _send(request: HttpRequest, practice: Organization) -> HttpResponse:
    form = FindForm(request.POST, today=timezone.localdate(settings.CLOCK.now()))
    if not form.is_valid():
        return _find(request, practice, form)
    holders = own_queries.holders(practice, form.cleaned_data["contact"], form.cleaned_data["birth"])
    return codes.send(request, practice, holders, after=reverse("own"), back=reverse("own"))


def _find(request: HttpRequest, practice: Organization, form: FindForm) -> HttpResponse:
    now = settings.CLOCK.now()
    booked = own_queries.booked_here(practice, device.booked(request, now), now)
    status = 422 if form.is_bound else 200
    return frame.show(request, practice, "web/own/find.html", status, form=form, booked=booked)


@require_POST
@of_the_practice
def finish(request: HttpRequest, practice: Organization) -> HttpResponse:
    """Terminé sur cet appareil: nothing of the visit stays here."""
    device.forget(request)
    messages.success(request, _("C’est terminé : plus rien de votre visite n’est gardé sur cet appareil."))
    return redirect(f"{reverse('home')}?{device.FINISHED}")  # the chat's script forgets its draft too
