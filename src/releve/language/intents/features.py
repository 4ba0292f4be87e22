"""What the linear model looks at: words, pairs of words, pieces of words and ideas of the folded reading.

A feature's name begins with its kind: "w" a word, "b" two words in a row, "s" two words with one between them, "c" a
piece of three to five letters of one word (with its edges), "k" an idea, "^" the first words, "$" the last one, "n"
the length, "cue" what other readers found. Numbers are shapes ("#" for one or two digits, "##"
for more), so that no date is learnt by heart.

The same features are looked at in the whole message and in each stretch of a dozen words: what is asked in passing
weighs little in a long message, and much in its stretch.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from releve.language.intents import concepts

Place = tuple[int, int]

_TOKEN = re.compile(r"[^\W\d_]+(?:['’](?=\w))?|\d+(?:[.,]\d+)?|[?!+€%:;]")
MARKS = frozenset("?!+€%:;")
_PIECES = (3, 4, 5)
_STOP = re.compile(r"[.?!;\n…]")
_STRETCH = 14  # words; chosen, like the step, on authors left out
_STEP = 7
_SENTENCE = 3  # words at least
_LONG = 500  # words: beyond, stretches no longer overlap, so that the cost stays small


@lru_cache(maxsize=8192)
def _pieces(word: str) -> tuple[str, ...]:
    """Letters in a row of one word, edges marked: no whole word, which is a feature of its own."""
    edged = f"<{word}>"
    return tuple({"c " + edged[i : i + n] for n in _PIECES for i in range(len(edged) - n + 1)})


@dataclass(frozen=True, slots=True)
class Looked:
    """A reading cut into words, with the features that begin at each."""

    length: int
    words: tuple[str, ...]  # numbers as shapes
    places: tuple[Place, ...]  # characters of each word
    begun: tuple[list[tuple[str, int]], ...]  # for each word, the features that begin there and the word after each
    sentences: tuple[int, ...]  # the words that begin one

    def whole(self, cues: Iterable[str] = ()) -> dict[str, Place]:
        """Every feature of the message with the words [first, after) where it is first met."""
        found: dict[str, Place] = {f"cue {cue}": (0, 0) for cue in cues}
        add = found.setdefault
        for at, begun in enumerate(self.begun):
            for feature, after in begun:
                add(feature, (at, after))
        for at, word in enumerate(self.words[:3]):
            add(f"^ {word}", (at, at + 1))
        last = len(self.words)
        if last:
            add(f"$ {self.words[-1]}", (last - 1, last))
        add(f"n {min(last.bit_length(), 7)}", (0, last))
        return found

    def within(self, first: int, after: int) -> set[str]:
        """The features of the words [first, after)."""
        return {feature for begun in self.begun[first:after] for feature, end in begun if end <= after}

    def stretches(self) -> list[Place]:
        """The words [first, after) of each stretch: a short sentence, or a dozen words of a long one."""
        ends = (*self.sentences, len(self.words))
        step = _STEP if len(self.words) <= _LONG else _STRETCH
        return [cut for start, end in pairwise(ends) for cut in _cuts(start, end, step)]

    def characters(self, first: int, after: int) -> Place:
        """The characters of the words [first, after); (0, 0) for none."""
        return (self.places[first][0], self.places[after - 1][1]) if first < after else (0, 0)


def _cuts(start: int, end: int, step: int) -> list[Place]:
    if end - start <= _STRETCH:
        return [(start, end)]
    last = end - _STEP if step == _STEP else end - 1  # where the last stretch may begin
    return [(at, min(at + _STRETCH, end)) for at in range(start, last + 1, step)]


def look(read: str) -> Looked:
    """The words and features of a folded reading. Linear in the text."""
    matches = list(_TOKEN.finditer(read))
    words = [m[0].rstrip("'’").replace("œ", "oe") for m in matches]
    shapes = [_shape(word) for word in words]
    begun: list[list[tuple[str, int]]] = []
    for at, word in enumerate(shapes):
        here = [("w " + word, at + 1)]
        if len(word) > 2:
            here += [(piece, at + 1) for piece in _pieces(word)]
        here += [
            (f"{kind} {word} {other}", at + gap + 1)
            for kind, gap, other in zip("bs", (1, 2), shapes[at + 1 : at + 3], strict=False)
        ]
        begun.append(here)
    for idea, first, after in concepts.found(words):
        begun[first].append((f"k {idea}", after))
    places = tuple(m.span() for m in matches)
    return Looked(len(read), tuple(shapes), places, tuple(begun), _sentences(read, places))


def _sentences(read: str, places: tuple[Place, ...]) -> tuple[int, ...]:
    """The words that begin a sentence: after a full stop, a question mark or a line's end, three words on at least."""
    starts = [0] if places else []
    for at in range(1, len(places)):
        if at - starts[-1] >= _SENTENCE and _STOP.search(read, places[at - 1][1] - 1, places[at][0]):
            starts.append(at)
    return tuple(starts)


def _shape(word: str) -> str:
    if not word[0].isdecimal():
        return word
    return "#" if len(word) < 3 else "##"
