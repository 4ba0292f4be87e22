"""A desk that several people share: locked and opened again; a session that ends in the middle of a form."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.test import Client

from releve.practice.models import Communication, Organization, User
from tests import cast
from tests.pages.support import RENEWAL, task, written
from tests.pages.support_patients import link


def form(**values: str) -> dict[str, str]:
    return {"form": str(uuid4()), **values}


def test_a_locked_desk_shows_its_person_and_nothing_else(desk: Client, practice: Organization) -> None:
    written(practice, RENEWAL)
    assert desk.post("/verrouiller/", {"next": "/boite/"})["Location"] == "/boite/"
    answer = desk.get("/boite/")
    page = answer.content.decode()
    assert answer.status_code == 401
    assert User.objects.get(username="petit").get_full_name() in page
    assert "Roche" not in page
    assert "metformine" not in page


def test_someone_of_the_team_may_try_the_patients_pages(desk: Client) -> None:
    assert desk.get("/journee/").status_code == 200
    assert desk.get(link(cast.LEA_TUESDAY)).status_code == 200
    assert desk.get("/journee/").status_code == 200


def test_the_password_opens_it_at_the_same_place(desk: Client) -> None:
    desk.post("/verrouiller/", {"next": "/agenda/?jour=2026-03-19"})
    answer = desk.post("/reprendre/", {"password": cast.PASSWORD, "next": "/agenda/?jour=2026-03-19"})
    assert answer["Location"] == "/agenda/?jour=2026-03-19"
    assert desk.get("/journee/").status_code == 200


def test_so_does_the_quick_code_and_no_other(desk: Client) -> None:
    User.objects.filter(username="petit").update(pin=make_password("4071"))
    desk.post("/verrouiller/")
    assert desk.post("/reprendre/", {"password": "0000"}).status_code == 422
    assert desk.get("/journee/").status_code == 401
    assert desk.post("/reprendre/", {"password": "4071"}).status_code == 302
    assert desk.get("/journee/").status_code == 200


def test_an_empty_code_opens_nothing(desk: Client) -> None:
    desk.post("/verrouiller/")
    assert desk.post("/reprendre/", {"password": ""}).status_code == 422


def test_five_wrong_codes_sign_out(desk: Client) -> None:
    desk.post("/verrouiller/")
    for _ in range(5):
        answer = desk.post("/reprendre/", {"password": "1234"})
    assert answer["Location"] == "/connexion/"
    assert desk.get("/journee/")["Location"].startswith("/connexion/")


def test_tries_sent_at_once_are_counted_before_they_are_looked_at(desk: Client, monkeypatch: Any) -> None:
    """All of them arrive before the first one's answer: still no more than five codes are compared."""
    compared: list[str] = []

    def slow(given: str, user: User) -> bool:
        compared.append(given)
        if len(compared) < 20:
            again.post("/reprendre/", {"password": f"{len(compared):04}"})
        return False

    desk.post("/verrouiller/")
    again = Client()
    again.cookies = desk.cookies
    monkeypatch.setattr("releve.desk.locking._is_theirs", slow)
    desk.post("/reprendre/", {"password": "0000"})
    assert len(compared) == 5


def test_it_leads_back_here_and_never_elsewhere(desk: Client) -> None:
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        assert desk.post("/verrouiller/", {"next": elsewhere})["Location"] == "/journee/"
        assert desk.post("/reprendre/", {"password": cast.PASSWORD, "next": elsewhere})["Location"] == "/journee/"


def test_a_desk_left_alone_locks_itself(desk: Client, clock: Any) -> None:
    desk.get("/journee/")
    clock.moment += timedelta(minutes=14)
    assert desk.get("/journee/").status_code == 200
    clock.moment += timedelta(minutes=16)
    assert desk.get("/journee/").status_code == 401


