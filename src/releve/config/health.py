"""`GET /health`: well when the database answers and no timer is a minute late."""

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from releve.intake import actions as intake
from releve.post import queries as post

LATE = timedelta(seconds=60)


def health(request: HttpRequest) -> JsonResponse:
    """200 with JSON; 503 when the database does not answer, or when timers or stored messages have waited for a minute
    (the worker is not at work)."""
    now = settings.CLOCK.now()
    try:
        overdue = post.next_timer(now - LATE) is not None or intake.unanswered(now - LATE).exists()
    except DatabaseError:
        return JsonResponse({"status": "down", "database": "unreachable"}, status=503)
    body = {"status": "late" if overdue else "ok", "database": "ok", "worker": "late" if overdue else "ok"}
    return JsonResponse(body, status=503 if overdue else 200)
