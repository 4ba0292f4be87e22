"""MESSAGES.md: the named time of an existing appointment, and rescheduling from one time to another."""

import pytest

from releve.language.temporal import appointment_time, move
from tests.spec.language.temporal.support import MONDAY, preferred, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("j'annule mon rdv de demain 15h30", "03-10 15:30-15:31"),
        ("annuler ce matin 11h, grippe", "03-09 11:00-11:01"),
        ("C'est bien 9h10 demain ? ou 9h40 ?", "03-10 00:00 > 03-11 00:00"),
        ("je confirme ma visite du 12 mars à 9h15", "03-12 09:15-09:16"),
        ("on ne viendra pas jeudi à dix heures et quart", "03-12 10:15-10:16"),
        ("10 min de retard pour mon rdv de 11h", "03-09 11:00-11:01"),
        ("j'arrive à 17h15 au lieu de 17h", "03-09 17:00-17:01"),
        ("je prends le créneau de 10h lundi", "03-16 10:00-10:01"),
        ("retard pour mon rendez-vous de midi", "03-09 12:00-12:01"),
        ("je confirme jeudi", "03-12 00:00 > 03-13 00:00"),
        ("annulez demain matin svp", "03-10 00:00 > 03-11 00:00"),
        ("annulez le rdv de ma fille née le 12/06/2019 mercredi à 14h", "03-11 14:00-14:01"),
    ],
)
def test_named_appointment(text: str, expected: str) -> None:
    assert preferred(appointment_time(text, MONDAY)) == [expected]


def test_no_time_named() -> None:
    assert appointment_time("je ne pourrai pas venir, désolé", MONDAY) is None


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("décaler mon rdv de jeudi à vendredi matin", "03-12 00:00 > 03-13 00:00", "03-13 07:00-12:00"),
        (
            "mon rdv du 13 mars, le reporter au lundi 16 en fin de journée",
            "03-13 00:00 > 03-14 00:00",
            "03-16 16:00-20:00",
        ),
        (
            "Impossible de venir jeudi, plutôt vendredi matin",
            "03-12 00:00 > 03-13 00:00",
            "03-13 07:00-12:00",
        ),
        (
            "avancer mon suivi du 20 mars au jeudi 19 après 16h",
            "03-20 00:00 > 03-21 00:00",
            "03-19 16:00-21:00",
        ),
        (
            "jeudi je peux pas pr la seance, vendredi matin possible ?",
            "03-12 00:00 > 03-13 00:00",
            "03-13 07:00-12:00",
        ),
        (
            "Mon rdv de demain : mercredi 18 mars dans la matinée plutôt",
            "03-10 00:00 > 03-11 00:00",
            "03-18 07:00-12:00",
        ),
        ("avancer mon rdv de vendredi de 17h à 16h30", "03-13 17:00-17:01", "03-13 16:30-16:31"),
        (
            "déplacer ma consultation de mardi 10h à jeudi même heure",
            "03-10 10:00-10:01",
            "03-12 10:00-10:01",
        ),
        ("mon rdv de jeudi à 14h, plus tard le même jour ?", "03-12 14:00-14:01", "03-12 14:00-21:00"),
        (
            "on m'attend lundi mais je garde les petits, jeudi 19 plutôt",
            "03-16 00:00 > 03-17 00:00",
            "03-19 07:00-21:00",
        ),
        (
            "mon rdv de mardi. Mon père se fait opérer ce jour-là à Lille. La semaine suivante, le jeudi",
            "03-10 00:00 > 03-11 00:00",
            "03-19 07:00-21:00",
        ),
        (
            "mon rdv de demain. Mes parents débarquent mercredi. Vous auriez vendredi ?",
            "03-10 00:00 > 03-11 00:00",
            "03-13 07:00-21:00",
        ),
        ("repousser d'une semaine mon rdv du 12 mars", "03-12 00:00 > 03-13 00:00", "03-19 07:00-21:00"),
    ],
)
def test_move(text: str, old: str, new: str) -> None:
    named, wished = move(text, MONDAY)
    assert (preferred(named), preferred(wished)) == ([old], [new])


def test_a_move_without_new_time() -> None:
    named, wished = move("je dois décaler mon rdv de demain", MONDAY)
    assert (preferred(named), wished) == (["03-10 00:00 > 03-11 00:00"], None)


def test_the_same_hour_is_of_the_first_wish_only() -> None:
    wished = preferred(
        move("mon rdv de demain 11h, jeudi à la même heure, sinon la semaine prochaine à midi", MONDAY)[1]
    )
    assert wished[:2] == ["03-12 11:00-11:01", "03-16 12:00-14:00"]


def test_a_moved_appointment_goes_where_its_verb_says() -> None:
    assert preferred(move("repousser ma séance en avril svp", MONDAY)[1]) == ["04-01 07:00 > 04-30 21:00"]


def test_another_day_is_any_day() -> None:
    assert len(preferred(move("mon kiné de jeudi 10h : un autre jour, plutôt le matin", MONDAY)[1])) == 28


def test_the_day_after_is_the_one_after_the_day_told() -> None:
    assert preferred(move("il joue samedi, poussez sa séance au samedi d'après", MONDAY)[1]) == ["03-21 07:00-21:00"]


def test_what_is_cancelled_is_no_wish() -> None:
    named, wished = move("annulez jeudi et redonnez-moi une date", MONDAY)
    assert (preferred(named), wished) == (["03-12 00:00 > 03-13 00:00"], None)


def test_a_condition_of_the_new_time_names_no_appointment() -> None:
    named, wished = move("décaler le kiné, la semaine prochaine mais pas jeudi", MONDAY)
    assert named is None
    assert wished is not None
    assert told(wished.exclude) == ["03-19 07:00-21:00"]
