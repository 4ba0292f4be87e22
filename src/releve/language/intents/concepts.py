"""Ideas behind words: "empêchée", "coincé" and "pas me libérer" are one. Data: `concepts.toml`, `medicines.txt`."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from releve.language.wordings import load

Match = tuple[str, int, int]


class _Node:
    """Where the words read so far lead: by whole word, by the beginning of a word, and what ends here."""

    __slots__ = ("concepts", "stems", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Node] = {}
        self.stems: dict[str, _Node] = {}
        self.concepts: tuple[str, ...] = ()

    def add(self, entry: Sequence[str], concept: str) -> None:
        node = self
        for word in entry:
            ways, key = (node.stems, word[:-1]) if word.endswith("*") else (node.words, word)
            node = ways.setdefault(key, _Node())
        node.concepts = (*node.concepts, concept)

    def after(self, word: str) -> Iterator["_Node"]:
        if node := self.words.get(word):
            yield node
        if self.stems:
            for end in range(3, len(word) + 1):
                if node := self.stems.get(word[:end]):
                    yield node


@cache
def _lexicon() -> _Node:
    root = _Node()
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
    for at in range(len(words)):
        for concept, end in _longest(words, at):
            if covered.get(concept, 0) < end:
                covered[concept] = end
                matches.append((concept, at, end))
    return matches


def _longest(words: Sequence[str], at: int) -> list[tuple[str, int]]:
    nodes, end, best = [_lexicon()], at, []
    while nodes and end < len(words):
        nodes = [after for node in nodes for after in node.after(words[end])]
        end += 1
        if ended := [(concept, end) for node in nodes for concept in node.concepts]:
            best = ended
    return best
