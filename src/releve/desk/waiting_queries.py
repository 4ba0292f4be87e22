"""What the waiting list's pages read: who waits, whom a place suits, who was served."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.db.models import Case, Count, F, Q, QuerySet, Subquery, When, Window
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from releve.agenda.waiting_list import FreedPlace, WaitingEntry, fits, standing, why
from releve.core.facts import Directory
from releve.desk import wishes, words
from releve.desk.patient_file import waiting
from releve.practice import queries
from releve.practice.models import Appointment, HealthcareService, Organization, Patient, Practitioner, WaitingListEntry

A_PAGE = 40
CAUSE = "absence"  # of an entry: whose appointment cannot take place
MOST_DISPLACED = 12
LATELY = 60  # who left the list: for how long they waited
MOST_SERVED = 6
MOST_REMOVED = 4
MOST_PLACES = 12
AHEAD = timedelta(days=21)


@dataclass(frozen=True)
class Waits:
    """One who waits: rank from 1, the words of when they can come ("" is any time), and the reasons of the rank."""

    entry: WaitingListEntry
    rank: int
    wish: str
    days: int | None
    reasons: tuple[str, ...] = ()


def how_many(practice: Organization) -> Subquery:
    """How many wait for a place, for a query of the caller's."""
    rows = WaitingListEntry.objects.filter(organization=practice, status="waiting").exclude(cause=CAUSE)
    return Subquery(rows.order_by().values("organization").annotate(n=Count("pk")).values("n"))


def page(practice: Organization, number: str | None, count: int, now: datetime) -> dict[str, Any]:
    """Three queries, whatever the length of the list. Those `displaced` wait for something else: their
    appointment cannot take place, and somebody sees to another."""
    here = waiting(Q(organization=practice, status="waiting"), now)
    displaced = here.filter(cause=CAUSE).annotate(total=Window(Count("pk"))).order_by("appointment__start", "id")
    some = list(displaced[:MOST_DISPLACED])
    rows = in_rank(here.exclude(cause=CAUSE))
    paginator = Paginator(rows, A_PAGE)
    paginator.count = count  # it is known already
    shown = paginator.get_page(number)
    left = WaitingListEntry.objects.filter(organization=practice).exclude(left_at=None)
    gone = list(left.select_related("patient", "service").order_by("-left_at", "-id")[:LATELY])
    served = [entry for entry in gone if entry.status == "booked"]
    recent = now - timedelta(days=2)
    removed = [entry for entry in gone if entry.status == "removed" and (entry.left_at or recent) > recent]
    return {
        "shown": shown,
        "waits": [waits(entry, now, shown.start_index() + n) for n, entry in enumerate(shown)],
        "displaced": some,
        "displaced_total": getattr(some[0], "total", 0) if some else 0,
        "served": [(entry, days(entry, entry.left_at)) for entry in served[:MOST_SERVED]],
        "usual_wait": _usual(served),
        "removed": removed[:MOST_REMOVED],
    }


def waits(entry: WaitingListEntry, now: datetime, rank: int = 0) -> Waits:
    here = timezone.localtime(now).replace(tzinfo=None)
    return Waits(entry, rank, wishes.in_words(entry.windows, here), days(entry, now), reasons(entry, now))


def in_rank(rows: QuerySet[WaitingListEntry]) -> QuerySet[WaitingListEntry]:
    """As `agenda.waiting_list.standing` sorts them."""
    wished = Case(When(windows=[], then=0), default=1) + Case(When(practitioner=None, then=0), default=1)
    return rows.order_by("-priority", "-missed", wished.desc(), F("joined_at").asc(nulls_first=True), "id")


def reasons(entry: WaitingListEntry, now: datetime) -> tuple[str, ...]:
    """Why it has its rank, in words, the weightiest first."""
    known = Directory(entry.organization, {}, {}, {})
    codes = why(queries.waits(entry, known, ZoneInfo(known.practice.timezone)))
    return tuple(_waited(entry, now) if code == "waited" else _reason(code, entry) for code in codes)


