"""Ideas behind words: "empêchée", "coincé" and "pas me libérer" are one. Data: `concepts.toml`, `medicines.txt`."""

from collections.abc import Sequence
from functools import cache
from importlib import resources

from releve.language.trie import Trie
from releve.language.wordings import load

Match = tuple[str, int, int]


@cache
def _lexicon() -> Trie[str]:
    root: Trie[str] = Trie()
    for concept, entry in load("releve.language.intents", "concepts.toml").items():
        for words in entry["words"]:
            root.add(words.split(), concept)
    names = resources.files("releve.language.intents").joinpath("medicines.txt").read_text("utf-8")
    for name in names.splitlines():
        if name and not name.startswith("#"):
            root.add((name,), "medicine")
    return root


def found(words: Sequence[str]) -> list[Match]:
    """(concept, first word, after the last word): at each place the longest entries, in the order of the text."""
    matches: list[Match] = []
    covered: dict[str, int] = {}
    lexicon = _lexicon()
    for at in range(len(words)):
        here = list(lexicon.from_word(words, at))
        for concept, end in here:
            if end == here[-1][1] and covered.get(concept, 0) < end:
                covered[concept] = end
                matches.append((concept, at, end))
    return matches
