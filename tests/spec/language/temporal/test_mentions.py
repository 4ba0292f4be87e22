"""CONTRACTS.md section 2: every time expression, with offsets and its calendar meaning."""

from datetime import date, datetime

import pytest

from releve.language.temporal import clock_times, dates, dates_of_birth_candidates, mentions
from tests.spec.language.temporal.support import MONDAY

CASES = [
    ("on se voit mardi", "mardi", "2026-03-10T00:00", "2026-03-11T00:00", "day", "point"),
    ("à 15h demain", "15h demain", "2026-03-10T15:00", "2026-03-10T15:01", "minute", "point"),
    ("il y a 3 jours", "il y a 3 jours", "2026-03-06T00:00", "2026-03-07T00:00", "day", "point"),
    ("la semaine prochaine", "semaine prochaine", "2026-03-16T00:00", "2026-03-23T00:00", "week", "point"),
    ("en avril", "avril", "2026-04-01T00:00", "2026-05-01T00:00", "month", "point"),
    ("hier soir", "hier soir", "2026-03-08T18:00", "2026-03-08T21:00", "hour", "point"),
    ("tous les lundis", "tous les lundis", "2026-03-16T00:00", "2026-03-17T00:00", "day", "recurring"),
    ("opéré en 2015", "2015", "2015-01-01T00:00", "2016-01-01T00:00", "year", "point"),
    ("du 3 au 5 avril", "du 3 au 5 avril", "2026-04-03T00:00", "2026-04-06T00:00", "day", "interval"),
]


@pytest.mark.parametrize(("text", "said", "start", "end", "grain", "kind"), CASES, ids=[c[0] for c in CASES])
def test_calendar_meaning(text: str, said: str, start: str, end: str, grain: str, kind: str) -> None:
    (m,) = mentions(text, MONDAY)
    assert text[m.start : m.end] == said
    assert m.from_ is not None and m.to is not None
    assert (m.from_.isoformat()[:16], m.to.isoformat()[:16], m.grain, m.kind, m.open) == (
        start,
        end,
        grain,
        kind,
        None,
    )


def test_open_sides() -> None:
    (since,) = mentions("à partir de mardi", MONDAY)
    (until,) = mentions("jusqu'au 15 avril", MONDAY)
    (lasting,) = mentions("depuis lundi", MONDAY)
    assert (since.to, since.open) == (None, "to")
    assert (until.from_, until.open) == (None, "from")
    assert (lasting.from_, lasting.to, lasting.open) == (datetime(2026, 3, 2), None, "to")


def test_the_other_meaning_of_next_is_kept() -> None:
    (m,) = mentions("mercredi prochain", MONDAY)
    assert m.from_ == datetime(2026, 3, 11)
    assert m.alternatives == ((datetime(2026, 3, 18), datetime(2026, 3, 19)),)


def test_fields_as_read() -> None:
    (m,) = mentions("mercredi 18 mars à 9h30", MONDAY)
    assert (m.weekday, m.day, m.month, m.year, m.hour, m.minute) == (2, 18, 3, None, 9, 30)


def test_all_mentions_in_order_past_ones_too() -> None:
    text = "Vu hier, mal depuis 20 min, rdv mardi matin"
    assert [text[m.start : m.end] for m in mentions(text, MONDAY)] == ["hier", "depuis 20 min", "mardi matin"]


@pytest.mark.parametrize(
    "text",
    ["tension 14/9", "38,5 de fièvre", "06 12 34 56 78", "3 cp de 5/10", "25 euros", "ma fille de 6 ans"],
)
def test_figures_that_are_no_time(text: str) -> None:
    assert mentions(text, MONDAY) == ()


def test_clock_times() -> None:
    assert clock_times("17h20, 17 h 20, 17:20 ou dix-sept heures vingt") == ((17, 20),) * 4
    assert clock_times("midi et demi, 9h, neuf heures moins le quart") == ((12, 30), (9, 0), (8, 45))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vingt-deux mars mille neuf cent quarante-huit", date(1948, 3, 22)),
        ("cinq mai quatre-vingt-quinze", date(1995, 5, 5)),
        ("né le douze juin nonante-six", date(1996, 6, 12)),
        ("05.10.1990", date(1990, 10, 5)),
        ("5/10/1990", date(1990, 10, 5)),
        ("né le 9/4/26", date(1926, 4, 9)),
        ("1998/10/27", date(1998, 10, 27)),
        ("08081973", date(1973, 8, 8)),
        ("le quatre du dix deux mille quinze", date(2015, 10, 4)),
        ("05 décembre 2O12", date(2012, 12, 5)),
    ],
)
def test_dates_of_birth(text: str, expected: date) -> None:
    assert [d for _, _, d in dates_of_birth_candidates(text, MONDAY)] == [expected]


@pytest.mark.parametrize("text", ["31/02/1990", "12 mars", "né en 1975", "tension 14/9"])
def test_no_date_of_birth(text: str) -> None:
    assert dates_of_birth_candidates(text, MONDAY) == ()


def test_absolute_dates_with_offsets() -> None:
    text = "rdv le 3 avril"
    ((start, end, day),) = dates(text, MONDAY)
    assert (text[start:end], day) == ("3 avril", date(2026, 4, 3))
