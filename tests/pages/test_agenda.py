"""`/agenda/`: the day, the week, one appointment, moving, booking by hand."""

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client

from releve.intake import loading
from releve.ledger import queries as ledger
from releve.post.models import Outgoing, Timer
from releve.practice.models import Appointment, Communication, Conversation, Organization, Patient, Schedule
from tests import cast
from tests.pages.support import post, written

TUESDAY, THURSDAY = "2026-03-17", "2026-03-19"
ROCHE = "/agenda/rendez-vous/roche-thursday/"
FREE = f"{cast.AMAR}|2026-03-17T09:40:00+01:00"
TAKEN = f"{cast.AMAR}|2026-03-17T10:00:00+01:00"
ASK = {"patient": cast.ROCHE, "service": cast.CONSULTATION, "soignant": cast.AMAR, "le": TUESDAY}
NEWCOMER = {"nouvelle": "1", "family": "Bernard", "given": "Camille", "birth_date": "04/06/1991", "phone": "0639981003"}


def roche() -> Appointment:
    return Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)


def words_of(page: str) -> str:
    """What is read, without markup."""
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", page))


def later(desk: Client, clock: Any, moment: datetime) -> None:
    """The desk is used again then: nobody has locked it in between."""
    clock.moment = moment
    session = desk.session
    session.pop("used", None)
    session.save()


# --- the day ---------------------------------------------------------------------------------------------------------
def test_today_by_default(desk: Client) -> None:
    page = desk.get("/agenda/").content.decode()
    assert "Lundi 16\u00a0mars" in page
    assert "Aucun rendez-vous ce jour." in page


def test_a_day_has_a_column_a_practitioner(desk: Client) -> None:
    page = desk.get(f"/agenda/?jour={TUESDAY}").content.decode()
    assert "Dr\u00a0Nadia Amar" in page and "Aminata Diallo" in page
    assert "10\u00a0h Fontaine Léa , Consultation, confirmé" in words_of(page)


def test_a_cell_lies_on_the_rows_of_its_minutes(desk: Client) -> None:
    """The day is drawn from 8 h, the first opening being 8 h 30: 10 h is 24 rows of five minutes further."""
    page = desk.get(f"/agenda/?jour={TUESDAY}").content.decode()
    assert 'class="rdv confirmed r25 s4"' in page
    assert 'class="off r1 s12"' in page  # Dr Amar before 9 h


def test_the_head_of_a_column_counts_what_is_free(desk: Client) -> None:
    """Dr Amar: 9 consultations of 20 min in the morning, less Léa's, and 12 in the afternoon."""
    assert "20 libres, médecin généraliste" in desk.get(f"/agenda/?jour={TUESDAY}").content.decode()


@pytest.mark.parametrize("text", ["", "demain", "2026-02-30", "9999-99-99", "0001-01-01"])
def test_an_impossible_day_is_today(desk: Client, text: str) -> None:
    assert "Lundi 16\u00a0mars" in desk.get(f"/agenda/?jour={text}").content.decode()


@pytest.mark.parametrize(
    ("day", "why"), [("2026-05-01", "jour férié"), ("2026-03-22", "ne consulte pas"), (TUESDAY, "absence ce jour")]
)
def test_a_closed_day_says_why(desk: Client, day: str, why: str) -> None:
    Schedule.objects.filter(practitioner__identifier=cast.AMAR).update(days_off=[TUESDAY])
    assert f"{why}, médecin généraliste" in desk.get(f"/agenda/?jour={day}").content.decode()


def test_the_practitioners_that_were_chosen_are_remembered(desk: Client) -> None:
    assert 'data-col="amar"' not in desk.get("/agenda/?avec=diallo").content.decode()
    again = desk.get(f"/agenda/?jour={TUESDAY}").content.decode()
    assert 'data-col="diallo"' in again and 'data-col="amar"' not in again
    assert 'data-col="amar"' in desk.get("/agenda/?avec=").content.decode()


