"""kill -9 while patients write: nothing accepted is lost, nothing is done twice. Bar: 0 faults on either database.

python -m bench.kill [TURNS KILLS SEED] plays both databases; the test suite plays a sample of the same.
"""

import contextlib
import http.client
import json
import random
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import postgres
from bench.patients import Patient
from bench.service import Client, Service

WRITERS = 3  # patients at a time
PATIENCE = 30.0  # seconds that a client tries again
REPLAYED_WITHIN = 20.0  # seconds for the worker to answer what nobody asked about again


@dataclass
class Told:
    """What clients were told, kept to be held against the database."""

    answers: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)  # (path, id) -> first answer
    texts: dict[tuple[str, str], str | None] = field(default_factory=dict)
    turns: int = 0
    retries: int = 0
    faults: list[str] = field(default_factory=list)

    def keep(self, path: str, body: dict[str, Any], status: int, answer: dict[str, Any]) -> None:
        call = path, body["id"]
        self.texts[call] = body.get("text")
        if status not in (200, 201):
            self.faults.append(f"{status} on {path}: {answer}")
        elif self.answers.setdefault(call, answer) != answer:
            self.faults.append(f"{call} was answered twice, differently")


class Crowd:
    """Patients who write at the same time until `turns` messages are answered. A broken call is made again, same id."""

    def __init__(self, service: Service, turns: int, seed: int) -> None:
        self.service, self.wanted, self.told = service, turns, Told()
        self.sources = [random.Random(f"{seed} {n}") for n in range(WRITERS)]
        self.threads = [threading.Thread(target=self._write, args=(s,), daemon=True) for s in self.sources]
        self.lock = threading.Lock()

    @property
    def busy(self) -> bool:
        return any(t.is_alive() for t in self.threads)

    def _write(self, source: random.Random) -> None:
        try:
            while self.told.turns < self.wanted:
                self._talk(Patient(source))
        except Exception as error:  # a thread's fault is the run's
            self.told.faults.append(f"a client failed: {error!r}")

    def _talk(self, patient: Patient) -> None:
        opened = self.call("/api/v1/conversations", {"id": patient.key()})
        path = f"/api/v1/conversations/{opened.get('conversation')}/messages"
        talk = patient.says()
        text = next(talk)
        with contextlib.suppress(StopIteration):
            while "messages" in opened:
                leaves = patient.source.random() < 0.1
                answer = self.call(path, {"id": patient.key(), "text": text}, once=leaves)
                if not answer:
                    return  # walked away from a broken line: the worker has to see to it
                self.told.turns += 1
                text = talk.send(answer)

    def call(self, path: str, body: dict[str, Any], once: bool = False) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE
        while True:
            client = Client(self.service.port_for(body["id"]))
            try:
                status, answer = client.post(path, body)
            except (OSError, http.client.HTTPException):
                if once:
                    return {}
                if time.monotonic() > end:
                    raise
                self.told.retries += 1
                time.sleep(0.05)
                continue
            with self.lock:
                self.told.keep(path, body, status, answer)
            return answer


def play(service: Service, turns: int, kills: int, seed: int) -> tuple[Told, int]:
    """Kills after seeded numbers of turns, at a seeded instant of the next ones. What was told, and kills done."""
    draw = random.Random(seed)
    crowd = Crowd(service, turns, seed)
    moments = sorted(draw.sample(range(1, turns), kills))
    service.start()
    for thread in crowd.threads:
        thread.start()
    done = 0
    for moment in moments:
        while crowd.told.turns < moment and crowd.busy:
            time.sleep(0.001)
        if not crowd.busy:
            break
        time.sleep(draw.uniform(0.0, 0.06))
        names = draw.choice((("web",), ("web",), ("web", "work"), ("work",)))
        for name in names:
            service.kill(name)
        service.start(*names)
        done += 1
    for thread in crowd.threads:
        thread.join(PATIENCE * 2)
    _ask_again(crowd)
    return crowd.told, done


