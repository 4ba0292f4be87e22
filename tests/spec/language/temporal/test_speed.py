"""A message is read in about a millisecond of CPU; long texts cost in proportion."""

from statistics import median
from time import process_time

import pytest

from releve.language.temporal import appointment_time, mentions, move, wish, wish_spans
from releve.language.temporal.booking.reading import read
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


HARD = [
    "9h ", "mardi ", "le 3, ", "12/", "1,5 ", "06 12 34 56 78 ", "sauf lundi ", "du 3 au ", "tous les ", "(je mardi ",
    "dans la nuit de ", "vingt et un mille cent ", "avant ", "15h non ", "lendemain ", "a 5 avant le ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HARD)
def test_no_text_of_twenty_thousand_characters_is_slow(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    for reading in (wish, mentions):
        start = process_time()
        reading(text, MONDAY)
        assert process_time() - start < 1.0  # 0.3 s on an idle machine; this one is shared


def test_one_message_is_read_once() -> None:
    text = f"{TEXT} (une fois)"
    wish(text, MONDAY)
    before = read.cache_info().misses
    move(text, MONDAY), wish_spans(text, MONDAY), appointment_time(text, MONDAY)
    assert read.cache_info().misses == before
