"""Working time: the hours at which somebody is there, from the practice's `opening_hours`.

Moments given are aware, in any zone; moments returned are in UTC. A naive moment raises ValueError.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from releve.agenda.opening import opening
from releve.agenda.schedule import WeeklySchedule
from releve.agenda.spans import DAY, EPOCH_ORDINAL, Interval, floor_second
from releve.agenda.zones import offset_at

_CHUNK = timedelta(days=14)
_PATIENCE = 53  # chunks: two years without one open minute means never


class NeverOpens(LookupError):
    """The schedule has no opening hours in the two years that follow."""


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Counts time on `schedule`, the opening hours of a practice (see `parse.parse_opening_hours`)."""

    schedule: WeeklySchedule

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody is there at `moment`; at closing time nobody is."""
        day = self._day(moment)
        return any(window.holds(moment) for window in opening(self.schedule, day - timedelta(days=2), day))

    def next_opening(self, moment: datetime) -> datetime:
        """`moment` itself when open, else when the next window begins. Raises NeverOpens."""
        return max(next(self._windows(moment)).start, moment.astimezone(UTC))

    def add_working_time(self, moment: datetime, minutes: int) -> datetime:
        """The first moment by which `minutes` of open time have gone since `moment`: closing time counts for
        that day.

        Raises ValueError for negative minutes, NeverOpens when they cannot be found.
        """
        if minutes < 0:
            raise ValueError("working time is not negative")
        here = moment.astimezone(UTC)
        left = timedelta(minutes=minutes)
        if not left:
            return here
        for window in self._windows(moment):
            here = max(here, window.start)
            if left <= window.end - here:
                return here + left
            left -= window.end - here
        raise NeverOpens

    def _windows(self, moment: datetime) -> Iterator[Interval]:
        """What is open from `moment` on; ends with NeverOpens when nothing comes for two years."""
        first = self._day(moment) - timedelta(days=2)
        seen = moment
        idle = 0
        while idle < _PATIENCE:
            idle += 1
            for window in opening(self.schedule, first, first + _CHUNK - timedelta(days=1)):
                if window.end > seen:
                    yield Interval(max(window.start, seen), window.end)
                    seen = window.end
                    idle = 0
            first += _CHUNK
        raise NeverOpens(f"nothing opens in the two years after {moment.isoformat()}")

    def _day(self, moment: datetime) -> date:
        second = floor_second(moment)
        local = second + offset_at(self.schedule.timezone, second)
        return date.fromordinal(local // DAY + EPOCH_ORDINAL)
