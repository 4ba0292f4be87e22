"""From the results of several seeds to the figures: means with intervals, gaps between halves of the people."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from bench.clinic_sim.measure import Result, Waited

STUDENT = (12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26)  # 97.5 %, from 1 degree of freedom on


@dataclass(frozen=True)
class Figure:
    """A mean and the half width of its 95 % interval (nan with a single value)."""

    mean: float
    half: float

    def said(self, scale: float = 1.0, digits: int = 3) -> str:
        half = "" if math.isnan(self.half) else f" ±{self.half * scale:.{digits}f}"
        return f"{self.mean * scale:.{digits}f}{half}"


def over_seeds(values: Sequence[float]) -> Figure:
    if len(values) < 2:
        return Figure(values[0], math.nan)
    width = STUDENT[min(len(values) - 1, len(STUDENT)) - 1]
    return Figure(fmean(values), width * stdev(values) / math.sqrt(len(values)))


@dataclass(frozen=True)
class Played:
    """All that was played of one seed: by version (`drawn`, `speed`, `labels` exchanged), by arm."""

    versions: Mapping[str, Mapping[str, Result]]

    def mean(self, arm: str, of: Callable[[Result], float]) -> float:
        """Over the version drawn and the one with speeds exchanged: groups then weigh the same."""
        found = [self.versions[v][arm] for v in ("drawn", "speed") if arm in self.versions.get(v, {})]
        return fmean(of(one) for one in found)

    def all(self, arm: str) -> list[Result]:
        return [version[arm] for version in self.versions.values() if arm in version]


def way(seeds: Sequence[Played], arm: str) -> Figure:
    """(arm - nothing) / (oracle - nothing), of the mean utilisations; the interval by the delta method."""
    used = {name: [s.mean(name, lambda r: r.utilisation) for s in seeds] for name in ("nothing", "oracle", arm)}
    gained = [a - n for a, n in zip(used[arm], used["nothing"], strict=True)]
    possible = [o - n for o, n in zip(used["oracle"], used["nothing"], strict=True)]
    share = fmean(gained) / fmean(possible)
    rest = over_seeds([g - share * p for g, p in zip(gained, possible, strict=True)])
    return Figure(share, rest.half / fmean(possible))


@dataclass(frozen=True)
class Gap:
    """Between the two halves of a group: `share` who got an earlier place, `days` waited for the visit."""

    share: Figure
    days: Figure
    people: int


def gap(seeds: Sequence[Played], group: str, exchanged: str) -> Gap:
    """Each person against themself in the version where they belong to the other half."""
    pairs: list[tuple[Waited, Waited]] = []
    for seed in seeds:
        if exchanged in seed.versions:
            here, there = (seed.versions[v]["product"].waited for v in ("drawn", exchanged))
            pairs += [(here[n], there[n]) for n in sorted(here.keys() & there.keys())]
    signed = [(a, b) if a.groups[group] else (b, a) for a, b in pairs]
    days = [a.days - b.days for a, b in signed if a.days is not None and b.days is not None]
    return Gap(_over_people([float(a.served) - b.served for a, b in signed]), _over_people(days), len(pairs))


def _over_people(values: Sequence[float]) -> Figure:
    if len(values) < 2:
        return Figure(0.0, math.nan)
    return Figure(fmean(values), 1.96 * stdev(values) / math.sqrt(len(values)))
