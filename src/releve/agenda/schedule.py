"""What a person, a room or a device says of its week, in wall-clock time: rules, exceptions, days off, limits."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from releve.agenda.public_holidays import COUNTRIES
from releve.agenda.school_holidays import ZONES
from releve.agenda.zones import PARIS, zone

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKS = ("odd", "even")
SCHOOL = ("only", "never")
PLACES = ("office", "video")
MINUTES_A_DAY = 1440


def _check_times(start: int, end: int) -> None:
    if not (0 <= start <= MINUTES_A_DAY and 0 <= end <= MINUTES_A_DAY):
        raise ValueError(f"minutes of the day lie in 0..{MINUTES_A_DAY}, not {start}..{end}")


@dataclass(frozen=True, slots=True)
class Rule:
    """Open on `days` (0 = Monday) from minute `start` to minute `end` of the day, each 0..1440.

    An end before the start is on the next day; equal ones open nothing. Raises ValueError out of range.

    When: in odd or even ISO `weeks`, or `every` so many weeks counted from that of `since`; on the dates `since` to
    `until`, both included; "only" or "never" in `school_holidays`. For what: these `services` (identifiers; empty:
    all), this `place` (empty: any), and urgent visits alone until minute `kept_until` of `kept_days` days before.
    """

    days: frozenset[int]
    start: int
    end: int
    weeks: str = ""
    every: int = 1
    since: date | None = None
    until: date | None = None
    school_holidays: str = ""
    services: frozenset[str] = frozenset()
    kept_until: int | None = None
    kept_days: int = 0
    place: str = ""

    def __post_init__(self) -> None:
        _check_times(self.start, self.end)
        if not self.days <= frozenset(range(7)):
            raise ValueError("days of the week lie in 0..6")
        if self.every < 1 or (self.every > 1 and self.since is None):
            raise ValueError("weeks are counted from a date")

    @property
    def always(self) -> bool:
        """Of every week of every season."""
        return not (self.weeks or self.since or self.until or self.school_holidays)


@dataclass(frozen=True, slots=True)
class Override:
    """The rules of this date are replaced by these minutes of the day; equal `start` and `end` close it."""

    date: date
    start: int
    end: int

    def __post_init__(self) -> None:
        _check_times(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `per_day` a day: of these `services` (identifiers; empty: all), of new patients alone if so said."""

    per_day: int
    services: frozenset[str] = frozenset()
    new_patients: bool = False

    def concerns(self, service: str, newcomer: bool) -> bool:
        """Whether such a visit is counted, and refused once the day is full."""
        return (not self.services or service in self.services) and (newcomer or not self.new_patients)


@dataclass(frozen=True)
class WeeklySchedule:
    """One agenda. `capacity` is how many may be seen at once; `public_holidays` (`public_holidays.COUNTRIES`) close it,
    None does not; `school_zone` says whose school holidays rules speak of.

    Raises ValueError for an unknown zone or country, or a capacity under 1.
    """

    timezone: str = PARIS
    rules: tuple[Rule, ...] = ()
    overrides: tuple[Override, ...] = ()
    days_off: frozenset[date] = frozenset()
    capacity: int = 1
    public_holidays: str | None = None
    school_zone: str = ""
    limits: tuple[Limit, ...] = ()

    def __post_init__(self) -> None:
        zone(self.timezone)
        if self.capacity < 1:
            raise ValueError("a capacity is at least 1")
        if self.public_holidays is not None and self.public_holidays not in COUNTRIES:
            raise ValueError(f'no public holidays are known for "{self.public_holidays}"')
        if self.school_zone and self.school_zone not in ZONES:
            raise ValueError(f'no school holidays are known for "{self.school_zone}"')

    @cached_property
    def choosy(self) -> bool:
        """Whether some rule is not for every visit."""
        return any(rule.services or rule.place or rule.kept_until is not None for rule in self.rules)

    @cached_property
    def _hash(self) -> int:
        return hash((self.timezone, self.rules, self.overrides, self.days_off, self.capacity, self.public_holidays))

    def __hash__(self) -> int:
        """Reckoned once: schedules are the keys of what is remembered of them."""
        return self._hash
