"""Which of the offered places a person takes: "le deuxième", "mardi 17h20", "option 2", "celui de 9 h"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from releve.language.temporal import clock_times
from releve.language.text import fold

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)
_ORDINALS = (
    r"premier|premiere|1er|1ere",
    r"deuxieme|second|seconde|2e|2eme",
    r"troisieme|3e|3eme",
    r"quatrieme|4e|4eme",
    r"cinquieme|5e|5eme",
)
_DAY = "|".join(_DAYS)
_MONTH = "|".join(_MONTHS)
_DAY_NUMBER = re.compile(
    rf"\b(\d{{1,2}})(?:er)? (?:{_MONTH})\b|\b(\d{{1,2}})/\d{{1,2}}\b|\b(?:{_DAY}) (\d{{1,2}})(?![\dh:]| ?h| ?heure)"
)
_NUMBERED = "option|choix|numero|n°|proposition"
_OPTION = re.compile(
    rf"^\W*(?:l'?)?(?:{_NUMBERED}|le|la|place)?\s*(\d)\W*(?:svp|merci|s'il vous plait)?\W*$|\b(?:{_NUMBERED}) ?(\d)\b"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """`index` into the offered places; None with `ambiguous` when several fit what was said."""

    index: int | None = None
    ambiguous: tuple[int, ...] = ()


def choose(text: str, starts: Sequence[datetime]) -> Choice:
    """Reads a choice among local starts. Everything the text says must fit the place it takes."""
    folded = fold(text)
    times, days, numbers = clock_times(text), _weekdays(folded), _day_numbers(folded)
    if times or days or numbers:
        fitting = tuple(i for i, s in enumerate(starts) if _fits(s, times, days, numbers))
        return Choice(fitting[0]) if len(fitting) == 1 else Choice(ambiguous=fitting)
    place = _ordinal(folded, len(starts))
    return Choice(place if place is not None and place < len(starts) else None)


def _fits(start: datetime, times: Sequence[tuple[int, int]], days: set[int], numbers: set[int]) -> bool:
    at_time = not times or (start.hour, start.minute) in times
    return at_time and (not days or start.weekday() in days) and (not numbers or start.day in numbers)


def _weekdays(folded: str) -> set[int]:
    return {i for i, day in enumerate(_DAYS) if re.search(rf"\b{day}\b", folded)}


def _day_numbers(folded: str) -> set[int]:
    return {int(next(g for g in m.groups() if g)) for m in _DAY_NUMBER.finditer(folded)}


def _ordinal(folded: str, offered: int) -> int | None:
    if re.search(r"\b(?:le |la )?derni(?:er|ere)\b", folded):
        return offered - 1
    for i, words in enumerate(_ORDINALS):
        if re.search(rf"\b(?:{words})\b", folded):
            return i
    found = _OPTION.search(folded)
    return int(next(g for g in found.groups() if g)) - 1 if found else None
