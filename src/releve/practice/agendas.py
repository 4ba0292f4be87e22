"""All agendas of a practice in memory, while its file is loaded: thousands of appointments take places at once."""

from bisect import bisect_left, insort
from datetime import timedelta
from typing import Any

from releve.agenda.availability import Timetable
from releve.agenda.calendar import AgendaCalendar
from releve.agenda.places import Booking, booking_capacity, first_place
from releve.agenda.schedule import WeeklySchedule
from releve.agenda.spans import Span, outer
from releve.practice.calendars import weekly
from releve.practice.models import Allocation, Appointment, Schedule

Taken = tuple[int, int, int, Booking]  # from, to, place


class Agendas:
    """Of every person and every room; nobody else writes while the file is loaded."""

    def __init__(self) -> None:
        rows = list(Schedule.objects.select_related("organization", "resource").order_by("id"))
        self.plans: dict[int, WeeklySchedule] = {row.pk: weekly(row) for row in rows}
        self.people = {row.practitioner_id: row.pk for row in rows if row.practitioner_id is not None}
        self.families: dict[str, list[int]] = {}
        for row in rows:
            if row.resource is not None:
                self.families.setdefault(row.resource.family, []).append(row.pk)
        self.taken: dict[int, list[Taken]] = {key: [] for key in self.plans}
        self.longest = 0

    def take(self, row: Appointment) -> list[Allocation]:
        """The time of its person and rooms; nothing when no place is left and no reason is given."""
        visit = row.service
        begin = row.start - timedelta(minutes=visit.buffer_before_min)
        finish = row.end + timedelta(minutes=visit.buffer_after_min)
        span = outer(begin, finish)
        rooms = {family: [self._near(key, span) for key in self.families.get(family, ())] for family in visit.needs}
        calendar = AgendaCalendar(self._near(self.people[row.practitioner_id], span), row.start, rooms, by_staff=True)
        if not row.overbooking and calendar.why_not(row.start, visit) is not None:
            return []
        made = []
        for table in calendar.taking(row.start, visit):
            capacity = booking_capacity(visit.capacity, table.schedule.capacity)
            booking = Booking(*span, capacity, visit.identifier, row.first_visit, str(row.pk))
            place = first_place(place for _, _, place, _ in self._over(table.key, span))
            insort(self.taken[table.key], (*span, place, booking))
            taken: dict[str, Any] = {"start": begin, "end": finish, "place": place, "capacity": capacity}
            made.append(
                Allocation(schedule_id=table.key, service=visit, first_visit=row.first_visit, appointment=row, **taken)
            )
        self.longest = max(self.longest, span[1] - span[0])
        return made

    def _near(self, key: int, span: Span) -> Timetable:
        return Timetable(self.plans[key], bookings=[booking for *_, booking in self._over(key, span)], key=key)

    def _over(self, key: int, span: Span) -> list[Taken]:
        """What overlaps `span`: nothing that begins earlier than the longest visit lasts."""
        rows = self.taken[key]
        first = bisect_left(rows, (span[0] - self.longest,))
        last = bisect_left(rows, (span[1],))
        return [row for row in rows[first:last] if row[1] > span[0]]
