"""At most so many a day: the local days on which another such visit is refused, as spans of starts."""

from collections import Counter

from releve.agenda.availability import Timetable
from releve.agenda.spans import DAY, Span, merged
from releve.agenda.zones import offset_at, to_utc


def full_days(timetable: Timetable, service: str, newcomer: bool) -> list[Span]:
    """Midnight to midnight, for a visit of that `service` (identifier) by a `newcomer` or somebody known; tidy.

    A booking counts for the local day on which the time it takes begins.
    """
    timezone = timetable.schedule.timezone
    full: list[Span] = []
    for limit in timetable.schedule.limits:
        if limit.concerns(service, newcomer):
            counted = (b.start for b in timetable.bookings if limit.concerns(b.service, b.first_visit))
            a_day = Counter((start + offset_at(timezone, start)) // DAY for start in counted)
            full += [(day * DAY, (day + 1) * DAY) for day, count in a_day.items() if count >= limit.per_day]
    return merged(to_utc(timezone, full))
