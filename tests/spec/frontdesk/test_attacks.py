"""What an attacker of the finished slice tried (November 2026): wrong persons, half-said yeses, stale questions."""

from typing import Any

import pytest

from releve.practice.models import Patient, WaitingListEntry
from tests import cast
from tests.talk import Talk, said

pytestmark = pytest.mark.django_db
BERNARD = "Bernard Roche né le 3 mai 1954"


def couple() -> dict[str, Any]:
    """M. Roche and his wife Odile share a telephone, and an hour on Thursday with two people."""
    data = cast.practice_file()
    data["patients"].append(
        {
            "id": "odile",
            "given": "Odile",
            "family": "Roche",
            "birth_date": "1956-02-01",
            "sex": "F",
            "phone": cast.ROCHE_PHONE,
        }
    )
    data["appointments"].append(
        {
            "id": "odile-friday",
            "patient": "odile",
            "practitioner": cast.AMAR,
            "service": cast.CONSULTATION,
            "start": "2026-03-20T10:00",
        }
    )
    return data


@pytest.mark.parametrize(
    "text",
    [
        f"annuler le rdv d'Odile, je suis {BERNARD}",
        "annuler le rdv d'Odile Roche, je suis Bernard né le 03/05/1954",
        f"annuler le rdv de ma femme Sarah, je suis {BERNARD}",
    ],
)
def test_the_speaker_is_not_the_subject(text: str) -> None:
    talk = Talk(cast.practice(couple()))
    assert talk.say(text)["expects"] == "identity"
    talk.say("oui")
    assert talk.booked() == ["2026-03-19T09:40"]
    assert talk.booked("odile") == ["2026-03-20T10:00"]


def test_a_confirmation_says_whose_appointment_it_is() -> None:
    talk = Talk(cast.practice(couple()))
    talk.say("annuler mon rendez-vous")
    assert "(Odile)" in said(talk.say("Odile Roche, 1er février 1956"))


def test_another_name_on_the_web_is_another_person() -> None:
    talk = Talk()
    talk.web("Bonjour, quand est mon rendez-vous ?")
    code = talk.web(BERNARD)["outbox"][0]["text"]
    talk.web(next(w.strip(".") for w in code.split() if w.strip(".").isdigit() and len(w.strip(".")) == 6))
    answer = talk.web("annuler le rdv de Marie Dubois")
    assert answer["expects"] == "identity"
    talk.web("oui")
    assert talk.booked() == ["2026-03-19T09:40"]


HALF_YES = [
    "ok mais attendez", "oui enfin je réfléchis", "ok je demande à ma femme et je vous redis", "oui je viendrai",
    "d'accord mais est-ce que je peux le déplacer plutôt ?", "je voulais dire annuler celui de lundi",
    "vous pouvez annuler celui de ma femme aussi",
]  # fmt: skip


@pytest.mark.parametrize("text", HALF_YES)
def test_half_a_yes_cancels_nothing(text: str) -> None:
    talk = Talk()
    talk.say(f"annuler mon rdv, {BERNARD}")
    talk.say(text)
    assert talk.booked() == ["2026-03-19T09:40"]


@pytest.mark.parametrize(
    "text",
    [
        "oui mais c'est combien ?", "ok je vous redis", "oui mais pas à 9h", "ok attendez je regarde mon agenda",
        "d'accord mais c'est pour ma mère", "ah oui il faut être à jeun, je ne peux pas",
    ],
)  # fmt: skip
def test_half_a_yes_books_nothing(text: str) -> None:
    talk = Talk()
    talk.say(f"une consultation vendredi à 9h, {BERNARD}")
    talk.say(text)
    assert talk.booked() == ["2026-03-19T09:40"]


def offered() -> Talk:
    data = cast.practice_file()
    data["waiting_list"] = [
        {"patient": cast.MOTHER, "practitioner": cast.AMAR, "service": cast.CONSULTATION, "windows": []}
    ]
    talk = Talk(cast.practice(data))
    talk.staff(cancel=cast.ROCHE_THURSDAY)
    talk.clock("2026-03-16T09:20")
    return talk


