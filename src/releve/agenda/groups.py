"""Visits of several people at once: a group begins with its first booking, and is joined until it is full.

Whoever joins comes at the same minute for the same visit. To anything else, the group is time taken.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from releve.agenda.availability import SlotQuery, Timetable
from releve.agenda.places import Booking
from releve.agenda.spans import MINUTE
from releve.core.ports import VisitRecord


def groups(timetable: Timetable, visit: VisitRecord, query: SlotQuery) -> dict[int, int]:
    """The starts (seconds) at which this visit has somebody, and how many."""
    before = query.buffer_before_min * MINUTE
    return Counter(b.start + before for b in timetable.bookings if _alike(b, visit, query))


def members(timetable: Timetable, begin: int, visit: VisitRecord, query: SlotQuery) -> list[Booking]:
    """Who is in the group of this visit that begins at second `begin`."""
    since = query.occupied(begin)[0]
    return [b for b in timetable.bookings if b.start == since and _alike(b, visit, query)]


def _alike(booking: Booking, visit: VisitRecord, query: SlotQuery) -> bool:
    """A place of this visit, as long as it is today. One made before its length or its buffers changed does not say
    when its group begins: it is time taken, and nobody is sent there at another minute."""
    return booking.service == visit.identifier and booking.end - booking.start == query.margin


def apart(timetable: Timetable, group: Collection[Booking]) -> Timetable:
    """The same timetable without the time of these, wherever they take it."""
    holders = {booking.holder for booking in group if booking.holder}
    return replace(timetable, bookings=[b for b in timetable.bookings if b not in group and b.holder not in holders])
