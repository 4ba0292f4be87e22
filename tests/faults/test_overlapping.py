"""Overlapping attempts from four processes. The full bar is `python -m bench.overlapping`."""

import pytest

from bench import overlapping

pytestmark = pytest.mark.processes


def test_nobody_is_booked_twice(database_url: str) -> None:
    result = overlapping.play(database_url, attempts=320)
    assert overlapping.faults(result) == []
    assert result["ended"]["book done"] > 20 and result["ended"]["book refused: slot_taken"] > 5
