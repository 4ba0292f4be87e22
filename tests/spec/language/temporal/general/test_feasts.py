"""Feasts, eves, bridges, school holidays and days off by law, on Monday 9 March 2026."""

from datetime import date

import pytest

from releve.language.temporal.almanac.holidays import next_school_holiday, public_holidays
from tests.spec.language.temporal.support import meant

FEASTS = [
    ("à l'Ascension", "Ascension", "2026-05-14 > 2026-05-15"),
    ("Noël dernier", "Noël dernier", "2025-12-25 > 2025-12-26"),
    ("à Pâques 2025", "Pâques 2025", "2025-04-21 > 2025-04-22"),
    ("la veille de Noël", "veille de Noël", "2026-12-24 > 2026-12-25"),
    ("la fête des mères", "fête des mères", "2026-05-31 > 2026-06-01"),
    ("le mercredi des Cendres", "mercredi des Cendres", "2027-02-10 > 2027-02-11"),
    ("le pont de l'Ascension", "pont de l'Ascension", "2026-05-14 > 2026-05-18"),
    ("le week-end de Pâques", "week-end de Pâques", "2026-04-04 > 2026-04-07"),
    ("pendant les vacances de la Toussaint", "vacances de la Toussaint", "2026-10-17 > 2026-11-02"),
    ("pendant les vacances d'hiver zone A", "vacances d'hiver zone A", "2027-02-13 > 2027-03-01"),
]


@pytest.mark.parametrize(("text", "said", "meaning"), FEASTS, ids=[t for t, *_ in FEASTS])
def test_a_feast(text: str, said: str, meaning: str) -> None:
    assert meant(text) == [(said, meaning)]


@pytest.mark.parametrize(
    ("territory", "own"),
    [
        ("alsace-moselle", [date(2026, 4, 3), date(2026, 12, 26)]),
        ("guadeloupe", [date(2026, 5, 27)]),
        ("martinique", [date(2026, 5, 22)]),
        ("guyane", [date(2026, 6, 10)]),
        ("reunion", [date(2026, 12, 20)]),
        ("mayotte", [date(2026, 4, 27)]),
    ],
)
def test_days_off_by_territory(territory: str, own: list[date]) -> None:
    everywhere = public_holidays(2026)
    assert len(everywhere) == 11
    assert [d for d in public_holidays(2026, territory) if d not in everywhere] == own


def test_school_holidays_by_zone() -> None:
    firsts = [next_school_holiday(date(2026, 3, 9), "printemps", zone) for zone in "ABC"]
    assert [found[0] for found in firsts if found] == [date(2026, 4, 4), date(2026, 4, 11), date(2026, 4, 18)]
