"""MESSAGES.md, "Time expressions -> windows": one sentence a rule, on Monday 9 March 2026 at 10:12."""

import pytest

from releve.language.temporal import wish
from tests.spec.language.temporal.support import MONDAY, preferred

ONE_WINDOW = [
    # parts of day
    ("Un créneau demain ?", "03-10 07:00-21:00"),
    ("Demain matin ça m'irait", "03-10 07:00-12:00"),
    ("demain en début de matinée", "03-10 07:00-10:00"),
    ("demain, fin de matinée", "03-10 10:00-12:00"),
    ("demain entre midi et deux", "03-10 12:00-14:00"),
    ("demain midi svp", "03-10 12:00-14:00"),
    ("demain aprem", "03-10 12:00-18:00"),
    ("demain en début d'après-midi", "03-10 12:00-15:00"),
    ("demain en fin d'après-midi", "03-10 16:00-19:00"),
    ("demain en fin de journée", "03-10 16:00-20:00"),
    ("demain soir", "03-10 18:00-21:00"),
    ("demain après le travail", "03-10 17:00-21:00"),
    ("demain après l'école", "03-10 16:00-19:00"),
    ("demain vers 15h", "03-10 14:30-15:30"),
    ("demain à 15h", "03-10 15:00-15:01"),
    ("demain après 17h", "03-10 17:00-21:00"),
    ("demain à partir de 17h", "03-10 17:00-21:00"),
    ("demain avant 10h", "03-10 07:00-10:00"),
    ("demain entre 14 et 16h", "03-10 14:00-16:00"),
    ("demain de 8h jusqu'à 9h30", "03-10 08:00-09:30"),
    # weekdays
    ("mardi", "03-10 07:00-21:00"),
    ("mardi prochain", "03-10 07:00-21:00"),
    ("ce mardi", "03-10 07:00-21:00"),
    ("lundi", "03-16 07:00-21:00"),
    ("mardi en huit", "03-17 07:00-21:00"),
    ("mardi en quinze", "03-24 07:00-21:00"),
    ("mardi de la semaine prochaine", "03-17 07:00-21:00"),
    ("vendredi 13 à 9h30", "03-13 09:30-09:31"),
    # weeks
    ("cette semaine", "03-09 10:12 > 03-14 21:00"),
    ("dans la semaine", "03-09 10:12 > 03-14 21:00"),
    ("la semaine prochaine", "03-16 07:00 > 03-21 21:00"),
    ("ce week-end", "03-14 07:00 > 03-15 21:00"),
    ("en début de semaine", "03-16 07:00 > 03-17 21:00"),
    ("en milieu de semaine", "03-18 07:00 > 03-19 21:00"),
    ("en fin de semaine", "03-19 07:00 > 03-21 21:00"),
    ("fin de semaine de cette semaine", "03-12 07:00 > 03-14 21:00"),
    ("la semaine du 23 mars", "03-23 07:00 > 03-28 21:00"),
    # months
    ("ce mois-ci", "03-09 10:12 > 03-31 21:00"),
    ("le mois prochain", "04-01 07:00 > 04-30 21:00"),
    ("début avril", "04-01 07:00 > 04-10 21:00"),
    ("à la mi-avril", "04-11 07:00 > 04-20 21:00"),
    ("fin mars", "03-21 07:00 > 03-31 21:00"),
    ("en juin si possible", "06-01 07:00 > 06-30 21:00"),
    ("le 3", "04-03 07:00-21:00"),
    ("le 9", "03-09 10:12-21:00"),
    # durations
    ("dans 8 jours", "03-16 07:00-21:00"),
    ("dans 15 jours", "03-23 07:00-21:00"),
    ("d'ici une quinzaine", "03-23 07:00-21:00"),
    ("dans dix jours à peu près", "03-19 07:00-21:00"),
    ("dans un mois", "04-09 07:00-21:00"),
    ("dans 2-3 semaines", "03-23 07:00 > 03-30 21:00"),
    ("d'ici vendredi", "03-09 10:12 > 03-13 21:00"),
    ("sous 48h", "03-09 10:12 > 03-11 10:12"),
    ("sous huitaine", "03-09 10:12 > 03-16 21:00"),
    ("sous quinzaine", "03-09 10:12 > 03-23 21:00"),
    # bounds
    ("avant le 20 mars", "03-09 10:12 > 03-19 21:00"),
    ("d'ici le 20 mars", "03-09 10:12 > 03-20 21:00"),
    ("à partir du 20 mars", "03-20 07:00 > 04-16 21:00"),
    ("après le 20 mars", "03-21 07:00 > 04-17 21:00"),
    ("avant la fin du mois", "03-09 10:12 > 03-31 21:00"),
    ("d'ici fin mars", "03-09 10:12 > 03-31 21:00"),
    ("du 3 au 5 avril", "04-03 07:00 > 04-05 21:00"),
    # feasts and school holidays, zone C
    ("le lundi de Pâques", "04-06 07:00-21:00"),
    ("à l'Ascension", "05-14 07:00-21:00"),
    ("pour la Pentecôte", "05-25 07:00-21:00"),
    ("le 14 juillet", "07-14 07:00-21:00"),
    ("à la Toussaint", "11-01 07:00-21:00"),
    ("avant Noël", "03-09 10:12 > 12-24 21:00"),
    ("avant les vacances de Pâques", "03-09 10:12 > 04-17 21:00"),
    ("pendant les vacances de printemps", "04-18 07:00 > 05-03 21:00"),
    ("le jeudi de l'Ascension", "05-14 07:00-21:00"),
    ("le lendemain de la Pentecôte", "05-26 07:00-21:00"),
    ("pour la semaine 14", "03-30 07:00 > 04-04 21:00"),
    ("la semaine du 16 au 20 mars", "03-16 07:00 > 03-20 21:00"),
    ("le premier lundi d'avril", "04-06 07:00-21:00"),
    # other events of the writer's life
    ("j'ai cours lundi et mardi, mercredi c'est bon", "03-11 07:00-21:00"),
    ("je rentre de voyage le 18 mars, rdv à partir du 19", "03-19 07:00 > 04-15 21:00"),
    ("mon mari a un scanner le 17 mars, il faudrait voir le docteur avant", "03-09 10:12 > 03-16 21:00"),
    ("je suis en vacances du 20 au 28 mars, donc après", "03-29 07:00 > 04-25 21:00"),
    ("je suis absente la semaine prochaine, celle d'après ça me va", "03-23 07:00 > 03-28 21:00"),
    # spellings
    ("2main aprem svp", "03-10 12:00-18:00"),
    ("ven matin si poss", "03-13 07:00-12:00"),
    ("demain dix-sept heures vingt", "03-10 17:20-17:21"),
    ("demain à midi et demi", "03-10 12:30-12:31"),
    # the hour before the day, and corrections
    ("après 17h mardi", "03-10 17:00-21:00"),
    ("mardi non mercredi plutôt", "03-11 07:00-21:00"),
    ("avant vendredi midi", "03-09 10:12 > 03-13 12:00"),
]


