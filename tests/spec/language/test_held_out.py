"""Floors under what is read on authors that nobody learnt from (`data/messages/held_out.txt`).

They are a little under the day's figures: `python -m bench understand` prints these beside the bars.
"""

from pathlib import Path

import pytest

from bench.understand.messages import Scores, read, scores
from releve.language import wordings
from releve.training import corpus
from releve.training.literals import literals


@pytest.fixture(scope="module")
def held_out() -> Scores:
    messages = corpus.load(Path(__file__).parents[3] / "data" / "messages").held_out
    return scores(messages, read(messages))


def test_intents(held_out: Scores) -> None:
    assert held_out.f1 >= 0.905 and held_out.exact >= 0.84


def test_danger_is_seen(held_out: Scores) -> None:
    assert held_out.flags >= 0.98 and held_out.false_alarms <= 0.03


def test_a_person_looks_where_one_must(held_out: Scores) -> None:
    assert held_out.human_recall >= 0.96 and held_out.human_precision >= 0.83


def test_times_and_persons(held_out: Scores) -> None:
    assert held_out.when >= 0.8 and held_out.silent >= 0.97
    assert (
        held_out.phone >= 0.99
        and held_out.patient_is >= 0.945
        and held_out.practitioner >= 0.895
        and held_out.birth_date >= 0.955
    )


def test_confidence_keeps_its_promise(held_out: Scores) -> None:
    assert held_out.calibration <= 0.03


def test_the_literals_of_the_wordings_are_those_they_need() -> None:
    """A stale file would make wordings silent. To renew it: `python -m releve.training.literals`."""
    literals()  # loads every reader
    known = wordings._known()
    stale = [e for key, e in wordings.ASKED.items() if key in known and set(known[key]) != wordings.worked_out(e)]
    assert stale == []
