"""The list that a physician reads before signing says what the list does."""

import pytest

from releve.core.understanding import RED_FLAGS
from releve.language.red_flags import advice, find
from releve.language.red_flags.listing import Listed, listed


def test_every_category_is_listed_in_order() -> None:
    assert tuple(row.category for row in listed()) == RED_FLAGS
    assert all(row.basis and len(row.examples) >= 2 for row in listed())


@pytest.mark.parametrize(("category", "example"), [(r.category, e) for r in listed() for e in r.examples])
def test_an_example_is_found_as_what_it_stands_for(category: str, example: str) -> None:
    assert category in {flag.category for flag in find(example)}


@pytest.mark.parametrize("row", listed(), ids=lambda row: row.category)
def test_the_text_and_the_numbers_are_those_a_patient_reads(row: Listed) -> None:
    shown = advice((row.category,))
    assert shown.startswith(row.text)
    assert f"Appelez tout de suite le {' ou le '.join(row.numbers)}." in shown
