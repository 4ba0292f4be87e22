"""Every listed place can be booked, every other is refused, and the naive engine agrees: for any calendar."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.agenda.random_calendars import situation
from tests.rules.agenda.truth import faults


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_listed_is_bookable_unlisted_is_refused_and_the_definition_agrees(random):
    assert not faults(situation(random))
