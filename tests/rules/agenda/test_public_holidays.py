"""The eleven French public holidays against the `holidays` package, as a second opinion."""

from datetime import date

import holidays
import pytest

from releve.agenda.public_holidays import easter, french_holidays, is_public_holiday


@pytest.mark.parametrize("year", range(1990, 2101, 10))
def test_they_are_those_of_the_holidays_package(year):
    assert french_holidays(year) == frozenset(holidays.country_holidays("FR", years=year))


@pytest.mark.parametrize(
    ("year", "day"), [(2026, date(2026, 4, 5)), (2027, date(2027, 3, 28)), (2038, date(2038, 4, 25))]
)
def test_easter(year, day):
    assert easter(year) == day


def test_no_country_has_no_holidays():
    assert is_public_holiday(date(2027, 7, 14), "FR")
    assert not is_public_holiday(date(2027, 7, 14), None)
