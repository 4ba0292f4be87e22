"""The world that every arm shares: who asks for a visit, when, and what becomes of it. README.md gives the sources.

Nothing here is drawn in the order of events: each draw is a hash of the seed and of what it is about, so that two arms
that put the same person in the same situation see the same thing happen.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from statistics import NormalDist

DOCTORS = ("aubry", "benali")
VISIT = timedelta(minutes=20)
BEGINS = date(2027, 1, 11)  # a Monday; neither a public holiday nor a change of clocks in the weeks that follow
PHONE_OPENS, PHONE_CLOSES = time(8, 30), time(18, 30)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Parameters:
    """Every figure of the world; README.md says where each comes from."""

    openings: tuple[tuple[time, time], ...] = ((time(9), time(12)), (time(14), time(18)))  # Monday to Friday
    warm_up_weeks: int = 10  # with no policy at all: the agenda fills
    settles_weeks: float = 2  # under a policy, before anything is counted
    last_weeks: float = 2  # before the end: those who join in them have not had their chance, and are not counted
    demand: float = 1.15  # requests for each place offered
    planned: float = 0.60  # of requests: a visit wished at some weeks' distance; the others come as soon as possible
    planned_days: tuple[int, int] = (14, 42)
    patience_days: tuple[int, int] = (14, 60)  # beyond what was wished, the person goes elsewhere
    own_doctor: float = 0.70
    wishes: tuple[float, float] = (0.50, 0.25)  # any time; one half of the day; the rest: three weekdays
    comes_at: tuple[tuple[float, float], ...] = ((12, 0.15), (36, 0.30), (72, 0.45), (168, 0.65), (math.inf, 0.90))
    no_show_last: float = 0.091  # for a visit far ahead: about 8 % of all visits, without reminders
    no_show_first: float = 0.34  # of that rate, for a visit of the same day
    no_show_days: float = 10.0
    reminded: tuple[float, float, float] = (1.0, 0.77, 0.64)  # relative risk of a no-show after 0, 1, 2 reminders
    cancels_a_day: float = 0.004
    cancels_late: float = 0.04  # in the last 48 hours
    late_hours: float = 20.0  # mean distance of these from the visit
    rebooks: float = 0.60  # of those who cancel
    comes_back: float = 0.50  # of those who missed their visit
    joins: float = 0.60  # of those who wanted to come soon and got a place more than `worth` days away
    worth_days: int = 7
    silent: float = 0.25  # of the offers that reach somebody
    delay_minutes: tuple[float, float] = (20.0, 120.0)  # medians of quick and of slow people
    delay_spread: float = 1.2  # of the logarithm
    confirms: float = 0.60  # of those who come, answer their reminder
    writes: float = 0.70  # of cancellations, by message where messages are read; the others by telephone
    reached: float = 0.45  # of telephone calls
    calls_a_day: int = 10
    calls_a_place: int = 5


@dataclass(frozen=True)
class Person:
    """`halves` and `weekdays` are the wishes. The groups (`old`, `slow`, `mails`) must not count."""

    number: int
    asked: datetime
    planned: int  # days; 0: as soon as possible
    patience: int
    doctors: tuple[str, ...]
    halves: tuple[int, ...]
    weekdays: tuple[int, ...]
    joins: bool
    old: bool
    slow: bool
    mails: bool

    def wishes(self, start: datetime) -> bool:
        return start.weekday() in self.weekdays and half(start) in self.halves

    @property
    def any_time(self) -> bool:
        return len(self.halves) * len(self.weekdays) == 10


@dataclass(frozen=True)
class Fate:
    """What becomes of a visit that nobody touches."""

    cancels: datetime | None
    misses: bool
    warned: int | None  # the reminder that makes a missed visit a cancellation: the first, the second, or none

    def warns(self, reminders: int) -> bool:
        return self.warned is not None and self.warned <= reminders


@dataclass(frozen=True)
class Flips:
    """The same world with groups exchanged: who was slow is quick, who was young is old, who texted mails."""

    speed: bool = False
    labels: bool = False


class World:
    def __init__(
        self, seed: int, weeks: float, parameters: Parameters | None = None, flips: Flips | None = None
    ) -> None:
        self.seed, self.weeks, self.p = seed, weeks, parameters or Parameters()
        self.flips = flips or Flips()
        self.first = BEGINS - timedelta(weeks=self.p.warm_up_weeks)
        self.ends = BEGINS + timedelta(weeks=weeks)
        self.persons = list(self._persons())

    def draw(self, *about: object) -> float:
        """Uniform on [0, 1), always the same for the same thing."""
        key = repr((self.seed, *about)).encode()
        return int.from_bytes(blake2b(key, digest_size=7).digest()) / 2**56

    def places(self, day: date) -> list[datetime]:
        """Starts offered by each practitioner on that day."""
        if day.weekday() > 4:
            return []
        starts = []
        for opens, closes in self.p.openings:
            start = datetime.combine(day, opens)
            while start + VISIT <= datetime.combine(day, closes):
                starts.append(start)
                start += VISIT
        return starts

    def _persons(self) -> Iterator[Person]:
        number, day = 0, self.first
        while day < self.ends:
            if day.weekday() < 5:
                mean = self.p.demand * len(self.places(day)) * len(DOCTORS)
                for _ in range(self._poisson(mean, "requests", day)):
                    yield self._person(number, day)
                    number += 1
            day += DAY

    def _poisson(self, mean: float, *about: object) -> int:
        return max(0, round(NormalDist(mean, math.sqrt(mean)).inv_cdf(self.draw(*about) or 0.5)))

    def _person(self, n: int, day: date) -> Person:
        p = self.p
        opens, closes = datetime.combine(day, PHONE_OPENS), datetime.combine(day, PHONE_CLOSES)
        planned = self.draw(n, "planned") < p.planned
        return Person(
            number=n,
            asked=opens + timedelta(minutes=int(self.draw(n, "minute") * ((closes - opens) / timedelta(minutes=1)))),
            planned=self._between(p.planned_days, n, "target") if planned else 0,
            patience=self._between(p.patience_days, n, "patience"),
            doctors=self._doctors(n),
            **self._wishes(n),
            joins=not planned and self.draw(n, "joins") < p.joins,
            old=(self.draw(n, "old") < 0.5) ^ self.flips.labels,
            slow=(self.draw(n, "slow") < 0.5) ^ self.flips.speed,
            mails=(self.draw(n, "mails") < 0.5) ^ self.flips.labels,
        )

    def _between(self, bounds: tuple[int, int], *about: object) -> int:
        low, high = bounds
        return low + int(self.draw(*about) * (high - low + 1))

    def _doctors(self, n: int) -> tuple[str, ...]:
        mine = DOCTORS[int(self.draw(n, "doctor") * len(DOCTORS))]
        return (mine,) if self.draw(n, "own") < self.p.own_doctor else DOCTORS

    def _wishes(self, n: int) -> dict[str, tuple[int, ...]]:
        any_time, one_half = self.p.wishes
        u = self.draw(n, "wish")
        if u < any_time:
            return {"halves": (0, 1), "weekdays": (0, 1, 2, 3, 4)}
        if u < any_time + one_half:
            return {"halves": (int(self.draw(n, "half") < 0.5),), "weekdays": (0, 1, 2, 3, 4)}
        weekdays = sorted(range(5), key=lambda d: self.draw(n, "weekday", d))[:3]
        return {"halves": (0, 1), "weekdays": tuple(sorted(weekdays))}

    def can_come(self, person: Person, start: datetime, told: datetime) -> bool:
        """Whether that half day can be made free when one learns of it at `told`."""
        hours = (start - told) / timedelta(hours=1)
        if hours < 1 or not person.wishes(start):
            return False
        chance = next(p for limit, p in self.p.comes_at if hours < limit)
        return self.draw(person.number, "free", start.date(), half(start)) < chance

    def fate(self, person: Person, attempt: int, told: datetime, start: datetime) -> Fate:
        """Of the person's `attempt`-th visit, agreed upon at `told`."""
        p, key = self.p, (person.number, attempt)
        days = (start - told) / DAY
        moments = []
        after = -math.log(1 - self.draw(*key, "cancels")) / p.cancels_a_day
        if after < days:
            moments.append(told + after * DAY)
        if self.draw(*key, "late") < p.cancels_late:
            before = -math.log(1 - self.draw(*key, "hours")) * p.late_hours
            if before < min(48.0, days * 24):
                moments.append(start - timedelta(hours=before))
        rate = p.no_show_last * (1 - (1 - p.no_show_first) * math.exp(-days / p.no_show_days))
        cancels = max(told, awake(min(moments))) if moments else None
        return Fate(
            cancels=minute(cancels) if cancels is not None and cancels < start else None,
            misses=self.draw(*key, "misses") < rate,
            warned=next((n for n, risk in enumerate(p.reminded) if self.draw(*key, "warns") >= risk), None),
        )

    def answers_at(self, person: Person, about: object, sent: datetime) -> datetime:
        """When somebody answers a message: never between 22 and 7 h."""
        normal = NormalDist().inv_cdf(max(self.draw(person.number, "delay", about), 1e-9))
        minutes = self.p.delay_minutes[person.slow] * math.exp(self.p.delay_spread * normal)
        at = awake(sent + timedelta(minutes=max(1.0, minutes)))
        return minute(at)


