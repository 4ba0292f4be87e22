"""Times told from now, or from another day, on Monday 9 March 2026 at 10:12."""

import pytest

from tests.spec.language.temporal.support import meant

RELATIVE = [
    ("avant-hier", "avant-hier", "2026-03-07 > 2026-03-08"),
    ("ojd", "ojd", "2026-03-09 > 2026-03-10"),
    ("2main aprem", "2main aprem", "2026-03-10 12:00 > 2026-03-10 18:00"),
    ("il y a 3 semaines", "il y a 3 semaines", "2026-02-16 > 2026-02-17"),
    ("il y a quinze jours", "il y a quinze jours", "2026-02-23 > 2026-02-24"),
    ("il y a une dizaine de jours", "il y a une dizaine de jours", "2026-02-27 > 2026-02-28"),
    ("ya 3 jours", "ya 3 jours", "2026-03-06 > 2026-03-07"),
    ("dans 2h30", "dans 2h30", "2026-03-09 12:42 > 2026-03-09 12:43"),
    ("il y a trois quarts d'heure", "il y a trois quarts d'heure", "2026-03-09 09:27 > 2026-03-09 09:28"),
    ("dans une demi-heure", "dans une demi-heure", "2026-03-09 10:42 > 2026-03-09 10:43"),
    ("il y a une heure et demie", "il y a une heure et demie", "2026-03-09 08:42 > 2026-03-09 08:43"),
    ("dans un an et demi", "dans un an et demi", "2027-09-09 > 2027-09-10"),
    ("dans un trimestre", "dans un trimestre", "2026-06-09 > 2026-06-10"),
    ("dans deux trois semaines", "dans deux trois semaines", "2026-03-23 > 2026-03-31"),
    ("d'ici huit jours", "d'ici huit jours", "2026-03-09 10:12 > 2026-03-17"),
    ("ces trois derniers mois", "ces trois derniers mois", "2025-12-09 > 2026-03-09 10:12"),
    ("lundi dernier", "lundi dernier", "2026-03-02 > 2026-03-03"),
    ("mardi qui vient", "mardi qui vient", "2026-03-10 > 2026-03-11"),
    ("mardi en quinze", "mardi en quinze", "2026-03-24 > 2026-03-25"),
    ("lundi de la semaine dernière", "lundi de la semaine dernière", "2026-03-02 > 2026-03-03"),
    ("la semaine passée", "semaine passée", "2026-03-02 > 2026-03-09"),
    ("la semaine d'après", "semaine d'après", "2026-03-16 > 2026-03-23"),
    ("le mois d'avant", "mois d'avant", "2026-02-01 > 2026-03-01"),
    ("we prochain", "we prochain", "2026-03-14 > 2026-03-16"),
    ("cette nuit", "cette nuit", "2026-03-09 21:00 > 2026-03-10 07:00"),
    ("la nuit dernière", "nuit dernière", "2026-03-08 21:00 > 2026-03-09 07:00"),
    ("dans la nuit de samedi à dimanche", "nuit de samedi à dimanche", "2026-03-14 21:00 > 2026-03-15 07:00"),
    ("le surlendemain", "surlendemain", "2026-03-11 > 2026-03-12"),
    ("trois jours avant Noël", "trois jours avant Noël", "2026-12-22 > 2026-12-23"),
    ("une semaine après Pâques", "une semaine après Pâques", "2026-04-13 > 2026-04-14"),
    ("l'avant-veille du 14 juillet", "avant-veille du 14 juillet", "2026-07-12 > 2026-07-13"),
]


@pytest.mark.parametrize(("text", "said", "meaning"), RELATIVE, ids=[t for t, *_ in RELATIVE])
def test_a_relative_time(text: str, said: str, meaning: str) -> None:
    assert meant(text) == [(said, meaning)]


def test_seconds_are_told() -> None:
    ((_, meaning),) = meant("dans 30 secondes")
    assert meaning == "2026-03-09 10:12 > 2026-03-09 10:12"


def test_the_next_day_is_that_of_the_day_said_before() -> None:
    assert meant("Arrivée le 3 mai, visite le surlendemain")[1] == ("surlendemain", "2026-05-05 > 2026-05-06")
    assert meant("Départ le 28 juin : venez la veille au soir")[1] == (
        "veille au soir",
        "2026-06-27 18:00 > 2026-06-27 21:00",
    )


def test_an_hour_is_of_the_day_said_before() -> None:
    assert meant("Sortie le 2 juin. Le car part à 8 h 10")[1] == ("8 h 10", "2026-06-02 08:10 > 2026-06-02 08:11")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("mardi non mercredi plutôt", "mercredi"),
        ("le 12, pardon, le 13 octobre", "13 octobre"),
        ("rendez-vous à 14h, euh non à 15h30 mardi", "15h30 mardi"),
    ],
)
def test_what_is_taken_back_is_not_told(text: str, kept: str) -> None:
    assert [said for said, _ in meant(text)] == [kept]
