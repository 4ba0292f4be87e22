"""Texts made to break the readers: none raises, none hides a danger."""

from datetime import datetime

import pytest

from releve.language import understand
from releve.language.red_flags import find

NOW = datetime(2026, 3, 9, 10, 12)


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("ma fille est née le 29 février, visite du premier mois", datetime(2024, 3, 10)),
        ("ma fille est née le 29/02, visite du premier mois", datetime(2025, 6, 2)),
        ("j'aurai 50 ans dans 999999999 jours", NOW),
        ("elle a eu 2 ans il y a 99999999 jours", NOW),
        ("mon fils a ² ans", NOW),
        ("Zoé 5² ans", NOW),
    ],
)
def test_nothing_raises(text: str, now: datetime) -> None:
    understand(text, now=now)


@pytest.mark.parametrize(
    "text",
    [
        "elle n'arrıve plus à respırer",
        "elle n'arrive pluſ à reſpirer",
        "elle n'arrive pIus à respirer",
        "elle n'arrive plus 😭 à respirer",
        "elle n'arrive plus... à respirer",
        "elle_n'arrive_plus_à_respirer",
        "elle&nbsp;n'arrive&nbsp;plus&nbsp;à&nbsp;respirer",
        "elle n'ar\u3164rive plus à res\u3164pirer",
    ],
)
def test_signs_between_and_inside_words_hide_no_danger(text: str) -> None:
    assert "breathing_difficulty" in {flag.category for flag in find(text)}
