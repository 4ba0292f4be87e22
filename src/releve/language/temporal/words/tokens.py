"""From characters to tokens: lower case, no accents, offsets of the text as given.

Apostrophes and the hyphens inside words vanish ("après-midi" -> apres midi, "d'ici" -> d ici), so that one
spelling of each phrase in the lexicon covers what people type.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# A capital O among digits is a common slip for a zero ("2O12").
_TOKEN = re.compile(r"\d[\dO]*\d|\d|[^\W\d_]+|[^\w\s]|\n|→")
_WORD_JOINER = re.compile(r"(?<=[^\W\d_])[-‑](?=[^\W\d_])|(?<=[^\W\d_])['’ʼ`](?=[^\W_])|(?<=\d)[-'’](?=[^\W\d_])|['’]")
_PHONE = re.compile(r"(?<![\d/])(?:\+\d{1,3}|00\d{2}|0)(?:[ ./()\-]{0,2}\d){8,11}(?!\d)")
_DECIMAL = re.compile(r"(?<![\d/.])\d{1,3},\d{1,2}(?![\d/])|(?<![\d/.])\d{1,3}\.\d(?![\d/.])")


class Token(NamedTuple):
    """One word, number or sign; `norm` has neither case nor accents."""

    norm: str
    start: int
    end: int
    glued: bool
    masked: bool

    @property
    def digits(self) -> bool:
        return self.norm.isdecimal()


@lru_cache(maxsize=4096)
def normal(word: str) -> str:
    """`word` in lower case without accents ("Août" -> "aout", "cœur" -> "coeur")."""
    if word.lower() == "où":
        return "où"  # a place in a sentence, where "ou" is a choice
    plain = unicodedata.normalize("NFD", word.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of `text`; those inside a phone number or a decimal are masked: they never tell a time."""
    flat = _WORD_JOINER.sub(lambda m: " " * len(m.group()), text)
    masks = sorted(m.span() for rx in (_PHONE, _DECIMAL) for m in rx.finditer(text))
    tokens = []
    last_end, hidden, k = -1, -1, 0
    for m in _TOKEN.finditer(flat):
        word = m.group()
        norm = word.replace("O", "0") if word[0].isdecimal() else normal(word)
        while k < len(masks) and masks[k][0] <= m.start():
            hidden, k = max(hidden, masks[k][1]), k + 1
        masked = m.start() < hidden
        tokens.append(Token(norm, m.start(), m.end(), m.start() == last_end, masked))
        last_end = m.end()
    return tuple(tokens)
