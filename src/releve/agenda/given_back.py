"""What is left of a time that an appointment gives back: not all of it, when somebody else was booked above it; nothing
outside the hours or in an absence."""

from datetime import datetime

from releve.agenda.calendar import AgendaCalendar
from releve.agenda.groups import apart
from releve.agenda.spans import Interval, common, inner, interval, without


def given_back(calendar: AgendaCalendar, start: datetime, end: datetime) -> list[Interval]:
    """The parts of [start, end) that are open and have a place that no appointment and no absence takes, in order. What
    is only held for a moment counts as free: it is looked at again when it is offered. `calendar` is the staff's."""
    span = inner(start, end)
    holds = [booking for booking in calendar.person.bookings if not booking.is_appointment]
    person = apart(calendar.person, holds)
    opened = common([span], person.opened(*span))
    return [interval(part) for part in without(opened, person.taken())]
