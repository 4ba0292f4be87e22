"""Ranges that cannot do what they say: told, and never refused."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from releve.desk.settings.doubts import doubts, idle, opened

MORNING = {"days": ["mon", "tue"], "start": "08:00", "end": "12:00"}
KEPT = {"days": ["mon"], "start": "09:00", "end": "10:00", "kept_until": "18:00", "kept_days": 1}


@dataclass
class Visit:
    identifier: str = "soin"
    duration_min: int = 20
    step_min: int | None = None
    buffer_before_min: int = 0
    buffer_after_min: int = 0
    min_notice_min: int = 0
    horizon_days: int | None = None
    min_age: int | None = None
    max_age: int | None = None
    capacity: int = 1
    needs: list[str] = field(default_factory=list)
    urgent: bool = False
    teleconsultation: bool = False


URGENT = Visit("urgence", urgent=True)


def told(rule: dict[str, Any], *visits: Visit) -> str:
    return " ".join(doubt.words for doubt in doubts(rule, visits)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("more", "visits", "words"),
    [
        ({}, [Visit()], "Jusqu’à 18 h la veille, seule l’équipe peut donner ces places."),
        ({"services": ["soin"]}, [Visit(), URGENT], "n’est marqué urgent"),
        ({"place": "video"}, [Visit(), URGENT], "ne se fait par vidéo"),
        ({"place": "video"}, [Visit("a distance", teleconsultation=True), URGENT], "n’est marqué urgent"),
        ({"place": "office"}, [Visit(teleconsultation=True)], "se font tous par vidéo"),
        ({"services": ["plus fait"]}, [URGENT], "Cette personne ne fait aucun"),
        ({"kept_until": "10:00", "kept_days": 0}, [URGENT], "À 10 h le jour même, la plage est déjà finie"),
        ({"kept_until": "9:30", "kept_days": 0}, [URGENT], ""),
        ({"services": ["urgence"]}, [Visit(), URGENT], ""),
        ({}, [], ""),
    ],
)
def test_what_a_range_cannot_do(more: dict[str, Any], visits: list[Visit], words: str) -> None:
    found = told({**KEPT, **more}, *visits)
    assert words in found and bool(found) == bool(words)


def test_kept_hours_that_nobody_works_are_named() -> None:
    late = {**KEPT, "days": ["mon", "tue", "wed"], "start": "11:00", "end": "13:00"}
    found = opened([MORNING], None, late)
    assert found is not None
    assert found.words.replace("\u00a0", " ").endswith(
        "ordinaire : lundi et mardi, 12 h – 13 h ; mercredi, 11 h – 13 h."
    )


def test_hours_of_the_range_that_is_changed_were_worked() -> None:
    week = [{**MORNING, "days": ["tue"]}, KEPT]
    assert opened(week, KEPT, {**KEPT, "end": "09:30"}) is None
    assert opened(week, None, {**KEPT, "end": "09:30"}) is not None


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"weeks": "even"}, True), ({"every": 2, "from": "2026-03-02"}, True), ({"school_holidays": "never"}, True),
        ({"weeks": "even", "end": "12:30"}, False), ({"weeks": "even", "services": ["soin"]}, False), ({}, False),
    ],
)  # fmt: skip
def test_a_range_that_changes_nothing(more: dict[str, Any], told: bool) -> None:
    new = {"days": ["mon"], "start": "09:00", "end": "10:00", **more}
    assert (idle([MORNING], new, closed=False) is not None) == told
    assert idle([MORNING], new, closed=True) is None


def test_a_range_that_keeps_nothing_opens_what_it_says() -> None:
    assert opened([], None, MORNING) is None
