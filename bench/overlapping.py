"""20,000 attempts at overlapping times from 4 processes, straight through the gate: holds that expire, bookings, moves,
cancellations, group visits and a room that several people share. Bar: no double booking, no error reaches a caller,
p99 <= 500 ms an attempt.

python -m bench.overlapping [ATTEMPTS] plays both databases; the test suite plays a sample of the same.
"""

import json
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench import postgres, racing
from bench.service import Service

BAR_MS = 500.0
ATTEMPTS = 20_000
THREADS = 4  # a process, as many as a web process has
MONDAY = datetime(2028, 3, 6, tzinfo=UTC)
DAYS, FIRST, LAST = 5, 8, 17  # hours in UTC, inside opening hours
PEOPLE = ("adam", "berthe", "cyr", "dora")
VISITS = {"short": 20, "long": 30, "double": 50, "group": 40, "with_room": 30}
GROUP = 4
RECENT = 6  # appointments that are moved and cancelled, by several threads at once
SPEED = 60  # the clock of the race runs so much faster: a hold of ten minutes is over in ten seconds


def practice_file() -> dict[str, Any]:
    rules = [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "08:00", "end": "19:00"}]
    return {
        "now": "2028-03-01T09:00",
        "practice": {
            "name": "Cabinet de la Course", "address": "", "phone": "+33199000421", "access": "",
            "email": "contact@course.example", "opening_hours": rules,
        },
        "practitioners": [{"id": p, "given": p, "family": p, "profession": "kinésithérapeute"} for p in PEOPLE],
        "services": [
            {"id": name, "name": name, "duration_min": minutes, "practitioners": list(PEOPLE)}
            for name, minutes in VISITS.items()
        ],
        "schedules": [{"practitioner": p, "rules": rules, "overrides": [], "days_off": []} for p in PEOPLE],
        "patients": [
            {
                "id": f"p{n}", "given": f"Alix {n}", "family": f"Martin {n}", "birth_date": "1980-02-03",
                "phone": f"+336399{80000 + n}",
            }
            for n in range(200)
        ],
        "appointments": [], "waiting_list": [], "faq": [],
    }  # fmt: skip


def prepare() -> None:
    """Starts every ten minutes whatever the visit, so that visits overlap in every way; one room for a kind of visit
    that all of them give; group visits of four."""
    from releve.practice.models import HealthcareService, Organization, Resource, Schedule

    practice = Organization.objects.get()
    HealthcareService.objects.update(step_min=10)
    HealthcareService.objects.filter(identifier="group").update(capacity=GROUP)
    HealthcareService.objects.filter(identifier="with_room").update(needs=["salle"], buffer_after_min=10)
    rules = Schedule.objects.order_by("id")[0].rules
    room = Resource.objects.create(organization=practice, identifier="salle-1", name="Salle 1", family="salle")
    Schedule.objects.create(
        organization=practice, identifier="salle-1", resource=room, timezone="Europe/Paris", rules=rules
    )


