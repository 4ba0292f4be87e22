"""Three workers and two web processes on one database, and power cuts. The full bar is `python -m bench.workers`."""

import pytest

from bench import postgres as throwaway
from bench import workers

pytestmark = [pytest.mark.processes, pytest.mark.postgres]


def test_every_timer_fires_once_and_every_message_leaves_once(postgres: str) -> None:
    faults, said = workers.run(throwaway.fresh_database(postgres), timers=40, turns=12, kills=4, seed=2)
    assert faults == [], said
