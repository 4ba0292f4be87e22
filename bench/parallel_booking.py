"""One slot, 200 parallel bookings from 4 processes, straight through the gate. Bar: exactly 1 succeeds, no exception.

python -m bench.parallel_booking [BOOKINGS] plays both databases; the test suite plays a sample of the same.
"""

import json
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import postgres, racing
from bench.service import Service

THREADS = 16  # a process; 64 in all stay below PostgreSQL's 100 connections
SLOT = datetime.fromisoformat("2028-03-06T08:20+01:00")  # a Monday, Dr Delmas's first place


def race(database_url: str = "", bookings: int = 200) -> dict[str, Any]:
    """What each booking came to, and what the database then holds."""
    with tempfile.TemporaryDirectory(prefix="releve-") as folder, Service(Path(folder), database_url) as service:
        results = racing.race(service, "bench.parallel_booking", str(bookings // racing.PROCESSES))
        found = json.loads(service.run("bench.audit"))
    ended = Counter(what for result in results for what in result["ended"])
    slowest = max(ms for result in results for ms in result["ms"])
    held = found["starts"].get(SLOT.astimezone(UTC).isoformat(), 0)
    return {"ended": dict(ended), "slowest_ms": slowest, "held": held, "audit": found}


class Booker:
    """Books the slot; imports and look-ups are done before the start."""

    def __init__(self, racer: int) -> None:
        from releve.guarantee import gate
        from releve.intake import actions
        from releve.practice import queries
        from releve.practice.models import HealthcareService, Patient, Practitioner

        self.racer, self.gate, self.intake, self.practice = racer, gate, actions, queries.organization()
        self.who = Practitioner.objects.get(identifier="delmas").pk
        self.visit = HealthcareService.objects.get(identifier="bilan_dentaire").pk
        self.patients = list(Patient.objects.order_by("id").values_list("pk", flat=True))

    def book(self, number: int) -> str:
        """`done`, or a refusal's code. A secretary and the agent take turns."""
        from releve.core.acts import BookAppointment

        patient = self.patients[number % len(self.patients)]
        act = BookAppointment(patient=patient, practitioner=self.who, service=self.visit, start=SLOT)
        outcome = (self._secretary if number % 2 else self._agent)(act, f"{self.racer} {number}")
        return str(outcome.status if outcome.done else f"refused: {outcome.why}")

    def _secretary(self, act: Any, key: str) -> Any:
        return self.intake.staff_act(act, organization=self.practice, user=None, now=self._now(), external_id=key)

    def _agent(self, act: Any, key: str) -> Any:
        from django.db import transaction

        from releve.core.acts import Identity
        from releve.core.messages import Evidence, Proposal

        proposal = Proposal(act, "booking", (Evidence("rule", "race"),), Identity.VERIFIED)
        event = self.intake.event_id(self.practice, "race", key)
        with transaction.atomic():
            (outcome,) = self.gate.submit([proposal], event=event, organization=self.practice, now=self._now())
        return outcome

    def _now(self) -> datetime:
        return SLOT - timedelta(days=10)  # near enough to be booked


def faults(result: dict[str, Any]) -> list[str]:
    ended = result["ended"]
    unclean = {what: n for what, n in ended.items() if what != "done" and what != "refused: slot_taken"}
    checks = {
        "not exactly one booking succeeded": ended.get("done", 0) != 1 and ended,
        "the agenda does not hold it once": result["held"] != 1 and result["held"],
        "something else than a clean refusal reached a caller": unclean,
        "the ledger has faults": result["audit"]["faults"],
        "allocations overlap": result["audit"]["overlaps"],
    }
    return [f"{name}: {what}" for name, what in checks.items() if what]


def report(database: str = "SQLite", database_url: str = "", bookings: int = 200) -> tuple[str, str, str]:
    result = race(database_url, bookings)
    wrong = faults(result)
    said = f"{len(wrong)} faults, {result['ended']}, slowest {result['slowest_ms']:.0f} ms"
    return f"{bookings} parallel bookings of one slot, {database}", "1 done, 0 faults", said


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["race"]:
        import django

        django.setup()
        json.dump(racing.run(int(arguments[2]), THREADS, Booker(int(arguments[1])).book), sys.stdout)
        return 0
    size = {"bookings": int(arguments[0])} if arguments else {}
    print(" | ".join(report(**size)), flush=True)
    with postgres.server() as address:
        print(" | ".join(report("PostgreSQL", address, **size)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
