"""What a visitor sees and says at `/`."""

import re
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from releve.practice.models import Communication, Conversation, Organization, Practitioner, Task
from tests import cast

pytestmark = pytest.mark.django_db


def say(client: Client, text: str, **more: str) -> str:
    answer = client.post("/", {"form": str(uuid4()), "text": text, **more}, follow=True)
    return answer.content.decode()


def test_before_a_practice_is_signed_the_page_says_so_and_shows_whom_to_call(client: Client, db: None) -> None:
    cast.practice(signed=False)
    answer = client.get("/")
    assert answer.status_code == 503
    assert "appelez le 15" in answer.content.decode()


def test_the_page_shows_where_when_and_who(client: Client, practice: Organization) -> None:
    page = client.get("/").content.decode()
    for words in (
        "Cabinet du Canal",
        "12 quai de la Loire",
        "de 8\u00a0h\u00a030 à 12\u00a0h\u00a030",
        "Dr\u00a0Nadia Amar",
        "01\u00a099",
    ):
        assert words in page
    assert "Où se garer\u00a0?" in page


def test_the_first_words_say_that_a_machine_answers(client: Client, practice: Organization) -> None:
    assert "Un assistant automatique vous répond" in client.get("/").content.decode()


def test_looking_writes_nothing(client: Client, practice: Organization) -> None:
    client.get("/")
    assert not Conversation.objects.exists()
    assert "sessionid" not in client.cookies


def test_a_message_is_answered_after_a_redirect(client: Client, practice: Organization) -> None:
    answer = client.post("/", {"form": str(uuid4()), "text": "vous êtes ouverts le samedi ?"})
    assert answer.status_code == 302
    assert "Nous sommes ouverts" in client.get("/").content.decode()


def test_the_same_form_sent_twice_is_one_message(client: Client, practice: Organization) -> None:
    form = {"form": str(uuid4()), "text": "bonjour"}
    client.post("/", form)
    client.post("/", form)
    assert Communication.objects.filter(author="patient").count() == 1


def test_the_first_form_sent_twice_at_once_opens_one_conversation(practice: Organization) -> None:
    form = {"form": str(uuid4()), "text": "bonjour"}
    Client().post("/", form)
    Client().post("/", form)
    assert Conversation.objects.count() == 1
    assert Communication.objects.filter(author="patient").count() == 1


def test_two_visitors_do_not_see_each_other(practice: Organization) -> None:
    say(Client(), "j'ai perdu ma clé bleue")
    assert "clé bleue" not in say(Client(), "bonjour")


def test_hostile_words_are_shown_as_words(client: Client, practice: Organization) -> None:
    page = say(client, "<script>alert(1)</script> bonjour")
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_empty_message_is_refused_in_words(client: Client, practice: Organization) -> None:
    answer = client.post("/", {"form": str(uuid4()), "text": "  "})
    assert answer.status_code == 422
    assert "Écrivez votre message." in answer.content.decode()
    assert not Communication.objects.exists()


def test_a_message_too_long_keeps_what_was_typed(client: Client, practice: Organization) -> None:
    answer = client.post("/", {"form": str(uuid4()), "text": "très " * 1200})
    assert answer.status_code == 422
    assert "très très" in answer.content.decode()


def test_a_red_flag_is_an_alert(client: Client, practice: Organization) -> None:
    page = say(client, "j'ai mal dans la poitrine depuis ce matin")
    assert re.search(r'role="alert">.*?Appelez tout de suite le 15', page, re.DOTALL)
    assert Task.objects.get().priority == "emergency"


def test_a_person_is_one_button_away(client: Client, practice: Organization) -> None:
    client.post("/", {"form": str(uuid4()), "text": "", "choice": "secrétariat"})
    assert Task.objects.get().kind == "callback"
    assert "Une personne de l’équipe suit" in client.get("/").content.decode()


def test_offered_places_are_buttons_that_say_themselves(client: Client, practice: Organization) -> None:
    page = say(client, "un rdv avec Dr Amar mardi, pour Camille Bernard née le 4 juin 1991")
    assert 'value="mardi 17\u00a0mars à ' in page


def test_with_the_script_only_what_is_new_comes_back(client: Client, practice: Organization) -> None:
    form = {"form": str(uuid4()), "text": "bonjour", "apres": "0"}
    answer = client.post("/", form, headers={"X-Fragment": "chat"}).content.decode()
    assert "bonjour" in answer
    assert "<h1" not in answer
    assert "Un assistant automatique vous" not in answer  # the page shows these words already


def test_no_news_is_204(client: Client, practice: Organization) -> None:
    assert client.get("/discussion/").status_code == 204
    say(client, "bonjour")
    last = Communication.objects.order_by("-id").values_list("pk", flat=True)[0]
    assert client.get(f"/discussion/?apres={last}").status_code == 204
    assert client.get("/discussion/?apres=0").status_code == 200


