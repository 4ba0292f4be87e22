"""The cost of a message grows with its length and no faster. The limits leave room for a slow machine."""

from time import perf_counter

import pytest

from releve.language.red_flags import find

BLAND = "Bonjour, je voudrais un rendez-vous demain matin pour mon renouvellement. "
DENSE = "pas de douleur poitrine ventre sang "
WORD = "mal "


def milliseconds(text: str) -> float:
    find(text)
    start = perf_counter()
    find(text[:-1])
    return 1000 * (perf_counter() - start)


@pytest.mark.parametrize("piece", [BLAND, DENSE, WORD, "a", "D.O."])
def test_twenty_thousand_characters(piece: str) -> None:
    assert milliseconds((piece * 20_000)[:20_000]) < 400


def test_twice_the_length_costs_about_twice() -> None:
    short, long = ((DENSE * 4000)[:length] for length in (10_000, 40_000))
    assert milliseconds(long) < 12 * milliseconds(short)


def test_a_flag_at_the_end_of_a_long_message() -> None:
    text = BLAND * 200 + "Et depuis ce matin j'ai une oppression dans la poitrine."
    (flag,) = find(text)
    assert flag.category == "chest_pain" and "poitrine" in text[flag.start : flag.end]
