"""Who does what at a time, on Monday 9 March 2026 at 10:12: what a clause tells is no wish, what it offers is."""

import pytest

from releve.language.temporal import move, wish
from tests.spec.language.temporal.support import MONDAY, preferred, told

ONE = [
    # a verb that neither wishes nor offers tells a fact, once something else is wished
    ("mes cousins débarquent mercredi, une place jeudi ?", ["03-12 07:00-21:00"]),
    ("on emménage samedi, un rdv vendredi ?", ["03-13 07:00-21:00"]),
    ("je dois être à Lyon mercredi, vendredi c'est bon", ["03-13 07:00-21:00"]),
    ("sur la route toute la journée, j'ai un trou mercredi", ["03-11 07:00-21:00"]),
    ("40 de fièvre à 6h. Un rdv demain ?", ["03-10 07:00-21:00"]),
    ("je voudrais voir le docteur jeudi", ["03-12 07:00-21:00"]),
    # work bounds the wish, days off offer it
    ("je travaille jusqu'à 17h, mardi ou jeudi", ["03-10 17:00-21:00", "03-12 17:00-21:00"]),
    ("cette semaine je suis du soir, donc le matin, jeudi", ["03-12 07:00-12:00"]),
    # a date to come before
    ("mon contrôle est prévu le 20 mars, si une place se libère avant", ["03-09 10:12 > 03-19 21:00"]),
    ("rien avant le 20 mars ?", ["03-09 10:12 > 03-19 21:00"]),
    ("rien de plus proche que le 20 mars ?", ["03-09 10:12 > 03-19 21:00"]),
    ("mon rdv du 20 mars est loin, vous n'auriez pas plus tôt ?", ["03-09 10:12 > 03-19 21:00"]),
    ("il rentre à 18h, je peux passer avant ?", ["03-09 10:12-18:00"]),
    ("j'ai rdv chez le dentiste jeudi à 10h, une place le même jour ?", ["03-12 07:00-21:00"]),
    # scope
    ("vendredi, sinon la semaine suivante", ["03-13 07:00-21:00", "03-16 07:00 > 03-21 21:00"]),
    ("la semaine du 16 ou du 23 mars", ["03-16 07:00 > 03-21 21:00", "03-23 07:00 > 03-28 21:00"]),
    ("la semaine du 16, jeudi si possible", ["03-19 07:00-21:00"]),
    ("pendant les vacances de printemps, la première semaine", ["04-20 07:00 > 04-25 21:00"]),
    ("les semaines paires, le mercredi", ["03-18 07:00-21:00", "04-01 07:00-21:00"]),
    ("jeudi prochain 19 mars", ["03-19 07:00-21:00"]),
    ("entre 10 et 12 jeudi", ["03-12 10:00-12:00"]),
]  # fmt: skip
MOVES = [
    ("jeudi 15h, j'ai conseil de classe : plutôt vendredi ?", ["03-13 07:00-21:00"]),
    ("vendredi plutôt que demain", ["03-13 07:00-21:00"]),
    ("je peux avoir mercredi au lieu d'aujourd'hui ?", ["03-11 07:00-21:00"]),
    ("peut-on échanger mon 15h contre vendredi matin ?", ["03-13 07:00-12:00"]),
    ("ma séance est le 20 mars, donnez-moi plutôt une date avant", ["03-09 10:12 > 03-19 21:00"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "windows"), ONE, ids=[t for t, _ in ONE])
def test_a_clause_says_what_its_time_is(text: str, windows: list[str]) -> None:
    assert preferred(wish(text, MONDAY)) == windows


@pytest.mark.parametrize(("text", "windows"), MOVES, ids=[t for t, _ in MOVES])
def test_the_time_one_leaves_is_not_the_time_one_wants(text: str, windows: list[str]) -> None:
    assert preferred(move(text, MONDAY)[1]) == windows


def test_a_day_off_is_offered_and_a_day_at_work_is_not() -> None:
    off, busy = wish("je ne travaille pas le vendredi", MONDAY), wish("les lundis et mardis je suis au bureau", MONDAY)
    assert preferred(off)[0] == "03-13 07:00-21:00"
    assert busy is not None and told(busy.exclude)[:2] == ["03-10 07:00-21:00", "03-16 07:00-21:00"]


def test_of_a_day_left_out_some_hours_come_back() -> None:
    found = wish("après 17h en semaine, sauf le mercredi où je peux dès 14h", MONDAY)
    assert found is not None and "03-11 14:00-21:00" in told(found.prefer)


def test_the_other_days_are_those_not_told() -> None:
    found = wish("le lundi je travaille, le mardi j'ai la gym, les autres jours la semaine prochaine", MONDAY)
    assert preferred(found)[0] == "03-18 07:00-21:00"
