"""The same message as a thumb, a hurried hand or a speech recogniser would have written it.

Copies made here pad the training and measure robustness; they are never part of what the published scores count.
"""

import random
import re
import unicodedata

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONG_WORD = 6
_PUNCTUATION = re.compile(r"[.,;:!?'’()\"«»…-]")


def noisy(text: str, rng: random.Random, share: float = 0.05) -> str:
    """No accents, no punctuation, and one wrong letter in `share` of the long words."""
    words = re.split(r"(\s+)", text)
    plain = "".join(_mistyped(word, rng) if rng.random() < share else word for word in words)
    return _PUNCTUATION.sub(" ", without_accents(plain))


def without_accents(text: str) -> str:
    """É as E, ç as c: what a hurried hand leaves out."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _mistyped(word: str, rng: random.Random) -> str:
    if len(word) < _LONG_WORD or not word.isalpha():
        return word
    at = rng.randrange(1, len(word) - 1)
    kind = rng.choice(("other", "missing", "swapped"))
    if kind == "other":
        return word[:at] + rng.choice(_LETTERS) + word[at + 1 :]
    if kind == "missing":
        return word[:at] + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
