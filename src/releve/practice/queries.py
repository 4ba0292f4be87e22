"""Reads records, and loads the facts that dialogue and agents think with."""

import hashlib
import hmac
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Q

from releve.agenda.parse import parse_opening_hours
from releve.agenda.quiet_hours import QuietHours
from releve.agenda.spans import Interval
from releve.agenda.waiting_list import WaitingEntry
from releve.agenda.working_time import WorkingTime
from releve.core.facts import Directory, Facts, Named
from releve.dialogue.state import SPOKEN
from releve.dialogue.wanted import Wanted
from releve.practice.calendars import around as around
from releve.practice.calendars import calendars as calendars
from releve.practice.calendars import first_free as first_free
from releve.practice.calendars import weekly as weekly
from releve.practice.models import (
    Appointment,
    Conversation,
    FaqEntry,
    HealthcareService,
    Organization,
    Patient,
    Practitioner,
    VerificationCode,
    WaitingListEntry,
)
from releve.practice.prompts import prompts_of

Kept = TypeVar("Kept", Practitioner, HealthcareService)
RECENT = timedelta(days=60)
CODE = re.compile(r"(?<!\d)(\d{3})[ .]?(\d{3})(?!\d)")


def organization() -> Organization:
    """The practice of this installation. Raises Organization.DoesNotExist before one is loaded."""
    return Organization.objects.get()


def directory(practice: Organization) -> Directory:
    """The practice's own file, four queries. Who has left and what is done no more keep their names."""
    performers: dict[int, list[int]] = {}
    through = HealthcareService.practitioners.through
    links = through.objects.filter(healthcareservice__organization=practice).order_by("id")
    for service, who in links.values_list("healthcareservice_id", "practitioner_id"):
        performers.setdefault(service, []).append(who)
    services = _named(HealthcareService.objects.filter(organization=practice).order_by("position", "id"))
    people = _named(Practitioner.objects.filter(organization=practice).order_by("id"))
    return Directory(
        practice=practice,
        practitioners=people,
        services=services,
        performers={key: tuple(who for who in performers.get(key, ()) if who in people) for key in services},
        faq=tuple(FaqEntry.objects.filter(organization=practice).order_by("id")),
    )


def unsayable(known: Directory, hosts: Iterable[str]) -> dict[str, list[str]]:
    """What the practice's own wording may not give away, and the hosts it may link to."""
    return {
        "visits": [word for visit in known.services.values() for word in (visit.name, *visit.aliases)],
        "professions": [person.profession for person in known.practitioners.values()],
        "hosts": [*hosts, known.practice.email.rpartition("@")[2]],
    }


def _named(rows: Iterable[Kept]) -> Named[Kept]:
    known = list(rows)
    return Named({r.pk: r for r in known if r.active}, {r.pk: r for r in known if not r.active})


def facts(
    conversation: Conversation,
    wanted: Wanted,
    known: Directory,
    now: datetime,
    text: str = "",
    verified: Iterable[int] = (),
) -> Facts:
    """All that one message may need, in a fixed number of queries."""
    practice = conversation.organization
    address = conversation.address
    contacts = _contacts(practice, address)
    matches = _matches(practice, wanted, verified)
    prompts = prompts_of(practice, address, conversation.channel, now)
    people = {p.pk for p in (*contacts, *matches)} | {p.patient for p in prompts}
    appointments = _appointments(people, now)
    practitioners = set(wanted.practitioners) | {a.practitioner_id for a in appointments if a.start > now}
    practitioners |= {p.place.practitioner for p in prompts}
    return Facts(
        now=now,
        directory=known,
        channel=conversation.channel,
        address=address,
        contacts=tuple(contacts),
        matches=tuple(matches),
        appointments=tuple(appointments),
        prompts=tuple(prompts),
        calendars=calendars(practitioners, now, hold_of=hold_key(conversation)),
        code_for=_code_for(conversation, text, now),
    )


def language_of(patient: Patient) -> str:
    """The language they last wrote in, when the practice can write in it; else French."""
    written = Q(patient=patient) | Q(address__in=[a for a in (patient.phone, patient.email) if a])
    mine = Conversation.objects.filter(written, organization=patient.organization_id)
    state = mine.order_by("-last_at", "-id").values_list("state", flat=True).first() or {}
    language = str(state.get("language", "fr"))
    return language if language in SPOKEN else "fr"


