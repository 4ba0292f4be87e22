"""Reads what other software says of an agenda: what changed since, what two sides have given away at once, what has not
been read for too long."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Exists, QuerySet

from releve.core.elsewhere import BusySpan
from releve.practice.models import Appointment, BusyTime, Feed, Organization, Practitioner, Task

STALE = timedelta(minutes=30)  # six readings missed: the desk says so
EXPECTED = ("booked", "arrived")
TOLD = "told"  # the reason of a feed's time that is an appointment of ours, typed in there or come from there


@dataclass(frozen=True, slots=True)
class Difference:
    """Between what is kept of a feed and what was just read of it. `back`: gone once, and there again."""

    added: tuple[BusySpan, ...]
    changed: tuple[tuple[int, BusySpan], ...]
    back: tuple[tuple[int, BusySpan], ...]
    removed: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.back or self.removed)


def difference(feed: Feed, busy: Iterable[BusySpan], since: datetime) -> Difference:
    """`since`: what was over by then is not in the reading, and is no news."""
    columns = BusyTime.objects.filter(feed=feed).values_list("pk", "uid", "start", "end", "removed_at")
    kept = {(uid, start): (pk, end, removed) for pk, uid, start, end, removed in columns}
    added, changed, back = [], [], []
    read = {(span.uid, span.start): span for span in busy}
    for key, span in read.items():
        pk, end, removed = kept.get(key, (0, None, None))
        if end is None:
            added.append(span)
        elif removed is not None:
            back.append((pk, span))
        elif end != span.end:
            changed.append((pk, span))
    gone = (pk for key, (pk, end, removed) in kept.items() if key not in read and removed is None and end > since)
    return Difference(tuple(added), tuple(changed), tuple(back), tuple(gone))


def matters(practice: Organization) -> bool:
    """Some agenda here is kept elsewhere too; one query."""
    typed = Practitioner.objects.filter(organization=practice, elsewhere="tasks")
    feeds = Feed.objects.filter(organization=practice)
    return Organization.objects.filter(Exists(typed) | Exists(feeds), pk=practice.pk).exists()


def key_digest(key: str) -> str:
    """Of a private address: what is kept of it."""
    return sha256(key.encode()).hexdigest()


def coming(feed: Feed, now: datetime) -> int:
    """How many busy times of it are still to come."""
    return BusyTime.objects.filter(feed=feed, removed_at=None, end__gt=now).count()


def stale(practice: Organization, now: datetime) -> list[Feed]:
    """Feeds that the desk must know about: not read for a while, for whatever reason."""
    rows = Feed.objects.filter(organization=practice).select_related("schedule__practitioner").order_by("id")
    return [feed for feed in rows if is_stale(feed, now)]


def is_stale(feed: Feed, now: datetime) -> bool:
    return feed.failures > 0 and (feed.read_at is None or now - feed.read_at > STALE)


# --- two engagements at once -----------------------------------------------------------------------------------------
Came = Callable[[Iterable[int]], set[int]]  # of these appointments, those that an agenda file brought


def conflicts(rows: Sequence[Appointment]) -> dict[int, BusyTime]:
    """Those of these appointments that stand while a calendar kept elsewhere has something else then, each with it."""
    found = overlapping(rows, [time for time in _theirs(rows) if time.reason != TOLD])
    return {row.pk: others[0] for row, others in found}


def matches(rows: Sequence[Appointment], came: Came) -> list[int]:
    """Times of a calendar that are appointments of ours, and are not yet known to be: those that begin at the very
    minute of an appointment that the other software has. One for each: a second one is somebody else."""
    same = [(row, [t for t in times if t.start == row.start]) for row, times in overlapping(rows, _theirs(rows))]
    open_ones = [(row, times) for row, times in same if times and all(time.reason != TOLD for time in times)]
    told = known_elsewhere([row for row, _times in open_ones], came) if open_ones else set()
    return [times[0].pk for row, times in open_ones if row.pk in told]


def _theirs(rows: Sequence[Appointment]) -> list[BusyTime]:
    mine = [row for row in rows if row.status in EXPECTED]
    if not mine:
        return []
    busy = BusyTime.objects.filter(
        feed__isnull=False, removed_at=None, schedule__practitioner__in={row.practitioner_id for row in mine},
        start__lt=max(row.end for row in mine), end__gt=min(row.start for row in mine),
    )  # fmt: skip
    return list(busy.select_related("schedule").order_by("start", "id"))


def overlapping(rows: Sequence[Appointment], busy: Sequence[BusyTime]) -> list[tuple[Appointment, list[BusyTime]]]:
    """Each appointment that stands with what takes the same time, in order of time. `busy` is in order too."""
    by_person: dict[int | None, list[BusyTime]] = {}
    for time in busy:
        by_person.setdefault(time.schedule.practitioner_id, []).append(time)
    longest = max((time.end - time.start for time in busy), default=timedelta())
    found = []
    for row in (row for row in rows if row.status in EXPECTED):
        theirs = by_person.get(row.practitioner_id, [])
        first = bisect_left(theirs, row.start - longest, key=_start)
        others = [time for time in theirs[first : bisect_left(theirs, row.end, key=_start)] if time.end > row.start]
        if others:
            found.append((row, others))
    return found


def _start(time: BusyTime) -> datetime:
    return time.start


def known_elsewhere(rows: Sequence[Appointment], came: Came) -> set[int]:
    """Appointments that the other software has, as they are now: they came from it, or were typed into it."""
    told = reported(rows)
    known = {row.pk for row in rows if row.pk in told and told[row.pk] == state(row)}
    return known | came(row.pk for row in rows if row.pk not in told)


def state(row: Appointment) -> dict[str, Any] | None:
    """What the other software should hold of an appointment; None: nothing."""
    if row.status == "cancelled":
        return None
    return {"practitioner": row.practitioner_id, "start": row.start.isoformat()}


def reported(rows: Sequence[Appointment]) -> dict[int, dict[str, Any] | None]:
    """What a person last typed into the other software about each of them; those never typed in are not there."""
    tasks = reports(rows).filter(status="approved").order_by("decided_at", "id")
    return {task.proposal["appointment"]: task.proposal["state"] for task in tasks}


def reports(rows: Sequence[Appointment]) -> QuerySet[Task]:
    """The tasks to type these appointments in."""
    mine = {"proposal__kind": "report", "proposal__appointment__in": [row.pk for row in rows]}
    return Task.objects.filter(patient__in={row.patient_id for row in rows}, kind="booking_help", **mine)


def to_type(practice: Organization, practitioner: int) -> list[Task]:
    """What is still to be typed into the software that keeps this agenda."""
    rows = Task.objects.filter(organization=practice, status="open", kind="booking_help", proposal__kind="report")
    return [task for task in rows.order_by("id") if (task.proposal["state"] or {}).get("practitioner") == practitioner]


def conflicts_of(person: Practitioner) -> list[int]:
    """Those of these tasks that are about this person's agenda; `effects.elsewhere` tells many at once in one task,
    which has the person in the place of an appointment."""
    found = open_conflicts(person.organization)
    theirs = {*Appointment.objects.filter(pk__in=found.keys(), practitioner=person).values_list("pk", flat=True)}
    return [task.pk for key, task in found.items() if key in theirs or key == -person.pk]


def open_conflicts(practice: Organization) -> dict[int, Task]:
    """Open tasks about two engagements at once, by appointment."""
    rows = Task.objects.filter(organization=practice, status="open", kind="booking_help", proposal__kind="conflict")
    return {task.proposal["appointment"]: task for task in rows.order_by("id")}
