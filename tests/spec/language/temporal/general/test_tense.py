"""The verb decides whether a day without its year lies behind or ahead, on Monday 9 March 2026."""

import pytest

from tests.spec.language.temporal.support import meant

PAST = [
    ("je suis venu jeudi", "2026-03-05 > 2026-03-06"),
    ("le ministre a annoncé jeudi", "2026-03-05 > 2026-03-06"),
    ("un accord signé jeudi", "2026-03-05 > 2026-03-06"),
    ("on les a faites jeudi", "2026-03-05 > 2026-03-06"),
    ("l'accident s'est produit jeudi", "2026-03-05 > 2026-03-06"),
    ("Perdues jeudi soir au gymnase", "2026-03-05 18:00 > 2026-03-05 21:00"),
    ("elle a été vaccinée le 12 novembre", "2025-11-12 > 2025-11-13"),
    ("j'ai revu Karim le lundi de Pâques", "2025-04-21 > 2025-04-22"),
    ("il est arrivé en juin", "2025-06-01 > 2025-07-01"),
    ("j'ai pas dormi cette nuit", "2026-03-08 21:00 > 2026-03-09 07:00"),
]
AHEAD = [
    ("il partira jeudi", "2026-03-12 > 2026-03-13"),
    ("la réunion est prévue jeudi", "2026-03-12 > 2026-03-13"),
    ("la séance est avancée à jeudi", "2026-03-12 > 2026-03-13"),
    ("on m'avait dit jeudi", "2026-03-12 > 2026-03-13"),
    ("je rends le livre jeudi", "2026-03-12 > 2026-03-13"),
    ("Plus de place en juin, m'a dit la secrétaire", "2026-06-01 > 2026-07-01"),
]


@pytest.mark.parametrize(("text", "meaning"), PAST + AHEAD, ids=[t for t, _ in PAST + AHEAD])
def test_the_side_of_today(text: str, meaning: str) -> None:
    assert [m for _, m in meant(text)] == [meaning]


def test_a_list_keeps_its_tense() -> None:
    text = "Les voisins ont fait du bruit samedi soir, dimanche matin"
    assert meant(text)[1] == ("dimanche matin", "2026-03-08 07:00 > 2026-03-08 12:00")
