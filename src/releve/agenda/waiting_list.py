"""Whom a freed place is offered to, in which order, and to how many at once. Nothing else about a person counts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from releve.agenda.quiet_hours import QuietHours
from releve.agenda.spans import Interval
from releve.agenda.working_time import NeverOpens, WorkingTime

ANSWER_MINUTES = 180  # of working time, then an offer passes on (CONTRACTS 4)
ANSWERS_IN_TURN = 5  # when there is time for so many answers, people are asked one after the other
AT_ONCE = 3  # people asked together when there is not
ON_THE_WAY = timedelta(minutes=30)  # nobody can come sooner than this
LEAST = timedelta(minutes=30)  # to answer in a round
_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class WaitingEntry:
    """Somebody who waits. `position` counts arrival, the smaller the earlier.

    `practitioner` None: any of `performers`, those who give the service; an empty set means everybody does.
    `duration_min` is the service's. No `windows` means any time. `priority`: 0 ordinary, 1 sooner, 2 first; only people
    set it. `missed`: places they said yes to that somebody else had by then. `joined_at` None: since longer than is
    known. `before`: when the appointment that the place would replace begins, in local time: a place is of use on an
    earlier day only.
    """

    id: str
    position: int
    practitioner: str | None
    duration_min: int
    windows: tuple[Interval, ...] = ()
    performers: frozenset[str] = frozenset()
    priority: int = 0
    missed: int = 0
    joined_at: datetime | None = None
    before: datetime | None = None

    def __post_init__(self) -> None:
        if self.duration_min < 1:
            raise ValueError("a service lasts at least one minute")


@dataclass(frozen=True, slots=True)
class FreedPlace:
    """A practitioner's time that became free (aware datetimes), and the ids of entries that declined it."""

    practitioner: str
    start: datetime
    end: datetime
    declined: frozenset[str] = frozenset()


def rank(entries: Iterable[WaitingEntry], place: FreedPlace) -> list[WaitingEntry]:
    """The entries that `place` suits, first the one to ask first; equal ones in the order given."""
    return sorted((entry for entry in entries if fits(entry, place)), key=standing)


def standing(entry: WaitingEntry) -> tuple[int, int, int, datetime, int]:
    """What an entry is sorted by: priority, places missed, how precisely its wishes name such a place, time waited,
    arrival. Who said yes and was not the first comes first next time.

    A wish is a practitioner or a time that was named. How near the place is to the beginning of a wished time does not
    count: that would put those who asked last before those who waited.
    """
    return -entry.priority, -entry.missed, -_wishes(entry), entry.joined_at or _EVER, entry.position


def _wishes(entry: WaitingEntry) -> int:
    return (entry.practitioner is not None) + bool(entry.windows)


def why(entry: WaitingEntry) -> tuple[str, ...]:
    """The reasons of its rank, the weightiest first: first, sooner, missed, practitioner, moment, waited."""
    named = {2: "first", 1: "sooner"}.get(entry.priority, "")
    missed = "missed" if entry.missed else ""
    practitioner = "practitioner" if entry.practitioner is not None else ""
    return tuple(r for r in (named, missed, practitioner, "moment" if entry.windows else "", "waited") if r)


def fits(entry: WaitingEntry, place: FreedPlace) -> bool:
    """Whether practitioner, length and time suit the entry, and it did not decline this place."""
    return (
        entry.id not in place.declined
        and _suits_practitioner(entry, place.practitioner)
        and timedelta(minutes=entry.duration_min) <= place.end - place.start
        and (entry.before is None or _comes_sooner(place.start, entry.before))
        and (not entry.windows or any(_reaches(window, entry, place) for window in entry.windows))
    )


def _comes_sooner(start: datetime, than: datetime) -> bool:
    """Another hour of the same day spares nobody a day of waiting."""
    return start.astimezone(than.tzinfo).date() < than.date()


def is_replaced(windows: Iterable[Interval], start: datetime) -> bool:
    """Whether a place of somebody's list would replace a visit that was booked besides: not when every time they wish
    for comes after it."""
    wished = [window.start for window in windows]
    return not wished or min(wished) <= start


def _suits_practitioner(entry: WaitingEntry, practitioner: str) -> bool:
    if entry.practitioner is not None:
        return entry.practitioner == practitioner
    return not entry.performers or practitioner in entry.performers


def _reaches(window: Interval, entry: WaitingEntry, place: FreedPlace) -> bool:
    """The visit may begin inside the window and end before the freed time does."""
    last = place.end - timedelta(minutes=entry.duration_min)
    return window.start <= last and place.start < window.end


# --- how long an answer is waited for -------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Round:
    """Offers of one place that go out together: to at most `people`, each open until `expires_at`."""

    people: int
    expires_at: datetime


def deadline(start: datetime, notice_min: int = 0) -> datetime:
    """The last moment at which a yes is of use: the visit's own notice, and time to come."""
    return start - max(timedelta(minutes=notice_min), ON_THE_WAY)


def next_round(
    now: datetime, until: datetime, working: WorkingTime, quiet: QuietHours, waiting: int = AT_ONCE
) -> Round | None:
    """One person, who has three hours of working time, when five could be asked one after the other before `until` (see
    `deadline`), or when only one is `waiting`; else three at once, who have no longer, and no more than half of the
    permitted hours that are left, so that others can be asked after them. None when it is too late.
    """
    if until <= now:
        return None
    answer = _worked(now, ANSWER_MINUTES, working)
    if waiting == 1 or not near(now, until, working):
        return Round(1, min(until, answer))
    return Round(AT_ONCE, min(until, answer, max(now + LEAST, _halfway(now, until, quiet))))


def near(now: datetime, until: datetime, working: WorkingTime) -> bool:
    """Whether there is no time to ask people one after the other: about two days of work."""
    return _worked(now, ANSWERS_IN_TURN * ANSWER_MINUTES, working) > until


def _worked(now: datetime, minutes: int, working: WorkingTime) -> datetime:
    """After so many minutes of working time; a practice without opening hours works round the clock."""
    try:
        return working.add_working_time(now, minutes)
    except NeverOpens:
        return now + timedelta(minutes=minutes)


def _halfway(now: datetime, until: datetime, quiet: QuietHours) -> datetime:
    """The middle of the permitted hours between two moments; `until` when there are none."""
    spans = list(_permitted(now, until, quiet))
    left = sum((end - start for start, end in spans), timedelta()) / 2
    for start, end in spans:
        if left < end - start:
            return start + left
        left -= end - start
    return until


def _permitted(now: datetime, until: datetime, quiet: QuietHours) -> Iterator[tuple[datetime, datetime]]:
    start = quiet.next_permitted(now)
    while start < until:
        end = quiet.closing(start)
        yield start, min(end, until)
        start = quiet.next_permitted(end)


def due(now: datetime, until: datetime, working: WorkingTime, quiet: QuietHours) -> datetime | None:
    """When an offer may leave: in permitted hours, while somebody is there to answer questions; for a near place, which
    cannot wait, without anybody. None when no permitted hour is left before `until`."""
    moment = now
    for _ in range(4):  # opening hours and permitted hours each may push the other
        moment = quiet.next_permitted(moment if near(now, until, working) else _opening(moment, working))
    return moment if moment < until else None


def _opening(moment: datetime, working: WorkingTime) -> datetime:
    try:
        return working.next_opening(moment)
    except NeverOpens:
        return moment
