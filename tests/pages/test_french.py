"""Typography and small words: what the filters write."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import engines
from django.utils import timezone

from releve.channels.web.rules import hours
from releve.core.acts import ACTS, TASK_KINDS, Identity
from releve.desk import words
from releve.desk.rules import age, highlighted, masked, neighbours
from releve.look.templatetags import french
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
        ("https://cabinet.example:8000/a?b", "https://cabinet.example:8000/a?b"),
        ("il y a 3 hommes", "il y a 3 hommes"),
    ],
)
def test_spaces_that_must_not_break(written: str, shown: str) -> None:
    assert french.typo(written) == shown


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
    ("minutes", "shown"), [(0, f"0{_}min"), (59, f"59{_}min"), (77, f"1{_}h{_}17"), (3000, f"2{_}j"), (-5, f"0{_}min")]
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