@pytest.mark.parametrize(("text", "expected"), ONE_WINDOW, ids=[t for t, _ in ONE_WINDOW])
def test_one_window(text: str, expected: str) -> None:
    assert preferred(wish(text, MONDAY)) == [expected]


SEVERAL = [
    ("mardi ou jeudi après-midi", ["03-10 12:00-18:00", "03-12 12:00-18:00"]),
    ("jeudi matin, sinon vendredi", ["03-12 07:00-12:00", "03-13 07:00-12:00"]),
    ("demain en fin de matinée ou jeudi", ["03-10 10:00-12:00", "03-12 07:00-21:00"]),
    ("15h jeudi ou 16h vendredi", ["03-12 15:00-15:01", "03-13 16:00-16:01"]),
    ("vendredi, à la limite samedi matin", ["03-13 07:00-21:00", "03-14 07:00-12:00"]),
    ("le 17, 18 ou 19 mars", [f"03-{d} 07:00-21:00" for d in (17, 18, 19)]),
    ("les 17 et 18 mars", ["03-17 07:00-21:00", "03-18 07:00-21:00"]),
    ("plutôt les mardis", [f"{d} 07:00-21:00" for d in ("03-10", "03-17", "03-24", "03-31")]),
    ("le mercredi de préférence", [f"{d} 07:00-21:00" for d in ("03-11", "03-18", "03-25", "04-01")]),
    ("en avril, idéalement un lundi", [f"{d} 07:00-21:00" for d in ("04-06", "04-13", "04-20", "04-27")]),
    ("début de semaine prochaine, le matin", ["03-16 07:00-12:00", "03-17 07:00-12:00"]),
    ("la semaine prochaine ou celle d'après", ["03-16 07:00 > 03-21 21:00", "03-23 07:00 > 03-28 21:00"]),
    ("le 20 à 9h30 ou le 23 même heure", ["03-20 09:30-09:31", "03-23 09:30-09:31"]),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL, ids=[t for t, _ in SEVERAL])
def test_several_windows(text: str, expected: list[str]) -> None:
    assert preferred(wish(text, MONDAY)) == expected


@pytest.mark.parametrize(
    ("text", "count", "first"),
    [
        ("plutôt le soir", 28, "03-10 18:00-21:00"),
        ("en semaine après 18h", 20, "03-10 18:00-21:00"),
        ("après l'école uniquement", 20, "03-10 16:00-19:00"),
        ("du lundi au vendredi après 17h", 20, "03-10 17:00-21:00"),
        ("tous les matins de la semaine prochaine", 6, "03-16 07:00-12:00"),
    ],
)
def test_a_habit_is_spelled_out_over_four_weeks(text: str, count: int, first: str) -> None:
    windows = preferred(wish(text, MONDAY))
    assert (len(windows), windows[0]) == (count, first)
