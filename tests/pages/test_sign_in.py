"""`/connexion/`: signing in and out."""

import pytest
from django.test import Client

from releve.practice.models import Organization
from tests import cast


@pytest.fixture(autouse=True)
def fresh(practice: Organization) -> None:
    cast.petit()


def sign_in(client: Client, password: str, name: str = "petit", **more: str) -> int:
    return client.post("/connexion/", {"username": name, "password": password, **more}).status_code


def test_signing_in_leads_to_the_day(client: Client) -> None:
    answer = client.post("/connexion/", {"username": "petit", "password": cast.PASSWORD})
    assert answer["Location"] == "/journee/"


def test_signing_in_leads_back_to_where_one_came_from_but_never_elsewhere(client: Client) -> None:
    form = {"username": "petit", "password": cast.PASSWORD}
    assert client.post("/connexion/", {**form, "next": "/agenda/"})["Location"] == "/agenda/"
    assert Client().post("/connexion/", {**form, "next": "https://elsewhere.example/"})["Location"] == "/journee/"


def test_the_session_is_renewed(client: Client) -> None:
    client.post("/", {"text": "bonjour"})
    before = client.cookies["sessionid"].value
    sign_in(client, cast.PASSWORD)
    assert client.cookies["sessionid"].value != before


def test_an_unknown_name_and_a_wrong_password_get_the_same_words(client: Client) -> None:
    pages = [
        client.post("/connexion/", {"username": name, "password": "faux"}).content.decode()
        for name in ("petit", "nobody")
    ]
    assert all("Ce nom et ce mot de passe ne vont pas ensemble." in page for page in pages)


def test_after_five_failures_the_name_waits_even_with_the_right_password(client: Client) -> None:
    for name in ("petit", "Petit", " petit", "PETIT", "petit"):
        assert sign_in(client, "faux", name) == 422
    assert sign_in(client, cast.PASSWORD) == 429
    assert sign_in(client, cast.PASSWORD, "amar") == 422  # another name does not wait


def test_success_forgets_the_failures(client: Client) -> None:
    for _ in range(4):
        sign_in(client, "faux")
    assert sign_in(client, cast.PASSWORD) == 302
    client.post("/deconnexion/")
    assert sign_in(client, "faux") == 422


def test_signing_out_shuts_the_desk(client: Client) -> None:
    sign_in(client, cast.PASSWORD)
    assert client.get("/boite/").status_code == 200
    client.post("/deconnexion/")
    assert client.get("/boite/").status_code == 302


def test_a_hostile_name_is_shown_as_it_is(client: Client) -> None:
    page = client.post("/connexion/", {"username": '"><script>alert(1)</script>', "password": "x"}).content.decode()
    assert "<script>alert(1)" not in page
