"""The number to reach the writer at (MESSAGES.md, `phone`)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from releve.language.entities import phone

NUMBERS = [
    ("Nouveau portable : 06 39 98 90 54 (l'ancien est coupé)", "+33639989054"),
    (
        "mon numéro c'est le plus trente-trois six trente-neuf quatre-vingt-dix-huit cinquante-cinq quatorze",
        "+33639985514",
    ),
    ("O6 39 98 12 34", "+33639981234"),
    ("06 39 98 12 34, non pardon 06 39 98 12 35", "+33639981235"),
    ("zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre non trente-cinq", "+33639981235"),
    ("remplacez son numéro par le mien, 06 39 98 44 08", "+33639984408"),
    ("si une place se libère avant le 5 mai, zoe 0639 98 55 02", "+33639985502"),
    ("Pharmacie Bel-Air, 01.99.00.58.77, ordonnance de Mme Le Gall", "+33199005877"),
    ("+32 470 12 34 56", "+32470123456"),
    ("0694 20 12 34", "+594694201234"),
    ("elle n'entend pas le téléphone : 06-39-98-35-71", "+33639983571"),
]
NONE = [
    "ne m'appelez pas au 06 39 98 12 34",
    "votre numéro 01 99 00 11 22 ne répond pas",
    "la pharmacie au 01 99 00 11 22 attend l'ordonnance",
    "1850578006084",
    "06 39 98",
]
CUTS = [
    "{}{}{}{}{}",
    "{} {} {} {} {}",
    "{}.{}.{}.{}.{}",
    "{}-{}-{}-{}-{}",
    "{}/{}/{}/{}/{}",
    "{}{} {}{}{}",
    "{}  {}{} {}{}",
]
LEADS = ["{}", "mon numéro : {}", "MERCI DE ME RAPPELER AU {}", "bonjour, joignable au {} svp merci", "tel {}."]


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_number(text: str, number: str) -> None:
    found = phone(text)
    assert found is not None and found[0] == number


@pytest.mark.parametrize("text", NONE)
def test_none(text: str) -> None:
    assert phone(text) is None


@settings(deadline=None, max_examples=150)
@given(st.sampled_from("1234679"), st.integers(0, 10**8 - 1), st.sampled_from(CUTS), st.sampled_from(LEADS))
def test_any_grouping_reads_back(first: str, rest: int, cut: str, lead: str) -> None:
    digits = f"0{first}{rest:08d}"
    if digits.startswith(("069", "0262", "0263", "0269")):  # overseas codes: another country's number
        return
    text = lead.format(cut.format(*(digits[i : i + 2] for i in range(0, 10, 2))))
    found = phone(text)
    assert found is not None and found[0] == f"+33{digits[1:]}", text
