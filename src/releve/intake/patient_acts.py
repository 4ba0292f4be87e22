"""What patients do by the forms of the practice's pages: through the same gate, each form once, no further than the
identity that was really established."""

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from releve.core.acts import Act, BookAppointment, Identity, SendCode
from releve.core.facts import Facts
from releve.core.messages import Evidence, Outcome, Proposal
from releve.dialogue.phrases import Voice
from releve.dialogue.tell import result
from releve.guarantee import gate, startup
from releve.intake.actions import Overtaken, answer, event_id, receive
from releve.intake.again import again
from releve.intake.models import InboundEvent
from releve.language import danger_alone, understand
from releve.language.red_flags import advice
from releve.practice import actions as practice
from releve.practice import queries
from releve.practice.models import Appointment, Conversation, Organization

log = logging.getLogger("releve.intake")
AGENT, SOURCE, CHANNEL = "form", "form", "webchat"
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
MOST_BOOKINGS = 5  # a day, from one browser or for one phone or e-mail
MOST_CODES = 6  # asked for in an hour from one browser, right or wrong
MOST_TRIES = 5  # of a code, in its ten minutes


class TooMany(Exception):
    """Somebody tries too often: nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form as it was sent. `visitor` is the browser's conversation, `key` makes it act once; `said` tells in a
    sentence what it asks, for people at the desk; `contact` is the phone or e-mail given in it."""

    visitor: str
    key: str
    said: str = ""
    fields: tuple[str, ...] = ()
    contact: str = ""
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of it: done, waiting (a person decides), refused; with the words that were said."""

    status: str
    why: str = ""
    record: int | None = None
    told: str = ""

    @property
    def done(self) -> bool:
        return self.status == "done"


@again
def patient_act(act: Act, form: Form, *, organization: Organization, identity: Identity, now: datetime) -> Result:
    """The patient's own act. The same form sent again gives the same result. Raises TooMany."""
    key = event_id(organization, SOURCE, f"{form.visitor} {form.key}")
    with transaction.atomic():
        talk = _conversation(organization, form, now)
        sent = InboundEvent.objects.filter(pk=key).first()
        if sent is not None:
            return Result(**(sent.reply or {"status": "refused"}))
        if isinstance(act, BookAppointment) and _booked(organization, talk, form.contact, now) >= MOST_BOOKINGS:
            raise TooMany
        facts = _facts(act, organization, now)
        outcome = _submitted(act, form, talk, identity, now)
        told = result(outcome, Voice(facts, form.language))
        if form.said and outcome.status != "refused":
            _noted(talk, form.said, told, key, outcome, now)
        ended = Result(outcome.status, outcome.why, outcome.record, told)
        InboundEvent.objects.filter(pk=key).update(reply=asdict(ended))
    return ended


def _conversation(organization: Organization, form: Form, now: datetime) -> Conversation:
    """Locked until the form is dealt with: of the same form sent twice at once, the second finds the first one's
    result."""
    talk = practice.open_conversation(
        organization=organization, identifier=form.visitor, channel=CHANNEL, address=None, now=now,
        language=form.language,
    )  # fmt: skip
    return Conversation.objects.select_related("organization").select_for_update(of=("self",)).get(pk=talk.pk)


def _facts(act: Act, organization: Organization, now: datetime) -> Facts:
    """What the sentence about it needs: the appointment as it was before."""
    key = getattr(act, "appointment", None)
    before = tuple(Appointment.objects.filter(pk=key, organization=organization)) if key is not None else ()
    known = queries.directory(organization)
    return Facts(now=now, directory=known, channel=CHANNEL, address=None, appointments=before)


def _submitted(act: Act, form: Form, talk: Conversation, identity: Identity, now: datetime) -> Outcome:
    """The event, then the gate; `talk` belongs to the caller's transaction."""
    organization = talk.organization
    event = _event(talk, "form", f"{form.visitor} {form.key}", now, kind_of_act=act.kind, contact=_digest(form.contact))
    evidence = tuple(Evidence("form", name) for name in form.fields or ("form",))
    (outcome,) = gate.submit(
        [Proposal(act, AGENT, evidence, identity)], event=event.pk, organization=organization, now=now,
        conversation=talk, text=form.said,
    )  # fmt: skip
    return outcome


