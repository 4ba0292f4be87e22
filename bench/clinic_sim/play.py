"""The play: people ask, agree, cancel, come or not. An arm says what the practice does about it."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bench.clinic_sim.agenda import Agenda, Place, Visit
from bench.clinic_sim.world import BEGINS, DAY, Person, World, phone_hours

START = datetime.combine(BEGINS, datetime.min.time())
SOONEST = timedelta(hours=1)


@dataclass(eq=False)
class Waiting:
    """Somebody who asked to be told of an earlier place than the one they have."""

    person: Person
    joined: datetime
    left: str = ""  # "served", or "over" when their own visit came or was given up


class Arm:
    """What every arm has: the telephone."""

    name = "nothing"

    def __init__(self, world: World) -> None:
        self.world, self.agenda = world, Agenda(world)
        self.now = datetime.combine(world.first, datetime.min.time())
        self.visits: list[Visit] = []
        self.current: dict[int, Visit] = {}  # by person: the visit that stands
        self.attempts: dict[int, int] = {}
        self.waiting: dict[int, Waiting] = {}  # in the order of joining
        self.messages = self.reminders = 0
        self.counted = START + timedelta(weeks=world.p.settles_weeks)
        self.took_over = False
        self._heap: list[tuple[datetime, int, Callable[..., None], tuple[Any, ...]]] = []
        self._count = 0

    def run(self) -> "Arm":
        for person in self.world.persons:
            self.at(person.asked, self.asks, person)
        self.at(START, self._takes_over)
        end = datetime.combine(self.world.ends, datetime.min.time())
        while self._heap and self._heap[0][0] < end:
            at, _, what, about = heapq.heappop(self._heap)
            if self.took_over:
                self.passes(at)
            self.now = max(self.now, at)
            what(*about)
        return self

    def at(self, moment: datetime, what: Callable[..., None], *about: Any) -> None:
        self._count += 1
        heapq.heappush(self._heap, (moment, self._count, what, about))

    def _counts(self, messages: int) -> None:
        """Messages, or calls, about places of the waiting list."""
        if self.now >= self.counted:
            self.messages += messages

    def _takes_over(self) -> None:
        self.took_over = True
        self.takes_over()

    # What an arm may do.

    def takes_over(self) -> None:
        """The warm-up is over."""

    def passes(self, until: datetime) -> None:
        """Time passes."""

    def books(self, visit: Visit) -> bool:
        """The telephone agrees on a place. False when the practice finds it taken after all."""
        return True

    def given_up(self, visit: Visit) -> None:
        """A visit was cancelled; its place is free."""

    def listed(self, entry: Waiting) -> None:
        """Somebody asked to be told of earlier places."""

    # What people do.

    def asks(self, person: Person) -> None:
        """On the telephone: the first free place that suits."""
        wished = self.now + person.planned * DAY
        until = (wished + person.patience * DAY).date()
        after = max(self.now + SOONEST, wished - 3 * DAY if person.planned else self.now)
        for place in self.agenda.free(after, until, person.doctors):
            if self.world.can_come(person, place.start, self.now) and self.agrees(person, place, "desk"):
                self._joins(person)
                return

    def agrees(self, person: Person, place: Place, through: str, **known: Any) -> bool:
        """A new visit, in the place of the one that stands if there is one."""
        attempt = self.attempts.get(person.number, 0)
        fate = self.world.fate(person, attempt, self.now, place.start)
        visit = Visit(person, attempt, place, self.now, fate, through, **known)
        if self.took_over and through == "desk" and not self.books(visit):
            return False
        self.attempts[person.number] = attempt + 1
        if through == "list":
            self.waiting[person.number].left = "served"
        before = self.current.get(person.number)
        self.visits.append(visit)
        self.current[person.number] = visit
        self.holds(visit)
        if fate.cancels is not None:
            self.at(self.learns(visit), self.cancels, visit)
        self.at(place.start, self.comes, visit)
        if before is not None:
            self.ends(before, "moved")
        return True

    def holds(self, visit: Visit) -> None:
        self.agenda.take(visit)

    def learns(self, visit: Visit) -> datetime:
        """When the practice learns of a cancellation: at the hours of the telephone."""
        assert visit.fate.cancels is not None
        return phone_hours(visit.fate.cancels)

    def _joins(self, person: Person) -> None:
        visit = self.current[person.number]
        far = visit.place.start - self.now > self.world.p.worth_days * DAY
        if person.joins and far and person.number not in self.waiting:
            self.waiting[person.number] = Waiting(person, self.now)
            if self.took_over:
                self.listed(self.waiting[person.number])

    def cancels(self, visit: Visit) -> None:
        if visit.status != "booked" or self.now >= visit.place.start:
            return
        self.gives_up(visit)

    def gives_up(self, visit: Visit) -> None:
        """The practice knows of it. Some ask for another visit at once."""
        self.current.pop(visit.person.number, None)
        self.ends(visit, "cancelled")
        self._leaves_list(visit.person)
        if self.took_over:
            self.given_up(visit)
        if self.world.draw(visit.person.number, visit.attempt, "rebooks") < self.world.p.rebooks:
            self.at(phone_hours(self.now), self.asks, visit.person)

    def ends(self, visit: Visit, status: str) -> None:
        visit.status, visit.ended = status, self.now
        self.agenda.leave(visit)
        if status == "moved" and self.took_over:
            self.given_up(visit)

    def comes(self, visit: Visit) -> None:
        """The hour has come. Who could not reach anybody to cancel does not come either."""
        if visit.status != "booked":
            return
        visit.status = "missed" if visit.fate.misses or visit.fate.cancels is not None else "attended"
        visit.ended = self.now
        self.current.pop(visit.person.number, None)
        self._leaves_list(visit.person)
        if visit.status == "missed":
            self.missed(visit)
            if self.world.draw(visit.person.number, visit.attempt, "comes back") < self.world.p.comes_back:
                self.at(phone_hours(self.now + DAY), self.asks, visit.person)

    def missed(self, visit: Visit) -> None:
        """Somebody did not come."""

    def _leaves_list(self, person: Person) -> None:
        entry = self.waiting.get(person.number)
        if entry is not None and not entry.left:
            entry.left = "over"

    def earlier(self, person: Person, start: datetime) -> bool:
        """Whether the place is on an earlier day than the visit the person has."""
        visit = self.current.get(person.number)
        return visit is not None and self.now < start and start.date() < visit.place.start.date()

    def suited(self, place: Place) -> Iterator[Waiting]:
        """Who waits and whom this place suits by what they asked for, first come first."""
        for entry in self.waiting.values():
            person = entry.person
            suits = not entry.left and place.doctor in person.doctors and person.wishes(place.start)
            if suits and self.earlier(person, place.start):
                yield entry
