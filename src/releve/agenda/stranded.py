"""Which appointments a change of hours would leave outside them. Nothing is decided here: a person is shown them."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from releve.agenda.opening import open_to, opening_spans
from releve.agenda.schedule import WeeklySchedule
from releve.agenda.spans import Span, outer

A_DAY = timedelta(days=1)  # the local date may be another than that of UTC


@dataclass(frozen=True, slots=True)
class Booked:
    """An appointment: aware datetimes, and what rules may say of its visit."""

    key: int
    start: datetime
    end: datetime
    service: str = ""
    video: bool = False


def stranded(booked: Sequence[Booked], before: WeeklySchedule | None, after: WeeklySchedule | None) -> list[int]:
    """The keys of those that lie in the opening hours of `before` and not in those of `after`, in the order given. None
    opens nothing. What somebody placed beyond the hours on purpose is not the change's doing."""
    held, kept = _held(booked, before), _held(booked, after)
    return [row.key for row in booked if row.key in held and row.key not in kept]


def _held(booked: Sequence[Booked], schedule: WeeklySchedule | None) -> set[int]:
    if schedule is None:
        return set()
    visits: dict[tuple[str, bool], list[Booked]] = {}
    for row in booked:
        visits.setdefault((row.service, row.video), []).append(row)
    found: set[int] = set()
    for (service, video), rows in visits.items():
        first = (min(row.start for row in rows) - A_DAY).date().toordinal()
        last = (max(row.end for row in rows) + A_DAY).date().toordinal()
        # Kept places are no matter here: whoever was given one keeps it.
        spans = opening_spans(schedule, first, last, open_to(schedule, service, video, True, None))
        found |= {row.key for row in rows if _inside(outer(row.start, row.end), spans)}
    return found


def _inside(span: Span, spans: Sequence[Span]) -> bool:
    place = bisect_right(spans, (span[0], span[1] + 10**12)) - 1
    return place >= 0 and span[1] <= spans[place][1]
