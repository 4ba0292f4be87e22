"""Phrases found in a text in one pass: what a word is called here (a relation, a verb of pain, a profession...).

A phrase is a run of folded words. In a data file: `pain*` is any word that begins so, `_` any one word, `<n>` a number,
`{name}` one of the words listed under that name in `[words]`. A text costs time in proportion to its length whatever
the number of phrases.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

_WORD = re.compile(r"petites?-filles?(?!\w)|[^\W_]+|[+]|[.!?;,:()\n\"/]|#+")
_STOPS = frozenset('.!?;\n"')
_MARKS = frozenset('.!?;,:()\n"/')
_LONGEST = 24  # letters of a stem
_REMEMBERED = 20_000  # words
_STEM = 3  # letters at least before a star


class Word(NamedTuple):
    """One word, number or mark; [start, end) in the text."""

    text: str
    start: int
    end: int

    @property
    def stop(self) -> bool:
        """A mark that ends a sentence."""
        return self.text in _STOPS

    @property
    def mark(self) -> bool:
        return self.text in _MARKS


class Hit(NamedTuple):
    """Words [i, j) say `label`."""

    label: str
    i: int
    j: int


class _Node:
    __slots__ = ("labels", "stems", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Node] = {}
        self.stems: dict[str, _Node] = {}
        self.labels: list[str] = []

    def child(self, word: str) -> "_Node":
        table, key = (self.stems, word[:-1]) if word.endswith("*") else (self.words, word)
        return table.setdefault(key, _Node())

    def next(self, word: str) -> list["_Node"]:
        found = []
        if node := self.words.get(word):
            found.append(node)
        if self.stems:
            found += [n for k in range(_STEM, min(len(word), _LONGEST) + 1) if (n := self.stems.get(word[:k]))]
        if (node := self.words.get("<n>")) and word.isdigit():
            found.append(node)
        if (node := self.words.get("_")) and word not in _MARKS:
            found.append(node)
        return found


@dataclass(frozen=True)
class Reading:
    """A text cut into words, with the phrases it holds."""

    text: str
    words: list[Word]
    by_label: dict[str, list[Hit]] = field(default_factory=dict)
    ends: dict[int, set[str]] = field(default_factory=dict)  # labels of the phrases that end before word j
    starts: dict[int, dict[str, Hit]] = field(default_factory=dict)  # the longest phrase of a label that begins at i

    def of(self, label: str) -> list[Hit]:
        return self.by_label.get(label, [])

    def starts_at(self, label: str, i: int) -> Hit | None:
        """The longest phrase of that label that begins with word `i`."""
        return self.starts.get(i, {}).get(label)

    def ends_at(self, label: str, j: int) -> bool:
        """A phrase of that label ends right before word `j`."""
        return label in self.ends.get(j, ())

    def between(self, label: str, i: int, j: int) -> bool:
        """A phrase of that label begins among words [i, j)."""
        return any(label in self.starts.get(k, ()) for k in range(i, j))


class Phrases:
    """Labelled phrases; `spellings` are read as the words they stand for ("pr" -> "pour")."""

    def __init__(
        self,
        labelled: Mapping[str, Iterable[str]],
        words: Mapping[str, str] | None = None,
        spellings: Mapping[str, str] | None = None,
    ) -> None:
        self._root = _Node()
        self._first: dict[str, list[_Node]] = {}  # where a phrase may begin, by word, as words are met
        self._spellings = {word: said.split() for word, said in (spellings or {}).items()}
        for label, phrases in labelled.items():
            for phrase in phrases:
                for run in _runs(phrase, words or {}):
                    self._add(run, label)

    def _add(self, run: tuple[str, ...], label: str) -> None:
        node = self._root
        for word in run:
            node = node.child(word)
        if label not in node.labels:
            node.labels.append(label)

    def words(self, folded: str) -> list[Word]:
        """The words of a folded text, spellings undone."""
        found = []
        for m in _WORD.finditer(folded):
            word = m.group().replace("œ", "oe").replace("æ", "ae")
            for said in self._spellings.get(word, (word,)):
                found.append(Word(said, m.start(), m.end()))
        return found

    def read(self, folded: str) -> Reading:
        """The words of a folded text and every phrase in it, in order."""
        words = self.words(folded)
        texts = [w.text for w in words]
        hits: list[Hit] = []
        if len(self._first) > _REMEMBERED:
            self._first.clear()
        for i, text in enumerate(texts):
            nodes = self._first.get(text)
            if nodes is None:
                nodes = self._first[text] = self._root.next(text)
            j = i + 1
            while nodes:
                hits += [Hit(label, i, j) for node in nodes for label in node.labels]
                if j == len(texts):
                    break
                nodes = [n for node in nodes for n in node.next(texts[j])]
                j += 1
        return _indexed(folded, words, hits)


def _indexed(folded: str, words: list[Word], hits: list[Hit]) -> Reading:
    r = Reading(folded, words)
    for hit in hits:
        r.by_label.setdefault(hit.label, []).append(hit)
        r.ends.setdefault(hit.j, set()).add(hit.label)
        here = r.starts.setdefault(hit.i, {})
        if hit.label not in here or here[hit.label].j < hit.j:
            here[hit.label] = hit
    return r


def _runs(phrase: str, words: Mapping[str, str]) -> Iterable[tuple[str, ...]]:
    choices = [words[w[1:-1]].split() if w.startswith("{") else [w] for w in phrase.split()]
    return product(*choices)
