"""The ribbon of a day: what is free is open, ahead, and not taken."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from releve.desk.ribbon import Span, drawing, row

PARIS = ZoneInfo("Europe/Paris")
DAY = datetime(2026, 3, 16, tzinfo=PARIS)


def at(hour: float) -> datetime:
    return DAY + timedelta(hours=hour)


def test_free_is_what_is_left_from_now_on() -> None:
    drawn = row("Dr Amar", [(at(9), at(12)), (at(14), at(18))], [(at(10), at(11)), (at(14), at(18))], at(9.5))
    assert drawn.free == [(at(9.5), at(10)), (at(11), at(12))]
    assert drawn.minutes == 90


def test_nothing_is_free_after_the_day() -> None:
    assert row("Dr Amar", [(at(9), at(12))], [], at(13)).free == []


def test_taken_beyond_the_opening_takes_nothing_else() -> None:
    assert row("Dr Amar", [(at(9), at(12))], [(at(8), at(9.5)), (at(11.5), at(20))], at(7)).minutes == 120


def test_a_day_without_anybody_is_not_drawn() -> None:
    assert drawing([row("Dr Amar", [], [], at(9))], at(9)) is None


def test_the_drawing_stays_within_its_frame() -> None:
    rows = [row("Dr Amar", [(at(8.25), at(19.75))], [(at(8.25), at(9))], at(12))]
    drawn = drawing(rows, at(12))
    assert drawn is not None
    bars = [bar for _name, _y, bars in drawn.rows for bar in bars]
    assert {bar.kind for bar in bars} == {"away", "past", "free"}
    assert all(float(b.x) >= 96 and float(b.x) + float(b.width) <= 433 for b in bars)
    assert next(label for _x, label in drawn.hours) == "8\u00a0h"
    assert drawn.now


def test_the_hour_before_the_day_has_no_line() -> None:
    drawn = drawing([row("Dr Amar", [(at(9), at(12))], [], at(7))], at(7))
    assert drawn is not None and drawn.now == ""


spans = st.tuples(st.integers(0, 95), st.integers(1, 20)).map(lambda s: (at(s[0] / 4), at(s[0] / 4 + s[1] / 4)))


@given(st.lists(spans, max_size=4), st.lists(spans, max_size=8), st.integers(0, 96))
def test_what_is_free_is_open_ahead_and_not_taken(opened: list[Span], busy: list[Span], quarter: int) -> None:
    now = at(quarter / 4)
    for start, end in row("x", opened, busy, now).free:
        middle = start + (end - start) / 2
        assert start < end and start >= now
        assert any(s <= middle < e for s, e in opened)
        assert not any(s <= middle < e for s, e in busy)
