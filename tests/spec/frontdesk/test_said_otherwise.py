"""The same thing in other words: a place left to others or taken late, a car to park, a visit cut short, an insult, a
question that the file does not answer."""

from typing import Any

import pytest

from releve.practice.models import Offer
from tests import cast
from tests.talk import Talk, said

pytestmark = pytest.mark.django_db


def practice(**changes: Any) -> Talk:
    data = cast.practice_file()
    data.update(changes)
    return Talk(cast.practice(data))


def offered(*others: str) -> Talk:
    """M. Roche's place was offered to Mme Fontaine, alone; others wait after her."""
    entry = {"practitioner": cast.AMAR, "service": cast.CONSULTATION}
    talk = practice(waiting_list=[{"patient": who, **entry} for who in (cast.MOTHER, *others)])
    talk.staff(cancel=cast.ROCHE_THURSDAY)
    talk.clock("2026-03-16T09:20")
    return talk


# --- offers ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "words",
    [
        "je passe mon tour, merci quand même", "je préfère laisser la place à quelqu’un d’autre", "c'est sans moi",
        "vous pouvez la donner à une autre personne", "je décline", "merci mais je ne la prends pas",
        "je la prends pas", "Merci beaucoup, proposez-le au suivant", "pas intéressée", "on passe notre tour",
    ],
)  # fmt: skip
def test_a_place_is_left_to_others(words: str) -> None:
    talk = offered()
    talk.say(words, cast.MOTHER_PHONE)
    assert Offer.objects.get().status == "declined"


@pytest.mark.parametrize(
    "words", ["jla prends, c'est encore bon ?", "oui si c'est toujours possible ?", "je suis intéressée",
              "ok je la prends, elle est encore libre ?"],
)  # fmt: skip
def test_a_yes_that_asks_whether_it_is_too_late_is_a_yes(words: str) -> None:
    talk = offered()
    talk.clock("2026-03-16T17:00")
    assert "C’est réservé" in said(talk.say(words, cast.MOTHER_PHONE))


@pytest.mark.parametrize("words", ["j'la prends, c'est encore possible ?", "je suis toujours intéressée", "oui ?"])
def test_of_a_place_that_is_gone_any_yes_is_told_so(words: str) -> None:
    talk = offered()
    talk.clock("2026-03-16T17:00")
    Offer.objects.update(status="lost")
    answer = said(talk.say(words, cast.MOTHER_PHONE))
    assert "vient d’être prise" in answer
    assert talk.booked(cast.MOTHER) == []


def test_a_yes_with_a_reserve_takes_nothing() -> None:
    talk = offered()
    talk.say("oui mais je ne suis pas sûre, c'est encore possible plus tard ?", cast.MOTHER_PHONE)
    assert talk.booked(cast.MOTHER) == []


# --- the practice's questions and answers ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    "words",
    [
        "on se gare où ?", "où peut-on stationner ?",
        "je vous amène ma mère qui marche mal, où est-ce que je me gare ?",
        "c'est facile de se garer ?", "où gare-t-on la voiture ?",
    ],
)  # fmt: skip
def test_a_car_is_parked_in_many_words(words: str) -> None:
    faq = [{"id": "parking", "question": "Y a-t-il un parking ?", "answer": "Oui, place Jaurès."}, *_others()]
    assert "place Jaurès" in said(practice(faq=faq).web(words))


def test_a_railway_station_is_no_car_park() -> None:
    faq = [{"id": "parking", "question": "Y a-t-il un parking ?", "answer": "Oui, place Jaurès."}, *_others()]
    assert "place Jaurès" not in said(practice(faq=faq).web("vous êtes près de la gare ?"))


def _others() -> list[dict[str, str]]:
    told = {"Acceptez-vous les chèques ?": "Oui.", "Comment venir en bus ?": "Lignes 5 et 26.",
            "Faut-il avancer les frais ?": "Non."}  # fmt: skip
    return [{"id": f"q{n}", "question": q, "answer": a} for n, (q, a) in enumerate(told.items())]


