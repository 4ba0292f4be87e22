"""A message is read in about a millisecond of CPU; long texts cost in proportion."""

from statistics import median
from time import process_time

from releve.language.temporal import wish
from tests.spec.language.temporal.support import MONDAY

TEXT = "Bonjour, un rendez-vous mardi ou jeudi après-midi, sinon la semaine prochaine en fin de journée ? "


def _cost(text: str) -> float:
    start = process_time()
    wish(text, MONDAY)
    return process_time() - start


def test_a_message_costs_about_a_millisecond() -> None:
    assert median(_cost(TEXT) for _ in range(50)) < 0.002


def test_the_cost_is_linear_in_the_text() -> None:
    once, often = (median(_cost(TEXT * n) for _ in range(5)) for n in (10, 80))
    assert often < 8 * once * 4
