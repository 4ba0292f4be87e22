"""The bench's own agenda: regular places, and who holds them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bench.clinic_sim.world import DAY, Fate, Person, World


@dataclass(frozen=True, order=True)
class Place:
    start: datetime
    doctor: str


@dataclass(eq=False)
class Visit:
    """One agreement between a person and the practice; a move makes a new one."""

    person: Person
    attempt: int
    place: Place
    told: datetime
    fate: Fate
    through: str = "desk"  # or "list"
    status: str = "booked"  # cancelled, moved, missed, attended
    ended: datetime | None = None
    id: str = ""  # the product's


class Agenda:
    """Which places are free. A place may be held by one visit."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.held: dict[Place, Visit] = {}
        self._days: dict[date, list[datetime]] = {}

    def starts(self, day: date) -> list[datetime]:
        if day not in self._days:
            self._days[day] = self.world.places(day)
        return self._days[day]

    def free(self, after: datetime, until: date, doctors: tuple[str, ...]) -> Iterator[Place]:
        """In time order; `after` excluded, the day `until` included."""
        day = after.date()
        while day <= until:
            for start in self.starts(day):
                if start > after:
                    yield from (p for d in doctors if (p := Place(start, d)) not in self.held)
            day += DAY

    def take(self, visit: Visit) -> None:
        assert visit.place not in self.held, f"{visit.place} is held twice"
        self.held[visit.place] = visit

    def leave(self, visit: Visit) -> None:
        if self.held.get(visit.place) is visit:
            del self.held[visit.place]
