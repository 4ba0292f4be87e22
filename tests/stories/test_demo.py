"""The switch of the simulated patients, in the header of a demonstration."""

from typing import Any

import pytest
from playwright.sync_api import expect

from releve.demo.models import Simulation
from tests.stories.conftest import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def demonstration(story: Story, settings: Any) -> Story:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"demonstration": True})
    now = story.clock.moment
    Simulation.objects.create(organization=story.practice, loaded_at=now, until=now.replace(hour=12))
    return story


def test_a_visitor_pauses_the_simulated_patients(demonstration: Story) -> None:
    story = demonstration
    story.given_mme_petit_is_at("/conversations/")
    switch = story.page.get_by_label("Patients simulés")
    switch.press("Enter")
    expect(story.page.get_by_text("ils s’arrêtent seuls à 12 h")).to_be_visible()
    story.then_everyone_can_use_it()
    story.page.get_by_role("button", name="Pause").press("Enter")
    expect(story.page.get_by_label("Patients simulés\u00a0: en pause")).to_be_visible()
    assert story.page.url.endswith("/conversations/")
    assert Simulation.objects.get().speed == "paused"


def test_elsewhere_there_is_no_switch(story: Story) -> None:
    story.given_mme_petit_is_at("/conversations/")
    expect(story.page.get_by_label("Patients simulés")).to_have_count(0)
