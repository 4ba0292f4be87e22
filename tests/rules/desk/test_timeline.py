"""Leaves of the ledger in plain words."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from releve.core.acts import ACTS
from releve.desk.timeline import SENTENCES, Line, hand, lines
from releve.ledger.queries import Told

NOW = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)
QUIET = (
    "hold_slot", "release_hold", "expire_hold", "load_practice", "sign_start_up", "sign_red_flags", "stop_assistant",
)  # fmt: skip


def line(kind: str, act: dict[str, Any], author: str = "front_desk", **more: Any) -> Line:
    leaf = Told(kind, author, NOW, more.pop("subject", ""), None, {"act": act, "status": "done", **more}, "H. Petit")
    with timezone.override("Europe/Paris"):
        (told,) = lines([leaf], {}, {}, NOW)
    return told


def said(kind: str, act: dict[str, Any]) -> str:
    return line(kind, act).words.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("kind", "act", "words"),
    [
        ("book_appointment", {"start": "2026-03-17T09:00:00+00:00"}, "Rendez-vous pris, mar. 17 mars à 10 h"),
        ("book_appointment", {"start": "2027-03-17T09:00:00+00:00"}, "Rendez-vous pris, mer. 17 mars 2027 à 10 h"),
        ("cancel_appointment", {}, "Rendez-vous annulé"),
        ("create_task", {"task": "callback"}, "Demande confiée à l’équipe : rappeler"),
        ("update_contact", {"phone": "+33639981009"}, "Contact changé : 06 39 98 10 09"),
        (
            "update_contact",
            {"phone": "+33639981009", "old_phone": "+33639981001"},
            "Contact changé : 06 39 98 10 01 → 06 39 98 10 09",
        ),
        ("update_contact", {"email": "", "old_email": "a@b.example"}, "Contact changé : a@b.example → retiré"),
        (
            "correct_identity",
            {
                "given": "Bernard", "family": "Rocher", "birth_date": "1954-05-04", "sex": "M", "reason": "carte vue",
                "old": {"given": "Bernard", "family": "Roche", "birth_date": "1954-05-03", "sex": "M"},
            },
            "Identité corrigée : nom : Roche → Rocher, naissance : 3 mai 1954 → 4 mai 1954, « carte vue »",
        ),
        ("leave_waiting_list", {"reason": "a trouvé ailleurs"}, "Retrait de la liste d’attente : a trouvé ailleurs"),
        ("write_to_patient", {"channel": "sms"}, "Message de l’équipe : SMS"),
    ],
)  # fmt: skip
def test_words(kind: str, act: dict[str, Any], words: str) -> None:
    assert said(kind, act) == words


def test_an_act_kept_back_is_told_as_a_proposal() -> None:
    assert line("cancel_appointment", {}, status="waiting", decision="ask").state == "kept"
    assert line("create_task", {"task": "other"}, status="waiting", decision="do").state == "done"


def test_a_refusal_is_told_with_its_reason() -> None:
    told = line("book_appointment", {"start": "2026-03-17T09:00:00+00:00"}, status="refused", why="slot_taken")
    assert (told.state, told.reason) == ("refused", "Cette place vient d’être prise. Rien n’a été changé.")


def test_an_erased_leaf_still_says_what_it_was() -> None:
    leaf = Told("update_contact", "user:1", NOW, "patient:1", None, {})
    with timezone.override("Europe/Paris"):
        assert lines([leaf], {}, {}, NOW)[0].words == "Contact changé"


@pytest.mark.parametrize(
    ("author", "whose"),
    [("user:3", "person"), ("timer", "rule"), ("form", "patient"), ("front_desk", "assistant")],
)
def test_whose_hand_it_was(author: str, whose: str) -> None:
    assert hand(author) == whose


def test_housekeeping_is_left_out() -> None:
    leaves = [Told(kind, "timer", NOW, "", None, {}) for kind in QUIET]
    assert lines(leaves, {}, {}, NOW) == []


def test_every_sentence_is_that_of_an_act() -> None:
    assert set(SENTENCES) <= set(ACTS)
