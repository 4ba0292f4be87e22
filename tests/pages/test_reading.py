"""What the review shows of how a message was read: spans, legend, reasons."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from releve.core.understanding import INTENTS, RED_FLAGS, Understanding
from releve.desk import queries
from releve.desk import reading as desk_reading
from releve.desk.reading import reading
from releve.desk.rules import Piece, Placed, pieces
from releve.language.explain import Because, explain
from releve.practice.models import Organization
from tests import cast
from tests.pages.support import RED_FLAG, RENEWAL, task, written

CHILD = "ma fille a 39 de fièvre depuis hier, on peut venir mardi matin ?"
NOW = datetime(2026, 3, 16, 9, 0)
MOVE = "je voudrais déplacer mon rdv de jeudi plutôt mardi en huit, tel 06 39 98 10 01"


# --- the words cut into pieces ---------------------------------------------------------------------------------------
def test_pieces_are_cut_where_something_begins_or_ends() -> None:
    spans = [Placed(3, 11, "request", 1), Placed(9, 14, "time", 2)]
    assert pieces("je voudrais mardi", [[0, 11]], spans) == [
        Piece("je ", True, "", ()),
        Piece("voudra", True, "request", ()),
        Piece("is", True, "time", (1,)),
        Piece(" ma", False, "time", (2,)),
        Piece("rdi", False, "", ()),
    ]


@pytest.mark.parametrize(
    ("marks", "span"), [([], (0, 99)), ([[-5, 2]], (1, 4)), ([[9, 3]], (8, 2)), ([[50, 60]], (-9, -1)), ([], (4, 4))]
)
def test_pieces_make_the_text_again(marks: list[list[int]], span: tuple[int, int]) -> None:
    text = "je voudrais un rendez-vous"
    assert "".join(p.text for p in pieces(text, marks, [Placed(*span, "time", 1)])) == text


def test_a_red_flag_shows_over_a_request() -> None:
    both = [Placed(0, 4, "request", 1), Placed(0, 4, "alert", 2)]
    assert pieces("aïe.", [], both) == [Piece("aïe.", False, "alert", (1, 2))]


# --- what was read ---------------------------------------------------------------------------------------------------
def test_labels_are_numbered_in_the_order_of_the_text() -> None:
    read = reading(MOVE, [], NOW)
    assert [label.number for label in read.legend] == list(range(1, len(read.legend) + 1))
    named = {label.group_word for label in read.legend}
    assert {"Demande", "Moment", "Personne"} <= named
    assert "".join(p.text for p in read.pieces) == MOVE
    assert {n for p in read.pieces for n in p.numbers} == {label.number for label in read.legend if not label.whole}


def test_a_rule_decides_alone_and_clues_weigh_for_or_against() -> None:
    read = reading(RED_FLAG, [], NOW)
    (alert,) = [label for label in read.rules if label.group == "alert"]
    assert [r.side for r in alert.reasons] == [""]
    clues = [r for label in read.weighed for r in label.reasons]
    assert {r.side for r in clues} <= {"for", "against"}
    assert max(r.bar for r in clues) == desk_reading.SIDE
    assert all(r.bar_from + r.bar <= 100 and r.bar_from >= 0 for r in clues)


def test_what_the_whole_message_says_is_not_drawn() -> None:
    read = reading("oui", [], NOW)
    assert [(label.code, label.whole) for label in read.legend] == [("affirm", True)]
    assert [p.group for p in read.pieces] == [""]


def test_what_is_judged_beside_is_said_with_its_yes_or_no() -> None:
    names = {label.name for text in (RENEWAL, "un rdv mardi matin svp") for label in reading(text, [], NOW).weighed}
    assert {f"une personne doit voir ce message\u00a0: {answer}" for answer in ("oui", "non")} <= names


def test_an_emergency_is_not_said_to_be_no_matter_for_today() -> None:
    both = reading("mon bébé a 39 de fièvre et j'ai mal dans la poitrine", [], NOW)
    assert any(label.group == "alert" for label in both.legend)
    assert "same_day" not in {label.code for label in [*both.legend, *both.rules, *both.weighed]}


def test_a_red_flag_that_no_words_carry_is_told_of_the_whole_message(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = Understanding(intents=("other",), urgency="emergency", red_flags=("sepsis_signs",), human=True)
    monkeypatch.setattr(desk_reading, "understand", lambda text, now: answered)
    monkeypatch.setattr(desk_reading, "explain", lambda text, now: ())
    read = reading("ça va très mal", [], NOW)
    assert [(label.group, label.name, label.whole) for label in read.legend] == [
        ("alert", "signes d’infection grave", True)
    ]


def test_a_reader_without_a_word_of_its_own_keeps_its_name() -> None:
    assert desk_reading.called("readers", "something new") == "something new"


def test_a_message_that_cannot_be_explained_is_shown_bare(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str, now: datetime) -> tuple[Because, ...]:
        raise RuntimeError

    monkeypatch.setattr(desk_reading, "explain", broken)
    read = reading(RENEWAL, [[3, 11]], NOW)
    assert not read.legend and not read.rules and not read.weighed
    assert [p.text for p in read.pieces if p.evidence] == [RENEWAL[3:11]]


@pytest.mark.parametrize("file", ["reading.toml", "reading.en.toml"])
def test_every_code_has_its_word(file: str) -> None:
    words = desk_reading._words(file)
    assert {*INTENTS, *RED_FLAGS, "same_day", "when", "human"} <= set(words["labels"])
    told = [because for text in (MOVE, RED_FLAG, RENEWAL, CHILD, "oui") for because in explain(text, now=NOW)]
    assert {because.kind for because in told} <= set(words["kinds"])
    assert {because.label for because in told} <= set(words["labels"])
    cues = {because.name for because in told if because.kind == "reader"}
    assert cues <= set(words["readers"])
    assert "'" not in "".join(word for part in words.values() for word in part.values())


def test_both_files_have_the_same_codes_in_the_same_order() -> None:
    french, english = (desk_reading._words(file) for file in ("reading.toml", "reading.en.toml"))
    assert [(part, list(words)) for part, words in french.items()] == [(p, list(w)) for p, w in english.items()]


# --- on the page -----------------------------------------------------------------------------------------------------
def test_the_review_shows_the_words_the_legend_and_the_reasons(desk: Client, practice: Organization) -> None:
    page = desk.get(f"/boite/{task(practice, RENEWAL).identifier}/").content.decode()
    assert re.search('<mark class="request grounds">[^<]*renouveler mon ordonnance[^<]*</mark><span class="ref">', page)
    assert '<mark class="person">3 mai 1954</mark>' in page
    assert "<dt>Personne</dt><dd>Date de naissance" in page
    assert "Par quels indices\u00a0?" in page
    assert "règle fixe, décide seule" in page
    assert "pour&nbsp;" in page and "<rect" in page


def test_a_red_flag_is_named_in_the_legend(desk: Client, practice: Organization) -> None:
    page = desk.get(f"/boite/{task(practice, RED_FLAG).identifier}/").content.decode()
    assert "<dt>Signal d’alerte</dt><dd>Douleur dans la poitrine" in page


def test_a_hostile_message_stays_text_everywhere_on_the_page(desk: Client, practice: Organization) -> None:
    hostile = "<script>alert(1)</script> je veux parler à \"><img src=x onerror=alert(1)> quelqu'un {{ 7|add:7 }}"
    page = desk.get(f"/boite/{task(practice, hostile).identifier}/").content.decode()
    assert "<script>alert" not in page and "<img" not in page
    assert "{{ 7|add:7 }}" in page


def test_times_are_read_as_of_the_moment_of_the_message_in_the_practice_s_zone(
    practice: Organization, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[datetime] = []
    monkeypatch.setattr(queries, "reading", lambda words, marks, now: asked.append(now))
    found = written(practice, "je veux parler à quelqu'un").tasks.get()
    clock.moment += timedelta(days=3)
    queries.reviewed(practice, found, clock.now())
    practice.timezone = "America/Cayenne"
    queries.reviewed(practice, found, clock.now())
    assert asked == [cast.NOW.replace(tzinfo=None), datetime(2026, 3, 16, 5, 0)]


def test_a_long_message_is_still_shown(desk: Client, practice: Organization) -> None:
    words = ("je veux parler à quelqu'un mardi à 9 h ou jeudi, j'ai mal. " * 90)[:5000]
    found = written(practice, words).tasks.first()
    assert found is not None
    assert desk.get(f"/boite/{found.identifier}/").status_code == 200
