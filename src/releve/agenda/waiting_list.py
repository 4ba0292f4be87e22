"""Whom a freed place is offered to, and in which order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from releve.agenda.spans import Interval


@dataclass(frozen=True, slots=True)
class WaitingEntry:
    """Somebody who waits. `position` counts arrival, the smaller the earlier.

    `practitioner` None: any of `performers`, those who give the service; an empty set means everybody does.
    `duration_min` is the service's. No `windows` means any time.
    """

    id: str
    position: int
    practitioner: str | None
    duration_min: int
    windows: tuple[Interval, ...] = ()
    performers: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.duration_min < 1:
            raise ValueError("a service lasts at least one minute")


@dataclass(frozen=True, slots=True)
class FreedPlace:
    """A practitioner's time that became free (aware datetimes), and the ids of entries that declined it."""

    practitioner: str
    start: datetime
    end: datetime
    declined: frozenset[str] = frozenset()


def rank(entries: Iterable[WaitingEntry], place: FreedPlace) -> list[WaitingEntry]:
    """The entries that `place` suits, those who came first before; equal ones in the order given."""
    return sorted((entry for entry in entries if fits(entry, place)), key=lambda entry: entry.position)


def fits(entry: WaitingEntry, place: FreedPlace) -> bool:
    """Whether practitioner, length and time suit the entry, and it did not decline this place."""
    return (
        entry.id not in place.declined
        and _suits_practitioner(entry, place.practitioner)
        and timedelta(minutes=entry.duration_min) <= place.end - place.start
        and (not entry.windows or any(window.holds(place.start) for window in entry.windows))
    )


def _suits_practitioner(entry: WaitingEntry, practitioner: str) -> bool:
    if entry.practitioner is not None:
        return entry.practitioner == practitioner
    return not entry.performers or practitioner in entry.performers
