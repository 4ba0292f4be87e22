"""At the desk: a freed place, who is asked for it and why, and what a person changes about it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from releve.core.acts import CancelAppointment
from releve.intake.actions import fire_due, staff_act
from releve.practice.models import Appointment, HealthcareService, Offer, Patient, WaitingListEntry
from tests import cast
from tests.stories.conftest import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALL_WIDTHS = (360, 768, 1440)


def given_a_freed_place(story: Story) -> None:
    """Mme Fontaine is asked for M. Roche's place; Léa waits behind her."""
    for days, who in ((3, cast.MOTHER), (1, cast.LEA)):
        WaitingListEntry.objects.create(
            organization=story.practice, identifier=f"w-{who}", patient=Patient.objects.get(identifier=who),
            service=HealthcareService.objects.get(identifier=cast.CONSULTATION),
            joined_at=cast.NOW - timedelta(days=days),
        )  # fmt: skip
    row = Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)
    act = CancelAppointment(appointment=row.pk, patient=row.patient_id)
    staff_act(act, organization=story.practice, user=None, now=cast.NOW - timedelta(minutes=9), external_id="freed")
    fire_due(story.practice, cast.NOW)


def test_a_secretary_reads_who_is_asked_passes_on_stops_and_takes_it_back(story: Story) -> None:
    given_a_freed_place(story)
    story.given_mme_petit_is_at("/liste-attente/")
    story.then_it_reads("Proposée à")
    story.then_it_reads("Ensuite")
    story.then_everyone_can_use_it(ALL_WIDTHS)
    story.when_they_press("Proposer au suivant")
    story.then_it_reads("Proposition prévue")
    story.when_they_press("Arrêter les propositions")
    expect(story.page.locator("main")).not_to_contain_text("Places libérées")
    story.when_keys("z")
    story.then_it_reads("Proposition prévue")
    assert Offer.objects.get().status == "withdrawn"


def test_a_secretary_gives_a_priority_with_a_reason_and_takes_it_back(story: Story) -> None:
    given_a_freed_place(story)
    story.given_mme_petit_is_at("/liste-attente/")
    story.page.get_by_role("link", name="Priorité Léa Fontaine").click()
    story.page.get_by_label("En premier").check()
    story.when_they_press("Enregistrer")
    story.then_it_reads("Écrivez la raison")
    story.refused.clear()  # the browser reports a 422 as an error
    story.page.get_by_label("En premier").check()
    story.page.get_by_label("Raison").fill("douleur depuis un mois")
    story.when_they_press("Enregistrer")
    story.then_it_reads("En premier (douleur depuis un mois)")
    story.then_it_reads("Priorité : en premier, douleur depuis un mois")
    story.then_everyone_can_use_it(ALL_WIDTHS)
    story.when_keys("z")
    expect(story.page.get_by_label("À son tour")).to_be_checked()
    assert WaitingListEntry.objects.get(patient__identifier=cast.LEA).priority == 0
