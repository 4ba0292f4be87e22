"""`releve train`: from the labelled messages to the files of weights, the same every time."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from releve.core.understanding import INTENTS, RED_FLAGS
from releve.language.intents.decision import PERSONAL, choose
from releve.language.intents.model import Model
from releve.training.corpus import Corpus, Message
from releve.training.fit import LABELS, Blend, Example, blend, blended, examples, fit, left_out
from releve.training.measure import score

_THRESHOLDS = tuple(round(0.3 + 0.025 * k, 3) for k in range(17))
_KNOTS = 8
_FOUND = 0.965  # of what must be seen by a person, by models that learnt from fewer authors: the whole finds more
_WHOLE = [(1.0, 0.0, 0.0)] * len(RED_FLAGS)  # no stretches: only which danger is likeliest matters
_ALARMS = 0.003  # false alarms in a calm message


def train(corpus: Corpus, tell: Callable[[str], None] = print) -> dict[str, bytes]:
    """The bytes of each model by its name. Raises ImportError where scikit-learn is not installed."""
    tell(f"{len(corpus.learnt)} messages of {len({m.author for m in corpus.learnt})} authors")
    learnt = examples(corpus.learnt)
    weights, probabilities = _unseen(learnt, tell)
    pairs = zip(learnt, probabilities, strict=True)
    usual, unseen = map(list, zip(*((e, p) for e, p in pairs if e.author not in corpus.skewed), strict=True))
    threshold = max(_THRESHOLDS, key=lambda t: _quality(usual, unseen, t))
    urgent = {"same_day": _for_f1(usual, unseen, "same_day"), "danger": _for_few_alarms(usual, unseen, "danger")}
    header = {
        "threshold": threshold,
        "extra": {**urgent, "human": _for_recall(usual, unseen, threshold, urgent)},
        "calibration": _calibration(usual, unseen, threshold),
        "blend": weights,
        "corpus": digest(corpus.learnt),
    }
    none = {"threshold": 0.5, "extra": {}, "calibration": [(0.0, 0.0)], "blend": _WHOLE, "corpus": header["corpus"]}
    emergencies = [e for e in learnt if "danger" in e.labels]
    return {"intents": fit(learnt).packed(header), "dangers": fit(emergencies, RED_FLAGS).packed(none)}


def _unseen(learnt: Sequence[Example], tell: Callable[[str], None]) -> tuple[Blend, list[dict[str, float]]]:
    """How whole and stretches are weighed, and for each example the probabilities of models that have not seen its
    author."""
    import numpy as np

    scores = np.zeros((len(learnt), len(LABELS), 2))
    for places, rows in left_out(learnt, lambda author: tell(f"  leaving out {author}")):
        scores[places] = rows
    weights = blend(scores, learnt)
    rows = blended(scores, weights)
    return weights, [dict(zip(LABELS, map(float, row), strict=True)) for row in rows]


def _intents(example: Example) -> frozenset[str]:
    return example.labels & frozenset(INTENTS)


def _quality(learnt: Sequence[Example], unseen: Sequence[dict[str, float]], threshold: float) -> float:
    found = score([_intents(e) for e in learnt], [frozenset(choose(p, threshold)) for p in unseen])
    return found.f1 + found.exact


def _for_recall(
    learnt: Sequence[Example], unseen: Sequence[dict[str, float]], threshold: float, urgent: dict[str, float]
) -> float:
    """The highest threshold of "human" that finds `_FOUND`, beside what sends a message to a person anyway."""
    wanted = [(e, p) for e, p in zip(learnt, unseen, strict=True) if "human" in e.labels]
    missed = sorted(p["human"] for e, p in wanted if not _seen_anyway(e, p, threshold, urgent))
    allowed = int(len(wanted) * (1 - _FOUND))
    return round(missed[allowed], 4) if allowed < len(missed) else 1.0


def _seen_anyway(example: Example, p: dict[str, float], threshold: float, urgent: dict[str, float]) -> bool:
    """A person sees it for another reason: its intents, its urgency, another person's record."""
    facts = {"cue flag", "cue third party"} & set(example.clean)
    return bool(facts) or any(p[k] >= t for k, t in urgent.items()) or not PERSONAL.isdisjoint(choose(p, threshold))


def _for_f1(learnt: Sequence[Example], unseen: Sequence[dict[str, float]], name: str) -> float:
    """The threshold with the best F1 for this label."""
    wanted = [frozenset({name}) & e.labels for e in learnt]

    def f1(threshold: float) -> float:
        return score(wanted, [frozenset({name} if p[name] >= threshold else ()) for p in unseen]).f1

    return max(_THRESHOLDS, key=f1)


def _for_few_alarms(learnt: Sequence[Example], unseen: Sequence[dict[str, float]], name: str) -> float:
    """The lowest threshold that raises `_ALARMS` false alarms, at most, beside those of the list of red flags."""
    calm = sorted(
        (p[name] for e, p in zip(learnt, unseen, strict=True) if name not in e.labels and "cue flag" not in e.clean),
        reverse=True,
    )
    return round(calm[int(len(calm) * _ALARMS)], 4) if calm else 1.0


def _calibration(
    learnt: Sequence[Example], unseen: Sequence[dict[str, float]], threshold: float
) -> list[tuple[float, float]]:
    """Knots (product of the parts, share exactly right), rising: pooled until no share falls (isotonic regression)."""
    pairs = []
    for example, p in zip(learnt, unseen, strict=True):
        chosen = choose(p, threshold)
        pairs.append((Model.product({i: p[i] for i in INTENTS}, chosen), frozenset(chosen) == _intents(example)))
    pairs.sort()
    size = max(1, len(pairs) // (3 * _KNOTS))
    groups = [pairs[at : at + size] for at in range(0, len(pairs), size)]
    pools: list[list[tuple[float, bool]]] = []
    for group in groups:
        pools.append(list(group))
        while len(pools) > 1 and _share(pools[-2]) >= _share(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    return [(round(sum(raw for raw, _ in pool) / len(pool), 4), round(_share(pool), 4)) for pool in pools]


def _share(pool: Sequence[tuple[float, bool]]) -> float:
    return sum(right for _, right in pool) / len(pool)


def digest(messages: Sequence[Message]) -> str:
    """What was learnt from: SHA-256 of ids, texts and labels, in order."""
    hashed = hashlib.sha256()
    for message in messages:
        hashed.update(f"{message.id}\n{message.text}\n{sorted(message.intents)}\n{message.human}\n".encode())
    return hashed.hexdigest()


def write(models: dict[str, bytes], folder: Path) -> None:
    """Each file whole or not at all."""
    for name, data in models.items():
        half = folder / f"{name}.part"
        half.write_bytes(data)
        half.replace(folder / f"{name}.bin")