def test_who_has_left_stays_on_the_days_that_knew_them(desk: Client, practice: Organization) -> None:
    amar = Appointment.objects.first()
    assert amar is not None
    amar.practitioner.active = False
    amar.practitioner.save()
    assert 'data-col="amar"' in desk.get(f"/agenda/?jour={TUESDAY}").content.decode()
    assert 'data-col="amar"' not in desk.get("/agenda/?jour=2026-03-18").content.decode()


def test_a_held_place_is_shown_until_it_expires(desk: Client, practice: Organization, clock: Any) -> None:
    say = "un rdv avec Dr Amar mardi à 14 h, pour Camille Bernard née le 4 juin 1991"
    written(practice, say, "14 h")
    assert "Place retenue" in desk.get(f"/agenda/?jour={TUESDAY}").content.decode()
    clock.moment += timedelta(minutes=11)
    assert "Place retenue" not in desk.get(f"/agenda/?jour={TUESDAY}").content.decode()


def test_names_are_shown_as_they_are_and_never_as_markup(desk: Client) -> None:
    Patient.objects.filter(identifier=cast.LEA).update(family="<b>" + "é" * 77, given="ليلى")
    page = desk.get(f"/agenda/?jour={TUESDAY}").content.decode()
    assert "<bdi>&lt;b&gt;" + "é" * 77 + "</bdi>" in page and '<bdi class="g">ليلى</bdi>' in page


def test_overlapping_appointments_stand_side_by_side(desk: Client, practice: Organization) -> None:
    lea = Appointment.objects.select_related("patient").get(identifier=cast.LEA_TUESDAY)
    lea.pk, lea.identifier, lea.status = None, "legacy", "fulfilled"
    lea.save()
    page = desk.get(f"/agenda/?jour={TUESDAY}").content.decode()
    assert "l1of2" in page and "l2of2" in page


# --- the week --------------------------------------------------------------------------------------------------------
def test_a_week_has_a_column_a_day(desk: Client) -> None:
    page = desk.get(f"/agenda/semaine/?jour={TUESDAY}&soignant=amar").content.decode()
    assert "Dr\u00a0Nadia Amar, semaine du 16\u00a0mars" in words_of(page)
    assert 'data-col="2026-03-20"' in page and 'data-col="2026-03-21"' not in page  # nobody works on Saturday
    assert "Fontaine" in page and "Roche" in page


def test_the_week_is_summed_up(desk: Client) -> None:
    side = words_of(desk.get("/agenda/semaine/?soignant=amar").content.decode())
    assert "Rendez-vous 2 Confirmés 1 Libres 103 places de 20\u00a0min" in side
    assert "La première lundi 16\u00a0mars à 9\u00a0h" in side


def test_a_practice_without_practitioners_says_what_to_do(client: Client, db: None) -> None:
    data = cast.practice_file()
    data |= {key: [] for key in ("practitioners", "services", "schedules", "appointments")}
    loading.load(data, now=cast.NOW)
    client.force_login(cast.petit())
    for address in ("/agenda/", "/agenda/semaine/", "/agenda/nouveau/"):
        assert client.get(address).status_code == 200
    assert "Aucun professionnel n’a d’agenda ici" in client.get("/agenda/").content.decode()


def test_the_week_remembers_whose_it_is(desk: Client) -> None:
    desk.get("/agenda/semaine/?soignant=diallo")
    assert "Aminata Diallo, semaine du" in words_of(desk.get("/agenda/semaine/").content.decode())


# --- beside the grid -------------------------------------------------------------------------------------------------
def test_whom_to_call_is_told_with_its_reasons(desk: Client, clock: Any) -> None:
    clock.moment = datetime(2026, 3, 18, 9, 0, tzinfo=cast.PARIS)
    assert "À appeler" in desk.get("/agenda/").content.decode()
    assert "absence en un an" not in desk.get("/agenda/").content.decode()
    row = roche()
    row.pk, row.identifier, row.status = None, "missed", "noshow"
    row.start, row.end = row.start - timedelta(days=30), row.end - timedelta(days=30)
    row.save()
    assert "1 absence en un an" in desk.get("/agenda/").content.decode()
    assert "rdv risk" in desk.get(f"/agenda/?jour={THURSDAY}").content.decode()