def is_newcomer(patient: Patient, besides: int | None = None) -> bool:
    """Nobody here has seen them or is about to; `besides`: without counting this appointment."""
    known = Appointment.objects.filter(patient=patient).exclude(status__in=("cancelled", "noshow"))
    return not (known if besides is None else known.exclude(pk=besides)).exists()


def language_at(conversation: Conversation) -> str:
    """For the first message of a conversation: the language in which whoever has this address last wrote elsewhere."""
    here = conversation.address
    reached = Q(address=here) | Q(patient__phone=here) | Q(patient__email=here)
    others = Conversation.objects.filter(reached, organization=conversation.organization_id).exclude(pk=conversation.pk)
    state = others.order_by("-last_at", "-id").values_list("state", flat=True).first() or {}
    language = str(state.get("language", "fr"))
    return language if language in SPOKEN else "fr"


def hold_key(conversation: Conversation) -> str:
    return f"conversation:{conversation.pk}"


def _contacts(practice: Organization, address: str | None) -> list[Patient]:
    if not address:
        return []
    mine = Q(phone=address) | Q(email__iexact=address)
    return list(Patient.objects.filter(mine, organization=practice, merged_into=None).order_by("id"))


def _matches(practice: Organization, wanted: Wanted, verified: Iterable[int]) -> list[Patient]:
    keys = list(verified)
    if not wanted.births and not keys:
        return []
    who = Q(birth_date__in=wanted.births) | Q(pk__in=keys)
    return list(Patient.objects.filter(who, organization=practice, merged_into=None).order_by("id"))


def _appointments(patients: set[int], now: datetime) -> list[Appointment]:
    if not patients:
        return []
    return list(Appointment.objects.filter(patient__in=patients, start__gt=now - RECENT).order_by("start", "id"))


def working_time(practice: Organization) -> WorkingTime:
    hours = {"opening_hours": practice.opening_hours, "public_holidays": practice.public_holidays}
    return WorkingTime(parse_opening_hours(hours, timezone=practice.timezone))


def waits(row: WaitingListEntry, known: Directory, zone: ZoneInfo) -> WaitingEntry:
    """An entry of the waiting list as the ranking sees it; `row.service` and `row.appointment` must be at hand."""
    replaced = row.appointment if row.cause != "absence" else None  # one that cannot take place sets no limit
    stands = replaced is not None and replaced.status not in ("cancelled", "noshow")
    return WaitingEntry(
        id=str(row.pk),
        position=row.pk,
        practitioner=str(row.practitioner_id) if row.practitioner_id else None,
        duration_min=row.service.duration_min,
        windows=tuple(wished(row, zone)),
        performers=frozenset(str(k) for k in known.performers.get(row.service_id, ())),
        priority=row.priority,
        missed=row.missed,
        joined_at=row.joined_at,
        before=replaced.start.astimezone(zone) if replaced is not None and stands else None,
    )


def wished(row: WaitingListEntry, zone: ZoneInfo) -> list[Interval]:
    """When the person can come; nothing means any time."""
    pairs = ((datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in row.windows)
    return [Interval(start.replace(tzinfo=zone), end.replace(tzinfo=zone)) for start, end in pairs]


def quiet_hours(practice: Organization) -> QuietHours:
    return QuietHours(practice.timezone)


def code_digest(salt: bytes, code: str) -> bytes:
    return hashlib.scrypt(code.encode(), salt=salt, n=2**10, r=8, p=1, dklen=32)


def _code_for(conversation: Conversation, text: str, now: datetime) -> int | None:
    said = CODE.search(text)
    if said is None:
        return None
    return code_holder(conversation, "".join(said.groups()), now)


def code_holder(conversation: Conversation, code: str, now: datetime) -> int | None:
    """The patient to whom these six digits were sent, in this conversation, and not too long ago."""
    for row in VerificationCode.objects.filter(conversation=conversation, expires_at__gt=now):
        if hmac.compare_digest(bytes(row.digest), code_digest(bytes(row.salt), code)):
            return row.patient_id
    return None
