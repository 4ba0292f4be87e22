"""One message, one answer: what follows from intents, red flags and times together."""

from datetime import date, datetime

import pytest

from releve.core.understanding import Window
from releve.language import understand

NOW = datetime.fromisoformat("2026-03-09T10:12")  # a Monday


def test_a_whole_message() -> None:
    text = "Bonjour, Clément Vasseur né le 19/02/1991, 06 12 34 56 78. Un rdv avec le Dr Amar mardi à 15h svp"
    got = understand(text, now=NOW, channel="sms")
    assert got.intents == ("book_appointment",) and not got.human and got.urgency == "none"
    assert got.practitioner == "Amar" and got.birth_date == date(1991, 2, 19) and got.phone == "+33612345678"
    assert [(n.given, n.family) for n in got.names] == [("Clément", "Vasseur")]
    assert got.when is not None
    assert got.when.prefer == (
        Window(datetime.fromisoformat("2026-03-10T15:00"), datetime.fromisoformat("2026-03-10T15:01")),
    )


def test_a_move_keeps_the_new_wish_only() -> None:
    got = understand("je voudrais déplacer mon rdv de jeudi à vendredi matin", now=NOW)
    assert got.intents == ("reschedule_appointment",) and got.when is not None
    assert {w.start.date() for w in got.when.prefer} == {date(2026, 3, 13)}


def test_a_cancelled_appointment_is_named_by_its_time() -> None:
    got = understand("j'annule mon rdv de demain 15h30", now=NOW)
    assert got.when is not None and got.when.prefer[0].start == datetime.fromisoformat("2026-03-10T15:30")


@pytest.mark.parametrize("text", ["jeudi matin", "mardi 17h20"])
def test_a_bare_time_is_an_answer(text: str) -> None:
    got = understand(text, now=NOW)
    assert got.intents == ("inform",) and got.when is not None


@pytest.mark.parametrize(
    "text",
    [
        "renouvellement de ma pilule avant vendredi svp",
        "quels sont vos horaires samedi ?",
        "faut-il être à jeun jeudi ?",
    ],
)
def test_no_time_for_papers_hours_and_preparation(text: str) -> None:
    assert understand(text, now=NOW).when is None


def test_a_red_flag_makes_an_emergency_and_needs_a_person() -> None:
    got = understand("un rdv demain svp, j'ai une douleur qui me serre la poitrine", now=NOW)
    assert got.urgency == "emergency" and got.human and got.red_flags == ("chest_pain",)
    assert got.has("report_symptom") and got.has("book_appointment")


def test_same_day_needs_a_person() -> None:
    got = understand("ma fille de 2 ans a 40 de fièvre depuis trois jours et ne veut plus boire", now=NOW)
    assert got.urgency == "same_day" and got.human and got.red_flags == ()


HUMAN = [
    "je veux parler à quelqu'un",
    "renouvellement svp",
    "c'est inadmissible",
    "ai-je le droit de prendre du doliprane, est-ce dangereux ?",
    "mes résultats sont arrivés ?",
    "j'ai été débité deux fois",
    "certificat de sport svp",
    "RGPD : effacez mes données",
]


@pytest.mark.parametrize("text", HUMAN)
def test_a_person_looks(text: str) -> None:
    assert understand(text, now=NOW).human


@pytest.mark.parametrize(
    "text",
    [
        "un rdv mardi svp",
        "j'annule demain",
        "vous ouvrez à quelle heure ?",
        "oui",
        "STOP",
    ],
)
def test_nobody_needs_to_look(text: str) -> None:
    assert not understand(text, now=NOW).human


@pytest.mark.parametrize("text", ["", " ", "???", "a" * 5000, "\n\n", "🙄", "0" * 300])
def test_anything_is_read(text: str) -> None:
    got = understand(text, now=NOW)
    assert got.intents and 0 <= got.confidence <= 1


def test_spans_lie_in_the_text() -> None:
    text = "Bonjour, j’annule mon rdv de jeudi avec le Dr Amar, 06 12 34 56 78"
    got = understand(text, now=NOW)
    assert all(0 <= s.start < s.end <= len(text) for s in got.spans)
    assert {"cancel_appointment", "practitioner", "phone"} <= {s.label for s in got.spans}


def test_the_same_text_gives_the_same_answer() -> None:
    assert understand("rdv mardi", now=NOW) == understand("rdv mardi", now=NOW)
