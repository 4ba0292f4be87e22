"""What a visitor of the public page lives through."""

import pytest
from playwright.sync_api import Route, expect

from releve.practice.models import Appointment, Communication, Task
from tests.stories.conftest import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WISH = "je voudrais un rdv avec Dr Amar mardi après-midi, pour Camille Bernard née le 4 juin 1991"


def test_a_visitor_books_by_chat(story: Story) -> None:
    story.given_a_visitor()
    story.then_it_reads("Un assistant automatique vous répond")
    story.when_the_visitor_says(WISH)
    story.when_they_press("mardi 17\u00a0mars à ")
    story.when_the_visitor_says("06 39 98 10 03")
    story.then_it_reads("Je confirme ce rendez-vous")
    story.then_everyone_can_use_it()
    story.when_they_press("Oui")
    story.then_it_reads("est réservé")
    assert Appointment.objects.get(patient__family="Bernard").status == "booked"
    story.then_everyone_can_use_it()


def test_a_double_click_answers_once(story: Story) -> None:
    story.given_a_visitor()
    story.when_the_visitor_says(WISH)
    story.page.locator("#choices [name=choice]").first.dblclick()
    story.then_it_reads("téléphone")
    assert Communication.objects.filter(author="patient").count() == 2


def test_a_visitor_books_without_javascript(plain: Story) -> None:
    plain.given_a_visitor()
    plain.when_the_visitor_says(WISH)
    plain.when_they_press("mardi 17\u00a0mars à ")
    plain.when_the_visitor_says("06 39 98 10 03")
    plain.when_they_press("Oui")
    plain.then_it_reads("est réservé")
    assert Appointment.objects.get(patient__family="Bernard").status == "booked"


def test_a_red_flag_alerts(story: Story) -> None:
    story.given_a_visitor()
    story.when_the_visitor_says("j'ai mal dans la poitrine depuis ce matin")
    expect(story.page.get_by_role("alert")).to_contain_text("Appelez tout de suite le 15")
    assert Task.objects.get().priority == "emergency"
    story.then_everyone_can_use_it()


def test_what_is_typed_while_an_answer_is_on_its_way_is_kept_and_sent(story: Story) -> None:
    story.given_a_visitor()
    held: list[Route] = []
    first = lambda route: not held and route.request.method == "POST"  # noqa: E731
    story.page.route("**/", lambda route: held.append(route) if first(route) else route.continue_())
    story.page.get_by_label("Votre message").fill("bonjour")
    story.when_keys("Enter")
    story.page.get_by_label("Votre message").fill("vous êtes ouverts samedi")
    story.when_keys("Enter")
    held[0].continue_()
    expect(story.page.locator(".msg.mine .body")).to_have_text(["bonjour", "vous êtes ouverts samedi"])
    expect(story.page.locator(".msg.sending")).to_have_count(0)
    expect(story.page.get_by_label("Votre message")).to_have_value("")
    assert Communication.objects.filter(author="patient").count() == 2


def test_an_empty_message_says_so_without_reloading(story: Story) -> None:
    story.given_a_visitor()
    story.page.get_by_label("Votre message").fill("   ")
    story.when_they_press("Envoyer")
    expect(story.page.get_by_role("alert")).to_have_text("Écrivez votre message.")
    story.refused.clear()  # the browser reports a 422 as an error
    story.then_everyone_can_use_it()
    story.when_the_visitor_says("bonjour")
    expect(story.page.get_by_text("Écrivez votre message.")).to_have_count(0)


def test_a_person_s_answer_comes_without_reloading(story: Story) -> None:
    story.given_a_visitor()
    story.when_they_press("Parler à une personne")
    story.then_it_reads("Je passe la main")
    talk = Task.objects.get().conversation
    assert talk is not None
    Communication.objects.create(
        organization=story.practice, conversation=talk, author="staff", channel="webchat",
        text="Bonjour, ici Mme Petit.", sent_at=story.clock.moment,
    )  # fmt: skip
    expect(story.page.locator(".msg").last).to_contain_text("ici Mme Petit")
    assert story.page.get_by_text("Je passe la main").count() == 1
    story.then_everyone_can_use_it()
