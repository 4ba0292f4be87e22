"""`/nouvelles/`: what an open page hears."""

import re
from typing import Any

from django.test import Client

from releve.practice.models import Organization
from tests.pages.support import RED_FLAG, RENEWAL, written

PULSE = re.compile(r'hx-get="(/nouvelles/[^"]*)"')


def asked(page: str) -> str:
    found = PULSE.search(page)
    assert found is not None
    return found[1].replace("&amp;", "&")


def test_nothing_new_says_nothing(desk: Client) -> None:
    address = asked(desk.get("/boite/").content.decode())
    assert desk.get(address).status_code == 204


def test_a_request_that_came_waits_behind_a_sentence(desk: Client, practice: Organization) -> None:
    address = asked(desk.get("/boite/").content.decode())
    written(practice, RENEWAL)
    answer = desk.get(address)
    words = answer.content.decode()
    assert answer.headers["HX-Trigger"] == "news"
    assert "Une demande est arrivée." in words
    assert "1<span" in words  # the count of the top bar
    assert desk.get(asked(words)).status_code == 204


def test_they_add_up_until_they_are_shown(desk: Client, practice: Organization) -> None:
    address = asked(desk.get("/boite/").content.decode())
    written(practice, RENEWAL)
    address = asked(desk.get(address).content.decode())
    written(practice, RENEWAL)
    assert "2 demandes sont arrivées." in desk.get(address).content.decode()


def test_a_red_flag_comes_by_itself(desk: Client, practice: Organization) -> None:
    address = asked(desk.get("/agenda/").content.decode())
    written(practice, RED_FLAG)
    words = desk.get(address).content.decode()
    assert re.search(r'role="alert"[^>]*>\s*<a class="alert-bar"', words)
    assert "mal dans la poitrine" in words


def test_a_page_that_lists_alerts_hears_of_new_ones_only(desk: Client, practice: Organization) -> None:
    written(practice, RED_FLAG)
    address = asked(desk.get("/boite/").content.decode())
    written(practice, "je veux parler à quelqu'un")
    first = desk.get(address).content.decode()
    assert "alert-bar" not in first
    written(practice, RED_FLAG)
    assert first.count("alert-bar") == 0
    assert desk.get(asked(first)).content.decode().count('class="alert-bar"') == 1


def test_a_patients_words_in_an_alert_are_words(desk: Client, practice: Organization) -> None:
    written(practice, "<script>alert(1)</script> " + RED_FLAG)
    assert "<script>alert(1)" not in desk.get("/agenda/").content.decode()


def test_asking_costs_little(desk: Client, practice: Organization, django_assert_max_num_queries: Any) -> None:
    address = asked(desk.get("/boite/").content.decode())
    with django_assert_max_num_queries(5):
        desk.get(address)
