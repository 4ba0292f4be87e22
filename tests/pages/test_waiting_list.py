"""The waiting list: order and its reasons, joining, leaving, offering a place by hand."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from releve.post.models import Outgoing
from releve.practice import actions
from releve.practice.models import Allocation, Offer, Organization, Patient, Schedule, WaitingListEntry
from tests import cast
from tests.pages import crowd
from tests.pages.support import post

LIST = "/liste-attente/"


def shown(desk: Client, address: str = LIST) -> str:
    return desk.get(address).content.decode().replace("\u00a0", " ")


def join(desk: Client, who: str = cast.ROCHE, **more: str) -> str:
    return post(desk, f"{LIST}nouveau/", **{"patient": who, "service": cast.CONSULTATION, **more}).replace(
        "\u00a0", " "
    )


def entry() -> WaitingListEntry:
    return WaitingListEntry.objects.get()


def address(act: str) -> str:
    return f"{LIST}{entry().identifier}/{act}/"


def test_an_empty_list_says_what_will_be_here(desk: Client) -> None:
    assert "Personne n’attend de place" in shown(desk)


# --- joining --------------------------------------------------------------------------------------------------------
def test_joining(desk: Client) -> None:
    join(desk, practitioner=cast.AMAR, moment="morning", day="1", until="2026-04-30", replaces=cast.ROCHE_THURSDAY)
    page = shown(desk)
    for words in ("Roche", "Dr Amar", "depuis aujourd’hui", "Les mardis, le matin, du 17 mars au 28 avril"):
        assert words in page
    assert "Remplacerait son rendez-vous du jeudi 19 mars à 9 h 40" in page
    assert (entry().joined_at, len(entry().windows)) == (cast.NOW, 7)


def test_joining_while_places_are_free_shows_them_at_once(desk: Client) -> None:
    page = join(desk, practitioner=cast.AMAR)
    assert "Des places libres conviennent déjà" in page
    assert "Les prochaines places qui conviennent" in page


def test_joining_a_full_agenda_leads_back_to_the_list(desk: Client) -> None:
    Schedule.objects.update(rules=[])
    assert "Inscription faite." in join(desk, practitioner=cast.AMAR)


def test_any_time_has_no_window(desk: Client) -> None:
    assert "N’importe quand" in join(desk)
    assert entry().windows == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"service": ""}, "Choisissez un type"),
        ({"practitioner": cast.DIALLO}, "ne fait pas ce type"),
    ],
)
def test_what_makes_no_sense_inscribes_nobody(desk: Client, more: dict[str, str], words: str) -> None:
    assert words in join(desk, **more)
    assert not WaitingListEntry.objects.exists()


def test_the_same_wish_twice_is_told(desk: Client) -> None:
    join(desk)
    assert "Déjà sur la liste" in join(desk)
    assert WaitingListEntry.objects.count() == 1


def test_nobody_named_leads_to_the_search(desk: Client) -> None:
    assert desk.get(f"{LIST}nouveau/").headers["Location"] == "/patients/"


# --- leaving --------------------------------------------------------------------------------------------------------
def test_leaving_needs_a_reason_and_can_be_undone(desk: Client) -> None:
    join(desk)
    assert "Choisissez ou écrivez une raison" in post(desk, address("retirer"))
    page = post(desk, address("retirer"), reason="a trouvé ailleurs")
    assert (entry().status, entry().left_why, entry().left_at) == ("removed", "a trouvé ailleurs", cast.NOW)
    assert f'action="{address("remettre")}"' in page
    assert "au même rang" in post(desk, address("remettre"))
    assert (entry().status, entry().left_at) == ("waiting", None)


def test_leaving_twice_changes_nothing(desk: Client) -> None:
    join(desk)
    post(desk, address("retirer"), reason="a trouvé ailleurs")
    assert "n’est plus sur la liste" in post(desk, address("retirer"), other="encore")
    assert entry().left_why == "a trouvé ailleurs"


def test_their_history_says_why(desk: Client) -> None:
    join(desk)
    post(desk, address("retirer"), other="a déménagé")
    page = shown(desk, "/patients/roche/")
    assert "Retrait de la liste d’attente : a déménagé" in page
    assert "Inscription sur la liste d’attente" in page


# --- offering by hand -----------------------------------------------------------------------------------------------
def first_place(desk: Client) -> str:
    page = desk.get(address("proposer")).content.decode()
    return page.split('name="place" value="')[1].split('"')[0]


def test_a_place_is_offered_and_held(desk: Client) -> None:
    join(desk)
    post(desk, address("proposer"), place=first_place(desk))
    offer = Offer.objects.get(entry=entry())
    assert offer.status == "open"
    assert Allocation.objects.filter(hold=actions.offer_hold(offer)).count() == 1
    assert Outgoing.objects.get(purpose="offer").address == cast.ROCHE_PHONE
    page = shown(desk)
    assert "Place proposée" in page
    assert "Proposer une place" not in page


def test_only_places_that_suit_are_shown(desk: Client) -> None:
    join(desk, day="1", moment="afternoon")
    page = shown(desk, address("proposer"))
    assert "mardi 17 mars à 14 h" in page
    assert "lundi" not in page.split("<form")[-1]


def test_who_waits_longer_is_counted(desk: Client) -> None:
    join(desk, cast.LEA)
    join(desk)
    last = WaitingListEntry.objects.order_by("-pk").first()
    assert last is not None
    assert "convient aussi à 1 personne placée avant" in shown(desk, f"{LIST}{last.identifier}/proposer/")


def test_one_offer_at_a_time(desk: Client) -> None:
    join(desk)
    place = first_place(desk)
    post(desk, address("proposer"), place=place)
    assert "n’est plus libre" in post(desk, address("proposer"), place=place)
    page = desk.get(address("proposer")).content.decode()
    assert "déjà proposée" in page


def test_stop_is_kept(desk: Client, practice: Organization) -> None:
    join(desk)
    actions.opt_out(organization=practice, channel="sms", address=cast.ROCHE_PHONE, now=cast.NOW)
    assert "rien n’est parti" in post(desk, address("proposer"), place=first_place(desk))
    assert not Offer.objects.exists()


def test_a_removed_entry_gives_its_place_back(desk: Client) -> None:
    join(desk)
    post(desk, address("proposer"), place=first_place(desk))
    post(desk, address("retirer"), reason="ne répond pas")
    assert Offer.objects.get().status == "withdrawn"
    assert not Allocation.objects.exclude(hold="").exists()


# --- a long list ----------------------------------------------------------------------------------------------------
def test_four_hundred_wait(desk: Client, practice: Organization, django_assert_max_num_queries: Any) -> None:
    crowd.waiting(crowd.patients(practice))
    shown(desk)
    with django_assert_max_num_queries(12):
        page = shown(desk)
    assert "400 personnes attendent une place" in page
    assert page.count('class="rank"') == 40
    assert 'start="41"' in shown(desk, f"{LIST}?page=2")
    last = WaitingListEntry.objects.order_by("-joined_at")[0]
    with django_assert_max_num_queries(12):
        assert "convient aussi à 399 personnes placées avant" in shown(desk, f"{LIST}{last.identifier}/proposer/")


def test_who_was_served_and_how_long_they_waited(desk: Client, practice: Organization) -> None:
    crowd.waiting([Patient.objects.get(identifier=cast.ROCHE)])
    WaitingListEntry.objects.update(status="booked", left_at=cast.NOW, joined_at=cast.NOW - timedelta(days=6))
    page = shown(desk)
    assert "après 6 jours" in page
    assert "Attente habituelle : 6 jours" in page
