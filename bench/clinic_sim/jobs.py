"""One job plays arms in one version of one world, in a process of its own with a throw-away database."""

import dataclasses
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.clinic_sim.arms import ByHand, Oracle, Reminders, Sure
from bench.clinic_sim.measure import Result, Waited, result
from bench.clinic_sim.play import Arm
from bench.clinic_sim.world import Flips, World, practice

ARMS: dict[str, type[Arm]] = {arm.name: arm for arm in (Arm, Reminders, ByHand, Sure, Oracle)}
MEMORY = Path("/dev/shm")  # where there is one, the database need not wait for a disk


@dataclasses.dataclass(frozen=True)
class Job:
    seed: int
    weeks: int
    demand: float
    arms: tuple[str, ...]
    speed: bool = False
    labels: bool = False

    def world(self) -> World:
        return World(self.seed, self.weeks, practice(self.demand), Flips(self.speed, self.labels))

    def run(self) -> dict[str, Result]:
        """In a new process. Raises RuntimeError with what it said when it fails."""
        command = [sys.executable, "-m", "bench.clinic_sim.jobs", json.dumps(dataclasses.asdict(self))]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{self} failed:\n{done.stderr}")
        print(f"{self} is played", file=sys.stderr, flush=True)
        sys.stderr.write(done.stderr)
        return {name: _read(row) for name, row in json.loads(done.stdout).items()}


def _read(row: dict[str, Any]) -> Result:
    waited = {int(number): Waited(**one) for number, one in row.pop("waited").items()}
    return Result(**row, waited=waited)


def play(job: Job) -> dict[str, Result]:
    """Here and now. The product needs Django and an empty database."""
    played = {}
    for name in job.arms:
        played[name] = _product(job) if name == "product" else result(ARMS[name](job.world()).run())
    return played


def _product(job: Job) -> Result:
    from bench.clinic_sim.product import Product

    arm = Product(job.world())
    arm.run()
    found = result(arm)
    found.faults = list(arm.faults())
    found.extra = {**arm.talks, **{f"offers {name}": n for name, n in arm.offers.items()}, "strange": len(arm.strange)}
    for text in (*arm.strange[:3], *(arm.curious if os.environ.get("CURIOUS") else ())):
        print(f"seed {job.seed}: {text}", file=sys.stderr)
    return found


def main(arguments: Sequence[str]) -> int:
    given: dict[str, Any] = json.loads(arguments[0])
    job = Job(**{**given, "arms": tuple(given["arms"])})
    with tempfile.TemporaryDirectory(prefix="releve-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        os.environ["RELEVE_DATA_DIR"] = folder
        os.environ.pop("RELEVE_DATABASE_URL", None)
        if "product" in job.arms:
            from releve.config.commands import migrate

            migrate()
        json.dump({name: dataclasses.asdict(one) for name, one in play(job).items()}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
