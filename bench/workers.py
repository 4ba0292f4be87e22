"""Three workers and two web processes on one PostgreSQL, while patients write and kill -9 ends one process or another.
Bar: every timer fired once and in order, every message delivered once, nothing lost: 0 faults.

python -m bench.workers [TIMERS TURNS KILLS SEED]; the test suite plays a sample of the same.
"""

import json
import random
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import kill, postgres
from bench.service import Service

WORKERS = ("work", "work 2", "work 3")
PROCESSES = (*WORKERS, "web", "web 2")
DRAINED_WITHIN = 120.0  # seconds for the last timers and messages
RETRIED_AFTER = 65.0  # seconds: a message whose sender was killed is tried again after a minute


def prepare(count: int) -> None:
    """As many missed visits as timers, each of a patient with a number of their own: each timer writes one message."""
    from releve.core.acts import SendNoShowMessage
    from releve.core.codec import encode
    from releve.post.models import Timer
    from releve.practice.models import Appointment, HealthcareService, Organization, Patient, Practitioner

    now = datetime.now(UTC)
    practice, visit = Organization.objects.get(), HealthcareService.objects.order_by("id")[0]
    who = Practitioner.objects.filter(services=visit).order_by("id")[0]
    patients = Patient.objects.bulk_create(
        Patient(
            organization=practice, identifier=f"missed-{n}", given="Alix", family="Martin", birth_date="1980-02-03",
            phone=_phone(n),
        )
        for n in range(count)
    )  # fmt: skip
    missed = Appointment.objects.bulk_create(
        Appointment(
            organization=practice, identifier=f"missed-{n}", patient=patient, practitioner=who, service=visit,
            status="noshow", start=now - timedelta(days=1), end=now - timedelta(hours=23),
        )
        for n, patient in enumerate(patients)
    )  # fmt: skip
    Timer.objects.bulk_create(
        Timer(
            key=f"missed:{n}", act=SendNoShowMessage.kind, payload=encode(SendNoShowMessage(appointment=row.pk)),
            due_at=now - timedelta(seconds=count - n),
        )
        for n, row in enumerate(missed)
    )  # fmt: skip


def _phone(number: int) -> str:
    return f"+33639{980000 + number}"


def audit() -> dict[str, Any]:
    from releve.intake.models import InboundEvent
    from releve.ledger.models import Entry
    from releve.post.models import Outgoing, Timer

    missed = Timer.objects.filter(key__startswith="missed:")
    fired = Entry.objects.filter(kind="send_no_show_message").order_by("id")
    events = InboundEvent.objects.filter(source="timer", payload__act="send_no_show_message")
    left = Outgoing.objects.filter(purpose="no_show")
    return {
        "timers": missed.count(),
        "due": missed.filter(done_at=None).count(),
        "events": events.count(),
        "at": [at.isoformat() for at in fired.values_list("at", flat=True)],
        "waiting": left.filter(sent_at=None).count(),
        "attempts": dict(left.values_list("address", "attempts")),
    }


def delivered(service: Service) -> Counter[str]:
    """To which number, how often: what the workers said as they handed each message to its channel."""
    lines = [line for name in WORKERS for line in (service.folder / f"{name}.log").read_text().splitlines()]
    return Counter(line.split("]")[0].split()[1] for line in lines if line.startswith("[sms "))


def run(
    database_url: str, timers: int = 2000, turns: int = 300, kills: int = 60, seed: int = 5
) -> tuple[list[str], str]:
    """Faults found, and a line that says what was played."""
    with tempfile.TemporaryDirectory(prefix="releve-") as folder, Service(Path(folder), database_url) as service:
        service.environment["RELEVE_SHOW_MESSAGES"] = "true"
        before = {a["id"] for a in json.loads(service.practice.read_text())["appointments"]}
        service.run("bench.workers", "prepare", str(timers))
        began = time.monotonic()
        crowd = _play(service, turns, kills, seed)
        drained = _drained(service, kills) - began
        found = kill.settle(service)
        wrong = kill.faults(crowd.told, found, before) + faults(_audited(service), delivered(service), kills)
        if wrong:
            wrong += [f"{log.name}: {log.read_text()[-1500:]}" for log in Path(folder).glob("*.log")]
    said = f"{len(wrong)} faults, {kills} kills, {timers} timers and their messages in {drained:.0f} s"
    return wrong, f"{said}, {crowd.told.turns} turns, {crowd.told.retries} retries"


def _play(service: Service, turns: int, kills: int, seed: int) -> kill.Crowd:
    draw = random.Random(seed)
    crowd = kill.Crowd(service, turns, seed)
    service.start(*PROCESSES)
    for thread in crowd.threads:
        thread.start()
    for _ in range(kills):
        time.sleep(draw.uniform(0.1, 0.8))
        name = draw.choice((*WORKERS, *WORKERS, "web 2"))
        service.kill(name)
        service.start(name)
    for thread in crowd.threads:
        thread.join(kill.PATIENCE * 2)
    return crowd


def _drained(service: Service, kills: int) -> float:
    """When every timer was fired and every message had left. One whose sender was killed takes a minute more."""
    end = time.monotonic() + DRAINED_WITHIN + (RETRIED_AFTER if kills else 0)
    while time.monotonic() < end:
        found = _audited(service)
        if not found["due"] and not found["waiting"] and len(found["at"]) == found["timers"]:
            break
        time.sleep(0.5)
    return time.monotonic()


def _audited(service: Service) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(service.run("bench.workers", "audit"))
    return found


def faults(found: dict[str, Any], delivered: Counter[str], kills: int) -> list[str]:
    again = {to: n for to, n in found["attempts"].items() if n > 1}
    checks = {
        "timers are still due": found["due"],
        "timers fired more or less than once": (found["timers"], found["events"], len(found["at"]))
        if not found["timers"] == found["events"] == len(found["at"]) == len(found["attempts"])
        else (),
        "timers fired out of order": [a for a, b in zip(found["at"], sorted(found["at"]), strict=True) if a != b][:3],
        "messages have not left": found["waiting"],
        "messages delivered more or less than once": {
            to: delivered[to] for to in found["attempts"] if delivered[to] != 1 and to not in again
        },
        "more messages tried again than processes killed": again if len(again) > kills else (),
    }
    return [f"{name}: {what}" for name, what in checks.items() if what]


def report(database: str = "PostgreSQL", database_url: str = "", **size: int) -> tuple[str, str, str]:
    wrong, said = run(database_url, **size)
    print(*wrong, sep="\n", end="\n" if wrong else "", file=sys.stderr)
    return f"3 workers, 2 web processes, kill -9, {database}", "0 faults", said


def main(arguments: list[str]) -> int:
    if arguments[:1] and arguments[0] in ("prepare", "audit"):
        import django

        django.setup()
        if arguments[0] == "prepare":
            prepare(int(arguments[1]))
        else:
            json.dump(audit(), sys.stdout)
        return 0
    size = dict(zip(("timers", "turns", "kills", "seed"), map(int, arguments), strict=False))
    with postgres.server() as address:
        print(" | ".join(report(database_url=address, **size)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
