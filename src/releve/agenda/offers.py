"""Which free places to offer: those that fit the wish, else the nearest ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from releve.agenda.calendar import HORIZON_DAYS
from releve.agenda.visits import lasting
from releve.core.facts import Directory, Place
from releve.core.ports import AppointmentRecord, Calendar, VisitRecord
from releve.core.understanding import Window, Wish

OFFERED = 3


@dataclass(frozen=True, slots=True)
class Offers:
    """`exact`: the places fit the wish; otherwise they are the nearest to it."""

    places: tuple[Place, ...]
    exact: bool


def offers(
    directory: Directory,
    calendars: Mapping[int, Calendar],
    practitioners: Sequence[int],
    service: int,
    wish: Wish,
    now: datetime,
    shown: Iterable[datetime] = (),
    newcomer: bool = False,
    moving: AppointmentRecord | None = None,
) -> Offers:
    """At most three places of that service with any of these practitioners; `shown` ones are left out. `newcomer`: for
    somebody who has no file yet; `moving`: the appointment that would take the place."""
    hidden = set(shown)
    if moving is not None:
        calendars = {key: calendar.leaving(moving.id) for key, calendar in calendars.items()}
    visit: VisitRecord = directory.services[service]
    if moving is not None:  # it keeps the length that it was made with
        visit = lasting(visit, int((moving.end - moving.start).total_seconds()) // 60)
    everyone = _all(visit, calendars, practitioners, now, newcomer)
    free = [Place(key, service, start) for start, key in everyone if start not in hidden]
    fitting = [p for p in free if _allows(wish, directory.local(p.start))]
    if fitting:
        return Offers(tuple(fitting[:OFFERED] if _soonest(wish) else _spread(fitting)), True)
    return Offers(tuple(_nearest(free, wish, directory)), False)


def _all(
    visit: VisitRecord, calendars: Mapping[int, Calendar], practitioners: Sequence[int], now: datetime, newcomer: bool
) -> list[tuple[datetime, int]]:
    """Every free start with who gives it, in order of time."""
    until = now + timedelta(days=1 + (HORIZON_DAYS if visit.horizon_days is None else visit.horizon_days))
    starts: dict[datetime, int] = {}
    for key in practitioners:  # the first practitioner of the file wins a shared start
        if key in calendars:
            for start in calendars[key].free(now, until, visit, newcomer):
                starts.setdefault(start, key)
    return sorted(starts.items())


def _allows(wish: Wish, moment: datetime) -> bool:
    return wish.allows(moment)


def _soonest(wish: Wish) -> bool:
    return wish.asap or not wish.prefer


def _spread(places: list[Place]) -> list[Place]:
    """First, middle and last, so that there is a real choice."""
    if len(places) <= OFFERED:
        return places
    return [places[0], places[len(places) // 2], places[-1]]


def _nearest(places: list[Place], wish: Wish, directory: Directory) -> list[Place]:
    """The places nearest to the first window wished, in time order; not what was excluded."""
    allowed = [p for p in places if not any(w.holds(directory.local(p.start)) for w in wish.exclude)]
    if not wish.prefer:
        return allowed[:OFFERED]
    near = sorted(allowed, key=lambda p: _distance(directory.local(p.start), wish.prefer))
    return sorted(near[:OFFERED], key=lambda p: p.start)


def _distance(moment: datetime, windows: tuple[Window, ...]) -> timedelta:
    return min(max(w.start - moment, moment - w.end, timedelta()) for w in windows)
