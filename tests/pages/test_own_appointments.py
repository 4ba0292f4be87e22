"""A patient's own appointments: by code, by link; each change through the gate."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from releve.intake import loading
from releve.ledger.models import Entry
from releve.post.models import Outgoing
from releve.practice.models import Appointment, Communication, Organization, Patient, Task
from tests import cast
from tests.pages.support_patients import act, ask_code, booked, last_code, link, local, proved

pytestmark = pytest.mark.django_db
CODE = "/rendez-vous/code/"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The delay that is the same for everyone is looked at by one test only."""
    monkeypatch.setattr("releve.channels.web.codes.FLOOR", 0.0)


def read(answer: Any) -> str:
    text: str = answer.content.decode()
    return text.replace("\u00a0", " ")


# --- the code --------------------------------------------------------------------------------------------------------
def test_a_code_goes_to_the_contact_on_file(client: Client, practice: Organization) -> None:
    assert ask_code(client)["Location"] == CODE
    assert Outgoing.objects.get().address == cast.ROCHE_PHONE


@pytest.mark.parametrize(
    ("contact", "born"),
    [("06 39 98 10 01", date(1954, 5, 4)), ("06 39 98 99 99", date(1954, 5, 3)), ("a@b.fr", date(1954, 5, 3))],
)
def test_nobody_learns_whether_there_is_a_file(practice: Organization, contact: str, born: date) -> None:
    known, stranger = Client(), Client()
    answers = [ask_code(known), ask_code(stranger, contact, born)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Outgoing.objects.count() == 1
    assert without_token(read(known.get(CODE))) == without_token(read(stranger.get(CODE)))
    wrong = [without_token(read(c.post(CODE, {"code": "12 34"}))) for c in (known, stranger)]
    assert wrong[0] == wrong[1]


def without_token(page: str) -> str:
    return re.sub(r'(name="(?:csrfmiddlewaretoken|form)") value="[^"]*"', r"\1", page)


def test_asking_takes_the_same_time_whoever_it_is(practice: Organization, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("releve.channels.web.codes.FLOOR", 0.25)
    monkeypatch.setattr("releve.channels.web.codes.time.sleep", slept.append)
    ask_code(Client())
    ask_code(Client(), "06 39 98 99 99")
    assert len(slept) == 2 and all(0 <= s < 0.25 for s in slept)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"contact": ""}, "Téléphone ou e-mail : écrivez celui"),
        ({"contact": "bonjour"}, "Téléphone ou e-mail : vérifiez"),
        ({"day": ""}, "Date de naissance : écrivez le jour"),
    ],
)
def test_an_error_names_its_field(client: Client, practice: Organization, fields: dict[str, str], words: str) -> None:
    given = {"contact": "06 39 98 10 01", "day": "3", "month": "5", "year": "1954", **fields}
    answer = client.post("/rendez-vous/", {"form": str(uuid4()), **given})
    assert answer.status_code == 422 and words in read(answer)


def test_the_code_however_it_is_spaced_opens_the_list(client: Client, practice: Organization) -> None:
    ask_code(client)
    code = last_code()
    answer = client.post(CODE, {"code": f" {code[:3]} {code[3:]}"}, follow=True)
    assert "jeudi 19 mars à 9 h 40" in read(answer) and "Dr Nadia Amar" in read(answer)


def test_a_wrong_code_is_said_and_five_are_enough(client: Client, practice: Organization) -> None:
    ask_code(client)
    code = last_code()
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _ in range(5):
        assert "ce n’est pas le bon" in read(client.post(CODE, {"code": wrong}))
    assert "trop d’essais" in read(client.post(CODE, {"code": code}))
    assert "Recevoir le code" in read(client.get("/rendez-vous/"))


def test_a_code_is_over_after_ten_minutes(client: Client, practice: Organization, settings: Any) -> None:
    ask_code(client)
    settings.CLOCK.moment = cast.NOW + timedelta(minutes=11)
    assert "plus de dix minutes" in read(client.post(CODE, {"code": last_code()}))


