"""The words of an English message, with what each may stand for: an hour, a number, a day, a month."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from releve.language.text import fold
from releve.language.wordings import load

_PIECE = re.compile(
    r"[^\s@]{1,64}@\S{1,255}"
    r"|(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s?(?P<half>[ap])\.?\s?m(?:\.(?!\w)|(?!\w))"
    r"|(?P<plain_hour>\d{1,2})[:h](?P<plain_minute>\d{2})(?!\d)"
    r"|(?P<ordinal>\d{1,2})(?:st|nd|rd|th)(?!\w)"
    r"|\d+(?:[\s./-]\d+)+"
    r"|(?P<number>\d+)(?!\w)"
    r"|\w+(?:'\w+)*"
)
_MORNING = 8  # a bare "at 5" is in the afternoon, "at 9" in the morning: when practices are open


@dataclass(frozen=True, slots=True)
class Piece:
    """`word`: folded; [start, end) in the text. `values`: the slots of phrases it may fill, and its French there."""

    start: int
    end: int
    word: str
    values: Mapping[str, str]


def pieces(text: str) -> list[Piece]:
    folded = fold(text)
    return [Piece(m.start(), m.end(), m.group(), _values(m)) for m in _PIECE.finditer(folded)]


def _values(match: re.Match[str]) -> dict[str, str]:
    if match["hour"]:
        hour = int(match["hour"]) % 12 + (12 if match["half"] == "p" else 0)
        return _hour(hour, match["minute"] or "") | {"{time}": f"{hour}h{match['minute'] or ''}"}
    if match["plain_hour"]:
        hour = _likely(int(match["plain_hour"]))
        return _hour(hour, match["plain_minute"]) | {"{time}": f"{hour}h{match['plain_minute']}"}
    if match["ordinal"]:
        return {"{ord}": _first(int(match["ordinal"]))}
    if match["number"]:
        return dict(_number(match["number"]))
    return dict(_words().get(match.group(), {}))


def _hour(hour: int, minute: str = "") -> dict[str, str]:
    return {"{hour}": f"{hour}h{minute}", "{before}": f"{(hour - 1) % 24}h"}


def _likely(hour: int) -> int:
    return hour + 12 if 0 < hour < _MORNING else hour


def _first(number: int) -> str:
    return "1er" if number == 1 else str(number)


def _number(digits: str) -> Iterator[tuple[str, str]]:
    number = int(digits[:9])
    yield "{n}", digits
    if number <= 24 and len(digits) < 3:
        yield from _hour(_likely(number)).items()
    if 1 <= number <= 31:
        yield "{date}", _first(number)
    if len(digits) == 4 and digits[:2] in ("19", "20"):
        yield "{year}", digits


@cache
def _words() -> dict[str, dict[str, str]]:
    """Words that fill slots: days, months, numbers."""
    found: dict[str, dict[str, str]] = {}
    for slot, table in load("releve.language.foreign", "english.toml")["slots"].items():
        for word, french in table.items():
            values = dict(_number(french)) if slot == "n" else {f"{{{slot}}}": french}
            found.setdefault(word, {}).update(values)
    return found