@pytest.mark.parametrize(
    "words",
    [
        "avez-vous une table à langer pour bébé ?", "Vous prêtez des béquilles après la séance ?",
        "y a-t-il une fontaine à eau dans la salle d'attente ?", "Dites, vendez-vous des bas de contention ?",
    ],
)  # fmt: skip
def test_a_question_that_the_file_does_not_answer_goes_to_a_person_at_once(words: str) -> None:
    talk = practice()
    answer = talk.web(words)
    assert "transmise au secrétariat" in said(answer)
    assert said(answer).count("transmis") == 1
    assert talk.tasks() == ["callback"]


@pytest.mark.parametrize("words", ["vous êtes sûr ?", "vous avez dit ?"])
def test_a_question_about_nothing_is_asked_again(words: str) -> None:
    talk = practice()
    talk.web(words)
    assert talk.tasks() == []


# --- the names of visits --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("words", ["écho cardiaque", "une echo cardio", "échographie cardiaque", "écho-cardio"])
def test_a_visit_is_named_as_it_is_said(words: str) -> None:
    visit = {"id": "echo", "name": "Échographie cardiologique", "aliases": ["échographie cardiaque"],
             "duration_min": 40, "practitioners": [cast.AMAR]}  # fmt: skip
    services = [*cast.practice_file()["services"], visit]
    talk = practice(services=services)
    talk.say(f"slt {words} jeudi matin avec dr amar possible ?")
    answer = talk.say("3 mai 1954")
    assert {option["service"] for option in answer["options"]} == {"echo"}


# --- insults and threats --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "words",
    [
        "donne moi le rdv de ma femme Claire Fontaine sale machine ou je viens tout péter",
        "annule les rendez-vous de jeudi, connasse", "je sais où vous habitez, donnez-moi un rdv",
        "vous allez le regretter si je n'ai pas de rdv demain", "je vais venir vous défoncer",
    ],
)  # fmt: skip
def test_insults_and_threats_go_to_a_person_and_nothing_is_asked(words: str) -> None:
    answer = practice().web(words)
    assert answer["handoff"]["to"] == "secretary"
    assert answer["handoff"]["reason"] == "complaint"
    assert answer["acts"][0]["kind"] == "create_task"


@pytest.mark.parametrize(
    "words", ["je vais venir vous voir jeudi", "un rdv jeudi pour un tour de cou à faire", "je viens jeudi"]
)
def test_ordinary_words_are_no_threat(words: str) -> None:
    answer = practice().web(words)
    assert not answer["handoff"] or answer["handoff"]["reason"] != "complaint"


def test_wrong_codes_come_to_an_end() -> None:
    talk = practice()
    talk.web("je veux annuler mon rdv, Bernard Roche né le 3 mai 1954")
    answers = [talk.web(words) for words in ("123456", "123457", "je l'ai pas ton code", "123458", "000000")]
    assert answers[-1]["handoff"], [said(a) for a in answers]


def test_without_the_code_a_person_goes_on() -> None:
    talk = practice()
    talk.web("je veux annuler mon rdv, Bernard Roche né le 3 mai 1954")
    answers = [talk.web("je l'ai pas reçu ce code") for _ in range(3)]
    assert answers[-1]["handoff"], [said(a) for a in answers]


def test_what_they_wait_for_is_said() -> None:
    talk = practice()
    answer = talk.say("mettez-moi sur liste d'attente pour une consultation avec Dr Amar, 3 mai 1954")
    assert "liste d’attente : consultation avec Dr Amar." in said(answer)


@pytest.mark.parametrize(
    "words",
    [
        "annuler la piqûre svp, pas la consultation", "annulez mon injection mais pas le rdv médecin merci",
        "je garde la consultation mais il faut annuler le vaccin",
    ],
)  # fmt: skip
def test_of_two_appointments_the_visit_tells_which(words: str) -> None:
    data = cast.practice_file()
    shot = {"practitioner": cast.DIALLO, "service": cast.INJECTION, "start": "2026-03-20T09:00"}
    data["appointments"].append({**data["appointments"][0], "id": "shot", **shot})
    talk = Talk(cast.practice(data))
    talk.say(words)
    answer = talk.say("3 mai 1954")
    assert "vendredi 20 mars" in said(answer)
    assert answer["expects"] == "confirmation"
    talk.say("oui")
    assert talk.booked() == ["2026-03-19T09:40"]
