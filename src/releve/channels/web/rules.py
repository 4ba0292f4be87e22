"""Opening hours as rows of a table."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from releve.language.writing import DAYS, listed, wall

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def hours(opening: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """("du lundi au mercredi", "de 8 h 30 à 12 h 30"), in the order of the week; closed days have an empty text."""
    texts = [_texts(opening, day) for day in WEEK]
    rows = []
    for text, group in groupby(range(7), key=lambda n: texts[n]):
        days = list(group)
        rows.append((_span(days), text))
    return rows


def _texts(opening: Sequence[Mapping[str, Any]], day: str) -> str:
    own = sorted((rule["start"], rule["end"]) for rule in opening if day in rule["days"])
    return listed([f"de {wall(start)} à {wall(end)}" for start, end in own])


def _span(days: list[int]) -> str:
    if len(days) > 2:
        return f"du {DAYS[days[0]]} au {DAYS[days[-1]]}"
    return listed([DAYS[n] for n in days])
