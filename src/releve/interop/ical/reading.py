"""When someone is not free, from the calendar of other software: pure, and never long, whatever the calendar holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from releve.agenda.zones import zone as iana
from releve.interop.ical.errors import BadFeed
from releve.interop.ical.series import Span, Unfolding, grouped
from releve.interop.ical.sieve import Event, sieve
from releve.interop.ical.times import instant
from releve.interop.ical.zones import Zones

MOST_OCCURRENCES = 20_000
MOST_SERIES = 5_000
BEFORE, HORIZON = timedelta(days=1), timedelta(days=400)
MARGIN = timedelta(days=2)  # of a single event's day, whatever its zone


@dataclass(frozen=True, slots=True, order=True)
class Busy:
    """[start, end) in UTC. `uid` is a digest; with `start`, it names one occurrence."""

    start: datetime
    end: datetime
    uid: str


@dataclass(frozen=True, slots=True)
class Reading:
    """`start`, `end`: the window that was read; `free`: how many events of it take no time, `ours`: how many are our
    own bookings, come back."""

    busy: tuple[Busy, ...]
    start: datetime
    end: datetime
    ours: int = 0
    free: int = 0


def window(now: datetime, timezone: str) -> tuple[datetime, datetime]:
    """From the day before `now` to the Monday after the horizon: it moves on once a week, not at each reading."""
    zone = iana(timezone)
    last = (now + HORIZON).astimezone(zone).date()
    monday = last + timedelta(days=7 - last.weekday())
    return now - BEFORE, instant(monday, zone)


def read(data: bytes, *, now: datetime, timezone: str, own: str = "") -> Reading:
    """`timezone`: the practice's, for days and for times that name no zone. Raises BadFeed."""
    try:
        return _read(data, now, timezone, own)
    except OverflowError:  # a sum of times that no calendar holds
        raise BadFeed("bad_time") from None


def _read(data: bytes, now: datetime, timezone: str, own: str) -> Reading:
    start, end = window(now, timezone)
    first, last = (f"{at:%Y%m%d}" for at in (start - MARGIN, end + MARGIN))
    kept = sieve(data, own=own, first=first, last=last)
    zones = Zones(kept.zones, timezone)
    floating = zones.named(kept.floating) if kept.floating else zones.usual
    unfolding = Unfolding(zones, floating, start, end)
    busy: set[Busy] = set()
    free = series = 0
    for events in grouped(_newest(kept.events)):
        series += _recurs(events)
        if series > MOST_SERIES:
            raise BadFeed("too_many_occurrences")
        for event, span in _spans(events, unfolding):
            if event.cancelled or not (span[0] < end and span[1] > start):
                continue
            if event.free:
                free += 1
            elif span[0] < span[1]:
                busy.add(Busy(*span, event.uid))
            if len(busy) + free > MOST_OCCURRENCES:
                raise BadFeed("too_many_occurrences")
    return Reading(tuple(sorted(busy)), start, end, kept.ours, free)


def _newest(events: Sequence[Event]) -> Iterator[Event]:
    """Without what a later cancelling of the whole series took away."""
    gone = {event.uid: event.sequence for event in events if event.cancelled and not event.instance}
    for event in events:
        if event.uid not in gone or event.sequence > gone[event.uid]:
            yield event


def _recurs(events: Sequence[Event]) -> bool:
    return len(events) > 1 or any(event.lines.keys() & {"RRULE", "RDATE"} for event in events)


def _spans(events: Sequence[Event], unfolding: Unfolding) -> Iterator[tuple[Event, Span]]:
    """Each occurrence in UTC, with the event that it comes from."""
    if not _recurs(events):
        yield from ((event, unfolding.single(event)) for event in events)
        return
    for event, (start, end), zone in unfolding.occurrences(events):
        yield event, (instant(start, zone), instant(end, zone))
