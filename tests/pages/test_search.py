"""One search for people, what comes next for them, requests, pages and actions."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from releve.practice.models import Organization, Patient, PatientWord
from tests import cast
from tests.pages.support import RENEWAL, written


def found(desk: Client, text: str, **headers: str) -> str:
    return desk.post("/chercher/", {"q": text}, headers=headers, follow=True).content.decode()


@pytest.mark.parametrize("text", ["roc", "ROCHÉ", "röche", "bern", "39 98 10 01", "1001", "3 mai 1954", "roche 1954"])
def test_a_person_is_found(desk: Client, text: str) -> None:
    page = found(desk, text)
    assert 'href="/patients/roche/"' in page
    assert "3\u00a0mai\u00a01954" in page
    assert 'href="/patients/lea/"' not in page


def test_with_their_next_appointment_and_open_requests(desk: Client, practice: Organization) -> None:
    task = written(practice, RENEWAL).tasks.get()
    task.patient = Patient.objects.get(identifier=cast.ROCHE)
    task.save(update_fields=["patient"])
    page = found(desk, "roche")
    assert f'href="/agenda/rendez-vous/{cast.ROCHE_THURSDAY}/"' in page
    assert f'href="/boite/{task.identifier}/"' in page


def test_requests_by_their_kind(desk: Client, practice: Organization) -> None:
    task = written(practice, RENEWAL).tasks.get()
    assert f'href="/boite/{task.identifier}/"' in found(desk, "renouv")
    assert f'href="/boite/{task.identifier}/"' not in found(desk, "certificat")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("agen", "/agenda/"), ("nouveau", "/agenda/nouveau/"), ("arret", "/garantie/?arreter=1"),
        ("stop", "/garantie/?arreter=1"), ("liste d'att", "/liste-attente/"), ("fiche", "/patients/"),
        ("17 mars", "/agenda/?jour=2026-03-17"),
    ],
)  # fmt: skip
def test_pages_and_actions(desk: Client, text: str, address: str) -> None:
    assert f'href="{address}"' in found(desk, text)


def test_an_empty_search_shows_what_can_be_done(desk: Client) -> None:
    assert 'href="/liste-attente/"' in found(desk, "")


def test_nothing_found_says_how_to_search(desk: Client) -> None:
    page = found(desk, "xylophone")
    assert "Rien ne correspond" in page
    assert "/patients/nouveau/" in page


def test_the_palette_gets_the_list_alone(desk: Client) -> None:
    fragment = found(desk, "roche", **{"HX-Request": "true"})
    assert fragment.lstrip().startswith("<ul")
    assert "<html" not in fragment


def test_what_is_typed_is_shown_as_text(desk: Client) -> None:
    assert "<script>alert" not in found(desk, '"><script>alert(1)</script>')


def test_queries(desk: Client, practice: Organization, django_assert_max_num_queries: Any) -> None:
    written(practice, RENEWAL)
    found(desk, "renouvellement")
    for text in ("roche", "renouvellement"):
        desk.post("/chercher/", {"q": text})
        with django_assert_max_num_queries(12):
            desk.get("/chercher/?cherche")
        with django_assert_max_num_queries(12):
            found(desk, text, **{"HX-Request": "true"})


def test_files_from_before_the_index_are_found_after_the_migration(desk: Client) -> None:
    PatientWord.objects.all().delete()
    assert 'href="/patients/roche/"' not in found(desk, "roche")
    import_module("releve.practice.migrations.0003_patient_search").fill(apps, None)
    assert 'href="/patients/roche/"' in found(desk, "roche")
