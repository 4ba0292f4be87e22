"""Plays every arm on the same seeds and prints what each made of its time. README.md tells the world and the words.

python -m bench.clinic_sim [--seeds N] [--weeks N] [--demand X ...] [--exchanged N] [--processes N]
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import fmean

from bench.clinic_sim.figures import Figure, Gap, Played, gap, over_seeds, way
from bench.clinic_sim.jobs import ARMS, Job
from bench.clinic_sim.measure import Result
from bench.clinic_sim.world import Parameters

SEEDS, WEEKS = 3, 5
EXCHANGED = 1  # seeds played again with groups exchanged
BUSY, BALANCED = Parameters().demand, 1.0
Row = tuple[str, str, str]


def jobs(seeds: int, weeks: int, demand: float, exchanged: int) -> list[tuple[int, str, Job]]:
    """Every seed as drawn, some with speeds exchanged; the first of these with labels exchanged too."""
    arms = (*ARMS, "product")
    made = [(seed, "drawn", Job(seed, weeks, demand, arms)) for seed in range(seeds)]
    made += [(seed, "speed", Job(seed, weeks, demand, arms, speed=True)) for seed in range(exchanged)]
    if exchanged:
        made.append((0, "labels", Job(0, weeks, demand, ("product",), labels=True)))
    return made


def play(todo: Sequence[tuple[int, str, Job]], processes: int) -> list[Played]:
    with ThreadPoolExecutor(processes) as pool:
        done = list(pool.map(lambda one: one[2].run(), todo))
    versions: dict[int, dict[str, dict[str, Result]]] = {}
    for (seed, version, _), results in zip(todo, done, strict=True):
        versions.setdefault(seed, {})[version] = results
    return [Played(v) for v in versions.values()]


def table(seeds: Sequence[Played]) -> Iterator[str]:
    """One line an arm."""
    heads = ("arm", "utilisation", "no-shows", "refilled", "filled", "messages a fill", "reminders", "days", "way")
    lines = [heads]
    for arm in (*ARMS, "product"):
        used = over_seeds([s.mean(arm, lambda r: r.utilisation) for s in seeds])
        missed = fmean(s.mean(arm, lambda r: r.missed / max(1, r.missed + r.attended)) for s in seeds)
        refilled = fmean(s.mean(arm, lambda r: r.refilled / max(1, r.given_up)) for s in seeds)
        filled = fmean(s.mean(arm, lambda r: r.filled) for s in seeds)
        messages = each_fill(seeds, arm)
        lines.append((
            arm, used.said(), f"{missed:.1%}", f"{refilled:.0%}", f"{filled:.0f}",
            f"{messages:.1f}" if messages else "",
            f"{fmean(s.mean(arm, lambda r: r.reminders) for s in seeds):.0f}",
            f"{fmean(s.mean(arm, lambda r: r.days) for s in seeds):.1f}", way(seeds, arm).said(100, 0) + " %",
        ))  # fmt: skip
    widths = [max(len(line[n]) for line in lines) for n in range(len(heads))]
    yield from ("  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)) for line in lines)


def each_fill(seeds: Sequence[Played], arm: str) -> float:
    found = [r for s in seeds for r in s.all(arm)]
    return sum(r.messages for r in found) / max(1, sum(r.filled for r in found))


def losses(seeds: Sequence[Played]) -> Iterator[str]:
    """Of 1000 places, those nobody attended, by what became of them."""
    for arm in (*ARMS, "product"):
        found = [r for s in seeds for r in s.all(arm)]
        total = sum((Counter(r.losses) for r in found), Counter())
        offered = sum(r.offered for r in found)
        yield f"{arm}: " + (", ".join(f"{k} {1000 * n / offered:.0f}" for k, n in sorted(total.items())) or "nothing")


def talks(seeds: Sequence[Played]) -> str:
    total = sum((Counter(r.extra) for s in seeds for r in s.all("product")), Counter())
    return ", ".join(f"{name} {n:.0f}" for name, n in sorted(total.items()))


def gaps(seeds: Sequence[Played]) -> dict[str, Gap]:
    measured = {"speed": "speed", "age": "labels", "channel": "labels"}
    return {n: gap(seeds, n, by) for n, by in measured.items() if any(by in s.versions for s in seeds)}


def report(seeds: int, weeks: int, demand: float, exchanged: int, processes: int) -> Iterator[Row]:
    """The bars; the tables go to standard error."""
    played = play(jobs(seeds, weeks, demand, exchanged), processes)
    found = gaps(played)
    faults = [fault for s in played for r in s.all("product") for fault in r.faults]
    print(f"{demand} requests a place, {seeds} seeds of {weeks} weeks", *table(played), sep="\n", file=sys.stderr)
    print("nobody came, of 1000 places:", *losses(played), f"product: {talks(played)}", sep="\n  ", file=sys.stderr)
    print(*(f"gap of {name}: {_gap(one)}" for name, one in found.items()), *faults[:20], sep="\n", file=sys.stderr)
    where = f"clinic, {demand} requests a place"
    used = over_seeds([s.mean("product", lambda r: r.utilisation) for s in played])
    yield f"{where}: utilisation", ">= 0.92", used.said()
    yield f"{where}: way from nothing to the oracle", ">= 70 %", _of_sure(way(played, "product"), way(played, "sure"))
    yield f"{where}: messages a filled place", "<= 15", f"{each_fill(played, 'product'):.1f}"
    if found:
        worst = max((one.share for one in found.values()), key=lambda share: abs(share.mean))
        yield f"{where}: equity gap", "<= 2 points", worst.said(100, 1)
    doubles = sum("double booking" in fault for fault in faults)
    yield f"{where}: double bookings", "0", f"{doubles}, {len(faults) - doubles} differences from its answers"


def _gap(one: Gap) -> str:
    return f"share {one.share.said(100, 1)} points, days {one.days.said(1, 1)}, {one.people} people"


def _of_sure(product: Figure, sure: Figure) -> str:
    return f"{product.said(100, 0)} % (the arm sure: {sure.mean:.0%})"


def bars() -> Iterator[Row]:
    """What `python -m bench clinic_sim` prints: the busy practice whole, the balanced one as drawn."""
    processes = os.cpu_count() or 1
    yield from report(SEEDS, WEEKS, BUSY, EXCHANGED, processes)
    yield from report(SEEDS - 1, WEEKS, BALANCED, 0, processes)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.clinic_sim", description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--weeks", type=int, default=WEEKS)
    parser.add_argument("--demand", type=float, nargs="+", default=[BUSY])
    parser.add_argument("--exchanged", type=int, default=EXCHANGED, help="seeds played again with groups exchanged")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args(arguments)
    for demand in given.demand:
        for row in report(given.seeds, given.weeks, demand, given.exchanged, given.processes):
            print(" | ".join(row), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
