"""Numbers that callers mask: social-security numbers, in any grouping, written or read aloud."""

import re
from functools import lru_cache

from releve.language.text import reading

_GAP = r"[\s./_-]*"
_NIR = re.compile(
    rf"(?<![\d+])(?<!\d[ .])(?P<body>(?:[12378]|une?(?=\s)){_GAP}\d{_GAP}\d{_GAP}"
    rf"(?:0{_GAP}[1-9]|1{_GAP}[0-2]|[2-9]{_GAP}\d)"
    rf"{_GAP}(?:\d{_GAP}\d|2{_GAP}[ab])(?:{_GAP}\d){{6}})(?P<key>{_GAP}\d{_GAP}\d)?(?!{_GAP}\d)"
)
_TWELVE = re.compile(r"\d(?:[\s./_-]*[\dab]){11}")
_OH = re.compile(
    r"(?<=\d)[oO](?=[\doO]|[ ./-]\d)|(?<![\w'’])[oO](?=[\doO](?:[ .-]?[\doO]){8}(?![\doO]))|(?<=[/.-])[oO](?=\d)"
)
_GROUPED = re.compile(r"^\S\s\d\d\s\d\d\s\S\S\s\d{3}\s\d{3}(?:\s\d\d)?$")
_NAMED = re.compile(r"(?<!\w)(?:secu\w*|nir|immatricul\w*|ss|n ?° ?ss|assuree?|vitale|insee)(?!\w)")


def zeros(text: str) -> str:
    """The letter O read as zero where it stands among digits ("2O12", "O6 12..."); same length."""
    return _OH.sub("0", text) if "O" in text or "o" in text else text


@lru_cache(maxsize=32)
def aloud(text: str) -> str:
    """The reading of a text (see text.py) with those zeros."""
    return reading(zeros(text))


def social_security(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of French social-security numbers: 13 digits, or 15 whose key is right.

    With a wrong key it is one all the same when it is written in the usual groups or said to be one.
    """
    read = aloud(text)
    if not _TWELVE.search(read):
        return ()
    return tuple((m.start(), whole(text, read, m.end())) for m in _NIR.finditer(read) if _is_one(read, m))


def whole(text: str, read: str, end: int) -> int:
    """The end of the number words whose digits end at `end` in the reading, which pads them with spaces."""
    padded = end
    while padded < len(read) and read[padded] == " ":
        padded += 1
    return max(end, len(text[:padded].rstrip()))


def _is_one(read: str, match: re.Match[str]) -> bool:
    body = re.sub(r"[\s./_-]", "", re.sub(r"^une?", "1", match["body"]))
    if not _born_plausibly(body):
        return False
    if not match["key"]:
        return True
    right = 97 - int(body.replace("2a", "19").replace("2b", "18")) % 97
    said = int(re.sub(r"\D", "", match["key"])) == right
    return said or bool(
        _GROUPED.match(match.group()) or _NAMED.search(read[max(0, match.start() - 40) : match.start()])
    )


def _born_plausibly(body: str) -> bool:
    """A month (or one of the codes that stand for an unknown one) and a department."""
    month, department = int(body[3:5]), body[5:7]
    return (month <= 12 or 20 <= month <= 42 or month >= 50) and department != "00"
