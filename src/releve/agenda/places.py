"""How many can be there at once: from bookings with a capacity to the spans in which no place is left."""

from collections.abc import Iterable
from typing import NamedTuple

from releve.agenda.spans import Span, merged


class Booking(NamedTuple):
    """One place taken from `start` to `end` (seconds since the epoch) among the `capacity` its maker reckoned
    with.
    """

    start: int
    end: int
    capacity: int


def full_spans(bookings: Iterable[Booking], capacity: int) -> list[Span]:
    """Where a candidate of `capacity` c finds no place, tidy.

    A booking of capacity n blocks it wherever the bookings that overlap there fill min(n, c) places or more.
    """
    if capacity == 1:
        return merged((booking.start, booking.end) for booking in bookings)
    return merged(_swept(bookings, capacity))


def _swept(bookings: Iterable[Booking], capacity: int) -> list[Span]:
    """Walk from edge to edge, counting the bookings present by their capacity."""
    edges: list[tuple[int, int, int]] = []
    for start, end, own in bookings:
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
