"""Many hands reach for Dr Delmas's first place on a Monday. The full bar is `python -m bench.parallel_booking`."""

import pytest

from bench import parallel_booking

pytestmark = pytest.mark.processes


def test_one_slot_is_booked_once_and_the_others_are_told_so(database_url: str) -> None:
    result = parallel_booking.race(database_url, bookings=40)
    assert parallel_booking.faults(result) == []
    assert result["ended"] == {"done": 1, "refused: slot_taken": 39}
