"""One practitioner's time for one kind of visit: what is listed, and why a start is refused. Both ask `_possible`.

The visit's own rules become spans like everything else: notice and horizon bound the starts, a day whose limit is
reached is taken out of them, a room is one more set of starts. A group that has begun to fill is a start of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from releve.agenda.availability import Reason, SlotQuery, Timetable, beginnings, in_the_way, starts
from releve.agenda.groups import apart, groups, members
from releve.agenda.limits import full_days
from releve.agenda.opening import open_to
from releve.agenda.places import Booking
from releve.agenda.spans import DAY, MINUTE, Span, ceil_second, common, floor_second, merged, utc, without
from releve.agenda.visits import of_age, query_of
from releve.core.ports import VisitRecord

HORIZON_DAYS = 120  # how far ahead patients book, when a visit does not say


@dataclass(frozen=True, slots=True)
class AgendaCalendar:
    """Satisfies `core.ports.Calendar`. `rooms`: by family, what visits may need besides the person.

    `now` bounds what patients may take. `by_staff`: kept places are shown, and notice, horizon and limits bind nobody;
    a start that is refused to staff has no place left.
    """

    person: Timetable
    now: datetime
    rooms: Mapping[str, Sequence[Timetable]] = field(default_factory=dict)
    by_staff: bool = False

    def free(self, start: datetime, end: datetime, visit: VisitRecord, newcomer: bool = False) -> Sequence[datetime]:
        """Starts (UTC) of the free places of that visit wholly inside [start, end), earliest first. `newcomer`: it
        would be the first visit of somebody the practice has never seen."""
        return [utc(second) for second in self.starts(ceil_second(start), floor_second(end), visit, newcomer)]

    def first(self, start: datetime, end: datetime, visit: VisitRecord, newcomer: bool = False) -> datetime | None:
        """The earliest of `free`, without looking at what follows."""
        found = next(self.starts(ceil_second(start), floor_second(end), visit, newcomer), None)
        return None if found is None else utc(found)

    def leaving(self, appointment: int) -> "AgendaCalendar":
        """The same time for the appointment that is being moved: its own is no obstacle."""
        return self._without([b for b in self.person.bookings if b.holder == str(appointment)])

    def starts(self, low: int, high: int, visit: VisitRecord, newcomer: bool = False) -> Iterator[int]:
        """As `free`, in seconds since the epoch."""
        query = query_of(visit)
        opened = self._opened(low, high, visit, query)
        full = self._full(visit, newcomer)
        possible = without(self._possible(opened, low, high, visit, query), full)
        listed = starts(opened, possible, query, self.person.schedule.timezone)
        if visit.capacity == 1:
            return listed
        begun = groups(self.person, visit, query)
        joined = (s for s in begun if not holds(full, s) and self._joins(opened, s, low, high, visit, query))
        return iter(sorted({*(s for s in listed if s not in begun), *joined}))

    def why_not(
        self, start: datetime, visit: VisitRecord, newcomer: bool = False, born: date | None = None
    ) -> Reason | None:
        """None when a slot of that visit beginning at `start` may be booked, else the first reason that forbids it.

        `born` is who comes, when it is known. For staff only "taken" and "no_resource" are reasons.
        """
        begin = ceil_second(start)
        if self.by_staff:
            return self._no_place(begin, visit)
        end = begin + visit.duration_min * MINUTE
        fits = born is None or of_age(visit, born, start, self.person.schedule.timezone)
        if fits and not start.microsecond and begin in self.starts(begin, end, visit, newcomer):
            return None
        return self._reason(begin, visit, newcomer, fits)

    def kept(self, start: datetime, visit: VisitRecord) -> bool:
        """Whether a place that staff may take is kept, for now, for urgent visits."""
        if all(rule.kept_until is None for rule in self.person.schedule.rules):
            return False
        return replace(self, by_staff=False).why_not(start, visit) == "kept"

    def taking(self, start: datetime, visit: VisitRecord) -> list[Timetable]:
        """The agendas that a visit beginning at `start` takes: the person's, and of each family the room where the
        group is, else the first that is open and free, else free, else any."""
        rooms = (self._room(family, ceil_second(start), visit) for family in families(visit))
        return [self.person, *(room for room in rooms if room is not None)]

    # --- the decision -------------------------------------------------------------------------------------------------
    def _possible(
        self, opened: Sequence[Span], low: int, high: int, visit: VisitRecord, query: SlotQuery
    ) -> Sequence[Span]:
        """Where a slot may begin, before the grid and the limits of the day; tidy."""
        low, high = self._bounds(low, high - visit.duration_min * MINUTE, visit)
        if low > high:
            return []
        possible: Sequence[Span] = beginnings(without(opened, self.person.taken()), query)
        possible = common(possible, [(low, high + 1)])
        for family in families(visit):
            possible = common(possible, self._room_starts(family, low, high, query))
        return possible

    def _full(self, visit: VisitRecord, newcomer: bool) -> list[Span]:
        return [] if self.by_staff else full_days(self.person, visit.identifier, newcomer)

    def _joins(
        self, opened: Sequence[Span], begin: int, low: int, high: int, visit: VisitRecord, query: SlotQuery
    ) -> bool:
        """Whether the group that begins then has a place left, and nothing else is in the way of whoever joins it."""
        end = begin + visit.duration_min * MINUTE
        if begin < low or end > high or groups(self.person, visit, query)[begin] >= visit.capacity:
            return False
        return bool(self._apart(begin, visit, query)._possible(opened, begin, end, visit, query))

    def _opened(self, low: int, high: int, visit: VisitRecord, query: SlotQuery) -> Sequence[Span]:
        own = self.person.schedule
        urgent = visit.urgent or self.by_staff
        permitted = open_to(own, visit.identifier, visit.teleconsultation, urgent, floor_second(self.now))
        return self.person.opened(low - query.margin, high + query.margin, permitted)

    def _bounds(self, low: int, high: int, visit: VisitRecord) -> Span:
        """The first and the last start that notice and horizon leave, in [low, high]; staff are bound by neither."""
        if self.by_staff:
            return low, high
        days = HORIZON_DAYS if visit.horizon_days is None else visit.horizon_days
        earliest = max(floor_second(self.now) + 1, ceil_second(self.now) + visit.min_notice_min * MINUTE)
        return max(low, earliest), min(high, floor_second(self.now) + days * DAY)

    # --- rooms and devices --------------------------------------------------------------------------------------------
    def _room_starts(self, family: str, low: int, high: int, query: SlotQuery) -> list[Span]:
        """Where at least one room of the family is open and free for the whole slot."""
        found: list[Span] = []
        for room in self.rooms.get(family, ()):
            opened = room.opened(low - query.margin, high + query.margin)
            found += beginnings(without(opened, room.taken()), query)
        return merged(found)

    def _room(self, family: str, begin: int, visit: VisitRecord) -> Timetable | None:
        query = query_of(visit)
        occupied = query.occupied(begin)
        others = self._apart(begin, visit, query).rooms.get(family, ())

        def rank(pair: tuple[Timetable, Timetable]) -> int:
            room, alone = pair
            if common([occupied], alone.taken()):
                return 3
            if len(room.bookings) > len(alone.bookings):
                return 0
            return 1 if common([occupied], alone.opened(*occupied)) == [occupied] else 2

        return min(zip(self.rooms.get(family, ()), others, strict=True), key=rank, default=(None, None))[0]

    def _apart(self, begin: int, visit: VisitRecord, query: SlotQuery) -> "AgendaCalendar":
        """The same time without the group that begins then: it is not in the way of whoever joins it."""
        return self if visit.capacity == 1 else self._without(members(self.person, begin, visit, query))

    def _without(self, some: Sequence[Booking]) -> "AgendaCalendar":
        rooms = {family: [apart(room, some) for room in them] for family, them in self.rooms.items()}
        return replace(self, person=apart(self.person, some), rooms=rooms)

    # --- why not ------------------------------------------------------------------------------------------------------
    def _no_place(self, begin: int, visit: VisitRecord) -> Reason | None:
        """Somebody has this time, or no room is left: what binds staff too."""
        query = query_of(visit)
        occupied = query.occupied(begin)
        others = self._apart(begin, visit, query)
        full = visit.capacity > 1 and groups(self.person, visit, query).get(begin, 0) >= visit.capacity
        if full or common([occupied], others.person.taken()):
            return "taken"
        for family in families(visit):
            if all(common([occupied], room.taken()) for room in others.rooms.get(family, ())):
                return "no_resource"
        return None

    def _reason(self, begin: int, visit: VisitRecord, newcomer: bool, fits: bool) -> Reason:
        query = query_of(visit)
        low, high = self._bounds(begin, begin, visit)
        if low > begin:
            return "past" if begin <= floor_second(self.now) else "too_soon"
        if high < begin:
            return "too_far"
        if not fits:
            return "age"
        end = begin + visit.duration_min * MINUTE
        opened = self._opened(begin, end, visit, query)
        shut = in_the_way(begin, query, opened, opened)
        if shut in ("closed", "buffer"):
            everyone = replace(self, by_staff=True)._opened(begin, end, visit, query)
            return "kept" if in_the_way(begin, query, everyone, everyone) == "not_on_grid" else shut
        if self._no_place(begin, visit) == "taken":
            return "taken" if common([(begin, end)], self.person.taken()) else "buffer"
        if holds(self._full(visit, newcomer), begin):
            return "day_full"
        rooms = (self._apart(begin, visit, query)._room_starts(f, begin, end, query) for f in families(visit))
        return "not_on_grid" if all(holds(room, begin) for room in rooms) else "no_resource"


def families(visit: VisitRecord) -> list[str]:
    """What the visit needs, each once."""
    return list(dict.fromkeys(visit.needs))


def holds(spans: Sequence[Span], second: int) -> bool:
    return any(start <= second < end for start, end in spans)
