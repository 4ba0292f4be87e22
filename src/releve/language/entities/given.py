"""Given names: the lexicon that tells them from family names."""

from releve.language.red_flags.wordings import load
from releve.language.text import fold

_GIVEN = frozenset(load("releve.language.entities", "given_names.toml")["names"].split())


def is_given(word: str) -> bool:
    """A common given name, or a compound of them."""
    folded = fold(word)
    return folded in _GIVEN or ("-" in folded and all(part in _GIVEN for part in folded.split("-")))