def test_a_code_is_good_in_its_own_browser_only(client: Client, practice: Organization) -> None:
    ask_code(client)
    code, other = last_code(), Client()
    ask_code(other, "06 39 98 99 99")
    assert "ce n’est pas le bon" in read(other.post(CODE, {"code": code}))


def test_without_having_asked_there_is_no_code_to_type(client: Client, practice: Organization) -> None:
    assert client.get(CODE)["Location"] == "/rendez-vous/"


def test_six_codes_an_hour_are_enough(client: Client, practice: Organization) -> None:
    for _ in range(6):
        ask_code(client, "06 39 98 99 99")
    answer = ask_code(client, "06 39 98 99 99")
    assert "Trop de codes demandés" in read(client.get(answer["Location"]))


def test_someone_who_comes_back_another_day_gets_a_code_again(
    client: Client, practice: Organization, settings: Any
) -> None:
    for days in range(5):
        settings.CLOCK.moment = cast.NOW + timedelta(days=days)
        ask_code(client)
    assert Outgoing.objects.filter(purpose="code").count() == 5


def test_where_the_start_up_record_allows_no_code_it_is_said_to_everyone(client: Client, db: None) -> None:
    practice = cast.practice(signed=False)
    loading.sign(practice, signed_by="Dr Amar", now=cast.NOW, acts=("book_appointment",))
    for contact in ("06 39 98 10 01", "06 39 98 99 99"):
        answer = ask_code(client, contact)
        assert "Aucun code ne part en ce moment" in read(client.get(answer["Location"]))
    assert not Outgoing.objects.exists() and not Task.objects.exists()


# --- the list --------------------------------------------------------------------------------------------------------
def test_a_parent_sees_her_child_s_appointments_too(client: Client, practice: Organization) -> None:
    page = read(proved(client, "06 39 98 10 02", date(1985, 1, 9)).get("/rendez-vous/"))
    assert "mardi 17 mars à 10 h" in page


def test_a_child_s_code_shows_no_adult(client: Client, practice: Organization) -> None:
    mother = Patient.objects.get(identifier=cast.MOTHER)
    roche = Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)
    Appointment.objects.filter(pk=roche.pk).update(patient=mother)
    page = read(proved(client, "06 39 98 10 02", date(2018, 11, 20)).get("/rendez-vous/"))
    assert "mardi 17 mars" in page and "jeudi 19 mars" not in page


def test_nobody_sees_the_appointments_of_others(client: Client, practice: Organization) -> None:
    proved(client)
    assert "mardi 17 mars" not in read(client.get("/rendez-vous/"))
    assert "Léa" not in read(client.get(link(cast.LEA_TUESDAY)))


def test_it_ends_by_itself_after_half_an_hour(client: Client, practice: Organization, settings: Any) -> None:
    proved(client)
    settings.CLOCK.moment = cast.NOW + timedelta(minutes=29)
    assert "jeudi 19 mars" in read(client.get("/rendez-vous/"))
    settings.CLOCK.moment += timedelta(minutes=31)
    assert "Recevoir le code" in read(client.get("/rendez-vous/"))


def test_finished_on_this_device_means_finished(client: Client, practice: Organization) -> None:
    row = booked(client)
    proved(client)
    answer = client.post("/rendez-vous/terminer/", follow=True)
    assert "plus rien de votre visite" in read(answer) and "Formulaire" not in read(answer)
    assert "Recevoir le code" in read(client.get("/rendez-vous/"))
    assert "Amar" not in read(client.get(link(row)))


