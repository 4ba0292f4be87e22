"""Ranges with conditions: what they take from the ordinary week, they take only when their conditions hold."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from releve.agenda.opening import open_to, opening_spans
from releve.agenda.parse import parse_schedule
from releve.agenda.spans import Span, merged, without
from releve.desk.settings.conditions import key, replaced

FIRST, LAST = date(2026, 2, 2).toordinal(), date(2026, 5, 31).toordinal()  # a clock change, the spring holidays
MORNINGS = {"days": ["mon", "wed"], "start": "09:00", "end": "12:00"}
HOURS = st.tuples(st.integers(8, 18), st.integers(8, 18)).filter(lambda pair: pair[0] < pair[1])
DAYS = st.lists(st.sampled_from(["mon", "tue", "wed", "sat"]), min_size=1, unique=True)
DATES = st.dates(date(2026, 2, 10), date(2026, 5, 20))


def rule(days: list[str], hours: tuple[int, int], **conditions: Any) -> dict[str, Any]:
    return {"days": days, "start": f"{hours[0]:02}:00", "end": f"{hours[1]:02}:00", **conditions}


def test_the_rest_of_the_time_may_be_closed() -> None:
    even = rule(["mon"], (9, 12), weeks="even")
    assert replaced([MORNINGS], None, even, closed=True) == [{**MORNINGS, "days": ["wed"]}, even]


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, Any]:
    """Always for one visit only, and at some times only."""
    found: dict[str, Any] = {"services": ["vaccin"]}
    if draw(st.booleans()):
        found["from"] = draw(DATES).isoformat()
    if draw(st.booleans()):
        since = date.fromisoformat(found.get("from", "2026-02-10"))
        found["until"] = (since + timedelta(days=draw(st.integers(0, 60)))).isoformat()
    if draw(st.booleans()):
        found["weeks"] = draw(st.sampled_from(["odd", "even"]))
    elif "from" in found and draw(st.booleans()):
        found["every"] = draw(st.integers(2, 4))
    if draw(st.booleans()):
        found["school_holidays"] = draw(st.sampled_from(["only", "never"]))
    return found


def opened(rules: list[dict[str, Any]], visit: str) -> list[Span]:
    schedule = parse_schedule({"rules": rules}, school_zone="C")
    return merged(opening_spans(schedule, FIRST, LAST, open_to(schedule, visit, False, False, None)))


@given(st.lists(st.builds(rule, DAYS, HOURS), max_size=3), st.builds(rule, DAYS, HOURS), conditions())
def test_it_takes_its_hours_from_the_others_when_it_holds_and_never_else(
    week: list[dict[str, Any]], range_: dict[str, Any], conditions: dict[str, Any]
) -> None:
    new = {**range_, **conditions}
    after = replaced(week, None, new)
    own = opened([new], "vaccin")
    assert opened(after, "autre") == without(opened(week, "autre"), own)
    assert opened(after, "vaccin") == merged([*opened(week, "vaccin"), *own])


@given(st.lists(st.builds(rule, DAYS, HOURS), max_size=3), st.builds(rule, DAYS, HOURS))
def test_without_conditions_it_joins_the_ordinary_week(week: list[dict[str, Any]], new: dict[str, Any]) -> None:
    after = replaced(week, None, new)
    assert opened(after, "autre") == merged([*opened(week, "autre"), *opened([new], "autre")])


def test_what_is_taken_away_is_closed() -> None:
    video = {**MORNINGS, "place": "video"}
    assert replaced([video], video, None) == []


def test_a_change_takes_the_old_range_away() -> None:
    old, new = {**MORNINGS, "place": "video"}, {**MORNINGS, "place": "office"}
    assert replaced([old], old, new) == [new]


def test_the_name_of_a_range_changes_with_it() -> None:
    assert key(MORNINGS) == key(dict(reversed(MORNINGS.items())))
    assert key(MORNINGS) != key({**MORNINGS, "end": "12:30"})


def test_touching_hours_share_nothing() -> None:
    afternoon = {**MORNINGS, "start": "12:00", "end": "13:00", "place": "video"}
    assert replaced([MORNINGS], None, afternoon) == [MORNINGS, afternoon]
