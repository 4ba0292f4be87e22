"""Key words with one wrong letter read as the key word; no word that is known is ever changed.

A word is repaired only if it is six letters long or more, stands on no list of this room, and is one letter (wrong,
missing, doubled or swapped) away from a key word. Digits and signs put for letters ("p0itrine") are read as letters
when a key word comes out.
"""

import re
from functools import lru_cache

from releve.language.red_flags import scope
from releve.language.red_flags.legible import Offsets
from releve.language.text import reading
from releve.language.wordings import load

_DATA = load("releve.language.red_flags", "spelling.toml")
_KEYS = frozenset(" ".join(_DATA["keys"]).split())
_USED = " ".join(str(load("releve.language.red_flags", name)) for name in ("foreign.toml", "concepts.toml"))
_KNOWN = frozenset([*" ".join(_DATA["known"]).split(), *re.findall(r"[a-z]{6,}", _USED), *_KEYS])
_SHORTEST = 6
_TOKEN = re.compile(r"[a-zœ0-9@$!|]{6,22}")
_LETTERS = str.maketrans("013457@$!|", "oieastasil")


def _shorter(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


def _index() -> dict[str, tuple[str, ...]]:
    index: dict[str, tuple[str, ...]] = {}
    for key in sorted(_KEYS):
        for form in dict.fromkeys([key, *_shorter(key)]):
            index[form] = (*index.get(form, ()), key)
    return index


_INDEX = _index()


def _one_apart(word: str, key: str) -> bool:
    """At most one letter put in, left out or changed, or two neighbours swapped."""
    if len(word) == len(key):
        wrong = [i for i in range(len(word)) if word[i] != key[i]]
        if len(wrong) == 2:
            i, j = wrong
            return j == i + 1 and word[i] == key[j] and word[j] == key[i]
        return len(wrong) <= 1
    long, short = (word, key) if len(word) > len(key) else (key, word)
    return len(long) == len(short) + 1 and short in _shorter(long)


@lru_cache(maxsize=4096)
def _key(word: str) -> str | None:
    """The key word meant, if the word as it stands is none that is known."""
    if word.isalpha():
        return None if word in _KNOWN else _nearest(word)
    letters = word.translate(_LETTERS)
    if sum(map(str.isalpha, word)) < 3 or not letters.isalpha():
        return None
    return letters if letters in _KEYS else None


def _nearest(word: str) -> str | None:
    for form in (word, *_shorter(word)):
        for key in _INDEX.get(form, ()):
            if len(key) >= _SHORTEST and _one_apart(word, key):
                return key
    return None


def repaired(folded: str) -> tuple[str, Offsets]:
    """The folded text with its key words spelt right, and where each character comes from."""
    found = [(m.span(), key) for m in _TOKEN.finditer(folded) if (key := _whole(folded, m))]
    if not found:
        return folded, None
    pieces, offsets, last = [], [], 0
    for (start, end), key in found:
        pieces += [folded[last:start], key]
        offsets += [*range(last, start), *(min(start + i, end - 1) for i in range(len(key)))]
        last = end
    return "".join([*pieces, folded[last:]]), [*offsets, *range(last, len(folded))]


def _whole(folded: str, match: re.Match[str]) -> str | None:
    start, end = match.span()
    alone = (start == 0 or not folded[start - 1].isalnum()) and (end == len(folded) or not folded[end].isalnum())
    return _key(match.group()) if alone else None


def readable(read: str) -> tuple[str, Offsets]:
    """What the rules look at: key words spelt right, turns of phrase that hold one blanked."""
    right, offsets = repaired(scope.without_idioms(read))
    return (reading(right) if offsets else right), offsets
