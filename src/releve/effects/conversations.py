"""What happens in conversations: codes, STOP, contacts, answers, people taking over."""

from datetime import timedelta

from releve.core.acts import (
    Answer,
    HandBack,
    LoadPractice,
    OptOut,
    SendCode,
    SendMessage,
    TakeOver,
    UpdateContact,
)
from releve.effects import reminders
from releve.effects.context import Context, Done, Effects, Refused
from releve.post import actions as post
from releve.practice import actions
from releve.practice.models import Appointment, Conversation, Patient, VerificationCode

CODES_A_CONVERSATION = 3
CODES_A_PATIENT = 3
CODE_WINDOW = timedelta(hours=1)


def send_code(act: SendCode, context: Context) -> Done:
    """To the contact on file; nobody to send to looks the same from outside."""
    if context.conversation is None:
        raise Refused("no_conversation")
    recent = VerificationCode.objects.filter(expires_at__gt=context.now - CODE_WINDOW + actions.CODE_LIFE)
    if recent.filter(conversation=context.conversation).count() >= CODES_A_CONVERSATION:
        return Done()
    for patient in Patient.objects.filter(pk__in=act.patients, organization=context.organization):
        if recent.filter(patient=patient).count() >= CODES_A_PATIENT:
            continue  # someone plays with other people's names: the words are the same, nothing more leaves
        code = actions.create_code(conversation=context.conversation, patient=patient, now=context.now)
        message = context.voice_here.text("code_message", practice=context.organization.name, code=code)
        context.write_to(patient, message, "code")
    return Done()


def answer(act: Answer, context: Context) -> Done:
    """Nothing changes; the ledger keeps what was answered from which source."""
    return Done()


def opt_out(act: OptOut, context: Context) -> Done:
    actions.opt_out(organization=context.organization, channel=act.channel, address=act.address, now=context.now)
    return Done()


def update_contact(act: UpdateContact, context: Context) -> Done:
    patient = Patient.objects.get(pk=act.patient, organization=context.organization)
    actions.update_contact(patient=patient, phone=act.phone, email=act.email)
    return Done(patient.pk, f"patient:{patient.pk}")


def take_over(act: TakeOver, context: Context) -> Done:
    conversation = Conversation.objects.get(pk=act.conversation, organization=context.organization)
    actions.take_over(conversation=conversation, user=context.user)
    return Done(conversation.pk, f"conversation:{conversation.pk}")


def hand_back(act: HandBack, context: Context) -> Done:
    conversation = Conversation.objects.get(pk=act.conversation, organization=context.organization)
    actions.hand_back(conversation=conversation)
    return Done(conversation.pk, f"conversation:{conversation.pk}")


def send_message(act: SendMessage, context: Context) -> Done:
    conversation = Conversation.objects.get(pk=act.conversation, organization=context.organization)
    if conversation.address:
        post.send_later(
            key=f"{context.key}:staff", channel=conversation.channel, address=conversation.address, text=act.text,
            purpose="staff", now=context.now,
        )  # fmt: skip
    actions.note_message(
        organization=context.organization, author="staff", text=act.text, at=context.now, conversation=conversation,
        channel=conversation.channel, address=conversation.address, purpose="staff",
    )  # fmt: skip
    return Done(conversation.pk, f"conversation:{conversation.pk}")


def load_practice(act: LoadPractice, context: Context) -> Done:
    """The loader has written the records; this is their one entry in the ledger, and the start of their reminders."""
    coming = Appointment.objects.filter(organization=context.organization, status="booked", start__gt=context.now)
    reminders.set_all(coming.order_by("start", "id"), context)
    return Done(context.organization.pk, f"organization:{context.organization.pk}")


EFFECTS: Effects = {
    "send_code": send_code,
    "answer": answer,
    "opt_out": opt_out,
    "update_contact": update_contact,
    "take_over": take_over,
    "hand_back": hand_back,
    "send_message": send_message,
    "load_practice": load_practice,
}
