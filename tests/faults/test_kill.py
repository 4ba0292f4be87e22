"""Power cuts while patients write to the Pôle des Tilleuls. The full bar is `python -m bench.kill`."""

import pytest

from bench import kill

pytestmark = pytest.mark.processes


def test_kill_9_loses_nothing_and_does_nothing_twice(database_url: str) -> None:
    faults, said = kill.run(database_url, turns=24, kills=4, seed=11)
    assert faults == [], said
