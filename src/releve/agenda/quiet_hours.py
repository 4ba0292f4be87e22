"""When a message that Relève starts may leave: 8 to 20 h local time, never on a Sunday or a French public
holiday.

Answers to a patient are not bound by it. Moments given are aware, in any zone; moments returned are in UTC.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from releve.agenda.public_holidays import is_public_holiday
from releve.agenda.zones import PARIS, zone

_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Messages may leave from `opens` (included) to `closes` (excluded), wall time of `timezone`.

    Raises ValueError for an unknown zone or hours that leave no minute.
    """

    timezone: str = PARIS
    opens: time = time(8)
    closes: time = time(20)
    country: str | None = "FR"

    def __post_init__(self) -> None:
        zone(self.timezone)
        if not self.opens < self.closes:
            raise ValueError("the permitted hours end before they begin")

    @property
    def last_minute(self) -> time:
        """The last whole minute at which a message may leave: 19:59."""
        return (datetime.combine(date.min, self.closes) - timedelta(minutes=1)).time()

    def permitted(self, moment: datetime) -> bool:
        """Whether a message may leave at `moment`. Raises ValueError when it is naive."""
        local = self._local(moment)
        return self._free_day(local.date()) and self.opens <= local.time() < self.closes

    def next_permitted(self, moment: datetime) -> datetime:
        """`moment` itself when permitted, else the next opening hour of a permitted day."""
        if self.permitted(moment):
            return moment.astimezone(UTC)
        local = self._local(moment)
        tomorrow = local.time() >= self.opens
        day = self._step(local.date() + timedelta(days=tomorrow), 1)
        return self._moment(day, self.opens)

    def closing(self, moment: datetime) -> datetime:
        """When the permitted hours of that day end."""
        return self._moment(self._local(moment).date(), self.closes)

    def last_permitted_before(self, deadline: datetime) -> datetime:
        """The last permitted moment at or before `deadline`; 19:59 at the latest when the hour has to change.

        A day stepped over because it is a Sunday or public holiday keeps the hour: Sunday 19:00 gives
        Saturday 19:00.
        """
        if self.permitted(deadline):
            return deadline.astimezone(UTC)
        local = self._local(deadline)
        day, hour = local.date(), local.time()
        if hour < self.opens:
            day, hour = day - timedelta(days=1), self.last_minute
        elif hour >= self.closes:
            hour = self.last_minute
        return self._moment(self._step(day, -1), hour)

    def _step(self, day: date, by: int) -> date:
        """`day`, or the nearest permitted one after (by = 1) or before (by = -1) it."""
        while not self._free_day(day):
            day += timedelta(days=by)
        return day

    def _free_day(self, day: date) -> bool:
        return day.weekday() != _SUNDAY and not is_public_holiday(day, self.country)

    def _local(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            raise ValueError("a moment needs an offset")
        return moment.astimezone(zone(self.timezone))

    def _moment(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, zone(self.timezone)).astimezone(UTC)
