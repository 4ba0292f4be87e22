"""What time brings: reminders and their answers, missed visits, freed places, holds."""

import pytest

from tests import cast
from tests.talk import Talk, said

pytestmark = pytest.mark.django_db


def to(messages: list[dict[str, str]], phone: str) -> list[str]:
    return [m["text"].replace("\u00a0", " ") for m in messages if m["to"] == phone]


def test_a_reminder_goes_the_evening_before_without_speciality_or_reason() -> None:
    (text,) = to(Talk().clock("2026-03-18T19:00"), cast.ROCHE_PHONE)
    assert "jeudi 19 mars à 9 h 40" in text
    assert "consultation" not in text.lower()


def test_yes_to_the_reminder_confirms() -> None:
    talk = Talk()
    talk.clock("2026-03-18T19:00")
    answer = talk.say("OUI")
    assert answer["acts"] == [{"kind": "confirm_appointment", "status": "done", "appointment": cast.ROCHE_THURSDAY}]


def test_no_to_the_reminder_asks_before_cancelling() -> None:
    talk = Talk()
    talk.clock("2026-03-18T19:00")
    assert talk.say("NON")["expects"] == "confirmation"
    assert talk.booked() == ["2026-03-19T09:40"]
    talk.say("oui annulez")
    assert talk.booked() == []


def test_yes_to_a_reminder_of_an_appointment_cancelled_meanwhile() -> None:
    talk = Talk()
    talk.clock("2026-03-18T19:00")
    talk.staff(cancel=cast.ROCHE_THURSDAY)
    answer = talk.say("OUI")
    assert "annulé" in said(answer)
    assert answer["acts"] == []


def test_nothing_leaves_on_a_sunday() -> None:
    data = cast.practice_file()
    data["appointments"][0]["start"] = "2026-03-23T09:40"  # a Monday
    talk = Talk(cast.practice(data))
    assert to(talk.clock("2026-03-21T19:00"), cast.ROCHE_PHONE)
    assert to(talk.clock("2026-03-23T09:00"), cast.ROCHE_PHONE) == []


def test_a_missed_visit_gets_a_message_and_a_new_appointment() -> None:
    talk = Talk()
    talk.staff(no_show=cast.ROCHE_THURSDAY)
    assert to(talk.clock("2026-03-16T19:00"), cast.ROCHE_PHONE)
    offered = talk.say("désolé, vendredi matin possible ?")
    assert offered["expects"] == "slot"
    talk.say("le premier")
    talk.say("oui")
    assert talk.booked() == ["2026-03-20T09:00"]


def waiting(patients: list[str]) -> Talk:
    data = cast.practice_file()
    data["waiting_list"] = [
        {
            "patient": p,
            "practitioner": cast.AMAR,
            "service": cast.CONSULTATION,
            "windows": [["2026-03-19T07:00", "2026-03-19T21:00"]],
        }
        for p in patients
    ]
    return Talk(cast.practice(data))


def test_a_freed_place_is_offered_held_and_taken() -> None:
    talk = waiting([cast.MOTHER])
    talk.staff(cancel=cast.ROCHE_THURSDAY)
    (text,) = to(talk.clock("2026-03-16T09:20"), cast.MOTHER_PHONE)
    assert "jeudi 19 mars à 9 h 40" in text
    assert "C’est réservé" in said(talk.say("oui je la prends", cast.MOTHER_PHONE))
    assert talk.booked(cast.MOTHER) == ["2026-03-19T09:40"]


def test_an_offer_unanswered_for_three_working_hours_passes_on_and_a_late_yes_is_told_kindly() -> None:
    talk = waiting([cast.MOTHER, cast.ROCHE])
    talk.staff(cancel=cast.ROCHE_THURSDAY)
    talk.clock("2026-03-16T09:20")
    assert to(talk.clock("2026-03-16T15:30"), cast.ROCHE_PHONE)
    assert "proposée à une autre personne" in said(talk.say("oui", cast.MOTHER_PHONE))
    assert talk.booked(cast.MOTHER) == []


def test_a_declined_offer_passes_on() -> None:
    talk = waiting([cast.MOTHER, cast.ROCHE])
    talk.staff(cancel=cast.ROCHE_THURSDAY)
    talk.clock("2026-03-16T09:20")
    talk.say("non merci", cast.MOTHER_PHONE)
    assert to(talk.clock("2026-03-16T09:40"), cast.ROCHE_PHONE)
