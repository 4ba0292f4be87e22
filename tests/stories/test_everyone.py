"""Every page and every component: axe at three widths, light and dark; no sideways scrolling; an order of focus."""

import pytest
from playwright.sync_api import expect

from tests.pages.support import RED_FLAG, RENEWAL, written
from tests.stories.conftest import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALL_WIDTHS = (360, 768, 1440)
PLACES = (
    "/composants/", "/journee/", "/journee/demain/", "/boite/", "/conversations/", "/sortie/", "/garantie/",
    "/garantie/signaux/", "/agenda/", "/agenda/nouveau/", "/agenda/rendez-vous/roche-thursday/", "/patients/",
    "/agenda/absence/", "/agenda/replacer/",
    "/patients/roche/", "/liste-attente/", "/liste-attente/equite/", "/chercher/", "/reglages/",
    "/reglages/agenda-externe/", "/reglages/agenda-externe/amar/", "/reglages/agenda-externe/importer/",
    "/reglages/visites/", "/reglages/visites/consultation/", "/reglages/salles/", "/reglages/salles/nouvelle/",
    "/reglages/soignants/", "/reglages/soignants/amar/horaires/", "/reglages/soignants/amar/horaires/plage/",
    "/reglages/soignants/amar/horaires/limites/", "/reglages/soignants/amar/essai/?heure=9h40",
    "/nulle-part/",
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_page_of_the_desk(story: Story, place: str) -> None:
    written(story.practice, RENEWAL)
    written(story.practice, RED_FLAG)
    story.given_mme_petit_is_at(f"/connexion/?next={place}")
    story.refused.clear()  # the browser reports a 404 as an error
    story.then_everyone_can_use_it(ALL_WIDTHS)


@pytest.mark.parametrize("place", ["/", "/connexion/", "/rendez-vous/", "/rendez-vous/prendre/"])
def test_a_page_of_anyone(story: Story, place: str) -> None:
    story.page.goto(story.address + place)
    story.then_everyone_can_use_it(ALL_WIDTHS)


def test_the_first_stop_of_tab_leads_to_the_content(story: Story) -> None:
    story.given_mme_petit_is_at("/journee/")
    story.when_keys("Tab")
    expect(story.page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    story.when_keys("Enter")
    expect(story.page.locator("main")).to_be_focused()


def test_tab_goes_through_the_desk_in_the_order_one_reads(story: Story) -> None:
    task = story.given_someone_wrote(RENEWAL)
    story.given_dr_amar_is_at(f"/boite/{task.identifier}/")
    columns = story.page.evaluate(
        """() => [...document.querySelectorAll(".panes a[href], .panes button, .panes textarea, .panes summary")]
             .filter((e) => e.checkVisibility())
             .map((e) => e.closest(".panes > section").getBoundingClientRect().left)"""
    )
    assert len(set(columns)) == 3
    assert columns == sorted(columns)
