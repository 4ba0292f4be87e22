"""What is shown, by country and language."""

import pytest

from releve.core.understanding import RED_FLAGS
from releve.language.red_flags import advice
from releve.language.red_flags.advice import COUNTRIES, number
from releve.language.wordings import load

NUMBERS = load("releve.language.red_flags", "numbers.toml")


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_country_has_every_number_with_its_source(country: str) -> None:
    entries = NUMBERS[country]["numbers"]
    assert set(entries) == {"15", "112", "114", "3114", "3919", "119", "17", "antipoison"}
    assert all(e["call"] and e["source"].startswith("https://") and e["date"] for e in entries.values())


def test_france_by_default() -> None:
    assert advice(("chest_pain",)) == (
        "Une douleur ou une oppression dans la poitrine peut être une urgence."
        " Appelez tout de suite le 15 ou le 112. Si vous ne pouvez pas parler, écrivez au 114 par SMS."
    )


def test_another_country_has_its_own_numbers_in_the_text_too() -> None:
    text = advice(("suicidal",), country="CH")
    assert "143" in text and "144" in text and "3114" not in text


def test_an_unknown_country_is_answered_with_112() -> None:
    assert number("15", "DE") == "112" and "112" in advice(("chest_pain",), country="DE")


@pytest.mark.parametrize("category", RED_FLAGS)
def test_english(category: str) -> None:
    text = advice((category,), language="en")
    assert "Call " in text and len(text) < 320


def test_nothing_found_nothing_shown() -> None:
    assert advice((), country="BE", language="en") == ""
