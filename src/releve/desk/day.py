"""The day: what needs me now, who comes, what changed since I last looked, what the assistant did."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from releve.desk import day_queries, history, page, queries, ribbon
from releve.intake.actions import looked
from releve.ledger import queries as ledger
from releve.look.doors import of_the_practice
from releve.practice import busy
from releve.practice.models import Organization, User

GLANCE = timedelta(minutes=5)  # a page drawn again within it is the same look


@require_safe
@of_the_practice
def day(request: HttpRequest, practice: Organization) -> HttpResponse:
    """Today."""
    now, user = settings.CLOCK.now(), request.user
    assert isinstance(user, User)
    today = timezone.localtime(now).date()
    leaves = ledger.newest(day_queries.LOOKED_AT, history.SENTENCES)
    rows, known = day_queries.appointments(practice, today, history.keys(leaves, "appointment"))
    fresh, earlier = day_queries.split(history.lines(practice, leaves, now, known), user.seen_at)
    waits = queries.inbox(practice, now, day_queries.SHOWN_TASKS)
    since = day_queries.since(practice, now)
    shown: dict[str, Any] = {
        "today": today,
        "groups": _grouped(waits),
        "hot": sum(item.task.priority == "emergency" for item in waits),
        "visits": day_queries.visits(rows, now),
        "stale": busy.stale(practice, now),
        **day_queries.clashes(rows, now),
        "ribbon": _ribbon(practice, rows, today, now),
        "counted_since": since,
        "pulse": queries.pulse(practice, **day_queries.counted(practice, since, now)),
        "fresh": fresh,
        "earlier": earlier,
        "seen_at": user.seen_at,
        "lists_alerts": True,
    }
    answer = page.show(request, practice, "desk/day.html", "day", **shown)
    if not getattr(request, "htmx", False) and (user.seen_at is None or now - user.seen_at > GLANCE):
        looked(user, now)
    return answer


def _grouped(waits: list[queries.Item]) -> list[tuple[str, str, list[tuple[int, queries.Item]]]]:
    """By urgency, each with the number that opens it."""
    numbered = list(enumerate(waits, 1))
    groups = [(p, [(n, i) for n, i in numbered if i.task.priority == p]) for p in ("emergency", "today", "routine")]
    return [(p, items[0][1].priority, items) for p, items in groups if items]


def _ribbon(practice: Organization, rows: list[Any], shown: date, now: datetime) -> ribbon.Drawing | None:
    local = now.astimezone(ZoneInfo(practice.timezone))
    return ribbon.drawing(day_queries.ribbon(practice, rows, shown, local), local)


@require_safe
@of_the_practice
def tomorrow(request: HttpRequest, practice: Organization) -> HttpResponse:
    """The next day that somebody comes, and what changed for it since yesterday."""
    now = settings.CLOCK.now()
    today = timezone.localtime(now).date()
    coming = day_queries.next_day(practice, today)
    rows, _known = day_queries.appointments(practice, coming)
    began = day_queries.bounds(practice, today - timedelta(days=1))[0]
    shown: dict[str, Any] = {
        "coming": coming,
        "is_tomorrow": coming == today + timedelta(days=1),
        "visits": day_queries.visits(rows, now),
        **day_queries.clashes(rows, now),
        "ribbon": _ribbon(practice, rows, coming, now),
        "changes": day_queries.changes_of(practice, coming, began, now),
    }
    return page.show(request, practice, "desk/tomorrow.html", "day", **shown)
