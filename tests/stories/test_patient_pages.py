"""What patients do by themselves on the practice's pages."""

from typing import Any

import pytest
from playwright.sync_api import expect

from releve.practice.models import Appointment, Communication, Task
from tests import cast
from tests.pages.support_patients import last_code, link
from tests.stories.conftest import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


def when_they_say_who_comes(told: Story) -> None:
    page = told.page
    for label, value in (("Prénom", "Camille"), ("Nom", "Bernard"), ("Jour", "4"), ("Mois", "6"), ("Année", "1991")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Téléphone").fill("06 39 98 10 03")
    told.when_they_press("Continuer")


def given_m_roche_has_his_code(told: Story) -> None:
    page = told.page
    page.goto(told.address + "/rendez-vous/")
    page.get_by_label("Téléphone ou e-mail").fill("06 39 98 10 01")
    for label, value in (("Jour", "3"), ("Mois", "5"), ("Année", "1954")):
        page.get_by_label(label, exact=True).fill(value)
    told.when_they_press("Recevoir le code")
    page.get_by_label("Code à six chiffres").fill(last_code())
    told.when_they_press("Continuer")


def test_a_visitor_books_by_form_on_a_phone_without_javascript(plain: Story) -> None:
    plain.page.set_viewport_size(PHONE)
    plain.given_a_visitor()
    plain.page.get_by_role("link", name="Prendre rendez-vous").click()
    plain.page.get_by_role("link", name="Consultation").click()
    plain.page.get_by_role("link", name="9 h 20").first.click()
    plain.when_they_press("Continuer")
    expect(plain.page.get_by_role("alert")).to_contain_text("Prénom")
    when_they_say_who_comes(plain)
    plain.then_it_reads("Tout est juste")
    plain.when_they_press("Prendre ce rendez-vous")
    plain.then_it_reads("C’est réservé.")
    assert Appointment.objects.get(patient__family="Bernard").status == "booked"


def test_each_step_of_the_form_is_usable_by_everyone(story: Story) -> None:
    steps = ["/rendez-vous/prendre/", "/rendez-vous/prendre/?visite=consultation", "/rendez-vous/"]
    steps.append("/rendez-vous/prendre/?visite=consultation&place=2026-03-17T08%3A20Z%20amar")
    for address in steps:
        story.page.goto(story.address + address)
        story.then_everyone_can_use_it()
    story.when_they_press("Continuer")
    expect(story.page.get_by_role("alert")).to_contain_text("Date de naissance")
    story.refused.clear()  # the browser reports a 422 as an error
    story.then_everyone_can_use_it()
    when_they_say_who_comes(story)
    story.then_it_reads("Tout est juste")
    story.then_everyone_can_use_it()
    story.when_they_press("Prendre ce rendez-vous")
    story.then_it_reads("C’est réservé.")
    story.then_everyone_can_use_it()


def test_m_roche_moves_then_cancels_by_his_code(story: Story) -> None:
    given_m_roche_has_his_code(story)
    story.then_everyone_can_use_it()
    story.page.get_by_role("link", name="jeudi 19 mars").click()
    story.page.get_by_role("link", name="Déplacer").click()
    story.page.get_by_role("link", name="9 h 20").first.click()
    story.then_everyone_can_use_it()
    story.when_they_press("Déplacer")
    story.then_it_reads("votre rendez-vous est déplacé")
    row = Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)
    assert row.start.astimezone(cast.PARIS).strftime("%d/%m %H:%M") == "16/03 09:20"
    story.page.get_by_role("link", name="Je ne peux pas venir").click()
    story.then_everyone_can_use_it()
    story.when_they_press("L’annuler")
    story.then_it_reads("C’est annulé")
    row.refresh_from_db()
    assert row.status == "cancelled"
    story.then_everyone_can_use_it()


