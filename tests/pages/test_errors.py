"""Error pages: plain words, no trace, nobody's name."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.views import defaults

from releve.look.security import POLICY


@pytest.mark.parametrize(
    ("view", "status"),
    [(defaults.bad_request, 400), (defaults.permission_denied, 403), (defaults.page_not_found, 404)],
)
def test_error_pages_say_what_happened_not_why(view: Any, status: int) -> None:
    answer = view(RequestFactory().get("/"), exception=ValueError("Bernard Roche"))
    assert answer.status_code == status
    assert "Revenir à l’accueil" in answer.content.decode()
    assert "Roche" not in answer.content.decode()


@pytest.mark.django_db
def test_a_broken_page_shows_no_trace(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("Bernard Roche")

    monkeypatch.setattr("releve.look.doors.queries.organization", broken)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "La page n’a pas pu s’afficher" in answer.content.decode()
    assert "Roche" not in answer.content.decode() and "Traceback" not in answer.content.decode()


@pytest.mark.django_db
def test_every_answer_carries_the_policy(client: Client) -> None:
    for address in ("/nulle-part/", "/connexion/", "/boite/"):
        assert client.get(address)["Content-Security-Policy"] == POLICY
