"""What the agenda's pages read: a day, one appointment, the next free places."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from releve.core.facts import Directory, Facts
from releve.desk import words
from releve.dialogue.phrases import Voice, phone
from releve.language.text import fold
from releve.practice import queries
from releve.practice.models import Allocation, Appointment, HealthcareService, Organization, Patient, Practitioner

LETTERS = 3  # of a name, before anybody is shown
MOST_PATIENTS = 20
MOST_PLACES = 12
AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Entry:
    """One line of the day: an appointment, or a place that is held."""

    start: datetime
    end: datetime
    appointment: Appointment | None = None
    status: str = ""


@dataclass(frozen=True)
class Column:
    name: str
    profession: str
    entries: tuple[Entry, ...]


def _voice(known: Directory, now: datetime) -> Voice:
    return Voice(Facts(now=now, directory=known, channel="webchat", address=None))


def _bounds(practice: Organization, day: date) -> tuple[datetime, datetime]:
    zone = ZoneInfo(practice.timezone)
    return datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)


def appointments(practice: Organization) -> QuerySet[Appointment]:
    return Appointment.objects.filter(organization=practice).select_related("patient", "practitioner", "service")


def day(practice: Organization, shown: date, now: datetime) -> list[Column]:
    """One column a practitioner; cancelled appointments have left it, and so have expired holds."""
    known, (start, end) = queries.directory(practice), _bounds(practice, shown)
    entries: dict[int, list[Entry]] = {key: [] for key in known.practitioners}
    for row in appointments(practice).filter(start__lt=end, end__gt=start).exclude(status="cancelled"):
        entries[row.practitioner_id].append(Entry(row.start, row.end, row, words.word(words.STATUSES, row.status)))
    for hold in _holds(practice, start, end, now):
        entries[hold.schedule.practitioner_id].append(Entry(hold.start, hold.end))
    voice = _voice(known, now)
    return [
        Column(voice.who(key), person.profession, tuple(sorted(entries[key], key=lambda e: e.start)))
        for key, person in known.practitioners.items()
    ]


def _holds(practice: Organization, start: datetime, end: datetime, now: datetime) -> QuerySet[Allocation]:
    live = Q(expires_at=None) | Q(expires_at__gt=now)
    rows = Allocation.objects.filter(live, schedule__organization=practice, appointment=None)
    return rows.filter(start__lt=end, end__gt=start).select_related("schedule")


def appointment(practice: Organization, row: Appointment, now: datetime) -> dict[str, Any]:
    voice = _voice(queries.directory(practice), now)
    return {
        "row": row,
        "who": voice.who(row.practitioner_id),
        "state": words.word(words.STATUSES, row.status),
        "phone": phone(row.patient.phone) if row.patient.phone else "",
        "reachable": bool(row.patient.phone or row.patient.email),
        "past": row.start <= now,
    }


# --- booking by hand ------------------------------------------------------------------------------------------------
def booking(practice: Organization, asked: dict[str, str], shown: date, now: datetime) -> dict[str, Any]:
    """The lists to choose from, each as narrow as what was asked already allows."""
    known = queries.directory(practice)
    voice = _voice(known, now)
    patient = Patient.objects.filter(organization=practice, identifier=asked["patient"], merged_into=None).first()
    service = next((s for s in known.services.values() if s.identifier == asked["service"]), None)
    performers = known.performers[service.id] if service is not None else ()
    people = [k for k in performers if asked["soignant"] in ("", known.practitioners[k].identifier)]
    places = _places(practice, people, service.duration_min, shown, now) if patient and service else []
    return {
        "patient": patient,
        "found": patients(practice, asked["nom"]),
        "short": 0 < len(asked["nom"]) < LETTERS,
        "services": known.services.values(),
        "people": [(voice.who(key), person) for key, person in known.practitioners.items()],
        "places": [(known.practitioners[who].identifier, voice.who(who), start) for start, who in places],
        "ready": patient is not None and service is not None,
    }


def patients(practice: Organization, name: str) -> list[Patient]:
    """Those with a name that begins so; accents and capitals do not count."""
    asked = fold(name).split()
    if len(name) < LETTERS:
        return []
    rows = Patient.objects.filter(organization=practice, merged_into=None).order_by("family", "given", "id")
    keys = [pk for pk, *names in rows.values_list("pk", "family", "given").iterator() if _fits(asked, names)]
    return list(rows.filter(pk__in=keys[:MOST_PATIENTS]))


def _fits(asked: list[str], names: Iterable[str]) -> bool:
    """Every word that was typed begins a word of the name."""
    own = [part for name in names for part in fold(name).replace("-", " ").split()]
    return all(any(part.startswith(word) for part in own) for word in asked)


def _places(
    practice: Organization, people: list[int], duration_min: int, shown: date, now: datetime
) -> list[tuple[datetime, int]]:
    """The next free places from that day on, the earliest first."""
    start = max(_bounds(practice, shown)[0], now)
    found = [
        (place, who)
        for who, calendar in queries.calendars(people, min(start, now)).items()
        for place in list(calendar.free(start, start + AHEAD, duration_min))[:MOST_PLACES]
    ]
    return sorted(found)[:MOST_PLACES]


def chosen(practice: Organization, patient: str, service: str, practitioner: str) -> tuple[int, int, int] | None:
    """The keys of the three, or None when one of them is not known."""
    who = Patient.objects.filter(organization=practice, identifier=patient, merged_into=None).first()
    visit = HealthcareService.objects.filter(organization=practice, identifier=service).first()
    whom = Practitioner.objects.filter(organization=practice, identifier=practitioner).first()
    if who is None or visit is None or whom is None:
        return None
    return who.pk, visit.pk, whom.pk