def test_who_waits_is_listed_in_order_of_arrival(client: Client, db: None) -> None:
    data = cast.practice_file()
    window = [["2026-03-17T09:00", "2026-03-17T12:00"]]
    data["waiting_list"] = [
        {"patient": cast.LEA, "service": cast.CONSULTATION, "practitioner": cast.AMAR, "windows": window},
        {"patient": cast.ROCHE, "service": cast.INJECTION, "practitioner": None, "windows": []},
    ]
    loading.load(data, now=cast.NOW)
    client.force_login(cast.petit())
    side = words_of(client.get("/agenda/").content.decode())
    assert "Dr\u00a0Amar, Consultation, mardi 17\u00a0mars, le matin." in side
    assert side.index("Léa Fontaine") < side.index("Bernard Roche") and "Injection, dès que possible." in side


# --- one appointment -------------------------------------------------------------------------------------------------
def test_the_panel_is_the_middle_of_the_page(desk: Client) -> None:
    whole, part = desk.get(ROCHE), desk.get(ROCHE, headers={"HX-Target": "panel"})
    assert "<html" in whole.content.decode() and "<html" not in part.content.decode()
    for page in (whole, part):
        assert "06\u00a039\u00a098\u00a010\u00a001" in page.content.decode()


def test_cancelling_gives_the_place_back(desk: Client) -> None:
    assert "prévient la personne" in desk.get(ROCHE).content.decode()
    page = post(desk, f"{ROCHE}annuler/")
    assert "Rendez-vous annulé." in page
    assert not roche().allocations.exists()
    assert "n’est plus prévu" in post(desk, f"{ROCHE}annuler/")


def test_a_cancelled_appointment_can_be_put_back_before_the_person_is_told(desk: Client) -> None:
    post(desk, f"{ROCHE}annuler/")
    waiting = Outgoing.objects.get(purpose="cancelled")
    assert waiting.send_after == cast.NOW + timedelta(seconds=10)
    assert "C’est comme avant." in post(desk, f"{ROCHE}defaire/cancel_appointment/")
    assert roche().status == "booked" and roche().allocations.exists()
    assert not Outgoing.objects.exists() and not Communication.objects.filter(purpose="cancelled").exists()
    assert not Timer.objects.filter(key__startswith="offer:").exists()
    assert Timer.objects.filter(key=f"reminder:{roche().pk}").exists()


def test_once_the_person_is_told_it_stays_cancelled(desk: Client, clock: Any) -> None:
    post(desk, f"{ROCHE}annuler/")
    clock.moment += timedelta(seconds=11)
    assert "déjà prévenue" in post(desk, f"{ROCHE}defaire/cancel_appointment/")
    assert roche().status == "cancelled"


def test_a_place_taken_meanwhile_is_not_given_twice(desk: Client) -> None:
    post(desk, f"{ROCHE}annuler/")
    post(desk, "/agenda/nouveau/", patient=cast.LEA, service=cast.CONSULTATION, place="amar|2026-03-19T09:40:00+01:00")
    assert "vient d’être prise" in post(desk, f"{ROCHE}defaire/cancel_appointment/")
    assert roche().status == "cancelled"


def test_an_arrival_is_noted_on_the_day_and_can_be_taken_back(desk: Client, clock: Any) -> None:
    assert "n’est pas aujourd’hui" in post(desk, f"{ROCHE}arrive/")
    later(desk, clock, datetime(2026, 3, 19, 9, 35, tzinfo=cast.PARIS))
    assert "arrivée notée" in post(desk, f"{ROCHE}arrive/")
    assert roche().status == "arrived" and roche().arrived_at == clock.moment
    assert "Arrivé à 9\u00a0h\u00a035" in words_of(desk.get(ROCHE).content.decode())
    assert "C’est comme avant." in post(desk, f"{ROCHE}defaire/mark_arrived/")
    assert roche().status == "booked" and roche().arrived_at is None
    assert "plus rien à annuler" in post(desk, f"{ROCHE}defaire/mark_arrived/")


