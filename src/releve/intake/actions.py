"""Receives events, and answers them: thinking outside a transaction, acting inside one."""

import logging
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from releve.core.acts import ACTS, Act, Identity
from releve.core.codec import decode, encode
from releve.core.facts import Directory, Facts
from releve.core.messages import Evidence, Outcome, Proposal
from releve.core.understanding import Understanding
from releve.dialogue import Reply, State, Turn, propose, tell, wanted
from releve.dialogue.propose import opened
from releve.guarantee import gate, startup
from releve.intake.again import again
from releve.intake.models import InboundEvent
from releve.language import danger_alone, understand
from releve.post import actions as post
from releve.post.models import Timer
from releve.post.queries import next_timer
from releve.practice import actions as practice
from releve.practice import queries
from releve.practice.models import Conversation, Organization, User

log = logging.getLogger("releve.intake")
MOST_TRIES = 5
PATIENCE = 3  # failures after which an event no longer keeps those that follow it waiting
LONGEST_TEXT = 5000
UNANSWERED = timedelta(seconds=5)  # younger events are being answered by the request that brought them


class BadEvent(ValueError):
    """What came in cannot be taken: `field` and `reason` say why. Nothing was written."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class Overtaken(Exception):
    """Another turn of the same conversation came in between: think again."""


def event_id(organization: Organization, source: str, external_id: str) -> UUID:
    """The same external id gives the same event."""
    return uuid5(NAMESPACE_URL, f"releve:{organization.pk}:{source}:{external_id}")


def clean(text: str) -> str:
    """A patient's text as it is kept. Raises BadEvent when it is empty or too long; control characters go."""
    if len(text) > LONGEST_TEXT:
        raise BadEvent("text", f"longer than {LONGEST_TEXT} characters: send it in several messages")
    text = unicodedata.normalize("NFC", text)  # some phones send e and its accent apart
    kept = "".join(c for c in text if c in "\n\t" or (c.isprintable() or c in "\u200d\ufe0f\u00a0\u202f"))
    if not kept.strip():
        raise BadEvent("text", "is empty")
    return kept.strip()


@again
def receive(
    *, organization: Organization, conversation: str, channel: str, address: str | None, text: str | None,
    external_id: str, at: datetime, source: str = "", language: str = "fr", simulated: bool = False,
) -> InboundEvent:  # fmt: skip
    """Stores one message (or, without text, an opened chat), once. Raises BadEvent."""
    kept = None if text is None else clean(text)
    source = source or channel
    key = event_id(organization, source, external_id)
    with transaction.atomic():
        talk = practice.open_conversation(
            organization=organization, identifier=conversation, channel=channel, address=address, now=at,
            language=language, simulated=simulated,
        )  # fmt: skip
        if talk.channel != channel or talk.address != address or talk.simulated != simulated:
            raise BadEvent("conversation", "belongs to another channel or sender")
        row, fresh = InboundEvent.objects.get_or_create(
            id=key,
            defaults={
                "organization": organization, "source": source, "external_id": external_id, "conversation": talk,
                "kind": "open" if kept is None else "message", "payload": {} if kept is None else {"text": kept},
                "at": at,
            },
        )  # fmt: skip
        if row.conversation_id != talk.pk or row.payload.get("text") != kept:
            raise BadEvent("id", "was already used for another message")
        if fresh and kept is not None:
            practice.note_message(
                organization=organization, author="patient", text=kept, at=at, conversation=talk, channel=channel,
                address=address, event=key,
            )  # fmt: skip
    return row


def answer(event: InboundEvent) -> dict[str, Any]:
    """The event's one reply, made now if it has none yet. Safe to call again after a crash, or from two processes."""
    for _ in range(MOST_TRIES):
        event.refresh_from_db()
        if event.reply is not None:
            return dict(event.reply)
        try:
            return _turn(event)
        except Overtaken:
            continue
    raise Overtaken(f"event {event.pk} was overtaken {MOST_TRIES} times")


@again
def _turn(event: InboundEvent) -> dict[str, Any]:
    assert event.conversation_id is not None
    talk = Conversation.objects.select_related("organization").get(pk=event.conversation_id)
    version, now = talk.version, event.at
    answered = max(event.at, settings.CLOCK.now())  # what happens has the event's time; the answer, its own
    known = queries.directory(talk.organization)
    state = decode(State, talk.state)
    if not talk.version and talk.address and "language" not in talk.state:
        state = state.having(language=queries.language_at(talk))
    text = str(event.payload.get("text", ""))
    if event.kind == "open":
        turn = Turn(state.having(ask=opened().state.ask))
        facts = queries.facts(talk, wanted(state, Understanding(), "", known), known, now)
    else:
        facts, turn = _thought(event, talk, _with_person(state, talk), text, known, now)
    with transaction.atomic():
        _claim_turn(talk, version)
        if InboundEvent.objects.filter(pk=event.pk, handled_at=None).update(handled_at=answered) == 0:
            raise Overtaken
        outcomes = gate.submit(
            turn.proposals, event=event.pk, organization=talk.organization, now=now, conversation=talk, text=text
        )
        state, reply = tell(turn, outcomes, facts)
        _store(talk, event, state, reply, outcomes, answered)
    return dict(event.reply or {})


