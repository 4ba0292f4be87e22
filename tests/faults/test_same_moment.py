"""Two people decide at the same moment: on PostgreSQL, where both may write, the second sees what the first did."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from time import sleep
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from releve.core.act import Identity
from releve.core.acts import Act, BookAppointment
from releve.core.away import ProposeMove
from releve.core.messages import Evidence, Outcome, Proposal
from releve.core.waiting import OfferPlace, PassOffersOn
from releve.guarantee import gate
from releve.practice.models import Appointment, HealthcareService, Offer, Organization, Patient, WaitingListEntry
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)
A_WHILE = 0.5  # seconds that the first holds its locks, so that the second meets them


@pytest.fixture
def here(db: None) -> Iterator[Organization]:
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite every writer is alone")
    yield cast.practice()


def acted(practice: Organization, act: Act, agent: str) -> Outcome:
    identity = Identity.STAFF if agent == "staff" else Identity.REPLY
    proposal = Proposal(act, agent, (Evidence("rule", act.kind),), identity)
    return gate.submit([proposal], event=uuid4(), organization=practice, now=cast.NOW)[0]


def at_once(practice: Organization, first: tuple[Act, str], second: tuple[Act, str]) -> tuple[Outcome, Outcome]:
    """The second begins while the first has done everything but end."""
    under_way = Event()

    def one() -> Outcome:
        try:
            with transaction.atomic():
                outcome = acted(practice, *first)
                under_way.set()
                sleep(A_WHILE)
            return outcome
        finally:
            under_way.set()
            connections.close_all()

    def other() -> Outcome:
        try:
            under_way.wait()
            with transaction.atomic():
                return acted(practice, *second)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(one), pool.submit(other)]
        return both[0].result(), both[1].result()


def test_a_patient_is_proposed_one_other_date(here: Organization) -> None:
    old = Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)
    acts = [
        ProposeMove(appointment=old.pk, practitioner=old.practitioner_id, start=old.start + timedelta(days=days))
        for days in (1, 4)
    ]
    outcomes = at_once(here, (acts[0], "staff"), (acts[1], "staff"))
    assert [(o.status, o.why) for o in outcomes] == [("done", ""), ("refused", "already_offered")]
    assert Offer.objects.count() == WaitingListEntry.objects.count() == 1


def test_a_yes_is_not_passed_on(here: Organization) -> None:
    visit = HealthcareService.objects.get(identifier=cast.CONSULTATION)
    mother = Patient.objects.get(identifier=cast.MOTHER)
    entry = WaitingListEntry.objects.create(
        organization=here, identifier="w", patient=mother, service=visit, joined_at=cast.NOW
    )
    who, start = visit.practitioners.get().pk, cast.NOW.replace(minute=20) + timedelta(days=2)
    assert acted(here, OfferPlace(entry=entry.pk, practitioner=who, start=start), "staff").done
    offer = Offer.objects.get()
    yes = BookAppointment(practitioner=who, service=visit.pk, start=start, patient=mother.pk, offer=offer.pk)
    outcomes = at_once(here, (yes, "waiting"), (PassOffersOn(offer=offer.pk), "staff"))
    assert [(o.status, o.why) for o in outcomes] == [("done", ""), ("refused", "offer_gone")]
    assert Offer.objects.get().status == "accepted"
