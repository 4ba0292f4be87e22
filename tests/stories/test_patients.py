"""At the desk: finding somebody from anywhere, a new patient, a changed phone, the waiting list."""

from playwright.sync_api import expect

from releve.practice.models import Patient, WaitingListEntry
from tests import cast
from tests.stories.conftest import Story


def test_a_secretary_finds_a_patient_by_three_letters_from_anywhere(story: Story) -> None:
    story.given_mme_petit_is_at("/garantie/")
    story.when_keys("Control+k")
    story.page.keyboard.type("roc")
    expect(story.page.locator("#palette-list")).to_contain_text("Roche")
    story.when_keys("Enter")
    story.page.wait_for_url("**/patients/roche/")
    story.then_it_reads("71 ans")
    story.then_it_reads("jeudi 19 mars à 9 h 40")
    story.then_everyone_can_use_it()


def test_a_secretary_searches_as_she_types(story: Story) -> None:
    story.given_mme_petit_is_at("/patients/")
    story.page.keyboard.type("font")
    expect(story.page.locator("#list")).to_contain_text("2 fiches")
    story.page.get_by_role("link", name="Léa").click()
    story.page.wait_for_url("**/patients/lea/")
    story.then_it_reads("7 ans")
    story.then_everyone_can_use_it()


def test_a_secretary_opens_a_file_and_is_shown_who_has_the_same_name(story: Story) -> None:
    story.given_mme_petit_is_at("/patients/")
    story.page.locator("h1").click()
    story.when_keys("c")
    story.page.get_by_label("Nom de naissance").fill("Roche")
    story.page.get_by_label("Prénom").fill("Bernard")
    story.page.get_by_label("Date de naissance").fill("3 mai 1954")
    story.when_keys("Enter")
    story.then_it_reads("Une fiche a déjà ce nom")
    story.refused.clear()  # the browser notes the 422
    story.then_everyone_can_use_it()
    story.when_they_press("C’est quelqu’un d’autre")
    story.then_it_reads("Fiche ouverte")
    assert Patient.objects.filter(family="Roche").count() == 2


def test_a_secretary_changes_a_phone_and_takes_it_back(story: Story) -> None:
    story.given_mme_petit_is_at("/patients/roche/")
    story.when_keys("e")
    story.page.get_by_label("Téléphone").fill("06 39 98 10 55")
    story.when_keys("Enter")
    story.then_it_reads("06 39 98 10 01 → 06 39 98 10 55")
    story.when_keys("z")
    story.then_it_reads("06 39 98 10 55 → 06 39 98 10 01")
    assert Patient.objects.get(identifier=cast.ROCHE).phone == cast.ROCHE_PHONE
    story.then_everyone_can_use_it()


def test_a_secretary_puts_someone_on_the_waiting_list_and_takes_them_off(story: Story) -> None:
    story.given_mme_petit_is_at("/patients/roche/")
    story.when_keys("l")
    story.page.get_by_label("mardi").check()
    story.page.get_by_label("le matin").check()
    story.when_they_press("Inscrire")
    story.then_it_reads("Les prochaines places qui conviennent")  # they are free already: why wait?
    story.page.get_by_role("link", name="Liste d’attente").click()
    story.then_it_reads("Une personne attend une place")
    story.then_it_reads("Les mardis, le matin")
    story.then_everyone_can_use_it()
    story.page.get_by_role("link", name="Retirer").click()
    story.page.get_by_label("A trouvé ailleurs").check()
    story.when_they_press("Retirer de la liste")
    story.then_it_reads("Personne n’attend de place")
    assert WaitingListEntry.objects.get().status == "removed"
    story.when_they_press("Remettre")
    story.then_it_reads("Une personne attend une place")


def test_the_history_grows_while_it_is_read(story: Story) -> None:
    story.given_mme_petit_is_at("/patients/roche/")
    story.then_it_reads("Rien encore.")
    other = story.context.new_page()
    other.goto(f"{story.address}/patients/roche/ecrire/")
    other.get_by_label("Votre message").fill("Pouvez-vous nous rappeler ?")
    other.get_by_role("button", name="Envoyer").click()
    other.wait_for_url("**/conversations/**")
    story.then_it_reads("Message de l’équipe")
    story.then_everyone_can_use_it()


def test_news_leave_the_focus_and_what_is_open_where_they_are(story: Story) -> None:
    story.given_mme_petit_is_at("/patients/roche/")
    link = story.page.locator("#fiche a").nth(2)
    link.focus()
    story.page.evaluate("document.getElementById('fiche').dataset.old = '1'")
    story.page.evaluate("document.body.dispatchEvent(new Event('news'))")
    expect(story.page.locator("#fiche[data-old]")).to_have_count(0)
    expect(link).to_be_focused()


def test_patients_without_javascript(plain: Story) -> None:
    cast.petit()
    plain.given_mme_petit_is_at("/patients/")
    plain.page.get_by_label("Nom, téléphone ou date de naissance").fill("3 mai 1954")
    plain.page.locator("main").get_by_role("button", name="Chercher").click()
    plain.page.get_by_role("link", name="Roche").click()
    plain.then_it_reads("né le 3 mai 1954")