def _thought(
    event: InboundEvent, talk: Conversation, state: State, text: str, known: Directory, now: datetime
) -> tuple[Facts, Turn]:
    """What to propose; a message we cannot think about goes to a person, and is never left without an answer."""
    try:
        read = understand(text, now=known.local(now), channel=talk.channel, language=state.language)  # type: ignore[arg-type]
    except Exception:  # whatever it is, danger is looked for and a person answers
        log.exception("event %s could not be read", event.pk)
        read = danger_alone(text, state.language)
    facts = queries.facts(talk, wanted(state, read, text, known), known, now, text, state.claim.verified)
    policy = startup.policy(talk.organization)
    facts = replace(facts, may_act=policy.signed and not policy.stops("front_desk"))
    return facts, propose(state, read, text, facts)


def _with_person(state: State, talk: Conversation) -> State:
    """Someone at the desk has taken the conversation over, or has it still."""
    if talk.with_person and not state.handed:
        return state.having(handed="secretary")
    return state


def _claim_turn(talk: Conversation, version: int) -> None:
    """Locks the conversation and makes sure that no other turn has come in since it was read."""
    if Conversation.objects.select_for_update().values_list("version", flat=True).get(pk=talk.pk) != version:
        raise Overtaken


def _store(
    talk: Conversation, event: InboundEvent, state: State, reply: Reply, outcomes: Sequence[Outcome], at: datetime
) -> None:
    patient = _known_patient(outcomes)
    practice.save_turn(conversation=talk, state=encode(state), version=talk.version, now=event.at, patient=patient)
    for message in reply.messages:
        practice.note_message(
            organization=talk.organization, author="assistant", text=message, at=at, conversation=talk,
            channel=talk.channel, address=talk.address, event=event.pk,
        )  # fmt: skip
    if state.ask is None and not state.requests and not state.handed:
        practice.close_by(conversation=talk, who="assistant")
    event.reply = encode(reply)
    event.save(update_fields=["reply"])


def _known_patient(outcomes: Sequence[Outcome]) -> int | None:
    """The patient that this turn's acts were about, when it was known who speaks."""
    for outcome in outcomes:
        patient = getattr(outcome.proposal.act, "patient", None) or outcome.facts.get("patient")
        if isinstance(patient, int) and outcome.proposal.identity is not Identity.NONE:
            return patient
    return None


@again
def staff_act(
    act: Act, *, organization: Organization, user: User | None, now: datetime, external_id: str, evidence: str = "desk"
) -> Outcome:
    """A person acts at the desk: through the same gate, under their own name. The same external id acts once."""
    (outcome,) = staff_acts(
        [act], organization=organization, user=user, now=now, external_id=external_id, evidence=evidence
    )
    return outcome


def staff_acts(
    acts: Sequence[Act], *, organization: Organization, user: User | None, now: datetime, external_id: str,
    evidence: str = "desk",
) -> tuple[Outcome, ...]:  # fmt: skip
    """Several acts of one decision: one event and one transaction, and each act its own verdict and ledger entry. One
    that is refused does not keep the others from being done."""
    key = event_id(organization, "desk", external_id)
    proposals = [Proposal(act, "staff", (Evidence("rule", evidence),), Identity.STAFF) for act in acts]
    with transaction.atomic():
        event, fresh = InboundEvent.objects.get_or_create(
            id=key,
            defaults={
                "organization": organization, "source": "desk", "external_id": external_id, "kind": "staff",
                "payload": {
                    "kind": acts[0].kind, "acts": [encode(act) for act in acts], "kinds": [act.kind for act in acts],
                },
                "at": now, "handled_at": now,
            },
        )  # fmt: skip
        if not fresh:
            raise BadEvent("id", "this was already done")
        outcomes = gate.submit(proposals, event=event.pk, organization=organization, now=now, user=user)
        event.reply = {"outcomes": [{"status": o.status, "why": o.why, "record": o.record} for o in outcomes]}
        event.save(update_fields=["reply"])
    return outcomes


