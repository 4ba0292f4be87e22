"""Mme Petit keeps the agenda: with the keyboard, with the mouse, on a small screen, and without any script."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from releve.ledger import queries as ledger
from releve.practice.models import Appointment, Patient
from tests import cast
from tests.stories.conftest import Story

TUESDAY = "/agenda/?jour=2026-03-17"
THURSDAY = "/agenda/?jour=2026-03-19"


class Keys:
    """Counts the keystrokes; words that are typed do not count."""

    def __init__(self, story: Story) -> None:
        self.keyboard, self.count = story.page.keyboard, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keyboard.press(key)
            self.count += 1

    def type(self, words: str) -> None:
        self.keyboard.type(words, delay=20)


def roche() -> Appointment:
    return Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)


def at(hour: int, minute: int = 0, day: int = 17) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=cast.PARIS)


def cell(story: Story, name: str) -> Locator:
    return story.page.locator("#grid .rdv", has_text=name)


@pytest.fixture
def thursday(browser: Browser, live_server: Any, settings: Any) -> Iterator[Story]:
    """The day of M. Roche's appointment, ten minutes before it."""
    settings.CLOCK = cast.clock(at(9, 30, day=19))
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    told = Story(browser, live_server.url, cast.practice(), settings.CLOCK)
    cast.petit()
    yield told
    told.context.close()


def test_a_caller_is_booked_in_a_few_keystrokes(story: Story) -> None:
    story.given_mme_petit_is_at("/agenda/")
    keys = Keys(story)
    keys.press("n")
    expect(story.page.get_by_label("Trois lettres du nom")).to_be_focused()
    keys.type("roc")
    expect(story.page.get_by_role("button", name="Roche Bernard")).to_be_visible()
    story.then_everyone_can_use_it()
    story.page.set_viewport_size({"width": 1440, "height": 900})
    keys.press("Enter")
    first = story.page.locator('.place[data-key="1"]')
    expect(first).to_be_focused()
    expect(first).to_contain_text("lundi 16\u00a0mars à 9\u00a0h")
    story.then_everyone_can_use_it()
    keys.press("Enter")
    expect(story.page.get_by_role("status").filter(has_text="Rendez-vous pris")).to_contain_text("Roche Bernard")
    assert Appointment.objects.filter(patient__identifier=cast.ROCHE, start=at(9, day=16)).exists()
    assert keys.count <= 12, keys.count
    keys.press("z")
    expect(story.page.get_by_role("status").filter(has_text="comme avant")).to_be_visible()
    assert not Appointment.objects.filter(start=at(9, day=16), status="booked").exists()


def test_somebody_new_is_booked_without_leaving_the_panel(story: Story) -> None:
    story.given_mme_petit_is_at("/agenda/")
    keys = Keys(story)
    keys.press("n")
    expect(story.page.get_by_label("Trois lettres du nom")).to_be_focused()
    keys.type("bernad")
    expect(story.page.get_by_text("Aucun dossier ne commence ainsi.")).to_be_visible()
    keys.press("Tab", "Tab", "Enter")
    expect(story.page.get_by_label("Nom de naissance")).to_have_value("Bernad")
    story.page.get_by_label("Prénom").focus()
    keys.type("Camille")
    keys.press("Tab")
    keys.type("04061991")
    story.page.get_by_label("Pour").select_option(cast.INJECTION)
    expect(story.page.get_by_role("button", name="Aminata Diallo").first).to_be_visible()
    expect(story.page.get_by_label("Prénom")).to_have_value("Camille")
    story.then_everyone_can_use_it()
    story.page.get_by_role("button", name="Aminata Diallo").first.click()
    story.then_it_reads("Bernad")
    assert Patient.objects.get(family="Bernad").appointments.get().service.identifier == cast.INJECTION


def test_moving_by_keyboard(story: Story) -> None:
    story.given_mme_petit_is_at(TUESDAY)
    keys = Keys(story)
    story.page.locator("#grid a", has_text="Fontaine").focus()
    keys.press("m")
    expect(story.page.locator("#spoken")).to_contain_text(
        "Place proposée\u00a0: mardi 17\u00a0mars à 10\u00a0h\u00a020"
    )
    story.then_everyone_can_use_it()
    keys.press("ArrowDown")
    expect(story.page.locator(".possible.on")).to_contain_text("10\u00a0h\u00a040")
    keys.press("ArrowUp", "Enter")
    expect(story.page.get_by_role("status").filter(has_text="déplacé au")).to_contain_text("10\u00a0h\u00a020")
    assert keys.count <= 8
    moved = Appointment.objects.get(identifier=cast.LEA_TUESDAY)
    assert moved.start == at(10, 20)
    expect(story.page.locator(f"#rdv-{moved.pk}")).to_be_focused()
    keys.press("z")
    expect(story.page.get_by_role("status").filter(has_text="comme avant")).to_be_visible()
    moved.refresh_from_db()
    assert moved.start == at(10) and moved.confirmed


