"""A patient who writes in English is answered in English, for the same acts and under the same rules."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from releve.practice.models import Organization, Task
from tests.talk import Talk, said

pytestmark = pytest.mark.django_db


def test_booking() -> None:
    talk = Talk()
    asked = talk.say("Hello, I would like to book an appointment with Dr Amar on Friday morning")
    assert "automatic assistant" in said(asked) and "date of birth" in said(asked)
    offered = talk.say("born on 3 May 1954")
    assert "1. Friday 20 March at 9 am" in said(offered)
    assert "Shall I confirm" in said(talk.say("the first one please"))
    assert "It is booked: Friday 20 March at 9 am with Dr Amar" in said(talk.say("yes please"))
    assert talk.booked() == ["2026-03-19T09:40", "2026-03-20T09:00"]


def test_moving() -> None:
    talk = Talk()
    talk.say("Hi, I need to move my appointment from Thursday to Friday morning")
    talk.say("3rd May 1954")
    assert "Thursday 19 March at 9:40 am" in said(talk.say("the first one"))
    assert "is cancelled" in said(talk.say("yes"))
    assert talk.booked() == ["2026-03-20T09:00"]


def test_cancelling_on_the_web_takes_a_code() -> None:
    talk = Talk()
    talk.web("Hello, I have to cancel my appointment on Thursday")
    asked = talk.web("My name is Bernard Roche, born 3 May 1954")
    assert asked["expects"] == "code" and "6-digit code" in said(asked)
    assert "your code is" in asked["outbox"][0]["text"]
    code = re.findall(r"\d{6}", asked["outbox"][0]["text"])[0]
    assert "I will cancel your appointment on Thursday 19 March at 9:40 am" in said(talk.web(f"the code is {code}"))
    assert "is cancelled" in said(talk.web("yes, please"))
    assert talk.booked() == []


def test_confirming_a_reminder() -> None:
    talk = Talk()
    talk.clock("2026-03-18T19:00")
    answer = talk.say("Yes, I'll be there, thank you")
    assert answer["acts"][0]["kind"] == "confirm_appointment"
    assert "your appointment is confirmed" in said(answer)


def test_what_leaves_later_is_in_the_language_they_wrote_in() -> None:
    talk = Talk()
    talk.say("What time is my appointment?")
    texts = [sent["text"].replace("\u00a0", " ") for sent in talk.clock("2026-03-18T19:00")]
    assert any("reminder of your appointment on Thursday 19 March at 9:40 am with Dr Amar" in text for text in texts)
    assert any(
        "rappel de votre rendez-vous mardi 17 mars" in text for text in texts
    )  # Léa's, whose mother wrote nothing


def test_when_is_my_appointment() -> None:
    talk = Talk()
    talk.say("What time is my appointment?")
    assert "Thursday 19 March at 9:40 am with Dr Amar" in said(talk.say("3 May 1954"))


def test_the_waiting_list() -> None:
    talk = Talk()
    talk.say("Can you put me on the waiting list with Dr Amar please? In case something opens up earlier")
    answer = talk.say("03/05/1954")
    assert answer["acts"][0]["kind"] == "join_waiting_list"
    assert "You are on the waiting list" in said(answer)


def test_prices_hours_and_access() -> None:
    talk = Talk()
    assert "Consultation: €30" in said(talk.say("How much is a consultation?"))
    assert "Monday to Friday from 8:30 am to 12:30 pm" in said(talk.say("What are your opening hours?"))
    assert "We are at 12 quai de la Loire" in said(talk.say("Where can I park?"))


def test_a_renewal_is_handed_on_in_the_patient_s_own_words() -> None:
    talk = Talk()
    text = "Could you please renew my prescription for levothyroxine?"
    talk.say(text)
    answer = talk.say("3 May 1954")
    assert "passed on to the doctor, who decides" in said(answer)
    task = Task.objects.get(kind="prescription_renewal")
    assert task.words == text and all(end <= len(text) for _, end in task.marks)


def test_an_emergency() -> None:
    answer = Talk().say("I have a crushing pain in my chest and my left arm is numb")
    assert answer["handoff"] == {"to": "emergency", "reason": "red_flag"}
    assert "Call 15 or 112 now" in said(answer)


def test_a_person_in_one_step() -> None:
    answer = Talk().say("I want to speak to a human please")
    assert answer["handoff"]["to"] == "secretary"
    assert "handing over to a person" in said(answer)


def test_a_new_patient_on_the_web() -> None:
    talk = Talk()
    talk.web("Hello, I am a new patient, I would like a consultation on Thursday afternoon")
    talk.web("Camille Bernard, born on 4 June 1991")
    assert talk.web("the last one")["expects"] == "details"
    talk.web("06 39 98 10 03")
    assert "It is booked" in said(talk.web("yes"))


def test_the_buttons_of_the_chat_speak_english_and_can_be_read(client: Client, practice: Organization) -> None:
    def say(text: str) -> str:
        answer = client.post("/", {"form": str(uuid4()), "text": text}, follow=True)
        return answer.content.decode().replace("\u00a0", " ")

    say("Hello, I am a new patient, I would like a consultation on Thursday afternoon")
    assert 'value="Thursday 19 March at 4 pm"' in say("Camille Bernard, born on 4 June 1991")
    say("Thursday 19 March at 4 pm")
    assert 'value="yes"' in say("06 39 98 10 03")
    assert "It is booked: Thursday 19 March at 4 pm" in say("yes")


def test_another_time_instead() -> None:
    talk = Talk()
    talk.say("I need a consultation on Thursday morning")
    talk.say("03/05/1954")
    talk.say("the first one")
    other = talk.say("no, actually Friday morning would be better")
    assert {o["start"][:10] for o in other["options"]} == {"2026-03-20"}


def test_no_leaves_everything_as_it_is() -> None:
    talk = Talk()
    talk.say("I have to cancel my appointment on Thursday")
    talk.say("03/05/1954")
    assert "is kept" in said(talk.say("no, I'll keep it"))
    assert talk.booked() == ["2026-03-19T09:40"]


def test_a_short_ok_does_not_change_the_language_and_french_does() -> None:
    talk = Talk()
    talk.say("What are your opening hours?")
    assert "Thank you, noted" in said(talk.say("ok"))
    back = said(talk.say("Bonjour, je voudrais plutôt parler français, quels sont vos horaires ?"))
    assert "assistant automatique" in back and "Nous sommes ouverts" in back


def test_french_with_an_english_word_is_answered_in_french() -> None:
    assert "assistant automatique" in said(Talk().say("Hi there, je voudrais un rdv vendredi matin"))
