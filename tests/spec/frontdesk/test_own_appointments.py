"""Moving, cancelling, confirming and asking about one's own appointments."""

import pytest

from tests import cast
from tests.talk import Talk, said

pytestmark = pytest.mark.django_db


def test_moving_gives_up_the_old_place_only_for_the_new_one() -> None:
    talk = Talk()
    talk.say("Bonjour, je voudrais déplacer mon rendez-vous de jeudi à vendredi matin")
    talk.say("né le 3 mai 1954")
    asked = talk.say("le premier")
    assert talk.booked() == ["2026-03-19T09:40"]
    assert "jeudi 19 mars à 9 h 40" in said(asked)
    assert talk.say("oui")["acts"][-1]["kind"] == "reschedule_appointment"
    assert talk.booked() == ["2026-03-20T09:00"]


def test_cancelling_asks_for_a_yes_with_the_full_date() -> None:
    talk = Talk()
    talk.say("je dois annuler mon rdv de jeudi")
    asked = talk.say("03/05/1954")
    assert asked["expects"] == "confirmation"
    assert "jeudi 19 mars à 9 h 40" in said(asked)
    assert talk.booked() == ["2026-03-19T09:40"]
    talk.say("oui")
    assert talk.booked() == []


def test_a_no_keeps_the_appointment() -> None:
    talk = Talk()
    talk.say("je dois annuler mon rdv de jeudi")
    talk.say("03/05/1954")
    assert "maintenu" in said(talk.say("non finalement je le garde"))
    assert talk.booked() == ["2026-03-19T09:40"]


def test_a_wrong_birth_date_shows_nothing_and_ends_with_a_person() -> None:
    talk = Talk()
    answers = [
        talk.say(t) for t in ("à quelle heure est mon rdv ?", "1er janvier 1950", "2 janvier 1950", "3 mars 1950")
    ]
    assert not any("19 mars" in said(a) for a in answers)
    assert answers[-1]["handoff"] == {"to": "secretary", "reason": "identity_check"}


def test_on_the_web_a_code_to_the_contact_on_file_comes_first() -> None:
    talk = Talk()
    talk.web("Bonjour, quand est mon rendez-vous ?")
    asked = talk.web("Bernard Roche, né le 3 mai 1954")
    assert asked["expects"] == "code"
    code = asked["outbox"][0]
    assert code["to"] == cast.ROCHE_PHONE
    digits = next(w for w in code["text"].split() if w.strip(".").isdigit() and len(w.strip(".")) == 6).strip(".")
    assert "jeudi 19 mars à 9 h 40" in said(talk.web(digits))


def test_the_words_are_the_same_for_a_stranger() -> None:
    known, stranger = Talk(), None
    known.web("Bonjour, quand est mon rendez-vous ?")
    for_known = known.web("Bernard Roche, né le 3 mai 1954")
    stranger = known
    stranger.line(
        conversation="other", channel="webchat", **{"from": None}, text="Bonjour, quand est mon rendez-vous ?"
    )
    for_stranger = stranger.line(
        conversation="other", channel="webchat", **{"from": None}, text="Paul Durand, né le 3 mai 1954"
    )
    assert for_known["messages"] == for_stranger["messages"]
    assert for_stranger["outbox"] == []


def test_wrong_codes_end_with_a_person() -> None:
    talk = Talk()
    talk.web("je veux annuler mon rendez-vous")
    talk.web("Bernard Roche, né le 3 mai 1954")
    answers = [talk.web(code) for code in ("111111", "222222", "333333")]
    assert [a["expects"] for a in answers] == ["code", "code", "none"]
    assert answers[-1]["handoff"]["to"] == "secretary"
    assert talk.booked() == ["2026-03-19T09:40"]


@pytest.mark.parametrize(
    "text",
    [
        "pas possible jeudi, vendredi matin ça irait ?",
        "Jeudi je suis en déplacement, mettez-moi vendredi matin svp",
    ],
)
def test_words_that_point_at_an_appointment_move_it_and_book_no_second_one(text: str) -> None:
    talk = Talk()
    talk.say(text)
    talk.say("né le 3 mai 1954")
    asked = talk.say("le premier")
    assert "Je remplace" in said(asked)
    talk.say("oui")
    assert [day[:10] for day in talk.booked()] == ["2026-03-20"]


def test_one_more_appointment_is_one_more() -> None:
    talk = Talk()
    talk.say("je voudrais aussi une autre consultation vendredi matin avec le Dr Amar")
    talk.say("né le 3 mai 1954")
    talk.say("le premier")
    talk.say("oui")
    assert [day[:10] for day in talk.booked()] == ["2026-03-19", "2026-03-20"]
