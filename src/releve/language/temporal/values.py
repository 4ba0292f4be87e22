"""What the grammar reads: days, times of day, marks; and the published `TimeMention`."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

DAY_START = 7 * 60
DAY_END = 21 * 60

Bound = Literal["before", "by", "from", "after", "within"]
DayForm = Literal["day", "weekday", "habit", "every", "span"]
TodForm = Literal["point", "around", "range", "part", "before", "after", "all"]
MarkKind = Literal[
    "asap",
    "any",
    "same_day",
    "same_hour",
    "later",
    "earlier",
    "following",
    "following_debut",
    "following_fin",
    "these_days",
    "same_week",
    "next_one",
]


@dataclass(frozen=True, slots=True)
class Day:
    """Booking days `lo`..`hi` inclusive; `cal` the calendar days when they differ ("cette semaine")."""

    lo: date
    hi: date
    form: DayForm = "day"
    cal: tuple[date, date] | None = None
    weekdays: tuple[int, ...] = ()
    grain: str = "day"
    day: int | None = None
    month: int | None = None
    year: int | None = None
    relative: str | None = None
    bound: Bound | None = None
    exact: tuple[datetime, datetime] | None = None
    past: bool = False
    feast: tuple[str, tuple[int, ...]] | None = None
    """The rule of a feast, to find it in another year."""
    part: str | None = None
    """ "fin" for the end of a span: "avant la fin du mois" includes it."""

    @property
    def calendar(self) -> tuple[date, date]:
        return self.cal or (self.lo, self.hi)


@dataclass(frozen=True, slots=True)
class Tod:
    """A time of day, minutes since midnight, closed-open."""

    lo: int
    hi: int
    form: TodForm = "part"
    name: str | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that speaks of time without naming one ("dès que possible", "même heure")."""

    kind: MarkKind


Value = Day | Tod | Mark


@dataclass(frozen=True, slots=True)
class Atom:
    """A value read from tokens [i, j)."""

    value: Value
    i: int
    j: int
    parts: tuple["Atom", ...] = ()
    """The two ends of a range: "de jeudi à vendredi" is a range, or a move from one to the other."""


@dataclass(frozen=True, slots=True)
class TimeMention:
    """One time expression, characters [start, end), calendar meaning closed-open, and the fields as read."""

    start: int
    end: int
    from_: datetime | None
    to: datetime | None
    grain: str
    kind: str
    open: str | None = None
    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    hour: int | None = None
    minute: int | None = None
    part: str | None = None
    relative: str | None = None
    alternatives: tuple[tuple[datetime, datetime], ...] = ()
    """Other meanings people give the same words ("mercredi prochain"): a reply states the full date."""
