"""How a simulated patient answers: what is asked, and nothing that is not theirs."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from releve.core.facts import Place
from releve.demo.talking import AGREES, LONGEST, Script, Talker
from releve.dialogue import Reply
from tests.cast import NOW

FACTS = {
    "name": "Claire Vasseur", "born": "née", "birth": "21/05/1986", "phone": "06 39 98 02 03",
    "visit": "mardi 17 mars à 9 h 40", "hour": "9\u00a0h\u00a040",
}  # fmt: skip


def talker(name: str = "book", **values: Any) -> Talker:
    script = Script(name, "sms", "known", ("Bonjour, un rdv ? {name}",), time=("jeudi matin",), **values)
    return Talker(script, FACTS, Random(1), NOW)


def places(*starts: datetime) -> tuple[Place, ...]:
    return tuple(Place(1, 1, start) for start in starts)


def test_they_begin_with_what_they_want() -> None:
    assert talker().begins() == "Bonjour, un rdv ? Claire Vasseur"


@pytest.mark.parametrize(
    ("expects", "asked", "said"),
    [
        ("identity", "Pour vérifier qui vous êtes, quelle est la date de naissance du patient ?", "21/05/1986"),
        ("identity", "Quels prénom, nom et date de naissance ?", "Claire Vasseur, née le 21/05/1986"),
        ("details", "À quel numéro de téléphone pouvons-nous vous joindre ?", "06 39 98 02 03"),
        ("details", "Vous avez plusieurs rendez-vous. Duquel s’agit-il ?", "celui du mardi 17 mars à 9 h 40"),
        ("time", "Quel jour ou quel moment vous conviendrait ?", "jeudi matin"),
        ("visit_type", "Pour quel type de rendez-vous ?", "une consultation"),
    ],
)  # fmt: skip
def test_they_answer_what_is_asked(expects: str, asked: str, said: str) -> None:
    assert talker().answers(Reply((asked,), expects)) == said


def test_they_choose_a_place_that_is_still_to_come() -> None:
    over, coming = NOW - timedelta(hours=1), NOW + timedelta(days=2)
    offer = Reply(("Voici des places",), "slot", places(over, coming))
    assert {talker().answers(offer) for _ in range(20)} <= {"2", "le 2", "la 2", "le 2 svp"}
    assert talker().answers(Reply(("Voici",), "slot", places(over))) == "vous n'avez rien d'autre plus tard ?"
    assert talker().answers(Reply(("Je confirme ?",), "confirmation", places(over))) == "non"


def test_they_agree_to_what_is_theirs_alone() -> None:
    mine = Reply(("J’annule votre rendez-vous du mardi 17 mars à 9\u00a0h\u00a040. Vous confirmez ?",), "confirmation")
    other = Reply(("J’annule votre rendez-vous du lundi 16 mars à 11\u00a0h. Vous confirmez ?",), "confirmation")
    assert talker("cancel").answers(mine) in AGREES
    someone = talker("cancel")
    assert someone.answers(other) == "non"
    assert someone.answers(other) == "secrétariat"


def test_they_say_the_rest_and_are_done() -> None:
    someone = talker(then=("et le parking ?",), ends=("merci",))
    assert [someone.answers(Reply(("Voilà.",))) for _ in range(3)] == ["et le parking ?", "merci", None]


def test_they_leave_it_to_a_person() -> None:
    assert talker(ends=("merci",)).answers(Reply(("Je passe la main.",), handoff=("secretary", "callback"))) is None


def test_nobody_goes_on_for_ever() -> None:
    someone = talker()
    said = [someone.answers(Reply(("Quel jour ?",), "time")) for _ in range(LONGEST + 3)]
    assert said[LONGEST - 1] and said[LONGEST:] == [None] * 3
