"""Schedules, occupied time and queries drawn at random around Easter and days on which clocks change.

Everything falls on multiples of five minutes, so that a test can look at each of them in turn.
"""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from releve.agenda.availability import SlotQuery, Timetable
from releve.agenda.places import Booking
from releve.agenda.schedule import Override, Rule, WeeklySchedule
from releve.agenda.spans import MINUTE, Span

ZONES = ("Europe/Paris", "America/New_York", "Pacific/Auckland")
CENTRES = [date(2027, 3, 15), date(2027, 3, 28), date(2027, 10, 31), date(2027, 4, 4), date(2027, 11, 7)]
minutes = st.integers(0, 288).map(lambda n: n * 5)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    return Rule(draw(st.frozensets(st.integers(0, 6), min_size=1)), draw(minutes), draw(minutes))


@st.composite
def spans_near(draw: st.DrawFn, day: date) -> Span:
    start = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    begin = start + draw(st.integers(-2 * 288, 4 * 288)) * 5 * MINUTE
    return begin, begin + draw(st.integers(0, 36)) * 5 * MINUTE


@st.composite
def resources(draw: st.DrawFn, day: date) -> Timetable:
    overrides = st.builds(Override, st.integers(-2, 3).map(lambda n: day + timedelta(days=n)), minutes, minutes)
    own = WeeklySchedule(
        timezone=draw(st.sampled_from(ZONES)),
        rules=tuple(draw(st.lists(rules(), max_size=4))),
        overrides=tuple(draw(st.lists(overrides, max_size=2))),
        days_off=frozenset(draw(st.lists(st.just(day + timedelta(days=1)), max_size=1))),
        capacity=draw(st.integers(1, 3)),
        public_holidays=draw(st.sampled_from([None, "FR"])),
    )
    near = spans_near(day)
    bookings = st.builds(lambda span, n: Booking(*span, n), near, st.integers(1, 3))
    return Timetable(
        own,
        busy=draw(st.lists(near, max_size=4)),
        bookings=draw(st.lists(bookings, max_size=4)),
        extra_free=draw(st.lists(near, max_size=2)),
    )


queries = st.builds(
    SlotQuery,
    duration_min=st.integers(1, 18).map(lambda n: n * 5),
    step_min=st.integers(1, 18).map(lambda n: n * 5),
    align=st.sampled_from(["window", "clock"]),
    align_offset_min=st.integers(-12, 12).map(lambda n: n * 5),
    buffer_before_min=st.sampled_from([0, 5, 15]),
    buffer_after_min=st.sampled_from([0, 5, 10]),
    min_notice_min=st.sampled_from([0, 60]),
)


@st.composite
def situations(draw: st.DrawFn):
    day = draw(st.sampled_from(CENTRES))
    some = draw(st.lists(resources(day), min_size=1, max_size=2))
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=draw(minutes))
    now = draw(st.none() | st.just(start + timedelta(hours=3)))
    return some, draw(queries), start, start + timedelta(hours=draw(st.integers(0, 60))), now