def _ask_again(crowd: Crowd) -> None:
    """Every message once more: the answers must be the same."""
    for path, key in list(crowd.told.answers):
        text = crowd.told.texts[path, key]
        crowd.call(path, {"id": key, **({} if text is None else {"text": text})})


def settle(service: Service) -> dict[str, Any]:
    """Waits for the worker to answer what is left and to number the ledger, stops all, and audits."""
    end = time.monotonic() + REPLAYED_WITHIN
    while int(service.run("bench.audit", "unanswered")) and time.monotonic() < end:
        time.sleep(0.5)
    time.sleep(1.5)  # the ledger's next round
    service.stop()
    found: dict[str, Any] = json.loads(service.run("bench.audit"))
    service.run("releve.cli", "ledger", "verify")
    return found


def faults(told: Told, found: dict[str, Any], before: set[str]) -> list[str]:
    """Every way in which the database and the clients' memory disagree."""
    events = found["events"]
    new = [a for a in found["appointments"] if a not in before]
    booked = [found["keys"][str(key)] for event in events for key in _bookings(event)]
    promised = {a["appointment"] for answer in told.answers.values() for a in answer["acts"] if _booking(a)}
    heard = {f"{path.split('/')[4]} {key}" for path, key in told.answers if path.endswith("/messages")}
    checks = {
        "an accepted message is not in the database": heard - {e["external_id"] for e in events},
        "an event has no reply": [e for e in events if not (e["handled"] and e["reply"])],
        "a reply was said more or less than once": [e["id"] for e in events if not _said_once(e, found["said"])],
        "a promised booking is lost": promised - set(new),
        "a booking was promised twice or never": set(booked) ^ set(new) or len(booked) - len(new),
        "a booking has no time in the agenda": found["without_time"],
        "allocations overlap": found["overlaps"],
        "outbox keys repeat": found["same_outbox_keys"],
        "ledger leaves wait for a position": found["waiting"],
        "the ledger has faults": found["faults"],
    }
    return told.faults + [f"{name}: {what}" for name, what in checks.items() if what]


def _booking(act: dict[str, Any]) -> bool:
    return act["kind"] == "book_appointment" and act["status"] == "done"


def _bookings(event: dict[str, Any]) -> list[int]:
    acts = (event["reply"] or {}).get("acts", [])
    return [key for kind, status, key in acts if (kind, status) == ("book_appointment", "done")]


def _said_once(event: dict[str, Any], said: dict[str, int]) -> bool:
    asked = said.get(f"{event['id']} patient", 0)
    told = said.get(f"{event['id']} assistant", 0)
    return asked == (event["kind"] == "message") and told == len((event["reply"] or {}).get("messages", ()))


def run(database_url: str = "", turns: int = 200, kills: int = 100, seed: int = 1) -> tuple[list[str], str]:
    """Faults found, and a line that says what was played."""
    with tempfile.TemporaryDirectory(prefix="releve-") as folder, Service(Path(folder), database_url) as service:
        before = {a["id"] for a in json.loads(service.practice.read_text())["appointments"]}
        told, done = play(service, turns, kills, seed)
        found = settle(service)
        new = len(set(found["appointments"]) - before)
        wrong = faults(told, found, before)
        if wrong:
            wrong += [f"{log.name}: {log.read_text()[-2000:]}" for log in Path(folder).glob("*.log")]
    said = f"{len(wrong)} faults, {done} kills, {told.turns} turns, {told.retries} retries, {new} bookings"
    return wrong, f"{said}, {found['entries']} ledger entries"


def report(database: str = "SQLite", database_url: str = "", **size: int) -> tuple[str, str, str]:
    wrong, said = run(database_url, **size)
    print(*wrong, sep="\n", end="\n" if wrong else "", file=sys.stderr)
    return f"kill -9 while patients write, {database}", "0 faults", said


def main(arguments: list[str]) -> int:
    size = dict(zip(("turns", "kills", "seed"), map(int, arguments), strict=False))
    print(" | ".join(report(**size)), flush=True)
    with postgres.server() as address:
        print(" | ".join(report("PostgreSQL", address, **size)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
