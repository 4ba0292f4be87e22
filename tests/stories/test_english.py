"""The house in English: a receptionist and a patient whose browsers are not French."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests import cast
from tests.pages.support import RENEWAL
from tests.stories.conftest import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class English(Story):
    def given_mme_petit_signs_in_at(self, place: str) -> None:
        self.page.goto(self.address + place)
        self.page.get_by_label("Name", exact=True).fill("petit")
        self.page.get_by_label("Password").fill(cast.PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()

    def then_the_page_is_in(self, language: str) -> None:
        expect(self.page.locator("html")).to_have_attribute("lang", language)


@pytest.fixture
def english(browser: Browser, live_server: Any, settings: Any) -> Iterator[English]:
    settings.CLOCK = cast.clock()
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    practice = cast.practice()
    cast.petit()
    told = English(browser, live_server.url, practice, settings.CLOCK, locale="en-GB")
    yield told
    told.context.close()


@pytest.fixture
def english_without_script(browser: Browser, live_server: Any, settings: Any) -> Iterator[English]:
    settings.CLOCK = cast.clock()
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    told = English(browser, live_server.url, cast.practice(), settings.CLOCK, java_script_enabled=False)
    yield told
    told.context.close()


def test_a_receptionist_answers_a_request_in_english(english: English) -> None:
    english.given_someone_wrote(RENEWAL)
    english.given_mme_petit_signs_in_at("/boite/")
    english.then_the_page_is_in("en")
    english.then_it_reads("One request to decide")
    english.then_it_reads("Renew a prescription")
    english.then_it_reads("“je voudrais renouveler mon ordonnance")  # the patient's words stay the patient's
    english.then_everyone_can_use_it()


def test_the_diary_fits_in_english(english: English) -> None:
    english.given_mme_petit_signs_in_at("/agenda/?jour=2026-03-19")
    english.then_it_reads("Thursday 19 March")
    english.then_it_reads("9:40 am")
    english.then_everyone_can_use_it()


def test_preferences_change_the_language_of_the_screens_and_nothing_else(english: English) -> None:
    english.given_mme_petit_signs_in_at("/reglages/moi/")
    english.page.get_by_label("Language of the screens").select_option("fr")
    english.page.get_by_role("button", name="Save").first.click()
    english.then_it_reads("Langue des écrans")
    english.then_the_page_is_in("fr")
    english.page.goto(english.address + "/journee/")
    english.then_the_page_is_in("fr")
    english.then_everyone_can_use_it()


def test_a_patient_chooses_english_without_script_and_looks_for_a_time(english_without_script: English) -> None:
    patient = english_without_script
    patient.given_a_visitor()
    patient.then_the_page_is_in("fr")
    patient.when_they_press("English")
    patient.then_it_reads("Write to us")
    patient.page.get_by_role("link", name="Book an appointment").first.click()
    patient.then_it_reads("What is your visit for?")
    patient.page.get_by_role("link", name="Consultation").click()
    patient.then_it_reads("Morning")
    patient.then_the_page_is_in("en")


def test_the_sign_in_page_speaks_both(english: English) -> None:
    english.page.goto(english.address + "/connexion/?next=/agenda/")
    english.when_they_press("Français")
    english.then_it_reads("Prendre la relève")
    assert english.page.url.endswith("/connexion/?next=/agenda/")
    english.when_they_press("English")
    english.then_it_reads("Take over the shift")
    english.then_everyone_can_use_it()
