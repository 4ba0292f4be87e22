"""Writes records. Each function is one change, inside the caller's transaction; only effects, intake and the loader
may call them."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from releve.core.acts import NewPatient
from releve.practice.models import (
    Allocation,
    Appointment,
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


def allocate(
    *, practitioner: int, start: datetime, end: datetime, now: datetime,
    appointment: Appointment | None = None, hold: str = "", expires_at: datetime | None = None,
) -> Allocation:  # fmt: skip
    """Takes the time, after removing expired holds that stand in its way. Raises SlotTaken."""
    # One writer of an agenda at a time: two simultaneous inserts into one exclusion constraint can deadlock.
    schedule = Schedule.objects.select_for_update(no_key=True).get(practitioner_id=practitioner)
    over = Allocation.objects.filter(schedule=schedule, start__lt=end, end__gt=start)
    over.filter(expires_at__lte=now).delete()
    for place in range(1, schedule.capacity + 1):
        try:
            with transaction.atomic():
                return Allocation.objects.create(
                    schedule=schedule, start=start, end=end, place=place,
                    appointment=appointment, hold=hold, expires_at=expires_at,
                )  # fmt: skip
        except IntegrityError:
            continue
    raise SlotTaken


def release_holds(*, hold: str) -> None:
    Allocation.objects.filter(hold=hold, appointment=None).delete()


def expire_hold(*, allocation: int, now: datetime) -> bool:
    return Allocation.objects.filter(pk=allocation, appointment=None, expires_at__lte=now).delete()[0] > 0


def book(
    *, patient: Patient, practitioner: int, service: int, start: datetime, now: datetime, reason: str = ""
) -> Appointment:
    """A booked appointment with its time taken. Raises SlotTaken."""
    visit = HealthcareService.objects.get(pk=service)
    end = start + timedelta(minutes=visit.duration_min)
    appointment = Appointment.objects.create(
        organization=patient.organization,
        identifier=new_identifier("a"),
        patient=patient,
        practitioner=Practitioner.objects.get(pk=practitioner),
        service=visit,
        start=start,
        end=end,
        reason=reason,
    )
    allocate(practitioner=practitioner, start=start, end=end, now=now, appointment=appointment)
    return appointment


def move(*, appointment: Appointment, practitioner: int, start: datetime, now: datetime) -> None:
    """The same appointment at another time; the old time is given up in the same breath. Raises SlotTaken."""
    length = appointment.end - appointment.start
    appointment.allocations.all().delete()
    appointment.practitioner_id = practitioner
    appointment.start, appointment.end, appointment.confirmed = start, start + length, False
    appointment.save(update_fields=["practitioner", "start", "end", "confirmed"])
    allocate(practitioner=practitioner, start=start, end=appointment.end, now=now, appointment=appointment)


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
    allocate(
        practitioner=appointment.practitioner_id, start=appointment.start, end=appointment.end, now=now,
        appointment=appointment,
    )  # fmt: skip
    appointment.status, appointment.arrived_at = "booked", None
    appointment.save(update_fields=["status", "arrived_at"])


def told_cancelled(*, appointment: Appointment, now: datetime) -> bool:
    """Whether a message about its cancelling has left already."""
    return Communication.objects.filter(appointment=appointment, purpose="cancelled", sent_at__lte=now).exists()


def withdraw_cancelled(*, appointment: Appointment, now: datetime) -> list[UUID]:
    """Takes back the message that has not left yet; returns the keys of what would have sent it."""
    rows = Communication.objects.filter(appointment=appointment, purpose="cancelled", sent_at__gt=now)
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
) -> Offer:
    return Offer.objects.create(
        organization=entry.organization, entry=entry, practitioner_id=practitioner, service=entry.service,
        start=start, freed_start=freed[0], freed_end=freed[1], expires_at=expires_at,
    )  # fmt: skip


def close_offer(*, offer: Offer, status: str) -> None:
    offer.status = status
    offer.save(update_fields=["status"])
    release_holds(hold=offer_hold(offer))


def offer_hold(offer: Offer) -> str:
    return f"offer:{offer.pk}"


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
    kept = {k: v for k, v in conversation.state.items() if k in ("introduced", "claim")}
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
