"""What a visitor sees and says at `/`."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from releve.practice.models import Communication, Conversation, Organization, Task

pytestmark = pytest.mark.django_db


def say(client: Client, text: str, **more: str) -> str:
    answer = client.post("/", {"form": str(uuid4()), "text": text, **more}, follow=True)
    return answer.content.decode()


def test_before_a_practice_is_loaded_the_page_says_so_and_shows_whom_to_call(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 503
    assert "appelez le 15" in answer.content.decode()


def test_the_page_shows_where_when_and_who(client: Client, practice: Organization) -> None:
    page = client.get("/").content.decode()
    for words in (
        "Cabinet du Canal",
        "12 quai de la Loire",
        "de 8\u00a0h\u00a030 à 12\u00a0h\u00a030",
        "Dr\u00a0Amar",
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


def test_offered_places_are_buttons_that_say_themselves(client: Client, practice: Organization) -> None:
    page = say(client, "un rdv avec Dr Amar mardi, pour Camille Bernard née le 4 juin 1991")
    assert 'value="mardi 17\u00a0mars à ' in page


def test_with_htmx_only_what_is_new_comes_back(client: Client, practice: Organization) -> None:
    form = {"form": str(uuid4()), "text": "bonjour", "apres": "0"}
    answer = client.post("/", form, headers={"HX-Request": "true"}).content.decode()
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
