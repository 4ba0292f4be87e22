"""The hours a text names, used to choose among offered places."""

from datetime import datetime

from releve.language.temporal.booking.reading import read
from releve.language.temporal.values import Atom, Tod


def clock_times(text: str) -> tuple[tuple[int, int], ...]:
    """The hours named, as (hour, minute), in order."""
    _, atoms = read(text, datetime(2000, 1, 3))  # noqa: DTZ001 - any day will do, only hours are read
    return tuple(hm for atom in atoms for hm in _hours(atom))


def _hours(atom: Atom) -> list[tuple[int, int]]:
    if atom.parts:
        return [hm for part in atom.parts for hm in _hours(part)]
    tod = atom.value
    if not isinstance(tod, Tod):
        return []
    if tod.hour is not None:
        return [(tod.hour, tod.minute or 0)]
    return [(12, 0)] if tod.name == "midi" else []
