"""Booking: a French situation, and what comes of it. These pages are also the manual of the booking agent."""

import pytest

from releve.practice.models import Patient
from tests import cast
from tests.talk import Talk, said

pytestmark = pytest.mark.django_db


def test_known_number_books_with_a_birth_date() -> None:
    talk = Talk()
    assert talk.say("Bonjour, une consultation avec le Dr Amar vendredi matin ?")["expects"] == "identity"
    offered = talk.say("3 mai 1954")
    assert (offered["expects"], len(offered["options"])) == ("slot", 3)
    asked = talk.say("le premier")
    assert asked["expects"] == "confirmation"
    done = talk.say("oui")
    assert done["acts"][0]["kind"] == "book_appointment"
    assert "vendredi 20 mars à 9 h" in said(done)
    assert talk.booked() == ["2026-03-19T09:40", "2026-03-20T09:00"]


def test_first_answer_says_it_is_automatic_and_how_to_reach_a_person() -> None:
    answer = said(Talk().say("Bonjour"))
    assert "assistant automatique" in answer
    assert "secrétariat" in answer


def test_who_asks_for_a_place_as_a_new_patient_and_names_a_time_is_offered_one() -> None:
    answer = Talk().web("Prenez-vous de nouveaux patients ? Je suis libre jeudi après-midi")
    assert "nouveaux patients" in said(answer) and answer["expects"] != "none"


def test_a_new_patient_on_the_web_leaves_a_number_and_gets_a_file() -> None:
    talk = Talk()
    talk.web("Bonjour, je suis un nouveau patient, je voudrais une consultation jeudi après-midi")
    talk.web("Camille Bernard, née le 4 juin 1991")
    assert talk.web("le dernier")["expects"] == "details"
    talk.web("06 39 98 10 03")
    assert "C’est réservé" in said(talk.web("oui"))
    made = Patient.objects.get(family="Bernard")
    assert (made.given, made.phone) == ("Camille", cast.NEWCOMER.phone)


def test_a_place_stolen_before_the_choice_becomes_a_new_offer() -> None:
    talk = Talk()
    talk.say("une consultation vendredi matin svp")
    first = talk.say("03/05/1954")["options"][0]
    talk.staff(
        book={"patient": cast.MOTHER, "practitioner": cast.AMAR, "service": cast.CONSULTATION, "start": first["start"]}
    )
    again = talk.say("le premier")
    assert again["expects"] == "slot"
    assert first["start"] not in [o["start"] for o in again["options"]]
    assert talk.booked() == ["2026-03-19T09:40"]


def test_a_held_place_is_refused_to_the_desk_until_it_expires() -> None:
    talk = Talk()
    talk.say("une consultation vendredi matin svp")
    place = talk.say("03/05/1954")["options"][0]
    talk.say("le premier")
    wish = {"patient": cast.MOTHER, "practitioner": cast.AMAR, "service": cast.CONSULTATION, "start": place["start"]}
    assert talk.staff(book=wish)["refused"] == "slot_taken"
    talk.clock("2026-03-16T09:15")
    assert "refused" not in talk.staff(book=wish)
    assert talk.say("oui")["expects"] == "slot"  # the place went meanwhile: another offer, no promise


def test_a_mind_changed_at_the_confirmation() -> None:
    talk = Talk()
    talk.say("une consultation jeudi matin")
    talk.say("03/05/1954")
    talk.say("le premier")
    other = talk.say("non finalement plutôt vendredi matin")
    assert {o["start"][:10] for o in other["options"]} == {"2026-03-20"}
    talk.say("le premier")
    talk.say("oui")
    assert talk.booked() == ["2026-03-19T09:40", "2026-03-20T09:00"]


def test_a_question_in_the_middle_is_answered_and_the_talk_goes_on() -> None:
    talk = Talk()
    talk.say("une consultation vendredi matin")
    talk.say("03/05/1954")
    answer = talk.say("au fait, où peut-on se garer ?")
    assert "Parking Jaurès" in said(answer)
    assert answer["expects"] == "slot"


def test_a_mother_books_for_her_child_from_her_own_number() -> None:
    talk = Talk()
    talk.say("rdv pour ma fille Léa vendredi matin avec le Dr Amar", cast.MOTHER_PHONE)
    talk.say("Léa Fontaine, née le 20 novembre 2018", cast.MOTHER_PHONE)
    talk.say("le premier", cast.MOTHER_PHONE)
    talk.say("oui", cast.MOTHER_PHONE)
    assert talk.booked(cast.LEA) == ["2026-03-17T10:00", "2026-03-20T09:00"]
    assert talk.booked(cast.MOTHER) == []


def test_nothing_is_booked_without_a_yes() -> None:
    talk = Talk()
    talk.say("une consultation vendredi matin")
    talk.say("03/05/1954")
    talk.say("le premier")
    talk.say("non merci, tant pis")
    assert talk.booked() == ["2026-03-19T09:40"]
