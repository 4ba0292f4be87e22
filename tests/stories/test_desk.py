"""A morning at Mme Petit's desk."""

import pytest
from playwright.sync_api import expect

from releve.guarantee.models import RedFlagSignature
from releve.practice.models import Conversation, Task, User
from tests.pages.support import RENEWAL
from tests.stories.conftest import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_renewal_is_answered_in_three_keys(story: Story) -> None:
    story.given_someone_wrote(RENEWAL)
    story.given_dr_amar_is_at("/journee/")
    story.then_it_reads("Une demande vous attend")
    story.then_everyone_can_use_it()
    story.when_keys("1")
    story.then_it_reads("Ce qui a été compris")
    story.then_everyone_can_use_it()
    story.when_keys("e")
    story.when_typing("Votre ordonnance est prête. ")
    story.when_keys("Control+Enter")
    story.then_it_reads("Tout est réglé")
    story.then_it_took(3)
    assert Task.objects.get().status == "approved"
    story.then_everyone_can_use_it()


def test_the_second_press_of_a_double_one_decides_nothing_on_the_next_page(story: Story) -> None:
    task = story.given_someone_wrote(RENEWAL)
    story.given_dr_amar_is_at(f"/boite/{task.identifier}/")
    story.page.evaluate(
        "() => { const at = performance.timeOrigin - 100; Date.now = () => at + 200;"
        " sessionStorage.setItem('releve-key', JSON.stringify(['a', at])); }"
    )
    story.when_keys("a")
    story.page.evaluate("() => { const at = performance.timeOrigin; Date.now = () => at + 60000; }")
    assert Task.objects.get().status == "open"
    story.when_keys("a")
    story.then_it_reads("Tout est réglé")


def test_of_refusing_and_passing_on_one_is_open(story: Story) -> None:
    """Their numbers are the same keys."""
    task = story.given_someone_wrote(RENEWAL)
    story.given_mme_petit_is_at(f"/boite/{task.identifier}/")
    story.when_keys("t", "r", "2")
    expect(story.page.get_by_role("status").filter(has_text="Demande refusée")).to_be_visible()


def test_a_decision_is_taken_back(story: Story) -> None:
    task = story.given_someone_wrote(RENEWAL)
    story.given_mme_petit_is_at(f"/boite/{task.identifier}/")
    story.when_keys("r", "2")
    story.then_it_reads("Tout est réglé")
    expect(story.page.get_by_role("status").filter(has_text="Demande refusée")).to_be_visible()
    story.then_everyone_can_use_it()
    story.when_keys("z")
    story.then_it_reads("Ce qui a été compris")
    task.refresh_from_db()
    assert (task.status, task.refusal) == ("open", "")


def test_letters_typed_in_the_answer_decide_nothing(story: Story) -> None:
    task = story.given_someone_wrote(RENEWAL)
    story.given_mme_petit_is_at(f"/boite/{task.identifier}/")
    story.when_keys("e", "a", "r", "z", "j")
    expect(story.page.get_by_label("Réponse au patient")).to_have_value("arzj")
    task.refresh_from_db()
    assert task.status == "open"


def test_the_keys_can_be_switched_off(story: Story) -> None:
    task = story.given_someone_wrote(RENEWAL)
    User.objects.filter(username="petit").update(single_keys=False)
    story.given_mme_petit_is_at(f"/boite/{task.identifier}/")
    story.when_keys("a")
    expect(story.page.get_by_role("button", name="Approuver")).to_be_visible()
    task.refresh_from_db()
    assert task.status == "open"
    story.then_everyone_can_use_it()


def test_the_next_request_is_there_and_is_named(story: Story) -> None:
    first = story.given_someone_wrote(RENEWAL)
    second = story.given_someone_wrote("je veux parler à quelqu'un")
    story.given_dr_amar_is_at(f"/boite/{first.identifier}/")
    story.when_keys("a")
    story.page.wait_for_url(f"**/boite/{second.identifier}/")
    expect(story.page.locator("#h-talk")).to_be_focused()
    story.then_everyone_can_use_it()


def test_a_request_is_passed_on(story: Story) -> None:
    task = story.given_someone_wrote(RENEWAL)
    story.given_mme_petit_is_at(f"/boite/{task.identifier}/")
    story.when_keys("t")
    story.page.get_by_role("button", name="Nadia Amar").click()
    story.then_it_reads("transmise à Nadia Amar")
    story.then_everyone_can_use_it()


def test_taking_over_a_conversation(story: Story) -> None:
    talk = story.given_someone_wrote("je veux parler à quelqu'un").conversation
    assert talk is not None
    story.given_mme_petit_is_at(f"/conversations/{talk.pk}/")
    story.then_it_reads("attend une personne")
    story.when_keys("h")
    story.then_it_reads("Hélène Petit répond")
    story.page.get_by_label("Répondre en votre nom").fill("Bonjour, que puis-je faire pour vous ?")
    story.when_they_press("Envoyer")
    expect(story.page.get_by_role("log")).to_contain_text("que puis-je faire pour vous ?")
    story.then_everyone_can_use_it()
    story.when_they_press("Rendre à l’assistant")
    story.then_it_reads("L’assistant répond")
    assert not Conversation.objects.get().with_person


def test_a_physician_signs_the_red_flags_with_the_keyboard_alone(story: Story) -> None:
    story.given_dr_amar_is_at("/garantie/")
    story.page.get_by_role("link", name="Lire la liste et la signer").press("Enter")
    story.then_it_reads("n’est pas signée")
    story.then_everyone_can_use_it()
    story.page.get_by_label("Votre nom").focus()
    story.when_keys("Tab", "Space", "Enter")
    story.then_it_reads("Vous avez signé cette version")
    story.then_it_reads("Nadia Amar")
    story.then_everyone_can_use_it()
    assert RedFlagSignature.objects.get().signed_by == "Nadia Amar"


def test_the_review_shows_what_was_read_and_why(story: Story) -> None:
    task = story.given_someone_wrote(RENEWAL)
    story.given_mme_petit_is_at(f"/boite/{task.identifier}/")
    expect(story.page.locator(".facts.read")).to_contain_text("Renouveler une ordonnance")
    why = story.page.locator("details.because")
    expect(why.get_by_role("table")).to_be_hidden()
    story.when_keys("p")
    expect(why.get_by_role("row", name="idée reconnue").first).to_contain_text("pour")
    story.then_everyone_can_use_it()
