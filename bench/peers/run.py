"""What other systems need for the work of `bench.peers.work`: median CPU, and whether they find the same places.

python -m bench.peers.run prints it. Each peer is fetched by its pinned version and checked by its hash, into a cache
below the temporary folder; one that cannot be fetched or run here is skipped, with the reason.
"""

import base64
import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.peers.work import clock_changes, in_utc, month, ours

HERE = Path(__file__).parent
CACHE = Path(tempfile.gettempdir()) / f"releve-peers-{os.getuid()}"
RUNS = {
    1: 15,
    100: 3,
}  # how often the work is done for so many practitioners; the first time, which warms up, is left out
CALCOM = {
    "@calcom/platform-libraries@0.0.360":
        "sha512-V3ka+OCz8c3O4jLvfLBDC15vedAdy2Cx/xHK3A80uMAg1DJOOBugSyifObmD+Pl2GYhW0l1P/HDfMUDrlWTewA==",
    "dayjs@1.11.4":
        "sha512-Zj/lPM5hOvQ1Bf7uAvewDaUcsJoI6JmNqmHhHl3nyumwe0XHwt8sWdOVAPACJzCebL8gQCi+K49w7iKWnGwX9g==",
}  # fmt: skip


class Unavailable(RuntimeError):
    """This peer cannot be fetched or run here; the sentence says why."""


@dataclass(frozen=True)
class Measured:
    """Median milliseconds of CPU for one and for a hundred practitioners; how many places were found otherwise than by
    us in this work, and around changes of clocks; queries for one practitioner, of a peer with a database."""

    name: str
    one_ms: float
    hundred_ms: float
    different: int
    around_changes: int
    queries: int | None

    def __str__(self) -> str:
        asked = "" if self.queries is None else f", {self.queries} queries"
        return (
            f"{self.name}: 1 x 30 days {self.one_ms:.1f} ms{asked}; 100 x 30 days {self.hundred_ms:.0f} ms; "
            f"places that differ: {self.different}, and {self.around_changes} on days when clocks change"
        )


def measured() -> Iterator[Measured]:
    """Each peer that runs here. Those that do not are told on standard error."""
    for name, fetch in PEERS.items():
        try:
            CACHE.mkdir(mode=0o700, exist_ok=True)
            if CACHE.stat().st_uid != os.getuid():  # what is fetched there is run
                raise Unavailable(f"{CACHE} belongs to somebody else")
            yield _measure(name, fetch())
        except (Unavailable, OSError, subprocess.SubprocessError) as why:
            print(f"{name} is skipped: {why}", file=sys.stderr)


def calcom() -> list[str]:
    """The published bundle and the one dependency that its arithmetic uses, unpacked side by side."""
    node, npm = _tool("node"), _tool("npm")
    folder = CACHE / "calcom"
    for package, integrity in CALCOM.items():
        target = folder / "node_modules" / package.rpartition("@")[0]
        if not (target / "package.json").exists():
            _unpack(_packed(npm, package, integrity), target)
    return [node, str(HERE / "calcom.cjs"), str(folder / "node_modules/@calcom/platform-libraries")]


def django_appointment() -> list[str]:
    """An environment of its own, with everything at a hash."""
    locked = HERE / "requirements.txt"
    folder = CACHE / f"django-appointment-{hashlib.sha256(locked.read_bytes()).hexdigest()[:12]}"
    python = folder / "bin/python"
    if not (folder / "complete").exists():
        _call(sys.executable, "-m", "venv", "--clear", str(folder))
        _call(
            str(python), "-m", "pip", "install", "-q", "--require-hashes", "--only-binary", ":all:", "-r", str(locked)
        )
        (folder / "complete").touch()
    return [str(python), str(HERE / "django_appointment.py")]


PEERS: dict[str, Callable[[], list[str]]] = {
    "cal.com core (platform-libraries 0.0.360)": calcom,
    "django-appointment 3.12.0 on SQLite": django_appointment,
}


def _measure(name: str, command: list[str]) -> Measured:
    work = month(100)
    one, hundred = _play(command, month(1), runs=15), _play(command, work, runs=3)
    changes = sum(_different(_play(command, days, runs=1), days) for days in clock_changes())
    medians = [statistics.median(answer["cpu_ms"][1:]) for answer in (one, hundred)]  # the first warms up
    return Measured(name, *medians, _different(hundred, work), changes, one.get("queries"))


def _different(answer: Any, work: dict[str, Any]) -> int:
    """The places that only one of us offers."""
    found = [{in_utc(slot) for slot in slots} for slots in answer["slots"]]
    return sum(len(theirs ^ set(own)) for theirs, own in zip(found, ours(work), strict=True))


def _play(command: list[str], work: dict[str, Any], runs: int) -> Any:
    """The peer's answer, which is its last line."""
    return json.loads(_call(*command, text=json.dumps({**work, "runs": runs + 1})).splitlines()[-1])


def _packed(npm: str, package: str, integrity: str) -> Path:
    """The package's archive, as its registry has it; Unavailable when it is not what was pinned."""
    (name,) = json.loads(_call(npm, "pack", "--json", "--pack-destination", str(CACHE), package))
    archive = CACHE / Path(name["filename"]).name
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{found}" != integrity:
        archive.unlink()
        raise Unavailable(f"{package} is not what was pinned")
    return archive


def _unpack(archive: Path, target: Path) -> None:
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(Path(folder) / "package", target)
    archive.unlink()


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Unavailable(f"{name} is not on this machine")
    return found


def _call(*command: str, text: str = "") -> str:
    """What it prints; Unavailable, with the first error it tells, when it fails or takes longer than ten minutes."""
    zone = {**os.environ, "TZ": "UTC"}  # cal.com's servers run in UTC
    try:
        done = subprocess.run(command, input=text, capture_output=True, text=True, env=zone, timeout=600, check=False)
    except subprocess.TimeoutExpired:
        raise Unavailable(f"{Path(command[0]).name} takes longer than ten minutes") from None
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if "error" in line.lower()] or [
            f"ends with {done.returncode}"
        ]
        raise Unavailable(f"{Path(command[0]).name}: {said[0]}")
    return done.stdout


if __name__ == "__main__":
    for peer in measured():
        print(peer)
