"""Stretches with two bounds or one, and hours, on Monday 9 March 2026."""

import pytest

from tests.spec.language.temporal.support import meant

RANGES = [
    ("du 3 au 5 mars 2024", "du 3 au 5 mars 2024", "2024-03-03 > 2024-03-06"),
    ("du 28 février au 3 mars 2024", "du 28 février au 3 mars 2024", "2024-02-28 > 2024-03-04"),
    ("de 2015 à 2018", "de 2015 à 2018", "2015-01-01 > 2019-01-01"),
    ("entre mars et juin", "entre mars et juin", "2026-03-01 > 2026-07-01"),
    ("de mardi à jeudi", "de mardi à jeudi", "2026-03-10 > 2026-03-13"),
    ("du lundi 3 au vendredi 7 août", "du lundi 3 au vendredi 7 août", "2026-08-03 > 2026-08-08"),
    ("de lundi 14h à mercredi 18h", "de lundi 14h à mercredi 18h", "2026-03-16 14:00 > 2026-03-18 18:00"),
    ("entre Noël et le jour de l'an", "entre Noël et le jour de l'an", "2026-12-25 > 2027-01-02"),
    ("de 9h à 11h", "de 9h à 11h", "2026-03-09 09:00 > 2026-03-09 11:00"),
    ("demain entre 9 et 11h", "demain entre 9 et 11h", "2026-03-10 09:00 > 2026-03-10 11:00"),
    ("14h-16h", "14h-16h", "2026-03-09 14:00 > 2026-03-09 16:00"),
    ("de 22h à 6h", "de 22h à 6h", "2026-03-09 22:00 > 2026-03-10 06:00"),
    ("mardi de 8h30 à midi", "mardi de 8h30 à midi", "2026-03-10 08:30 > 2026-03-10 12:00"),
    ("avant la fin du mois", "avant la fin du mois", "... > 2026-04-01"),
    ("au plus tard le 15 mars", "au plus tard le 15 mars", "... > 2026-03-16"),
    ("jusqu'en juin", "jusqu'en juin", "... > 2026-07-01"),
    ("à compter du 1er avril", "à compter du 1er avril", "2026-04-01 > ..."),
    ("dès lundi 8h", "dès lundi 8h", "2026-03-16 08:00 > ..."),
    ("après Noël", "après Noël", "2026-12-26 > ..."),
    ("depuis 2019", "depuis 2019", "2019-01-01 > ..."),
    ("depuis hier soir", "depuis hier soir", "2026-03-08 18:00 > ..."),
    ("d'ici demain soir", "d'ici demain soir", "2026-03-09 10:12 > 2026-03-10 21:00"),
    ("passé 22h", "passé 22h", "2026-03-09 22:00 > ..."),
]


@pytest.mark.parametrize(("text", "said", "meaning"), RANGES, ids=[t for t, *_ in RANGES])
def test_a_stretch(text: str, said: str, meaning: str) -> None:
    assert meant(text) == [(said, meaning)]


HOURS = [
    ("à quatorze heures trente", "quatorze heures trente", "14:30"),
    ("à midi moins dix", "midi moins dix", "11:50"),
    ("à trois heures moins vingt du matin", "trois heures moins vingt du matin", "02:40"),
    ("à 7h du soir", "7h du soir", "19:00"),
    ("à minuit vingt", "minuit vingt", "00:20"),
    ("à 18h pile", "18h pile", "18:00"),
    ("vers 15h", "vers 15h", "14:30"),
    ("aux environs de midi", "aux environs de midi", "11:30"),
    ("ce soir à 8h", "ce soir à 8h", "20:00"),
]


@pytest.mark.parametrize(("text", "said", "begins"), HOURS, ids=[t for t, *_ in HOURS])
def test_an_hour(text: str, said: str, begins: str) -> None:
    ((found, meaning),) = meant(text)
    assert (found, meaning.partition(" > ")[0][-5:].replace("03-09", "00:00")) == (said, begins)


def test_midnight_ends_the_day_said() -> None:
    assert meant("ce soir à minuit") == [("ce soir à minuit", "2026-03-10 > 2026-03-10 00:01")]
