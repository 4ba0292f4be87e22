"""Fits how much each thing said beside a person or a name speaks for it: for whom a message is, which practitioner.

Conditional logit: a message offers candidates, each with what is said beside it; the right one is to weigh most (or
none of them, where none is meant). `python -m releve.training.persons` writes both files of weights of `entities`.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from releve.language.entities.patient import features as beside_persons
from releve.language.entities.practitioner import features as beside_names
from releve.language.text import fold, quiet, reading
from releve.training.corpus import Message, load

_RAREST = 3
_PENALTY = 1.0
_LEAST = 0.05  # smaller weights are left out of the file
_HEAD = (
    "# How much each thing said speaks for {what}. Fitted by conditional logit on data/messages (authors held out are\n"
    "# not read): `python -m releve.training.persons`. The names are those of {names}.\n[weights]\n"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is said beside each candidate of one message, and which of them are right."""

    candidates: tuple[frozenset[str], ...]
    right: tuple[bool, ...]
    may_be_none: bool


def whom(messages: Iterable[Message]) -> Iterator[Choice]:
    """For whom each message speaks: one candidate a label."""
    for message in messages:
        told = beside_persons(quiet(reading(message.text)))
        yield Choice(tuple(map(frozenset, told.values())), tuple(p == message.patient_is for p in told), False)


def practitioners(messages: Iterable[Message]) -> Iterator[Choice]:
    """Which practitioner is meant, if any. Messages whose label the reader does not offer teach nothing."""
    for message in messages:
        offered = beside_names(message.text)
        wanted = fold(message.practitioner) if message.practitioner else None
        right = tuple(wanted is not None and fold(found.value) == wanted for found, _ in offered)
        if offered and (wanted is None or any(right)):
            yield Choice(tuple(frozenset(said) for _, said in offered), right, True)


def fit(choices: Sequence[Choice]) -> dict[str, float]:
    """The weight of each thing said in at least `_RAREST` candidates."""
    import numpy as np
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    met = Counter(name for choice in choices for said in choice.candidates for name in said)
    names = sorted(name for name, count in met.items() if count >= _RAREST)
    place = {name: at for at, name in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    group: list[int] = []
    right: list[bool] = []
    for number, choice in enumerate(choices):
        for said, is_right in zip(choice.candidates, choice.right, strict=True):
            known = [place[name] for name in sorted(said) if name in place]
            rows += [len(group)] * len(known)
            columns += known
            group.append(number)
            right.append(is_right)
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(group), len(names)))
    owner, wanted = np.array(group), np.array(right)
    none = np.array([1.0 if choice.may_be_none else 0.0 for choice in choices])
    meant = np.bincount(owner[wanted], minlength=len(choices)) > 0

    def cost(weights: Any) -> tuple[float, Any]:
        given = np.exp(np.clip(matrix @ weights, -30, 30))
        whole = none + np.bincount(owner, given, len(choices))
        hit = np.where(meant, np.bincount(owner[wanted], given[wanted], len(choices)), none)
        slope = given / whole[owner]
        slope[wanted] -= given[wanted] / hit[owner[wanted]]
        total = float((np.log(whole) - np.log(hit)).sum() + _PENALTY * (weights @ weights) / 2)
        return total, matrix.T @ slope + _PENALTY * weights

    found = minimize(cost, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    return {name: round(float(weight), 2) for name, weight in zip(names, found, strict=True)}


def toml(weights: dict[str, float], what: str, names: str) -> str:
    """The file's text."""
    lines = [f'"{name}" = {weight:.2f}\n' for name, weight in sorted(weights.items()) if abs(weight) >= _LEAST]
    return _HEAD.format(what=what, names=names) + "".join(lines)


def main(folder: str = "data/messages") -> None:
    """Writes both files. Weights chosen by hand stand beside the lists, in `patient.toml` and `practitioner.toml`."""
    learnt = load(Path(folder)).learnt
    for name, choices, what in (
        ("patient", whom(learnt), "an answer"),
        ("practitioner", practitioners(learnt), "a practitioner being the one meant"),
    ):
        file = Path(str(resources.files("releve.language.entities").joinpath(f"{name}_weights.toml")))
        file.write_text(toml(fit(list(choices)), what, f"{name}.toml"), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
