"""The verbs that read lines: half characters, other encodings, readers that leave, disks that are full."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

LINE: dict[str, Any] = {
    "id": 1, "from": "2027-03-15", "to": "2027-03-16", "duration_min": 60,
    "schedules": [{"rules": [{"days": ["mon"], "start": "08:00", "end": "09:00"}]}],
}  # fmt: skip
EIGHT = ["2027-03-15T08:00:00+01:00"]


def slots(text: str | bytes, **more: Any) -> "subprocess.CompletedProcess[bytes]":
    sent = text.encode() if isinstance(text, str) else text
    return subprocess.run([sys.executable, "-m", "releve.cli", "slots"], input=sent, capture_output=True, **more)


def asked(**values: Any) -> dict[str, Any]:
    done = slots(json.dumps(LINE | values))
    assert not done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_half_a_character_comes_back_as_it_was() -> None:
    assert asked(id="\ud83d") == {"id": "\ud83d", "slots": EIGHT}
    assert asked(schedules=[{"timezone": "\ud800"}])["error"].startswith("schedules[0].timezone: ")


def test_lines_are_utf_8_with_or_without_a_mark_whatever_the_terminal() -> None:
    done = slots(
        b"\xef\xbb\xbf" + json.dumps(LINE | {"id": "é"}, ensure_ascii=False).encode(),
        env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    )
    assert json.loads(done.stdout) == {"id": "é", "slots": EIGHT}


@pytest.mark.parametrize(
    "zone", ["localtime", "posixrules", "right/Europe/Paris", "posix/Europe/Paris", "../Europe/Paris"]
)
def test_files_beside_the_zones_are_no_zones(zone: str) -> None:
    assert asked(schedules=[{"timezone": zone}])["error"] == f'schedules[0].timezone: "{zone}" is not a time zone'


@pytest.mark.parametrize(
    "moment", ["2027-03-15T08:00\u0000", "1905-06-05", "1900-01-01T00:00", "9999-12-31T23:59", "2027-03-15T23:59:60"]
)
def test_moments_that_no_agenda_knows_are_refused_by_name(moment: str) -> None:
    assert asked(**{"from": moment})["error"].startswith("from: ")


def test_a_reader_that_leaves_is_no_fault() -> None:
    lines = (json.dumps(LINE) + "\n").encode() * 5000
    running = subprocess.Popen(
        [sys.executable, "-m", "releve.cli", "slots"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdin and running.stdout and running.stderr
    running.stdout.close()
    try:
        running.stdin.write(lines)
        running.stdin.close()
    except BrokenPipeError:
        pass
    assert running.stderr.read() == b""
    running.stderr.close()
    assert running.wait() == 1


def test_a_full_disk_is_said_in_a_sentence() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "releve.cli", "slots"],
            input=json.dumps(LINE).encode(),
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert done.stderr.startswith(b"releve slots: ")


def test_many_rules_are_merged_once() -> None:
    rules = [
        {"days": ["mon", "tue"], "start": f"{8 + n % 4:02d}:{n % 60:02d}", "end": f"{12 + n % 3:02d}:{n % 60:02d}"}
        for n in range(20_000)
    ]
    answer = asked(to="2032-03-15", duration_min=360, schedules=[{"rules": rules}])
    assert len(answer["slots"]) == 2 * 261


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400"])
@pytest.mark.parametrize("verb", ["slots", "understand"])
def test_what_json_has_no_number_for_is_refused_and_never_written(verb: str, number: str) -> None:
    sent = f'{{"id": {number}}}\n'.encode()
    done = subprocess.run([sys.executable, "-m", "releve.cli", verb], input=sent, capture_output=True)
    answer = json.loads(done.stdout, parse_constant=pytest.fail)
    assert answer["id"] is None
    assert f"{number} is no number" in answer["error"]
    assert done.returncode == 1
