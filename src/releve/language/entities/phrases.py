"""Phrases found in a text in one pass: what a word is called here (a relation, a verb of pain, a profession...).

A phrase is as `language/trie.py` has it; in a data file `{name}` is one of the words listed under it in `[words]`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from releve.language.trie import Trie

_WORD = re.compile(r"petites?-filles?(?!\w)|[^\W_]+|[+]|[.!?;,:()\n\"/]|#+")
_STOPS = frozenset('.!?;\n"')
_MARKS = frozenset('.!?;,:()\n"/')


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
        self._root: Trie[str] = Trie()
        self._spellings = {word: said.split() for word, said in (spellings or {}).items()}
        for label, phrases in labelled.items():
            for phrase in phrases:
                for run in _runs(phrase, words or {}):
                    self._root.add(run, label)

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
        hits = [Hit(label, i, j) for i in range(len(texts)) for label, j in self._root.from_word(texts, i)]
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