def test_an_absence_is_noted_once_the_hour_has_passed(desk: Client, clock: Any) -> None:
    assert "Noter l’absence" not in desk.get(ROCHE).content.decode()
    assert "pas encore venue" in post(desk, f"{ROCHE}absent/") and roche().status == "booked"
    later(desk, clock, datetime(2026, 3, 19, 10, 30, tzinfo=cast.PARIS))
    assert "Noter l’absence" in desk.get(ROCHE).content.decode()
    assert "Absence notée." in post(desk, f"{ROCHE}absent/")
    assert roche().status == "noshow"
    post(desk, f"{ROCHE}defaire/mark_no_show/")
    assert roche().status == "booked" and roche().allocations.exists()
    assert not Timer.objects.filter(key__startswith="no_show:").exists()


def test_confirming_for_someone_on_the_telephone(desk: Client) -> None:
    assert "rendez-vous confirmé" in post(desk, f"{ROCHE}confirmer/")
    assert roche().confirmed
    post(desk, f"{ROCHE}defaire/confirm_appointment/")
    assert not roche().confirmed


def test_the_history_comes_from_the_ledger(desk: Client) -> None:
    assert "le registre n’en dit rien" in desk.get(ROCHE).content.decode()
    post(desk, f"{ROCHE}confirmer/")
    assert "Confirmé Hélène Petit" in words_of(desk.get(ROCHE).content.decode())


def test_what_has_no_undo_is_refused(desk: Client) -> None:
    assert "plus rien à annuler" in post(desk, f"{ROCHE}defaire/send_reminder/")


@pytest.mark.parametrize("what", ["book_appointment", "confirm_appointment", "reschedule_appointment"])
def test_what_somebody_else_did_is_not_undone_in_silence(desk: Client, physician: Client, what: str) -> None:
    """A booking that is « taken back » tells nobody: only its own author may, at once."""

    def undone() -> str:
        return post(desk, f"{ROCHE}defaire/{what}/?vers={quote(roche().start.isoformat())}")

    assert "plus rien à annuler" in undone()
    post(physician, f"{ROCHE}confirmer/")
    post(physician, f"{ROCHE}deplacer/", place="amar|2026-03-20T10:00:00+01:00")
    moved = roche().start
    assert "plus rien à annuler" in undone()
    assert roche().status == "booked" and roche().start == moved


def test_an_old_act_is_not_undone(desk: Client, clock: Any) -> None:
    post(desk, f"{ROCHE}confirmer/")
    later(desk, clock, clock.moment + timedelta(hours=1))
    assert "plus rien à annuler" in post(desk, f"{ROCHE}defaire/confirm_appointment/")
    assert roche().confirmed


def test_a_move_is_taken_back_by_its_own_page_and_no_older_one(desk: Client) -> None:
    was, undo = roche().start, f"{ROCHE}defaire/reschedule_appointment/?vers="
    post(desk, f"{ROCHE}deplacer/", place="amar|2026-03-20T10:00:00+01:00")
    older = quote(roche().start.isoformat())
    post(desk, f"{ROCHE}deplacer/", place="amar|2026-03-20T11:00:00+01:00")
    assert "plus rien à annuler" in post(desk, undo + older)
    assert "comme avant" in post(desk, undo + quote(roche().start.isoformat()))
    assert roche().start.isoformat() == "2026-03-20T09:00:00+00:00" != was.isoformat()


# --- moving ----------------------------------------------------------------------------------------------------------
def test_the_next_places_are_numbered(desk: Client) -> None:
    page = desk.get(f"{ROCHE}deplacer/").content.decode()
    assert page.count('name="place"') == 9
    assert 'value="amar|2026-03-16T09:00:00+01:00" data-key="1"' in page


def test_a_day_shows_all_its_places(desk: Client) -> None:
    page = desk.get(f"{ROCHE}deplacer/?le={TUESDAY}").content.decode()
    assert page.count('name="place"') == 20
    assert TAKEN not in page
    assert "Aucune place libre le dimanche" in desk.get(f"{ROCHE}deplacer/?le=2026-03-22").content.decode()


