"""What is a wish in a message and what is told beside it, on Monday 9 March 2026 at 10:12."""

import pytest

from releve.language.temporal import move, wish
from tests.spec.language.temporal.support import MONDAY, preferred, told

ONE = [
    # the end of work leaves the time after it, unless another hour is wished
    ("mardi svp, je finis à 16h", ["03-10 16:00-21:00"]),
    ("mardi, sortie 16h30 donc à partir de 17h", ["03-10 17:00-21:00"]),
    # events and facts are no wish
    ("j'ai un oral jeudi, une place demain ?", ["03-10 07:00-21:00"]),
    ("je l'ai sentie dimanche sous la douche, possible demain ?", ["03-10 07:00-21:00"]),
    ("39 ce matin, il boit bien. Pouvez-vous le voir demain ?", ["03-10 07:00-21:00"]),
    ("mal depuis mon vol de dimanche, une place demain ?", ["03-10 07:00-21:00"]),
    ("mercredi il a piscine, jeudi c'est possible ?", ["03-12 07:00-21:00"]),
    ("un rdv mardi (il dort le matin)", ["03-10 07:00-21:00"]),
    ("demain svp. Pas d'appel avant 15h, je dors", ["03-10 07:00-21:00"]),
    ("je dors 11h par nuit, un rdv demain ?", ["03-10 07:00-21:00"]),
    # a sentence that asks nothing is of the story, once another one asks
    ("Le chauffagiste vient jeudi. Vous auriez une place vendredi ?", ["03-13 07:00-21:00"]),
    ("alors le facteur passe à onze heures donc moi je voudrais mercredi", ["03-11 07:00-21:00"]),
    ("mal au dos depuis une chute au ski samedi, une place mercredi ?", ["03-11 07:00-21:00"]),
    ("il est quatre heures et demie, demain à neuf heures ?", ["03-10 09:00-09:01"]),
    ("vous avez lundi ? J'ai 17 ans", ["03-16 07:00-21:00"]),
    # who wishes a part of a day wishes no lone minute beside it
    ("demain matin possible ? je prends le service à 14h", ["03-10 07:00-12:00"]),
    ("demain à 14h ou jeudi matin", ["03-10 14:00-14:01", "03-12 07:00-12:00"]),
    # the end of work narrows the part of day that is wished
    ("mardi soir, elle finit à 18h30", ["03-10 18:30-21:00"]),
    # a part of today
    ("une visite dans la matinée ?", ["03-09 10:12-12:00"]),
    ("une place avant midi ?", ["03-09 10:12-12:00"]),
    # from a day told before, or until it
    ("elle rentre de cure le 20 mars, une place à partir de là ?", ["03-20 07:00 > 04-16 21:00"]),
    ("je suis retenu jusqu'au 20 mars, prenez-moi après cette date", ["03-21 07:00 > 04-17 21:00"]),
    ("je reste en ville jusqu'au 20, vous me verriez d'ici là ?", ["03-09 10:12 > 03-20 21:00"]),
    ("sous quinzaine, elle a des points à retirer", ["03-09 10:12 > 03-23 21:00"]),
    # a day said again after "si" is no other wish
    ("jeudi, ou samedi si jeudi est complet", ["03-12 07:00-21:00", "03-14 07:00-21:00"]),
    # a negation that denies something else
    ("jamais tôt : demain après dix heures", ["03-10 10:00-21:00"]),
    ("vous n'auriez pas vendredi ?", ["03-13 07:00-21:00"]),
    ("vendredi pas trop tôt, disons entre 10h et 12h", ["03-13 10:00-12:00"]),
    # days lean on what was said before
    ("en avril, du 7 au 11", ["04-07 07:00 > 04-11 21:00"]),
    ("mardi en huit ou alors le mercredi qui suit", ["03-17 07:00-21:00", "03-18 07:00-21:00"]),
    ("le 17 ou le lendemain", ["03-17 07:00-21:00", "03-18 07:00-21:00"]),
    ("mercredi prochain ou celui d'après", ["03-11 07:00-21:00", "03-18 07:00-21:00"]),
    ("il rentre le 3 avril, donc à partir du 3", ["04-03 07:00 > 04-30 21:00"]),
    ("avant notre voyage au Canada du 20 mars", ["03-09 10:12 > 03-19 21:00"]),
    ("pas avant le 20 mars", ["03-20 07:00 > 04-16 21:00"]),
    ("le club le veut samedi 21, une place d'ici là ?", ["03-09 10:12 > 03-20 21:00"]),
    ("je pars le 20 mars, il me le faut donc avant", ["03-09 10:12 > 03-19 21:00"]),
    ("dispo jusqua jeudi", ["03-09 10:12 > 03-12 21:00"]),
    ("plus tôt que le 20 mars", ["03-09 10:12 > 03-19 21:00"]),
    # hours belong to their own day
    ("mar 12h-14h, mer toute la journée, ven à partir de 16h30",
     ["03-10 12:00-14:00", "03-11 07:00-21:00", "03-13 16:30-21:00"]),
    ("mardi ou jeudi, mardi que le matin", ["03-10 07:00-12:00", "03-12 07:00-21:00"]),
    ("mardi ou jeudi mais alors avant 10h", ["03-10 07:00-21:00", "03-12 07:00-10:00"]),
    ("mardi, ou à défaut jeudi, en début d'après-midi", ["03-10 12:00-15:00", "03-12 12:00-15:00"]),
    ("mardi sinon jeudi, toujours le matin", ["03-10 07:00-12:00", "03-12 07:00-12:00"]),
    ("demain quatorze heures seize heures", ["03-10 14:00-16:00"]),
    ("demain entre 13 et 15", ["03-10 13:00-15:00"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ONE, ids=[t for t, _ in ONE])
def test_the_wish_in_its_story(text: str, expected: list[str]) -> None:
    assert preferred(wish(text, MONDAY)) == expected


@pytest.mark.parametrize(
    ("text", "count", "first"),
    [
        ("Disponibilités : lundi et vendredi, avant 10h", 8, "03-13 07:00-10:00"),
        ("les lundi, mercredi et vendredi avant 9h", 12, "03-11 07:00-09:00"),
        ("Je suis libre le matin. Un créneau sur ces plages en avril ?", 30, "04-01 07:00-12:00"),
        ("fin mars, début avril, n'importe quel jour mais le soir", 21, "03-21 18:00-21:00"),
        ("un soir de semaine", 20, "03-10 18:00-21:00"),
        ("tous les soirs en semaine", 20, "03-10 18:00-21:00"),
        ("un autre mercredi d'avril", 5, "04-01 07:00-21:00"),
    ],
)
def test_habits(text: str, count: int, first: str) -> None:
    windows = preferred(wish(text, MONDAY))
    assert (len(windows), windows[0]) == (count, first)


@pytest.mark.parametrize("text", ["même le samedi, même à 7h", "je prends tout, même un 15 août"])
def test_a_concession_means_any_time(text: str) -> None:
    found = wish(text, MONDAY)
    assert found is not None
    assert (found.prefer, found.exclude) == ((), ())


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("un samedi en avril sauf le 11", ["04-11 07:00-21:00"]),
        ("du 3 au 12 avril sauf le week-end", ["04-04 07:00-21:00", "04-05 07:00-21:00", "04-11 07:00-21:00",
                                               "04-12 07:00-21:00"]),
        ("demain sinon jeudi, mais pas avant 10h", ["03-12 07:00-10:00"]),
    ],
)  # fmt: skip
def test_what_is_refused_inside_the_wish(text: str, excluded: list[str]) -> None:
    found = wish(text, MONDAY)
    assert found is not None
    assert told(found.exclude) == excluded


MOVES = [
    ("mon rdv de mardi au mardi suivant", "03-17 07:00-21:00"),
    ("mon rdv du 12 mars : plutôt le lendemain", "03-13 07:00-21:00"),
    ("mon rdv du 18 mars à 10h, la semaine d'après, même jour, même heure", "03-25 10:00-10:01"),
    ("le 16h30 de demain, faisable à 12h15 ?", "03-10 12:15-12:16"),
    ("je serai pas là demain à 18h, jeudi 17h possible ?", "03-12 17:00-17:01"),
]


@pytest.mark.parametrize(("text", "new"), MOVES, ids=[t for t, _ in MOVES])
def test_a_move_placed_from_the_appointment(text: str, new: str) -> None:
    assert preferred(move(text, MONDAY)[1]) == [new]
