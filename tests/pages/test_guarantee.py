"""`/garantie/` and `/sortie/`."""

from django.test import Client

from releve.guarantee.models import Stop
from releve.practice.models import Organization
from tests import cast
from tests.pages.support import post, written


def test_the_start_up_record_says_who_signed_and_when(desk: Client) -> None:
    page = desk.get("/garantie/").content.decode()
    assert "signée par Dr Amar" in page
    assert "lundi 16\u00a0mars à 9\u00a0h" in page
    assert "2 entrées." in page


def test_the_stop_needs_no_reason(desk: Client) -> None:
    assert "L’assistant est arrêté" in post(desk, "/garantie/arreter/", reason=" ")
    assert Stop.objects.get().reason == ""


def test_stopping_shows_on_every_page_and_restarting_ends_it(desk: Client) -> None:
    assert "L’assistant est arrêté" in post(desk, "/garantie/arreter/", reason="exercice du mois")
    assert "Assistant arrêté" in desk.get("/agenda/").content.decode()
    assert "exercice du mois" in desk.get("/garantie/").content.decode()
    assert "L’assistant a repris." in post(desk, "/garantie/reprendre/")
    assert not Stop.objects.exists()


def test_the_outbox_shows_neither_addresses_nor_words(desk: Client, practice: Organization) -> None:
    talk = written(practice, "bonjour", channel="sms", address=cast.ROCHE_PHONE)
    post(desk, f"/conversations/{talk.pk}/", text="Votre analyse est arrivée.")
    page = desk.get("/sortie/").content.decode()
    assert "••••\u00a001" in page
    assert cast.ROCHE_PHONE not in page
    assert "analyse" not in page


def test_a_cancelled_appointment_warns_through_the_outbox(desk: Client) -> None:
    post(desk, "/agenda/rendez-vous/roche-thursday/annuler/")
    assert "annulation" in desk.get("/sortie/").content.decode()
