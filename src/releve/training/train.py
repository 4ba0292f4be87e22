"""`releve train`: from the labelled messages to the files of weights, the same every time."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from releve.core.understanding import INTENTS, RED_FLAGS
from releve.language.intents.decision import choose
from releve.language.intents.model import Model
from releve.training.corpus import Corpus, Message
from releve.training.fit import LABELS, Example, examples, fit, left_out
from releve.training.measure import score

_THRESHOLDS = tuple(round(0.3 + 0.025 * k, 3) for k in range(17))
_KNOTS = 8
_FOUND = 0.95  # of what must be seen by a person; intents and urgency find most of the rest
_ALARMS = 0.003  # false alarms in a calm message


def train(corpus: Corpus, tell: Callable[[str], None] = print) -> dict[str, bytes]:
    """The bytes of each model by its name. Raises ImportError where scikit-learn is not installed."""
    tell(f"{len(corpus.learnt)} messages of {len({m.author for m in corpus.learnt})} authors")
    learnt = examples(corpus.learnt)
    pairs = zip(learnt, _unseen(learnt, tell), strict=True)
    usual, unseen = map(list, zip(*((e, p) for e, p in pairs if e.author not in corpus.skewed), strict=True))
    threshold = max(_THRESHOLDS, key=lambda t: _quality(usual, unseen, t))
    header = {
        "threshold": threshold,
        "extra": {name: rule(usual, unseen, name) for name, rule in _EXTRA.items()},
        "calibration": _calibration(usual, unseen, threshold),
        "corpus": digest(corpus.learnt),
    }
    none = {"threshold": 0.5, "extra": {}, "calibration": [(0.0, 0.0)], "corpus": header["corpus"]}
    emergencies = [e for e in learnt if "danger" in e.labels]
    return {"intents": fit(learnt).packed(header), "dangers": fit(emergencies, RED_FLAGS).packed(none)}


def _unseen(learnt: Sequence[Example], tell: Callable[[str], None]) -> list[dict[str, float]]:
    """For each example, the probabilities of a model that has not seen its author."""
    given: list[dict[str, float]] = [{} for _ in learnt]
    for places, rows in left_out(learnt, lambda author: tell(f"  leaving out {author}")):
        for place, row in zip(places, rows, strict=True):
            given[place] = dict(zip(LABELS, map(float, row), strict=True))
    return given


def _intents(example: Example) -> frozenset[str]:
    return example.labels & frozenset(INTENTS)


def _quality(learnt: Sequence[Example], unseen: Sequence[dict[str, float]], threshold: float) -> float:
    found = score([_intents(e) for e in learnt], [frozenset(choose(p, threshold)) for p in unseen])
    return found.f1 + found.exact


def _for_recall(learnt: Sequence[Example], unseen: Sequence[dict[str, float]], name: str) -> float:
    """The highest threshold that finds `_FOUND` of those labelled so."""
    own = sorted(p[name] for e, p in zip(learnt, unseen, strict=True) if name in e.labels)
    return round(own[int(len(own) * (1 - _FOUND))], 4) if own else 1.0


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
    return round(max(calm[int(len(calm) * _ALARMS)], 0.2), 4) if calm else 1.0


# A person must not be missed; a same-day need is weighed both ways; an emergency beside the list must be nearly sure.
_EXTRA = {"human": _for_recall, "same_day": _for_f1, "danger": _for_few_alarms}


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
