"""Browser stories: a live server, Debian's chromium, and a check by axe at the end of each.

Given, when and then are methods of `Story`; a story reads as what people do.
"""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from releve.practice.models import Organization, Task
from tests import cast
from tests.pages.support import written

CHROMIUM = shutil.which("chromium")
WIDTHS = (360, 1440)
SCHEMES = ("light", "dark")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "stories" not in str(item.path):
            continue
        item.add_marker(pytest.mark.browser)
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="no chromium on this machine: apt-get install chromium"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Playwright keeps an event loop running in this thread, which Django takes for asynchronous code."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Story:
    """One person's browser in front of the small practice."""

    def __init__(self, browser: Browser, address: str, practice: Organization, clock: Any, **options: Any) -> None:
        self.context = browser.new_context(**{"locale": "fr-FR", "timezone_id": "Europe/Paris", **options})
        self.page: Page = self.context.new_page()
        self.address, self.practice, self.clock = address, practice, clock
        self.refused: list[str] = []
        self.strokes = 0
        self.page.on("console", lambda said: self.refused.append(said.text) if said.type == "error" else None)
        self.page.set_default_timeout(10_000)
        expect.set_options(timeout=10_000)

    # given
    def given_someone_wrote(self, text: str) -> Task:
        return written(self.practice, text).tasks.get()

    def given_mme_petit_is_at(self, place: str) -> None:
        self._signed_in("petit", place)

    def given_dr_amar_is_at(self, place: str) -> None:
        self._signed_in("amar", place)

    def _signed_in(self, name: str, place: str) -> None:
        self.page.goto(self.address + place)
        self.page.get_by_label("Nom", exact=True).fill(name)
        self.page.get_by_label("Mot de passe").fill(cast.PASSWORD)
        self.page.get_by_role("button", name="Se connecter").click()
        self.page.wait_for_url(lambda url: "/connexion/" not in url)

    def given_a_visitor(self) -> None:
        self.page.goto(self.address + "/")

    # when
    def when_the_visitor_says(self, text: str) -> None:
        self.page.get_by_label("Votre message").fill(text)
        self.page.get_by_role("button", name="Envoyer").click()
        expect(self.page.locator(".msg.mine .body").last).to_have_text(text)

    def when_they_press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()

    def when_keys(self, *keys: str) -> None:
        """Keys one by one, counted: typed words are not."""
        for key in keys:
            self.strokes += 1
            self.page.keyboard.press(key)

    def when_typing(self, words: str) -> None:
        self.page.keyboard.type(words)

    def when_the_network_is(self, *, gone: bool) -> None:
        self.context.set_offline(gone)

    def when_time_passes(self, seconds: int) -> None:
        self.clock.moment += timedelta(seconds=seconds)

    # then
    def then_it_reads(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def then_it_took(self, most: int) -> None:
        assert self.strokes <= most, f"{self.strokes} keystrokes"

    def then_everyone_can_use_it(self, widths: tuple[int, ...] = WIDTHS) -> None:
        """No violation of axe, no sideways scrolling, no refused script or style; two widths, two themes."""
        for width in widths:
            for scheme in SCHEMES:
                self._check(width, scheme)
        assert self.refused == []

    def _check(self, width: int, scheme: Any) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(self.page)
        assert found.violations_count == 0, f"{width} {scheme}\n{found.generate_report()}"
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{wide} px wide at {width} px"


@pytest.fixture
def story(browser: Browser, live_server: Any, settings: Any) -> Iterator[Story]:
    settings.CLOCK = cast.clock()
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    practice = cast.practice()
    cast.petit()
    cast.amar()
    told = Story(browser, live_server.url, practice, settings.CLOCK)
    yield told
    told.context.close()


@pytest.fixture
def plain(browser: Browser, live_server: Any, settings: Any) -> Iterator[Story]:
    """The same without JavaScript."""
    settings.CLOCK = cast.clock()
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    told = Story(browser, live_server.url, cast.practice(), settings.CLOCK, java_script_enabled=False)
    yield told
    told.context.close()
