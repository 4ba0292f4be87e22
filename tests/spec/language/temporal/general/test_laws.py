"""Laws that hold for any date and any text."""

import unicodedata
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from releve.language.temporal import (
    appointment_time,
    clock_times,
    dates,
    dates_of_birth_candidates,
    mentions,
    move,
    wish,
    wish_spans,
)
from releve.language.temporal.almanac.arithmetic import add_months
from releve.language.temporal.almanac.holidays import easter
from tests.spec.language.temporal.support import MONDAY, meant

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
SOME_DATES = st.dates(date(1800, 1, 1), date(2150, 12, 31))
FORMS = [
    lambda d: f"le {d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{DAYS[d.weekday()]} {d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"le {d:%d/%m/%Y}",
    lambda d: f"le {d:%d.%m.%Y}",
    lambda d: f"{d.isoformat()}",
    lambda d: f"le {'1er' if d.day == 1 else d.day} {MONTHS[d.month - 1].upper()} {d.year}",
]
EXPRESSIONS = st.sampled_from([
    "demain matin", "mardi prochain", "le 3 avril", "après-demain", "fin août", "dans 8 jours", "à quinze heures",
    "la semaine prochaine", "du 3 au 5 mai", "le premier mercredi du mois prochain", "avant Noël",
])  # fmt: skip


@given(day=SOME_DATES, form=st.sampled_from(FORMS))
def test_a_date_written_in_any_form_is_read_back(day: date, form) -> None:  # type: ignore[no-untyped-def]
    (found,) = mentions(form(day), MONDAY)
    assert found.from_ is not None
    assert (found.from_.date(), found.to) == (day, found.from_ + timedelta(days=1))


@given(text=EXPRESSIONS)
def test_case_accents_and_politeness_change_nothing(text: str) -> None:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    meanings = [m for _, m in meant(text)]
    for same in (text.upper(), bare, f"Bonjour, {text} svp merci", text.replace("'", "’"), f"  {text} !"):
        assert [m for _, m in meant(same)] == meanings


WORDS = [
    "mardi", "le", "3", "12/", "h", "du", "au", "mars", "2026", "(", "pas", "non", "midi", "minuit", "dans", "tous les",
    "prochain", "premier", "siècle", "999999", "31/02",
]  # fmt: skip
PIECES = st.one_of(st.text(max_size=12), st.sampled_from(WORDS))


@settings(max_examples=300)
@given(pieces=st.lists(PIECES, max_size=14), now=st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)))
def test_no_text_fails_and_offsets_lie_inside(pieces: list[str], now: datetime) -> None:
    text = " ".join(pieces)
    for found in mentions(text, now):
        assert 0 <= found.start < found.end <= len(text)
        assert found.from_ is None or found.to is None or found.from_ < found.to
    for span in wish_spans(text, now):
        assert 0 <= span.start < span.end <= len(text)
    for read in (wish(text, now), appointment_time(text, now), *move(text, now)):
        assert read is None or all(w.start < w.end for w in (*read.prefer, *read.exclude))
    clock_times(text), dates(text, now), dates_of_birth_candidates(text, now)


@given(day=SOME_DATES, months=st.integers(-600, 600))
def test_months_come_back(day: date, months: int) -> None:
    there = add_months(day.replace(day=1), months)
    assert add_months(there, -months) == day.replace(day=1)


@pytest.mark.parametrize(("year", "sunday"), [(1818, (3, 22)), (2024, (3, 31)), (2026, (4, 5)), (2038, (4, 25))])
def test_easter(year: int, sunday: tuple[int, int]) -> None:
    assert easter(year) == date(year, *sunday)
