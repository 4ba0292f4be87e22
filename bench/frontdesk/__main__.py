"""Plays the front-desk scenarios: those beside this project when they are there, and those of three other practices.

python -m bench.frontdesk [OPTIONS of frontdesk_bench.py]
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SETS = {
    "lilas": HERE.parents[2] / "shared" / "frontdesk" / "dev.jsonl",
    "tilleuls": HERE / "tilleuls.jsonl",
    "salines": HERE / "salines.jsonl",
    "ardoises": HERE / "ardoises.jsonl",
}
COMMAND = f"{sys.executable} -m releve.cli front-desk --practice {{practice}}"


def play(scenarios: Path, options: Sequence[str] = ()) -> dict[str, Any]:
    """Runs one file of scenarios, two at a time; prints the table of families and returns the summary."""
    command = [sys.executable, str(HERE / "frontdesk_bench.py"), str(scenarios), "--command", COMMAND, "--jobs", "2"]
    done = subprocess.run([*command, "--quiet", *options], stdout=subprocess.PIPE, text=True, check=True)
    *table, last = done.stdout.splitlines()
    print(*table, sep="\n", flush=True)
    return dict(json.loads(last))


def report(options: Sequence[str] = ()) -> list[tuple[str, str, str]]:
    rows = []
    for name, scenarios in SETS.items():
        if scenarios.exists():
            found = play(scenarios, options)
            said = ", ".join(f"{what} {found[what]}" for what in ("pass1", "pass4", "wrong_writes") if what in found)
            said += f", missed handoffs {found['missed_handoffs']}, {found['ms_median']:.0f} ms a turn"
            rows.append((f"front desk, {found['scenarios']} scenarios of {name}", "no wrong write", said))
    return rows


if __name__ == "__main__":
    for row in report(sys.argv[1:]):
        print(" | ".join(row))