def test_moving_and_moving_back(desk: Client) -> None:
    Appointment.objects.filter(identifier=cast.ROCHE_THURSDAY).update(confirmed=True)
    page = post(desk, f"{ROCHE}deplacer/", place=FREE)
    assert "déplacé au mardi 17\u00a0mars à 9\u00a0h\u00a040, Dr\u00a0Amar" in page
    assert roche().start == datetime(2026, 3, 17, 9, 40, tzinfo=cast.PARIS) and not roche().confirmed
    undo = re.search(r'action="([^"]+defaire/reschedule_appointment/[^"]*)"', page)
    assert undo is not None
    assert "C’est comme avant." in post(desk, undo[1].replace("&amp;", "&"))
    assert roche().start == datetime(2026, 3, 19, 9, 40, tzinfo=cast.PARIS) and roche().confirmed
    assert ledger.kinds()[-2:] == ["reschedule_appointment", "undo_appointment"]


@pytest.mark.parametrize(
    "place", ["", "amar", "amar|hier", "nobody|2026-03-17T09:40:00+01:00", TAKEN, "diallo|" + FREE[5:]]
)
def test_a_place_that_cannot_be_had_moves_nothing(desk: Client, place: str) -> None:
    before = roche().start
    page = post(desk, f"{ROCHE}deplacer/", place=place)
    assert any(told in page for told in ("rien n’a été déplacé", "Rien n’a été changé", "Rien n’est encore réservé"))
    assert roche().start == before


def test_the_places_of_the_grid(desk: Client) -> None:
    asked = {"vue": "day", "jour": TUESDAY, "h": "8", "avec": ["amar", "diallo"]}
    page = desk.get(f"{ROCHE}places/", asked).content.decode()
    assert page.count("<li") == 20 and 'data-to="diallo"' not in page  # she gives injections
    assert f'class="rdv proposed possible r13 s4" data-to="amar" data-minute="540" data-place="{FREE[:15]}' in page
    week = desk.get(f"{ROCHE}places/", {**asked, "vue": "week"}).content.decode()
    assert 'data-to="2026-03-20"' in week


# --- booking by hand -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "found"), [("ro", 0), ("roc", 1), ("fon", 2), ("lea", 1), ("LÉA FON", 1), ("xyz", 0)]
)
def test_patients_are_found_by_three_letters(desk: Client, typed: str, found: int) -> None:
    page = desk.post("/agenda/nouveau/", {"chercher": "1", "nom": typed}).content.decode()
    assert page.count('name="patient"') == found


def test_who_has_just_written_is_there_before_a_letter_is_typed(desk: Client, practice: Organization) -> None:
    assert 'name="patient"' not in desk.get("/agenda/nouveau/").content.decode()
    written(practice, "bonjour", channel="sms", address=cast.ROCHE_PHONE)
    Conversation.objects.update(patient=Patient.objects.get(identifier=cast.ROCHE))
    assert f'name="patient" value="{cast.ROCHE}"' in desk.get("/agenda/nouveau/").content.decode()


def test_letters_typed_after_the_list_look_for_somebody_else(desk: Client) -> None:
    """Enter pressed on the list of « roc » when « font » stands in the field books for nobody by mistake."""
    asked = {"chercher": "1", "nom": "font", "lu": "roc", "patient": cast.ROCHE}
    page = desk.post("/agenda/nouveau/", asked).content.decode()
    assert "Pour qui\u00a0?" in page and page.count('name="patient"') == 2


def test_visit_and_practitioner_are_guessed_from_their_past(desk: Client) -> None:
    asked = {"chercher": "1", "nom": "roc", "lu": "roc", "patient": cast.ROCHE}
    page = desk.post("/agenda/nouveau/", asked).content.decode()
    assert '<option value="consultation" selected>' in page and '<option value="amar" selected>' in page
    assert page.count('name="place"') == 9


def test_free_places_leave_out_what_is_taken(desk: Client) -> None:
    page = desk.get("/agenda/nouveau/", ASK).content.decode()
    assert FREE in page and TAKEN not in page


def test_later_goes_on_after_the_last_place_shown(desk: Client) -> None:
    asked = {k: v for k, v in ASK.items() if k != "le"}
    page = desk.get("/agenda/nouveau/", {**asked, "apres": "2026-03-20T17:40:00+01:00"}).content.decode()
    assert "2026-03-20" not in "".join(re.findall(r'name="place" value="([^"]+)"', page))
    assert "amar|2026-03-23T09:00:00+01:00" in page