def _reason(code: str, entry: WaitingListEntry) -> str:
    told = words.word(words.RANKS, code)
    return f"{told} ({entry.priority_why})" if code in ("first", "sooner") and entry.priority_why else told


def _waited(entry: WaitingListEntry, now: datetime) -> str:
    waited = days(entry, now)
    if waited is None:
        return _("attend depuis une date inconnue")
    if not waited:
        return _("attend depuis aujourd’hui")
    return ngettext("attend depuis %(n)d jour", "attend depuis %(n)d jours", waited) % {"n": waited}


def days(entry: WaitingListEntry, until: datetime | None) -> int | None:
    """How long they have waited; None when nobody noted since when."""
    return (until - entry.joined_at).days if entry.joined_at is not None and until is not None else None


def _usual(served: list[WaitingListEntry]) -> int | None:
    waited = [d for entry in served if (d := days(entry, entry.left_at)) is not None]
    return round(median(waited)) if waited else None


def one(practice: Organization, identifier: str, now: datetime) -> WaitingListEntry | None:
    return waiting(Q(organization=practice, identifier=identifier), now).first()


def by_key(practice: Organization, key: int, now: datetime) -> WaitingListEntry | None:
    return waiting(Q(organization=practice, pk=key), now).first()


def choices(practice: Organization, patient: Patient, now: datetime) -> dict[str, Any]:
    """What an inscription can name: visits, practitioners, a later appointment that the place would replace."""
    known = queries.directory(practice)
    rows = Appointment.objects.filter(patient=patient, status="booked", start__gt=now)
    return {
        "services": [s for s in known.services.values() if getattr(s, "active", True)],
        "people": [p for p in known.practitioners.values() if getattr(p, "active", True)],
        "appointments": list(rows.select_related("practitioner", "service").order_by("start")),
        "performers": known.performers,
    }


# --- offering a place by hand ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class FreePlace:
    """`before`: how many of a better rank it would suit as well."""

    start: datetime
    practitioner: Practitioner
    before: int


def places(practice: Organization, entry: WaitingListEntry, now: datetime) -> list[FreePlace]:
    """The next free places that suit this entry, the earliest first."""
    known, zone = who_does_what(practice), ZoneInfo(practice.timezone)
    wanted = queries.waits(entry, known, zone)
    who = [entry.practitioner_id] if entry.practitioner_id else list(known.performers.get(entry.service_id, ()))
    visit = entry.service
    length = timedelta(minutes=visit.duration_min)
    suiting = sorted(
        (start, key)
        for key, calendar in queries.calendars([k for k in who if k], now, visits=[visit], by_staff=True).items()
        for start in calendar.free(now, now + AHEAD, visit)
        if start > now and fits(wanted, FreedPlace(str(key), start, start + length))
    )[:MOST_PLACES]
    rows = WaitingListEntry.objects.filter(organization=practice, status="waiting").exclude(pk=entry.pk)
    others = (queries.waits(row, known, zone) for row in rows.select_related("service", "appointment").order_by("id"))
    earlier = [other for other in others if standing(other) < standing(wanted)]
    people: Mapping[int, Any] = known.practitioners
    return [FreePlace(start, people[key], _before(earlier, start, key, length)) for start, key in suiting]


def who_does_what(practice: Organization) -> Directory:
    """Practitioners, with their hours, and the visits they give, in one query."""
    links = HealthcareService.practitioners.through.objects.filter(
        healthcareservice__organization=practice, practitioner__active=True
    )
    performers: dict[int, list[int]] = {}
    people = {}
    for link in links.select_related("practitioner__schedule__organization").order_by("id"):
        performers.setdefault(link.healthcareservice_id, []).append(link.practitioner_id)
        people[link.practitioner_id] = link.practitioner
    return Directory(practice, people, {}, {key: tuple(who) for key, who in performers.items()}, ())


def _before(earlier: list[WaitingEntry], start: datetime, key: int, length: timedelta) -> int:
    place = FreedPlace(str(key), start, start + length)
    return sum(fits(entry, place) for entry in earlier)
