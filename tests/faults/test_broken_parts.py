"""One part fails; the others go on, and whoever asks is told in the contract's words."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from releve.config import worker
from releve.intake import actions as intake
from releve.intake.models import InboundEvent
from releve.post.models import Outgoing, Timer
from releve.practice.models import Organization
from tests import cast


def fails(error: Exception) -> Any:
    def failing(*_: Any, **__: Any) -> Any:
        raise error

    return failing


def test_a_database_that_does_not_answer_is_a_problem_document(
    practice: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "receive", fails(OperationalError("the server is gone")))
    answer = Client(raise_request_exception=False).post("/api/v1/conversations", {}, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert "server is gone" not in answer.text


def test_a_timer_that_cannot_be_read_keeps_no_reminder_waiting(practice: Organization) -> None:
    Timer.objects.create(key="old", act="an_act_of_an_older_version", payload={}, due_at=cast.NOW)
    fired = intake.fire_due(practice, cast.NOW + timedelta(days=3))
    assert (fired, Outgoing.objects.filter(purpose="reminder").count()) == (2, 2)
    assert Timer.objects.get(key="old").done_at is None


def test_an_event_that_cannot_be_answered_keeps_no_other_waiting(practice: Organization) -> None:
    def stored(key: str, phone: str) -> InboundEvent:
        return intake.receive(organization=practice, conversation=key, channel="sms", address=phone,
                              text="Où peut-on se garer ?", external_id=key, at=cast.NOW)  # fmt: skip

    broken, whole = stored("c1", cast.ROCHE_PHONE), stored("c2", cast.MOTHER_PHONE)
    assert broken.conversation is not None
    type(broken.conversation).objects.filter(pk=broken.conversation.pk).update(state={"requests": 7})
    assert intake.replay(before=cast.NOW + timedelta(minutes=1)) == 1
    whole.refresh_from_db()
    assert whole.reply is not None


def test_a_failing_round_does_not_end_the_worker(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[int] = []

    def a_round() -> None:
        rounds.append(1)
        if len(rounds) == 3:
            stops[0]()
        raise OSError("the disk is full")

    stops: list[Any] = []
    monkeypatch.setattr(worker, "one_round", a_round)
    monkeypatch.setattr(worker, "PAUSE", 0.0)
    monkeypatch.setattr(worker.signal, "signal", lambda name, stop: stops.append(stop))
    assert worker.run_forever() == 0
    assert len(rounds) == 3


@pytest.mark.parametrize("purpose", ["code", "reminder"])
def test_a_message_no_provider_takes_does_not_make_the_service_unwell(
    practice: Organization, clock: Any, purpose: str
) -> None:
    Outgoing.objects.create(key="k1", channel="sms", address=cast.ROCHE_PHONE, text="…", purpose=purpose,
                            created_at=cast.NOW, send_after=cast.NOW)  # fmt: skip
    clock.moment += timedelta(minutes=5)
    assert Client().get("/health").status_code == 200


def test_health_tells_when_the_worker_is_not_at_work(practice: Organization, clock: Any) -> None:
    clock.moment += timedelta(days=7)
    answer = Client().get("/health")
    assert (answer.status_code, answer.json()["worker"]) == (503, "late")
