"""Four processes that begin at the same moment: each calls the same function again and again, from several threads."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from bench.service import Service

PROCESSES = 4


def race(service: Service, module: str, *arguments: str) -> list[dict[str, Any]]:
    """Starts `python -m module race NUMBER ARGUMENTS` four times; what each process says at its end."""
    command = [sys.executable, "-m", module, "race"]
    pipe = subprocess.PIPE
    racers = [
        subprocess.Popen(
            [*command, str(n), *arguments], env=service.environment, stdin=pipe, stdout=pipe, text=True
        )
        for n in range(PROCESSES)
    ]  # fmt: skip
    for racer in racers:
        assert racer.stdout is not None
        said = racer.stdout.readline()
        assert said == "ready\n", said
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    return [json.loads(racer.communicate()[0]) for racer in racers]


def run(count: int, threads: int, attempt: Callable[[int], str]) -> dict[str, Any]:
    """One process: `attempt(number)` for each number below `count`. How each ended, and its milliseconds."""
    ended: list[str] = []
    times: list[float] = []
    numbers = iter(range(count))
    lock = threading.Lock()
    go = threading.Event()

    def write() -> None:
        from django.db import connection

        connection.ensure_connection()
        go.wait()
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                break
            began = time.perf_counter()
            try:
                what = attempt(number)
            except Exception as error:  # the figure is that none reaches the caller
                what = f"{type(error).__name__}: {str(error).splitlines()[0]}"
            times.append((time.perf_counter() - began) * 1000)
            ended.append(what)
        connection.close()

    crowd = [threading.Thread(target=write) for _ in range(min(threads, count))]
    for thread in crowd:
        thread.start()
    print("ready", flush=True)
    sys.stdin.readline()
    go.set()
    for thread in crowd:
        thread.join()
    return {"ended": ended, "ms": times}
