"""A manager tells the agenda's rules, and sees at once what patients will see."""

import re

import pytest
from playwright.sync_api import Page, expect

from releve.practice.models import HealthcareService, Schedule
from tests import cast
from tests.stories.conftest import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_rules(page: Page) -> None:
    page.get_by_text("Règles de réservation").click()


def test_a_visit_for_children_is_told_in_a_sentence_and_to_patients(story: Story) -> None:
    story.given_dr_amar_is_at("/reglages/visites/consultation/")
    open_rules(story.page)
    story.page.get_by_label("Âge maximum").fill("15")
    story.page.get_by_label("Se prend au plus tard").select_option(label="2 h avant")
    story.then_everyone_can_use_it()
    story.when_they_press("Enregistrer")
    expect(story.page.get_by_text("20 min, au plus tard 2 h avant, jusqu’à 15 ans")).to_be_visible()
    story.page.goto(story.address + "/rendez-vous/prendre/")
    expect(story.page.get_by_text("Jusqu’à 15 ans")).to_be_visible()


def test_visits_are_put_in_order_by_keys(story: Story) -> None:
    story.given_dr_amar_is_at("/reglages/visites/")
    names = story.page.locator(".set-list b")
    expect(names).to_have_text(["Consultation", "Injection"])
    story.when_keys("b")
    expect(names).to_have_text(["Injection", "Consultation"])
    story.when_keys("h")
    expect(names).to_have_text(["Consultation", "Injection"])
    story.then_everyone_can_use_it()
    story.then_it_took(2)


def test_every_other_wednesday_by_video_is_drawn_and_explained(story: Story) -> None:
    story.given_dr_amar_is_at("/reglages/soignants/amar/horaires/plage/")
    story.page.get_by_label("mercredi").check()
    story.page.get_by_label("De", exact=True).fill("14")
    story.page.get_by_label("À", exact=True).fill("18")
    story.page.get_by_label("Quelles semaines").select_option("even")
    story.page.get_by_label("Où").select_option("video")
    story.when_they_press("Enregistrer")
    story.then_it_reads("Aucun de ces types de rendez-vous ne se fait par vidéo")
    story.refused.clear()  # 422: nothing is kept yet
    story.then_everyone_can_use_it()
    story.when_they_press("Enregistrer quand même")
    listed = story.page.locator(".set-list li")
    expect(listed.locator("b")).to_have_text(["Mercredi, 14 h – 18 h"] * 2)  # the other weeks stay as they were
    expect(listed.locator("p.small")).to_have_text(
        [re.compile("^semaines paires, par vidéo$"), re.compile("personne ne peut réserver ici"), "semaines impaires"]
    )
    week = story.page.locator("#semaine")
    expect(week.locator(".wk-told .muted", has_text="par vidéo")).to_have_count(1)
    week.get_by_role("link", name="Semaine d’après").click()
    expect(week.get_by_role("heading")).to_contain_text("impaire")
    expect(week.locator(".wk-told .muted", has_text="par vidéo")).to_have_count(0)
    story.then_everyone_can_use_it()
    story.page.get_by_role("link", name="Ce que voit un patient").click()
    story.page.get_by_label("Jour", exact=True).fill("2026-03-18")
    story.page.get_by_label("Heure (pour savoir pourquoi)", exact=True).fill("15")
    story.when_they_press("Voir")
    story.then_it_reads("Hors des heures de ce type de rendez-vous")
    story.then_everyone_can_use_it()
    rules = Schedule.objects.get(practitioner__identifier=cast.AMAR).rules
    assert {"days": ["wed"], "start": "14:00", "end": "18:00", "weeks": "odd"} in rules


def test_a_patient_of_another_age_finds_the_right_visit(plain: Story) -> None:
    """Without JavaScript."""
    HealthcareService.objects.filter(identifier=cast.CONSULTATION).update(max_age=15)
    page = plain.page
    page.goto(plain.address + "/rendez-vous/prendre/?visite=consultation")
    page.locator(".hours-list a").first.click()
    for name, value in {"given": "Camille", "family": "Bernard", "day": "4", "month": "6", "year": "1991"}.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=phone]").fill("06 39 98 10 03")
    plain.when_they_press("Continuer")
    plain.then_it_reads("est prévu jusqu’à 15 ans. Rien n’a été réservé.")
    page.get_by_role("link", name=re.compile("Injection")).click()
    plain.then_it_reads("Quand")
    page.locator(".hours-list a").first.click()
    expect(page.locator("[name=given]")).to_have_value("Camille")
