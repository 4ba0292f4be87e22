"""Gaps between groups of people who waited: sizes, intervals, and what is not shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releve.impact.fairness.rules import Waited, age_band, compare, difference, widest, wilson


def people(group: str, waited: int, offered: int = 0, served: int = 0, days: float | None = None) -> list[Waited]:
    return [Waited({"sex": group}, n < offered, n < served, days if n < served else None) for n in range(waited)]


@pytest.mark.parametrize(
    ("counts", "interval"),
    [  # Newcombe 1998, table II, method 10
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((10, 10, 0, 10), (0.6075, 1.0)),
        ((5, 56, 0, 29), (-0.0381, 0.1926)),
    ],
)
def test_the_interval_is_the_published_one(counts, interval):
    assert difference(*counts) == pytest.approx(interval, abs=5e-4)


@given(st.integers(1, 300), st.integers(1, 300), st.data())
def test_the_interval_holds_the_difference(of_1, of_2, data):
    hits_1, hits_2 = data.draw(st.integers(0, of_1)), data.draw(st.integers(0, of_2))
    low, high = difference(hits_1, of_1, hits_2, of_2)
    assert -1 <= low <= hits_1 / of_1 - hits_2 / of_2 + 1e-9
    assert hits_1 / of_1 - hits_2 / of_2 - 1e-9 <= high <= 1
    assert wilson(hits_1, of_1)[0] >= -1e-9


def test_small_groups_are_hidden_and_counted():
    found = compare(people("F", 5, 2) + people("M", 4, 4), "sex")
    assert [share.group for share in found.shares] == ["F"]
    assert (found.hidden, found.offered, found.served) == (4, None, None)


def test_the_widest_gap_is_told_from_more_to_less():
    found = compare(people("F", 40, 10) + people("M", 40, 30) + people("", 40, 20), "sex", ("F", "M", ""))
    assert [share.group for share in found.shares] == ["F", "M", ""]
    assert found.offered is not None
    assert (found.offered.more, found.offered.less, found.offered.size) == ("M", "F", 0.5)
    assert found.offered.proven


def test_more_groups_to_choose_from_widen_the_interval():
    two = widest({"a": (30, 50), "b": (20, 50)})
    three = widest({"a": (30, 50), "b": (20, 50), "c": (25, 50)})
    assert two is not None
    assert three is not None
    assert (three.low, three.high) != (two.low, two.high)
    assert three.low < two.low < two.high < three.high


def test_few_people_prove_nothing():
    found = compare(people("F", 6, 4) + people("M", 6, 2), "sex").offered
    assert found is not None
    assert not found.proven
    assert found.too_wide


def test_the_median_wait_needs_enough_places():
    assert compare(people("F", 9, 9, 4, 3.0), "sex").shares[0].days is None
    assert compare(people("F", 9, 9, 5, 3.0), "sex").shares[0].days == 3.0


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2008, 3, 17), "child"),
        (date(2008, 3, 16), "adult"),
        (date(1961, 3, 17), "adult"),
        (date(1961, 3, 16), "senior"),
        (date(1900, 1, 1), "senior"),
    ],
)
def test_age_bands_go_by_full_years(born, band):
    assert age_band(born, date(2026, 3, 16)) == band
