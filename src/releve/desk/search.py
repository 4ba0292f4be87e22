"""One search for everything: people, what comes next for them, open requests, pages and actions."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from releve.desk import commands, page, sought, words
from releve.desk import patient_queries as people
from releve.language.temporal.birth import dates
from releve.look.doors import of_the_practice
from releve.practice.models import Organization, Task
from releve.practice.rules import name_words

MOST_PEOPLE = 7
MOST_TASKS = 5
SHORTEST = 2  # letters before anybody is shown


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def search(request: HttpRequest, practice: Organization) -> HttpResponse:
    """A whole page, or for HTMX the list alone."""
    if sought.sent_by_hand(request):
        return sought.to(request, "search")
    text = sought.text(request)
    found = results(practice, text, settings.CLOCK.now())
    if getattr(request, "htmx", False):
        return render(request, "desk/search_results.html", {"q": text, **found})
    return page.show(request, practice, "desk/search.html", "", q=text, **found)


def results(practice: Organization, text: str, now: datetime) -> dict[str, Any]:
    """Four queries at most."""
    patients = people.find(practice, text, now, MOST_PEOPLE) if len(text) >= SHORTEST else []
    return {
        "people": people.with_all(practice, patients, now),
        "tasks": _tasks(practice, text) if len(text) >= SHORTEST else [],
        "day": _day(text, now),
        "commands": commands.matching(text),
    }


def _tasks(practice: Organization, text: str) -> list[tuple[Task, str]]:
    """Open requests of a kind whose name has these words."""
    typed = name_words(*text.split())
    kinds = [k for k, label in words.KINDS.items() if typed and all(_has(str(label), w) for w in typed)]
    if not kinds:
        return []
    rows = Task.objects.filter(organization=practice, status="open", kind__in=kinds).select_related("patient")
    return [(row, words.word(words.KINDS, row.kind)) for row in rows.order_by("created_at", "id")[:MOST_TASKS]]


def _has(label: str, typed: str) -> bool:
    return any(word.startswith(typed) for word in name_words(label))


def _day(text: str, now: datetime) -> date | None:
    """« mardi 17 », « demain »: the agenda of that day, when the text says nothing else."""
    here = timezone.localtime(now).replace(tzinfo=None)
    found = [when for start, end, when in dates(text, here) if end - start >= len(text) - 1]
    return found[0] if found and abs((found[0] - here.date()).days) < 1000 else None