def test_nothing_comes_from_elsewhere(client: Client, practice: Organization) -> None:
    answer = client.get("/")
    assert answer["Content-Security-Policy"].startswith("default-src 'self'")
    page = answer.content.decode()
    assert not re.search(r"<style|style=|<script(?! src)| on\w+=|https?://", page)


# --- what the practice's page tells ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 3, 16, 9, 0), "Ouvert, jusqu’à 12 h 30"),
        (datetime(2026, 3, 16, 12, 30), "Fermé, ouvre à 14 h"),
        (datetime(2026, 3, 16, 19, 0), "Fermé, ouvre demain à 8 h 30"),
        (datetime(2026, 3, 20, 20, 0), "Fermé, ouvre lundi 23 mars à 8 h 30"),
        (datetime(2026, 5, 8, 9, 0), "Fermé, ouvre lundi 11 mai à 8 h 30"),  # a public holiday, a Friday
    ],
)
def test_open_or_closed(client: Client, practice: Organization, settings: Any, moment: datetime, words: str) -> None:
    settings.CLOCK.moment = moment.replace(tzinfo=cast.PARIS)
    assert words in client.get("/").content.decode().replace("\u00a0", " ")


def test_without_known_hours_nothing_is_said_of_them(client: Client, db: None) -> None:
    data = cast.practice_file()
    data["practice"]["opening_hours"] = []
    cast.practice(data)
    page = client.get("/").content.decode()
    assert "Fermé" not in page and "Ouvert" not in page


def test_the_next_place_of_each_one_leads_to_it(client: Client, practice: Organization) -> None:
    page = client.get("/").content.decode().replace("\u00a0", " ")
    assert re.search(r'avec=amar"><span class="sr">Dr Nadia Amar, prochaine place : </span>aujourd’hui, 9 h 20<', page)
    assert re.search(r"Diallo, prochaine place : </span>aujourd’hui, 9 h 15<", page)


def test_who_takes_nobody_new_and_who_is_full_say_so(client: Client, practice: Organization) -> None:
    Practitioner.objects.filter(identifier=cast.AMAR).update(accepts_new_patients=False)
    Practitioner.objects.get(identifier=cast.DIALLO).schedule.delete()
    page = client.get("/").content.decode()
    assert "Ne prend pas de nouveaux patients" in page and "dans plus de deux semaines" in page


def test_the_urgent_numbers_are_on_every_patients_page(client: Client, practice: Organization) -> None:
    for address in ("/", "/rendez-vous/", "/rendez-vous/prendre/"):
        assert "15" in client.get(address).content.decode()
        assert "Une urgence" in client.get(address).content.decode()


# --- bad moments -----------------------------------------------------------------------------------------------------
def test_a_session_lost_in_the_middle_keeps_the_words(client: Client, practice: Organization) -> None:
    say(client, "bonjour")
    last = Communication.objects.order_by("-id").values_list("pk", flat=True)[0]
    answer = Client().post("/", {"form": str(uuid4()), "text": "et le parking ?", "apres": str(last)})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "s’est fermée après un long silence" in page and "et le parking ?</textarea>" in page
    assert Communication.objects.filter(author="patient").count() == 1


def test_a_message_of_5000_characters_is_taken(client: Client, practice: Organization) -> None:
    words = ("bonjour " * 625)[:5000]
    assert "bonjour bonjour" in say(client, words)
    assert len(Communication.objects.get(author="patient").text) >= 4999


def test_words_written_from_right_to_left_keep_their_direction(client: Client, practice: Organization) -> None:
    assert '<p class="body" dir="auto">مرحبا</p>' in say(client, "مرحبا")


def test_the_answer_of_a_person_says_so(client: Client, practice: Organization) -> None:
    say(client, "bonjour")
    talk = Conversation.objects.get()
    Communication.objects.create(
        organization=practice, conversation=talk, author="staff", channel="webchat", text="Ici Mme Petit.",
        sent_at=cast.NOW,
    )  # fmt: skip
    assert "Une personne de l’équipe" in client.get("/").content.decode()


# --- two languages ---------------------------------------------------------------------------------------------------
def test_the_language_is_chosen_on_the_page_and_kept(client: Client, practice: Organization) -> None:
    answer = client.post("/langue/", {"language": "en", "next": "/rendez-vous/"})
    assert answer["Location"] == "/rendez-vous/"
    page = client.get("/").content.decode()
    assert '<html lang="en"' in page and "Français" in page
    assert "8:30\u00a0am to 12:30\u00a0pm" in page
    assert "automatic assistant" in page


def test_a_conversation_begun_in_english_opens_in_english(client: Client, practice: Organization) -> None:
    client.post("/langue/", {"language": "en", "next": "/"})
    say(client, "ok")
    first = Communication.objects.filter(author="assistant").order_by("id")[0]
    assert "automatic assistant" in first.text
