"""Writes records. Each function is one change, inside the caller's transaction; only effects, intake and the loader
may call them."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from releve.agenda.places import booking_capacity, first_place
from releve.agenda.visits import lasting
from releve.core.acts import NewPatient
from releve.core.ports import VisitRecord
from releve.practice import queries
from releve.practice.models import (
    Allocation,
    Appointment,
    BusyTime,
    Communication,
    Consent,
    Conversation,
    HealthcareService,
    Offer,
    Organization,
    Patient,
    PatientWord,
    Practitioner,
    Schedule,
    Task,
    User,
    VerificationCode,
    WaitingListEntry,
)
from releve.practice.queries import code_digest
from releve.practice.rules import kept_words

CODE_LIFE = timedelta(minutes=10)
AT_ONCE = 500  # files whose words are renewed together


class SlotTaken(Exception):
    """Someone else has this time: nothing was written."""


def new_identifier(prefix: str) -> str:
    """A short identifier of our own for a new record; drawn, so that parallel writers never wait for each other."""
    return f"{prefix}-{secrets.token_hex(5)}"


def create_patient(*, organization: Organization, new: NewPatient, sex: str = "") -> Patient:
    patient = Patient.objects.create(
        organization=organization,
        identifier=new_identifier("p"),
        given=new.given,
        family=new.family,
        birth_date=new.birth_date,
        sex=sex,
        phone=new.phone,
        email=new.email,
    )
    keep_findable([patient])
    return patient


def keep_findable(patients: Sequence[Patient]) -> None:
    """Renews the words that these files are found under: their own traits, and those of duplicates merged into them."""
    for first in range(0, len(patients), AT_ONCE):
        some = patients[first : first + AT_ONCE]
        traits: dict[int, list[Patient]] = {p.pk: [] if p.merged_into_id else [p] for p in some}
        for other in Patient.objects.filter(merged_into__in=list(traits)):  # a duplicate is found as its other file
            traits[other.merged_into_id or 0].append(other)
        PatientWord.objects.filter(patient__in=list(traits)).delete()
        PatientWord.objects.bulk_create(
            PatientWord(organization_id=p.organization_id, patient=p, word=word.encode())
            for p in some
            for word in sorted(kept_words((t.given, t.family, t.phone, t.email) for t in traits[p.pk]))
        )


def update_contact(*, patient: Patient, phone: str | None, email: str | None) -> None:
    """None leaves a contact as it is; "" removes it."""
    patient.phone = patient.phone if phone is None else phone or None
    patient.email = patient.email if email is None else email or None
    patient.save(update_fields=["phone", "email"])
    keep_findable([patient])


def correct_identity(*, patient: Patient, given: str, family: str, birth_date: date, sex: str) -> None:
    patient.given, patient.family, patient.birth_date, patient.sex = given, family, birth_date, sex
    patient.save(update_fields=["given", "family", "birth_date", "sex"])
    keep_findable([patient])


def merge(*, patient: Patient, into: Patient | None, moved: Iterable[QuerySet[Any]]) -> None:
    """The duplicate leads to the other file, which gets these records. `into` None: it gets its own back."""
    other = into or patient.merged_into
    owner, from_whom = (into, patient) if into is not None else (patient, other)
    for rows in moved:
        rows.filter(patient=from_whom).update(patient=owner)
    patient.merged_into = into
    patient.save(update_fields=["merged_into"])
    keep_findable([p for p in (patient, other) if p is not None])


def lock_agendas(*, practitioner: int, needs: Iterable[str] = ()) -> None:
    """One writer of an agenda at a time, and of every room or device that may be taken with it, always in one order.

    Two simultaneous inserts into one exclusion constraint could deadlock; and what is decided must still hold when it
    is written.
    """
    taken = Q(practitioner=practitioner) | Q(resource__family__in=list(needs), resource__active=True)
    list(Schedule.objects.filter(taken).order_by("id").select_for_update(no_key=True, of=("self",)).values_list("pk"))


def allocate(
    *, practitioner: int, visit: VisitRecord, start: datetime, now: datetime, end: datetime | None = None,
    appointment: Appointment | None = None, hold: str = "", expires_at: datetime | None = None,
    first_visit: bool = False, overbooking: bool = False, moving: int | None = None,
) -> Allocation:  # fmt: skip
    """Takes the time of the person and of each room or device that the visit needs, buffers included, after removing
    expired holds that stand in its way; returns the person's. `end`: another than the visit's own.

    `overbooking` takes the next place above what the agenda has; `moving` is an appointment whose own time is no
    obstacle. Raises SlotTaken.
    """
    visit = lasting(visit, int((end - start).total_seconds()) // 60) if end is not None else visit
    lock_agendas(practitioner=practitioner, needs=visit.needs)
    calendar = queries.around(start, [practitioner], now, visit, by_staff=True, moving=moving).get(practitioner)
    if calendar is None or (not overbooking and calendar.why_not(start, visit) is not None):
        raise SlotTaken
    begin = start - timedelta(minutes=visit.buffer_before_min)
    finish = start + timedelta(minutes=visit.duration_min + visit.buffer_after_min)
    made = []
    for table in calendar.taking(start, visit):
        there = Allocation.objects.filter(schedule=table.key, start__lt=finish, end__gt=begin)
        there.filter(expires_at__lte=now).delete()
        place = first_place(there.values_list("place", flat=True))
        made.append(
            Allocation(
                schedule_id=table.key, start=begin, end=finish, place=place,
                capacity=booking_capacity(visit.capacity, table.schedule.capacity), service=_service(visit),
                first_visit=first_visit, appointment=appointment, hold=hold, expires_at=expires_at,
            )
        )  # fmt: skip
    try:
        with transaction.atomic():
            for row in made:
                row.save()
    except IntegrityError:
        raise SlotTaken from None
    return made[0]


def _service(visit: VisitRecord) -> HealthcareService | None:
    if isinstance(visit, HealthcareService):
        return visit
    return HealthcareService.objects.filter(identifier=visit.identifier).first()


def release_holds(*, hold: str) -> None:
    Allocation.objects.filter(hold=hold, appointment=None).delete()


def expire_hold(*, allocation: int, now: datetime) -> bool:
    return Allocation.objects.filter(pk=allocation, appointment=None, expires_at__lte=now).delete()[0] > 0


def book(
    *, patient: Patient, practitioner: int, visit: HealthcareService, start: datetime, now: datetime, reason: str = "",
    first_visit: bool = False, overbooking: str = "", series: str = "",
) -> Appointment:  # fmt: skip
    """A booked appointment with its time taken; `overbooking` says why it is above the agenda's places. Raises
    SlotTaken."""
    appointment = Appointment.objects.create(
        organization=patient.organization,
        identifier=new_identifier("a"),
        patient=patient,
        practitioner=Practitioner.objects.get(pk=practitioner),
        service=visit,
        start=start,
        end=start + timedelta(minutes=visit.duration_min),
        reason=reason,
        first_visit=first_visit,
        overbooking=overbooking,
        series=series,
    )
    _take(appointment, now)
    return appointment


def move(*, appointment: Appointment, practitioner: int, start: datetime, now: datetime, overbooking: str = "") -> None:
    """The same appointment at another time, in its own length; the old time is given up in the same breath. Raises
    SlotTaken."""
    length = appointment.end - appointment.start
    appointment.allocations.all().delete()
    appointment.practitioner_id = practitioner
    appointment.start, appointment.end, appointment.confirmed = start, start + length, False
    appointment.overbooking = overbooking
    appointment.save(update_fields=["practitioner", "start", "end", "confirmed", "overbooking"])
    _take(appointment, now)


def _take(appointment: Appointment, now: datetime) -> None:
    allocate(
        practitioner=appointment.practitioner_id, visit=appointment.service, start=appointment.start,
        end=appointment.end, now=now, appointment=appointment, first_visit=appointment.first_visit,
        overbooking=bool(appointment.overbooking),
    )  # fmt: skip


def set_status(*, appointment: Appointment, status: str) -> None:
    """Cancelled and missed appointments give their time back."""
    appointment.status = status
    appointment.save(update_fields=["status"])
    if status in ("cancelled", "noshow"):
        appointment.allocations.all().delete()


def set_confirmed(*, appointment: Appointment, confirmed: bool = True) -> None:
    appointment.confirmed = confirmed
    appointment.save(update_fields=["confirmed"])


def set_arrived(*, appointment: Appointment, at: datetime | None) -> None:
    """None: not here after all."""
    appointment.status, appointment.arrived_at = ("booked" if at is None else "arrived"), at
    appointment.save(update_fields=["status", "arrived_at"])


def restore(*, appointment: Appointment, now: datetime) -> None:
    """Cancelled or missed no longer; takes its time again. Raises SlotTaken."""
    _take(appointment, now)
    appointment.status, appointment.arrived_at = "booked", None
    appointment.save(update_fields=["status", "arrived_at"])


def told(*, now: datetime, purpose: str, **about: Any) -> bool:
    """Whether a message of that purpose about this appointment or offer has left already."""
    return Communication.objects.filter(purpose=purpose, sent_at__lte=now, **about).exists()


def withdraw_message(*, now: datetime, purpose: str, **about: Any) -> list[UUID]:
    """Takes back the message that has not left yet; returns the keys of what would have sent it."""
    rows = Communication.objects.filter(purpose=purpose, sent_at__gt=now, **about)
    keys = [row.event for row in rows if row.event is not None]
    rows.delete()
    return keys


def join_waiting_list(
    *, patient: Patient, service: int, practitioner: int | None, windows: Sequence[Any], appointment: int | None,
    now: datetime,
) -> WaitingListEntry:  # fmt: skip
    """One entry for the same patient and visit: asking twice does not make two."""
    existing = WaitingListEntry.objects.filter(
        patient=patient, service_id=service, practitioner=practitioner, status="waiting"
    ).first()
    if existing is not None:
        if appointment is not None and existing.appointment_id is None:
            would_replace(entries=[existing], appointment=appointment)
        return existing
    return WaitingListEntry.objects.create(
        organization=patient.organization,
        identifier=new_identifier("w"),
        patient=patient,
        service_id=service,
        practitioner_id=practitioner,
        windows=list(windows),
        appointment_id=appointment,
        joined_at=now,
    )


def leave_waiting_list(*, entry: WaitingListEntry, now: datetime, status: str = "booked", why: str = "") -> None:
    entry.status, entry.left_at, entry.left_why = status, now, why
    entry.save(update_fields=["status", "left_at", "left_why"])


def would_replace(*, entries: Iterable[WaitingListEntry], appointment: int | None) -> None:
    """A place that they accept is taken instead of this appointment; None: beside whatever they have."""
    WaitingListEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(appointment=appointment)


def return_to_waiting_list(*, entry: WaitingListEntry) -> None:
    entry.status, entry.left_at, entry.left_why = "waiting", None, ""
    entry.save(update_fields=["status", "left_at", "left_why"])


def create_offer(
    *,
    entry: WaitingListEntry,
    practitioner: int,
    start: datetime,
    freed: tuple[datetime, datetime],
    expires_at: datetime,
    now: datetime,
    round: int = 1,
) -> Offer:
    return Offer.objects.create(
        organization=entry.organization, entry=entry, practitioner_id=practitioner, service=entry.service,
        start=start, freed_start=freed[0], freed_end=freed[1], expires_at=expires_at, made_at=now, round=round,
    )  # fmt: skip


def close_offer(*, offer: Offer, status: str, now: datetime) -> None:
    """The time is given back once nobody of its round is asked any more."""
    offer.status = status
    offer.answered_at = now if status in ("accepted", "declined", "standby") else None
    offer.save(update_fields=["status", "answered_at"])
    if not in_round(offer).filter(status="open").exists():
        release_holds(hold=offer_hold(offer))


def in_round(offer: Offer) -> QuerySet[Offer]:
    """The offers of one freed place that went out together, this one included."""
    return Offer.objects.filter(practitioner=offer.practitioner_id, freed_start=offer.freed_start, round=offer.round)


def offer_hold(offer: Offer) -> str:
    """One for each round."""
    return f"offer:{offer.practitioner_id}:{offer.freed_start.astimezone(UTC):%Y%m%dT%H%M}:{offer.round}"


def missed_place(*, entry: WaitingListEntry) -> None:
    """They said yes, and somebody else had it by then: they come before others next time."""
    WaitingListEntry.objects.filter(pk=entry.pk).update(missed=F("missed") + 1)


def answered_late(*, offer: Offer, now: datetime) -> None:
    """A yes to a place that is gone; kept once."""
    offer.answered_at = now
    offer.save(update_fields=["answered_at"])


def set_priority(*, entry: WaitingListEntry, priority: int, why: str) -> None:
    entry.priority, entry.priority_why = priority, why
    entry.save(update_fields=["priority", "priority_why"])


def record_absence(*, practitioner: int, start: datetime, end: datetime, reason: str) -> BusyTime:
    schedule = Schedule.objects.select_for_update(no_key=True).get(practitioner_id=practitioner)
    return BusyTime.objects.create(schedule=schedule, start=start, end=end, reason=reason)


def end_absence(*, absence: BusyTime, end: datetime | None, now: datetime) -> None:
    """Over at `end`; None: it never takes place, and what is kept is that it was once said."""
    if end is None:
        absence.removed_at = now
    else:
        absence.end = end
    absence.save(update_fields=["end", "removed_at"])


def strand(*, appointment: Appointment, why: str, now: datetime) -> WaitingListEntry:
    """Waits for another place than the one it has and cannot keep; the same appointment waits once."""
    waits = WaitingListEntry.objects.filter(appointment=appointment, cause="absence", status="waiting").first()
    if waits is not None:
        return waits
    return WaitingListEntry.objects.create(
        organization_id=appointment.organization_id, identifier=new_identifier("w"), patient=appointment.patient,
        service=appointment.service, appointment=appointment, joined_at=now, priority=2, priority_why=why,
        cause="absence",
    )  # fmt: skip


def create_task(*, organization: Organization, now: datetime, **fields: Any) -> Task:
    identifier = new_identifier("t")
    return Task.objects.create(organization=organization, identifier=identifier, created_at=now, **fields)


def decide_task(
    *, task: Task, status: str, user: User | None, now: datetime, draft: str = "", refusal: str = ""
) -> None:
    task.status, task.decided_at, task.decided_by, task.refusal = status, now, user, refusal
    task.draft = draft or task.draft
    task.save(update_fields=["status", "decided_at", "decided_by", "draft", "refusal"])


def assign_task(*, task: Task, to: User | None) -> None:
    task.assigned_to = to
    task.save(update_fields=["assigned_to"])


def reopen_task(*, task: Task) -> None:
    task.status, task.decided_at, task.decided_by, task.refusal = "open", None, None, ""
    task.save(update_fields=["status", "decided_at", "decided_by", "refusal"])


def open_conversation(
    *, organization: Organization, identifier: str, channel: str, address: str | None, now: datetime,
    language: str = "fr", simulated: bool = False,
) -> Conversation:  # fmt: skip
    """The conversation of that key, made on its first message; `language` is that of the page it was begun on,
    `simulated` for a patient of the demonstration."""
    state = {} if language == "fr" else {"language": language}
    row, _ = Conversation.objects.get_or_create(
        organization=organization, identifier=identifier,
        defaults={
            "channel": channel, "address": address, "state": state, "started_at": now, "last_at": now,
            "simulated": simulated,
        },
    )  # fmt: skip
    return row


def speak_with(*, conversation: Conversation, patient: Patient, now: datetime) -> None:
    """We write to this person here."""
    Conversation.objects.filter(pk=conversation.pk).update(patient=patient, last_at=now)


def save_turn(
    *, conversation: Conversation, state: dict[str, Any], version: int, now: datetime, patient: int | None
) -> bool:
    """Stores the state if the conversation is still at `version`; False when another turn came in between."""
    changed = Conversation.objects.filter(pk=conversation.pk, version=version).update(
        state=state, version=F("version") + 1, last_at=now, patient_id=patient or conversation.patient_id
    )
    return changed == 1


def hand_to_person(*, conversation: Conversation) -> None:
    """The assistant stops, in the turn under way."""
    Conversation.objects.filter(pk=conversation.pk).update(with_person=True, closed_by="person")


def take_over(*, conversation: Conversation, user: User | None) -> None:
    """Someone at the desk goes on; a turn already being thought out is overtaken and thinks again."""
    Conversation.objects.filter(pk=conversation.pk).update(
        with_person=True, taken_by=user, closed_by="person", version=F("version") + 1
    )


def hand_back(*, conversation: Conversation) -> None:
    """The assistant goes on, from a clean state that keeps who is speaking."""
    kept = {k: v for k, v in conversation.state.items() if k in ("introduced", "claim", "language")}
    Conversation.objects.filter(pk=conversation.pk).update(
        with_person=False, taken_by=None, state=kept, version=F("version") + 1
    )


def close_by(*, conversation: Conversation, who: str) -> None:
    Conversation.objects.filter(pk=conversation.pk, closed_by="").update(closed_by=who)


def note_message(*, organization: Organization, author: str, text: str, at: datetime, **fields: Any) -> Communication:
    return Communication.objects.create(organization=organization, author=author, text=text, sent_at=at, **fields)


def answer_prompts(*, address: str, appointment: int | None = None, offer: int | None = None) -> None:
    """The message about this appointment or offer has been answered."""
    rows = Communication.objects.filter(address=address, answered=False)
    rows = rows.filter(offer=offer) if offer is not None else rows.filter(appointment=appointment)
    rows.update(answered=True)


def create_code(*, conversation: Conversation, patient: Patient, now: datetime) -> str:
    """Six digits, told only to the caller; the database keeps a salted hash."""
    code, salt = f"{secrets.randbelow(10**6):06d}", secrets.token_bytes(16)
    VerificationCode.objects.create(
        conversation=conversation,
        patient=patient,
        salt=salt,
        digest=code_digest(salt, code),
        expires_at=now + CODE_LIFE,
    )
    return code


def opt_out(*, organization: Organization, channel: str, address: str, now: datetime) -> None:
    Consent.objects.get_or_create(
        organization=organization, channel=channel, address=address, defaults={"opted_out_at": now}
    )


def withdraw_unsent(*, conversation: int, now: datetime) -> list[UUID]:
    """Takes back the staff's answers that have not left yet; returns the keys of what would have sent them."""
    rows = Communication.objects.filter(conversation=conversation, author="staff", sent_at__gt=now)
    keys = [row.event for row in rows if row.event is not None]
    rows.delete()
    return keys


def looked(*, user: User, now: datetime) -> None:
    User.objects.filter(pk=user.pk).update(seen_at=now)
