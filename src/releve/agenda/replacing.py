"""Another place for each appointment that cannot be kept: near the old one, and never the same for two people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

# What a place costs, in points: a day nearer or further is worth 2, so that a colleague's place is worth eight days.
A_DAY_OFF = 2
OTHER_WEEKDAY = 10
AN_HOUR_OFF = 3
SOMEBODY_ELSE = 16
EARLIER = 4  # than what people have planned
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Place:
    """A free place, in local wall time."""

    practitioner: int
    start: datetime


@dataclass(frozen=True, slots=True)
class Displaced:
    """An appointment that needs another place; `start` is local wall time, `length` that of its visit."""

    key: int
    practitioner: int
    start: datetime
    length: timedelta


@dataclass(frozen=True, slots=True)
class Proposed:
    """`place` None: nothing is free. `others`: the next best, in order of time, none of them anybody's `place`."""

    place: Place | None
    others: tuple[Place, ...] = ()


def cost(displaced: Displaced, place: Place) -> float:
    """How far a place is from what was agreed: days, weekday, hour of the day, and who."""
    days = abs((place.start.date() - displaced.start.date()) / DAY)
    hours = abs((_hour(place.start) - _hour(displaced.start)) / HOUR)
    weekday = OTHER_WEEKDAY if place.start.weekday() != displaced.start.weekday() else 0
    who = SOMEBODY_ELSE if place.practitioner != displaced.practitioner else 0
    earlier = EARLIER if place.start < displaced.start else 0
    return A_DAY_OFF * days + AN_HOUR_OFF * hours + weekday + who + earlier


def _hour(moment: datetime) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute)


def replaced(rows: Sequence[Displaced], free: Mapping[int, Sequence[Place]], most: int = 8) -> dict[int, Proposed]:
    """For each appointment (its key), the best of its `free` places that nobody before it was given, and others. Those
    whose appointment comes first are served first; the same input always gives the same answer."""
    taken: dict[int, list[tuple[datetime, datetime]]] = {}
    chosen: dict[int, Place] = {}
    ranked: dict[int, list[Place]] = {}
    for row in sorted(rows, key=lambda r: (r.start, r.key)):
        ranked[row.key] = sorted(free.get(row.key, ()), key=lambda p: (cost(row, p), p.start, p.practitioner))
        place = next((p for p in ranked[row.key] if _open(p, row.length, taken)), None)
        if place is not None:
            chosen[row.key] = place
            taken.setdefault(place.practitioner, []).append((place.start, place.start + row.length))
    return {row.key: Proposed(chosen.get(row.key), _others(row, ranked[row.key], taken, most)) for row in rows}


def _others(
    row: Displaced, ranked: Sequence[Place], taken: Mapping[int, list[tuple[datetime, datetime]]], most: int
) -> tuple[Place, ...]:
    found: list[Place] = []
    for place in ranked:
        if len(found) == most:
            break
        if _open(place, row.length, taken):
            found.append(place)
    return tuple(sorted(found, key=lambda p: (p.start, p.practitioner)))


def _open(place: Place, length: timedelta, taken: Mapping[int, list[tuple[datetime, datetime]]]) -> bool:
    end = place.start + length
    return all(end <= first or last <= place.start for first, last in taken.get(place.practitioner, ()))


def collisions(chosen: Sequence[tuple[Displaced, Place]]) -> set[int]:
    """The keys of those who were given time that somebody before them in the list was given too."""
    taken: dict[int, list[tuple[datetime, datetime]]] = {}
    found = set()
    for row, place in chosen:
        if not _open(place, row.length, taken):
            found.add(row.key)
        taken.setdefault(place.practitioner, []).append((place.start, place.start + row.length))
    return found
