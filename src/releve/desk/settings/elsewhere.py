"""Agendas kept in other software: where each one is kept, the calendar that says when someone is not free, the private
address under which that software reads ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from releve.core.elsewhere import CreateAgendaKey, DropFeed, KeepElsewhere, KeepFeed, RevokeAgendaKey
from releve.desk import page
from releve.desk.settings import feed_words, queries
from releve.desk.settings.elsewhere_forms import DropForm, FeedForm, WayForm
from releve.desk.settings.forms import sent
from releve.desk.settings.page import keep, show
from releve.interop.ical import polling
from releve.interop.ical.errors import BadFeed
from releve.interop.ical.reading import Busy
from releve.look.doors import of_the_practice
from releve.practice import busy
from releve.practice.models import AgendaKey, Appointment, Feed, Organization, Practitioner, Schedule

SECTION = "settings-elsewhere"
NEXT = 5


@dataclass(frozen=True)
class Look:
    """What was just read, before anything is kept."""

    error: str = ""
    count: int = 0
    coming: tuple[Busy, ...] = ()
    ours: int = 0
    free: int = 0
    open: bool = False  # by http: anyone on the way can read it


@dataclass(frozen=True)
class Person:
    """A line of the list."""

    row: Practitioner
    way: str
    feed: Feed | None
    stale: bool
    error: str
    keys: int
    conflicts: int
    doubts: Sequence[str]


@require_safe
@of_the_practice
def people(request: HttpRequest, practice: Organization) -> HttpResponse:
    now = settings.CLOCK.now()
    feeds = {feed.schedule.practitioner_id: feed for feed in _feeds(practice)}
    keys = [key.practitioner_id for key in _keys(practice)]
    clashing = _clashing(practice)
    rows = [
        Person(
            row=row, way=feed_words.way(row.elsewhere, row.pk in feeds), feed=feeds.get(row.pk),
            stale=_stale(feeds.get(row.pk)), doubts=feed_words.doubts(row.elsewhere, row.pk in feeds, row.pk in keys),
            error=feed_words.said(feeds[row.pk].error) if row.pk in feeds and feeds[row.pk].error else "",
            keys=keys.count(row.pk), conflicts=clashing.count(row.pk),
        )
        for row in queries.working(practice)
    ]  # fmt: skip
    return show(request, practice, "elsewhere", SECTION, people=rows, now=now)


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def person(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """Three things of one person. `faire` says which: where it is kept, the calendar to check, to keep or to drop."""
    found = get_object_or_404(Practitioner, organization=practice, identifier=identifier)
    doing = request.POST.get("faire", "")
    shown = _shown(practice, found)
    way = WayForm(sent(request) if doing == "mode" else None, initial={"way": found.elsewhere})
    proposed = {"kept": "feed" if shown["keys"] else "tasks"}
    asks = shown["feed"] is None and not found.elsewhere
    feed = FeedForm(sent(request) if doing in ("verifier", "garder") else None, asks=asks, initial=proposed)
    drop = DropForm(sent(request) if doing == "retirer" else None)
    look: Look | None = None
    if doing == "mode" and way.is_valid():
        act = KeepElsewhere(practitioner=found.pk, way=way.cleaned_data["way"])
        keep(request, practice, act, _("C’est enregistré."))
        return redirect("settings-elsewhere-person", identifier=identifier)
    if doing == "retirer":
        gone = DropFeed(practitioner=found.pk, way=drop.way())
        keep(request, practice, gone, _("Ce calendrier n’est plus lu."))
        return redirect("settings-elsewhere-person", identifier=identifier)
    if feed.is_bound and feed.is_valid():
        url = feed.cleaned_data["url"] or _kept_url(found)
        if not url:
            feed.add_error("url", _("Collez d’abord l’adresse du calendrier."))
        elif doing == "verifier":
            look = _look(practice, url) if queries.leads(request.user) else None
        elif _keep_feed(request, practice, found, url, feed.way()):
            return redirect("settings-elsewhere-person", identifier=identifier)
    status = 422 if way.errors or feed.errors else 200
    forms = {"way": way, "form": feed, "drop": drop}
    return show(request, practice, "elsewhere_person", SECTION, status, **shown, **forms, look=look, person=found)


@require_POST
@of_the_practice
def new_key(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """Shows the address once."""
    found = get_object_or_404(Practitioner, organization=practice, identifier=identifier)
    outcome = page.act(
        request, practice, CreateAgendaKey(practitioner=found.pk, with_names="initiales" in request.POST)
    )
    if outcome is None or "key" not in outcome.facts:
        page.say(request, outcome, "")
        return redirect("settings-elsewhere-person", identifier=identifier)
    path = reverse("agenda-feed", kwargs={"key": outcome.facts["key"]})
    return show(request, practice, "elsewhere_key", SECTION, person=found, link=request.build_absolute_uri(path))


@require_POST
@of_the_practice
def revoke_key(request: HttpRequest, practice: Organization, identifier: str, key: int) -> HttpResponse:
    found = get_object_or_404(Practitioner, organization=practice, identifier=identifier)
    row = get_object_or_404(AgendaKey, pk=key, practitioner=found)
    keep(request, practice, RevokeAgendaKey(key=row.pk), _("Cette adresse ne répond plus."))
    return redirect("settings-elsewhere-person", identifier=identifier)


def _shown(practice: Organization, found: Practitioner) -> Mapping[str, Any]:
    feed = Feed.objects.filter(schedule__practitioner=found).first()
    now = settings.CLOCK.now()
    keys = [key for key in _keys(practice) if key.practitioner_id == found.pk]
    return {
        "feed": feed,
        "masked": polling.masked(feed.url) if feed else "",
        "error": feed_words.said(feed.error) if feed and feed.error else "",
        "stale": _stale(feed),
        "count": busy.coming(feed, now) if feed else 0,
        "keys": keys,
        "doubts": feed_words.doubts(found.elsewhere, feed is not None, bool(keys)),
        "conflicts": _clashing(practice).count(found.pk),
        "hours": Schedule.objects.filter(practitioner=found).exists(),
    }


def _look(practice: Organization, url: str) -> Look:
    """Reads it as the worker will; nothing is kept."""
    now = settings.CLOCK.now()
    try:
        got = polling.look(url)
        reading = polling.understood(got.data or b"", practice, now)
    except BadFeed as why:
        return Look(error=feed_words.said(why.code))
    coming = tuple(one for one in reading.busy if one.end > now)
    opened = urlsplit(url).scheme == "http"
    return Look("", len(coming), coming[:NEXT], reading.ours, reading.free, opened)


def _keep_feed(request: HttpRequest, practice: Organization, found: Practitioner, url: str, way: str | None) -> bool:
    """It is read at once, so that what it says counts from now on; a person has seen it if it is empty."""
    act = KeepFeed(practitioner=found.pk, host=urlsplit(url).hostname or "", way=way, url=url)
    outcome = page.act(request, practice, act)
    if outcome is None:
        return True
    if outcome.status == "refused":
        page.say(request, outcome, "")
        return False
    now = settings.CLOCK.now()
    feed = Feed.objects.select_related("organization", "schedule").get(schedule__practitioner=found)
    if polling.claim(feed, now) and polling.read_one(feed, now, emptied=True):
        page.say(request, outcome, _("Le calendrier est enregistré et lu."))
    else:
        page.say(request, outcome, _("L’adresse est enregistrée. Le calendrier n’a pas pu être lu : Relève réessaie."))
    return True


def _kept_url(found: Practitioner) -> str:
    return Feed.objects.filter(schedule__practitioner=found).values_list("url", flat=True).first() or ""


def _stale(feed: Feed | None) -> bool:
    return feed is not None and busy.is_stale(feed, settings.CLOCK.now())


def _feeds(practice: Organization) -> list[Feed]:
    return list(Feed.objects.filter(organization=practice).select_related("schedule").order_by("id"))


def _keys(practice: Organization) -> list[AgendaKey]:
    rows = AgendaKey.objects.filter(practitioner__organization=practice, revoked_at=None)
    return list(rows.order_by("created_at", "id"))


def _clashing(practice: Organization) -> list[int]:
    """The practitioner of each coming appointment that falls on what another agenda holds."""
    now = settings.CLOCK.now()
    feeds = Feed.objects.filter(organization=practice).values("schedule__practitioner")
    rows = Appointment.objects.filter(practitioner__in=feeds, status="booked", end__gt=now)
    found = list(rows.order_by("start", "id"))
    clashing = busy.conflicts(found)
    return [row.practitioner_id for row in found if row.pk in clashing]
