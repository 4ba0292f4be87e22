"""What holds for any schedule: listed = bookable, never over occupied time, inside opening hours."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from releve.agenda.availability import SlotQuery, Timetable, free_slots, free_starts, free_windows, why_not
from releve.agenda.opening import opening_spans
from releve.agenda.places import Booking, full_spans
from releve.agenda.schedule import Rule, WeeklySchedule
from releve.agenda.spans import DAY, MINUTE, Span, common, floor_second, merged, without
from tests.rules.agenda.situations import situations


@settings(max_examples=150, deadline=None)
@given(situations())
def test_listed_is_bookable_and_unlisted_is_refused(situation):
    some, query, start, end, now = situation
    listed = set(free_slots(some, query, start, end, now))
    moment = start
    while moment < end:
        reason = why_not(some, query, moment, now, within=(start, end))
        assert (reason is None) == (moment in listed), (moment, reason)
        moment += timedelta(minutes=5)
    assert all(why_not(some, query, slot, now) is None for slot in listed)


@settings(max_examples=150, deadline=None)
@given(situations())
def test_slots_are_inside_opening_hours_and_never_over_occupied_time(situation):
    some, query, start, end, now = situation
    for slot in free_slots(some, query, start, end, now):
        begin = floor_second(slot)
        padded = (
            begin - query.buffer_before_min * MINUTE,
            begin + (query.duration_min + query.buffer_after_min) * MINUTE,
        )
        assert start <= slot and slot + timedelta(minutes=query.duration_min) <= end
        assert now is None or slot >= now + timedelta(minutes=query.min_notice_min)
        for one in some:
            day = slot.date().toordinal()
            opened = merged([*opening_spans(one.schedule, day - 4, day + 4), *one.extra_free])
            assert common([padded], opened) == [padded]
            assert not common([padded], merged(one.busy))


@settings(max_examples=100, deadline=None)
@given(situations(), st.integers(0, 12))
def test_what_was_asked_for_does_not_move_the_grid(situation, cut):
    some, query, start, end, now = situation
    low, high = floor_second(start), floor_second(end)
    middle = min(low + cut * 5 * MINUTE, high)
    late = [s for s in free_starts(some, query, low, high, now) if s >= middle]
    assert free_starts(some, query, middle, high, now) == late


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 20), st.sampled_from([50, 70, 45]))
def test_a_place_that_never_closes_keeps_one_grid(days, step):
    always = Timetable(WeeklySchedule(rules=(Rule(frozenset(range(7)), 0, 1440),)))
    query = SlotQuery(20, step)
    start = floor_second(datetime(2027, 3, 20, tzinfo=UTC))
    whole = free_starts([always], query, start, start + 30 * DAY)
    part = start + days * DAY
    assert free_starts([always], query, part, part + DAY) == [s for s in whole if part <= s <= part + DAY - 20 * MINUTE]


@settings(max_examples=100, deadline=None)
@given(situations())
def test_every_slot_lies_in_a_free_window(situation):
    some, query, start, end, _ = situation
    windows = free_windows(some, start, end)
    length = timedelta(minutes=query.duration_min)
    assert all(a.end < b.start for a, b in pairwise(windows))
    for slot in free_slots(some, query, start, end):
        assert any(w.start <= slot and slot + length <= w.end for w in windows)


few = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6)


def seconds(spans: list[Span]) -> set[int]:
    return {second for start, end in spans for second in range(start, end)}


@given(few, few)
def test_the_algebra_of_spans_is_that_of_sets(left, right):
    a, b = merged(left), merged(right)
    assert seconds(a) == seconds(left)
    assert seconds(common(a, b)) == seconds(a) & seconds(b)
    assert seconds(without(a, b)) == seconds(a) - seconds(b)
    for tidy in (a, common(a, b), without(a, b)):
        assert all(start < end for start, end in tidy)
        assert all(one[1] <= two[0] for one, two in pairwise(tidy))


@given(st.lists(st.builds(Booking, st.integers(0, 20), st.integers(0, 20), st.integers(1, 4))), st.integers(1, 4))
def test_full_is_what_the_contract_says_second_by_second(bookings, capacity):
    full = seconds(full_spans(bookings, capacity))
    for second in range(21):
        there = [b for b in bookings if b.start <= second < b.end]
        blocked = any(len(there) >= min(b.capacity, capacity) for b in there)
        assert blocked == (second in full)