@pytest.mark.parametrize(
    "text",
    [
        "C'est au premier étage ?", "quels sont vos horaires du jeudi ?", "jeudi à 9h40 c'est combien ?",
        "Je travaille jeudi, je dois demander à mon patron", "oui mais plutôt vendredi", "ok je vous redis",
    ],
)  # fmt: skip
def test_an_offer_is_taken_by_a_yes_and_nothing_else(text: str) -> None:
    talk = offered()
    talk.say(text, cast.MOTHER_PHONE)
    assert talk.booked(cast.MOTHER) == []


def test_a_yes_answers_the_newest_thing_we_said() -> None:
    talk = Talk()
    talk.say(f"annuler mon rdv, {BERNARD}")
    talk.clock("2026-03-18T19:00")  # the reminder says: OUI if you come
    assert talk.say("oui")["acts"][0]["kind"] == "confirm_appointment"
    assert talk.booked() == ["2026-03-19T09:40"]


def test_a_question_of_yesterday_is_forgotten() -> None:
    talk = Talk()
    talk.say(f"annuler mon rdv, {BERNARD}")
    talk.clock("2026-03-17T17:00")
    talk.say("oui")
    assert talk.booked() == ["2026-03-19T09:40"]


def test_who_spoke_this_morning_may_be_someone_else_tonight() -> None:
    talk = Talk(cast.practice(couple()))
    talk.say(f"à quelle heure est mon rendez-vous ? {BERNARD}")
    talk.clock("2026-03-16T17:00")
    assert talk.say("annuler mon rendez-vous")["expects"] == "identity"


def test_a_named_child_is_the_one_who_is_booked() -> None:
    data = cast.practice_file()
    data["patients"].append(
        {
            "id": "tom",
            "given": "Tom",
            "family": "Fontaine",
            "birth_date": "2020-05-05",
            "sex": "M",
            "phone": cast.MOTHER_PHONE,
        }
    )
    talk = Talk(cast.practice(data))
    talk.staff(no_show=cast.LEA_TUESDAY)
    talk.clock("2026-03-16T12:00")
    answer = talk.say("je voudrais un rdv pour Tom vendredi matin", cast.MOTHER_PHONE)
    assert answer["expects"] == "identity"


@pytest.mark.parametrize(
    "name", ["M. Roche, prénom Bernard,", "Roche, Bernard", "Bernard-Roche", "bernard roche", "Bernard X Roche"]
)
def test_a_claim_is_read_the_same_way_whether_or_not_there_is_a_file(name: str) -> None:
    talk = Talk()
    known = talk.web(f"annuler mon rdv. {name} né le 03/05/1954")
    other = name.replace("Roche", "Rocha").replace("roche", "rocha")
    stranger = talk.line(
        conversation="x", channel="webchat", **{"from": None}, text=f"annuler mon rdv. {other} né le 03/05/1954"
    )
    assert (known["messages"], known["expects"]) == (stranger["messages"], stranger["expects"])


def test_codes_are_limited_for_each_patient() -> None:
    talk = Talk()
    sent = 0
    for n in range(6):
        answer = talk.line(
            conversation=f"h{n}", channel="webchat", **{"from": None}, text=f"annuler mon rdv. {BERNARD}"
        )
        sent += len(answer["outbox"])
        assert answer["expects"] == "code"
    assert sent == 3


def test_odd_marks_are_answered() -> None:
    answer = Talk().web("नमस्ते e\u0301\u0301 \u0301 rdv")
    assert answer["messages"]


def test_stop_needs_no_start_up_record() -> None:
    talk = Talk(cast.practice(signed=False))
    assert talk.say("STOP")["acts"][0]["status"] == "done"


def test_nothing_of_a_file_is_shown_when_nothing_may_be_done() -> None:
    talk = Talk(cast.practice(signed=False))
    assert "19 mars" not in said(talk.say(f"annuler mon rdv, {BERNARD}"))


def test_a_contact_changes_after_a_yes_that_shows_it() -> None:
    talk = Talk()
    asked = talk.say(f"Nouveau numéro : 06 39 98 12 34. {BERNARD}")
    assert Patient.objects.get(identifier=cast.ROCHE).phone == cast.ROCHE_PHONE
    assert asked["expects"] == "confirmation"
    assert "Bernard" in said(asked)


def test_nobody_is_put_on_the_list_unasked() -> None:
    talk = Talk()
    talk.say(f"si j'annule je dois payer ? {BERNARD}")
    assert not WaitingListEntry.objects.exists()
