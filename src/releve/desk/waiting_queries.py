"""What the waiting list's pages read: who waits, whom a place suits, who was served."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils import timezone

from releve.agenda.waiting_list import FreedPlace, WaitingEntry, fits
from releve.core.facts import Directory
from releve.desk import wishes
from releve.desk.patient_file import waiting
from releve.practice import queries
from releve.practice.models import Appointment, HealthcareService, Organization, Patient, Practitioner, WaitingListEntry

A_PAGE = 40
LATELY = 20  # served, for how long they waited
MOST_SERVED = 6
MOST_REMOVED = 4
MOST_PLACES = 12
AHEAD = timedelta(days=21)


@dataclass(frozen=True)
class Waits:
    """One who waits: rank from 1, and the words of when they can come ("" is any time)."""

    entry: WaitingListEntry
    rank: int
    wish: str
    days: int | None


def page(practice: Organization, number: str | None, now: datetime) -> dict[str, Any]:
    """Four queries, whatever the length of the list."""
    here = timezone.localtime(now).replace(tzinfo=None)
    rows = waiting(Q(organization=practice, status="waiting"), now).order_by("id")
    shown = Paginator(rows, A_PAGE).get_page(number)
    left = WaitingListEntry.objects.filter(organization=practice).exclude(left_at=None)
    left = left.select_related("patient", "service").order_by("-left_at", "-id")
    served = list(left.filter(status="booked")[:LATELY])
    return {
        "shown": shown,
        "waits": [
            Waits(entry, shown.start_index() + n, wishes.in_words(entry.windows, here), days(entry, now))
            for n, entry in enumerate(shown)
        ],
        "served": [(entry, days(entry, entry.left_at)) for entry in served[:MOST_SERVED]],
        "usual_wait": _usual(served),
        "removed": list(left.filter(status="removed", left_at__gt=now - timedelta(days=2))[:MOST_REMOVED]),
    }


def days(entry: WaitingListEntry, until: datetime | None) -> int | None:
    """How long they have waited; None when nobody noted since when."""
    return (until - entry.joined_at).days if entry.joined_at is not None and until is not None else None


def _usual(served: list[WaitingListEntry]) -> int | None:
    waited = [d for entry in served if (d := days(entry, entry.left_at)) is not None]
    return round(median(waited)) if waited else None


def one(practice: Organization, identifier: str, now: datetime) -> WaitingListEntry | None:
    return waiting(Q(organization=practice, identifier=identifier), now).first()


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
    """`before`: how many who wait longer it would suit as well."""

    start: datetime
    practitioner: Practitioner
    before: int


def places(practice: Organization, entry: WaitingListEntry, now: datetime) -> list[FreePlace]:
    """The next free places that suit this entry, the earliest first."""
    known, zone = _who_does_what(practice), ZoneInfo(practice.timezone)
    wanted = queries.waits(entry, known, zone)
    who = [entry.practitioner_id] if entry.practitioner_id else list(known.performers.get(entry.service_id, ()))
    length = timedelta(minutes=entry.service.duration_min)
    suiting = sorted(
        (start, key)
        for key, calendar in queries.calendars([k for k in who if k], now).items()
        for start in calendar.free(now, now + AHEAD, entry.service.duration_min)
        if start > now and fits(wanted, FreedPlace(str(key), start, start + length))
    )[:MOST_PLACES]
    rows = WaitingListEntry.objects.filter(organization=practice, status="waiting", pk__lt=entry.pk)
    earlier = [queries.waits(row, known, zone) for row in rows.select_related("service")]
    people: Mapping[int, Any] = known.practitioners
    return [FreePlace(start, people[key], _before(earlier, start, key, length)) for start, key in suiting]


def _who_does_what(practice: Organization) -> Directory:
    """Practitioners and the visits they give, in one query."""
    links = HealthcareService.practitioners.through.objects.filter(
        healthcareservice__organization=practice, practitioner__active=True
    )
    performers: dict[int, list[int]] = {}
    people = {}
    for link in links.select_related("practitioner").order_by("id"):
        performers.setdefault(link.healthcareservice_id, []).append(link.practitioner_id)
        people[link.practitioner_id] = link.practitioner
    return Directory(practice, people, {}, {key: tuple(who) for key, who in performers.items()}, ())


def _before(earlier: list[WaitingEntry], start: datetime, key: int, length: timedelta) -> int:
    place = FreedPlace(str(key), start, start + length)
    return sum(fits(entry, place) for entry in earlier)
