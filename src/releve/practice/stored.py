"""What is stored of many agendas, in two statements of SQL written by hand: this is the most asked question there is.

Building the same statements with the ORM takes longer than answering them, and moments are wanted as whole seconds, as
the database can give them. The statements are the same for both databases, but for how a moment becomes seconds.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from releve.agenda.places import Booking
from releve.agenda.spans import Span

SECONDS = {
    "sqlite": (
        "CAST(strftime('%%s', {0}) AS INTEGER)",
        "CAST(strftime('%%s', {0}) AS INTEGER) + (length({0}) > 19)",  # a fraction of a second counts whole
    ),
    "postgresql": ("FLOOR(EXTRACT(EPOCH FROM {0}))::bigint", "CEIL(EXTRACT(EPOCH FROM {0}))::bigint"),
}
SCHEDULES = """
SELECT s.id, s.organization_id, s.practitioner_id, r.family, s.timezone, s.capacity, o.public_holidays, o.territory,
       o.school_zone, CAST(s.rules AS text), CAST(s.overrides AS text), CAST(s.days_off AS text), CAST(s.limits AS text)
FROM practice_schedule s JOIN practice_organization o ON o.id = s.organization_id
LEFT JOIN practice_practitioner p ON p.id = s.practitioner_id LEFT JOIN practice_resource r ON r.id = s.resource_id
WHERE {wanted} ORDER BY s.id
"""
TAKEN = """
SELECT a.schedule_id, {since} , {until}, a.capacity, v.identifier, a.first_visit, a.appointment_id, a.hold
FROM practice_allocation a LEFT JOIN practice_healthcareservice v ON v.id = a.service_id
WHERE a.schedule_id IN ({schedules}) AND a."end" > %s {before}
  AND (a.expires_at IS NULL OR (a.expires_at > %s AND a.hold NOT IN ({holds}))) {besides}
UNION ALL
SELECT a.schedule_id, {since}, {until}, 0, NULL, FALSE, NULL, ''
FROM practice_busytime a WHERE a.schedule_id IN ({schedules}) AND a."end" > %s {before} AND a.removed_at IS NULL
"""
TIMES = """
SELECT a.schedule_id, {since}, {until} FROM practice_allocation a
WHERE a.schedule_id IN ({schedules}) AND a."end" > %s AND a.start < %s AND (a.expires_at IS NULL OR a.expires_at > %s)
UNION ALL
SELECT a.schedule_id, {since}, {until} FROM practice_busytime a
WHERE a.schedule_id IN ({schedules}) AND a."end" > %s AND a.start < %s AND a.removed_at IS NULL
"""
Taken = dict[int, tuple[list[Span], list[Booking]]]


class Row(NamedTuple):
    """One schedule, its hours as the text that is stored."""

    pk: int
    practice: int
    practitioner: int | None
    family: str | None
    timezone: str
    capacity: int
    closes: bool
    territory: str
    school_zone: str
    rules: str
    overrides: str
    days_off: str
    limits: str


def schedules(practitioners: Sequence[int], needs: Collection[str] | None) -> list[Row]:
    """Those of practitioners who have not left, and of rooms and devices of the families `needs`; None: all of them."""
    wanted = f"(s.practitioner_id IN ({_marks(practitioners)}) AND p.active)"
    parameters: list[Any] = [*practitioners]
    if needs is None:
        wanted += " OR r.active"
    elif needs:
        wanted += f" OR (r.active AND r.family IN ({_marks(needs)}))"
        parameters += needs
    with connection.cursor() as cursor:
        cursor.execute(SCHEDULES.format(wanted=wanted), parameters)
        return [Row(*row) for row in cursor.fetchall()]


def taken(
    schedules: Sequence[int], since: datetime, until: datetime | None, now: datetime, hold_of: str | Collection[str],
    moving: int | None,
) -> Taken:  # fmt: skip
    """What is busy and what is booked, by schedule. Holds of `hold_of` and expired ones are free, and so is the time of
    the appointment that is `moving`."""
    if not schedules:
        return {}
    holds = [hold_of] if isinstance(hold_of, str) else [*hold_of, ""]
    first, last = SECONDS[connection.vendor]
    statement = TAKEN.format(
        since=first.format("a.start"), until=last.format('a."end"'), schedules=_marks(schedules), holds=_marks(holds),
        before="" if until is None else "AND a.start < %s",
        besides="" if moving is None else "AND (a.appointment_id IS NULL OR a.appointment_id <> %s)",
    )  # fmt: skip
    time = [_moment(since), *([] if until is None else [_moment(until)])]
    parameters = [*schedules, *time, _moment(now), *holds, *([] if moving is None else [moving]), *schedules, *time]
    found: Taken = {}
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        for schedule, start, end, capacity, service, first_visit, appointment, hold in cursor.fetchall():
            spans, bookings = found.setdefault(schedule, ([], []))
            if capacity:
                holder = str(appointment) if appointment else hold
                bookings.append(Booking(start, end, capacity, service or "", bool(first_visit), holder))
            else:
                spans.append((start, end))
    return found


def times(schedules: Sequence[int], since: datetime, until: datetime, now: datetime) -> Taken:
    """As `taken`, where it does not matter who has the time nor for what: one at once, no limit of the day."""
    if not schedules:
        return {}
    first, last = SECONDS[connection.vendor]
    marks = _marks(schedules)
    statement = TIMES.format(since=first.format("a.start"), until=last.format('a."end"'), schedules=marks)
    span = [_moment(since), _moment(until)]
    found: Taken = {pk: ([], []) for pk in schedules}
    with connection.cursor() as cursor:
        cursor.execute(statement, [*schedules, *span, _moment(now), *schedules, *span])
        for schedule, start, end in cursor.fetchall():
            found[schedule][0].append((start, end))
    return found


def _marks(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _moment(moment: datetime) -> Any:
    """As the column holds it."""
    return connection.ops.adapt_datetimefield_value(moment)
