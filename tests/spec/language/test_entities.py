"""Persons, numbers and dates as patients give them."""

from datetime import date, datetime

import pytest

from releve.core.understanding import PersonName
from releve.language.entities import birth_date, code, email, names, patient_is, phone, practitioner
from releve.language.text import reading

NOW = datetime.fromisoformat("2026-03-09T10:12")

NAMES = [
    ("Clément Vasseur, né le 19 février 1991", ("Clément", "Vasseur")),
    ("Vasseur Clément 19/02/1991", ("Clément", "Vasseur")),
    ("VASSEUR Clément", ("Clément", "VASSEUR")),
    ("Clément VASSEUR", ("Clément", "VASSEUR")),
    ("je m'appelle Aïcha Benali", ("Aïcha", "Benali")),
    ("c'est monsieur mercier", ("", "mercier")),
    ("rdv pour ma fille Zoé Lefèvre", ("Zoé", "Lefèvre")),
    ("Mme Blanchard Odette", ("Odette", "Blanchard")),
    ("bonjour c'est Monique", ("Monique", "")),
    ("georges mercier né le vingt-deux mars quarante-huit", ("georges", "mercier")),
    ("mercier georges vingt-deux mars quarante-huit", ("georges", "mercier")),
    ("Nom : Roche\nPrénom : Léa", ("Léa", "ROCHE")),
    ("Bonjour,\nje voudrais un rendez-vous.\nCordialement,\nJean-Luc Moreau", ("Jean-Luc", "Moreau")),
    ("annulez mon rdv svp. Fatou Diop", ("Fatou", "Diop")),
    ("moi c'est Nguyen Thi Lan", ("Thi Lan", "Nguyen")),
    ("Marie de La Tour, 3 mai 1980", ("Marie", "de La Tour")),
    ("je suis Kevin Le Goff", ("Kevin", "Le Goff")),
    ("au nom de Martin", ("Martin", "")),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_name(text: str, name: tuple[str, str]) -> None:
    given, family = name
    assert [(n.given.lower(), n.family.lower()) for n in names(text)] == [(given.lower(), family.lower())]


@pytest.mark.parametrize(
    "text",
    [
        "je voudrais voir le Dr Martin",
        "rdv avec le docteur Claire Petit lundi",
        "Bonjour Docteur",
        "oui merci",
    ],
)
def test_practitioners_and_courtesy_are_no_names(text: str) -> None:
    assert names(text) == ()


def test_names_are_given_as_written() -> None:
    assert names("VASSEUR Clément") == (PersonName("Clément", "VASSEUR"),)


BIRTHS = [
    ("né le 5 octobre 1990", date(1990, 10, 5)),
    ("05/10/1990", date(1990, 10, 5)),
    ("Léa Roche 5-10-90", date(1990, 10, 5)),
    ("mercier georges vingt-deux mars quarante-huit", date(1948, 3, 22)),
    ("je suis née le premier janvier deux mille un", date(2001, 1, 1)),
    ("ma fille est du 12/06/2019", date(2019, 6, 12)),
    ("rdv du 12/03/2026, née le 04.05.1971", date(1971, 5, 4)),
    ("DDN 14071979", date(1979, 7, 14)),
    ("mon fils a eu 8 ans hier", date(2018, 3, 8)),
]


@pytest.mark.parametrize(("text", "born"), BIRTHS)
def test_birth_date(text: str, born: date) -> None:
    found = birth_date(text, NOW)
    assert found is not None and found[0] == born


@pytest.mark.parametrize(
    "text", ["rdv le 12/03/2026", "né le 31/02/1990", "née en 1990", "opéré le 12 mai 2019", "depuis le 14/06/2021"]
)
def test_no_birth_date(text: str) -> None:
    assert birth_date(text, NOW) is None


PHONES = [
    ("06 12 34 56 78", "+33612345678"),
    ("0612345678", "+33612345678"),
    ("06.12.34.56.78", "+33612345678"),
    ("+33 6 12 34 56 78", "+33612345678"),
    ("0033612345678", "+33612345678"),
    ("+33 (0)6 12 34 56 78", "+33612345678"),
    ("zéro six douze trente-quatre cinquante-six soixante-dix-huit", "+33612345678"),
    ("zéro six quatre-vingt-dix-huit zéro zéro onze vingt-deux", "+33698001122"),
    ("0692 12 34 56", "+262692123456"),
    ("0690 12 34 56", "+590690123456"),
    ("0696 12 34 56", "+596696123456"),
    ("0694 12 34 56", "+594694123456"),
    ("mon nouveau numéro est le 07 11 22 33 44, avant c'était le 06 12 34 56 78", "+33711223344"),
    ("né le 05/10/1990, 06 12 34 56 78", "+33612345678"),
    ("fax 01 99 00 11 22, portable 06 12 34 56 78", "+33612345678"),
]


@pytest.mark.parametrize(("text", "number"), PHONES)
def test_phone(text: str, number: str) -> None:
    found = phone(text)
    assert found is not None and found[0] == number
    assert text[found[1] : found[2]].strip()[-1].isalnum()


@pytest.mark.parametrize(
    "text",
    ["05/10/1990", "fax 01 99 00 11 22", "1 85 05 78 006 084 36", "rdv à 10h30 le 12", "06 12 34", "code 482913"],
)
def test_no_phone(text: str) -> None:
    assert phone(text) is None


PRACTITIONERS = [
    ("rdv avec le Dr Martin", "Martin"),
    ("je voudrais voir le docteur nguyen vendredi", "nguyen"),
    ("Dr Claire Petit svp", "Petit"),
    ("rdv dermato mardi", "dermatologue"),
    ("un rdv chez la gynéco", "gynécologue"),
    ("avec le kiné s'il vous plait", "kinésithérapeute"),
    ("il me faut la sage femme", "sage-femme"),
    ("l'ostéo est dispo ?", "ostéopathe"),
    ("je veux voir un médecin", None),
    ("bonjour docteur", None),
    ("pr un rdv svp", None),
    ("rdv avec madame Lenoir jeudi", "Lenoir"),
    ("rdv avec le docteur DE ALMEIDA", "De Almeida"),
    ("mon médecin le Dr Roux m'a dit de voir un cardiologue", "cardiologue"),
]


@pytest.mark.parametrize(("text", "who"), PRACTITIONERS)
def test_practitioner(text: str, who: str | None) -> None:
    found = practitioner(text)
    assert (found[0] if found else None) == who


PATIENTS = [
    ("je voudrais un rendez-vous", "self"),
    ("c'est pour ma fille", "child"),
    ("mon bébé a de la fièvre", "child"),
    ("rdv pour maman", "parent"),
    ("mon père ne peut pas venir", "parent"),
    ("annulez le rdv de mon mari", "partner"),
    ("ma belle-mère a besoin d'une infirmière", "other"),
    ("mon neveu tousse", "other"),
    ("rdv pour ma grand-mère", "other"),
    ("mon mari m'amène, je serai là à 15h", "self"),
]


@pytest.mark.parametrize(("text", "whom"), PATIENTS)
def test_patient_is(text: str, whom: str) -> None:
    assert patient_is(reading(text)) == whom


def test_email() -> None:
    assert email("mon mail : Lea.Roche@Example.org") == ("lea.roche@example.org", 11, 32)
    assert email("pas de mail") is None


CODES = [
    ("482913", "482913"),
    ("le code est 482 913", "482913"),
    ("48 29 13", "482913"),
    ("quatre huit deux neuf un trois", "482913"),
    ("quarante-huit vingt-neuf treize", "482913"),
    ("05/10/1990", None),
    ("06 12 34 56 78", None),
    ("12345", None),
    ("c'est 482913 merci", "482913"),
]


@pytest.mark.parametrize(("text", "digits"), CODES)
def test_code(text: str, digits: str | None) -> None:
    assert code(text) == digits
