"""Absolute dates in all their forms, on Monday 9 March 2026."""

import pytest

from tests.spec.language.temporal.support import meant

DATES = [
    ("le 3 mars 2026", "3 mars 2026", "2026-03-03 > 2026-03-04"),
    ("le 03/03/26", "03/03/26", "2026-03-03 > 2026-03-04"),
    ("2026-03-03", "2026-03-03", "2026-03-03 > 2026-03-04"),
    ("le 03.04.2027", "03.04.2027", "2027-04-03 > 2027-04-04"),
    ("le 12.05", "12.05", "2026-05-12 > 2026-05-13"),
    ("8-Mai-1945", "8-Mai-1945", "1945-05-08 > 1945-05-09"),
    ("le 14 juillet 1789", "14 juillet 1789", "1789-07-14 > 1789-07-15"),
    ("le premier avril", "premier avril", "2026-04-01 > 2026-04-02"),
    ("le 1er mai", "1er mai", "2026-05-01 > 2026-05-02"),
    ("trois mars deux mille vingt-six", "trois mars deux mille vingt-six", "2026-03-03 > 2026-03-04"),
    ("le 21 septembre nonante-huit", "21 septembre nonante-huit", "1998-09-21 > 1998-09-22"),
    ("le 5 janv", "5 janv", "2027-01-05 > 2027-01-06"),
    ("le 3", "3", "2026-04-03 > 2026-04-04"),
    ("le 15 du mois prochain", "15 du mois prochain", "2026-04-15 > 2026-04-16"),
    ("le 25 courant", "25 courant", "2026-03-25 > 2026-03-26"),
    ("mars 2025", "mars 2025", "2025-03-01 > 2025-04-01"),
    ("le 03/2026", "03/2026", "2026-03-01 > 2026-04-01"),
    ("à la mi-avril", "mi-avril", "2026-04-11 > 2026-04-21"),
    ("la deuxième quinzaine de juin", "deuxième quinzaine de juin", "2026-06-16 > 2026-07-01"),
    ("la première dizaine de juin", "première dizaine de juin", "2026-06-01 > 2026-06-11"),
    ("le premier mercredi du mois prochain", "premier mercredi du mois prochain", "2026-04-01 > 2026-04-02"),
    ("l'avant-dernier lundi de mai", "avant-dernier lundi de mai", "2026-05-18 > 2026-05-19"),
    ("le dernier jour de février 2024", "dernier jour de février 2024", "2024-02-29 > 2024-03-01"),
    ("la deuxième semaine de septembre", "deuxième semaine de septembre", "2026-09-07 > 2026-09-14"),
    ("le dernier week-end de juin", "dernier week-end de juin", "2026-06-27 > 2026-06-29"),
    ("la semaine 14", "semaine 14", "2026-03-30 > 2026-04-06"),
    ("la semaine de Noël", "semaine de Noël", "2026-12-21 > 2026-12-28"),
]


@pytest.mark.parametrize(("text", "said", "meaning"), DATES, ids=[t for t, *_ in DATES])
def test_a_date(text: str, said: str, meaning: str) -> None:
    assert meant(text) == [(said, meaning)]


PERIODS = [
    ("en 1515", "1515", "1515-01-01 > 1516-01-01"),
    ("l'an 2000", "an 2000", "2000-01-01 > 2001-01-01"),
    ("le budget 2025", "2025", "2025-01-01 > 2026-01-01"),
    ("les années 90", "années 90", "1990-01-01 > 2000-01-01"),
    ("les années soixante-dix", "années soixante-dix", "1970-01-01 > 1980-01-01"),
    ("au XIXe siècle", "XIXe siècle", "1801-01-01 > 1901-01-01"),
    ("le siècle dernier", "siècle dernier", "1901-01-01 > 2001-01-01"),
    ("la guerre (1914-1918)", "1914-1918", "1914-01-01 > 1919-01-01"),
    ("fin 2025", "fin 2025", "2025-10-01 > 2026-01-01"),
    ("début 2027", "début 2027", "2027-01-01 > 2027-04-01"),
    ("au 3e trimestre", "3e trimestre", "2026-07-01 > 2026-10-01"),
    ("au T1 2026", "T1 2026", "2026-01-01 > 2026-04-01"),
    ("le trimestre dernier", "trimestre dernier", "2025-10-01 > 2026-01-01"),
    ("au deuxième semestre 2025", "deuxième semestre 2025", "2025-07-01 > 2026-01-01"),
    ("au prochain semestre", "prochain semestre", "2026-07-01 > 2027-01-01"),
    ("l'été dernier", "été dernier", "2025-06-21 > 2025-09-22"),
    ("au printemps 2025", "printemps 2025", "2025-03-20 > 2025-06-21"),
    ("l'hiver 2024-2025", "hiver 2024-2025", "2024-12-21 > 2025-03-20"),
    ("l'an dernier à la même époque", "an dernier à la même époque", "2025-03-01 > 2025-04-01"),
]


@pytest.mark.parametrize(("text", "said", "meaning"), PERIODS, ids=[t for t, *_ in PERIODS])
def test_a_long_period(text: str, said: str, meaning: str) -> None:
    assert meant(text) == [(said, meaning)]


def test_the_first_of_two_days_takes_the_month_of_the_second() -> None:
    assert meant("lundi 9 et mardi 10 mars") == [
        ("lundi 9", "2026-03-09 > 2026-03-10"),
        ("mardi 10 mars", "2026-03-10 > 2026-03-11"),
    ]


def test_a_number_follows_the_date_said_before() -> None:
    assert meant("Départ de Lille le 5 juillet, arrivée à Paris le 27")[1] == ("27", "2026-07-27 > 2026-07-28")