def test_what_the_page_asks_by_itself_is_no_use(desk: Client, clock: Any) -> None:
    desk.get("/journee/")
    for _ in range(16):
        clock.moment += timedelta(minutes=1)
        answer = desk.get("/nouvelles/?vu=x")
    assert answer.headers["HX-Refresh"] == "true"
    assert desk.get("/journee/").status_code == 401


def test_nor_is_a_region_that_looks_again(desk: Client, clock: Any) -> None:
    desk.get("/journee/")
    for _ in range(16):
        clock.moment += timedelta(minutes=1)
        answer = desk.get("/journee/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Refresh"] == "true"
    assert Client().get("/journee/", headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_a_form_sent_to_a_locked_desk_is_kept_and_sent_on(desk: Client, practice: Organization) -> None:
    talk = written(practice, "je veux parler à quelqu'un")
    desk.post("/verrouiller/")
    page = desk.post(f"/conversations/{talk.pk}/", form(text="Je vous rappelle à <10 h>."))
    assert page.status_code == 401
    assert not Communication.objects.filter(author="staff").exists()
    shown = page.content.decode()
    assert 'name="kept:text" value="Je vous rappelle à &lt;10 h&gt;."' in shown
    kept = {"kept-to": f"/conversations/{talk.pk}/", "kept:text": "Je vous rappelle à <10 h>.", **form()}
    again = desk.post("/reprendre/", {"password": cast.PASSWORD, **kept}).content.decode()
    assert "Rien n’est perdu" in again
    assert f'action="/conversations/{talk.pk}/"' in again
    assert 'name="text" value="Je vous rappelle à &lt;10 h&gt;."' in again


def test_no_secret_is_ever_kept_in_a_page(desk: Client) -> None:
    desk.post("/verrouiller/")
    secret = {"old_password": cast.PASSWORD, "password": f"{cast.PASSWORD}-2", "pin": "4071"}
    page = desk.post("/reglages/moi/mot-de-passe/", secret).content.decode()
    assert 'value="/reglages/moi/mot-de-passe/"' in page and not any(s in page for s in secret.values())


def test_a_wrong_code_still_keeps_it(desk: Client) -> None:
    desk.post("/verrouiller/")
    kept = {"kept-to": "/boite/x/", "kept:text": "Bonjour."}
    page = desk.post("/reprendre/", {"password": "non", **kept}).content.decode()
    assert 'name="kept:text" value="Bonjour."' in page


def test_a_session_that_ended_keeps_it_through_signing_in(practice: Organization) -> None:
    cast.petit()
    found, browser = task(practice, RENEWAL), Client()
    page = browser.post(f"/boite/{found.identifier}/", form(decision="reject:other", text="Voyons-nous."))
    assert page.status_code == 401
    assert "est gardé" in page.content.decode()
    kept = {"kept-to": f"/boite/{found.identifier}/", "kept:text": "Voyons-nous.", "kept:decision": "reject:other"}
    again = browser.post("/connexion/", {"username": "petit", "password": cast.PASSWORD, **kept}).content.decode()
    assert "Voyons-nous." in again
    found.refresh_from_db()
    assert found.status == "open"


def test_nothing_is_sent_on_to_another_host(practice: Organization) -> None:
    cast.petit()
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/x"):
        kept = {"username": "petit", "password": cast.PASSWORD, "kept-to": elsewhere, "kept:text": "x"}
        assert Client().post("/connexion/", kept)["Location"] == "/journee/"


def test_a_stale_token_keeps_the_form_of_our_own_pages_only(practice: Organization) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.petit())
    own = strict.post("/conversations/1/", form(text="Bonjour."), headers={"Sec-Fetch-Site": "same-origin"})
    assert own.status_code == 403
    assert "Bonjour." in own.content.decode()
    other = strict.post("/conversations/1/", form(text="Bonjour."), headers={"Sec-Fetch-Site": "cross-site"})
    assert other.status_code == 403
    assert "Bonjour." not in other.content.decode()