def test_a_talk_alone_can_be_finished_too(client: Client, practice: Organization) -> None:
    button = 'action="/rendez-vous/terminer/" hidden>'
    assert button in read(client.get("/"))
    said = {"form": str(uuid4()), "text": "je suis Bernard Roche né le 3 mai 1954"}
    answer = read(client.post("/", said, headers={"X-Fragment": "chat"}))
    assert "/rendez-vous/terminer/" in answer and button not in answer
    assert button not in read(client.get("/"))
    client.post("/rendez-vous/terminer/")
    assert "Roche" not in read(client.get("/"))


def test_a_page_left_open_opens_nothing_of_those_before(client: Client, practice: Organization) -> None:
    first = {"form": str(uuid4()), "text": "bonjour"}
    client.post("/", first)
    client.post("/", {"form": str(uuid4()), "text": "je suis Bernard Roche né le 3 mai 1954"})
    client.post("/rendez-vous/terminer/")
    for words in ("je voudrais un rendez-vous", "bonjour"):
        client.post("/", {**first, "text": words})
        assert "Roche" not in read(client.get("/"))


def test_an_old_form_with_other_words_joins_nobody_s_talk(practice: Organization) -> None:
    first = {"form": str(uuid4()), "text": "je suis Bernard Roche né le 3 mai 1954"}
    Client().post("/", first)
    other = Client()
    other.post("/", {**first, "text": "bonjour"})
    assert "Roche" not in read(other.get("/"))


def test_the_session_s_key_changes_with_the_proof(client: Client, practice: Organization) -> None:
    ask_code(client)
    before = client.session.session_key
    client.post(CODE, {"code": last_code()})
    assert client.session.session_key != before


# --- the link --------------------------------------------------------------------------------------------------------
def test_the_link_alone_shows_the_hour_and_the_practice(client: Client, practice: Organization) -> None:
    page = read(client.get(link(cast.ROCHE_THURSDAY)))
    assert "jeudi 19 mars" in page and "9 h 40" in page and "12 quai de la Loire" in page
    for hidden in ("Roche", "Amar", "Consultation", "carte Vitale", "Je viens"):
        assert hidden not in page


def test_the_birth_date_shows_the_rest(client: Client, practice: Organization) -> None:
    page = read(act(client, link(cast.ROCHE_THURSDAY), day="3", month="5", year="1954"))
    assert "Dr Nadia Amar" in page and "Apporter la carte Vitale" in page
    assert "Roche" not in page


def test_a_code_shows_the_name_too(client: Client, practice: Organization) -> None:
    assert "Rendez-vous de Bernard Roche" in read(proved(client).get(link(cast.ROCHE_THURSDAY)))


def test_a_wrong_birth_date_shows_nothing_and_five_are_enough(practice: Organization) -> None:
    for _ in range(5):
        page = read(Client().post(link(cast.ROCHE_THURSDAY), {"day": "3", "month": "5", "year": "1955"}))
        assert "ce n’est pas celle de ce rendez-vous" in page and "Amar" not in page
    page = read(Client().post(link(cast.ROCHE_THURSDAY), {"day": "3", "month": "5", "year": "1954"}))
    assert "trop d’essais" in page and "Amar" not in page


def test_a_false_link_and_one_that_is_over(client: Client, practice: Organization, settings: Any) -> None:
    good = link(cast.ROCHE_THURSDAY)
    assert client.get(good[:-3] + "x/").status_code == 404
    settings.CLOCK.moment = datetime(2026, 3, 20, 9, 0, tzinfo=cast.PARIS)
    assert client.get(good).status_code == 200
    settings.CLOCK.moment += timedelta(hours=2)
    answer = client.get(good)
    assert answer.status_code == 410 and "Ce rendez-vous est passé" in read(answer)


def test_the_link_says_nothing_and_stays_the_same(practice: Organization) -> None:
    assert link(cast.ROCHE_THURSDAY) == link(cast.ROCHE_THURSDAY)
    assert "roche" not in link(cast.ROCHE_THURSDAY).lower()


