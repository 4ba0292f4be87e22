"""Recurring events, unfolded within a window: by the library, once it is certain that this cannot take long. Pure.

The library sees wall-clock times without a zone: a weekly visit stays at its hour all year, and no comparison of two
times costs a look at the zone's rules. And it sees them 7,600 years later, where the calendar is the same to the day
and the last year that Python knows is near: a rule that never happens (a 30th of February) is followed until then.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

import recurring_ical_events
from icalendar import Calendar
from icalendar import Event as Component
from icalendar.prop import vRecur

from releve.interop.ical.errors import BadFeed
from releve.interop.ical.sieve import Event, Line, values
from releve.interop.ical.times import instant, length, wall, when
from releve.interop.ical.zones import Zones

MOST_STEPS = 500_000  # that all rules of a calendar together may take, from their first day to the last one read
MOST_A_DAY = 48  # occurrences of one rule
MOST_BARREN = 10  # rules that name days which do not come
LONGEST_RULE = 500
A_DAY, LONGEST = timedelta(days=1), timedelta(days=400)  # LONGEST: of an event that recurs
FREQUENCIES = {
    "YEARLY": 1, "MONTHLY": 1, "WEEKLY": 1, "DAILY": 1, "HOURLY": 24, "MINUTELY": 24 * 60, "SECONDLY": 24 * 60 * 60,
}  # fmt: skip  # how often a day at most
FINER = {"BYHOUR": "HOURLY", "BYMINUTE": "MINUTELY", "BYSECOND": "SECONDLY"}
LATER = timedelta(days=19 * 146_097)  # the Gregorian calendar begins again after 400 years, weekdays included
FURTHEST = datetime(2399, 1, 1)  # noqa: DTZ001 - a wall-clock time has no zone
PICKY = ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS", "BYDAY", "BYMONTH")
MARK = "X-AT"  # which of its events an occurrence comes from
Span = tuple[datetime, datetime]


class Unfolding:
    """Unfolds the series of one calendar, within [start, end) and within its means."""

    def __init__(self, zones: Zones, floating: tzinfo, start: datetime, end: datetime) -> None:
        self.zones, self.floating, self.start, self.end = zones, floating, start, end
        self.steps = self.barren = 0

    def single(self, event: Event) -> Span:
        """The times of an event that does not recur, in UTC. Raises BadFeed."""
        begins = self._begins(event)
        zone = self._zone(begins)
        return instant(begins, zone), instant(self._ends(event, begins), zone)

    def occurrences(self, events: Sequence[Event]) -> Iterator[tuple[Event, Span, tzinfo]]:
        """Of events that share an identifier: the event an occurrence comes from, its wall-clock times, their zone.
        Raises BadFeed."""
        zone = self._zone(self._begins(min(events, key=lambda e: bool(e.instance))))
        low, high = wall(self.start, zone), wall(self.end, zone)
        calendar = Calendar()
        for number, event in enumerate(events):
            calendar.add_component(self._component(event, number, zone, high))
        try:
            query = recurring_ical_events.of(calendar, keep_recurrence_attributes=True)
            found = query.between(low + LATER, high + LATER)
        except Exception:  # whatever the libraries think of it
            raise BadFeed("bad_recurrence") from None
        self._count_barren(events, found)
        for one in found:
            yield events[int(one[MARK])], (one["DTSTART"].dt - LATER, one["DTEND"].dt - LATER), zone

    def _count_barren(self, events: Sequence[Event], found: Sequence[Any]) -> None:
        if not found and any(
            name in line.value.upper() for e in events for line in e.lines.get("RRULE", ()) for name in PICKY
        ):
            self.barren += 1
            if self.barren > MOST_BARREN:
                raise BadFeed("too_many_occurrences")

    def _zone(self, begins: date | datetime) -> tzinfo:
        """A day off is a day of the practice, whatever the calendar's own clock."""
        return begins.tzinfo or UTC if isinstance(begins, datetime) else self.zones.usual

    def _component(self, event: Event, number: int, zone: tzinfo, high: datetime) -> Component:
        begins = self._begins(event)
        start = wall(begins, zone)
        made = Component()
        made["UID"], made["SEQUENCE"], made[MARK] = event.uid, event.sequence, str(number)
        ends = max(start, min(wall(self._ends(event, begins), zone), FURTHEST))
        made.add("DTSTART", later(start))
        made.add("DTEND", later(ends))
        for line in event.lines.get("RRULE", ()):
            rule = self._rule(line.value, start, zone, high)
            if rule is not None:
                made.add("RRULE", rule)
        for name in ("RDATE", "EXDATE"):
            for line, value in values(event.lines.get(name, [])):
                self._spend(1)
                self._add(made, name, line, value, zone, start)
        replaced = event.one("RECURRENCE-ID")
        if replaced is not None:
            at = later(wall(self._instance(replaced, start), zone))
            onward = replaced.params.get("RANGE", "").upper() == "THISANDFUTURE"
            made.add("RECURRENCE-ID", at, parameters={"RANGE": "THISANDFUTURE"} if onward else {})
        return made

    def _add(self, made: Component, name: str, line: Line, value: str, zone: tzinfo, start: datetime) -> None:
        """One more date, or one less; of a period, its beginning and its own length."""
        moment, _bar, rest = value.partition("/")
        at = wall(self._instance(line, start, moment), zone)
        if name == "EXDATE" or not rest:
            made.add(name, [later(at)])
            return
        over = at + length(rest) if rest[:1] in "P+-" else wall(when(line, self.zones, self.floating, rest), zone)
        made.add(name, [(later(at), later(max(at, over)))])

    def _instance(self, line: Line, start: datetime, value: str = "") -> date | datetime:
        """Some software names an occurrence by its day alone: it is the one that begins at the usual hour."""
        at = when(line, self.zones, self.floating, value)
        return at if isinstance(at, datetime) else datetime.combine(at, start.time(), self.floating)

    def _begins(self, event: Event) -> date | datetime:
        """What takes an occurrence away may name it alone."""
        line = event.one("DTSTART") or event.one("RECURRENCE-ID")
        if line is None:
            raise BadFeed("bad_time")
        return when(line, self.zones, self.floating)

    def _ends(self, event: Event, begins: date | datetime) -> date | datetime:
        """A day without an end lasts that day; a moment without one takes no time (RFC 5545, 3.6.1)."""
        end, lasts = event.one("DTEND"), event.one("DURATION")
        if end is not None:
            return when(end, self.zones, self.floating)
        if lasts is None:
            return begins if isinstance(begins, datetime) else begins + A_DAY
        try:
            return begins + length(lasts.value)
        except OverflowError:
            raise BadFeed("bad_time") from None

    def _rule(self, text: str, start: datetime, zone: tzinfo, high: datetime) -> vRecur | None:
        """Bounded by the last day that is read; None when it is over long before the first. Raises BadFeed."""
        parts = dict(pair.upper().split("=", 1) for pair in text.strip(";").split(";") if "=" in pair)
        a_day = FREQUENCIES.get(parts.get("FREQ", ""))
        if a_day is None or len(text) > LONGEST_RULE or not _number(parts.get("INTERVAL", "1")):
            raise BadFeed("bad_recurrence")
        until = min(high, self._until(parts.pop("UNTIL", ""), zone) or high)
        if until < wall(self.start, zone) - LONGEST or until < start:
            return None
        often = a_day
        if often > 1:
            a_day = -(-often // int(parts.get("INTERVAL", "1")))
        for name, unit in FINER.items():  # finer than the rule itself, each value is one more; else it only chooses
            a_day *= len(set(parts.get(name, "").split(","))) if often < FREQUENCIES[unit] else 1
        if a_day > MOST_A_DAY:
            raise BadFeed("too_many_occurrences")
        self._spend(a_day * (max(0, (until - start).days) + 1))
        if not parts.get("COUNT"):
            parts["UNTIL"] = f"{later(until):%Y%m%dT%H%M%S}"
        try:
            rule: vRecur = vRecur.from_ical(";".join(f"{name}={value}" for name, value in parts.items()))
            return rule
        except ValueError:
            raise BadFeed("bad_recurrence") from None

    def _until(self, value: str, zone: tzinfo) -> datetime | None:
        """The whole of a last day; a moment is in UTC, or else as the event's own clock shows it."""
        if not value:
            return None
        at = when(Line("UNTIL", {}, value), self.zones, zone)
        return wall(at, zone) if isinstance(at, datetime) else wall(at, zone).replace(hour=23, minute=59, second=59)

    def _spend(self, steps: int) -> None:
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise BadFeed("too_many_occurrences")


def later(at: datetime) -> datetime:
    """What is further than anybody plans is as far as we go."""
    return min(at, FURTHEST) + LATER


def _number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7 and int(text) > 0


def grouped(events: Iterable[Event]) -> Iterator[list[Event]]:
    """Events by identifier: a series and what replaces some of its occurrences."""
    found: dict[str, list[Event]] = {}
    for event in events:
        found.setdefault(event.uid, []).append(event)
    yield from found.values()
