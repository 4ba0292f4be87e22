"""Why a message was read so."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from releve.language.explain import explain

NOW = datetime(2026, 3, 9, 10, 12)


def test_a_red_flag_is_a_rule_and_comes_first() -> None:
    first = explain("je veux annuler mon rdv, j'ai une grosse douleur dans la poitrine", now=NOW)[0]
    assert (first.label, first.kind, first.weight) == ("chest_pain", "rule", None)


def test_an_intent_has_weighed_reasons_in_the_text() -> None:
    text = "Bonjour, je souhaite annuler mon rendez-vous de jeudi"
    reasons = [b for b in explain(text, now=NOW) if b.label == "cancel_appointment"]
    assert reasons
    assert any("annul" in text[b.start : b.end] and b.weight and b.weight > 0 for b in reasons)


def test_a_short_answer_is_a_rule() -> None:
    assert [(b.label, b.name) for b in explain("oui", now=NOW)] == [("affirm", "short answer")]


@pytest.mark.parametrize("text", ["", " ", "\U0001f600", "1" * 300])
def test_nothing_breaks_it(text: str) -> None:
    explain(text, now=NOW)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_places_lie_inside_the_text(text: str) -> None:
    assert all(0 <= b.start <= b.end <= len(text) for b in explain(text, now=NOW))
