"""What waits to leave, and what has left; never the words, never a whole address."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from releve.desk import page, queries
from releve.look.doors import of_the_practice
from releve.practice.models import Organization


@require_safe
@of_the_practice
def outgoing(request: HttpRequest, practice: Organization) -> HttpResponse:
    sends = settings.ENVIRONMENT.show_messages  # no provider yet: only the demonstration "sends"
    return page.show(request, practice, "desk/outgoing.html", "inbox", sends=sends, **queries.outgoing())
