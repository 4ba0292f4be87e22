"""A language that is recognised and not read: a short answer in it, and a person; danger comes first in any."""

import pytest

from releve.practice.models import Task
from tests.talk import Talk, said

pytestmark = pytest.mark.django_db

SPANISH = "Hola, quisiera una cita con la doctora para mañana por la tarde"


@pytest.mark.parametrize(
    ("text", "answer", "language"),
    [
        (SPANISH, "Una persona del equipo le responderá", "espagnol"),
        ("السلام عليكم، أريد موعدا مع الطبيب غدا صباحا", "سيجيبكم شخص من الفريق", "arabe"),
        ("Добрий день, мені потрібен запис до лікаря на завтра", "Вам відповість людина", "ukrainien"),
        ("வணக்கம், எனக்கு நாளை மருத்துவரைப் பார்க்க வேண்டும்", "பதிலளிப்பார்", "tamoul"),
        ("Jó napot, szeretnék időpontot kérni az orvoshoz holnap", "A person of the team", "hongrois"),
    ],
)
def test_a_short_answer_and_a_person(text: str, answer: str, language: str) -> None:
    talk = Talk()
    got = talk.say(text)
    assert answer in said(got) and "15" in said(got) and "112" in said(got)
    assert got["handoff"]["to"] == "secretary" and got["handoff"]["reason"].startswith("callback, language: ")
    assert talk.tasks() == ["callback"]
    task = Task.objects.get()
    assert task.words.startswith(text) and language in task.words


def test_it_says_that_a_machine_answers() -> None:
    assert "asistente automático" in said(Talk().say(SPANISH))


def test_nothing_is_booked_on_words_that_are_not_read() -> None:
    talk = Talk()
    talk.say("une consultation vendredi matin")
    talk.say("03/05/1954")
    talk.say("le premier")
    assert talk.say("sí, está muy bien, muchas gracias por todo")["handoff"]["to"] == "secretary"
    assert talk.booked() == ["2026-03-19T09:40"]


def test_the_same_words_until_the_person_answers() -> None:
    talk = Talk()
    talk.say(SPANISH)
    again = talk.say("gracias")
    assert "Una persona del equipo" in said(again) and talk.tasks() == ["callback"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Me duele mucho el pecho y no puedo respirar", "llame ahora mismo al 15 o al 112"),
        ("عندي ألم في الصدر ولا أستطيع التنفس", "اتصلوا فورا بالرقم 15 أو 112"),
        ("Дуже болить у грудях, важко дихати", "негайно телефонуйте 15 або 112"),
    ],
)
def test_danger_comes_first(text: str, answer: str) -> None:
    got = Talk().say(text)
    assert answer in said(got) and "Appelez tout de suite le 15" in said(got)
    assert got["handoff"] == {"to": "emergency", "reason": "red_flag"}


def test_stop_is_read_in_any_language() -> None:
    talk = Talk()
    talk.say(SPANISH)
    assert [a["kind"] for a in talk.say("STOP")["acts"]] == ["opt_out"]
