"""`/agenda/`: the day, one appointment, booking by hand."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from releve.practice.models import Appointment, Organization
from tests import cast
from tests.pages.support import post, written

TUESDAY, THURSDAY = "2026-03-17", "2026-03-19"
ROCHE = "/agenda/rendez-vous/roche-thursday/"
ASK = {"nom": "roc", "patient": cast.ROCHE, "service": cast.CONSULTATION, "soignant": cast.AMAR, "jour": TUESDAY}


def test_today_by_default(desk: Client) -> None:
    page = desk.get("/agenda/").content.decode()
    assert "Lundi 16\u00a0mars" in page
    assert "Aucun rendez-vous ce jour." in page


def test_a_day_has_a_column_a_practitioner(desk: Client) -> None:
    page = desk.get(f"/agenda/?jour={TUESDAY}").content.decode()
    assert "Dr\u00a0Amar" in page and "Aminata Diallo" in page
    assert "<b>Fontaine</b> Léa" in page
    assert "Consultation, prévu, confirmé" in page


@pytest.mark.parametrize("text", ["", "demain", "2026-02-30", "9999-99-99", "0001-01-01"])
def test_an_impossible_day_is_today(desk: Client, text: str) -> None:
    assert "Lundi 16\u00a0mars" in desk.get(f"/agenda/?jour={text}").content.decode()


def test_a_held_place_is_shown_until_it_expires(desk: Client, practice: Organization, clock: Any) -> None:
    say = "un rdv avec Dr Amar mardi à 14 h, pour Camille Bernard née le 4 juin 1991"
    written(practice, say, "14 h")
    assert "Place retenue" in desk.get(f"/agenda/?jour={TUESDAY}").content.decode()
    clock.moment += timedelta(minutes=11)
    assert "Place retenue" not in desk.get(f"/agenda/?jour={TUESDAY}").content.decode()


def test_cancelling_gives_the_place_back(desk: Client) -> None:
    assert "prévient la personne" in desk.get(ROCHE).content.decode()
    page = post(desk, f"{ROCHE}annuler/")
    assert "Rendez-vous annulé." in page
    assert "Roche" not in page
    assert "n’est plus prévu" in post(desk, f"{ROCHE}annuler/")


def test_an_absence_is_noted_once_the_hour_has_passed(desk: Client, clock: Any) -> None:
    assert "Noter l’absence" not in desk.get(ROCHE).content.decode()
    clock.moment = datetime(2026, 3, 19, 10, 30, tzinfo=cast.PARIS)
    assert "Noter l’absence" in desk.get(ROCHE).content.decode()
    assert "Absence notée." in post(desk, f"{ROCHE}absent/")
    assert Appointment.objects.get(identifier=cast.ROCHE_THURSDAY).status == "noshow"


@pytest.mark.parametrize(
    ("typed", "found"), [("ro", 0), ("roc", 1), ("fon", 2), ("lea", 1), ("LÉA FON", 1), ("xyz", 0)]
)
def test_patients_are_found_by_three_letters(desk: Client, typed: str, found: int) -> None:
    page = desk.get("/agenda/nouveau/", {"nom": typed}).content.decode()
    assert page.count('name="patient"') == found


def test_free_places_leave_out_what_is_taken(desk: Client) -> None:
    page = desk.get("/agenda/nouveau/", ASK).content.decode()
    assert "mardi 17\u00a0mars à 9\u00a0h\u00a040, Dr\u00a0Amar" in page
    assert "mardi 17\u00a0mars à 10\u00a0h, Dr\u00a0Amar" not in page  # Léa is there


def test_booking_by_hand(desk: Client) -> None:
    place = f"{cast.AMAR}|2026-03-17T09:40:00+01:00"
    page = post(desk, "/agenda/nouveau/", **ASK, place=place)
    assert "Rendez-vous pris." in page
    assert "<b>Roche</b> Bernard" in page


def test_booking_twice_with_one_form_books_once(desk: Client) -> None:
    form = {"form": str(uuid4()), **ASK, "place": f"{cast.AMAR}|2026-03-17T09:40:00+01:00"}
    for _ in range(2):
        assert desk.post("/agenda/nouveau/", form).status_code == 302
    assert Appointment.objects.filter(patient__identifier=cast.ROCHE).count() == 2


def test_a_taken_place_is_refused_in_words(desk: Client) -> None:
    page = post(desk, "/agenda/nouveau/", **ASK, place=f"{cast.AMAR}|2026-03-17T10:00:00+01:00")
    assert "vient d’être prise" in page
    assert "Prochaines places libres pour Bernard Roche" in page


@pytest.mark.parametrize(
    "place", ["", "amar", "amar|hier", "amar|2026-03-17T09:40", "nobody|2026-03-17T09:40:00+01:00"]
)
def test_a_place_that_makes_no_sense_books_nothing(desk: Client, place: str) -> None:
    assert "rien n’a été réservé" in post(desk, "/agenda/nouveau/", **ASK, place=place)
    assert Appointment.objects.count() == 2
