"""Reads records, and loads the facts that dialogue and agents think with."""

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Q

from releve.agenda.availability import Resource, SlotQuery, free_slots
from releve.agenda.parse import parse_opening_hours, parse_schedule
from releve.agenda.quiet_hours import QuietHours
from releve.agenda.schedule import WeeklySchedule
from releve.agenda.spans import Interval, outer
from releve.agenda.waiting_list import WaitingEntry
from releve.agenda.working_time import WorkingTime
from releve.core.facts import Directory, Facts, Named, Place, Prompt
from releve.dialogue.state import SPOKEN
from releve.dialogue.wanted import Wanted
from releve.practice.models import (
    Allocation,
    Appointment,
    Communication,
    Conversation,
    FaqEntry,
    HealthcareService,
    Organization,
    Patient,
    Practitioner,
    Schedule,
    VerificationCode,
    WaitingListEntry,
)

Kept = TypeVar("Kept", Practitioner, HealthcareService)
PROMPTS = ("reminder", "offer", "no_show", "cancelled")
PROMPT_LIFE = timedelta(days=14)  # how long a message of ours may still be answered in a word
RECENT = timedelta(days=60)
CODE = re.compile(r"(?<!\d)(\d{3})[ .]?(\d{3})(?!\d)")


@dataclass(frozen=True)
class AgendaCalendar:
    """One practitioner's opening hours less what is taken (`core.ports.Calendar`)."""

    schedule: WeeklySchedule
    taken: tuple[tuple[datetime, datetime], ...]

    @cached_property
    def resource(self) -> Resource:
        return Resource(self.schedule, busy=[outer(start, end) for start, end in self.taken])

    def free(self, start: datetime, end: datetime, duration_min: int) -> Sequence[datetime]:
        return free_slots([self.resource], slot_query(duration_min), start, end)


def slot_query(duration_min: int) -> SlotQuery:
    """Places begin at each opening window's start and every length of the visit after it."""
    return SlotQuery(duration_min=duration_min, step_min=duration_min)


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
    services = _named(HealthcareService.objects.filter(organization=practice).order_by("id"))
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
    prompts = _prompts(practice, address, conversation.channel, now)
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


def _prompts(practice: Organization, address: str | None, channel: str, now: datetime) -> list[Prompt]:
    """Only what went to this address on this channel (a call answers an SMS: the number is the same)."""
    if not address:
        return []
    channels = ("sms", "voice") if channel in ("sms", "voice") else (channel,)
    rows = Communication.objects.filter(
        organization=practice,
        address=address,
        purpose__in=PROMPTS,
        channel__in=channels,
        sent_at__gt=now - PROMPT_LIFE,
        answered=False,
    ).select_related("appointment", "offer")
    return [p for row in rows.order_by("sent_at", "id") if (p := _prompt(row, now)) is not None]


def _prompt(row: Communication, now: datetime) -> Prompt | None:
    """What can be answered: open while its appointment stands, or its offer is not past."""
    if row.offer is not None and row.patient_id is not None:
        offer = row.offer
        place = Place(offer.practitioner_id, offer.service_id, offer.start)
        is_open = offer.status in ("open", "expired") and offer.start > now  # a late yes counts while the place is free
        return Prompt(row.pk, "offer", row.patient_id, None, offer.pk, place, is_open, row.sent_at)
    if row.appointment is None:
        return None
    about = row.appointment
    if row.purpose == "reminder" and about.status not in ("booked", "cancelled"):
        return None
    place = Place(about.practitioner_id, about.service_id, about.start)
    is_open = row.purpose != "reminder" or (about.status == "booked" and about.start > now)
    return Prompt(row.pk, row.purpose, about.patient_id, about.pk, None, place, is_open, row.sent_at)


def calendars(
    practitioners: Iterable[int], now: datetime, hold_of: str = "", until: datetime | None = None
) -> dict[int, AgendaCalendar]:
    """Opening hours and taken time from `now` on, and before `until` when it is given; holds of `hold_of` and expired
    ones count as free. Who has left has no time to give."""
    keys = list(practitioners)
    if not keys:
        return {}
    working = Schedule.objects.filter(practitioner__in=keys, practitioner__active=True)
    schedules = {s.pk: s for s in working.select_related("organization")}
    taken: dict[int, list[tuple[datetime, datetime]]] = {}
    rows = Allocation.objects.filter(schedule__in=schedules, end__gt=now).filter(
        Q(expires_at=None) | (Q(expires_at__gt=now) & ~Q(hold=hold_of))
    )
    if until is not None:
        rows = rows.filter(start__lt=until)
    for schedule, start, end in rows.order_by("start").values_list("schedule_id", "start", "end"):
        taken.setdefault(schedule, []).append((start, end))
    return {
        s.practitioner_id: AgendaCalendar(weekly(s), tuple(taken.get(key, ())))
        for key, s in schedules.items()
        if s.practitioner_id is not None
    }


def weekly(schedule: Schedule) -> WeeklySchedule:
    rules = {
        "timezone": schedule.timezone, "rules": schedule.rules, "overrides": schedule.overrides,
        "days_off": schedule.days_off, "capacity": schedule.capacity,
    }  # fmt: skip
    return parse_schedule(rules, public_holidays="FR" if schedule.organization.public_holidays else None)


def working_time(practice: Organization) -> WorkingTime:
    hours = {"opening_hours": practice.opening_hours, "public_holidays": practice.public_holidays}
    return WorkingTime(parse_opening_hours(hours, timezone=practice.timezone))


def waits(row: WaitingListEntry, known: Directory, zone: ZoneInfo) -> WaitingEntry:
    """An entry of the waiting list as the ranking sees it; `row.service` must be at hand."""
    return WaitingEntry(
        id=str(row.pk),
        position=row.pk,
        practitioner=str(row.practitioner_id) if row.practitioner_id else None,
        duration_min=row.service.duration_min,
        windows=tuple(wished(row, zone)),
        performers=frozenset(str(k) for k in known.performers.get(row.service_id, ())),
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
