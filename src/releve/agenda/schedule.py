"""What a person, a room or a device says of its week, in wall-clock time: rules, exceptions, days off, limits."""

from collections.abc import Iterator, Sequence
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

    @property
    def plain(self) -> bool:
        """Without any condition: days and hours alone."""
        return self.always and not self.services and self.kept_until is None and not self.place


def clashing(rules: Sequence[Rule]) -> Iterator[tuple[int, int]]:
    """Rules (their numbers) that are open at one moment although one of them sets conditions: nobody could say which
    holds. Plain rules that overlap are one opening."""
    for second, rule in enumerate(rules):
        for first, other in enumerate(rules[:second]):
            if not (rule.plain and other.plain) and _same_moment(rule, other) and _same_season(rule, other):
                yield first, second


def _same_moment(one: Rule, other: Rule) -> bool:
    ends = [r.end if r.end > r.start else r.end + MINUTES_A_DAY for r in (one, other)]
    return bool(one.days & other.days) and one.start < ends[1] and other.start < ends[0]


def _same_season(one: Rule, other: Rule) -> bool:
    """Whether some date may be of both."""
    begins = [r.since or date.min for r in (one, other)]
    ends = [r.until or date.max for r in (one, other)]
    if max(begins) > min(ends) or _other(one.weeks, other.weeks) or _other(one.school_holidays, other.school_holidays):
        return False
    if one.every == other.every > 1 and one.since and other.since:
        weeks = [(since.toordinal() - 1) // 7 for since in (one.since, other.since)]
        return (weeks[0] - weeks[1]) % one.every == 0
    return True


def _other(one: str, other: str) -> bool:
    return bool(one and other) and one != other


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
