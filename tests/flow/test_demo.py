"""The demonstration as it is loaded and played, and its simulated patients: through the service itself, apart from
visitors. It is loaded once; each test works on a copy that is thrown away."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings

from releve.config.clock import FrozenClock
from releve.core.acts import TASK_KINDS, BookAppointment, RescheduleAppointment
from releve.demo import prepare, simulating
from releve.demo.casting import Cast
from releve.demo.models import PACES, Simulation
from releve.demo.simulating import LASTS, Simulator, start
from releve.intake import actions as intake
from releve.intake.models import InboundEvent
from releve.ledger.queries import verify
from releve.practice.models import (
    Appointment,
    Communication,
    Conversation,
    Offer,
    Organization,
    Patient,
    Task,
    User,
    WaitingListEntry,
)
from tests.cast import PARIS

NOW = datetime(2026, 11, 24, 10, 15, tzinfo=PARIS)


@dataclass
class Demo:
    practice: Organization
    journal: Path


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    journal = tmp_path_factory.mktemp("demo") / "ledger-heads.jsonl"
    frozen = override_settings(CLOCK=FrozenClock(NOW), LEDGER_JOURNAL=journal)
    with django_db_blocker.unblock(), frozen, transaction.atomic():
        yield Demo(prepare.build(NOW, prepare.people()), journal)
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: Demo, db: None, settings: Any) -> Demo:
    settings.CLOCK = FrozenClock(NOW)
    settings.LEDGER_JOURNAL = loaded.journal
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"demonstration": True})
    return loaded


# --- what is there on arriving ---------------------------------------------------------------------------------------
def test_every_kind_of_task_is_there(demo: Demo) -> None:
    assert set(Task.objects.values_list("kind", flat=True)) == set(TASK_KINDS)
    assert 8 <= Task.objects.filter(status="open").count() <= 20


def test_tasks_come_from_what_patients_wrote(demo: Demo) -> None:
    told = Task.objects.exclude(kind="third_party")
    assert all(task.words and task.conversation_id and task.reasons for task in told)
    assert told.exclude(marks=[]).count() > 10


def test_every_channel_was_used(demo: Demo) -> None:
    assert set(Conversation.objects.values_list("channel", flat=True)) == {"sms", "webchat", "email", "voice"}
    assert not Conversation.objects.filter(simulated=True).exists()


def test_the_red_flag_was_handled(demo: Demo) -> None:
    task = Task.objects.get(kind="red_flag")
    assert (task.status, task.decided_by and task.decided_by.username) == ("approved", "mme.petit")
    assert Communication.objects.filter(conversation=task.conversation, author="staff").exists()


def test_reminders_left_and_were_answered(demo: Demo) -> None:
    reminders = Communication.objects.filter(purpose="reminder")
    assert reminders.count() > 20
    answers = Conversation.objects.filter(address__in=reminders.values("address"), channel="sms")
    assert answers.filter(messages__text__icontains="venue est confirmée").distinct().count() > 8


def test_a_freed_place_is_offered_and_another_was_taken(demo: Demo) -> None:
    states = Counter(Offer.objects.values_list("status", flat=True))
    assert states["open"] >= 1 and states["accepted"] == 1
    assert WaitingListEntry.objects.filter(status="waiting").count() >= 11


def test_nothing_is_in_the_future_of_the_clock(demo: Demo) -> None:
    assert not Communication.objects.filter(sent_at__gt=NOW + timedelta(minutes=1)).exists()
    assert not InboundEvent.objects.filter(at__gt=NOW + timedelta(minutes=1)).exists()
    assert not InboundEvent.objects.filter(handled_at=None).exists()


def test_the_ledger_holds_it_all(demo: Demo) -> None:
    found = verify()
    assert not found.faults
    assert found.entries > 150 and found.waiting == 0


def test_the_secretary_last_looked_before_something_changed(demo: Demo) -> None:
    seen = User.objects.get(username="mme.petit").seen_at
    assert seen is not None and seen < NOW
    assert Communication.objects.filter(sent_at__gt=seen, author="patient").count() >= 3


def test_its_people_sign_in_and_a_changed_password_is_set_again(demo: Demo) -> None:
    User.objects.filter(username="dr.amar").update(password="forgotten")
    users = prepare.people()
    assert {(name, user.role) for name, user in users.items()} == {
        ("mme.petit", "secretary"), ("dr.amar", "physician"), ("m.lenoir", "manager"),
    }  # fmt: skip
    assert all(user.check_password(prepare.PASSWORD) for user in User.objects.all())


# --- simulated patients ----------------------------------------------------------------------------------------------
def lived(minutes: int, speed: str = "fast") -> Simulator:
    """So many minutes of simulated patients."""
    start(NOW)
    Simulation.objects.update(speed=speed)
    row = Simulation.objects.select_related("organization").get()
    simulator = Simulator(row, NOW)
    for second in range(5, 60 * minutes, 5):
        simulator.round(row, NOW + timedelta(seconds=second))
    return simulator


def test_simulated_patients_write_and_are_marked(demo: Demo) -> None:
    before = set(Conversation.objects.values_list("pk", flat=True))
    lived(3)
    new = Conversation.objects.exclude(pk__in=before)
    assert new.count() >= 6
    assert all(talk.simulated and talk.identifier.startswith("simulated-") for talk in new)
    assert len(set(new.values_list("channel", flat=True))) >= 2
    assert new.filter(messages__author="patient").distinct().count() == new.count()
    answered = [talk.messages.filter(author="patient").count() for talk in new]
    assert max(answered) >= 3


def test_the_same_patients_write_every_time(demo: Demo) -> None:
    def said() -> list[str]:
        with transaction.atomic():
            lived(1)
            words = list(
                Communication.objects.filter(conversation__simulated=True).order_by("id").values_list("text", flat=True)
            )
            transaction.set_rollback(True)
        return words

    first = said()
    assert first and said() == first


def test_a_visitor_who_only_looks_is_not_buried_in_requests(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulating, "MOST_WAITING", 2)
    lived(3)
    assert Conversation.objects.filter(simulated=True).count() > 6
    assert 2 <= Task.objects.filter(conversation__simulated=True, status="open").count() <= 6


@pytest.mark.parametrize("speed", ["paused", "stopped"])
def test_nobody_writes_when_they_may_not(demo: Demo, speed: str) -> None:
    before = InboundEvent.objects.count()
    lived(10, speed)
    assert InboundEvent.objects.count() == before


def test_a_pause_is_kept_when_the_demonstration_starts_again(demo: Demo) -> None:
    Simulation.objects.update(speed="paused")
    start(NOW)
    assert Simulation.objects.get().speed == "paused"
    Simulation.objects.update(speed="stopped")
    start(NOW)
    assert Simulation.objects.get().speed == "normal"


def test_they_stop_by_themselves(demo: Demo) -> None:
    start(NOW)
    row = Simulation.objects.get()
    assert row.pace(NOW + LASTS - timedelta(seconds=1)) == PACES["normal"]
    assert row.pace(NOW + LASTS) is None


def visited(demo: Demo, channel: str, address: str | None) -> Conversation:
    """A visitor writes as a patient."""
    event = intake.receive(
        organization=demo.practice, conversation=f"visitor-{channel}", channel=channel, address=address,
        text="Bonjour, je voudrais un rendez-vous", external_id=channel, at=NOW,
    )  # fmt: skip
    intake.answer(event)
    return Conversation.objects.get(identifier=f"visitor-{channel}")


def test_a_visitor_s_conversation_is_left_alone(demo: Demo) -> None:
    someone = Patient.objects.filter(phone__startswith="+336")[30]
    mine = [visited(demo, "webchat", None), visited(demo, "sms", someone.phone)]
    before = [list(talk.messages.values_list("pk", flat=True)) for talk in mine]
    lived(2)
    assert [list(talk.messages.values_list("pk", flat=True)) for talk in mine] == before
    assert not Conversation.objects.filter(simulated=True, address=someone.phone).exists()
    assert not any(talk.simulated for talk in Conversation.objects.filter(pk__in=[t.pk for t in mine]))


def test_nobody_plays_whom_a_visitor_has_to_do_with(demo: Demo) -> None:
    cast = Cast(demo.practice, prepare.Random(1), NOW)
    holder = next(p for p in cast.patients if cast.can(p, "booked"))
    visit = Appointment.objects.get(patient=holder, status="booked", start__gt=NOW)
    free = visit.start + timedelta(days=70)
    act = BookAppointment(practitioner=visit.practitioner_id, service=visit.service_id, start=free, patient=holder.pk)
    intake.staff_act(act, organization=demo.practice, user=None, now=NOW, external_id="by the visitor")
    cast.look(NOW)
    assert not cast.can(holder, "booked")
    assert not cast.can(holder, "known")


def test_nobody_moves_what_a_visitor_has_moved(demo: Demo) -> None:
    cast = Cast(demo.practice, prepare.Random(1), NOW)
    holder = next(p for p in cast.patients if cast.can(p, "booked"))
    visit = Appointment.objects.get(patient=holder, status="booked", start__gt=NOW)
    later = visit.start + timedelta(days=70)
    act = RescheduleAppointment(
        appointment=visit.pk, patient=holder.pk, practitioner=visit.practitioner_id, start=later
    )
    intake.staff_act(act, organization=demo.practice, user=None, now=NOW, external_id="moved by the visitor")
    cast.look(NOW)
    assert not cast.can(holder, "booked")


def test_once_a_person_has_taken_over_the_patient_waits(demo: Demo) -> None:
    simulator = lived(1)
    one = simulator.writing[0]
    talk = Conversation.objects.get(identifier=one.chat.key)
    Conversation.objects.filter(pk=talk.pk).update(with_person=True)
    before = talk.messages.count()
    one.chat.speaks(NOW + timedelta(minutes=2))
    assert one.chat.over
    assert talk.messages.count() == before


# --- their switch ----------------------------------------------------------------------------------------------------
@pytest.fixture
def petit(demo: Demo) -> Client:
    client = Client()
    client.force_login(User.objects.get(username="mme.petit"))
    return client


def test_the_switch_sets_the_speed_and_comes_back(petit: Client) -> None:
    answer = petit.post("/demonstration/", {"speed": "fast", "next": "/boite/?x=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/boite/?x=1")
    assert Simulation.objects.get().speed == "fast"
    assert Simulation.objects.get().until == NOW + LASTS
    assert (
        petit.post("/demonstration/", {"speed": "paused", "next": "https://evil.example/"})["Location"] == "/journee/"
    )


def test_an_unknown_speed_is_refused(petit: Client) -> None:
    assert petit.post("/demonstration/", {"speed": "ludicrous"}).status_code == 404


def test_the_header_shows_the_switch(petit: Client) -> None:
    page = petit.get("/conversations/").content.decode()
    assert 'action="/demonstration/"' in page
    assert "Patients simulés" in page


def test_outside_a_demonstration_there_is_no_switch(petit: Client, settings: Any) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"demonstration": False})
    assert 'action="/demonstration/"' not in petit.get("/conversations/").content.decode()
    assert petit.post("/demonstration/", {"speed": "fast"}).status_code == 404


def test_a_practice_that_the_demonstration_did_not_load_has_no_switch(petit: Client) -> None:
    Simulation.objects.all().delete()
    assert 'action="/demonstration/"' not in petit.get("/conversations/").content.decode()
    assert petit.post("/demonstration/", {"speed": "fast"}).status_code == 404


def test_a_simulated_conversation_wears_its_tag(demo: Demo, petit: Client) -> None:
    lived(1)
    assert '<span class="tag">patient simulé</span>' in petit.get("/conversations/").content.decode()
