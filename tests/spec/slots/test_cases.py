"""`releve slots` on situations that calendars of all makes test: 300 answers worked out by hand, and malformed lines.

The cases were written from CONTRACTS section 3 alone, without a look at `agenda/`. Each line of `cases/*.jsonl` has the
line of input and what is expected of it; `why` where the contract can be read in two ways.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.spec.slots import oracle

CASES = {
    path.stem: [json.loads(line) for line in path.read_text().splitlines()]
    for path in Path(__file__).parent.glob("cases/*.jsonl")
}
SITUATIONS = sorted(set(CASES) - {"malformed"})


def slots(lines: list[Any], *arguments: str) -> tuple[int, list[Any], str]:
    feed = "".join(json.dumps(line) + "\n" for line in lines)
    command = [sys.executable, "-m", "releve.cli", "slots", *arguments]
    run = subprocess.run(command, input=feed, capture_output=True, text=True, check=False)
    return run.returncode, [json.loads(line) for line in run.stdout.splitlines()], run.stderr


@pytest.mark.parametrize("kind", SITUATIONS)
def test_the_command_gives_what_was_worked_out_by_hand(kind: str):
    code, answers, _ = slots([case["input"] for case in CASES[kind]])
    assert code == 0
    for case, answer in zip(CASES[kind], answers, strict=True):
        assert answer == {"id": case["input"]["id"], **case["expect"]}


@pytest.mark.parametrize("kind", SITUATIONS)
def test_the_oracle_gives_the_same(kind: str):
    for case in CASES[kind]:
        assert oracle.answer(case["input"]) == {"id": case["input"]["id"], **case["expect"]}


def test_a_malformed_line_is_answered_with_the_field_and_the_others_go_on():
    good = CASES["windows"][0]
    lines = [line for case in CASES["malformed"] for line in (case["input"], good["input"])]
    code, answers, diagnostics = slots(lines)
    assert (code, diagnostics) == (1, "")
    for case, answer, next_answer in zip(CASES["malformed"], answers[::2], answers[1::2], strict=True):
        assert set(answer) == {"id", "error"} and answer["id"] == case["input"]["id"]
        assert case["error"] in answer["error"].split(":")[0], answer
        assert next_answer["slots"] == good["expect"]["slots"]


@pytest.mark.parametrize("value", [[], {}])
def test_holidays_of_no_country_are_refused_with_the_field(value: Any):
    line = {**CASES["windows"][0]["input"], "public_holidays": value}
    code, answers, _ = slots([line])
    assert code == 1 and answers[0]["error"].startswith("public_holidays")


def test_there_are_as_many_answers_as_lines():
    assert sum(len(CASES[kind]) for kind in SITUATIONS) >= 300
    assert len({case["input"]["id"] for kind in SITUATIONS for case in CASES[kind]}) >= 300


def test_an_unusable_argument_is_refused():
    code, answers, said = slots([], "--no-such-argument")
    assert (code, answers) == (2, []) and "Traceback" not in said
