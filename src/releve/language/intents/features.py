"""What the linear model looks at: words, pairs of words, pieces of words and ideas of the folded reading.

A feature's name begins with its kind: "w" a word, "b" two words in a row, "s" two words with one between them, "c" a
piece of three to five letters of one word (with its edges), "k" an idea, "^" the first words, "$" the last one, "n"
the length, "cue" what other readers found. Numbers are shapes ("#" for one or two digits, "##"
for more), so that no date is learnt by heart.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from releve.language.intents import concepts

Place = tuple[int, int]

_TOKEN = re.compile(r"[^\W\d_]+(?:['’](?=\w))?|\d+(?:[.,]\d+)?|[?!+€%:;]")
_PIECES = (3, 4, 5)


@lru_cache(maxsize=8192)
def _pieces(word: str) -> tuple[str, ...]:
    """Letters in a row of one word, edges marked: no whole word, which is a feature of its own."""
    edged = f"<{word}>"
    return tuple({"c " + edged[i : i + n] for n in _PIECES for i in range(len(edged) - n + 1)})


def features(read: str, cues: Iterable[str] = ()) -> dict[str, Place]:
    """Every feature of the reading with the characters [start, end) where it is first met. Linear in the text."""
    found: dict[str, Place] = {f"cue {cue}": (0, 0) for cue in cues}
    add = found.setdefault
    words, places = _words(read)
    shapes = [_shape(word) for word in words]
    for word, place in zip(shapes, places, strict=True):
        add("w " + word, place)
        if len(word) > 2:
            for piece in _pieces(word):
                add(piece, place)
    for kind, gap in (("b", 1), ("s", 2)):
        for at, (first, second) in enumerate(zip(shapes, shapes[gap:], strict=False)):
            add(f"{kind} {first} {second}", (places[at][0], places[at + gap][1]))
    for word, place in zip(shapes[:3], places, strict=False):
        add(f"^ {word}", place)
    if words:
        add(f"$ {shapes[-1]}", places[-1])
    add(f"n {min(len(words).bit_length(), 7)}", (0, len(read)))
    for idea, start, end in concepts.found(words):
        add(f"k {idea}", (places[start][0], places[end - 1][1]))
    return found


def _words(read: str) -> tuple[list[str], list[Place]]:
    matches = list(_TOKEN.finditer(read))
    return [m[0].rstrip("'’").replace("œ", "oe") for m in matches], [m.span() for m in matches]


def _shape(word: str) -> str:
    if not word[0].isdecimal():
        return word
    return "#" if len(word) < 3 else "##"
