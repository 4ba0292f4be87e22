"""Patients' files: a new one, its identity, its contacts, duplicates; and writing to somebody first."""

from typing import Any

from django.db.models import QuerySet

from releve.core.acts import CorrectIdentity, MergePatients, RegisterPatient, UnmergePatients, WriteToPatient
from releve.effects.context import Context, Done, Effects, Refused
from releve.post import actions as post
from releve.practice import actions
from releve.practice.models import Appointment, Consent, Conversation, Patient, Task, WaitingListEntry
from releve.practice.rules import takes_sms


def register(act: RegisterPatient, context: Context) -> Done:
    patient = actions.create_patient(organization=context.organization, new=act.new, sex=act.sex)
    return Done(patient.pk, f"patient:{patient.pk}", {"patient": patient.pk})


def correct(act: CorrectIdentity, context: Context) -> Done:
    patient = _file(act.patient, context)
    actions.correct_identity(
        patient=patient, given=act.given, family=act.family, birth_date=act.birth_date, sex=act.sex
    )
    return Done(patient.pk, f"patient:{patient.pk}")


def merge(act: MergePatients, context: Context) -> Done:
    patient, into = _file(act.patient, context), _file(act.into, context)
    if patient == into or patient.merged_into_id or into.merged_into_id or patient.merged.exists():
        raise Refused("already_merged")
    actions.merge(patient=patient, into=into, moved=_moved(act))
    return Done(into.pk, f"patient:{into.pk}")


def unmerge(act: UnmergePatients, context: Context) -> Done:
    patient = _file(act.patient, context)
    if patient.merged_into_id != act.into:
        raise Refused("not_merged")
    actions.merge(patient=patient, into=None, moved=_moved(act))
    return Done(act.into, f"patient:{act.into}")


def _moved(act: MergePatients) -> list[QuerySet[Any]]:
    return [
        Appointment.objects.filter(pk__in=act.appointments),
        WaitingListEntry.objects.filter(pk__in=act.entries),
        Task.objects.filter(pk__in=act.tasks),
        Conversation.objects.filter(pk__in=act.conversations),
    ]


def _file(key: int, context: Context) -> Patient:
    return Patient.objects.select_related("merged_into").get(pk=key, organization=context.organization)


def write(act: WriteToPatient, context: Context) -> Done:
    """In the last conversation of that address on that channel, else in a new one; it is then with a person."""
    patient = _file(act.patient, context)
    address = {"sms": patient.phone, "email": patient.email}.get(act.channel)
    if not address or (act.channel == "sms" and not takes_sms(address)):
        raise Refused("no_contact")
    if Consent.objects.filter(organization=context.organization, channel=act.channel, address=address).exists():
        raise Refused("opted_out")
    talk = _conversation(patient, act.channel, address, context)
    actions.take_over(conversation=talk, user=context.user)
    post.send_later(
        key=f"{context.key}:staff", channel=act.channel, address=address, text=act.text, purpose="staff",
        now=context.now,
    )  # fmt: skip
    actions.note_message(
        organization=context.organization, author="staff", text=act.text, at=context.now, conversation=talk,
        channel=act.channel, address=address, purpose="staff", patient=patient,
    )  # fmt: skip
    return Done(talk.pk, f"patient:{patient.pk}", {"conversation": talk.pk})


def _conversation(patient: Patient, channel: str, address: str, context: Context) -> Conversation:
    """The key is the address, as for what comes in on it: their answer arrives in the same conversation."""
    mine = Conversation.objects.filter(organization=context.organization, channel=channel, address=address)
    talk = mine.order_by("-last_at", "-id").first()
    if talk is None:
        talk = actions.open_conversation(
            organization=context.organization, identifier=address, channel=channel, address=address, now=context.now
        )
    actions.speak_with(conversation=talk, patient=patient, now=context.now)
    return talk


EFFECTS: Effects = {
    "register_patient": register,
    "correct_identity": correct,
    "merge_patients": merge,
    "unmerge_patients": unmerge,
    "write_to_patient": write,
}
