"""Every door of the house: who may open it. An address that is not in the table fails."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from releve.intake.actions import answer, receive
from releve.practice.models import Organization, Task
from tests import cast

ANYONE = 200
SIGN_IN = 302  # to /connexion/
TALK = "7a1f0c1e-0000-4000-8000-000000000001"
API_TALK = "api/v1/conversations/<uuid:conversation>/messages"

# (role, method, address, route, status). {task} and {talk} stand for the one open task and its conversation.
DOORS = [
    ("anyone", "GET", "/", "", 200),
    ("anyone", "POST", "/", "", 422),
    ("anyone", "PUT", "/", "", 405),
    ("anyone", "GET", "/discussion/", "discussion/", 204),
    ("anyone", "POST", "/discussion/", "discussion/", 405),
    ("anyone", "GET", "/health", "health", (200, 503)),
    ("anyone", "GET", "/api/v1/conversations", "api/v1/conversations", 405),
    ("anyone", "POST", "/api/v1/conversations", "api/v1/conversations", 422),
    ("anyone", "GET", f"/api/v1/conversations/{TALK}/messages", API_TALK, 405),
    ("anyone", "POST", f"/api/v1/conversations/{TALK}/messages", API_TALK, 422),
    ("anyone", "GET", "/api/v1/nowhere", "api/v1/<path:rest>", 404),
    ("anyone", "POST", "/api/v1/nowhere", "api/v1/<path:rest>", 404),
    ("anyone", "GET", "/connexion/", "connexion/", 200),
    ("anyone", "POST", "/connexion/", "connexion/", 422),
    ("anyone", "GET", "/deconnexion/", "deconnexion/", 405),
    ("anyone", "POST", "/deconnexion/", "deconnexion/", 302),
    ("anyone", "GET", "/nulle-part/", None, 404),
    ("staff", "GET", "/connexion/", "connexion/", 302),
    ("staff", "POST", "/deconnexion/", "deconnexion/", 302),
    ("staff", "GET", "/", "", 200),
]  # fmt: skip

# Staff only: (method, address, route, status when signed in). Anonymous people are sent to the sign-in page.
DESK = [
    ("GET", "/boite/", "boite/", 200),
    ("POST", "/boite/", "boite/", 405),
    ("GET", "/boite/{task}/", "boite/<str:identifier>/", 200),
    ("POST", "/boite/{task}/", "boite/<str:identifier>/", 302),
    ("GET", "/boite/inconnue/", "boite/<str:identifier>/", 404),
    ("GET", "/boite/{task}/annuler/", "boite/<str:identifier>/annuler/", 405),
    ("POST", "/boite/{task}/annuler/", "boite/<str:identifier>/annuler/", 302),
    ("GET", "/conversations/", "conversations/", 200),
    ("POST", "/conversations/", "conversations/", 405),
    ("GET", "/conversations/{talk}/", "conversations/<int:key>/", 200),
    ("POST", "/conversations/{talk}/", "conversations/<int:key>/", 302),
    ("GET", "/conversations/0/", "conversations/<int:key>/", 404),
    ("GET", "/conversations/{talk}/prendre/", "conversations/<int:key>/prendre/", 405),
    ("POST", "/conversations/{talk}/prendre/", "conversations/<int:key>/prendre/", 302),
    ("GET", "/conversations/{talk}/rendre/", "conversations/<int:key>/rendre/", 405),
    ("POST", "/conversations/{talk}/rendre/", "conversations/<int:key>/rendre/", 302),
    ("GET", "/agenda/", "agenda/", 200),
    ("GET", "/agenda/?jour=hier", "agenda/", 200),
    ("POST", "/agenda/", "agenda/", 405),
    ("GET", "/agenda/nouveau/", "agenda/nouveau/", 200),
    ("POST", "/agenda/nouveau/", "agenda/nouveau/", 302),
    ("GET", "/agenda/rendez-vous/roche-thursday/", "agenda/rendez-vous/<path:identifier>/", 200),
    ("POST", "/agenda/rendez-vous/roche-thursday/", "agenda/rendez-vous/<path:identifier>/", 405),
    ("GET", "/agenda/rendez-vous/inconnu/", "agenda/rendez-vous/<path:identifier>/", 404),
    ("GET", "/agenda/rendez-vous/roche-thursday/annuler/", "agenda/rendez-vous/<path:identifier>/annuler/", 405),
    ("POST", "/agenda/rendez-vous/roche-thursday/annuler/", "agenda/rendez-vous/<path:identifier>/annuler/", 302),
    ("GET", "/agenda/rendez-vous/roche-thursday/absent/", "agenda/rendez-vous/<path:identifier>/absent/", 405),
    ("POST", "/agenda/rendez-vous/roche-thursday/absent/", "agenda/rendez-vous/<path:identifier>/absent/", 302),
    ("GET", "/garantie/", "garantie/", 200),
    ("POST", "/garantie/", "garantie/", 405),
    ("GET", "/garantie/arreter/", "garantie/arreter/", 405),
    ("POST", "/garantie/arreter/", "garantie/arreter/", 302),
    ("GET", "/garantie/reprendre/", "garantie/reprendre/", 405),
    ("POST", "/garantie/reprendre/", "garantie/reprendre/", 302),
    ("GET", "/garantie/signaux/", "garantie/signaux/", 200),
    ("POST", "/garantie/signaux/", "garantie/signaux/", 302),
    ("PUT", "/garantie/signaux/", "garantie/signaux/", 405),
    ("GET", "/sortie/", "sortie/", 200),
    ("POST", "/sortie/", "sortie/", 405),
]


@pytest.fixture
def house(practice: Organization) -> Organization:
    """The practice with one conversation, and one task in it."""
    for key, text in (("open", None), ("1", "je veux parler à quelqu'un")):
        event = receive(
            organization=practice,
            conversation=TALK,
            channel="webchat",
            address=None,
            text=text,
            external_id=key,
            at=cast.NOW,
        )
        answer(event)
    return practice


def knock(client: Client, method: str, address: str) -> Any:
    task = Task.objects.get()
    return client.generic(
        method,
        address.format(task=task.identifier, talk=task.conversation_id),
        content_type="application/x-www-form-urlencoded",
    )


@pytest.mark.parametrize(("role", "method", "address", "route", "status"), DOORS)
def test_open_doors(
    house: Organization,
    client: Client,
    role: str,
    method: str,
    address: str,
    route: str | None,
    status: int | tuple[int, ...],
) -> None:
    if role == "staff":
        client.force_login(cast.petit())
    answer = knock(client, method, address)
    assert answer.status_code in (status if isinstance(status, tuple) else (status,))
    assert route is None or answer.resolver_match.route == route


@pytest.mark.parametrize(("method", "address", "route", "status"), DESK)
def test_doors_of_the_desk(house: Organization, method: str, address: str, route: str, status: int) -> None:
    stranger, staff = Client(), Client()
    shut = knock(stranger, method, address)
    assert shut.status_code == SIGN_IN
    assert shut["Location"].startswith("/connexion/?next=")
    assert not shut.content
    staff.force_login(cast.petit())
    opened = knock(staff, method, address)
    assert opened.status_code == status
    assert opened.resolver_match.route == route
    assert status >= 400 or "no-store" in opened["Cache-Control"]


def routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    for entry in patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            yield route


def test_every_address_is_in_the_table() -> None:
    named = {row[3] for row in DOORS} | {row[2] for row in DESK}
    assert set(routes(get_resolver().url_patterns)) <= named


@pytest.mark.parametrize(("method", "address", "route", "status"), [row for row in DESK if row[0] == "POST"])
def test_a_post_without_its_token_is_refused(
    house: Organization, method: str, address: str, route: str, status: int
) -> None:
    staff = Client(enforce_csrf_checks=True)
    staff.force_login(cast.petit())
    assert knock(staff, method, address).status_code == 403
