"""Opening hours as rows of a table, whether the practice is open, places by day and half-day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from releve.agenda.spans import Interval
from releve.core.facts import Place
from releve.language.writing import DAYS, ENGLISH_DAYS, NOON, listed, wall

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
AND = {"fr": "et", "en": "and"}
FROM_TO = {"fr": "de {} à {}", "en": "{} to {}"}
DAYS_FROM_TO = {"fr": "du {} au {}", "en": "{} to {}"}


def hours(opening: Sequence[Mapping[str, Any]], language: str = "fr") -> list[tuple[str, str]]:
    """("du lundi au mercredi", "de 8 h 30 à 12 h 30"), in the order of the week; closed days have an empty text."""
    texts = [_texts(opening, day, language) for day in WEEK]
    rows = []
    for text, group in groupby(range(7), key=lambda n: texts[n]):
        rows.append((_span(list(group), language), text))
    return rows


def _texts(opening: Sequence[Mapping[str, Any]], day: str, language: str) -> str:
    own = sorted((rule["start"], rule["end"]) for rule in opening if day in rule["days"])
    said = [FROM_TO[language].format(wall(start, language), wall(end, language)) for start, end in own]
    return listed(said, AND[language])


def _span(days: list[int], language: str) -> str:
    names = DAYS if language == "fr" else ENGLISH_DAYS
    if len(days) > 2:
        return DAYS_FROM_TO[language].format(names[days[0]], names[days[-1]])
    return listed([names[n] for n in days], AND[language])


@dataclass(frozen=True, slots=True)
class OpenState:
    """Open until `change`, or closed until `change`; None: nothing opens for a long while."""

    is_open: bool
    change: datetime | None


def open_state(windows: Iterable[Interval], now: datetime) -> OpenState:
    """From the opening windows around `now`, earliest first."""
    for window in windows:
        if window.start <= now < window.end:
            return OpenState(True, window.end)
        if window.start > now:
            return OpenState(False, window.start)
    return OpenState(False, None)


@dataclass(frozen=True, slots=True)
class Day:
    """The free places of one local day."""

    on: date
    morning: tuple[Place, ...]
    afternoon: tuple[Place, ...]


def by_day(
    places: Iterable[tuple[datetime, Place]], least: int, most: int, enough: int
) -> tuple[list[Day], date | None]:
    """The first days that have places: from `least` to `most` of them, no more once `enough` places are shown; and the
    day after them that still has some. Each place comes with its local start, in order."""
    days: list[Day] = []
    shown = 0
    for on, group in groupby(places, key=lambda pair: pair[0].date()):
        if len(days) == most or (len(days) >= least and shown >= enough):
            return days, on
        here = list(group)
        morning = tuple(p for at, p in here if at.hour < NOON)
        days.append(Day(on, morning, tuple(p for at, p in here if at.hour >= NOON)))
        shown += len(here)
    return days, None