def practice(demand: float) -> Parameters:
    """One that is asked for so much. The shorter the wait, the fewer miss their visit: the level makes it 8 % again."""
    return Parameters(demand=demand, no_show_last=0.091 if demand > 1.05 else 0.101)


def half(moment: datetime) -> int:
    return int(moment.hour >= 13)


def minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def awake(moment: datetime) -> datetime:
    """The moment itself, or a little after 7 h when it falls in the night (the minutes keep their spread)."""
    if 7 <= moment.hour < 22:
        return moment
    morning = moment.date() + (DAY if moment.hour >= 22 else timedelta())
    return datetime.combine(morning, time(7)) + timedelta(minutes=moment.minute)


def phone_hours(moment: datetime) -> datetime:
    """The moment itself while somebody answers the telephone, else when they next do."""
    if moment.weekday() < 5 and moment.time() < PHONE_OPENS:
        return datetime.combine(moment.date(), PHONE_OPENS)
    day = moment.date()
    if moment.weekday() < 5 and moment.time() < PHONE_CLOSES:
        return moment
    day += DAY
    while day.weekday() > 4:
        day += DAY
    return datetime.combine(day, PHONE_OPENS)


def reminder_at(start: datetime, days: int = 1) -> datetime:
    """18 h so many days before; on the Saturday when that is a Sunday."""
    day = start.date() - days * DAY
    if day.weekday() == 6:
        day -= DAY
    return datetime.combine(day, time(18))
