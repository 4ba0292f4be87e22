"""The linear model: what is written is what is read, and its reasons add up to its scores."""

import math

import pytest

from releve.core.understanding import INTENTS
from releve.language.intents.decision import ALONE, choose
from releve.language.intents.features import look
from releve.language.intents.model import Model, model, packed, value

HEADER = {
    "labels": ["a", "b"], "bias": [0.0, -1.0], "step": 0.1, "threshold": 0.5, "extra": {},
    "calibration": [(0.2, 0.3), (0.6, 0.9)], "blend": [(1.0, 0.0, 0.0), (0.5, 0.25, -1.0)],
}  # fmt: skip


@pytest.fixture
def small() -> Model:
    return Model(packed(HEADER, {"w oui": [(0, 20)], "w non": [(0, -10), (1, 30)]}))


def test_a_score_follows_the_formula(small: Model) -> None:
    given = small.judge(["w oui", "w non", "w inconnu"], []).probabilities
    assert given["a"] == pytest.approx(1 / (1 + math.exp(-(20 - 10) * 0.1 / math.sqrt(2))))


def test_the_whole_and_its_best_stretch_are_blended(small: Model) -> None:
    given = small.judge(["w oui", "w non"], [["w oui"], ["w non"]])
    whole, stretch = -1 + 3.0 / math.sqrt(2), -1 + 3.0
    assert given.probabilities["b"] == pytest.approx(1 / (1 + math.exp(-(0.5 * whole + 0.25 * stretch - 1))))
    assert given.best == {"a": 0, "b": 1}


def test_nothing_known_leaves_the_bias(small: Model) -> None:
    assert small.judge(["w inconnu"], []).probabilities["a"] == 0.5


def test_confidence_follows_its_curve_and_stays_within_it(small: Model) -> None:
    assert small.confidence({"a": 0.4}, ["a"]) == pytest.approx(0.6)
    assert small.confidence({"a": 0.05}, ["a"]) == 0.3
    assert small.confidence({"a": 0.99}, ["a"]) == 0.9


def test_reasons_add_up_to_the_score_of_the_whole() -> None:
    seen = look("bonjour je voudrais annuler mon rdv de jeudi").whole(["wanted time"])
    engine = model("intents")
    for label in ("cancel_appointment", "book_appointment"):
        at = engine.labels.index(label)
        a, b, c = engine.blend[at]
        told = sum(reason.weight for reason in engine.reasons(seen, (label,), 10_000)) + engine.header["bias"][at]
        p = engine.judge(seen, []).probabilities[label]
        assert (a + b) * told + c == pytest.approx(math.log(p / (1 - p)), abs=0.15)


def test_a_file_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a file written by"):
        Model(b"GIF89a")


def test_the_weights_that_ship_are_small_and_whole() -> None:
    engine = model("intents")
    assert set(INTENTS) <= set(engine.labels)
    curve = [b for _, b in engine.header["calibration"]]
    assert curve == sorted(curve)


def test_kinds_of_feature_have_their_worth() -> None:
    assert value("w rdv") == 1.0
    assert value("cue flag") > value("w rdv") > value("c <rd")


def test_courtesy_counts_only_alone() -> None:
    sure = dict.fromkeys(INTENTS, 0.0)
    assert choose({**sure, "greet": 0.9, "ask_price": 0.8}, 0.5) == ("ask_price",)
    assert choose({**sure, "greet": 0.9}, 0.5) == ("greet",)
    assert choose(sure, 0.5)[0] not in ALONE or len(choose(sure, 0.5)) == 1


def test_three_labels_at_most() -> None:
    assert len(choose(dict.fromkeys(INTENTS, 0.9), 0.5)) == 3