def done_by(organization: Organization, external_id: str) -> list[tuple[Act, int]]:
    """What this form of the desk did, in order: each act with the record that it made or changed."""
    event = InboundEvent.objects.filter(pk=event_id(organization, "desk", external_id)).first()
    if event is None or event.reply is None:
        return []
    told = zip(event.payload["kinds"], event.payload["acts"], event.reply["outcomes"], strict=True)
    return [
        (decode(ACTS[kind], act), outcome["record"])
        for kind, act, outcome in told
        if outcome["status"] == "done" and outcome["record"] is not None
    ]


@again
def was_sent(organization: Organization, external_id: str) -> bool:
    """This form of the desk has been dealt with: a double click."""
    return InboundEvent.objects.filter(pk=event_id(organization, "desk", external_id)).exists()


def fire(timer: Timer, organization: Organization) -> Outcome | None:
    """A due timer comes in as an event whose `now` is its own due time. None when another worker fires it or has."""
    act = decode(ACTS[timer.act], timer.payload)
    proposal = Proposal(act, "timer", (Evidence("rule", timer.act),))
    external_id = f"{timer.key}@{timer.due_at.isoformat()}"
    key = event_id(organization, "timer", external_id)
    with transaction.atomic():
        due = Timer.objects.filter(pk=timer.pk, done_at=None, due_at=timer.due_at)
        row = due.select_for_update(skip_locked=True).first()
        if row is None:
            return None
        post.finish_timer(row=row, at=timer.due_at)
        event, fresh = InboundEvent.objects.get_or_create(
            id=key,
            defaults={
                "organization": organization, "source": "timer", "external_id": external_id,
                "kind": "timer", "payload": {"act": timer.act}, "at": timer.due_at, "handled_at": timer.due_at,
            },
        )  # fmt: skip
        if not fresh:
            return None
        (outcome,) = gate.submit([proposal], event=event.pk, organization=organization, now=timer.due_at)
    return outcome


def fire_due(
    organization: Organization,
    until: datetime,
    after_each: Callable[[datetime], None] = lambda at: None,
    most: int | None = None,
) -> int:
    """Fires every timer due until then (`most` of them), in order, those set on the way included. Returns how many.

    Any number of workers may call it: only the earliest timer is ever fired, so that one which another worker is at
    ends the call. One that fails stays due, and is passed over for a while: it must not keep the others waiting.
    """
    count = 0
    while (most is None or count < most) and (timer := next_timer(until)) is not None:
        try:
            outcome = fire(timer, organization)
        except DatabaseError:
            raise  # not this timer's: the round is tried again
        except Exception:  # this timer's own fault: the others go on
            log.exception("timer %s could not be fired", timer.pk)
            post.put_off(row=timer, now=until)
            continue
        if outcome is None and next_timer(until) == timer:
            break  # its turn is another worker's, and the others come after it
        after_each(timer.due_at)
        count += 1
    return count


def unanswered(before: datetime) -> QuerySet[InboundEvent]:
    """Events stored a while before and not handled (a crash came in between), oldest first. What a patient said later
    waits for what they said before, unless that has failed several times."""
    sooner = InboundEvent.objects.filter(
        conversation=OuterRef("conversation"), handled_at=None, at__lt=OuterRef("at"), attempts__lt=PATIENCE
    )
    rows = InboundEvent.objects.filter(Q(retry_at=None) | Q(retry_at__lte=before), handled_at=None)
    return rows.filter(~Exists(sooner), at__lt=before - UNANSWERED).order_by("at", "id")


def replay(before: datetime, limit: int = 100) -> int:
    """Answers what was left unanswered. Returns how many. Workers share them; one that cannot be answered is tried
    again later and later, and keeps no other waiting."""
    done = 0
    for _ in range(limit):
        event = _claimed(before)
        if event is None:
            break
        with _logged(event):
            answer(event)
            done += 1
    return done


def _claimed(before: datetime) -> InboundEvent | None:
    """The oldest one that no worker is at; another comes back to it after five seconds, then ten, twenty... an hour at
    most."""
    if not unanswered(before).exists():
        return None  # without asking for the write lock
    with transaction.atomic():
        event = unanswered(before).select_for_update(skip_locked=True, of=("self",)).first()
        if event is not None:
            event.retry_at = before + min(UNANSWERED * 2 ** min(event.attempts, 12), timedelta(hours=1))
            event.attempts += 1
            event.save(update_fields=["retry_at", "attempts"])
    return event


@contextmanager
def _logged(event: InboundEvent) -> Iterator[None]:
    """One event that cannot be answered must not keep the others waiting; the log holds its key, never its text."""
    try:
        yield
    except Exception:  # whatever it is, it is this event's
        log.exception("event %s could not be answered", event.pk)


def looked(user: User, now: datetime) -> None:
    """Someone looked at the day: what happens from here on is new to them."""
    practice.looked(user=user, now=now)
