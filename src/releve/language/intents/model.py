"""The small linear model: which intents a message carries, from features counted in the repository's corpus.

For each label, score = bias + (sum over features of value x weight) / length, where the value is the worth of the
feature's kind and the length is the Euclidean length of the values. The whole message has a score, and so has each of
its stretches; probability = 1 / (1 + exp(-(a x score of the whole + b x best score of a stretch + c))), where a, b and
c are the label's own ("blend"). Weights are bytes (one step is `step`), kept only where they matter: a feature's row is
a few (label, weight) pairs.
`releve train` writes the file; nothing here learns.
"""

import json
import math
import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

# The worth of a feature's kind: a piece of word says less than a word, what another reader found says more.
VALUE = {"c": 0.5, "cue": 2.0}
_MAGIC = b"releve-linear-1\n"
_LANE = 24


def value(feature: str) -> float:
    """The value of a feature that is there."""
    return VALUE.get(feature.partition(" ")[0], 1.0)


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature's part in one label's score."""

    label: str
    feature: str
    weight: float


@dataclass(frozen=True, slots=True)
class Judged:
    """For each label, its probability, and which stretch speaks most for it."""

    probabilities: dict[str, float]
    best: dict[str, int] = field(default_factory=dict)


class Model:
    """Weights read from one file, ready to score."""

    def __init__(self, data: bytes) -> None:
        """Raises ValueError when the file is no model of this format."""
        if not data.startswith(_MAGIC):
            raise ValueError("model: is not a file written by `releve train`")
        (size,) = struct.unpack_from("<I", data, len(_MAGIC))
        at = len(_MAGIC) + 4
        self.header = json.loads(data[at : at + size])
        at += size
        self.labels: tuple[str, ...] = tuple(self.header["labels"])
        self._bias: list[float] = self.header["bias"]
        self._step: float = self.header["step"]
        self._knots: list[tuple[float, float]] = [(a, b) for a, b in self.header["calibration"]]
        self.blend: list[tuple[float, float, float]] = [(a, b, c) for a, b, c in self.header["blend"]]
        self.threshold: float = self.header["threshold"]
        self.extra: dict[str, float] = self.header["extra"]
        names = data[at : at + self.header["names"]].decode().split("\n")
        at += self.header["names"]
        self._row = dict(zip(names, range(len(names)), strict=True))
        ends = array("I", data[at : at + 4 * len(names)])
        at += 4 * len(names)
        self._ends = ends
        self._labels = data[at : at + ends[-1]]
        self._weights = array("b", data[at + ends[-1] :])
        self._base = sum(128 << (_LANE * label) for label in range(len(self.labels)))
        self._met: dict[str, int] = {}

    def _pairs(self, row: int) -> Iterable[tuple[int, int]]:
        """(label number, weight) of one feature."""
        start, end = self._ends[row - 1] if row else 0, self._ends[row]
        return zip(self._labels[start:end], self._weights[start:end], strict=True)

    def _lanes(self, feature: str) -> int | None:
        """The feature's weights side by side in one integer, so that one addition adds them all; made when first met.

        A lane holds weight + 128 on 24 bits: room for 65,000 features.
        """
        row = self._row.get(feature)
        if row is None:
            return None
        lanes = self._base + sum(weight << (_LANE * label) for label, weight in self._pairs(row))
        self._met[feature] = lanes
        return lanes

    def judge(self, whole: Iterable[str], stretches: Sequence[Iterable[str]]) -> Judged:
        """The probability of each label: what the whole says, and what its best stretch says."""
        scores = self._scores(whole)
        parts = [self._scores(stretch) for stretch in stretches] or [scores]
        probabilities, best = {}, {}
        for at, (label, (a, b, c)) in enumerate(zip(self.labels, self.blend, strict=True)):
            best[label] = max(range(len(parts)), key=lambda part: parts[part][at])
            score = a * scores[at] + b * parts[best[label]][at] + c
            probabilities[label] = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
        return Judged(probabilities, best)

    def _scores(self, features: Iterable[str]) -> list[float]:
        """One a label."""
        met = self._met
        totals: dict[float, list[int]] = {}
        for feature in features:
            lanes = met.get(feature) or self._lanes(feature)
            if lanes:
                total = totals.setdefault(VALUE.get(feature[: feature.index(" ")], 1.0), [0, 0])
                total[0] += lanes
                total[1] += 1
        length = math.sqrt(sum(worth * worth * count for worth, (_, count) in totals.items()))
        scores = list(self._bias)
        for worth, (lanes, count) in totals.items():
            scale = worth * self._step / length
            data = lanes.to_bytes(_LANE // 8 * len(scores), "little")
            for at in range(len(scores)):
                scores[at] += scale * (int.from_bytes(data[3 * at : 3 * at + 3], "little") - 128 * count)
        return scores

    def confidence(self, probabilities: Mapping[str, float], chosen: Iterable[str]) -> float:
        """Probability that the chosen set is exactly right: the product of its parts, through the calibration curve."""
        return _interpolated(self._knots, self.product(probabilities, chosen))

    @staticmethod
    def product(probabilities: Mapping[str, float], chosen: Iterable[str]) -> float:
        """Probability of the set if its labels did not depend on one another."""
        kept = set(chosen)
        return math.prod(p if label in kept else 1 - p for label, p in probabilities.items())

    def reasons(self, features: Iterable[str], labels: Sequence[str], most: int) -> tuple[Reason, ...]:
        """The features that weighed most for or against these labels in the whole message, the heaviest first."""
        known = [f for f in features if f in self._row]
        length = math.sqrt(sum(value(f) ** 2 for f in known)) or 1.0
        parts = [
            Reason(self.labels[label], feature, round(weight * self._step * value(feature) / length, 3))
            for feature in known
            for label, weight in self._pairs(self._row[feature])
            if self.labels[label] in labels
        ]
        return tuple(sorted(parts, key=lambda reason: -abs(reason.weight))[:most])

    def weight(self, feature: str, label: int) -> float:
        """How much the feature speaks for the label of that number; 0 when it says nothing."""
        row = self._row.get(feature)
        if row is None:
            return 0.0
        at = self._labels.find(label, self._ends[row - 1] if row else 0, self._ends[row])
        return self._weights[at] * value(feature) if at >= 0 else 0.0


def _interpolated(knots: Sequence[tuple[float, float]], raw: float) -> float:
    at = bisect_right([a for a, _ in knots], raw)
    if at == 0 or at == len(knots):
        return knots[min(at, len(knots) - 1)][1]
    (a, low), (b, high) = knots[at - 1], knots[at]
    return low + (high - low) * (raw - a) / (b - a)


def packed(header: Mapping[str, object], rows: Mapping[str, Sequence[tuple[int, int]]]) -> bytes:
    """The file's bytes; `rows` maps a feature to its (label number, weight of -127..127) pairs."""
    names = "\n".join(rows).encode()
    ends, labels, weights = array("I"), bytearray(), array("b")
    for pairs in rows.values():
        for label, weight in pairs:
            labels.append(label)
            weights.append(weight)
        ends.append(len(labels))
    head = json.dumps({**header, "names": len(names)}, ensure_ascii=False, sort_keys=True).encode()
    return b"".join(
        (_MAGIC, struct.pack("<I", len(head)), head, names, ends.tobytes(), bytes(labels), weights.tobytes())
    )


@cache
def model(name: str) -> Model:
    """A model that ships with this version: "intents", or "dangers" (which red flag an emergency is likest to)."""
    return Model(resources.files("releve.language.intents").joinpath(f"{name}.bin").read_bytes())
