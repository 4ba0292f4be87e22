"""Habits: the first occurrence to come is reported, on Monday 9 March 2026 at 10:12."""

import pytest

from releve.language.temporal import mentions
from tests.spec.language.temporal.support import MONDAY, meant

HABITS = [
    ("chaque matin à 8h", "chaque matin à 8h", "2026-03-10 08:00 > 2026-03-10 08:01"),
    ("tous les lundis et jeudis à 18h", "tous les lundis et jeudis à 18h", "2026-03-12 18:00 > 2026-03-12 18:01"),
    ("le mercredi de 18h à 20h", "le mercredi de 18h à 20h", "2026-03-11 18:00 > 2026-03-11 20:00"),
    ("un lundi sur deux", "un lundi sur deux", "2026-03-16 > 2026-03-17"),
    ("toutes les deux semaines", "toutes les deux semaines", "2026-03-23 > 2026-03-30"),
    ("toutes les deux semaines, le jeudi", "toutes les deux semaines, le jeudi", "2026-03-12 > 2026-03-13"),
    ("le 5 de chaque mois", "le 5 de chaque mois", "2026-04-05 > 2026-04-06"),
    ("chaque premier lundi du mois", "chaque premier lundi du mois", "2026-04-06 > 2026-04-07"),
    ("le dernier jour de chaque mois", "le dernier jour de chaque mois", "2026-03-31 > 2026-04-01"),
    ("chaque 14 juillet", "chaque 14 juillet", "2026-07-14 > 2026-07-15"),
    ("toutes les 4 heures", "toutes les 4 heures", "2026-03-09 14:12 > 2026-03-09 14:13"),
    ("du lundi au samedi de 9h à 19h", "du lundi au samedi de 9h à 19h", "2026-03-16 09:00 > 2026-03-16 19:00"),
]


@pytest.mark.parametrize(("text", "said", "meaning"), HABITS, ids=[t for t, *_ in HABITS])
def test_a_habit(text: str, said: str, meaning: str) -> None:
    assert meant(text) == [(said, meaning)]
    assert mentions(text, MONDAY)[0].kind == "recurring"