def test_after_a_booking_by_chat_the_page_shows_the_link(client: Client, practice: Organization) -> None:
    for words in ("un rdv avec Dr Amar mardi à 11h pour Camille Bernard née le 4 juin 1991", "06 39 98 10 03", "oui"):
        page = client.post("/", {"form": str(uuid4()), "text": words}, follow=True).content.decode()
    row = Appointment.objects.get(patient__family="Bernard")
    assert link(row) in page
    assert "Dr Nadia Amar" in read(client.get(link(row)))


# --- changes ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("what", ["confirmer", "annuler", "deplacer"])
def test_without_a_code_nothing_changes(client: Client, practice: Organization, what: str) -> None:
    act(client, link(cast.ROCHE_THURSDAY), day="3", month="5", year="1954")
    row = Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)
    act(client, f"{link(row)}{what}/?place=2026-03-17T08%3A40Z%20amar")
    assert (local(row), row.status, row.confirmed) == (datetime(2026, 3, 19, 9, 40), "booked", False)
    assert not Entry.objects.filter(author="form").exists()


def test_someone_else_s_code_changes_nothing(client: Client, practice: Organization) -> None:
    proved(client)
    act(client, f"{link(cast.LEA_TUESDAY)}annuler/")
    assert Appointment.objects.get(identifier=cast.LEA_TUESDAY).status == "booked"


def test_the_code_asked_for_on_the_page_leads_back_to_what_was_wanted(client: Client, practice: Organization) -> None:
    here = link(cast.ROCHE_THURSDAY)
    assert client.post(f"{here}code/", {"form": str(uuid4()), "faire": "annuler"})["Location"] == CODE
    assert client.post(CODE, {"code": last_code()})["Location"] == f"{here}annuler/"


def test_i_am_coming_is_said_once_code_included(client: Client, practice: Organization) -> None:
    here = link(cast.ROCHE_THURSDAY)
    client.post(f"{here}code/", {"form": str(uuid4()), "faire": "confirmer"})
    page = read(client.post(CODE, {"code": last_code()}, follow=True))
    assert "Merci, c’est noté" in page
    assert Appointment.objects.get(identifier=cast.ROCHE_THURSDAY).confirmed


def test_i_am_coming(client: Client, practice: Organization) -> None:
    page = read(act(proved(client), f"{link(cast.ROCHE_THURSDAY)}confirmer/"))
    assert "Merci, c’est noté" in page and "Vous avez dit que vous venez." in page
    assert Appointment.objects.get(identifier=cast.ROCHE_THURSDAY).confirmed
    assert Entry.objects.get(kind="confirm_appointment").payload["identity"] == "verified"  # type: ignore[index]


def test_i_cannot_come_is_asked_once_more(client: Client, practice: Organization) -> None:
    proved(client)
    address = f"{link(cast.ROCHE_THURSDAY)}annuler/"
    assert "Garder mon rendez-vous" in read(client.get(address))
    row = Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)
    assert row.status == "booked"
    page = read(act(client, address))
    row.refresh_from_db()
    assert row.status == "cancelled" and "C’est annulé" in page and "Prendre un autre rendez-vous" in page
    assert "Je viens" not in page


def test_moving_shows_old_and_new_then_moves(client: Client, practice: Organization) -> None:
    proved(client)
    address = f"{link(cast.ROCHE_THURSDAY)}deplacer/"
    assert "Quand préférez-vous venir ?" in read(client.get(address))
    chosen = f"{address}?place=2026-03-17T08%3A40Z%20amar"
    page = read(client.get(chosen))
    assert "<s>jeudi 19 mars à 9 h 40" in page and "mardi 17 mars" in page
    page = read(act(client, chosen))
    row = Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)
    assert local(row) == datetime(2026, 3, 17, 9, 40) and "votre rendez-vous est déplacé" in page
    assert Communication.objects.filter(text__contains="je préfère le mardi 17\u00a0mars").exists()


