"""A practice is set up from nothing, opened, and a patient books by chat; then its settings change."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from releve.intake import founding
from releve.practice.models import Appointment, Organization, Schedule, User
from tests import cast
from tests.stories.conftest import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def nothing(browser: Browser, live_server: Any, settings: Any) -> Iterator[Story]:
    """An empty installation."""
    settings.CLOCK = cast.clock()
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    told = Story(browser, live_server.url, Organization(), settings.CLOCK)
    yield told
    told.context.close()


def fill(story: Story, **fields: str) -> None:
    for label, words in fields.items():
        story.page.get_by_label(re.compile(f"^{label.replace('_', ' ')}")).fill(words)


def given_an_account(story: Story) -> None:
    story.page.goto(f"{story.address}/mise-en-route/?cle={founding.key()}")
    story.then_it_reads("Qui êtes-vous")
    story.then_everyone_can_use_it()
    fill(story, Votre_prénom="Hélène", Votre_nom="Petit", Nom_pour="h.petit", Mot_de_passe=cast.PASSWORD)
    story.when_they_press("Créer mon compte")
    expect(story.page.get_by_role("heading", name="Votre cabinet")).to_be_visible()


def given_a_practice(story: Story) -> None:
    story.then_everyone_can_use_it()
    story.page.get_by_label("Nom du cabinet").fill("Cabinet du Canal")
    story.page.get_by_label("Adresse", exact=True).fill("12 quai de la Loire, 75019 Paris")
    fill(story, Téléphone="01 99 00 04 20", Adresse_électronique="contact@canal.example")
    story.when_they_press("Continuer")
    story.then_it_reads("Qui reçoit les patients")
    story.then_everyone_can_use_it()
    fill(story, Prénom="Nadia", Nom="Amar")
    story.when_they_press("Continuer")


def test_from_nothing_to_a_booking_by_chat(nothing: Story) -> None:
    story = nothing
    given_an_account(story)
    given_a_practice(story)
    story.then_it_reads("Quand recevez-vous")
    story.then_everyone_can_use_it()
    story.when_they_press("Continuer")
    story.then_it_reads("Pour quoi vient-on chez vous")
    story.then_everyone_can_use_it()
    assert story.page.evaluate("document.documentElement.scrollHeight") < 3000
    story.when_they_press("Continuer")
    story.then_it_reads("Ce que vos patients recevront")
    story.then_everyone_can_use_it()
    story.when_they_press("J’ai lu")
    fill(story, Votre_téléphone="06 39 98 00 01")
    story.when_they_press("Envoyer l’essai")
    story.then_it_reads("Dans la file d’envoi, pas encore parti.")
    story.then_everyone_can_use_it()
    story.page.get_by_role("link", name="Continuer", exact=True).click()
    story.then_it_reads("Lire, puis signer")
    story.then_everyone_can_use_it()
    story.page.get_by_label(re.compile("J’ai lu")).check()
    story.when_they_press("Signer et ouvrir")
    story.then_it_reads("Votre cabinet répond")
    story.then_everyone_can_use_it()
    patient = story.context.browser
    assert patient is not None
    theirs = Story(patient, story.address, Organization.objects.get(), story.clock)
    theirs.given_a_visitor()
    theirs.when_the_visitor_says("une consultation avec Dr Amar mardi après-midi")
    theirs.when_the_visitor_says("Camille Bernard, née le 4 juin 1991")
    theirs.when_they_press("mardi 17\u00a0mars à ")
    theirs.when_the_visitor_says("06 39 98 10 03")
    theirs.when_they_press("Oui")
    theirs.then_it_reads("est réservé")
    theirs.context.close()
    assert Appointment.objects.get().patient.family == "Bernard"


def test_it_is_left_and_resumed_elsewhere(nothing: Story) -> None:
    story = nothing
    given_an_account(story)
    given_a_practice(story)
    story.page.get_by_role("link", name="Continuer plus tard").click()
    story.page.goto(story.address + "/reglages/")
    story.page.get_by_role("link", name="Continuer la mise en route").click()
    story.then_it_reads("Quand recevez-vous")
    story.page.go_back()
    story.page.go_back()
    assert Organization.objects.count() == 1


def test_a_text_is_worded_with_its_preview_beside(story: Story) -> None:
    story.given_mme_petit_is_at("/reglages/textes/reminder/")
    words, shown = story.page.get_by_label("Vos mots"), story.page.locator("#apercu")
    words.fill("{cabinet} : pensez à votre vaccin du {date}")
    expect(shown).to_contain_text("Cabinet du Canal\u00a0: pensez à votre vaccin du mercredi 18\u00a0mars")
    expect(shown).to_contain_text("« vaccin » parle de santé".replace("« ", "«\u00a0").replace(" »", "\u00a0»"))
    story.then_everyone_can_use_it()
    words.fill("{cabinet} : à demain, {date}, avec {soignant}. OUI, NON, ou STOP pour ne plus recevoir.")
    expect(shown).to_contain_text("Rien de ce qui ne doit pas être dit")
    story.when_they_press("Enregistrer")
    story.then_it_reads("vos mots")
    story.then_everyone_can_use_it()
    assert list(Organization.objects.get().texts) == ["reminder"]


def test_hours_change_by_keyboard_and_nobody_is_left_outside_unseen(story: Story) -> None:
    story.given_dr_amar_is_at("/reglages/soignants/amar/horaires/")
    story.page.locator("#id_mon_0_from").focus()
    for typed in ("8", "12", "13h30", "17"):
        story.when_keys("Control+a")
        story.when_typing(typed)
        story.when_keys("Tab")
    story.when_keys("Enter")
    expect(story.page.locator("#id_fri_1_from")).to_have_value("13h30")
    story.page.locator("#id_thu_0_from").fill("")
    story.page.locator("#id_thu_0_to").fill("")
    story.when_they_press("Enregistrer")
    story.then_it_reads("Un rendez-vous resterait en dehors.")
    story.then_it_reads("Roche")
    story.refused.clear()  # the browser notes the 422 that brought the list
    story.then_everyone_can_use_it()
    story.when_they_press("Enregistrer quand même")
    expect(story.page.get_by_text("Les horaires sont à jour.")).to_be_visible()
    assert Schedule.objects.get(practitioner__identifier="amar").rules[0]["start"] == "08:00"


def test_someone_new_signs_in_by_a_link(story: Story) -> None:
    story.given_dr_amar_is_at("/reglages/comptes/nouveau/")
    fill(story, Prénom="Karim", Nom_pour="k.sow")
    story.page.get_by_label("Nom", exact=True).fill("Sow")
    story.when_they_press("Enregistrer")
    story.then_it_reads("n’a pas encore de mot de passe")
    story.then_everyone_can_use_it()
    story.when_they_press("Faire un lien")
    link = story.page.get_by_label("Lien").input_value()
    story.then_everyone_can_use_it()
    story.context.clear_cookies()
    story.page.goto(link)
    story.then_it_reads("Bonjour Karim Sow")
    story.then_everyone_can_use_it()
    fill(story, Nouveau="quatre-mots-au-hasard")
    story.when_they_press("Choisir ce mot de passe")
    story.page.wait_for_url(lambda url: "/acces/" not in url)
    assert User.objects.get(username="k.sow").check_password("quatre-mots-au-hasard")


@pytest.mark.parametrize(
    "place",
    [
        "",
        "ouverture/",
        "soignants/",
        "visites/",
        "visites/consultation/",
        "questions/",
        "textes/",
        "assistant/",
        "moi/",
    ],
)
def test_every_page_of_the_settings(story: Story, place: str) -> None:
    story.given_dr_amar_is_at(f"/reglages/{place}")
    story.then_everyone_can_use_it()
