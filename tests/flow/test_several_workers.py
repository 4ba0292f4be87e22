"""What several workers share, and what none may hold up for the others."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from psycopg.errors import DeadlockDetected

from releve.intake import actions as intake
from releve.intake.again import again
from releve.intake.models import InboundEvent
from releve.intake.outgoing import leave
from releve.post.models import Outgoing, Timer
from releve.practice.models import Conversation, Organization
from tests import cast

LATER = cast.NOW + timedelta(minutes=1)


def received(practice: Organization, talk: str, text: str = "Où peut-on se garer ?", at: datetime = cast.NOW) -> Any:
    return intake.receive(
        organization=practice, conversation=talk, channel="sms", address=f"+336399{talk}", text=text,
        external_id=f"{talk} {at}", at=at,
    )  # fmt: skip


def broken(practice: Organization, talk: str, at: datetime = cast.NOW) -> InboundEvent:
    """An event that cannot be answered: its conversation's state is unreadable."""
    event: InboundEvent = received(practice, talk, at=at)
    Conversation.objects.filter(pk=event.conversation_id).update(state={"requests": 7})
    return event


def test_a_hundred_events_that_cannot_be_answered_starve_no_other(practice: Organization) -> None:
    for number in range(120):
        broken(practice, f"8{number:04}")
    whole = received(practice, "81999", at=cast.NOW + timedelta(seconds=1))
    intake.replay(before=LATER)
    intake.replay(before=LATER)
    whole.refresh_from_db()
    assert whole.reply is not None


def test_what_cannot_be_answered_is_tried_later_and_later(practice: Organization) -> None:
    event = broken(practice, "81001")
    waits, now = [], LATER
    for _ in range(4):
        intake.replay(before=now)
        event.refresh_from_db()
        assert event.retry_at is not None
        waits.append((event.retry_at - now).seconds)
        now = event.retry_at
    assert waits == [5, 10, 20, 40]


def test_no_worker_takes_an_event_that_another_is_at(practice: Organization) -> None:
    event = received(practice, "81001")
    InboundEvent.objects.filter(pk=event.pk).update(attempts=1, retry_at=LATER + timedelta(seconds=5))
    assert intake.replay(before=LATER) == 0
    assert intake.replay(before=LATER + timedelta(seconds=5)) == 1


def test_what_a_patient_said_later_waits_for_what_they_said_before(practice: Organization) -> None:
    first, second = (
        received(practice, "81001"),
        received(practice, "81001", "Et en bus ?", cast.NOW + timedelta(seconds=1)),
    )
    InboundEvent.objects.filter(pk=first.pk).update(attempts=1, retry_at=LATER + timedelta(seconds=5))
    assert intake.replay(before=LATER) == 0, "the first is being answered by another worker"
    InboundEvent.objects.filter(pk=first.pk).update(attempts=intake.PATIENCE)
    assert intake.replay(before=LATER) == 1, "it has failed too often to wait for it"
    second.refresh_from_db()
    assert second.reply is not None


def outgoing(key: str, at: datetime = cast.NOW) -> Outgoing:
    return Outgoing.objects.create(
        key=key, channel="sms", address=cast.ROCHE_PHONE, text=key, purpose="reminder", created_at=at, send_after=at
    )


def test_a_message_leaves_once_and_the_oldest_first(db: None) -> None:
    for n in (2, 1, 3):
        outgoing(f"k{n}", cast.NOW + timedelta(seconds=n))
    assert [m["text"] for m in leave(LATER, lambda row: True)] == ["k1", "k2", "k3"]
    assert leave(LATER, lambda row: True) == []


def test_a_channel_that_fails_keeps_no_other_message(db: None) -> None:
    def delivers(row: Outgoing) -> bool:
        if row.key == "k1":
            raise OSError("the provider is away")
        return True

    outgoing("k1")
    outgoing("k2")
    assert [m["text"] for m in leave(LATER, delivers)] == ["k2"]
    assert leave(LATER, lambda row: True) == [], "it is tried again in a minute"
    assert [m["text"] for m in leave(LATER + timedelta(minutes=1), lambda row: True)] == ["k1"]


def test_a_share_of_the_timers_is_the_earliest_ones(practice: Organization) -> None:
    due = list(Timer.objects.order_by("due_at").values_list("due_at", flat=True))
    assert intake.fire_due(practice, cast.NOW + timedelta(days=7), most=1) == 1
    left = Timer.objects.filter(done_at=None).order_by("due_at")
    assert list(left.values_list("due_at", flat=True)) == due[1:]


def test_a_timer_that_fails_is_passed_over_for_a_minute(practice: Organization) -> None:
    Timer.objects.all().delete()
    timer = Timer.objects.create(key="old", act="an_act_of_an_older_version", payload={}, due_at=cast.NOW)
    for expected, later in ((1, 0), (1, 30), (2, 60)):
        intake.fire_due(practice, cast.NOW + timedelta(seconds=later))
        timer.refresh_from_db()
        assert timer.attempts == expected


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_met_another_head_on_is_begun_again() -> None:
    tries: list[int] = []

    @again
    def meets() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("deadlock detected") from DeadlockDetected()
        return "done"

    assert (meets(), len(tries)) == ("done", 3)


@pytest.mark.django_db(transaction=True)
def test_another_failure_of_the_database_is_not(db: None) -> None:
    tries: list[int] = []

    @again
    def fails() -> None:
        tries.append(1)
        raise OperationalError("disk full")

    assert not connection.in_atomic_block
    with pytest.raises(OperationalError):
        fails()
    assert len(tries) == 1
