"""django-appointment's own availability, a day at a time as its pages ask for it, on SQLite in memory.

PYTHON django_appointment.py < work.json > {"cpu_ms": [...], "queries": n, "slots": [[...], ...]}

It has one window a day: the noon break is an unavailability of each day. It runs in an environment of its own.
"""

import json
import sys
import time as clocks
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import django
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def main(work: dict[str, Any]) -> dict[str, Any]:
    zone = ZoneInfo(work["timezone"])
    first, last = (datetime.fromisoformat(work[key]).astimezone(zone).date() for key in ("from", "to"))
    before = datetime.combine(first, time(), zone) - timedelta(days=7)
    timezone.now = lambda: before.astimezone(UTC)  # it asks the machine's clock, and refuses the past
    _set_up(work["timezone"])
    from appointment.services import get_available_slots_for_staff

    days = [first + timedelta(days=n) for n in range((last - first).days)]
    people = [_written(number, schedule, work, days) for number, schedule in enumerate(work["schedules"])]
    cpu = []
    for _ in range(work["runs"]):
        begin = clocks.process_time()
        found = [
            [slot for day in days for slot in get_available_slots_for_staff(day, person, day.isoweekday() % 7)]
            for person in people
        ]
        cpu.append((clocks.process_time() - begin) * 1000)
    shown = [[slot.replace(tzinfo=zone).astimezone(UTC).isoformat() for slot in slots] for slots in found]
    return {"cpu_ms": cpu, "queries": _queries(people[0], days), "slots": shown}


def _queries(person: Any, days: list[date]) -> int:
    """How many times the database is asked for one practitioner."""
    from appointment.services import get_available_slots_for_staff
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        for day in days:
            get_available_slots_for_staff(day, person, day.isoweekday() % 7)
    return len(captured)


def _set_up(zone: str) -> None:
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "appointment"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        TIME_ZONE=zone,
        USE_TZ=True,
        LOGGING_CONFIG=None,
    )
    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)


def _written(number: int, schedule: dict[str, Any], work: dict[str, Any], days: list[date]) -> Any:
    """A member of staff with hours, breaks and bookings, in the tables of django-appointment."""
    from appointment import models
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.create(username=f"staff{number}")
    person = models.StaffMember.objects.create(user=user, slot_duration=work["duration_min"], appointment_buffer_time=0)
    visit, _ = models.Service.objects.get_or_create(
        name="Visit", defaults={"duration": timedelta(minutes=work["duration_min"]), "price": 0}
    )
    rules = schedule["rules"]
    hours = {"start_time": rules[0]["start"], "end_time": rules[-1]["end"]}
    for name in rules[0]["days"]:
        models.WorkingHours.objects.create(staff_member=person, day_of_week=WEEKDAYS.index(name), **hours)
    zone = ZoneInfo(work["timezone"])
    pairs = [[datetime.fromisoformat(moment).astimezone(zone) for moment in pair] for pair in schedule["busy"]]
    for day in days if len(rules) > 1 else []:
        noon = {"start_time": rules[0]["end"], "end_time": rules[1]["start"]}
        models.Unavailability.objects.create(staff_member=person, date=day, **noon)
    asked = models.AppointmentRequest.objects.bulk_create(
        models.AppointmentRequest(
            date=start.date(), start_time=start.time(), end_time=end.time(), service=visit, staff_member=person
        )
        for start, end in pairs
    )
    models.Appointment.objects.bulk_create(models.Appointment(client=user, appointment_request=one) for one in asked)
    return person


if __name__ == "__main__":
    print(json.dumps(main(json.load(sys.stdin))))  # the last line: the package writes to standard output too