def _event(talk: Conversation, kind: str, external_id: str, now: datetime, **payload: str) -> InboundEvent:
    return InboundEvent.objects.create(
        id=event_id(talk.organization, SOURCE, external_id), organization=talk.organization, source=SOURCE,
        external_id=external_id, conversation=talk, kind=kind, payload=payload, at=now, handled_at=now,
    )  # fmt: skip


def _noted(talk: Conversation, said: str, told: str, event: object, outcome: Outcome, now: datetime) -> None:
    """The conversation shows what was asked by form and what was answered, at the desk and on the page."""
    about = {"conversation": talk, "channel": CHANNEL, "event": event}
    practice.note_message(organization=talk.organization, author="patient", text=said, at=now, **about)
    if told:
        practice.note_message(organization=talk.organization, author="assistant", text=told, at=now, **about)
    patient = outcome.facts.get("patient") or getattr(outcome.proposal.act, "patient", None)
    if outcome.done and isinstance(patient, int):
        practice.save_turn(conversation=talk, state=talk.state, version=talk.version, now=now, patient=patient)
    if outcome.done:
        practice.close_by(conversation=talk, who="assistant")


def _booked(organization: Organization, talk: Conversation, contact: str, now: datetime) -> int:
    whose = Q(conversation=talk) | Q(payload__contact=_digest(contact)) if contact else Q(conversation=talk)
    rows = InboundEvent.objects.filter(whose, organization=organization, source=SOURCE, at__gt=now - A_DAY)
    return rows.filter(payload__kind_of_act=BookAppointment.kind).count()


def _digest(contact: str) -> str:
    return salted_hmac("releve.form.contact", contact.lower()).hexdigest()[:24] if contact else ""


# --- codes -----------------------------------------------------------------------------------------------------------
def may_send_codes(organization: Organization) -> bool:
    """A start-up record names codes, and forms are not stopped. It is the same for everyone."""
    policy = startup.policy(organization)
    return SendCode.kind in policy.automatic and not policy.stops(AGENT)


@again
def send_code(patients: Sequence[int], form: Form, *, organization: Organization, now: datetime) -> None:
    """Six digits to the contact on file of these patients; with none, all the same but that nothing leaves. Raises
    TooMany."""
    with transaction.atomic():
        talk = _conversation(organization, form, now)
        asked = InboundEvent.objects.filter(
            conversation=talk, source=SOURCE, payload__kind_of_act=SendCode.kind, at__gt=now - AN_HOUR
        )
        if asked.count() >= MOST_CODES:
            raise TooMany
        if asked.filter(external_id=f"{form.visitor} {form.key}").exists():
            return
        _submitted(SendCode(patients=tuple(patients)), form, talk, Identity.NONE, now)


@again
def try_code(code: str, *, organization: Organization, visitor: str, now: datetime) -> int | None:
    """The patient this browser's code was sent to; None for a wrong code. Tries are counted with the conversation
    locked, so that a thousand at once are still five. Raises TooMany."""
    with transaction.atomic():
        talk = Conversation.objects.select_for_update().filter(organization=organization, identifier=visitor).first()
        if talk is None:
            return None
        tried = InboundEvent.objects.filter(conversation=talk, kind="code", at__gt=now - practice.CODE_LIFE)
        if tried.count() >= MOST_TRIES:
            raise TooMany
        _event(talk, "code", str(uuid4()), now)
        return queries.code_holder(talk, code, now)


# --- danger ----------------------------------------------------------------------------------------------------------
def alarm(text: str, form: Form, *, organization: Organization, now: datetime) -> tuple[str, ...]:
    """What is said at once when a field of a form tells of danger: the words go the way of any message, with a person
    alerted. Empty: no danger was read."""
    flags = _danger(text, organization, now, form.language) if text.strip() else ()
    if not flags:
        return ()
    event = receive(
        organization=organization, conversation=form.visitor, channel=CHANNEL, address=None, text=text,
        external_id=f"{form.visitor} {form.key} {uuid4()}", at=now, language=form.language,
    )  # fmt: skip
    try:
        return tuple(str(line) for line in answer(event).get("messages", ()))
    except Overtaken:  # the worker alerts; the numbers to call do not wait for it
        return (advice(flags),)


def _danger(text: str, organization: Organization, now: datetime, language: str) -> tuple[str, ...]:
    try:
        local = now.astimezone(ZoneInfo(organization.timezone)).replace(tzinfo=None)
        return understand(text, now=local, language=language).red_flags
    except Exception:  # whatever it is, the list is still looked at
        log.exception("a form's words could not be read")
        return danger_alone(text, language).red_flags
