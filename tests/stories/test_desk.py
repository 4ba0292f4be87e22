"""A morning at Mme Petit's desk."""

import pytest
from playwright.sync_api import expect

from releve.guarantee.models import RedFlagSignature
from releve.practice.models import Appointment, Communication, Conversation, Task
from tests import cast
from tests.pages.support import RENEWAL
from tests.stories.conftest import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_renewal_is_approved_with_the_keyboard_alone(story: Story) -> None:
    story.given_someone_wrote(RENEWAL)
    story.given_dr_amar_is_at("/boite/")
    story.then_it_reads("Une demande à décider")
    story.then_everyone_can_use_it()
    story.when_keys("j", "Enter")
    story.then_it_reads("Que décidez-vous")
    story.then_everyone_can_use_it()
    story.when_keys("e")
    story.page.keyboard.type("Votre ordonnance est prête.")
    story.when_keys("Escape", "a")
    story.then_it_reads("Rien n’attend une décision")
    assert Task.objects.get().status == "approved"
    story.then_everyone_can_use_it()
    story.when_keys("z")
    story.then_it_reads("Que décidez-vous")
    assert not Communication.objects.filter(author="staff").exists()


def test_letters_typed_in_the_answer_decide_nothing(story: Story) -> None:
    task = story.given_someone_wrote(RENEWAL)
    story.given_mme_petit_is_at(f"/boite/{task.identifier}/")
    story.when_keys("e", "a", "r", "z", "j")
    expect(story.page.get_by_label("Réponse au patient")).to_have_value("arzj")
    task.refresh_from_db()
    assert task.status == "open"


def test_the_keys_can_be_switched_off(story: Story) -> None:
    task = story.given_someone_wrote(RENEWAL)
    story.given_mme_petit_is_at(f"/boite/{task.identifier}/")
    story.when_they_press("Touches actives")
    story.page.reload()
    story.when_keys("a")
    expect(story.page.get_by_role("heading", name="Que décidez-vous")).to_be_visible()
    task.refresh_from_db()
    assert task.status == "open"


def test_taking_over_a_conversation(story: Story) -> None:
    talk = story.given_someone_wrote("je veux parler à quelqu'un").conversation
    assert talk is not None
    story.given_mme_petit_is_at(f"/conversations/{talk.pk}/")
    story.then_it_reads("attend une personne")
    story.when_keys("h")
    story.then_it_reads("avec Hélène Petit")
    story.page.get_by_label("Répondre en votre nom").fill("Bonjour, que puis-je faire pour vous ?")
    story.when_they_press("Envoyer")
    expect(story.page.get_by_role("log")).to_contain_text("que puis-je faire pour vous ?")
    story.then_everyone_can_use_it()
    story.when_they_press("Rendre à l’assistant")
    story.then_it_reads("l’assistant répond")
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
    legend = story.page.get_by_role("list", name="Ce qui a été lu")
    expect(legend).to_contain_text("Demande renouveler une ordonnance")
    why = story.page.locator("details.because")
    expect(why.get_by_role("table")).to_be_hidden()
    story.when_keys("p")
    expect(why.get_by_role("row", name="idée reconnue").first).to_contain_text("pour")
    story.then_everyone_can_use_it()


def test_booking_by_hand(story: Story) -> None:
    story.given_mme_petit_is_at("/agenda/nouveau/?jour=2026-03-17")
    story.page.get_by_label("Patient, trois lettres du nom").fill("roc")
    story.page.get_by_label("Type de rendez-vous").select_option(cast.CONSULTATION)
    story.when_they_press("Chercher des places")
    story.page.get_by_label("Roche Bernard").check()
    story.when_they_press("Chercher des places")
    story.page.get_by_label("mardi 17\u00a0mars à 9\u00a0h\u00a040").check()
    story.then_everyone_can_use_it()
    story.when_they_press("Prendre ce rendez-vous")
    story.then_it_reads("Roche Bernard")
    assert Appointment.objects.filter(patient__identifier=cast.ROCHE).count() == 2
    story.then_everyone_can_use_it()


@pytest.mark.parametrize(
    "place",
    [
        "/conversations/", "/agenda/rendez-vous/roche-thursday/", "/garantie/", "/garantie/signaux/", "/sortie/",
        "/nulle-part/",
    ],
)  # fmt: skip
def test_every_other_page_can_be_used_by_everyone(story: Story, place: str) -> None:
    story.given_someone_wrote(RENEWAL)
    story.given_mme_petit_is_at(f"/connexion/?next={place}")
    story.refused.clear()  # the browser reports a 404 as an error
    story.then_everyone_can_use_it()


def test_the_sign_in_page_can_be_used_by_everyone(story: Story) -> None:
    story.page.goto(f"{story.address}/connexion/")
    story.then_everyone_can_use_it()
