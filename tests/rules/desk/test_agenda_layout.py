"""Where things lie on the agenda: rows of five minutes, what is drawn of a day, lanes for what overlaps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releve.desk.agenda.rules import DAY, MOST_LANES, ORDINARY, STEP, Frame, Span, closed, density, frame, lanes

minutes = st.integers(0, DAY - STEP)
spans = st.tuples(minutes, st.integers(1, 180)).map(lambda pair: (pair[0], min(pair[0] + pair[1], DAY)))


def hm(hours: int, rest: int = 0) -> int:
    return hours * 60 + rest


@pytest.mark.parametrize(
    ("within", "hours"),
    [
        ([(hm(8, 30), hm(12)), (hm(14), hm(19))], (8, 19)),
        ([(hm(8), hm(18, 5))], (8, 19)),
        ([(hm(6, 10), hm(9)), (hm(20), hm(23, 30))], (6, 24)),
        ([(-120, hm(2)), (hm(22), DAY + 120)], (0, 24)),
        ([], (8, 19)),
    ],
)
def test_whole_hours_around_what_there_is(within: list[Span], hours: tuple[int, int]) -> None:
    drawn = frame(within)
    assert (drawn.first, drawn.last) == hours


@pytest.mark.parametrize(
    ("span", "rows"),
    [
        ((hm(8), hm(8, 20)), (1, 4)),
        ((hm(9, 30), hm(9, 50)), (19, 4)),
        ((hm(9, 7), hm(9, 13)), (14, 2)),  # touches two rows
        ((hm(9), hm(9)), (13, 1)),  # nothing is thinner than a row
        ((hm(7), hm(8, 30)), (1, 6)),  # begins before what is drawn
        ((hm(18, 50), hm(20)), (131, 2)),  # ends after it
        ((hm(22), hm(23)), (132, 1)),
    ],
)
def test_rows(span: Span, rows: tuple[int, int]) -> None:
    assert Frame(8, 19).rows(span) == rows


@given(spans, st.integers(0, 12), st.integers(13, 24))
def test_rows_stay_inside_the_frame(span: Span, first: int, last: int) -> None:
    start, length = Frame(first, last).rows(span)
    assert start >= 1 and length >= 1 and start + length - 1 <= (last - first) * 12


@pytest.mark.parametrize(
    ("opened", "shut"),
    [
        ([(hm(9), hm(12)), (hm(14), hm(18))], [(hm(8), hm(9)), (hm(12), hm(14)), (hm(18), hm(19))]),
        ([(hm(8), hm(19))], []),
        ([], [ORDINARY]),
        ([(hm(7), hm(9)), (hm(8), hm(10))], [(hm(10), hm(19))]),
    ],
)
def test_closed_is_what_is_left(opened: list[Span], shut: list[Span]) -> None:
    assert closed(opened, ORDINARY) == shut


@pytest.mark.parametrize(
    ("given_spans", "expected"),
    [
        ([(0, 20), (20, 40)], [(1, 1), (1, 1)]),
        ([(0, 20), (10, 30)], [(1, 2), (2, 2)]),
        ([(0, 60), (0, 20), (20, 40)], [(1, 2), (2, 2), (2, 2)]),  # a freed lane is used again
        ([(0, 30), (20, 50), (40, 70), (70, 80)], [(1, 2), (2, 2), (1, 2), (1, 1)]),
        ([(0, 10)] * 8, [(n, 6) for n in (1, 2, 3, 4, 5, 6, 6, 6)]),
    ],
)
def test_what_overlaps_stands_side_by_side(given_spans: list[Span], expected: list[tuple[int, int]]) -> None:
    assert lanes(given_spans) == expected


@given(st.lists(spans, max_size=30))
def test_two_of_one_lane_never_overlap(some: list[Span]) -> None:
    placed = lanes(some)
    for i, one in enumerate(some):
        for j, other in enumerate(some[:i]):
            together = one[0] < other[1] and other[0] < one[1]
            full = placed[i][0] == placed[j][0] == MOST_LANES
            assert not together or full or placed[i][0] != placed[j][0]
            assert not together or placed[i][1] == placed[j][1]


@pytest.mark.parametrize(("shortest", "name"), [(45, ""), (20, ""), (15, "airy"), (10, "wide"), (5, "wide")])
def test_short_visits_make_tall_rows(shortest: int, name: str) -> None:
    assert density(shortest) == name
