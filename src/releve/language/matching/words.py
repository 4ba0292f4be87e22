"""Words as matching sees them: folded, without plural, with a little tolerance for typing errors."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from releve.language.text import fold

_WORD = re.compile(r"[a-z0-9œæ]+")


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def word_list(name: str) -> frozenset[str]:
    """A list of words.toml, in the singular like every word that is compared with it."""
    return frozenset(stem(word) for word in _lists()[name])


def word_groups(name: str) -> tuple[frozenset[str], ...]:
    """A list of lists of words.toml, in the singular."""
    return tuple(frozenset(stem(word) for word in group) for group in _lists()[name])


_INVARIABLE = frozenset(("mois", "fois", "bras", "corps", "temps", "poids"))


def stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and word not in _INVARIABLE else word


EMPTY = word_list("empty")
GENERIC = word_list("generic")


@lru_cache(maxsize=4096)
def stems(text: str) -> tuple[str, ...]:
    """Folded words without plural, in order."""
    return tuple(stem(w) for w in _WORD.findall(fold(text).replace("œ", "oe")))


def content(text: str) -> tuple[str, ...]:
    return tuple(w for w in stems(text) if w not in EMPTY)


def clipped(short: str, word: str) -> bool:
    """ "écho", "morpho", "ostéo": the long word cut after an o, as it is said."""
    return len(short) >= 4 and short[-1] == "o" and len(word) > len(short) + 2 and word.startswith(short)


def close(a: str, b: str) -> bool:
    """Same word up to one typing error (a letter too many, missing, other, or two swapped); long words only."""
    if a == b:
        return True
    if min(len(a), len(b)) < (6 if len(a) == len(b) else 5) or abs(len(a) - len(b)) > 1 or a[0] != b[0]:
        return False
    if len(a) == len(b):
        wrong = [i for i in range(len(a)) if a[i] != b[i]]
        swapped = len(wrong) == 2 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
        return len(wrong) == 1 or swapped
    short, long = sorted((a, b), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
