"""`/agenda/serie/`: several visits in one go, and what is left of a series."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from releve.ledger import queries as ledger
from releve.post.models import Outgoing
from releve.practice.models import Appointment, Consent, Organization, Patient
from tests import cast
from tests.pages.support import post

SERIES = "/agenda/serie/"
ASK = {"patient": cast.ROCHE, "service": cast.CONSULTATION, "soignant": cast.AMAR}
WEEKLY = {"nombre": "4", "du": "2026-03-24", "heure": "10:00", "tous": "1", "unite": "semaines"}


def keys(page: str, name: str = "place") -> list[str]:
    return re.findall(rf'name="{name}[^"]*" value="([^"]+)"', page)


def shown(desk: Client, **said: Any) -> str:
    return desk.get(SERIES, {**ASK, **WEEKLY, **said}).content.decode()


def booked(desk: Client, **said: Any) -> list[Appointment]:
    desk.post(SERIES, {**ASK, "place": keys(shown(desk, **said)), "form": str(uuid4())})
    return list(Appointment.objects.exclude(series="").order_by("start"))


def test_every_date_is_seen_before_anything_is_booked(desk: Client) -> None:
    page = shown(desk)
    assert "4 trouvées sur 4" in page and "Prendre ces 4 rendez-vous" in page
    assert keys(page) == [f"amar|2026-03-{d}T10:00:00+0{z}:00" for d, z in ((24, 1), (31, 2))] + [
        f"amar|2026-04-{d:02d}T10:00:00+02:00" for d in (7, 14)
    ], "ten o’clock on both sides of the change of clocks"
    assert not Appointment.objects.exclude(series="").exists()


def test_they_are_booked_at_once_and_know_each_other(desk: Client) -> None:
    rows = booked(desk)
    assert len(rows) == 4 and len({row.series for row in rows}) == 1
    assert ledger.kinds()[-4:] == ["book_appointment"] * 4
    page = desk.get(f"/agenda/rendez-vous/{rows[0].identifier}/").content.decode()
    assert "Voir toute la série" in page and "dans une série" in page


def test_what_is_full_is_shifted_and_said(desk: Client) -> None:
    page = shown(desk, nombre="3", du="2026-03-17", heure="10:00", tous="1", unite="jours")
    assert "décalé" in page, "Léa comes on Tuesday at ten"
    page = shown(desk, nombre="2", du="2026-05-01", heure="10:00", tous="1", unite="jours")
    assert "aucune place" in page, "a public holiday, and the next day is the next visit’s"


def test_two_days_a_week(desk: Client) -> None:
    page = shown(desk, jour=["0", "3"], du="2026-03-23")
    assert [key[10:15] for key in keys(page)] == ["03-23", "03-26", "03-30", "04-02"]


def test_dates_that_do_not_suit_are_left_out(desk: Client) -> None:
    desk.post(SERIES, {**ASK, "place": keys(shown(desk))[1:3], "form": str(uuid4())})
    assert Appointment.objects.exclude(series="").count() == 2
    assert "Choisissez au moins une date" in post(desk, SERIES, **ASK)


def test_one_taken_meanwhile_keeps_none_of_the_others_back(desk: Client) -> None:
    places = keys(shown(desk))
    post(desk, "/agenda/nouveau/", patient=cast.LEA, service=cast.CONSULTATION, place=places[1])
    page = desk.post(SERIES, {**ASK, "place": places, "form": str(uuid4())}, follow=True).content.decode()
    assert "3 rendez-vous pris." in page and "vient d’être prise" in page


@pytest.mark.parametrize(
    "said",
    [
        {"nombre": "0"}, {"nombre": "31"}, {"nombre": "x"}, {"tous": "-1"}, {"tous": "1000000"}, {"du": "2020-01-01"},
        {"du": "9999-12-31"}, {"du": "x"}, {"heure": "25:00"}, {"jour": ["9"]}, {"unite": "siècles"},
        {"tous": "80", "unite": "jours", "nombre": "30"},
    ],
)  # fmt: skip
def test_an_impossible_rhythm_is_told(desk: Client, said: dict[str, Any]) -> None:
    answer = desk.get(SERIES, {**ASK, **WEEKLY, **said})
    assert answer.status_code == 422 and "champs signalés" in answer.content.decode()


def test_a_crafted_place_books_nothing_beyond_the_hours(desk: Client) -> None:
    page = post(desk, SERIES, **ASK, place="amar|2026-03-24T03:00:00+01:00")
    assert "hors des horaires" in page and not Appointment.objects.exclude(series="").exists()


# --- what is left ----------------------------------------------------------------------------------------------------
def cancelled(desk: Client, row: Appointment) -> str:
    """The question is read, then answered with yes."""
    address = f"/agenda/rendez-vous/{row.identifier}/serie/annuler/"
    asked = keys(desk.get(address).content.decode(), "visite")
    return desk.post(address, {"visite": asked, "form": str(uuid4())}, follow=True).content.decode()


def taken_back(desk: Client, page: str) -> str:
    undo = re.search(r'action="(/agenda/defaire/[^"]*)"', page)
    assert undo is not None
    return post(desk, undo[1])


def statuses() -> list[str]:
    return list(Appointment.objects.exclude(series="").order_by("start").values_list("status", flat=True))


def test_before_the_rest_is_cancelled_it_is_asked_and_shown(desk: Client) -> None:
    rows = booked(desk)
    rest = desk.get(f"/agenda/rendez-vous/{rows[1].identifier}/serie/").content.decode()
    address = f"/agenda/rendez-vous/{rows[1].identifier}/serie/annuler/"
    assert f'href="{address}"' in rest and 'name="annuler"' not in rest
    page = desk.get(address).content.decode().replace("\u00a0", " ")
    assert "Annuler ces 3 rendez-vous ?" in page and "Mardi 24 mars" not in page
    for day in ("Mardi 31 mars à 10 h", "Mardi 7 avril à 10 h", "Mardi 14 avril à 10 h"):
        assert day in page
    assert "vos 3 rendez-vous avec Dr Amar à partir du mardi 31 mars à 10 h sont annulés" in page
    assert statuses() == ["booked"] * 4 and not Outgoing.objects.exists()


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        ({"phone": None, "email": "b@exemple.fr"}, "Un seul courriel"), ({"phone": "+33139980000"}, "à rappeler"),
        ({"phone": None}, "prévenez la personne vous-même"),
    ],
)  # fmt: skip
def test_it_says_how_the_person_will_know(desk: Client, contact: dict[str, Any], words: str) -> None:
    rows = booked(desk)
    Patient.objects.filter(identifier=cast.ROCHE).update(**({"email": None} | contact))
    assert words in desk.get(f"/agenda/rendez-vous/{rows[1].identifier}/serie/annuler/").content.decode()


def test_it_says_that_the_person_wants_no_messages(desk: Client, practice: Organization) -> None:
    rows = booked(desk)
    Consent.objects.create(
        organization=practice, channel="sms", address=cast.ROCHE_PHONE, opted_out_at=cast.NOW
    )  # fmt: skip
    page = desk.get(f"/agenda/rendez-vous/{rows[1].identifier}/serie/annuler/").content.decode()
    assert "ne veut plus de messages" in page


def test_the_rest_is_cancelled_with_one_message(desk: Client) -> None:
    rows = booked(desk)
    assert "3 rendez-vous annulés." in cancelled(desk, rows[1])
    assert statuses() == ["booked"] + ["cancelled"] * 3
    message = Outgoing.objects.get()
    assert "vos 3 rendez-vous" in message.text and "31\u00a0mars" in message.text


def test_what_was_not_shown_is_not_cancelled(desk: Client) -> None:
    rows = booked(desk)
    address = f"/agenda/rendez-vous/{rows[0].identifier}/serie/annuler/"
    assert "1 rendez-vous annulé." in post(desk, address, visite=str(rows[2].pk))
    assert "rien n’a été changé" in post(desk, address)
    assert statuses() == ["booked", "booked", "cancelled", "booked"]
    assert "votre rendez-vous du mardi 7\u00a0avril" in Outgoing.objects.get().text


def test_the_cancellation_is_taken_back_as_one_and_nobody_is_told(desk: Client) -> None:
    rows = booked(desk)
    assert "comme avant" in taken_back(desk, cancelled(desk, rows[1]))
    assert statuses() == ["booked"] * 4 and not Outgoing.objects.exists()


def test_one_given_away_meanwhile_is_named_and_told_alone(desk: Client) -> None:
    rows = booked(desk)
    page = cancelled(desk, rows[1])
    place = f"amar|{rows[2].start.isoformat()}"
    post(desk, "/agenda/nouveau/", patient=cast.LEA, service=cast.CONSULTATION, place=place)
    after = taken_back(desk, page).replace("\u00a0", " ")
    assert "vient d’être prise" in after and "Pas remis : mardi 7 avril à 10 h." in after
    assert statuses() == ["booked", "booked", "cancelled", "booked"]
    assert "votre rendez-vous du mardi 7\u00a0avril" in Outgoing.objects.get().text


def test_once_the_person_knows_none_of_them_comes_back(desk: Client, clock: Any) -> None:
    rows = booked(desk)
    page = cancelled(desk, rows[1])
    clock.moment += timedelta(seconds=11)
    assert taken_back(desk, page).count("déjà prévenue de l’annulation") == 1
    one = post(desk, f"/agenda/rendez-vous/{rows[2].identifier}/defaire/cancel_appointment/")
    assert "déjà prévenue de l’annulation" in one, "the message named it too"
    assert statuses() == ["booked"] + ["cancelled"] * 3


def test_a_booking_in_series_is_taken_back_as_one(desk: Client) -> None:
    page = desk.post(SERIES, {**ASK, "place": keys(shown(desk)), "form": str(uuid4())}, follow=True).content.decode()
    assert "comme avant" in taken_back(desk, page)
    assert statuses() == ["cancelled"] * 4 and not Outgoing.objects.exists()


def test_what_somebody_else_booked_in_series_is_not_taken_back(desk: Client, physician: Client) -> None:
    page = desk.post(SERIES, {**ASK, "place": keys(shown(desk)), "form": str(uuid4())}, follow=True).content.decode()
    assert "plus rien à annuler" in taken_back(physician, page)
    assert statuses() == ["booked"] * 4


def test_a_form_that_nobody_sent_takes_nothing_back(desk: Client) -> None:
    assert desk.post(f"/agenda/defaire/{uuid4()}/").status_code == 404


def test_the_rest_is_moved_together(desk: Client) -> None:
    rows = booked(desk)
    address = f"/agenda/rendez-vous/{rows[1].identifier}/serie/"
    asked = {"du": "2026-04-02", "heure": "14:00", "tous": "1", "unite": "semaines"}
    page = desk.get(address, asked).content.decode()
    assert "3 places trouvées sur 3" in page
    places = dict(re.findall(r'name="(place-\d+)" value="([^"]+)"', page))
    sent = {**places, "deplacer": "1", "prevenir": "1", "form": str(uuid4())}
    assert "3 rendez-vous déplacés." in desk.post(address, sent, follow=True).content.decode()
    after = Appointment.objects.exclude(series="").order_by("start")
    assert [row.start for row in after] == [rows[0].start] + [
        datetime(2026, 4, 2, 14, tzinfo=cast.PARIS) + timedelta(weeks=n) for n in range(3)
    ]
    message = Outgoing.objects.get()
    assert message.purpose == "moved" and "vos 3 rendez-vous" in message.text and "2\u00a0avril à 14" in message.text


def test_the_move_is_taken_back_as_one(desk: Client) -> None:
    """Each one day later, on days that follow each other: the last goes back first."""
    rows = booked(desk, tous="1", unite="jours", nombre="3", du="2026-03-24")
    post(desk, f"/agenda/rendez-vous/{rows[0].identifier}/confirmer/")
    places = {f"place-{row.pk}": f"amar|{(row.start + timedelta(days=1)).isoformat()}" for row in rows}
    page = post(desk, f"/agenda/rendez-vous/{rows[0].identifier}/serie/", **places, prevenir="1")
    assert "comme avant" in taken_back(desk, page) and not Outgoing.objects.exists()
    after = Appointment.objects.exclude(series="").order_by("start")
    assert [(row.pk, row.start) for row in after] == [(row.pk, row.start) for row in rows]
    assert [row.confirmed for row in after] == [True, False, False]


def test_shifted_by_one_none_stands_in_another_s_way(desk: Client) -> None:
    """Twenty minutes later, one after the other on the same days."""
    rows = booked(desk, tous="1", unite="jours", nombre="3", du="2026-03-24")
    address = f"/agenda/rendez-vous/{rows[0].identifier}/serie/"
    places = {f"place-{row.pk}": f"amar|{(row.start + timedelta(days=1)).isoformat()}" for row in rows}
    page = desk.post(address, {**places, "deplacer": "1", "form": str(uuid4())}, follow=True).content.decode()
    assert "3 rendez-vous déplacés." in page and not Outgoing.objects.exists()


def test_one_that_is_alone_has_no_series(desk: Client) -> None:
    assert desk.get("/agenda/rendez-vous/roche-thursday/serie/").status_code == 302
    assert desk.get(SERIES).status_code == 302


@pytest.mark.parametrize("where", ["new", "shown", "rest", "cancel"])
def test_few_queries(desk: Client, practice: Organization, where: str, django_assert_max_num_queries: Any) -> None:
    rows = booked(desk)
    rest = f"/agenda/rendez-vous/{rows[0].identifier}/serie/"
    address = {"new": SERIES, "shown": SERIES, "rest": rest, "cancel": f"{rest}annuler/"}[where]
    asked = {"new": ASK, "shown": {**ASK, **WEEKLY}, "rest": {**WEEKLY, "du": "2026-04-02"}, "cancel": {}}[where]
    with django_assert_max_num_queries(12):
        assert desk.get(address, asked).status_code == 200


def test_the_message_says_what_was_moved_and_not_what_should_have_been(desk: Client) -> None:
    rows = booked(desk, nombre="3")
    places = {f"place-{row.pk}": f"amar|{(row.start + timedelta(days=1)).isoformat()}" for row in rows}
    post(desk, "/agenda/nouveau/", patient=cast.LEA, service=cast.CONSULTATION, place=places[f"place-{rows[0].pk}"])
    page = post(desk, f"/agenda/rendez-vous/{rows[0].identifier}/serie/", **places, deplacer="1", prevenir="1")
    assert "2 rendez-vous déplacés." in page and "vos 2 rendez-vous" in Outgoing.objects.get().text