def test_the_hour_is_the_largest_thing_of_the_page(story: Story) -> None:
    story.page.goto(story.address + link(cast.ROCHE_THURSDAY))
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    largest = story.page.evaluate(f"Math.max(...[...document.querySelectorAll('main *')].map({size}))")
    assert story.page.locator(".when .t").evaluate(size) == largest
    story.then_everyone_can_use_it()


def test_what_is_written_while_the_network_is_gone_comes_back_and_leaves_later(story: Story) -> None:
    story.given_a_visitor()
    story.context.set_offline(True)
    story.page.get_by_label("Votre message").fill("vous êtes ouverts samedi ?")
    story.when_keys("Enter")
    story.then_it_reads("Pas de réseau")
    expect(story.page.get_by_label("Votre message")).to_have_value("vous êtes ouverts samedi ?")
    story.refused.clear()  # the browser reports the lost network as an error
    story.then_everyone_can_use_it()
    story.context.set_offline(False)
    story.when_keys("Enter")
    story.then_it_reads("Nous sommes ouverts")
    expect(story.page.get_by_label("Votre message")).to_have_value("")
    assert Communication.objects.filter(author="patient").count() == 1
    assert story.page.get_by_text("Pas de réseau").count() == 0


def test_what_was_being_written_is_there_after_a_reload(story: Story) -> None:
    story.given_a_visitor()
    story.page.get_by_label("Votre message").fill("je voudrais")
    story.page.reload()
    expect(story.page.get_by_label("Votre message")).to_have_value("je voudrais")


def test_what_was_being_written_is_forgotten_with_the_rest(story: Story) -> None:
    story.given_a_visitor()
    story.when_the_visitor_says("bonjour")
    story.page.get_by_label("Votre message").fill("je suis Bernard Roche et")
    story.when_they_press("Terminé sur cet appareil")
    story.then_it_reads("plus rien de votre visite")
    expect(story.page.get_by_label("Votre message")).to_have_value("")
    story.page.reload()
    expect(story.page.get_by_label("Votre message")).to_have_value("")


def test_a_service_that_restarts_keeps_what_was_sent(story: Story) -> None:
    story.given_a_visitor()
    broken: list[Any] = []

    def once(route: Any) -> None:
        if route.request.method == "POST" and not broken:
            broken.append(route)
            route.fulfill(status=502, body="")
        else:
            route.continue_()

    story.page.route("**/", once)
    story.page.get_by_label("Votre message").fill("bonjour")
    story.when_keys("Enter")
    expect(story.page.get_by_label("Votre message")).to_have_value("bonjour")
    story.when_keys("Enter")
    expect(story.page.locator(".msg.mine .body")).to_have_text(["bonjour"])
    expect(story.page.locator(".msg.sending")).to_have_count(0)
    assert Communication.objects.filter(author="patient").count() == 1


def test_danger_written_in_the_form_is_an_alert(story: Story) -> None:
    story.page.goto(story.address + "/rendez-vous/prendre/?visite=consultation&place=2026-03-17T08%3A20Z%20amar")
    story.page.get_by_label("Un mot pour l’équipe").fill("douleur qui serre dans la poitrine")
    story.when_they_press("Continuer")
    expect(story.page.get_by_role("alert")).to_contain_text("Appelez tout de suite le 15")
    assert Task.objects.get().priority == "emergency"
    story.then_everyone_can_use_it()


def test_every_target_is_large_enough_for_a_finger(story: Story) -> None:
    story.page.set_viewport_size(PHONE)
    for address in ("/", "/rendez-vous/prendre/", "/rendez-vous/", "/rendez-vous/prendre/?visite=consultation"):
        story.page.goto(story.address + address)
        small = story.page.evaluate(
            """() => [...document.querySelectorAll('a, button, input, textarea, summary')]
                .filter(e => e.offsetParent && !e.closest('.skip') && e.type !== 'hidden')
                .map(e => [e.textContent.trim() || e.name, e.getBoundingClientRect().height])
                .filter(([, height]) => height < 44)"""
        )
        assert small == [], address
