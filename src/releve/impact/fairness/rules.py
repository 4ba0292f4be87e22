"""Shares of people who were offered a place, by group, and the gap between groups with its interval. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import sqrt
from statistics import NormalDist, median

SMALLEST = 5  # people: a smaller group is not shown, it would tell of persons
SURE = 0.95
WIDE = 0.30  # an interval wider than this says too little
A_POINT = 0.01  # figures are told in whole points: one that begins at 0 proves nothing to who reads it
AGES = (("child", 18), ("adult", 65), ("senior", 200))  # under so many years


@dataclass(frozen=True, slots=True)
class Waited:
    """One entry of the list. `groups`: criterion -> group; `days` from joining to the place, when it is known."""

    groups: Mapping[str, str]
    offered: bool
    served: bool
    days: float | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """One group: how many waited, how many were offered a place, how many got one, after how many days (median)."""

    group: str
    people: int
    offered: int
    served: int
    days: float | None

    @property
    def offered_share(self) -> float:
        return self.offered / self.people

    @property
    def served_share(self) -> float:
        return self.served / self.people


@dataclass(frozen=True, slots=True)
class Gap:
    """The widest difference between two groups, in shares of one; `low` and `high` hold it with 95 % confidence,
    however many pairs of groups there were to choose from."""

    more: str
    less: str
    size: float
    low: float
    high: float

    @property
    def proven(self) -> bool:
        """Chance alone does not make it."""
        return self.low >= A_POINT

    @property
    def too_wide(self) -> bool:
        """So few people that even a large gap could hide in it."""
        return not self.proven and self.high - self.low > WIDE


@dataclass(frozen=True, slots=True)
class Comparison:
    """`hidden`: people of groups too small to be shown. No gap: fewer than two groups are left."""

    criterion: str
    shares: tuple[Share, ...]
    hidden: int
    offered: Gap | None
    served: Gap | None


def compare(rows: Iterable[Waited], criterion: str, order: Sequence[str] = ()) -> Comparison:
    """The groups of this criterion, in the given order; others after them, by name."""
    groups: dict[str, list[Waited]] = {}
    for row in rows:
        groups.setdefault(row.groups[criterion], []).append(row)
    names = sorted(groups, key=lambda name: (order.index(name) if name in order else len(order), name))
    shown = tuple(_share(name, groups[name]) for name in names if len(groups[name]) >= SMALLEST)
    hidden = sum(len(members) for members in groups.values() if len(members) < SMALLEST)
    offered = {share.group: (share.offered, share.people) for share in shown}
    served = {share.group: (share.served, share.people) for share in shown}
    return Comparison(criterion, shown, hidden, widest(offered), widest(served))


def _share(name: str, members: Sequence[Waited]) -> Share:
    waited = [row.days for row in members if row.served and row.days is not None]
    return Share(
        group=name,
        people=len(members),
        offered=sum(row.offered for row in members),
        served=sum(row.served for row in members),
        days=median(waited) if len(waited) >= SMALLEST else None,
    )


def widest(counts: Mapping[str, tuple[int, int]]) -> Gap | None:
    """The two groups (name -> how many of how many) that differ most. Bonferroni's correction for the choice."""
    pairs = list(combinations(counts, 2))
    if not pairs:
        return None
    z = NormalDist().inv_cdf(1 - (1 - SURE) / 2 / len(pairs))
    return max((_gap(a, b, counts, z) for a, b in pairs), key=lambda gap: gap.size)


def _gap(a: str, b: str, counts: Mapping[str, tuple[int, int]], z: float) -> Gap:
    more, less = sorted((a, b), key=lambda name: -counts[name][0] / counts[name][1])
    low, high = difference(*counts[more], *counts[less], z)
    size = counts[more][0] / counts[more][1] - counts[less][0] / counts[less][1]
    return Gap(more, less, size, low, high)


def difference(hits_1: int, of_1: int, hits_2: int, of_2: int, z: float = 1.96) -> tuple[float, float]:
    """The interval of p1 - p2 (Newcombe, Statistics in Medicine 1998, method 10: from Wilson's score intervals)."""
    p1, p2 = hits_1 / of_1, hits_2 / of_2
    (l1, u1), (l2, u2) = wilson(hits_1, of_1, z), wilson(hits_2, of_2, z)
    low = p1 - p2 - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
    high = p1 - p2 + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)
    return max(low, -1.0), min(high, 1.0)


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's score interval of a share."""
    p = hits / of
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(p * (1 - p) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return middle - half, middle + half


def age_band(born: date, on: date) -> str:
    """child, adult or senior, by full years."""
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return next(name for name, under in AGES if years < under or name == AGES[-1][0])
