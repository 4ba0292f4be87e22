"""Numbers as digits or as words, in the French of France, Switzerland and Belgium."""

import re
from collections.abc import Sequence

from releve.language.temporal.words.tokens import Token

_SMALL = {
    "zero": 0, "un": 1, "une": 1, "premier": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6,
    "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14,
    "quinze": 15, "seize": 16,
}  # fmt: skip
_TENS = {
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70,
    "huitante": 80, "octante": 80, "nonante": 90,
}  # fmt: skip
_UNITS = frozenset(("un", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"))
WORDS = frozenset(_SMALL) | frozenset(_TENS) | {"cent", "cents", "mille"}

Read = tuple[int, int]
"""A value and the index of the token after it."""


def number(tokens: Sequence[Token], i: int) -> Read | None:
    """The number that begins at token `i`, the longest reading."""
    if i >= len(tokens) or tokens[i].masked:
        return None
    if tokens[i].digits:
        return (int(tokens[i].norm), i + 1) if len(tokens[i].norm) <= 9 else None
    if tokens[i].norm not in WORDS:
        return None
    return _thousands(tokens, i)


def _thousands(tokens: Sequence[Token], i: int) -> Read | None:
    head = (1, i) if _norm(tokens, i) == "mille" else _hundreds(tokens, i)
    if head is None or _norm(tokens, head[1]) != "mille":
        return head
    rest = _hundreds(tokens, head[1] + 1)
    return (head[0] * 1000 + rest[0], rest[1]) if rest else (head[0] * 1000, head[1] + 1)


def _hundreds(tokens: Sequence[Token], i: int) -> Read | None:
    head = (1, i) if _norm(tokens, i) in ("cent", "cents") else below_hundred(tokens, i)
    if head is None or _norm(tokens, head[1]) not in ("cent", "cents"):
        return head
    rest = below_hundred(tokens, head[1] + 1)
    return (head[0] * 100 + rest[0], rest[1]) if rest else (head[0] * 100, head[1] + 1)


def below_hundred(tokens: Sequence[Token], i: int) -> Read | None:
    """A number word under one hundred at token `i`."""
    word = _norm(tokens, i)
    if word == "quatre" and _norm(tokens, i + 1) in ("vingt", "vingts"):
        return _with_unit(tokens, i + 2, 80, teens=True)
    if word in _TENS:
        return _with_unit(tokens, i + 1, _TENS[word], teens=word == "soixante")
    if word == "dix" and _norm(tokens, i + 1) in ("sept", "huit", "neuf"):
        return 10 + _SMALL[_norm(tokens, i + 1)], i + 2
    if word in _SMALL:
        return _SMALL[word], i + 1
    return None


def _with_unit(tokens: Sequence[Token], i: int, tens: int, *, teens: bool) -> Read:
    j = i + 1 if _norm(tokens, i) == "et" and _norm(tokens, i + 1) in ("un", "une", "onze") else i
    word = _norm(tokens, j)
    if word in _UNITS:
        return tens + _SMALL[word], j + 1
    if teens and word in _SMALL and _SMALL[word] >= 10:
        small = below_hundred(tokens, j)
        assert small is not None
        return tens + small[0], small[1]
    return tens, i


_ORDINAL = {
    "premier": 1, "premiere": 1, "deuxieme": 2, "second": 2, "seconde": 2, "troisieme": 3, "quatrieme": 4,
    "cinquieme": 5,
    "sixieme": 6, "septieme": 7, "huitieme": 8, "neuvieme": 9, "dixieme": 10, "onzieme": 11, "douzieme": 12,
    "treizieme": 13, "quatorzieme": 14, "quinzieme": 15, "seizieme": 16, "vingtieme": 20,
}  # fmt: skip
_ORDINAL |= {f"{word}s": n for word, n in _ORDINAL.items()}
ORDINALS = frozenset(_ORDINAL)
ENDINGS = frozenset(("er", "ere", "re", "eme", "ieme", "e", "nd", "nde", "ers", "emes"))
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})(?:e|eme|er|ieme)?")
_ROMAN_UNITS = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}


def ordinal(tokens: Sequence[Token], i: int) -> Read | None:
    """ "premier", "3e", "2ème", "dix-neuvième", "vingt et unième"."""
    word = _norm(tokens, i)
    if word in _ORDINAL:
        return _ORDINAL[word], i + 1
    if word.isdecimal() and len(word) <= 2 and _norm(tokens, i + 1) in ENDINGS:
        return int(word), i + 2
    if word in ("dix", "vingt"):
        tens, j = (10 if word == "dix" else 20), i + 1 + (_norm(tokens, i + 1) == "et")
        unit = 1 if _norm(tokens, j) == "unieme" else _ORDINAL.get(_norm(tokens, j), 0)
        return (tens + unit, j + 1) if 0 < unit < 10 else None
    return None


def roman(word: str) -> int | None:
    """ "XIXe" -> 19, up to thirty-nine."""
    found = _ROMAN.fullmatch(word)
    return (10 * len(found[1]) + _ROMAN_UNITS[found[2]] or None) if found else None


def _norm(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].norm if i < len(tokens) else ""
