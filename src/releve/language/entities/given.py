"""Given names: the lexicon that tells them from family names."""

from releve.language.text import fold
from releve.language.wordings import load

GIVEN = frozenset(load("releve.language.entities", "given_names.toml")["names"].split())


def is_given(word: str) -> bool:
    """A common given name, or a compound of them."""
    folded = fold(word)
    return folded in GIVEN or ("-" in folded and all(part in GIVEN for part in folded.split("-")))
