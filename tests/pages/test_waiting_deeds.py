"""What people decide on the waiting list: priority, who is asked for a freed place; and what the pages tell of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from releve.agenda.waiting_list import standing
from releve.core.acts import CancelAppointment
from releve.core.facts import Directory
from releve.core.waiting import ExpireOffer, StandBy
from releve.desk.waiting_queries import in_rank
from releve.intake.actions import fire_due, staff_act
from releve.post.models import Timer
from releve.practice import queries
from releve.practice.models import (
    Allocation,
    Appointment,
    HealthcareService,
    Offer,
    Organization,
    Patient,
    Practitioner,
    WaitingListEntry,
)
from tests import cast
from tests.pages import crowd
from tests.pages.support import post

LIST = "/liste-attente/"


def shown(desk: Client, address: str = LIST) -> str:
    return desk.get(address).content.decode().replace("\u00a0", " ")


def joined(practice: Organization, who: str = cast.MOTHER, **more: Any) -> WaitingListEntry:
    values = {"joined_at": cast.NOW - timedelta(days=3), "identifier": f"w-{who}"} | more
    return WaitingListEntry.objects.create(
        organization=practice, patient=Patient.objects.get(identifier=who),
        service=HealthcareService.objects.get(identifier=cast.CONSULTATION), **values,
    )  # fmt: skip


@pytest.fixture
def offered(desk: Client, practice: Organization, clock: Any) -> Client:
    """M. Roche has cancelled; Mme Fontaine is asked, Léa waits behind her."""
    joined(practice)
    joined(practice, cast.LEA, joined_at=cast.NOW - timedelta(days=1))
    _freed(practice)
    return desk


def _freed(practice: Organization) -> None:
    row = Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)
    act = CancelAppointment(appointment=row.pk, patient=row.patient_id)
    staff_act(act, organization=practice, user=None, now=cast.NOW - timedelta(minutes=9), external_id="freed")
    fire_due(practice, cast.NOW)


def address(act: str) -> str:
    """Of a freed place, as the page writes it."""
    offer = Offer.objects.order_by("id")[0]
    key = "20260319T0840Z/20260319T0900Z"
    return f"{LIST}places/{offer.practitioner_id}/{key}/{act}/"


# --- rank and reasons -----------------------------------------------------------------------------------------------
def test_the_rank_is_told_with_its_reasons(desk: Client, practice: Organization) -> None:
    joined(practice, windows=[["2026-03-17T00:00", "2026-03-17T12:00"]])
    joined(practice, cast.ROCHE, priority=2, priority_why="douleur")
    page = shown(desk)
    assert page.index("Roche") < page.index("Fontaine")
    assert "en premier (douleur), attend depuis 3 jours" in page
    assert "a nommé un moment, attend depuis 3 jours" in page
    joined(practice, cast.LEA, joined_at=cast.NOW)
    assert "attend depuis aujourd’hui" in shown(desk)


ENTRIES = st.lists(
    st.tuples(
        st.integers(0, 2), st.booleans(), st.booleans(), st.one_of(st.none(), st.integers(0, 3)), st.integers(0, 2)
    ),
    min_size=2, max_size=7,
)  # fmt: skip


@pytest.mark.django_db
@given(ENTRIES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_page_orders_as_the_list_does(practice: Organization, entries: list[Any]) -> None:
    WaitingListEntry.objects.all().delete()
    amar = Practitioner.objects.get(identifier=cast.AMAR)
    for n, (priority, named, wished, days, missed) in enumerate(entries):
        joined(
            practice, identifier=f"w{n}", priority=priority, missed=missed, practitioner=amar if named else None,
            windows=[["2026-03-17T00:00", "2026-03-18T00:00"]] if wished else [],
            joined_at=None if days is None else cast.NOW - timedelta(days=days),
        )  # fmt: skip
    rows = list(in_rank(WaitingListEntry.objects.select_related("service", "appointment")))
    known = Directory(practice, {}, {}, {})
    order = [standing(queries.waits(row, known, cast.PARIS)) for row in rows]
    assert order == sorted(order)


# --- priority -------------------------------------------------------------------------------------------------------
def test_a_priority_needs_a_reason_and_can_be_taken_back(desk: Client, practice: Organization) -> None:
    row = joined(practice)
    here = f"{LIST}{row.identifier}/"
    assert "Écrivez la raison" in post(desk, here, priority="2")
    page = post(desk, here, priority="2", reason="douleur depuis un mois")
    assert "Priorité : en premier, douleur depuis un mois" in page.replace("\u00a0", " ")
    post(desk, f"{here}priorite/annuler/")
    row.refresh_from_db()
    assert (row.priority, row.priority_why) == (0, "")


def test_the_history_of_an_entry_comes_from_the_ledger(offered: Client) -> None:
    row = WaitingListEntry.objects.get(patient__identifier=cast.MOTHER)
    page = shown(offered, f"{LIST}{row.identifier}/")
    assert "Place libérée proposée" in page
    assert "règle fixe" in page
    assert "attend la réponse" in page


def test_an_entry_that_is_gone_says_so(desk: Client, practice: Organization) -> None:
    row = joined(practice, status="removed", left_at=cast.NOW, left_why="a déménagé")
    page = shown(desk, f"{LIST}{row.identifier}/")
    assert "A déménagé" in page
    assert 'name="priority"' not in page


# --- freed places ---------------------------------------------------------------------------------------------------
def test_a_freed_place_says_who_is_asked_until_when_and_who_is_next(offered: Client) -> None:
    page = shown(offered).split("Places libérées")[1]
    assert page.index("jeudi 19 mars à 9 h 40") < page.index("Proposée à") < page.index("Claire Fontaine")
    assert "Ensuite : <bdi>Léa Fontaine</bdi> (attend depuis 1 jour)" in page


def test_a_place_that_will_be_offered_says_when_and_to_whom(desk: Client, practice: Organization) -> None:
    joined(practice)
    row = Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)
    act = CancelAppointment(appointment=row.pk, patient=row.patient_id)
    staff_act(act, organization=practice, user=None, now=cast.NOW, external_id="freed")
    page = shown(desk)
    assert "Proposition prévue lundi 16 mars à 9 h 05, à" in page and "<bdi>Claire Fontaine</bdi>" in page


def test_a_place_that_suits_nobody_is_free_for_all_and_nothing_else(desk: Client, practice: Organization) -> None:
    joined(practice, windows=[["2026-03-17T00:00", "2026-03-17T12:00"]])
    row = Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)
    act = CancelAppointment(appointment=row.pk, patient=row.patient_id)
    staff_act(act, organization=practice, user=None, now=cast.NOW, external_id="freed")
    page = shown(desk).split("Places libérées")[1].split("Dans l’ordre")[0]
    assert "Libre pour tous" in page
    assert "Proposition prévue" not in page and "Arrêter" not in page


def test_a_place_that_is_taken_again_is_no_freed_place(desk: Client, practice: Organization) -> None:
    joined(practice, cast.LEA)
    row = Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)
    act = CancelAppointment(appointment=row.pk, patient=row.patient_id)
    staff_act(act, organization=practice, user=None, now=cast.NOW, external_id="freed")
    assert "Places libérées" in shown(desk)
    place = f"amar|{row.start.isoformat()}"
    post(desk, "/agenda/nouveau/", patient=cast.MOTHER, service=cast.CONSULTATION, place=place)
    assert "Places libérées" not in shown(desk)


# --- appointments that cannot take place ----------------------------------------------------------------------------
def test_whose_appointment_cannot_take_place_is_counted_apart(desk: Client, practice: Organization) -> None:
    lea = Appointment.objects.get(identifier=cast.LEA_TUESDAY)
    joined(practice, cast.LEA, identifier="w-lea", cause="absence", priority=2, appointment=lea)
    page = shown(desk)
    assert "<h1>Personne n’attend de place</h1>" in page and "À part : un rendez-vous à replacer" in page
    joined(practice)
    page = shown(desk)
    assert "<h1>Une personne attend une place</h1>" in page
    assert "Léa" not in page.split('class="waiters"')[1].split("</ol>")[0]
    apart = page.split('id="h-displaced"')[1]
    assert "Fontaine Léa" in apart and "mardi 17 mars à 10 h" in apart and "à appeler" in apart


def test_passing_on_and_stopping(offered: Client, practice: Organization) -> None:
    assert "La place passe à la personne suivante" in post(offered, address("suivant"))
    fire_due(practice, cast.NOW)
    rows = Offer.objects.order_by("id").values_list("entry__patient__identifier", "status")
    assert list(rows) == [(cast.MOTHER, "withdrawn"), (cast.LEA, "open")]
    page = post(offered, address("arreter"))
    assert "libre pour tous" in page
    assert not Allocation.objects.exclude(hold="").exists()
    assert f'action="{address("reprendre")}"' in page
    assert "de nouveau proposée" in post(offered, address("reprendre"))


def test_addresses_that_nobody_made_change_nothing(offered: Client) -> None:
    who = Offer.objects.get().practitioner_id
    for act in ("suivant", "arreter", "reprendre"):
        post(offered, f"{LIST}places/{who}/demain/hier/{act}/")
    assert Offer.objects.get().status == "open"


def test_many_freed_places_are_few_queries(
    offered: Client, practice: Organization, django_assert_max_num_queries: Any
) -> None:
    crowd.waiting(crowd.patients(practice))
    lea = Appointment.objects.get(identifier=cast.LEA_TUESDAY)
    joined(practice, cast.LEA, identifier="w-away", cause="absence", appointment=lea)
    act = CancelAppointment(appointment=lea.pk, patient=lea.patient_id)
    staff_act(act, organization=practice, user=None, now=cast.NOW, external_id="freed too")
    page = shown(offered)
    assert "Proposée à" in page and "Proposition prévue" in page
    with django_assert_max_num_queries(12):
        shown(offered)


# --- fairness -------------------------------------------------------------------------------------------------------
def test_too_little_data_is_said_plainly(desk: Client, practice: Organization) -> None:
    joined(practice)
    page = shown(desk, f"{LIST}equite/")
    assert page.lower().count("trop peu") == 1, "once, at the head of the page"
    assert '<svg class="chart"' not in page
    assert "Une personne d’un groupe trop petit n’est pas montrée" in page


def test_a_gap_is_told_with_its_interval(
    desk: Client, practice: Organization, django_assert_max_num_queries: Any
) -> None:
    crowd.waiting(crowd.patients(practice))
    Patient.objects.filter(waitinglistentry__isnull=False).update(sex="M")
    women = Patient.objects.filter(waitinglistentry__isnull=False).order_by("pk").values_list("pk")[:200]
    Patient.objects.filter(pk__in=[pk for (pk,) in women]).update(sex="F")
    _offer_to(practice, WaitingListEntry.objects.filter(patient__sex="F")[:60])
    page = shown(desk, f"{LIST}equite/")
    assert "Écart de 30 points entre « femmes » et « hommes » (intervalle à 95 % : de 24 à 37 points)" in page
    assert "Le hasard seul ne l’explique pas" in page
    with django_assert_max_num_queries(12):
        shown(desk, f"{LIST}equite/")


def test_a_wide_interval_is_told_once(desk: Client, practice: Organization) -> None:
    crowd.waiting(crowd.patients(practice)[:24])
    keys = list(Patient.objects.filter(waitinglistentry__isnull=False).order_by("pk").values_list("pk", flat=True))
    Patient.objects.filter(pk__in=keys).update(sex="M")
    Patient.objects.filter(pk__in=keys[:12]).update(sex="F")
    part = shown(desk, f"{LIST}equite/").split('id="h-sex"')[1].split("</section>")[0]
    assert part.count("rop peu de données") == 1 and "L’intervalle est trop large pour conclure." in part


def _offer_to(practice: Organization, entries: Any) -> None:
    amar = Practitioner.objects.get(identifier=cast.AMAR)
    for row in entries:
        Offer.objects.create(
            organization=practice, entry=row, practitioner=amar, service=row.service, start=cast.NOW,
            freed_start=cast.NOW, freed_end=cast.NOW, expires_at=cast.NOW, status="declined",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("00010101T0000Z", "00010101T0010Z"), ("99991231T2300Z", "99991231T2359Z"),
        ("20260319T0800Z", "99991231T2359Z"), ("20260316T0700Z", "20260316T0720Z"),
    ],
)  # fmt: skip
def test_a_place_of_nobodys_agenda_is_not_offered_again(desk: Client, start: str, end: str) -> None:
    who = Practitioner.objects.get(identifier=cast.AMAR).pk
    assert "Rien n’a été changé" in post(desk, f"{LIST}places/{who}/{start}/{end}/reprendre/")
    assert not Timer.objects.filter(act="offer_freed_place").exists()


def test_a_round_asks_each_contact_once(desk: Client, practice: Organization) -> None:
    """A mother and her child wait, and have one telephone: the place of this morning is offered to one of them."""
    for who, days in ((cast.MOTHER, 3), (cast.LEA, 2), (cast.ROCHE, 1)):
        joined(practice, who, joined_at=cast.NOW - timedelta(days=days))
    place = "amar|2026-03-16T11:40:00+01:00"
    post(desk, "/agenda/nouveau/", patient=cast.ROCHE, service=cast.CONSULTATION, place=place)
    row = Appointment.objects.get(start=cast.NOW.replace(hour=11, minute=40))
    act = CancelAppointment(appointment=row.pk, patient=row.patient_id)
    staff_act(act, organization=practice, user=None, now=cast.NOW - timedelta(minutes=9), external_id="freed")
    fire_due(practice, cast.NOW)
    fire_due(practice, cast.NOW)
    asked = Offer.objects.order_by("id").values_list("entry__patient__identifier", "round")
    assert list(asked) == [(cast.MOTHER, 1), (cast.ROCHE, 1)]


def test_who_said_yes_after_their_turn_comes_next(offered: Client, practice: Organization) -> None:
    joined(practice, cast.ROCHE, identifier="w-roche")
    first = Offer.objects.get()
    staff_act(ExpireOffer(offer=first.pk), organization=practice, user=None, now=cast.NOW, external_id="late")
    fire_due(practice, cast.NOW + timedelta(minutes=6))
    staff_act(
        StandBy(offer=first.pk, start=first.start), organization=practice, user=None,
        now=cast.NOW + timedelta(minutes=7), external_id="yes",
    )  # fmt: skip
    assert "Claire Fontaine</bdi> (oui après son tour)" in shown(offered)
