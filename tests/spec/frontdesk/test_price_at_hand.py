"""« c'est combien ? », of the visit that is being arranged, was just arranged, or that we wrote about."""

from typing import Any

import pytest

from tests import cast
from tests.talk import Talk, said

pytestmark = pytest.mark.django_db
ASKED = "un rdv avec Dr Amar mercredi 25 mars à 9h, 3 mai 1954"
PRICE = "Consultation : 30 €, remboursable par l’Assurance maladie."
QUESTIONS = [
    "c'est combien ?", "ça coûte combien", "c'est remboursé ?", "combien ça coûte svp", "et le tarif ?",
    "C’est payant ?", "je dois payer combien ?", "est-ce que c'est pris en charge par la sécu ?", "c koi le prix",
]  # fmt: skip


def practice(**changes: Any) -> Talk:
    data = cast.practice_file()
    data["services"][0].update(changes)
    return Talk(cast.practice(data))


@pytest.mark.parametrize("words", QUESTIONS)
def test_while_confirming_the_price_is_told_and_the_question_stands(words: str) -> None:
    talk = practice()
    assert talk.say(ASKED)["expects"] == "confirmation"
    answer = talk.say(words)
    assert PRICE in said(answer)
    assert answer["expects"] == "confirmation"
    talk.say("oui")
    assert "2026-03-25T09:00" in talk.booked()


@pytest.mark.parametrize("words", ["oui, c'est combien ?", "ok et c'est remboursé ?", "d'accord, je paye combien ?"])
def test_a_yes_with_the_question_is_asked_for_again_with_the_price(words: str) -> None:
    talk = practice()
    talk.say(ASKED)
    answer = talk.say(words)
    assert PRICE in said(answer)
    assert answer["expects"] == "confirmation"


@pytest.mark.parametrize("words", QUESTIONS)
def test_right_after_booking(words: str) -> None:
    talk = practice()
    talk.say(ASKED)
    talk.say("oui")
    answer = talk.say(words)
    assert PRICE in said(answer)
    assert talk.tasks() == []


@pytest.mark.parametrize("words", ["c'est combien ?", "c'est remboursé ?"])
def test_under_a_reminder(words: str) -> None:
    talk = practice()
    talk.clock("2026-03-18T19:00")
    assert PRICE in said(talk.say(words))


def test_what_is_not_reimbursed_says_so() -> None:
    talk = practice(reimbursed=False)
    talk.say(ASKED)
    assert "30 €, non remboursable" in said(talk.say("c'est remboursé ?"))


def test_of_another_visit_the_price_is_that_of_the_other() -> None:
    talk = practice()
    talk.say(ASKED)
    assert "Injection : 8,50 €" in said(talk.say("et une piqûre c'est combien ?"))


@pytest.mark.parametrize("words", ["c'est combien le parking ?", "la location d'un lit médicalisé c'est combien ?"])
def test_of_another_thing_no_price_is_told(words: str) -> None:
    talk = practice()
    talk.say(ASKED)
    assert "30 €" not in said(talk.say(words))


def test_without_a_price_on_file_a_person_answers() -> None:
    talk = practice(price_eur=None)
    talk.say(ASKED)
    talk.say("oui")
    talk.say("c'est combien ?")
    assert talk.tasks() == ["callback"]


def test_with_no_visit_at_hand_nothing_is_guessed() -> None:
    assert "30 €" not in said(practice().say("c'est combien ?"))


def test_a_day_later_the_visit_is_no_longer_at_hand() -> None:
    talk = practice()
    talk.say(ASKED)
    talk.say("oui")
    talk.clock("2026-03-17T10:00")
    assert "30 €" not in said(talk.say("c'est combien ?"))
