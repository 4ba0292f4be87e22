"""Free places through the database: CPU time and queries, beside the least that Python can do for the same answer.

One practitioner for 30 days across a clock change (210 free places), the union of 100 practitioners, and the first
free place of each of 1,000 practitioners within 90 days. CPU medians of this process, in one run, on an SQLite database
of its own. The floor lists the same places of one practitioner from numbers at hand: no database, no rules, no zones.
Peers (bench/peers) do work of the same size, those that can be fetched.

python -m bench.free_slots
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bench.peers.run import measured

Row = tuple[str, str, str]
PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 3, 14, 18, 0, tzinfo=PARIS)  # a Sunday; clocks go forward on the 28th
START, END = datetime(2027, 3, 15, tzinfo=PARIS), datetime(2027, 4, 14, tzinfo=PARIS)
MANY = 1000
FREE = 210
WEEK = ["mon", "tue", "wed", "thu", "fri"]
RULES = [{"days": WEEK, "start": "08:30", "end": "12:30"}, {"days": WEEK, "start": "14:00", "end": "18:00"}]
LENGTH = 30
RUNS = 30


def report() -> Iterator[Row]:
    """In a fresh process, on a fresh database."""
    with tempfile.TemporaryDirectory(prefix="releve-") as folder:
        command = [sys.executable, "-m", "bench.free_slots", "play"]
        environment = {**os.environ, "RELEVE_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "releve.config.settings"}
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    yield from (tuple(row) for row in found["rows"])
    one, hundred = found["spent"]
    for peer in measured():
        yield (
            f"{peer.name}, 1 and 100 practitioners", ">= 20 times ours",
            f"{peer.one_ms:.0f} ms, {peer.one_ms / one:.0f} times; {peer.hundred_ms:.0f} ms, "
            f"{peer.hundred_ms / hundred:.0f} times",
        )  # fmt: skip


def play() -> dict[str, Any]:
    from releve.config.commands import migrate

    migrate()
    from releve.practice import queries
    from releve.practice.models import HealthcareService

    people = _practice()
    visit = HealthcareService.objects.get()

    def union(who: list[int]) -> list[datetime]:
        found = queries.calendars(who, NOW, since=START, until=END, visits=[visit]).values()
        return sorted({start for calendar in found for start in calendar.free(START, END, visit)})

    def first() -> dict[int, datetime]:
        return queries.first_free(dict.fromkeys(people, visit), NOW, NOW + timedelta(days=90))

    assert len(union(people[:1])) == FREE, len(union(people[:1]))
    assert len(first()) == MANY
    floor = _median(lambda: _floor(), RUNS)
    one = _spent(lambda: union(people[:1]), RUNS)
    hundred = _spent(lambda: union(people[:100]), 10)
    rows = [
        _row("free places, 1 practitioner x 30 days", "<= 2 ms, <= 3 queries", one, floor),
        _row("free places, 100 practitioners x 30 days", "<= 150 ms", hundred, floor * 100),
        _row("first free place of each of 1,000 x 90 days", "<= 200 ms", _spent(first, 10)),
        ("the same 210 places from numbers at hand", "the floor", f"{floor:.2f} ms"),
    ]
    return {"rows": rows, "spent": [one[0], hundred[0]]}


def _spent(ask: Callable[[], Any], runs: int) -> tuple[float, int]:
    """Milliseconds of CPU, and queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        ask()
    return _median(ask, runs), len(seen)


def _row(what: str, bar: str, spent: tuple[float, int], floor: float = 0) -> Row:
    beside = f", {spent[0] / floor:.1f} times the floor" if floor else ""
    return what, bar, f"{spent[0]:.2f} ms, {spent[1]} queries{beside}"


def _median(ask: Callable[[], Any], runs: int) -> float:
    """Milliseconds of CPU."""
    for _ in range(3):
        ask()
    spent = []
    for _ in range(runs):
        before = time.process_time()
        ask()
        spent.append((time.process_time() - before) * 1000)
    return statistics.median(spent)


def _practice() -> list[int]:
    """1,000 practitioners with the same hours, each with 210 free places in the 30 days: one in eight on the first
    morning, the others up to seven working days later."""
    from releve.practice.models import Allocation, HealthcareService, Location, Organization, Practitioner, Schedule

    practice = Organization.objects.create(name="Centre", timezone="Europe/Paris", public_holidays=True)
    base: dict[str, Any] = {"organization": practice, "location": Location.objects.create(organization=practice)}
    people = [
        Practitioner(**base, identifier=f"p{n}", given="Camille", family=f"Martin{n}", profession="médecin")
        for n in range(MANY)
    ]
    Practitioner.objects.bulk_create(people)
    people = list(Practitioner.objects.order_by("id"))
    visit = HealthcareService.objects.create(**base, identifier="v", name="Consultation", duration_min=LENGTH)
    visit.practitioners.set(people)
    Schedule.objects.bulk_create(
        Schedule(**base, identifier=p.identifier, practitioner=p, timezone="Europe/Paris", rules=RULES) for p in people
    )
    schedules = list(Schedule.objects.order_by("id").values_list("pk", flat=True))
    places = list(_places())
    taken = []
    for number, schedule in enumerate(schedules):
        full = number % 8 * 16 if number else 0  # so many places from the first on, then others evenly, 210 are left
        chosen = places[:full]
        rest = places[full:]
        left = len(places) - FREE - full
        chosen += [rest[i * len(rest) // left] for i in range(left)]
        taken += [Allocation(schedule_id=schedule, start=s, end=s + _LONG, service=visit, hold="bench") for s in chosen]
    Allocation.objects.bulk_create(taken, batch_size=5000)
    return [p.pk for p in people]


_LONG = timedelta(minutes=LENGTH)


def _places() -> Iterator[datetime]:
    """Every place of one practitioner in the 30 days; Easter Monday is a public holiday."""
    day = START
    while day < END:
        if day.weekday() < 5 and (day.month, day.day) != (3, 29):
            for hour, minute in ((8, 30), (14, 0)):
                opened = datetime(day.year, day.month, day.day, hour, minute, tzinfo=PARIS).astimezone(UTC)
                yield from (opened + n * _LONG for n in range(8))
        day += timedelta(days=1)


_ALL = [int(start.timestamp()) for start in _places()]
_TAKEN = frozenset(_ALL[i * len(_ALL) // (len(_ALL) - FREE)] for i in range(len(_ALL) - FREE))


def _floor() -> list[datetime]:
    """Two ranges a day less what is taken, as datetimes."""
    found = []
    for begin in _ALL[::8]:
        for second in range(begin, begin + 8 * LENGTH * 60, LENGTH * 60):
            if second not in _TAKEN:
                found.append(datetime.fromtimestamp(second, UTC))
    return found


if __name__ == "__main__":
    if sys.argv[1:] == ["play"]:
        print(json.dumps(play()))
    else:
        for row in report():
            print(" | ".join(row))
