"""Scores on the labelled development messages: a floor, not a forecast, since the rules were written reading them."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from releve.core.understanding import Understanding
from releve.language import understand

DATA = Path(__file__).parents[4] / "shared" / "data" / "messages_dev.jsonl"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="no ../shared beside this checkout")
Pair = tuple[dict[str, Any], Understanding]


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    rows = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
    return [(r, understand(r["text"], now=datetime.fromisoformat(r["now"]), channel=r["channel"])) for r in rows]


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def test_intents(pairs: list[Pair]) -> None:
    both = sum(len(set(r["intents"]) & set(u.intents)) for r, u in pairs)
    f1 = 2 * both / sum(len(r["intents"]) + len(u.intents) for r, u in pairs)
    exact = share([set(r["intents"]) == set(u.intents) for r, u in pairs])
    assert f1 >= 0.915 and exact >= 0.86  # the model never learns from these messages


def test_red_flags(pairs: list[Pair]) -> None:
    assert share([bool(u.red_flags) for r, u in pairs if r["red_flags"]]) >= 0.98
    assert share([bool(u.red_flags) for r, u in pairs if not r["red_flags"]]) <= 0.01
    assert share([set(r["red_flags"]) <= set(u.red_flags) for r, u in pairs if r["red_flags"]]) >= 0.8


def test_urgency_and_human(pairs: list[Pair]) -> None:
    assert share([r["urgency"] == u.urgency for r, u in pairs]) >= 0.98
    assert share([u.human for r, u in pairs if r["human"]]) >= 0.97
    assert share([r["human"] for r, u in pairs if u.human]) >= 0.85


def test_entities(pairs: list[Pair]) -> None:
    born = [r["birth_date"] == (u.birth_date.isoformat() if u.birth_date else None) for r, u in pairs]
    assert share(born) >= 0.97
    assert share([r["phone"] == u.phone for r, u in pairs]) >= 0.98
    assert share([(r["practitioner"] or "").lower() == (u.practitioner or "").lower() for r, u in pairs]) >= 0.95
    assert share([r["patient_is"] == u.patient_is for r, u in pairs]) >= 0.94