def test_moving_given_up_changes_nothing(story: Story) -> None:
    story.given_mme_petit_is_at(TUESDAY)
    story.when_keys("ArrowDown", "m")
    expect(story.page.locator(".possible.on")).to_be_visible()
    story.when_keys("Escape")
    expect(story.page.locator(".possible")).to_have_count(0)
    expect(story.page.locator("#spoken")).to_have_text("Déplacement abandonné.")
    assert Appointment.objects.get(identifier=cast.LEA_TUESDAY).start == at(10)


def test_moving_to_another_day_by_number(story: Story) -> None:
    story.given_mme_petit_is_at("/agenda/rendez-vous/roche-thursday/")
    keys = Keys(story)
    keys.press("m")
    story.then_it_reads("Déplacer à quand")
    story.then_everyone_can_use_it()
    keys.press("4")
    expect(story.page.get_by_role("status").filter(has_text="déplacé au")).to_contain_text(
        "lundi 16\u00a0mars à 14\u00a0h"
    )
    assert keys.count <= 8 and roche().start == at(14, day=16)


def test_moving_by_drag(story: Story) -> None:
    story.given_mme_petit_is_at(TUESDAY)
    lea = cell(story, "Fontaine")
    lea.scroll_into_view_if_needed()
    box = lea.bounding_box()
    assert box is not None
    x, y = box["x"] + 30, box["y"] + 8
    story.page.mouse.move(x, y)
    story.page.mouse.down()
    story.page.mouse.move(x + 5, y + 12, steps=4)
    target = story.page.locator(".possible", has_text="10\u00a0h\u00a040")
    expect(target).to_be_visible()
    place = target.bounding_box()
    assert place is not None
    story.page.mouse.move(x, place["y"] + 9, steps=8)
    expect(story.page.locator(".possible.on")).to_contain_text("10\u00a0h\u00a040")
    story.page.mouse.up()
    expect(story.page.get_by_role("status").filter(has_text="déplacé au")).to_be_visible()
    assert Appointment.objects.get(identifier=cast.LEA_TUESDAY).start == at(10, 40)


def test_a_drag_given_up_changes_nothing_and_the_next_click_is_a_click(story: Story) -> None:
    story.given_mme_petit_is_at(TUESDAY)
    lea = cell(story, "Fontaine")
    lea.scroll_into_view_if_needed()
    box = lea.bounding_box()
    assert box is not None
    x, y = box["x"] + 30, box["y"] + 8
    story.page.mouse.move(x, y)
    story.page.mouse.down()
    story.page.mouse.move(x + 5, y + 12, steps=4)
    expect(story.page.locator(".possible").first).to_be_visible()
    story.when_keys("Escape")
    expect(story.page.locator(".ghost, .possible")).to_have_count(0)
    story.page.mouse.up()
    cell(story, "Fontaine").locator("a").click()
    expect(story.page.get_by_role("heading", name="Fontaine Léa")).to_be_visible()
    assert Appointment.objects.get(identifier=cast.LEA_TUESDAY).start == at(10)


def test_a_key_held_down_moves_once(story: Story) -> None:
    story.given_mme_petit_is_at(TUESDAY)
    story.page.locator("#grid a", has_text="Fontaine").focus()
    story.when_keys("m")
    expect(story.page.locator(".possible.on")).to_be_visible()
    for _ in range(5):
        story.page.keyboard.down("Enter")
    expect(story.page.get_by_role("status").filter(has_text="déplacé au")).to_be_visible()
    assert ledger.kinds().count("reschedule_appointment") == 1
    story.when_keys("z")
    expect(story.page.get_by_role("status").filter(has_text="comme avant")).to_be_visible()
    assert Appointment.objects.get(identifier=cast.LEA_TUESDAY).start == at(10)


