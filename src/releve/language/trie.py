"""Phrases stored word by word: what the words read so far may lead to.

A phrase is a run of folded words: `pain*` is any word that begins so, `_` any one word, `<n>` a number. Looking phrases
up costs time in proportion to the words read, whatever their number.
"""

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")

STEM = 3  # letters at least before a star
_LONGEST = 24  # letters of a stem
_MARKS = frozenset('.!?;,:()\n"/')  # never the word that `_` stands for


class Trie(Generic[T]):
    """Where the words read so far lead, and what is said by the phrase that ends here."""

    __slots__ = ("_stems", "_words", "said")

    def __init__(self) -> None:
        self._words: dict[str, Trie[T]] = {}
        self._stems: dict[str, Trie[T]] = {}
        self.said: tuple[T, ...] = ()

    def add(self, phrase: Sequence[str], said: T) -> None:
        """One phrase and what it says; said twice, it says it once."""
        node = self
        for word in phrase:
            ways, key = (node._stems, word[:-1]) if word.endswith("*") else (node._words, word)
            node = ways.setdefault(key, Trie())
        if said not in node.said:
            node.said = (*node.said, said)

    def after(self, word: str) -> "list[Trie[T]]":
        """Where this word leads."""
        found = []
        if node := self._words.get(word):
            found.append(node)
        if self._stems:
            ends = range(STEM, min(len(word), _LONGEST) + 1)
            found += [node for end in ends if (node := self._stems.get(word[:end]))]
        if (node := self._words.get("<n>")) and word.isdecimal():
            found.append(node)
        if (node := self._words.get("_")) and word not in _MARKS:
            found.append(node)
        return found

    def from_word(self, words: Sequence[str], at: int) -> Iterator[tuple[T, int]]:
        """(what is said, after its last word) of every phrase that begins at this word, the shortest first."""
        nodes = [self]
        while nodes and at < len(words):
            word = words[at]
            nodes = nodes[0].after(word) if len(nodes) == 1 else [n for node in nodes for n in node.after(word)]
            at += 1
            for node in nodes:
                for said in node.said:
                    yield said, at
