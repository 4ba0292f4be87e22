"""A whole turn over HTTP: understand, decide, write, answer; one patient after the other. Bar: p95 <= 60 ms."""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.patients import Patient
from bench.service import Client, Service

BAR_MS = 60.0
TURNS = 300


def turns(client: Client, seed: int) -> Iterator[float]:
    """Milliseconds of one message after the other, for ever. Opening a chat is not counted."""
    source = random.Random(seed)
    while True:
        patient = Patient(source)
        _, opened = client.post("/api/v1/conversations", {"id": patient.key()})
        talk = patient.says()
        text: str | None = next(talk)
        while text is not None:
            start = time.perf_counter()
            status, answer = client.post(
                f"/api/v1/conversations/{opened['conversation']}/messages", {"id": patient.key(), "text": text}
            )
            yield (time.perf_counter() - start) * 1000
            if status != 200:
                raise RuntimeError(f"{status}: {answer}")
            try:
                text = talk.send(answer)
            except StopIteration:
                text = None


def measure(database_url: str = "", count: int = TURNS, seed: int = 7) -> list[float]:
    with tempfile.TemporaryDirectory(prefix="releve-") as folder, Service(Path(folder), database_url) as service:
        service.start()
        stream = turns(Client(service.port), seed)
        for _ in range(10):  # the first turns compile patterns and open connections
            next(stream)
        return [next(stream) for _ in range(count)]


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def report(database: str = "SQLite", database_url: str = "") -> tuple[str, str, str]:
    times = measure(database_url)
    said = f"p50 {statistics.median(times):.1f} ms, p95 {p95(times):.1f} ms, {len(times)} turns"
    return f"whole turn over HTTP, alone, {database}", f"p95 <= {BAR_MS:.0f} ms", said


def main() -> int:
    print(" | ".join(report()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
