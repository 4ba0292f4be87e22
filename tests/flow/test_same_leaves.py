"""One conversation leaves the same traces through any door, and leaves them once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from releve.channels.lines.desk import Desk
from releve.intake import actions as intake
from releve.intake.models import InboundEvent
from releve.ledger.queries import kinds
from releve.post.models import Outgoing, Timer
from releve.post.queries import next_timer
from releve.practice.models import Conversation, Organization
from tests import cast

BOOKING = (
    "Bonjour, je voudrais une consultation avec le Dr Amar mercredi matin",
    "Camille Bernard, née le 4 juin 1991",
    "le premier",
    "06 39 98 10 03",
    "oui",
)


def rows() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in apps.get_models()}


def through_the_desk(practice: Organization) -> Iterator[dict[str, Any]]:
    desk = Desk(practice, cast.NOW)
    chat: dict[str, Any] = {"conversation": "c1", "channel": "webchat", "from": None}
    yield desk.line({"id": "open", **chat, "open": True})
    for number, text in enumerate(BOOKING):
        yield desk.line({"id": f"l{number}", **chat, "text": text})


def through_http(client: Client, clock: Any) -> Iterator[dict[str, Any]]:
    path = "/api/v1/conversations"
    opened = client.post(path, {"id": str(uuid4())}, content_type="application/json").json()
    yield opened
    for number, text in enumerate(BOOKING):
        clock.moment += timedelta(seconds=1)
        message = {"id": f"m{number}", "text": text}
        yield client.post(f"{path}/{opened['conversation']}/messages", message, content_type="application/json").json()


def test_the_same_conversation_leaves_the_same_leaves(practice: Organization, client: Client, clock: Any) -> None:
    with transaction.atomic():
        said = [(a["messages"], a["expects"], len(a["options"])) for a in through_the_desk(practice)]
        leaves = kinds()
        transaction.set_rollback(True)
    assert [(a["messages"], a["expects"], len(a["options"])) for a in through_http(client, clock)] == said
    assert kinds() == leaves
    assert leaves[-1] == "book_appointment"


def received(practice: Organization, text: str, key: str = "m1") -> InboundEvent:
    return intake.receive(organization=practice, conversation="c1", channel="sms", address=cast.ROCHE_PHONE, text=text,
                          external_id=key, at=cast.NOW)  # fmt: skip


def test_the_same_event_twice_changes_nothing(practice: Organization) -> None:
    first = intake.answer(received(practice, "Bonjour, je suis M. Roche, né le 3 mai 1954, j'annule jeudi"))
    before = rows(), kinds()
    again = received(practice, "Bonjour, je suis M. Roche, né le 3 mai 1954, j'annule jeudi")
    assert intake.answer(again) == first
    assert (rows(), kinds()) == before


def test_an_event_whose_answer_was_lost_is_answered_by_the_replay(practice: Organization) -> None:
    event = received(practice, "Où peut-on se garer ?")
    assert intake.replay(before=cast.NOW + timedelta(seconds=5)) == 0, "the request may still be at work"
    assert intake.replay(before=cast.NOW + timedelta(seconds=6)) == 1
    assert intake.replay(before=cast.NOW + timedelta(seconds=6)) == 0
    assert intake.answer(event)["messages"]


def test_a_timer_fired_twice_acts_once(practice: Organization) -> None:
    reminder = next_timer(cast.NOW + timedelta(days=7))
    assert reminder is not None and reminder.act == "send_reminder"
    assert intake.fire(reminder, practice) is not None
    sent = Outgoing.objects.count()
    assert intake.fire(reminder, practice) is None
    Timer.objects.filter(pk=reminder.pk).update(done_at=None)  # as if a restored backup had forgotten
    assert intake.fire(reminder, practice) is None
    assert Outgoing.objects.count() == sent == 1


def test_a_turn_overtaken_by_another_thinks_again(practice: Organization, monkeypatch: pytest.MonkeyPatch) -> None:
    event = received(practice, "Où peut-on se garer ?")
    thought: list[str] = []
    propose = intake.propose

    def overtaken_once(*arguments: Any) -> Any:
        thought.append("once more")
        if len(thought) == 1:
            Conversation.objects.update(version=7)  # another message was answered meanwhile
        return propose(*arguments)

    monkeypatch.setattr(intake, "propose", overtaken_once)
    assert intake.answer(event)["messages"]
    assert (len(thought), Conversation.objects.get().version) == (2, 8)
    assert kinds().count("answer") == 1


def test_a_turn_that_is_always_overtaken_gives_up_and_stays_unhandled(
    practice: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = received(practice, "Où peut-on se garer ?")
    before = kinds()
    monkeypatch.setattr(intake, "_claim_turn", _never)
    with pytest.raises(intake.Overtaken):
        intake.answer(event)
    event.refresh_from_db()
    assert (event.handled_at, event.reply, kinds()) == (None, None, before)


def _never(*_: Any) -> None:
    raise intake.Overtaken


def test_the_same_staff_action_twice_is_refused(practice: Organization) -> None:
    from releve.core.acts import StopAssistant

    act = StopAssistant(stopped=True)
    intake.staff_act(act, organization=practice, user=None, now=cast.NOW, external_id="click-1")
    before = rows(), kinds()
    with pytest.raises(intake.BadEvent):
        intake.staff_act(act, organization=practice, user=None, now=cast.NOW, external_id="click-1")
    assert (rows(), kinds()) == before
