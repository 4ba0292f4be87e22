"""The same work for everybody: practitioners with one month of bookings, across a clock change.

Monday to Friday, 8-12 and 14-18 in Paris, visits of 30 minutes, 30 days from Monday 15 March 2027 (the clocks change on
the 28th): 352 places, of which 142 are booked, 210 free. Each practitioner has other bookings.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from releve.agenda.command import run

ZONE = ZoneInfo("Europe/Paris")
FIRST, DAYS, VISIT = date(2027, 3, 15), 30, 30
HOURS = (("08:00", "12:00"), ("14:00", "18:00"))
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
BOOKED = 142


def month(practitioners: int, days: tuple[str, ...] = WEEKDAYS) -> dict[str, Any]:
    """One line of `releve slots`, but that each schedule is listed on its own; busy times are in UTC."""
    return {
        "timezone": ZONE.key,
        "from": _midnight(FIRST),
        "to": _midnight(FIRST + timedelta(days=DAYS)),
        "duration_min": VISIT,
        "step_min": VISIT,
        "schedules": [_schedule(number, days) for number in range(practitioners)],
    }


CHANGES = (  # zone, the day its clocks change, opening hours of the three days around it
    ("Europe/Paris", "2027-03-28", "00:00", "06:00"),
    ("Europe/Paris", "2027-10-31", "00:00", "06:00"),
    ("America/New_York", "2027-03-14", "14:00", "18:00"),
    ("America/New_York", "2027-11-07", "14:00", "18:00"),
    ("America/Santiago", "2027-09-05", "08:00", "12:00"),
    ("Australia/Sydney", "2027-10-03", "00:00", "06:00"),
)


def clock_changes() -> Iterator[dict[str, Any]]:
    """Three days of one practitioner without bookings around each of CHANGES."""
    for name, day, start, end in CHANGES:
        zone, middle = ZoneInfo(name), date.fromisoformat(day)
        rule = {"days": ["sat", "sun", "mon"], "start": start, "end": end}
        yield {
            "timezone": name,
            "from": _midnight(middle - timedelta(days=1), zone),
            "to": _midnight(middle + timedelta(days=2), zone),
            "duration_min": VISIT,
            "step_min": VISIT,
            "schedules": [{"timezone": name, "rules": [rule], "busy": []}],
        }


def ours(work: dict[str, Any]) -> list[list[str]]:
    """What `releve slots` says, in UTC: what each peer is compared with."""
    common = {key: work[key] for key in ("from", "to", "duration_min", "step_min")}
    lines = [json.dumps({**common, "align": "window", "schedules": [schedule]}) for schedule in work["schedules"]]
    return [[in_utc(slot) for slot in answer["slots"]] for answer in run(lines)]  # type: ignore[attr-defined]


def in_utc(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(UTC).isoformat()


def _schedule(number: int, days: tuple[str, ...]) -> dict[str, Any]:
    places = [
        datetime.fromisoformat(f"{FIRST + timedelta(days=day)}T{hour:02d}:{minute:02d}").replace(tzinfo=ZONE)
        for day in range(DAYS)
        if (FIRST + timedelta(days=day)).weekday() < len(WEEKDAYS)
        for hour in (*range(8, 12), *range(14, 18))
        for minute in (0, 30)
    ]
    booked = [place for n, place in enumerate(places) if (n * 7 + number * 3) % len(places) < BOOKED]
    pairs = [(place, place + timedelta(minutes=VISIT)) for place in booked]  # no booking meets the change of clocks
    return {
        "timezone": ZONE.key,
        "rules": [{"days": list(days), "start": start, "end": end} for start, end in HOURS],
        "busy": [[moment.astimezone(UTC).isoformat() for moment in pair] for pair in pairs],
    }


def _midnight(day: date, zone: ZoneInfo = ZONE) -> str:
    return datetime(day.year, day.month, day.day, tzinfo=zone).isoformat()
