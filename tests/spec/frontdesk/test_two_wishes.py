"""Two things asked for at once, several appointments given up, and answers that put off: each is done, or said."""

from typing import Any

import pytest

from releve.practice.models import Appointment
from tests import cast
from tests.talk import Talk, said

pytestmark = pytest.mark.django_db
BORN = "né le 3 mai 1954"


def talk(*more: tuple[str, str, str, str], **practice: Any) -> Talk:
    """M. Roche's appointments, besides the one of Thursday with Dr Amar: (id, practitioner, service, start)."""
    data = cast.practice_file()
    data["appointments"] += [
        {"id": key, "patient": cast.ROCHE, "practitioner": who, "service": what, "start": start, "status": "booked"}
        for key, who, what, start in more
    ]
    data["services"] += practice.get("services", [])
    return Talk(cast.practice(data))


def standing(key: str) -> bool:
    return Appointment.objects.get(identifier=key).status == "booked"


WITH_THE_NURSE = ("shot", cast.DIALLO, cast.INJECTION, "2026-03-20T09:30")


# --- one given up, another wished -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "words",
    [
        "Bonjour, il faut annuler mon injection de vendredi et je voudrais aussi un rdv avec Dr Amar mardi matin",
        "je voudrais voir le Dr Amar mardi matin, et annuler l'injection de vendredi",
        "Pouvez-vous m'ôter l'injection de vendredi et me trouver une consultation chez le Dr Amar mardi matin ?",
    ],
)
def test_what_is_said_of_one_is_not_read_into_the_other(words: str) -> None:
    here = talk(WITH_THE_NURSE)
    here.say(words)
    asked = said(here.say(BORN))
    assert "J’annule votre rendez-vous du vendredi 20 mars à 9 h 30" in asked
    answer = here.say("oui")
    assert not standing("shot")
    assert standing(cast.ROCHE_THURSDAY)
    assert {o["start"][:10] for o in answer["options"]} == {"2026-03-17"}


def test_cancel_that_one_and_take_another_is_a_move() -> None:
    here = talk()
    here.say("Il faudrait annuler mon rendez-vous du 19 mars et en reprendre un le 24 l'après-midi")
    answer = here.say(BORN)
    assert {o["start"][:10] for o in answer["options"]} == {"2026-03-24"}
    assert standing(cast.ROCHE_THURSDAY)


def test_a_paper_and_a_visit_are_both_seen_to() -> None:
    here = talk()
    here.say("2 choses svp : renouveler mon ordonnance de tension + injection vendredi matin")
    answer = here.say(BORN)
    assert here.tasks() == ["prescription_renewal"]
    assert {o["start"][:10] for o in answer["options"]} == {"2026-03-20"}


# --- several given up -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "words",
    [
        "bonjour je pars toute la semaine il faut annuler tous mes rendez-vous",
        "annulez tout ce que j'ai cette semaine s'il vous plaît",
        "je voudrais annuler mes deux rendez-vous celui du docteur et celui de l'infirmière",
    ],
)
def test_all_of_them_are_cancelled_together(words: str) -> None:
    here = talk(WITH_THE_NURSE)
    here.say(words)
    asked = said(here.say(BORN))
    assert "jeudi 19 mars" in asked
    assert "vendredi 20 mars" in asked
    here.say("oui")
    assert not standing("shot")
    assert not standing(cast.ROCHE_THURSDAY)


# --- a number is not a visit ----------------------------------------------------------------------------------------
NINE_MONTHS = {
    "id": "nine", "name": "Examen de l'enfant", "aliases": ["visite des 9 mois", "visite des 2 ans"],
    "duration_min": 30, "practitioners": [cast.AMAR],
}  # fmt: skip


@pytest.mark.parametrize("words", ["une consultation le 9 avril avec Dr Amar", "consultation Dr Amar le 2 avril svp"])
def test_a_number_of_the_message_names_no_visit(words: str) -> None:
    here = talk(services=[NINE_MONTHS])
    here.say(words)
    answer = here.say(BORN)
    assert {o["service"] for o in answer["options"]} == {cast.CONSULTATION}


def test_the_visit_that_has_a_number_is_still_found() -> None:
    here = talk(services=[NINE_MONTHS])
    here.say("un rdv mardi matin pour la visite des 9 mois de Léa", cast.MOTHER_PHONE)
    answer = here.say("Léa Fontaine 20/11/2018", cast.MOTHER_PHONE)
    assert {o["service"] for o in answer["options"]} == {"nine"}


# --- they will say later --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "words", ["je vous confirme ça plus tard ok ?", "faut que je voie avec mon patron", "peut-être"]
)
def test_who_puts_off_has_said_nothing(words: str) -> None:
    here = talk()
    here.clock("2026-03-18T19:00")
    answer = here.say(words)
    assert "Répondez à ce message" in said(answer)
    assert answer["handoff"] is None
    assert not Appointment.objects.get(identifier=cast.ROCHE_THURSDAY).confirmed
    assert "confirmée" in said(here.say("c'est bon, oui"))


def test_a_question_after_an_offer_leaves_it_open() -> None:
    data = cast.practice_file()
    data["waiting_list"] = [{"patient": cast.MOTHER, "practitioner": cast.AMAR, "service": cast.CONSULTATION}]
    here = Talk(cast.practice(data))
    here.staff(cancel=cast.ROCHE_THURSDAY)
    here.clock("2026-03-16T09:20")
    asked = here.say("c'est à quelle adresse déjà ?", cast.MOTHER_PHONE)
    assert "12 quai de la Loire" in said(asked)
    assert asked["expects"] == "none"
    assert "C’est réservé" in said(here.say("allez oui, je viendrai", cast.MOTHER_PHONE))


# --- for whom -------------------------------------------------------------------------------------------------------
def test_a_birth_date_told_to_that_question_needs_no_more_words() -> None:
    here = talk()
    here.say("Bonjour, un rdv pour Léa mardi matin avec Dr Amar", cast.MOTHER_PHONE)
    assert here.say("Léa Fontaine du 20.11.2018", cast.MOTHER_PHONE)["expects"] == "slot"


def test_two_children_at_once_are_for_the_secretary() -> None:
    here = talk()
    answer = here.say("je voudrais amener mes deux enfants chez le Dr Amar mardi matin", cast.MOTHER_PHONE)
    assert here.tasks() == ["booking_help"]
    assert "secrétariat" in said(answer)


def test_who_takes_no_newcomers_is_said_once_with_who_does() -> None:
    data = cast.practice_file()
    data["practitioners"][0]["accepts_new_patients"] = False
    data["practitioners"].append({"id": "bell", "given": "Rose", "family": "Bell", "profession": "médecin généraliste"})
    data["services"][0]["practitioners"].append("bell")
    data["schedules"].append({**data["schedules"][0], "practitioner": "bell"})
    here = Talk(cast.practice(data))
    answer = said(here.web("première consultation avec Dr Amar la semaine prochaine, je ne suis pas encore patiente"))
    assert answer.count("ne prend plus de nouveaux patients") == 1
    assert "Dr Bell" in answer


@pytest.mark.parametrize(
    "words",
    [
        "je ne pourrai pas venir jeudi, je voudrais un autre rendez-vous mardi 24",
        "je ne peux pas venir jeudi et je voudrais plutôt un rdv mardi 24",
    ],
)
def test_who_cannot_come_and_wishes_another_day_moves(words: str) -> None:
    here = talk()
    here.say(words)
    answer = here.say(BORN)
    assert {o["start"][:10] for o in answer["options"]} == {"2026-03-24"}
    assert standing(cast.ROCHE_THURSDAY)
