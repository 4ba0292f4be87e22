"""Dr Amar keeps her software, and uses Relève beside it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import expect

from tests import cast
from tests.flow.calendars import Published, published
from tests.rules.interop.feeds import calendar, event
from tests.stories.conftest import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PERSON = "/reglages/agenda-externe/amar/"
TABLE = (
    "Nom;Prénom;Date de naissance;Date;Heure;Praticien;Motif\n"
    "Martin;Jeanne;04/06/1951;18/03/2026;9h40;Dr Amar;Consultation\n"
    "Martin;Paul;;18/03/2026;10h00;Dr Amar;Consultation\n"
)


@pytest.fixture
def there(settings: Any) -> Iterator[Published]:
    settings.ENVIRONMENT = django_settings.ENVIRONMENT.model_copy(update={"feed_networks": "127.0.0.0/8"})
    with published(calendar(event("20260319T093000", "20260319T101500"))) as told:
        yield told


def test_her_calendar_is_looked_at_then_kept_and_the_conflict_is_in_sight(story: Story, there: Published) -> None:
    story.given_dr_amar_is_at("/reglages/agenda-externe/")
    story.page.locator("main").get_by_role("link", name="Nadia Amar").click()
    story.page.get_by_label("Adresse du calendrier").fill(there.url)
    story.when_they_press("Vérifier maintenant")
    story.then_it_reads("Une période prise dans les treize prochains mois.")
    story.page.get_by_role("group", name="qui tient l’agenda").get_by_label("par une adresse privée").check()
    story.then_everyone_can_use_it()
    story.when_they_press("Enregistrer l’adresse")
    story.then_it_reads("Un rendez-vous tombe sur une heure prise dans l’autre agenda.")
    expect(story.page.get_by_role("group", name="Où est tenu").get_by_label("par une adresse privée")).to_be_checked()
    story.then_it_reads("L’autre logiciel doit lire nos rendez-vous par une adresse privée, et il n’y en a pas")
    story.when_they_press("Créer une adresse privée")
    story.then_it_reads("cette page ne la montrera plus")
    story.then_everyone_can_use_it()
    story.page.goto(f"{story.address}/agenda/?jour=2026-03-19")
    story.then_it_reads("Un rendez-vous tombe sur une heure prise dans un autre agenda")
    story.then_everyone_can_use_it()


@pytest.mark.parametrize("clipboard", [True, False])
def test_the_private_address_is_copied_by_one_press(story: Story, clipboard: bool) -> None:
    """Without a clipboard, as by http on another host: the old way."""
    story.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if not clipboard:
        story.page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    story.given_dr_amar_is_at(PERSON)
    story.when_they_press("Créer une adresse privée")
    field, said = story.page.get_by_label("Adresse"), story.page.locator("#link-said")
    expect(said).to_have_attribute("role", "status")
    story.page.get_by_role("button", name="Copier ce lien").click()
    expect(said).to_have_text("Copié.")
    story.then_everyone_can_use_it()
    story.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<textarea id=there>')")
    story.page.locator("#there").focus()
    story.page.keyboard.press("Control+v")
    expect(story.page.locator("#there")).to_have_value(field.input_value())


def test_without_javascript_the_address_is_selected_by_hand(plain: Story) -> None:
    cast.amar()
    plain.given_dr_amar_is_at(PERSON)
    plain.when_they_press("Créer une adresse privée")
    field = plain.page.get_by_label("Adresse")
    field.focus()
    plain.when_keys("Control+a")
    assert plain.page.locator("#link").input_value().endswith(".ics")
    expect(field).not_to_be_editable()


def test_an_agenda_is_brought_in_from_a_file(story: Story, tmp_path: Path) -> None:
    file = tmp_path / "agenda.csv"
    file.write_text(TABLE, encoding="utf-8")
    story.given_mme_petit_is_at("/reglages/agenda-externe/importer/")
    story.page.get_by_label("Fichier").set_input_files(file)
    story.when_they_press("Regarder le fichier")
    story.then_it_reads("Un rendez-vous peut être importé")
    story.then_everyone_can_use_it()
    story.when_they_press("Importer la bonne ligne")
    story.then_it_reads("Un rendez-vous importé")
    story.then_it_reads("Ligne 3")
    story.then_everyone_can_use_it()
