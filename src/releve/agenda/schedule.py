"""What a person, a room or a device says of its week, in wall-clock time: rules, exceptions, days off."""

from dataclasses import dataclass
from datetime import date

from releve.agenda.public_holidays import COUNTRIES
from releve.agenda.zones import PARIS, zone

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES_A_DAY = 1440


def _check_times(start: int, end: int) -> None:
    if not (0 <= start <= MINUTES_A_DAY and 0 <= end <= MINUTES_A_DAY):
        raise ValueError(f"minutes of the day lie in 0..{MINUTES_A_DAY}, not {start}..{end}")


@dataclass(frozen=True, slots=True)
class Rule:
    """Open on `days` (0 = Monday) from minute `start` to minute `end` of the day, each 0..1440.

    An end before the start is on the next day; equal ones open nothing. Raises ValueError out of range.
    """

    days: frozenset[int]
    start: int
    end: int

    def __post_init__(self) -> None:
        _check_times(self.start, self.end)
        if not self.days <= frozenset(range(7)):
            raise ValueError("days of the week lie in 0..6")


@dataclass(frozen=True, slots=True)
class Override:
    """The rules of this date are replaced by these minutes of the day; equal `start` and `end` close it."""

    date: date
    start: int
    end: int

    def __post_init__(self) -> None:
        _check_times(self.start, self.end)


@dataclass(frozen=True, slots=True)
class WeeklySchedule:
    """One agenda. `capacity` is how many may be seen at once; `public_holidays` "FR" closes them, None does
    not.

    Raises ValueError for an unknown zone or country, or a capacity under 1.
    """

    timezone: str = PARIS
    rules: tuple[Rule, ...] = ()
    overrides: tuple[Override, ...] = ()
    days_off: frozenset[date] = frozenset()
    capacity: int = 1
    public_holidays: str | None = None

    def __post_init__(self) -> None:
        zone(self.timezone)
        if self.capacity < 1:
            raise ValueError("a capacity is at least 1")
        if self.public_holidays not in (None, *COUNTRIES):
            raise ValueError(f'no public holidays are known for "{self.public_holidays}"')