def test_of_two_appointments_the_last_one_chosen_is_shown(story: Story) -> None:
    story.given_mme_petit_is_at(TUESDAY)
    booked = list(Appointment.objects.filter(status="booked").order_by("pk"))
    slow, quick = booked[0], Appointment.objects.get(identifier=cast.LEA_TUESDAY)
    held: list[Route] = []
    story.page.route(f"**/rendez-vous/{slow.identifier}/", lambda route: held.append(route))
    story.page.evaluate(
        "(href) => { const a = Object.assign(document.createElement('a'), { href, id: 'slow' }); a.dataset.panel = '';"
        " document.querySelector('main').append(a); }",
        f"/agenda/rendez-vous/{slow.identifier}/",
    )
    story.page.locator("#slow").dispatch_event("click")
    story.page.locator(f"#rdv-{quick.pk}").click()
    expect(story.page.get_by_role("heading", name="Fontaine Léa")).to_be_visible()
    with story.page.expect_response(f"**/rendez-vous/{slow.identifier}/"):
        held[0].continue_()
    expect(story.page.get_by_role("heading", name="Fontaine Léa")).to_be_visible()
    story.page.wait_for_timeout(200)  # the late answer has been read
    expect(story.page.get_by_role("heading", name="Fontaine Léa")).to_be_visible()


def test_an_arrival_is_noted_and_taken_back(thursday: Story) -> None:
    thursday.given_mme_petit_is_at("/agenda/")
    thursday.when_keys("ArrowDown", "Enter")
    expect(thursday.page.get_by_role("heading", name="Roche Bernard")).to_be_focused()
    thursday.then_everyone_can_use_it()
    thursday.page.set_viewport_size({"width": 1440, "height": 900})
    thursday.when_keys("a")
    expect(cell(thursday, "Roche")).to_contain_text("arrivé")
    assert roche().status == "arrived"
    thursday.when_keys("z")
    expect(cell(thursday, "Roche")).not_to_contain_text("arrivé")
    assert roche().status == "booked"


def test_the_panel_closes_where_one_was(story: Story) -> None:
    story.given_mme_petit_is_at(THURSDAY)
    story.when_keys("ArrowDown", "Enter")
    expect(story.page.get_by_role("heading", name="Roche Bernard")).to_be_visible()
    story.when_keys("Escape")
    expect(story.page.get_by_role("heading", name="Liste d’attente")).to_be_visible()
    expect(story.page.locator(f"#rdv-{roche().pk}")).to_be_focused()


def test_news_draw_the_grid_again_under_the_same_focus(story: Story) -> None:
    story.given_mme_petit_is_at(THURSDAY)
    link = story.page.locator(f"#rdv-{roche().pk}")
    link.focus()
    Appointment.objects.filter(pk=roche().pk).update(confirmed=True)
    story.page.evaluate("document.body.dispatchEvent(new Event('news'))")
    expect(cell(story, "Roche")).to_contain_text("Consultation, confirmé")
    expect(link).to_be_focused()


def test_the_week_and_the_arrows_across_its_days(story: Story) -> None:
    story.given_mme_petit_is_at("/agenda/semaine/?soignant=amar")
    story.then_it_reads("semaine du 16\u00a0mars")
    story.page.locator("#grid a", has_text="Fontaine").focus()
    story.when_keys("ArrowRight", "ArrowRight", "ArrowUp")
    expect(story.page.locator(f"#rdv-{roche().pk}")).to_be_focused()
    story.then_everyone_can_use_it()


def test_the_day_on_a_small_screen(story: Story) -> None:
    story.page.set_viewport_size({"width": 360, "height": 780})
    story.given_mme_petit_is_at(TUESDAY)
    cell(story, "Fontaine").get_by_role("link").click()
    story.page.wait_for_url(lambda url: "rendez-vous" in url)
    story.then_it_reads("Ce qui s’est passé")
    story.then_everyone_can_use_it()
    story.page.goto(story.address + TUESDAY)
    story.then_everyone_can_use_it()


def test_booking_without_any_script(plain: Story) -> None:
    cast.petit()
    plain.given_mme_petit_is_at("/agenda/nouveau/")
    plain.page.get_by_label("Trois lettres du nom").fill("roc")
    plain.when_keys("Enter")
    plain.when_they_press("Roche Bernard")
    plain.when_they_press("lundi 16\u00a0mars à 9\u00a0h\u00a020")
    plain.then_it_reads("Roche")
    assert Appointment.objects.filter(start=at(9, 20, day=16)).exists()
