"""What a practice does without the product, and what it could do if it knew the future."""

from collections import Counter, deque
from datetime import date, datetime, timedelta

from bench.clinic_sim.agenda import Place, Visit
from bench.clinic_sim.play import Arm, Waiting
from bench.clinic_sim.world import DAY, DOCTORS, PHONE_OPENS, World, phone_hours, reminder_at

NEAR = timedelta(hours=48)
CALL = timedelta(minutes=6)


class Reminders(Arm):
    """One message the evening before; some of those who would not have come say so."""

    name = "reminders"
    days_before: tuple[int, ...] = (1,)

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.reminded: Counter[Visit] = Counter()

    def takes_over(self) -> None:
        for visit in list(self.current.values()):
            self._remind_later(visit)

    def holds(self, visit: Visit) -> None:
        super().holds(visit)
        if self.took_over:
            self._remind_later(visit)

    def _remind_later(self, visit: Visit) -> None:
        for days in self.days_before:
            due = reminder_at(visit.place.start, days)
            if due > self.now:
                self.at(due, self._reminds, visit)

    def _reminds(self, visit: Visit) -> None:
        if visit.status != "booked":
            return
        self.reminders += 1
        self.reminded[visit] += 1
        if visit.fate.misses and visit.fate.warns(self.reminded[visit]):
            self.at(warning(self, visit), self.cancels, visit)


def warning(arm: Arm, visit: Visit) -> datetime:
    """When somebody reminded at `arm.now` says that they will not come: an hour before, at the latest."""
    at = arm.world.answers_at(visit.person, ("reminder", visit.attempt), arm.now)
    return max(arm.now, min(at, visit.place.start - timedelta(hours=1)))


class ByHand(Reminders):
    """Reminders, and a secretary who calls down the list, nearest place first, first come first served."""

    name = "by hand"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.freed: deque[tuple[Place, list[int]]] = deque()  # with those already called
        self.called: dict[date, int] = {}
        self.at_the_phone = False

    def given_up(self, visit: Visit) -> None:
        self.freed.append((visit.place, []))
        self._calls_later(self.now)

    def _calls_later(self, moment: datetime) -> None:
        if not self.at_the_phone:
            self.at_the_phone = True
            self.at(phone_hours(moment + CALL), self._calls)

    def _calls(self) -> None:
        self.at_the_phone = False
        if self.called.get(self.now.date(), 0) >= self.world.p.calls_a_day:
            self._calls_later(datetime.combine(self.now.date(), datetime.max.time()) - CALL)
            return
        chosen = self._next()
        if chosen is not None:
            place, entry = chosen
            self.called[self.now.date()] = self.called.get(self.now.date(), 0) + 1
            self._counts(1)
            found = self.world.draw(entry.person.number, place, "reached") < self.world.p.reached
            if found and self.world.can_come(entry.person, place.start, self.now):
                self.agrees(entry.person, place, "list")
            self._calls_later(self.now)

    def _next(self) -> tuple[Place, Waiting] | None:
        """The nearest freed place for which somebody is left to be called."""
        for place, tried in sorted(self.freed, key=lambda one: one[0]):
            free = place not in self.agenda.held and place.start > self.now and len(tried) < self.world.p.calls_a_place
            entry = next((e for e in self.suited(place) if e.person.number not in tried), None) if free else None
            if entry is not None:
                tried.append(entry.person.number)
                return place, entry
            self.freed = deque(one for one in self.freed if one[0] != place)
        return None


class Knowing(Arm):
    """Gives every place it knows to be free, at once, to the first on the list who would take it and come."""

    def given_up(self, visit: Visit) -> None:
        self.fill(visit.place)

    def listed(self, entry: Waiting) -> None:
        """Places that were free already, the earliest first."""
        visit = self.current[entry.person.number]
        for place in self.agenda.free(self.now, visit.place.start.date(), entry.person.doctors):
            if self._would(entry, place):
                self.agrees(entry.person, place, "list")
                return

    def fill(self, place: Place) -> None:
        if place.start <= self.now or not self._open(place):
            return
        entry = next((e for e in self.suited(place) if self._would(e, place)), None)
        if entry is not None:
            self.agrees(entry.person, place, "list")

    def _would(self, entry: Waiting, place: Place) -> bool:
        person = entry.person
        suits = place.doctor in person.doctors and self.earlier(person, place.start)
        return suits and self.world.can_come(person, place.start, self.now) and self.wanted(entry, place)

    def _open(self, place: Place) -> bool:
        return place not in self.agenda.held

    def wanted(self, entry: Waiting, place: Place) -> bool:
        return True


class Sure(Knowing, Reminders):
    """Knows who would take a place, not who will give theirs up; reminds twice."""

    name = "sure"
    days_before = (3, 1)


class Oracle(Knowing):
    """Knows the end of every visit when it is agreed upon. Whoever it puts in a place that will be empty sits there
    beside a name; callers see that place as taken until the name is struck out."""

    name = "oracle"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.beside: dict[Place, Visit] = {}

    def takes_over(self) -> None:
        for place in sorted(self.agenda.held):
            self.fill(place)
        day = self.now.date()
        while day < self.world.ends:
            self.at(datetime.combine(day, PHONE_OPENS), self._looks_round)
            day += DAY

    def _looks_round(self) -> None:
        """Places that nobody holds, two days before."""
        for place in list(self.agenda.free(self.now, (self.now + NEAR).date(), DOCTORS)):
            self.fill(place)

    def holds(self, visit: Visit) -> None:
        if visit.place in self.agenda.held:
            self.beside[visit.place] = visit
            return
        super().holds(visit)
        if self.took_over:
            self.fill(visit.place)

    def given_up(self, visit: Visit) -> None:
        """The name is struck out: who sat beside it has the place."""
        beside = self.beside.pop(visit.place, None)
        if beside is not None:
            self.agenda.take(beside)
        else:
            self.fill(visit.place)

    def listed(self, entry: Waiting) -> None:
        last = self.current[entry.person.number].place.start
        for place in sorted(p for p in self.agenda.held if self.now < p.start < last):
            if self._open(place) and self._would(entry, place):
                self.agrees(entry.person, place, "list")
                return
        for place in list(self.agenda.free(self.now, (self.now + NEAR).date(), entry.person.doctors)):
            if self._would(entry, place):
                self.agrees(entry.person, place, "list")
                return

    def _open(self, place: Place) -> bool:
        """Whether nobody will come, and no caller has the time to find it; each on the list is used where it counts."""
        if place in self.beside:
            return False
        visit = self.agenda.held.get(place)
        if visit is None:
            return place.start - self.now < NEAR
        notice = place.start - phone_hours(visit.fate.cancels) if visit.fate.cancels is not None else timedelta()
        return doomed(visit) and notice < NEAR

    def wanted(self, entry: Waiting, place: Place) -> bool:
        attempt = self.attempts.get(entry.person.number, 0)
        fate = self.world.fate(entry.person, attempt, self.now, place.start)
        return fate.cancels is None and not fate.misses


def doomed(visit: Visit) -> bool:
    return visit.fate.cancels is not None or visit.fate.misses
