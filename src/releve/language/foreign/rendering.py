"""A message turned into the French that the readers know: phrases of english.toml, the longest first.

Every character of the French keeps the place it comes from, so that what is read in it points into what was written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from releve.core.understanding import Span
from releve.language.foreign.tokens import Piece, pieces
from releve.language.wordings import load

_GROUP = re.compile(r"\(([^()]*)\)")
_SLOT = re.compile(r"\{(\w+)\}")
_GAP = re.compile(r"[\s-]*")
_COMMA = re.compile(r"\s*,?[\s-]*")  # "March 3, 1985"
_LONGEST = 12  # words of a phrase


@dataclass(frozen=True, slots=True)
class Rendering:
    """`text`: the French. `origin`: for each of its characters [start, end) of the original; empty when it is the
    original itself."""

    text: str
    origin: tuple[tuple[int, int], ...] = ()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """[start, end) of the French as characters of the original."""
        if not self.origin:
            return start, end
        if start >= end:
            at = self.origin[min(start, len(self.origin) - 1)][0]
            return at, at
        parts = self.origin[start:end]
        return min(a for a, _ in parts), max(b for _, b in parts)

    def spans(self, found: tuple[Span, ...]) -> tuple[Span, ...]:
        placed = (Span(*self.place(s.start, s.end), s.label) for s in found)
        return tuple(sorted(placed, key=lambda s: (s.start, s.end, s.label)))


@lru_cache(maxsize=256)
def rendering(text: str, language: str) -> Rendering:
    """The French of a text in English; any other language stays as it is."""
    if language != "en" or not text:
        return Rendering(text)
    parts = list(_parts(text))
    french = "".join(part for part, _ in parts)
    return Rendering(french, tuple(place for part, places in parts for place in places))


Part = tuple[str, list[tuple[int, int]]]


def _parts(text: str) -> Iterator[Part]:
    """Stretches of French with the original characters of each of theirs."""
    words = pieces(text)
    at = index = 0
    while index < len(words):
        here = words[index]
        yield _kept(text, at, here.start)
        count, french = _match(text, words, index)
        at = words[index + count - 1].end if count else here.end
        if count:
            yield french, [(here.start, at)] * len(french)
        else:
            yield _kept(text, here.start, at)
        index += max(count, 1)
    yield _kept(text, at, len(text))


def _kept(text: str, start: int, end: int) -> Part:
    return text[start:end], [(i, i + 1) for i in range(start, end)]


def _match(text: str, words: list[Piece], index: int) -> tuple[int, str]:
    """How many words the longest phrase takes from here, and its French; 0 when there is none."""
    best: tuple[int, str, Told] = (index, "", ())
    paths: list[tuple[_Node, int, Told]] = [(_phrases()[""], index, ())]
    while paths:
        node, at, told = paths.pop()
        if node.french is not None and at > best[0]:
            best = at, node.french, told
        if at < len(words) and at - index < _LONGEST and (at == index or _joined(text, words[at - 1], words[at])):
            paths += _steps(node, told, text, words, at)
    return best[0] - index, _filled(best[1], best[2])


def _joined(text: str, one: Piece, other: Piece) -> bool:
    gap = _COMMA if one.values and other.values else _GAP
    return gap.fullmatch(text, one.end, other.start) is not None


Told = tuple[tuple[str, str], ...]  # the slots filled so far


@dataclass(slots=True)
class _Node:
    """A place in the tree of phrases: the words, slots and lists that may follow, and the French of what ends here."""

    next: dict[str, "_Node"] = field(default_factory=dict)
    lists: dict[str, "_Node"] = field(default_factory=dict)
    french: str | None = None


def _steps(node: _Node, told: Told, text: str, words: list[Piece], at: int) -> Iterator[tuple[_Node, int, Told]]:
    """Where the tree may go from here: by a slot, by the word itself, by a list of [macros]."""
    piece = words[at]
    for slot, value in piece.values.items():
        if slot in node.next:
            yield node.next[slot], at + 1, (*told, (slot, value))
    if piece.word in node.next:
        yield node.next[piece.word], at + 1, told
    for name, after in node.lists.items():
        yield from ((after, end, told) for end in _ends(_phrases()[name], text, words, at))


def _ends(node: _Node, text: str, words: list[Piece], at: int) -> Iterator[int]:
    """Where the wordings of a list that begin at this word end."""
    start = at
    while at < len(words) and words[at].word in node.next and (at == start or _joined(text, words[at - 1], words[at])):
        node = node.next[words[at].word]
        at += 1
        if node.french is not None:
            yield at


def _filled(french: str, told: Told) -> str:
    """The French with its slots filled, those of one name in the order in which they were said."""
    waiting: dict[str, list[str]] = {}
    for slot, value in told:
        waiting.setdefault(slot, []).append(value)

    def next_of(match: re.Match[str]) -> str:
        said = waiting.get(match[0], [""])
        return said.pop(0) if len(said) > 1 else said[0]

    return _SLOT.sub(next_of, french)


@cache
def _phrases() -> dict[str, _Node]:
    """The tree of phrases, under "", and a tree for each list of [macros]."""
    data = load("releve.language.foreign", "english.toml")
    trees = {"": _Node()}
    for name, wordings in data["macros"].items():
        trees[name] = _Node()
        for words in wordings.split("|"):
            _add(trees[name], words, "")
    for section in data["phrases"].values():
        for english, french in section.items():
            for words in _spelled(english):
                _add(trees[""], words, french)
    return trees


def _add(node: _Node, words: str, french: str) -> None:
    for word in words.replace("-", " ").split():
        after = node.lists if word[0] == "<" else node.next
        node = after.setdefault(word.strip("<>"), _Node())
    if node.french is None:
        node.french = french


def _spelled(english: str) -> Iterator[str]:
    """Every spelling of a phrase: "(a|b)" is one or the other, groups inside groups too."""
    group = _GROUP.search(english)
    if group is None:
        yield english
        return
    for choice in group[1].split("|"):
        yield from _spelled(english[: group.start()] + choice + english[group.end() :])
