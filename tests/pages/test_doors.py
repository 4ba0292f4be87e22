"""Every door of the house: who may open it. An address that is not in the table fails."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from releve.channels.web.own_queries import token
from releve.intake.actions import answer, receive
from releve.practice.models import Appointment, Organization, Task
from tests import cast
from tests.pages import settings_doors

ANYONE = 200
SIGN_IN = 302  # to /connexion/
KEPT = 401
UNDO = "agenda/rendez-vous/<path:identifier>/defaire/<slug:undone>/"
SERIES_REST = "agenda/rendez-vous/<path:identifier>/serie/annuler/"
TALK = "7a1f0c1e-0000-4000-8000-000000000001"
LINK = "rendez-vous/<str:token>/"
FREED = "/liste-attente/places/0/20260319T0840Z/20260319T0900Z/"
FREED_ROUTE = "liste-attente/places/<int:who>/<slug:start>/<slug:end>/"
API_TALK = "api/v1/conversations/<uuid:conversation>/messages"

# (role, method, address, route, status). {task} and {talk} stand for the one open task and its conversation, {link} for
# a patient's own appointment.
DOORS = [
    ("anyone", "GET", "/", "", 200),
    ("anyone", "POST", "/", "", 422),
    ("anyone", "PUT", "/", "", 405),
    ("anyone", "GET", "/discussion/", "discussion/", 204),
    ("anyone", "POST", "/discussion/", "discussion/", 405),
    ("anyone", "GET", "/langue/", "langue/", 302),
    ("anyone", "POST", "/langue/", "langue/", 302),
    ("anyone", "GET", "/rendez-vous/", "rendez-vous/", 200),
    ("anyone", "POST", "/rendez-vous/", "rendez-vous/", 422),
    ("anyone", "PUT", "/rendez-vous/", "rendez-vous/", 405),
    ("anyone", "GET", "/rendez-vous/code/", "rendez-vous/code/", 302),
    ("anyone", "POST", "/rendez-vous/code/", "rendez-vous/code/", 302),
    ("anyone", "GET", "/rendez-vous/terminer/", "rendez-vous/terminer/", 405),
    ("anyone", "POST", "/rendez-vous/terminer/", "rendez-vous/terminer/", 302),
    ("anyone", "GET", "/rendez-vous/prendre/", "rendez-vous/prendre/", 200),
    ("anyone", "POST", "/rendez-vous/prendre/", "rendez-vous/prendre/", 200),
    ("anyone", "PUT", "/rendez-vous/prendre/", "rendez-vous/prendre/", 405),
    ("anyone", "GET", "/rendez-vous/prendre/verifier/", "rendez-vous/prendre/verifier/", 302),
    ("anyone", "POST", "/rendez-vous/prendre/verifier/", "rendez-vous/prendre/verifier/", 302),
    ("anyone", "GET", "/rendez-vous/prendre/fait/", "rendez-vous/prendre/fait/", 302),
    ("anyone", "POST", "/rendez-vous/prendre/fait/", "rendez-vous/prendre/fait/", 405),
    ("anyone", "GET", "/rendez-vous/{link}/", LINK, 200),
    ("anyone", "POST", "/rendez-vous/{link}/", LINK, 422),
    ("anyone", "GET", "/rendez-vous/faux/", LINK, 404),
    ("anyone", "GET", "/rendez-vous/{link}/agenda.ics", f"{LINK}agenda.ics", 200),
    ("anyone", "POST", "/rendez-vous/{link}/agenda.ics", f"{LINK}agenda.ics", 405),
    ("anyone", "GET", "/rendez-vous/faux/agenda.ics", f"{LINK}agenda.ics", 404),
    ("anyone", "GET", "/rendez-vous/{link}/code/", f"{LINK}code/", 405),
    ("anyone", "POST", "/rendez-vous/{link}/code/", f"{LINK}code/", 302),
    ("anyone", "GET", "/rendez-vous/{link}/confirmer/", f"{LINK}confirmer/", 405),
    ("anyone", "POST", "/rendez-vous/{link}/confirmer/", f"{LINK}confirmer/", 302),
    ("anyone", "GET", "/rendez-vous/{link}/annuler/", f"{LINK}annuler/", 302),
    ("anyone", "POST", "/rendez-vous/{link}/annuler/", f"{LINK}annuler/", 302),
    ("anyone", "GET", "/rendez-vous/{link}/deplacer/", f"{LINK}deplacer/", 302),
    ("anyone", "POST", "/rendez-vous/{link}/deplacer/", f"{LINK}deplacer/", 302),
    ("anyone", "GET", "/agenda/flux/fausse.ics", "agenda/flux/<str:key>.ics", 404),
    ("anyone", "POST", "/agenda/flux/fausse.ics", "agenda/flux/<str:key>.ics", 405),
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
    ("anyone", "GET", "/verrouiller/", "verrouiller/", 405),
    ("anyone", "POST", "/verrouiller/", "verrouiller/", 302),
    ("anyone", "GET", "/reprendre/", "reprendre/", 405),
    ("anyone", "POST", "/reprendre/", "reprendre/", 302),
    ("staff", "POST", "/reprendre/", "reprendre/", 422),
    ("staff", "GET", "/connexion/", "connexion/", 302),
    ("staff", "POST", "/deconnexion/", "deconnexion/", 302),
    ("staff", "GET", "/", "", 200),
    *settings_doors.OPEN,
]  # fmt: skip

# Staff only: (method, address, route, status when signed in). Anonymous people are sent to the sign-in page.
DESK = [
    ("GET", "/nouvelles/?vu=x", "nouvelles/", 200),
    ("POST", "/nouvelles/", "nouvelles/", 405),
    ("GET", "/journee/", "journee/", 200),
    ("POST", "/journee/", "journee/", 405),
    ("GET", "/journee/demain/", "journee/demain/", 200),
    ("GET", "/composants/", "composants/", 200),
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
    ("POST", "/agenda/nouveau/", "agenda/nouveau/", 422),
    ("GET", "/agenda/serie/", "agenda/serie/", 302),
    ("GET", "/agenda/serie/?patient=roche", "agenda/serie/", 200),
    ("GET", "/agenda/serie/?patient=inconnu", "agenda/serie/", 404),
    ("POST", "/agenda/serie/", "agenda/serie/", 302),
    ("GET", "/agenda/rendez-vous/roche-thursday/serie/", "agenda/rendez-vous/<path:identifier>/serie/", 302),
    ("POST", "/agenda/rendez-vous/roche-thursday/serie/", "agenda/rendez-vous/<path:identifier>/serie/", 302),
    ("GET", "/agenda/rendez-vous/roche-thursday/serie/annuler/", SERIES_REST, 302),
    ("POST", "/agenda/rendez-vous/roche-thursday/serie/annuler/", SERIES_REST, 302),
    ("GET", f"/agenda/defaire/{TALK}/", "agenda/defaire/<uuid:form>/", 405),
    ("POST", f"/agenda/defaire/{TALK}/", "agenda/defaire/<uuid:form>/", 404),
    ("GET", "/agenda/absence/", "agenda/absence/", 200),
    ("POST", "/agenda/absence/", "agenda/absence/", 422),
    ("PUT", "/agenda/absence/", "agenda/absence/", 405),
    ("GET", "/agenda/absence/7/", "agenda/absence/<int:key>/", 404),
    ("POST", "/agenda/absence/7/", "agenda/absence/<int:key>/", 405),
    ("GET", "/agenda/absence/7/replacer/", "agenda/absence/<int:key>/replacer/", 404),
    ("POST", "/agenda/absence/7/replacer/", "agenda/absence/<int:key>/replacer/", 404),
    ("GET", "/agenda/absence/7/retour/", "agenda/absence/<int:key>/retour/", 405),
    ("POST", "/agenda/absence/7/retour/", "agenda/absence/<int:key>/retour/", 404),
    ("GET", "/agenda/replacer/", "agenda/replacer/", 200),
    ("POST", "/agenda/replacer/", "agenda/replacer/", 200),
    ("GET", "/agenda/replacer/suivi/", "agenda/replacer/suivi/", 200),
    ("POST", "/agenda/replacer/suivi/", "agenda/replacer/suivi/", 405),
    ("GET", "/agenda/semaine/", "agenda/semaine/", 200),
    ("POST", "/agenda/semaine/", "agenda/semaine/", 405),
    ("GET", "/agenda/rendez-vous/roche-thursday/", "agenda/rendez-vous/<path:identifier>/", 200),
    ("POST", "/agenda/rendez-vous/roche-thursday/", "agenda/rendez-vous/<path:identifier>/", 405),
    ("GET", "/agenda/rendez-vous/inconnu/", "agenda/rendez-vous/<path:identifier>/", 404),
    ("GET", "/agenda/rendez-vous/roche-thursday/annuler/", "agenda/rendez-vous/<path:identifier>/annuler/", 405),
    ("POST", "/agenda/rendez-vous/roche-thursday/annuler/", "agenda/rendez-vous/<path:identifier>/annuler/", 302),
    ("GET", "/agenda/rendez-vous/roche-thursday/absent/", "agenda/rendez-vous/<path:identifier>/absent/", 405),
    ("POST", "/agenda/rendez-vous/roche-thursday/absent/", "agenda/rendez-vous/<path:identifier>/absent/", 302),
    ("GET", "/agenda/rendez-vous/roche-thursday/arrive/", "agenda/rendez-vous/<path:identifier>/arrive/", 405),
    ("POST", "/agenda/rendez-vous/roche-thursday/arrive/", "agenda/rendez-vous/<path:identifier>/arrive/", 302),
    ("GET", "/agenda/rendez-vous/roche-thursday/confirmer/", "agenda/rendez-vous/<path:identifier>/confirmer/", 405),
    ("POST", "/agenda/rendez-vous/roche-thursday/confirmer/", "agenda/rendez-vous/<path:identifier>/confirmer/", 302),
    ("GET", "/agenda/rendez-vous/roche-thursday/deplacer/", "agenda/rendez-vous/<path:identifier>/deplacer/", 200),
    ("POST", "/agenda/rendez-vous/roche-thursday/deplacer/", "agenda/rendez-vous/<path:identifier>/deplacer/", 302),
    ("GET", "/agenda/rendez-vous/roche-thursday/places/", "agenda/rendez-vous/<path:identifier>/places/", 200),
    ("POST", "/agenda/rendez-vous/roche-thursday/places/", "agenda/rendez-vous/<path:identifier>/places/", 405),
    ("GET", "/agenda/rendez-vous/roche-thursday/defaire/mark_arrived/", UNDO, 405),
    ("POST", "/agenda/rendez-vous/roche-thursday/defaire/mark_arrived/", UNDO, 302),
    ("GET", "/chercher/", "chercher/", 200),
    ("GET", "/chercher/?cherche", "chercher/", 200),
    ("POST", "/chercher/", "chercher/", 302),
    ("GET", "/patients/", "patients/", 200),
    ("GET", "/patients/?cherche&page=9", "patients/", 200),
    ("POST", "/patients/", "patients/", 302),
    ("GET", "/patients/nouveau/", "patients/nouveau/", 200),
    ("POST", "/patients/nouveau/", "patients/nouveau/", 422),
    ("GET", "/patients/roche/", "patients/<path:identifier>/", 200),
    ("POST", "/patients/roche/", "patients/<path:identifier>/", 405),
    ("GET", "/patients/inconnu/", "patients/<path:identifier>/", 404),
    ("GET", "/patients/roche/contact/", "patients/<path:identifier>/contact/", 200),
    ("POST", "/patients/roche/contact/", "patients/<path:identifier>/contact/", 302),
    ("GET", "/patients/roche/contact/annuler/", "patients/<path:identifier>/contact/annuler/", 405),
    ("POST", "/patients/roche/contact/annuler/", "patients/<path:identifier>/contact/annuler/", 302),
    ("GET", "/patients/roche/identite/", "patients/<path:identifier>/identite/", 200),
    ("POST", "/patients/roche/identite/", "patients/<path:identifier>/identite/", 422),
    ("GET", "/patients/roche/ecrire/", "patients/<path:identifier>/ecrire/", 200),
    ("POST", "/patients/roche/ecrire/", "patients/<path:identifier>/ecrire/", 422),
    ("GET", "/patients/roche/reunir/", "patients/<path:identifier>/reunir/", 404),
    ("POST", "/patients/roche/reunir/", "patients/<path:identifier>/reunir/", 404),
    ("GET", "/patients/roche/separer/", "patients/<path:identifier>/separer/", 405),
    ("POST", "/patients/roche/separer/", "patients/<path:identifier>/separer/", 404),
    ("GET", "/liste-attente/", "liste-attente/", 200),
    ("POST", "/liste-attente/", "liste-attente/", 405),
    ("GET", "/liste-attente/nouveau/", "liste-attente/nouveau/", 302),
    ("GET", "/liste-attente/nouveau/?patient=roche", "liste-attente/nouveau/", 200),
    ("POST", "/liste-attente/nouveau/?patient=roche", "liste-attente/nouveau/", 422),
    ("GET", "/liste-attente/w1/retirer/", "liste-attente/<path:identifier>/retirer/", 404),
    ("POST", "/liste-attente/w1/retirer/", "liste-attente/<path:identifier>/retirer/", 404),
    ("GET", "/liste-attente/w1/remettre/", "liste-attente/<path:identifier>/remettre/", 405),
    ("POST", "/liste-attente/w1/remettre/", "liste-attente/<path:identifier>/remettre/", 404),
    ("GET", "/liste-attente/w1/proposer/", "liste-attente/<path:identifier>/proposer/", 404),
    ("POST", "/liste-attente/w1/proposer/", "liste-attente/<path:identifier>/proposer/", 404),
    ("GET", "/liste-attente/w1/", "liste-attente/<path:identifier>/", 404),
    ("POST", "/liste-attente/w1/", "liste-attente/<path:identifier>/", 404),
    ("GET", "/liste-attente/w1/priorite/annuler/", "liste-attente/<path:identifier>/priorite/annuler/", 405),
    ("POST", "/liste-attente/w1/priorite/annuler/", "liste-attente/<path:identifier>/priorite/annuler/", 404),
    ("GET", "/liste-attente/equite/", "liste-attente/equite/", 200),
    ("POST", "/liste-attente/equite/", "liste-attente/equite/", 405),
    ("GET", f"{FREED}suivant/", f"{FREED_ROUTE}suivant/", 405),
    ("POST", f"{FREED}suivant/", f"{FREED_ROUTE}suivant/", 404),
    ("GET", f"{FREED}arreter/", f"{FREED_ROUTE}arreter/", 405),
    ("POST", f"{FREED}arreter/", f"{FREED_ROUTE}arreter/", 404),
    ("GET", f"{FREED}reprendre/", f"{FREED_ROUTE}reprendre/", 405),
    ("POST", f"{FREED}reprendre/", f"{FREED_ROUTE}reprendre/", 404),
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
    ("GET", "/demonstration/", "demonstration/", 405),
    ("POST", "/demonstration/", "demonstration/", 404),  # outside a demonstration
    *settings_doors.STAFF,
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


def own_link() -> str:
    """The signed part of the address of M. Roche's own page."""
    return token(Appointment.objects.get(identifier=cast.ROCHE_THURSDAY))


def knock(client: Client, method: str, address: str) -> Any:
    task = Task.objects.get()
    return client.generic(
        method,
        address.format(task=task.identifier, talk=task.conversation_id, link=own_link()),
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
    if address.startswith("/nouvelles/"):  # asked by a page: it loads itself again, and then the door is shut
        assert shut.headers["HX-Refresh"] == "true"
    elif method == "POST":  # the form is kept in the page that asks who is there
        assert shut.status_code == KEPT
        assert "Se connecter" in shut.content.decode()
    else:
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
