"""The patient's date of birth, however it is written or said (MESSAGES.md, `birth_date`)."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from releve.language.entities import birth_date

NOW = datetime.fromisoformat("2026-03-09T10:12")
TOLD = [
    ("né le 12.03.47", date(1947, 3, 12)),
    ("le douze trois quarante-sept, mercier georges né", date(1947, 3, 12)),
    ("née un 5 mai 85", date(1985, 5, 5)),
    ("né le 1er août deux mille quatorze", date(2014, 8, 1)),
    ("né le 12/03/2O12", date(2012, 3, 12)),
    ("née le 1985-05-03", date(1985, 5, 3)),
    ("Bertrand Lacassagne, 11/11/1950, pour un rendez-vous", date(1950, 11, 11)),
    ("Jules (11 sept. 2022) tousse", date(2022, 9, 11)),
    ("Jade Poulain 23 02 99", date(1999, 2, 23)),
    ("monsieur blandin né le vingt-trois zéro huit cinquante", date(1950, 8, 23)),
    ("né le dix sept trente-huit", date(1938, 7, 10)),
    ("née le zéro un zéro trois quatre-vingt-quatre", date(1984, 3, 1)),
    ("mon fils a eu 8 ans hier", date(2018, 3, 8)),
    ("il a eu six ans samedi dernier", date(2020, 3, 7)),
    ("j'ai 40 ans depuis le 3 mai", date(1985, 5, 3)),
    ("mon fils aura 18 ans le 21 octobre prochain", date(2008, 10, 21)),
    ("samedi c'est mes 30 ans", date(1996, 3, 14)),
    ("mon bébé né le 19 janvier, visite du premier mois", date(2026, 1, 19)),
    ("née le 5 mai 85, non pardon, le 6", date(1985, 5, 6)),
    ("née le 5 mai 85 non pas le 5, le 6 mai 85", date(1985, 5, 6)),
    ("c'est pour madame Odette Lenoir du six juin trente-neuf", date(1939, 6, 6)),
    ("les analyses de ma fille Jade, 7 mai 2016, sont arrivées ?", date(2016, 5, 7)),
    ("Jade Poulain 23 02 1999, je viens demain à 9h", date(1999, 2, 23)),
    ("Louis (4/5/2017) sera présent le 12 à 15h", date(2017, 5, 4)),
    ("un rdv pour ma fille 06/06/2021, plutôt mercredi", date(2021, 6, 6)),
    ("notre fils Louis, 2 février 2026", date(2026, 2, 2)),
    ("née le trois mai quatre-vingt-un et mon portable c'est le zéro six", date(1981, 5, 3)),
    ("né le 02/04/1977 - 06 39 98 12 34", date(1977, 4, 2)),
    ("copie du compte rendu de l'opération du 3 mai 2020. Pr Hamid, 04/06/1968", date(1968, 6, 4)),
    ("ma petite est née le 9 janvier, 38,2 ce matin, visite des 2 mois", date(2026, 1, 9)),
    ("j'aurai soixante ans dans trois jours", date(1966, 3, 12)),
    ("je suis de quatre-vingt-huit, le 4 mai", date(1988, 5, 4)),
    ("mon grand-père né le 8/2/26", date(1926, 2, 8)),
    ("je suis Anne Roy, née le 3/2/1980, rdv pour ma fille née le 12/06/2019", date(2019, 6, 12)),
]
NONE = [
    "née en 1990",
    "né le 31/02/1990",
    "rdv le 12/03/2026",
    "opérée du genou le 12 mai 2019",
    "Le 18/02/2026 à 17:40, Secrétariat a écrit",
    "mon numéro de sécu est le 1 85 05 78 006 084 36",
    "mon numéro c'est le plus trente-trois six trente-neuf quatre-vingt-dix-huit cinquante-cinq quatorze",
    "née le 5 mai",
    "le bilan de Louis du 12 février 2026",
]
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
UNITS = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
]
TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}


def said(n: int) -> str:
    """A number below a hundred in words."""
    if n <= 16:
        return UNITS[n]
    if n < 20:
        return f"dix-{UNITS[n - 10]}"
    if n < 70:
        ten, one = divmod(n, 10)
        return TENS[ten] + ("" if not one else " et un" if one == 1 else f"-{UNITS[one]}")
    if n < 80:
        return "soixante et onze" if n == 71 else f"soixante-{said(n - 60)}"
    return "quatre-vingts" if n == 80 else f"quatre-vingt-{said(n - 80)}"


FORMS = [
    lambda d: f"{d:%d/%m/%Y}",
    lambda d: f"{d:%d.%m.%Y}",
    lambda d: f"{d:%d-%m-%Y}",
    lambda d: f"{d:%d %m %Y}",
    lambda d: f"{d:%d/%m/%y}",
    lambda d: f"{d:%Y-%m-%d}",
    lambda d: f"{d:%d%m%Y}",
    lambda d: f"{d.day}/{d.month}/{d.year}",
    lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{'1er' if d.day == 1 else d.day} {MONTHS[d.month - 1]} {d:%y}",
    lambda d: f"{'premier' if d.day == 1 else said(d.day)} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{said(d.day)} {MONTHS[d.month - 1]} mille neuf cent {said(d.year % 100)}",
]
LEADS = [
    "née le {}",
    "Léa Roche, née le {}, merci",
    "date de naissance : {}",
    "ddn {}",
    "NÉ LE {}",
    "bonjour, né le {} svp",
]


@pytest.mark.parametrize(("text", "born"), TOLD)
def test_told(text: str, born: date) -> None:
    found = birth_date(text, NOW)
    assert found is not None and found[0] == born


@pytest.mark.parametrize("text", NONE)
def test_none(text: str) -> None:
    assert birth_date(text, NOW) is None


@settings(deadline=None, max_examples=150)
@given(st.dates(date(1930, 1, 1), date(1999, 12, 31)), st.sampled_from(FORMS), st.sampled_from(LEADS))
def test_any_form_reads_back(day: date, form: object, lead: str) -> None:
    text = lead.format(form(day))  # type: ignore[operator]
    found = birth_date(text, NOW)
    assert found is not None and found[0] == day, text
