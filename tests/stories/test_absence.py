"""Dr Amar will be away: Mme Petit finds another place for each, sends one batch, follows the answers; then what goes
beyond the agenda, and a series."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from releve.intake.actions import answer, receive
from releve.practice.models import Appointment, BusyTime, Offer
from tests import cast
from tests.stories.conftest import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALL_WIDTHS = (360, 768, 1440)


def roche() -> Appointment:
    return Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)


def replies(story: Story, text: str) -> None:
    event = receive(
        organization=story.practice, conversation="sms-roche", channel="sms", address=cast.ROCHE_PHONE, text=text,
        external_id=str(uuid4()), at=cast.NOW + timedelta(minutes=1),
    )  # fmt: skip
    answer(event)


def test_an_absence_from_the_agenda_to_the_answers(story: Story) -> None:
    story.given_mme_petit_is_at("/agenda/?jour=2026-03-19")
    story.page.get_by_role("link", name="Noter une absence, Dr\u00a0Nadia Amar").click()
    expect(story.page.get_by_label("Qui", exact=True)).to_have_value(cast.AMAR)
    expect(story.page.get_by_label("Du", exact=True)).to_have_value("2026-03-19")
    story.page.get_by_label("Pourquoi").fill("Formation")
    story.page.get_by_role("button", name="Voir les rendez-vous concernés").click()
    expect(story.page.get_by_role("heading", level=1)).to_contain_text("1 rendez-vous tombe pendant l’absence")
    story.then_everyone_can_use_it(ALL_WIDTHS)
    assert not BusyTime.objects.exists() and not Offer.objects.exists()
    story.page.get_by_role("button", name="Envoyer 1 proposition").click()
    expect(story.page.locator("main")).to_contain_text("1 encore sans réponse")
    story.then_everyone_can_use_it(ALL_WIDTHS)
    replies(story, "oui")
    story.page.reload()
    expect(story.page.locator("main")).to_contain_text("1 accepté")
    assert roche().status == "cancelled"


def test_the_absence_is_seen_in_the_agenda_with_what_is_left_in_it(story: Story) -> None:
    story.given_mme_petit_is_at("/agenda/absence/?soignant=amar&jour=2026-03-19")
    story.page.get_by_role("button", name="Voir les rendez-vous concernés").click()
    story.page.get_by_label("Que faire pour Bernard Roche").select_option("laisser")
    story.page.locator("button[name=envoyer]").click()
    expect(story.page.locator("main")).to_contain_text("1 à replacer")
    story.page.goto(f"{story.address}/agenda/?jour=2026-03-19")
    expect(story.page.locator("#grid .away")).to_contain_text("Absence")
    expect(story.page.locator("#grid .rdv.stranded")).to_contain_text("Roche")
    story.then_everyone_can_use_it(ALL_WIDTHS)


def test_a_taken_hour_is_taken_on_purpose_and_given_back(story: Story) -> None:
    story.given_mme_petit_is_at("/agenda/rendez-vous/roche-thursday/deplacer/")
    story.page.get_by_text("À une heure précise").click()
    story.page.locator("#exact-day").fill("2026-03-17")
    story.page.locator("#exact-hour").fill("10:00")
    story.page.get_by_role("button", name="Prendre cette heure").click()
    expect(story.page.locator(".clash")).to_contain_text("Fontaine")
    story.refused.clear()  # the browser reports a 422 as an error
    story.then_everyone_can_use_it(ALL_WIDTHS)
    story.page.get_by_label("Rendez-vous court").check()
    story.page.get_by_role("button", name="Surréserver").click()
    expect(story.page.locator("#grid .rdv.over")).to_contain_text("Roche")
    story.then_everyone_can_use_it(ALL_WIDTHS)
    story.page.keyboard.press("z")
    expect(story.page.locator("#grid .rdv.over")).to_have_count(0)
    assert roche().start == datetime(2026, 3, 19, 9, 40, tzinfo=cast.PARIS)


def test_twelve_visits_in_one_go(story: Story) -> None:
    story.given_mme_petit_is_at(f"/agenda/nouveau/?patient={cast.ROCHE}")
    story.page.get_by_role("link", name=re.compile("Une série de rendez-vous")).click()
    story.page.get_by_label("À partir du").fill("2026-03-23")
    story.page.get_by_label("lundi").check()
    story.page.get_by_label("jeudi").check()
    story.page.get_by_role("button", name="Voir les dates").click()
    expect(story.page.locator("main")).to_contain_text("12 trouvées sur 12")
    story.then_everyone_can_use_it(ALL_WIDTHS)
    story.page.get_by_role("button", name="Prendre ces 12 rendez-vous").click()
    expect(story.page.get_by_role("heading", level=1)).to_contain_text("Une série de 12 rendez-vous")
    story.then_everyone_can_use_it(ALL_WIDTHS)
    assert Appointment.objects.exclude(series="").count() == 12
    story.page.get_by_role("link", name="Annuler ces 12 rendez-vous").click()
    expect(story.page.locator(".dates li")).to_have_count(12)
    expect(story.page.locator(".to-say")).to_contain_text("vos 12 rendez-vous avec")
    story.then_everyone_can_use_it(ALL_WIDTHS)
    story.page.get_by_role("button", name="Annuler ces 12 rendez-vous").click()
    expect(story.page.locator(".dates .tag.danger")).to_have_count(12)
    story.page.keyboard.press("z")
    expect(story.page.locator(".dates .tag.danger")).to_have_count(0)
    expect(story.page.locator(".toast")).to_contain_text("C’est comme avant.")
