"""The text as this room reads it: folded, one character for one character, so that every offset indexes the original.

`fold` lowers case and removes accents; `reading` also turns number words into digits padded with spaces, which makes
a phone number read aloud look like a written one. Neither ever changes the length.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

_PLAIN = {
    **dict.fromkeys("’‘ʼʹʻ`´′＇", "'"),
    **dict.fromkeys("‐‑‒–—−", "-"),
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008", " "),
    **dict.fromkeys("\u2009\u200a\u202f\u205f\u3000\t", " "),
    **dict.fromkeys("«»“”„", '"'),
    "œ": "œ", "Œ": "œ", "æ": "æ", "Æ": "æ", "ß": "s", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d",
}  # fmt: skip


class _Folding(dict[int, str]):
    """A translation table filled as characters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _PLAIN.get(char) or unicodedata.normalize("NFD", char.lower())[0]
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Lower case without accents, same length. œ and æ stay one letter (wordings written "oe" match them)."""
    return text.translate(_FOLDING)


# --- number words ----------------------------------------------------------------------------------------------------

_SMALL = {
    "zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70,
    "huitante": 80, "octante": 80, "nonante": 90,
}  # fmt: skip
_UNIT = "deux|trois|quatre|cinq|six|sept|huit|neuf"
_TEEN = "dix[ -](?:sept|huit|neuf)|dix|onze|douze|treize|quatorze|quinze|seize"
_TENS = "vingt|trente|quarante|cinquante|soixante|septante|huitante|octante|nonante"
_BELOW_100 = (
    rf"(?:quatre[ -]vingts?(?:[ -](?:{_TEEN}|{_UNIT}|une?))?|soixante(?:[ -]et)?[ -](?:{_TEEN})"
    rf"|(?:{_TENS})(?:[ -]et[ -]une?|[ -](?:{_UNIT}))?|{_TEEN}|{_UNIT})(?![\w])"
)
_BELOW_1000 = rf"(?:(?:(?:{_UNIT})[ -])?cents?(?![\w])(?:[ -](?:{_BELOW_100}|une?(?![\w])))?|{_BELOW_100})"
_NUMBER = re.compile(
    rf"(?<![\w])(?:(?:{_BELOW_1000}[ -])?mille(?![\w])(?:[ -]{_BELOW_1000})?|{_BELOW_1000}|zero(?![\w]))"
)


_ONE = re.compile(r"(\d\s+)(une?)(?=\s+\d|\s*$)")  # "zéro un quarante-cinq": one among digits


def _value(words: list[str]) -> int:
    total = current = 0
    for before, word in zip(["", *words], words, strict=False):
        if word == "mille":
            total, current = total + max(current, 1) * 1000, 0
        elif word.startswith("cent"):
            current = max(current, 1) * 100
        elif word.startswith("vingt") and before == "quatre":
            current += 76
        else:
            current += _SMALL.get(word, 0)
    return total + current


def _digits(match: re.Match[str]) -> str:
    words = [w for w in re.split("[ -]", match.group()) if w != "et"]
    return str(_value(words)).ljust(match.end() - match.start())


def reading(text: str) -> str:
    """Folded text with number words as digits, padded to the same length: "trente-neuf de" -> "39          de"."""
    return _ONE.sub(lambda m: m[1] + "1".ljust(len(m[2])), _NUMBER.sub(_digits, fold(text)))


_LONG = re.compile(r"(?<![\w,.])\+?\d(?:[\s./()-]*\d){7,}")


def quiet(read: str) -> str:
    """The reading with runs of eight digits or more (telephone, full dates, social security) blanked, same length."""
    return _LONG.sub(lambda m: "#" * len(m.group()), read)


# --- tokens and clauses ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number; [start, end) in the original text."""

    start: int
    end: int
    text: str


_TOKEN = re.compile(r"\w+(?:['-]\w+)*")
_CUT = re.compile(
    r"(?<!\d)[.!?;…]+(?!\w)|[.!?;…]+(?=\s|$)|\n+"
    r"|(?<=\s)(?:mais|par contre|sinon|cependant|en revanche)(?=\s)"
)


def tokens(text: str) -> tuple[Token, ...]:
    """Words with their offsets, as written."""
    return tuple(Token(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text))


def clauses(folded: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the clauses: cut at strong punctuation, at line ends and before "mais", "sinon"..."""
    cuts = [0, *(m.end() for m in _CUT.finditer(folded)), len(folded)]
    return tuple((a, b) for a, b in pairwise(cuts) if folded[a:b].strip())


def clause_around(folded: str, start: int, end: int) -> tuple[int, int]:
    """The clause that holds [start, end)."""
    left = max((m.end() for m in _CUT.finditer(folded, 0, start)), default=0)
    right = next((m.start() for m in _CUT.finditer(folded, end)), len(folded))
    return left, right
