"""Learning is reproducible, and a corpus with a fault is refused with its place."""

import json
import random
from pathlib import Path

import pytest

from releve.language.intents.model import Model
from releve.training import corpus
from releve.training.measure import calibration_error, recall_precision, score
from releve.training.noise import noisy
from releve.training.train import train

SAID = {
    "cancel_appointment": "annuler|je ne viendrai pas|plus besoin de la place|laissez tomber pour",
    "ask_price": "combien coûte|quel est le prix de|c'est combien|tarif de",
}


def row(number: int, text: str, label: str) -> dict[str, object]:
    return {
        "id": f"x-{number}", "channel": "sms", "now": "2026-03-09T10:12", "text": text, "intents": [label],
        "urgency": "none", "red_flags": [], "human": False, "when": None, "practitioner": None,
        "patient_is": "self", "birth_date": None, "phone": None,
    }  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    chance = random.Random(4)
    for author in ("ana", "bob", "eve"):
        lines = []
        for label, ways in SAID.items():
            for number in range(12):
                what = chance.choice(["la visite", "le contrôle", "la séance", "le bilan"])
                lines.append(json.dumps(row(len(lines), f"{chance.choice(ways.split('|'))} {what} {number}", label)))
        (tmp_path / f"{author}.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "held_out.txt").write_text("eve\n", "utf-8")
    return tmp_path


def test_the_same_corpus_gives_the_same_bytes(folder: Path) -> None:
    known = corpus.load(folder)
    first = train(known, lambda line: None)
    assert first == train(corpus.load(folder), lambda line: None)
    assert set(first) == {"intents", "dangers"}


def test_what_was_learnt_holds_for_another_author(folder: Path) -> None:
    known = corpus.load(folder)
    engine = Model(train(known, lambda line: None)["intents"])
    p = engine.judge({"w combien", "w coute", "b combien coute"}, []).probabilities
    assert p["ask_price"] > p["cancel_appointment"]
    assert {m.author for m in known.held_out} == {"eve"}


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("intents", ["buy"], "ana.jsonl, line 1: intents: 'buy' is not one of"),
        ("channel", "fax", "ana.jsonl, line 1: channel: 'fax' is not one of"),
        ("now", "yesterday", "ana.jsonl, line 1: Invalid isoformat string"),
        ("red_flags", ["ennui"], "ana.jsonl, line 1: red_flags"),
    ],
)
def test_a_fault_is_told_with_its_place(folder: Path, field: str, value: object, told: str) -> None:
    (folder / "ana.jsonl").write_text(json.dumps({**row(1, "bonjour", "greet"), field: value}), "utf-8")
    with pytest.raises(ValueError, match=told):
        corpus.load(folder)


def test_an_unknown_author_cannot_be_held_out(folder: Path) -> None:
    (folder / "held_out.txt").write_text("zoe", "utf-8")
    with pytest.raises(ValueError, match="no file for zoe"):
        corpus.load(folder)


def test_noise_keeps_the_words_and_drops_accents_and_punctuation() -> None:
    blurred = noisy("Très bien, à mercredi ! C'est noté.", random.Random(1), share=0)
    assert blurred.split() == ["Tres", "bien", "a", "mercredi", "C", "est", "note"]
    assert noisy("rendez-vous possible", random.Random(1), share=1) != "rendez vous possible"


def test_scores() -> None:
    a, b = frozenset("a"), frozenset("ab")
    assert score([a, b], [a, a]).exact == 0.5
    assert score([a, b], [a, a]).f1 == pytest.approx(0.8)
    assert recall_precision([True, True, False], [True, False, True]) == (0.5, 0.5)
    assert calibration_error([0.9, 0.9], [True, False]) == pytest.approx(0.4)
    assert calibration_error([1.0], [True]) == 0.0
