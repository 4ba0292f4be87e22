"""How a wording may begin, so that it is tried at those words only: never fewer matches than trying it everywhere."""

import re

import pytest

from releve.language.red_flags import find
from releve.language.red_flags.concepts import INDEX, Said
from releve.language.red_flags.heads import heads

BEGINS = {
    "(?:vomi|crache) du sang": {"vom", "cra"},
    "(?<!un )bleue?": {"ble"},
    "(?:ne )?saigne": {"ne ", "sai"},
    "[3-5]8": {"38", "48", "58"},
    r"\w+ sang": set(),
    "(?:mal)?": set(),
}
TEXT = "elle ne repond plus, du sang plein la serviette, 38,7 de fievre, tombee de l'echelle il y a 10 min"


@pytest.mark.parametrize(("expression", "begins"), BEGINS.items())
def test_heads(expression: str, begins: set[str]) -> None:
    assert heads(expression) == (set(begins) if all(h.isalnum() for h in begins) else set())


def test_the_same_answers_as_trying_everywhere() -> None:
    find(TEXT)
    said = Said(TEXT)
    for expression, begins in {(e, h) for e, (_, h) in INDEX._compiled.items()}:
        everywhere = {m.span() for m in re.finditer(expression, TEXT)}
        assert everywhere <= set(said._matches(re.compile(expression), begins)), expression