class Racer:
    """One process's attempts, drawn from its own seed. Each thread is one browser, with its conversation and its hold;
    moves and cancellations are of what this process booked, often two at once of the same."""

    def __init__(self, number: int, began: float) -> None:
        from releve.guarantee import gate
        from releve.practice import queries
        from releve.practice.models import HealthcareService, Patient, Practitioner

        self.number, self.began, self.gate, self.practice = number, began, gate, queries.organization()
        self.people = list(Practitioner.objects.order_by("id").values_list("pk", flat=True))
        self.visits = list(HealthcareService.objects.order_by("id").values_list("pk", flat=True))
        self.patients = list(Patient.objects.order_by("id").values_list("pk", flat=True))
        self.mine: list[tuple[int, int]] = []  # (appointment, patient)
        self.lock, self.local = threading.Lock(), threading.local()

    def attempt(self, number: int) -> str:
        """`KIND done`, or `KIND refused: CODE`."""
        draw = random.Random(f"{self.number} {number}")
        kind = draw.choices(("hold", "book", "move", "cancel"), (20, 50, 15, 15))[0]
        return f"{kind} {getattr(self, f'_{kind}')(draw)}"

    def _hold(self, draw: random.Random) -> str:
        from releve.core.acts import HoldSlot

        who, what, start = self._place(draw)
        return self._submit(HoldSlot(practitioner=who, service=what, start=start))[0]

    def _book(self, draw: random.Random) -> str:
        from releve.core.acts import BookAppointment

        who, what, start = self._place(draw)
        patient = draw.choice(self.patients)
        act = BookAppointment(patient=patient, practitioner=who, service=what, start=start)
        said, record = self._submit(act)
        if record is not None:
            with self.lock:
                self.mine.append((record, patient))
        return said

    def _move(self, draw: random.Random) -> str:
        from releve.core.acts import RescheduleAppointment

        mine = self._one_of_mine(draw)
        if mine is None:
            return "refused: none"
        who, _, start = self._place(draw)
        act = RescheduleAppointment(appointment=mine[0], patient=mine[1], practitioner=who, start=start)
        return self._submit(act)[0]

    def _cancel(self, draw: random.Random) -> str:
        from releve.core.acts import CancelAppointment

        mine = self._one_of_mine(draw)
        if mine is None:
            return "refused: none"
        return self._submit(CancelAppointment(appointment=mine[0], patient=mine[1]))[0]

    def _one_of_mine(self, draw: random.Random) -> tuple[int, int] | None:
        with self.lock:
            return draw.choice(self.mine[-RECENT:]) if self.mine else None

    def _place(self, draw: random.Random) -> tuple[int, int, datetime]:
        """Mostly at the starts that are offered, sometimes in between."""
        minutes = 60 * FIRST + 10 * draw.randrange(6 * (LAST - FIRST)) + draw.choice((0, 0, 0, 0, 0, 0, 0, 5))
        start = MONDAY + timedelta(days=draw.randrange(DAYS), minutes=minutes)
        return draw.choice(self.people), draw.choice(self.visits), start

    def _submit(self, act: Any) -> tuple[str, int | None]:
        """As a turn of a conversation does it: one transaction, begun again when it met another head-on."""
        return self._transaction(act, uuid4())

    def _transaction(self, act: Any, event: Any) -> tuple[str, int | None]:
        from django.db import transaction

        from releve.core.acts import Identity
        from releve.core.messages import Evidence, Proposal
        from releve.intake.again import again

        proposal = Proposal(act, "booking", (Evidence("rule", "race"),), Identity.VERIFIED)

        @again
        def submitted() -> Any:
            with transaction.atomic():
                (outcome,) = self.gate.submit(
                    [proposal], event=event, organization=self.practice, now=self._now(), conversation=self._talk()
                )
            return outcome

        outcome = submitted()
        return ("done", outcome.record) if outcome.done else (f"refused: {outcome.why}", None)

    def _talk(self) -> Any:
        if not hasattr(self.local, "talk"):
            from releve.practice.models import Conversation

            self.local.talk = Conversation.objects.create(
                organization=self.practice, identifier=str(uuid4()), channel="webchat", started_at=MONDAY,
                last_at=MONDAY,
            )  # fmt: skip
        return self.local.talk

    def _now(self) -> datetime:
        return MONDAY - timedelta(days=4) + SPEED * timedelta(seconds=time.time() - self.began)


def audit() -> dict[str, Any]:
    """What the tables hold, judged by counting and not by the product's own rules."""
    from releve.ledger.actions import sequence
    from releve.ledger.queries import verify
    from releve.practice.models import Allocation, Appointment

    sequence(MONDAY)
    rows = list(
        Allocation.objects.order_by("schedule", "start").values_list(
            "schedule", "start", "end", "capacity", "appointment", "schedule__practitioner", "schedule__resource"
        )
    )
    taken: dict[int, list[Any]] = {}
    for row in rows:
        taken.setdefault(row[4] or 0, []).append(row)
    booked = list(
        Appointment.objects.values_list("pk", "status", "practitioner", "start", "end", "service__identifier")
    )
    return {
        "booked": sum(row[1] == "booked" for row in booked),
        "double": _crowded(rows),
        "unheld": [row[0] for row in booked if row[1] == "booked" and not _has_its_time(row, taken.get(row[0], []))],
        "held_by_cancelled": [row[0] for row in booked if row[1] != "booked" and row[0] in taken],
        "faults": [str(fault) for fault in verify().faults],
    }


