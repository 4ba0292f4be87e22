"""MESSAGES.md: as soon as possible, exclusions, and what is no wish."""

from datetime import datetime

import pytest

from releve.language.temporal import wish, wish_spans
from tests.spec.language.temporal.support import MONDAY, preferred, told


@pytest.mark.parametrize(
    "text",
    [
        "le plus tôt possible",
        "dès que possible",
        "au plus vite",
        "en urgence",
        "je prends la première place",
        "rapidement svp",
    ],
)
def test_as_soon_as_possible(text: str) -> None:
    found = wish(text, MONDAY)
    assert found is not None
    assert (found.asap, found.prefer) == (True, ())


def test_today_is_until_the_evening_and_as_soon_as_possible() -> None:
    found = wish("aujourd'hui si possible", MONDAY)
    assert found is not None
    assert found.asap
    assert told(found.prefer) == ["03-09 10:12-21:00"]


@pytest.mark.parametrize("text", ["ce soir", "demain", "aujourd'hui après 16h"])
def test_a_named_part_of_today_or_tomorrow_is_not_asap(text: str) -> None:
    found = wish(text, MONDAY)
    assert found is not None
    assert not found.asap


@pytest.mark.parametrize(
    ("text", "count", "first"),
    [
        ("sauf le mercredi", 4, "03-11 07:00-21:00"),
        ("pas le matin", 28, "03-10 07:00-12:00"),
        ("pas avant 10h", 28, "03-10 07:00-10:00"),
        ("je ne suis pas dispo lundi", 1, "03-16 07:00-21:00"),
    ],
)
def test_exclusion_without_preference_means_any_other_time(text: str, count: int, first: str) -> None:
    found = wish(text, MONDAY)
    assert found is not None
    assert found.prefer == ()
    assert (len(found.exclude), told(found.exclude)[0]) == (count, first)


def test_exclusion_inside_the_preferred_span() -> None:
    found = wish("la semaine prochaine sauf lundi et le mercredi", MONDAY)
    assert found is not None
    assert told(found.exclude) == ["03-16 07:00-21:00", "03-18 07:00-21:00"]


@pytest.mark.parametrize("text", ["n'importe quand", "tous les jours ça va"])
def test_any_time_is_an_empty_preference(text: str) -> None:
    found = wish(text, MONDAY)
    assert found is not None
    assert (found.prefer, found.exclude) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "Il a 38,5 de température et une tension à 14/9",
        "il me reste 3 cp de 5/10",
        "mon bébé de 6 semaines et sa sœur de 4 ans",
        "né le 12/06/2019",
        "Hugo Martinez 14/07/2009",
        "joignable au 06 12 34 56 78",
        "la consultation à 26,50 euros",
        "j'ai mal depuis 3 jours",
        "ça dure depuis hier soir",
        "c'est pour mon infarctus de 2015",
        "je l'ai vu la semaine dernière",
        "Bonne fin de journée et bon week-end",
        "mon fils aura 8 ans, pouvez-vous nous recevoir ?",
    ],
)
def test_these_are_no_wish(text: str) -> None:
    assert wish(text, MONDAY) is None


def test_the_past_of_the_story_does_not_hide_the_wish() -> None:
    assert preferred(wish("Fièvre depuis hier, j'ai pas dormi cette nuit. Une place jeudi matin ?", MONDAY)) == [
        "03-12 07:00-12:00"
    ]


def test_a_place_before_the_appointment_one_has() -> None:
    assert preferred(wish("j'ai rdv le 20 mars, si quelqu'un annule avant je prends", MONDAY)) == [
        "03-09 10:12 > 03-19 21:00"
    ]
    assert preferred(wish("une place avant mon rdv du 20 mars", MONDAY)) == ["03-09 10:12 > 03-19 21:00"]


def test_nothing_begins_before_now() -> None:
    evening = datetime(2026, 3, 9, 19, 30)
    assert preferred(wish("ce soir ?", evening)) == ["03-09 19:30-21:00"]


def test_spans_cover_what_was_read() -> None:
    text = "Bonjour, un rdv mardi après-midi svp"
    (span,) = wish_spans(text, MONDAY)
    assert (text[span.start : span.end], span.label) == ("mardi après-midi", "when")


ODD = [
    "",
    "²",
    "9" * 6000,
    "12/" * 500,
    "mardi " * 500,
    "9999-12-31",
    "31/02/2020",
    "avant minuit",
    "semaine 30 au",
    "\x00",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_do_not_fail(text: str) -> None:
    found = wish(text, MONDAY)
    assert found is None or all(w.start < w.end for w in found.prefer)
