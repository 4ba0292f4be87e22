"""How many can be there at once: from bookings with a capacity to the spans in which no place is left."""

from collections.abc import Iterable
from typing import NamedTuple

from releve.agenda.spans import Span, merged


class Booking(NamedTuple):
    """One place taken from `start` to `end` (seconds since the epoch) among the `capacity` its maker reckoned with.

    For which `service` (identifier), by somebody whose `first_visit` it is. `holder` names the appointment or hold, the
    same in every timetable that it takes.
    """

    start: int
    end: int
    capacity: int
    service: str = ""
    first_visit: bool = False
    holder: str = ""

    @property
    def is_appointment(self) -> bool:
        """And no hold, which ends by itself."""
        return self.holder.isdigit()


def full_spans(bookings: Iterable[Booking], capacity: int) -> list[Span]:
    """Where a candidate of `capacity` c finds no place, tidy.

    A booking of capacity n blocks it wherever the bookings that overlap there fill min(n, c) places or more.
    """
    if capacity == 1:
        return merged(booking[:2] for booking in bookings)
    return merged(_swept(bookings, capacity))


def _swept(bookings: Iterable[Booking], capacity: int) -> list[Span]:
    """Walk from edge to edge, counting the bookings present by their capacity."""
    edges: list[tuple[int, int, int]] = []
    for start, end, own, *_ in bookings:
        if start < end:
            edges += [(start, 1, own), (end, -1, own)]
    present: dict[int, int] = {}
    total = since = 0
    full: list[Span] = []
    for at, change, own in sorted(edges):
        if total and total >= min(capacity, min(present)):
            full.append((since, at))
        present[own] = present.get(own, 0) + change
        if not present[own]:
            del present[own]
        total += change
        since = at
    return full


def booking_capacity(group: int, places: int) -> int:
    """How many a booking reckons with: a visit for a `group` its own size, any other the `places` of the schedule."""
    return group if group > 1 else places


def first_place(numbers: Iterable[int]) -> int:
    """The lowest number, from 1, that none of those present has."""
    present = set(numbers)
    return next(n for n in range(1, len(present) + 2) if n not in present)
