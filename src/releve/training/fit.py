"""Fits one logistic regression a label on all authors but a group at a time, then on all; packs the weights in bytes.

What each message gets from the model that has not seen its author sets the threshold, the calibration and
the published figures: nothing is measured on what was learnt.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from releve.core.understanding import INTENTS
from releve.language.intents.decision import EXTRA
from releve.language.intents.features import look
from releve.language.intents.model import packed, value
from releve.language.text import quiet, reading
from releve.language.view import View
from releve.training.corpus import Message
from releve.training.noise import noisy

LABELS = (*INTENTS, *EXTRA)
_SEED = 2026
_C = 20.0  # inverse strength of the penalty, chosen on authors left out (docs/explanation/understanding.md)
_RAREST = 2  # a feature met in fewer messages is left out
_RARE = 0.6  # a label met once in n messages counts n ** _RARE times; 0 and 1 are both worse on authors left out
_STEPS = 127
_GROUPS = 6  # of authors, each left out once

Features = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One message as the model sees it, clean, noisy and in stretches, and the labels it should get."""

    author: str
    clean: Features
    noisy: Features
    stretches: tuple[Features, ...]
    labels: frozenset[str]  # intents, EXTRA and red flags


def examples(messages: Sequence[Message]) -> list[Example]:
    """Features of every message; the noise depends on nothing but the order of the messages."""
    rng = random.Random(_SEED)
    return [_example(message, rng) for message in messages]


def _example(message: Message, rng: random.Random) -> Example:
    view = View(message.text, message.now)
    blurred = noisy(message.text, rng)
    extra = {"human": message.human, "same_day": message.urgency == "same_day", "danger": bool(message.red_flags)}
    looked = look(view.read)
    return Example(
        author=message.author,
        clean=tuple(looked.whole(view.cues)),
        noisy=tuple(look(quiet(reading(blurred))).whole(View(blurred, message.now).cues)),
        stretches=tuple(tuple(sorted(looked.within(*cut))) for cut in looked.stretches()),
        labels=message.intents | {name for name in EXTRA if extra[name]} | message.red_flags,
    )


@dataclass(frozen=True)
class Fitted:
    """Weights of a set of examples, before they are rounded."""

    labels: tuple[str, ...]
    vocabulary: dict[str, int]
    bias: list[float]
    weights: Any  # label by feature

    def scores(self, examples: Sequence[Example]) -> Any:
        """Message by label by two: the score of the whole, the best of a stretch."""
        import numpy as np

        whole = self._scores([e.clean for e in examples])
        counts = [max(1, len(e.stretches)) for e in examples]
        parts = self._scores([part for e in examples for part in e.stretches or (e.clean,)])
        best = np.maximum.reduceat(parts, np.cumsum([0, *counts[:-1]]))
        return np.stack([whole, best], axis=2)

    def _scores(self, rows: Sequence[Features]) -> Any:
        import numpy as np

        return _matrix(rows, self.vocabulary) @ self.weights.T + np.array(self.bias)

    def packed(self, header: dict[str, Any]) -> bytes:
        """The bytes of the file; weights under half a step are dropped."""
        import numpy as np

        step = float(np.abs(self.weights).max(initial=0.01)) / _STEPS
        rounded = np.rint(self.weights / step).astype(int)
        rows = {
            name: [(int(label), int(rounded[label, at])) for label in np.nonzero(rounded[:, at])[0]]
            for name, at in self.vocabulary.items()
        }
        kept = {name: pairs for name, pairs in rows.items() if pairs}
        return packed({**header, "labels": self.labels, "bias": [round(b, 4) for b in self.bias], "step": step}, kept)


def fit(examples: Sequence[Example], labels: tuple[str, ...] = LABELS) -> Fitted:
    """One logistic regression a label, on clean and noisy copies."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    met = Counter(feature for e in examples for feature in e.clean)
    vocabulary = {name: at for at, name in enumerate(sorted(f for f, n in met.items() if n >= _RAREST))}
    matrix = _matrix([*(e.clean for e in examples), *(e.noisy for e in examples)], vocabulary)
    bias, rows = [], []
    for label in labels:
        wanted = [label in e.labels for e in examples] * 2
        if not any(wanted):
            bias.append(-10.0)
            rows.append(np.zeros(len(vocabulary)))
            continue
        rare = ((len(wanted) - sum(wanted)) / sum(wanted)) ** _RARE
        found = LogisticRegression(
            C=_C, solver="liblinear", random_state=_SEED, class_weight={True: rare, False: 1.0}
        ).fit(matrix, wanted)
        bias.append(float(found.intercept_[0]))
        rows.append(found.coef_[0])
    return Fitted(labels, vocabulary, bias, np.vstack(rows))


def _matrix(rows: Sequence[Features], vocabulary: dict[str, int]) -> Any:
    from scipy.sparse import csr_matrix

    columns, ends, values = [], [0], []
    for row in rows:
        known = [(vocabulary[f], value(f)) for f in row if f in vocabulary]
        length = sum(worth * worth for _, worth in known) ** 0.5 or 1.0
        columns += [at for at, _ in known]
        values += [worth / length for _, worth in known]
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(rows), len(vocabulary)))


def left_out(examples: Sequence[Example], tell: Callable[[str], None]) -> Iterator[tuple[list[int], Any]]:
    """The authors in groups: for each, the places of their messages, and what a model of all the others scores them."""
    authors = sorted({e.author for e in examples})
    for group in (authors[at::_GROUPS] for at in range(min(_GROUPS, len(authors)))):
        tell(", ".join(group))
        own = [at for at, e in enumerate(examples) if e.author in group]
        model = fit([e for e in examples if e.author not in group])
        yield own, model.scores([examples[at] for at in own])


Blend = list[tuple[float, float, float]]


def blend(scores: Any, examples: Sequence[Example]) -> Blend:
    """For each label the weight of the whole message, of its best stretch, and a constant."""
    from sklearn.linear_model import LogisticRegression

    found: Blend = []
    for at, label in enumerate(LABELS):
        wanted = [label in e.labels for e in examples]
        if len(set(wanted)) < 2:
            found.append((1.0, 0.0, 0.0))
            continue
        fitted = LogisticRegression(max_iter=500).fit(scores[:, at], wanted)
        (whole, stretch), (constant,) = fitted.coef_[0], fitted.intercept_
        found.append((round(float(whole), 4), round(float(stretch), 4), round(float(constant), 4)))
    return found


def blended(scores: Any, weights: Blend) -> Any:
    """Probabilities, message by label."""
    import numpy as np

    a, b, c = np.array(weights).T
    return 1 / (1 + np.exp(-np.clip(scores[:, :, 0] * a + scores[:, :, 1] * b + c, -30, 30)))