def test_moving_to_a_place_just_taken_keeps_the_old_one(client: Client, practice: Organization) -> None:
    proved(client)
    page = read(act(client, f"{link(cast.ROCHE_THURSDAY)}deplacer/?place=2026-03-17T09%3A00Z%20amar"))
    assert "Cette place vient d’être prise" in page
    assert local(Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)) == datetime(2026, 3, 19, 9, 40)


def test_the_same_form_sent_twice_moves_once(client: Client, practice: Organization) -> None:
    proved(client)
    form = {"form": str(uuid4())}
    for start in ("08%3A40", "08%3A20"):
        client.post(f"{link(cast.ROCHE_THURSDAY)}deplacer/?place=2026-03-17T{start}Z%20amar", form)
    assert local(Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)) == datetime(2026, 3, 17, 9, 40)


def test_what_the_record_does_not_allow_alone_is_asked_of_the_team(client: Client, db: None) -> None:
    practice = cast.practice(signed=False)
    loading.sign(practice, signed_by="Dr Amar", now=cast.NOW, acts=("send_code",))
    page = read(act(proved(client), f"{link(cast.ROCHE_THURSDAY)}annuler/"))
    assert "Votre demande est transmise à l’équipe" in page
    assert Task.objects.get().proposal["kind"] == "cancel_appointment"
    assert Appointment.objects.get(identifier=cast.ROCHE_THURSDAY).status == "booked"


def test_a_cancelled_appointment_cannot_be_confirmed(client: Client, practice: Organization) -> None:
    proved(client)
    here = link(cast.ROCHE_THURSDAY)
    act(client, f"{here}annuler/")
    assert "n’est plus prévu" in read(act(client, f"{here}confirmer/"))


def test_the_history_is_told_in_plain_words(client: Client, practice: Organization) -> None:
    row = booked(client)
    proved(client, "06 39 98 10 03", date(1991, 6, 4))
    act(client, f"{link(row)}deplacer/?place=2026-03-17T08%3A40Z%20amar")
    page = read(client.get(link(row)))
    told = ["Vous avez pris ce rendez-vous sur cette page.", "Vous avez déplacé ce rendez-vous sur cette page."]
    assert [page.index(words) for words in told] == sorted(page.index(words) for words in told)


# --- the calendar ----------------------------------------------------------------------------------------------------
def unfolded(answer: Any) -> dict[str, str]:
    lines = answer.content.decode().replace("\r\n ", "").split("\r\n")
    return dict(line.split(":", 1) for line in lines if line)


def test_the_calendar_file_holds_the_hour_and_no_reason(client: Client, practice: Organization) -> None:
    answer = client.get(f"{link(cast.ROCHE_THURSDAY)}agenda.ics")
    entry = unfolded(answer)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (entry["DTSTART"], entry["DTEND"]) == ("20260319T084000Z", "20260319T090000Z")
    assert entry["SUMMARY"] == "Rendez-vous\\, Cabinet du Canal"
    assert entry["LOCATION"] == "12 quai de la Loire\\, 75019 Paris"
    for hidden in ("Roche", "Amar", "Consultation"):
        assert hidden not in answer.content.decode()


def test_moved_or_cancelled_it_is_the_same_entry_in_a_newer_version(client: Client, practice: Organization) -> None:
    proved(client)
    here = link(cast.ROCHE_THURSDAY)
    first = unfolded(client.get(f"{here}agenda.ics"))
    act(client, f"{here}deplacer/?place=2026-03-30T07%3A00Z%20amar")
    moved = unfolded(client.get(f"{here}agenda.ics"))
    act(client, f"{here}annuler/")
    gone = unfolded(client.get(f"{here}agenda.ics"))
    assert first["UID"] == moved["UID"] == gone["UID"]
    assert [e["SEQUENCE"] for e in (first, moved, gone)] == ["0", "1", "2"]
    assert moved["DTSTART"] == "20260330T070000Z"  # 9 h in Paris, the day after the clocks changed
    assert (moved["STATUS"], gone["STATUS"]) == ("CONFIRMED", "CANCELLED")
