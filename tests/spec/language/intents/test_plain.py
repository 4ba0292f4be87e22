"""Short answers are read by rule, and only when nothing else is said."""

import pytest

from releve.language.intents import plain
from releve.language.text import reading


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("Oui", "affirm"),
        ("ok merci", "affirm"),
        ("oui c'est ça", "affirm"),
        ("d'accord !", "affirm"),
        ("Non", "deny"),
        ("non merci", "deny"),
        ("STOP", "opt_out"),
        ("stop sms", "opt_out"),
        ("Merci beaucoup", "thank"),
        ("merci et bonne journée", "thank"),
        ("Bonjour", "greet"),
        ("le 2", "inform"),
        ("la deuxième svp", "inform"),
        ("la premiere", "inform"),
    ],
)
def test_a_short_answer_has_one_meaning(said: str, label: str) -> None:
    assert plain.answer(reading(said)) == label


@pytest.mark.parametrize(
    "said",
    [
        "",
        "oui ?",
        "ok mais plutôt mardi",
        "stop au tabac, vous aidez ?",
        "non je ne viendrai pas",
        "le 2 mai",
        "merci de me rappeler",
    ],
)
def test_anything_more_is_left_to_the_model(said: str) -> None:
    assert plain.answer(reading(said)) is None