def test_a_place_of_the_grid_comes_first_and_chooses_the_practitioner(desk: Client) -> None:
    page = desk.get("/agenda/nouveau/", {"patient": cast.LEA, "choisie": "diallo|2026-03-17T09:00:00+01:00"})
    assert '<option value="injection" selected>' in page.content.decode()
    first = re.search(r'name="place" value="([^"]+)"', page.content.decode())
    assert first is not None and first[1] == "diallo|2026-03-17T09:00:00+01:00"


def test_booking_by_hand_and_taking_it_back(desk: Client) -> None:
    page = post(desk, "/agenda/nouveau/", **ASK, place=FREE)
    assert "Rendez-vous pris\u00a0: Roche Bernard, mardi 17\u00a0mars à 9\u00a0h\u00a040, Dr\u00a0Amar." in page
    made = Appointment.objects.get(start=datetime(2026, 3, 17, 9, 40, tzinfo=cast.PARIS))
    post(desk, f"/agenda/rendez-vous/{made.identifier}/defaire/book_appointment/")
    made.refresh_from_db()
    assert made.status == "cancelled" and not made.allocations.exists()
    assert not Outgoing.objects.exists() and not Timer.objects.filter(key=f"reminder:{made.pk}").exists()


def test_a_person_without_a_file_gets_one(desk: Client) -> None:
    page = post(desk, "/agenda/nouveau/", **NEWCOMER, service=cast.CONSULTATION, place=FREE)
    assert "Rendez-vous pris\u00a0: Bernard Camille" in page
    made = Patient.objects.get(family="Bernard")
    assert made.phone == "+33639981003" and made.birth_date.isoformat() == "1991-06-04"


def test_what_is_missing_of_a_new_person_is_said_and_the_rest_is_kept(desk: Client) -> None:
    form = {**NEWCOMER, "birth_date": "32 mai", "service": cast.CONSULTATION, "place": FREE}
    answer = desk.post("/agenda/nouveau/", {"form": str(uuid4()), **form})
    assert answer.status_code == 422
    assert (
        'value="Camille"' in answer.content.decode()
        and "Une date comme 3\u00a0mai" in answer.content.decode().replace("3 mai", "3\u00a0mai")
    )
    assert not Patient.objects.filter(family="Bernard").exists()


def test_booking_twice_with_one_form_books_once(desk: Client) -> None:
    form = {"form": str(uuid4()), **ASK, "place": FREE}
    for _ in range(2):
        assert desk.post("/agenda/nouveau/", form).status_code == 302
    assert Appointment.objects.filter(patient__identifier=cast.ROCHE).count() == 2


def test_a_taken_place_is_refused_in_words(desk: Client) -> None:
    page = post(desk, "/agenda/nouveau/", **ASK, place=TAKEN)
    assert "cette heure est déjà prise" in page and "Fontaine" in page
    assert FREE in page and not Appointment.objects.filter(patient=roche().patient, start=cast.NOW).exists()


@pytest.mark.parametrize(
    "place", ["", "amar", "amar|hier", "amar|2026-03-17T09:40", "nobody|2026-03-17T09:40:00+01:00"]
)
def test_a_place_that_makes_no_sense_books_nothing(desk: Client, place: str) -> None:
    assert "rien n’a été réservé" in post(desk, "/agenda/nouveau/", **ASK, place=place)
    assert Appointment.objects.count() == 2


# --- what it costs ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "address",
    [
        f"/agenda/?jour={TUESDAY}", "/agenda/semaine/", ROCHE, f"{ROCHE}deplacer/", "/agenda/nouveau/",
        f"/agenda/nouveau/?patient={cast.ROCHE}",
    ],
)  # fmt: skip
def test_no_page_makes_more_than_twelve_queries(desk: Client, address: str, django_assert_max_num_queries: Any) -> None:
    desk.get(address)  # the session is written once
    with django_assert_max_num_queries(12):
        assert desk.get(address).status_code == 200
