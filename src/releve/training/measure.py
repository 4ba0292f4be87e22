"""Scores of sets of labels, and how well a confidence keeps its promise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Labels = frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of 1."""

    f1: float
    exact: float
    count: int


def score(wanted: Sequence[Labels], given: Sequence[Labels]) -> Score:
    """Micro-averaged F1 over labels, and the share of messages whose set is exactly right."""
    right = sum(len(w & g) for w, g in zip(wanted, given, strict=True))
    told = sum(map(len, wanted)) + sum(map(len, given))
    exact = sum(w == g for w, g in zip(wanted, given, strict=True))
    return Score(2 * right / told if told else 0.0, exact / len(wanted) if wanted else 0.0, len(wanted))


def calibration_error(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error: mean distance of confidence and share right, over bins of equal width."""
    sums = [[0.0, 0.0] for _ in range(bins)]
    for confidence, is_right in zip(confidences, right, strict=True):
        own = sums[min(int(confidence * bins), bins - 1)]
        own[0] += confidence
        own[1] += is_right
    return sum(abs(told - was) for told, was in sums) / max(1, len(confidences))


def recall_precision(wanted: Iterable[bool], given: Iterable[bool]) -> tuple[float, float]:
    """Of a yes-or-no label."""
    pairs = list(zip(wanted, given, strict=True))
    both = sum(w and g for w, g in pairs)
    return both / max(1, sum(w for w, _ in pairs)), both / max(1, sum(g for _, g in pairs))
