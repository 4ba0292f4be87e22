"""Typography and small words: what the filters write."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.template import engines
from django.utils import timezone, translation

from releve.channels.web.rules import hours
from releve.core.acts import ACTS, TASK_KINDS, Identity
from releve.desk import words
from releve.desk.rules import highlighted, masked, neighbours
from releve.look.templatetags import french
from releve.look.templatetags.french import age
from tests import cast

_ = "\u00a0"
MOMENT = datetime(2026, 3, 17, 16, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Où se garer ?", f"Où se garer{_}?"),
        ("Attention ! Stop ; encore : oui", f"Attention{_}! Stop{_}; encore{_}: oui"),
        ("dites « oui » ici", f"dites «{_}oui{_}» ici"),
        ("à 17 h 20", f"à 17{_}h{_}20"),
        ("de 8 h à 9 h", f"de 8{_}h à 9{_}h"),
        ("le Dr Amar et M. Roche", f"le Dr{_}Amar et M.{_}Roche"),
        ("30 € ou 97 %", f"30{_}€ ou 97{_}%"),
        ("l'équipe", "l’équipe"),
        ("dites «oui»", f"dites «{_}oui{_}»"),
        ("dans 20 min, 5 minutes", f"dans 20{_}min, 5 minutes"),
        ("50 000 lignes, 10 Mo", f"50{_}000 lignes, 10{_}Mo"),
        (f"déjà{_}: 17{_}h{_}20", f"déjà{_}: 17{_}h{_}20"),
        ("12:30, rue des 12:30", "12:30, rue des 12:30"),
        ("contact@canal.example?subject=a", "contact@canal.example?subject=a"),
        ("la docteure Dr amar", "la docteure Dr amar"),
        ("8 heures et 17 hommes", "8 heures et 17 hommes"),
        ("https://cabinet.example:8000/a?b", "https://cabinet.example:8000/a?b"),
        ("il y a 3 hommes", "il y a 3 hommes"),
    ],
)
def test_spaces_that_must_not_break(written: str, shown: str) -> None:
    assert french.typo(written) == shown


@pytest.mark.parametrize("written", ["day", "full_date"])
def test_a_date_of_another_year_has_its_year(clock: Any, written: str) -> None:
    said = getattr(french, written)
    assert "2026" not in said(MOMENT)
    assert f"mercredi 17{_}mars{_}2027" in said(MOMENT.replace(year=2027))
    clock.moment = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # it is 2027 here
    assert f"mardi 17{_}mars{_}2026" in said(MOMENT)
    assert french.dated(MOMENT) == french.dated(MOMENT.date()) == f"mardi 17{_}mars{_}2026"


def test_a_name_in_a_sentence_is_escaped_once() -> None:
    sentence = "{% load i18n %}{% blocktranslate asvar told %}{{ who }} : ici{% endblocktranslate %}"
    page = engines["django"].from_string(sentence + "{{ told|typo }}, {{ who|typo }}")
    told = page.render({"who": "L'Hostis <b>"})
    assert told == f"L&#x27;Hostis &lt;b&gt;{_}: ici, L’Hostis &lt;b&gt;"


@pytest.mark.parametrize("text", ["Où ? « Là » : 30 € !", "l'équipe", "17 h 20", "20 min"])
def test_nothing_of_this_in_english(text: str) -> None:
    with translation.override("en"):
        assert french.typo(text) == text


WRITTEN = """{{ at|full_date }}, {{ at|hour }}, {{ on|short_day }}, {{ on|short_date }}, {{ price|euros }}, {{ 9|clock }}, {{ 40|duration }}, {{ 380|duration }}, {% quote %}<b>oui</b>{% endquote %}{% colon %} {{ born|age_of }}, {{ 2|spelled }}"""  # noqa: E501


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        (
            "fr",
            f"mardi 17{_}mars à 17{_}h{_}20, 17{_}h{_}20, "
            f"mer.{_}1er{_}avril, 1{_}avr., 17,50{_}€, 9{_}h, 40{_}min, 6{_}h{_}20, "
            f"«{_}<b>oui</b>{_}»{_}: 71 ans, deux",
        ),
        (
            "en",
            f"Tuesday 17{_}March at 5:20{_}pm, 5:20{_}pm, "
            f"Wed{_}1{_}April, 1{_}Apr, €17.50, 9{_}am, 40{_}min, 6{_}h{_}20{_}min, "
            "“<b>oui</b>”: 71 years, two",
        ),
    ],
)
def test_what_the_filters_write_in_each_language(language: str, shown: str, settings: Any) -> None:
    settings.CLOCK = cast.clock()
    with timezone.override("Europe/Paris"), translation.override(language):
        told = {"at": MOMENT, "on": date(2026, 4, 1), "price": 17.5, "born": date(1954, 5, 3)}
        assert engines["django"].from_string(WRITTEN).render(told) == shown


@pytest.mark.parametrize(
    ("days", "said"),
    [(12 * 365, "12 years"), (200, "6 months"), (70, "2 months"), (31, "31 days"), (1, "1 day"), (0, "0 days")],
)
def test_an_age_in_english(days: int, said: str, settings: Any) -> None:
    settings.CLOCK = cast.clock()
    with translation.override("en"):
        assert french.age_of(cast.NOW.date() - timedelta(days=days + (days > 365) * 3)) == said


def test_days_are_d_in_english() -> None:
    with translation.override("en"):
        assert age(timedelta(minutes=3000)) == f"2{_}d"
        assert age(timedelta(minutes=77)) == f"1{_}h{_}17{_}min"


def test_the_practice_s_own_french_is_typeset_on_any_page() -> None:
    with translation.override("en"):
        assert french.typo("interphone « Centre » ; à 17 h 20", "fr") == f"interphone «{_}Centre{_}»{_}; à 17{_}h{_}20"


def test_what_is_quoted_stays_text() -> None:
    page = engines["django"].from_string("{% quote %}{{ text }}{% endquote %}")
    assert "<b>" not in page.render({"text": "<b>gras</b>"})


def test_dates_in_full_in_the_practice_s_time() -> None:
    page = engines["django"].from_string(
        "{{ at|full_date }}, {{ at|hour }}, {{ at|day }}, {{ on|day }}, {{ price|euros }}"
    )
    with timezone.override("Europe/Paris"):
        text = page.render({"at": MOMENT, "on": date(2026, 4, 1), "price": 17.5})
    assert text == f"mardi 17{_}mars à 17{_}h{_}20, 17{_}h{_}20, mardi 17{_}mars, mercredi 1er{_}avril, 17,50{_}€"


def test_a_birth_date_has_its_year() -> None:
    assert french.birth(date(1954, 5, 3)) == f"3{_}mai{_}1954"
    assert french.birth(date(2018, 11, 1)) == f"1er{_}novembre{_}2018"


def test_the_filter_does_not_unlock_hostile_text() -> None:
    page = engines["django"].from_string("{{ text|typo }}")
    assert "<b>" not in page.render({"text": "<b>gras</b> !"})


def test_highlighted_pieces_make_the_text_again() -> None:
    text = "je voudrais un rendez-vous"
    assert highlighted(text, [[3, 11]]) == [("je ", False), ("voudrais", True), (" un rendez-vous", False)]
    for marks in ([], [[0, 99]], [[-5, 2], [1, 4]], [[9, 3]]):
        assert "".join(piece for piece, _marked in highlighted(text, marks)) == text


@pytest.mark.parametrize(
    ("address", "shown"),
    [("+33639981001", f"••••{_}01"), ("claire@courriel.example", "c•••@courriel.example"), (None, ""), ("@", "•••@")],
)
def test_masked_addresses(address: str | None, shown: str) -> None:
    assert masked(address) == shown


@pytest.mark.parametrize(
    ("minutes", "shown"), [(0, f"1{_}min"), (59, f"59{_}min"), (77, f"1{_}h{_}17"), (3000, f"2{_}j"), (-5, f"1{_}min")]
)
def test_ages(minutes: int, shown: str) -> None:
    assert age(timedelta(minutes=minutes)) == shown


@pytest.mark.parametrize(
    ("key", "expected"), [("a", (None, "b")), ("b", ("a", "c")), ("c", ("b", "a")), ("gone", (None, "a"))]
)
def test_neighbours(key: str, expected: tuple[str | None, str | None]) -> None:
    assert neighbours(["a", "b", "c"], key) == expected
    assert neighbours(["a"], "a") == (None, None)


def test_opening_hours_as_a_table() -> None:
    rows = hours(cast.practice_file()["practice"]["opening_hours"])
    assert rows[0] == ("lundi et mardi", f"de 8{_}h{_}30 à 12{_}h{_}30 et de 14{_}h à 19{_}h")
    assert rows[-1] == ("samedi et dimanche", "")


def test_every_code_has_its_french_word() -> None:
    assert set(TASK_KINDS) <= set(words.KINDS)
    assert {identity.value for identity in Identity} <= set(words.IDENTITIES)
    asked = {kind for kind, act in ACTS.items() if act.ceiling.value == "automatic" and not act.housekeeping}
    assert asked - {"create_task"} <= set(words.ACTS)