def _crowded(rows: list[Any]) -> list[str]:
    """Moments at which one schedule has more rows than any of them allows."""
    found = []
    for row in rows:
        together = [o for o in rows if o[0] == row[0] and o[1] <= row[1] < o[2]]
        if len(together) > min(o[3] for o in together):
            found.append(f"schedule {row[0]} at {row[1]:%a %H:%M}: {len(together)}")
    return found


def _has_its_time(appointment: Any, rows: list[Any]) -> bool:
    _, _, practitioner, start, end, service = appointment
    if not all(row[1] <= start and end <= row[2] for row in rows):
        return False
    whose = [row[5] for row in rows if row[5] is not None]
    rooms = [row[6] for row in rows if row[6] is not None]
    return whose == [practitioner] and len(rooms) == (service == "with_room")


def play(database_url: str = "", attempts: int = ATTEMPTS) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="releve-") as folder:
        path = Path(folder) / "practice.json"
        path.write_text(json.dumps(practice_file()), encoding="utf-8")
        with Service(Path(folder), database_url, path) as service:
            service.run("bench.overlapping", "prepare")
            began, began_at = time.monotonic(), time.time()
            results = racing.race(service, "bench.overlapping", str(attempts // racing.PROCESSES), str(began_at))
            seconds = time.monotonic() - began
            found = json.loads(service.run("bench.overlapping", "audit"))
    times = sorted(ms for result in results for ms in result["ms"])
    ended = Counter(what for result in results for what in result["ended"])
    return {"ended": dict(ended), "ms": times, "seconds": seconds, "audit": found}


def faults(result: dict[str, Any]) -> list[str]:
    ended, audit = result["ended"], result["audit"]
    unclean = {what: n for what, n in ended.items() if " done" not in what and " refused: " not in what}
    kept = ended.get("book done", 0) - ended.get("cancel done", 0)
    checks = {
        "something else than a clean refusal reached a caller": unclean,
        "double bookings": audit["double"],
        "booked without their time": audit["unheld"],
        "cancelled, and still hold time": audit["held_by_cancelled"],
        "what callers were told is not what is booked": (kept, audit["booked"]) if kept != audit["booked"] else (),
        "the ledger has faults": audit["faults"],
    }
    return [f"{name}: {what}" for name, what in checks.items() if what]


def report(database: str = "SQLite", database_url: str = "", attempts: int = ATTEMPTS) -> tuple[str, str, str]:
    result = play(database_url, attempts)
    wrong, ended, times = faults(result), result["ended"], result["ms"]
    print(*wrong, json.dumps(ended, sort_keys=True), sep="\n", file=sys.stderr)
    done = sum(n for what, n in ended.items() if what.endswith(" done"))
    said = (
        f"{len(wrong)} faults, p50 {statistics.median(times):.0f} ms, p99 {times[len(times) * 99 // 100]:.0f} ms, "
        f"slowest {times[-1]:.0f} ms, {done} done, {len(times) / result['seconds']:.0f} a second"
    )
    return f"{attempts} overlapping attempts, {database}", f"0 faults, p99 <= {BAR_MS:.0f} ms", said


def main(arguments: list[str]) -> int:
    inside = {"prepare": prepare, "audit": lambda: json.dump(audit(), sys.stdout)}
    if arguments[:1] and arguments[0] in (*inside, "race"):
        import django

        django.setup()
        if arguments[0] == "race":
            number, count, began = arguments[1:]
            racer = Racer(int(number), float(began))
            json.dump(racing.run(int(count), THREADS, racer.attempt), sys.stdout)
        else:
            inside[arguments[0]]()
        return 0
    size = {"attempts": int(arguments[0])} if arguments else {}
    print(" | ".join(report(**size)), flush=True)
    with postgres.server() as address:
        print(" | ".join(report("PostgreSQL", address, **size)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
