"""Numbers as digits or as words, in the French of France, Switzerland and Belgium."""

from collections.abc import Sequence

from releve.language.temporal.tokens import Token

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


def _norm(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].norm if i < len(tokens) else ""
