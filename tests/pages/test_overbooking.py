"""Beyond the agenda on purpose: a time that is taken, or outside the hours, with a reason; and a move that tells."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from releve.core.acts import BookAppointment, RescheduleAppointment
from releve.intake.actions import answer, receive, staff_act
from releve.ledger import queries as ledger
from releve.post.models import Outgoing, Timer
from releve.practice.models import Appointment, Organization, Patient, User
from tests import cast
from tests.pages.support import post
from tests.pages.test_agenda import ASK, words_of

BOOK = "/agenda/nouveau/"
TAKEN = f"{cast.AMAR}|2026-03-17T10:00:00+01:00"  # Léa's
LATE = f"{cast.AMAR}|2026-03-17T20:00:00+01:00"
MOVE = "/agenda/rendez-vous/roche-thursday/deplacer/"


def roche() -> Appointment:
    return Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)


def there(start: datetime) -> int:
    return Appointment.objects.filter(start=start, status="booked").count()


TEN = datetime(2026, 3, 17, 10, 0, tzinfo=cast.PARIS)


# --- booking ---------------------------------------------------------------------------------------------------------
def test_a_taken_time_asks_for_a_reason_and_shows_who_is_there(desk: Client) -> None:
    answer = desk.post(BOOK, {**ASK, "place": TAKEN})
    page = words_of(answer.content.decode())
    assert answer.status_code == 422 and "10 h, Fontaine Léa , Consultation" in page.replace("\u00a0", " ")
    assert "Surréserver" in page and there(TEN) == 1


def test_with_a_reason_both_stand_side_by_side(desk: Client) -> None:
    page = post(desk, BOOK, **ASK, place=TAKEN, confirme="1", raison="urgent")
    assert "Rendez-vous pris" in page and there(TEN) == 2
    row = Appointment.objects.get(start=TEN, patient__identifier=cast.ROCHE)
    assert row.overbooking == "Urgence"
    assert "l1of2" in page and "l2of2" in page and "en surréservation" in page
    one = words_of(desk.get(f"/agenda/rendez-vous/{row.identifier}/").content.decode())
    assert "Surréservation Urgence" in one and "en surréservation (Urgence)" in one


def test_it_is_taken_back_like_any_other(desk: Client) -> None:
    page = post(desk, BOOK, **ASK, place=TAKEN, confirme="1", raison_libre="fièvre du frère")
    undo = re.search(r'action="([^"]+defaire/book_appointment/[^"]*)"', page)
    assert undo is not None
    assert "comme avant" in post(desk, undo[1]) and there(TEN) == 1


def freed() -> list[datetime]:
    """What is about to be offered to those who wait."""
    acts = Timer.objects.filter(act="offer_freed_place", done_at=None).order_by("due_at", "id")
    return [datetime.fromisoformat(timer.payload["start"]).astimezone(cast.PARIS) for timer in acts]


def overbooked(desk: Client, place: str = TAKEN) -> str:
    return post(desk, BOOK, **ASK, place=place, confirme="1", raison="urgent")


def test_taken_back_it_frees_no_place_while_the_other_is_there(desk: Client) -> None:
    undo = re.search(r'action="([^"]+defaire/book_appointment/[^"]*)"', overbooked(desk))
    assert undo is not None
    post(desk, undo[1])
    assert freed() == [] and "Places libérées" not in desk.get("/liste-attente/").content.decode()


@pytest.mark.parametrize("first", [cast.LEA, cast.ROCHE])
def test_the_hour_is_free_once_nobody_has_it(desk: Client, first: str) -> None:
    overbooked(desk)
    rows = {row.patient.identifier: row.identifier for row in Appointment.objects.filter(start=TEN)}
    post(desk, f"/agenda/rendez-vous/{rows.pop(first)}/annuler/")
    assert freed() == []
    post(desk, f"/agenda/rendez-vous/{rows.popitem()[1]}/annuler/")
    assert freed() == [TEN]


def test_moved_away_from_above_somebody_it_frees_no_place(desk: Client) -> None:
    post(desk, MOVE, place=TAKEN, confirme="1", raison="short")
    Timer.objects.filter(act="offer_freed_place").delete()  # of its old hour
    post(desk, MOVE, place=WEDNESDAY)
    assert freed() == []


def test_given_back_outside_the_hours_it_is_no_free_place(desk: Client) -> None:
    overbooked(desk, LATE)
    row = Appointment.objects.get(start=datetime(2026, 3, 17, 20, tzinfo=cast.PARIS))
    post(desk, f"/agenda/rendez-vous/{row.identifier}/annuler/")
    assert freed() == []


def test_a_reason_must_be_given(desk: Client) -> None:
    for said in ({"confirme": "1"}, {"confirme": "1", "raison": "inconnue", "raison_libre": "  \n"}):
        answer = desk.post(BOOK, {**ASK, "place": TAKEN, **said})
        assert answer.status_code == 422 and "Choisissez une raison, ou écrivez-la." in answer.content.decode()
    assert there(TEN) == 1


def test_the_same_form_twice_is_one_appointment(desk: Client) -> None:
    said = {**ASK, "place": TAKEN, "confirme": "1", "raison": "urgent", "form": str(uuid4())}
    desk.post(BOOK, said)
    assert desk.post(BOOK, said).status_code == 302 and there(TEN) == 2


def test_outside_the_hours_asks_too(desk: Client) -> None:
    page = post(desk, BOOK, **ASK, place=LATE)
    assert "hors des horaires" in page
    assert "Rendez-vous pris" in post(desk, BOOK, **ASK, place=LATE, confirme="1", raison="asked")


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        ({}, "2026-03-16"), ({"vu": "2026-03-24"}, "2026-03-24"), ({"vu": "2026-02-03"}, "2026-03-16"),
        ({"vu": "x"}, "2026-03-16"), ({"vu": "2026-03-24", "le": "2026-03-26"}, "2026-03-26"),
        ({"choisie": TAKEN, "vu": "2026-03-24"}, "2026-03-17"),
    ],
)  # fmt: skip
def test_an_exact_hour_begins_on_the_day_one_looks_at(desk: Client, asked: dict[str, str], day: str) -> None:
    page = desk.get(BOOK, {"patient": cast.ROCHE, "service": cast.CONSULTATION, **asked}).content.decode()
    assert f'name="jour" value="{day}"' in page


def test_the_agenda_says_which_day_one_looks_at(desk: Client) -> None:
    page = desk.get("/agenda/?jour=2026-03-24").content.decode()
    assert f'href="{BOOK}?vu=2026-03-24"' in page
    page = post(desk, BOOK, chercher="1", patient=cast.ROCHE, vu="2026-03-24")
    assert 'name="jour" value="2026-03-24"' in page and 'name="vu" value="2026-03-24"' in page


def test_a_move_to_an_exact_hour_begins_on_its_own_day(desk: Client) -> None:
    assert 'name="jour" value="2026-03-19"' in desk.get(MOVE).content.decode()


def test_the_day_that_was_typed_stays(desk: Client) -> None:
    answer = desk.post(BOOK, {**ASK, "precise": "1", "jour": "2026-03-17", "heure": "10:00"})
    assert 'name="jour" value="2026-03-17"' in answer.content.decode()


def test_an_exact_hour_that_is_free_needs_nothing(desk: Client) -> None:
    said = {**ASK, "precise": "1", "jour": "2026-03-17", "heure": "11:05"}
    assert "Rendez-vous pris" in post(desk, BOOK, **said)
    assert there(datetime(2026, 3, 17, 11, 5, tzinfo=cast.PARIS)) == 1


@pytest.mark.parametrize(
    ("day", "hour"), [("", "10:00"), ("2026-03-17", ""), ("9999-12-31", "10:00"), ("2029-03-17", "10:00"),
                      ("2026-03-01", "10:00"), ("2026-02-30", "10:00"), ("2026-03-17", "99:99")],
)  # fmt: skip
def test_a_moment_that_makes_no_sense_is_told(desk: Client, day: str, hour: str) -> None:
    before = Appointment.objects.count()
    page = post(desk, BOOK, **{**ASK, "precise": "1", "jour": day, "heure": hour, "raison_libre": "urgent"})
    assert "rien n’a été réservé" in page and Appointment.objects.count() == before


@pytest.mark.parametrize("year", [2020, 2031, 9998])
def test_the_gate_itself_refuses_another_year(practice: Organization, year: int) -> None:
    """A form of somebody's own making reaches no further than the page."""
    act = RescheduleAppointment(
        appointment=roche().pk, patient=roche().patient_id, practitioner=roche().practitioner_id,
        start=datetime(year, 3, 17, 10, tzinfo=cast.PARIS), overbooking="parce que",
    )  # fmt: skip
    outcome = staff_act(act, organization=practice, user=cast.petit(), now=cast.NOW, external_id=str(uuid4()))
    assert outcome.why == "out_of_reach" and roche().start.year == 2026


def test_the_gate_itself_wants_the_reason(practice: Organization) -> None:
    act = BookAppointment(
        patient=roche().patient_id, practitioner=roche().practitioner_id, service=roche().service_id,
        start=datetime(2026, 3, 17, 3, tzinfo=cast.PARIS),
    )  # fmt: skip
    outcome = staff_act(act, organization=practice, user=cast.petit(), now=cast.NOW, external_id=str(uuid4()))
    assert outcome.why == "beyond_hours"


def test_a_patient_never_overbooks(practice: Organization) -> None:
    """The reason is the staff's: nobody else's act may carry one."""
    from releve.core.messages import Evidence, Identity, Proposal
    from releve.guarantee import gate

    act = BookAppointment(
        patient=roche().patient_id, practitioner=roche().practitioner_id, service=roche().service_id, start=TEN,
        overbooking="urgent",
    )  # fmt: skip
    proposal = Proposal(act, "form", (Evidence("form", "form"),), Identity.VERIFIED)
    (outcome,) = gate.submit([proposal], event=uuid4(), organization=practice, now=cast.NOW)
    assert outcome.why == "slot_taken" and there(TEN) == 1


# --- moving ----------------------------------------------------------------------------------------------------------
def test_a_move_onto_somebody_asks_and_is_taken_back(desk: Client) -> None:
    was = roche().start
    assert "Surréserver" in post(desk, MOVE, place=TAKEN) and roche().start == was
    page = post(desk, MOVE, place=TAKEN, confirme="1", raison="short")
    assert roche().start == TEN and roche().overbooking == "Rendez-vous court"
    undo = re.search(r'action="([^"]+defaire/reschedule_appointment/[^"]*)"', page)
    assert undo is not None
    post(desk, undo[1].replace("&amp;", "&"))
    assert roche().start == was and roche().overbooking == ""


def test_a_visit_moved_away_is_no_longer_above(desk: Client) -> None:
    post(desk, MOVE, place=TAKEN, confirme="1", raison="short")
    page = post(desk, MOVE, place=f"{cast.AMAR}|2026-03-18T10:00:00+01:00")
    undo = re.search(r'action="([^"]+defaire/reschedule_appointment/[^"]*)"', page)
    assert roche().overbooking == "" and undo is not None
    post(desk, undo[1].replace("&amp;", "&"))
    assert roche().start == TEN and roche().overbooking == "Rendez-vous court", "as it was, with its reason"


# --- the patient is told ---------------------------------------------------------------------------------------------
WEDNESDAY = f"{cast.AMAR}|2026-03-18T10:00:00+01:00"


def test_the_box_is_there_and_ticked(desk: Client) -> None:
    page = desk.get(MOVE).content.decode()
    assert 'name="prevenir" value="1" checked' in page and "Prévenir par SMS" in page


def test_a_move_tells_after_the_time_to_undo(desk: Client) -> None:
    assert "part dans dix secondes" in post(desk, MOVE, place=WEDNESDAY, prevenir="1")
    message = Outgoing.objects.get()
    assert message.purpose == "moved" and message.send_after == cast.NOW + timedelta(seconds=10)
    assert "mercredi 18\u00a0mars à 10\u00a0h" in message.text and message.address == cast.ROCHE_PHONE
    leaf = ledger.about(f"appointment:{roche().pk}")[-1]
    assert leaf["payload"]["act"]["tell"] is True


def test_somebody_on_the_telephone_is_not_written_to(desk: Client) -> None:
    post(desk, MOVE, place=WEDNESDAY)
    assert not Outgoing.objects.exists()


def test_taken_back_in_time_nobody_is_told(desk: Client) -> None:
    page = post(desk, MOVE, place=WEDNESDAY, prevenir="1")
    undo = re.search(r'action="([^"]+defaire/reschedule_appointment/[^"]*)"', page)
    assert undo is not None
    post(desk, undo[1].replace("&amp;", "&"))
    assert not Outgoing.objects.exists()


def test_once_told_it_is_moved_again_and_not_taken_back(desk: Client, clock: Any) -> None:
    page = post(desk, MOVE, place=WEDNESDAY, prevenir="1")
    undo = re.search(r'action="([^"]+defaire/reschedule_appointment/[^"]*)"', page)
    clock.moment += timedelta(seconds=11)
    assert undo is not None and "déjà prévenue du déplacement" in post(desk, undo[1].replace("&amp;", "&"))


def test_two_moves_in_a_row_are_told_once(desk: Client) -> None:
    post(desk, MOVE, place=WEDNESDAY, prevenir="1")
    post(desk, MOVE, place=f"{cast.AMAR}|2026-03-20T11:00:00+01:00", prevenir="1")
    assert "vendredi 20" in Outgoing.objects.get().text


def test_at_night_the_message_waits(desk: Client, clock: Any) -> None:
    clock.moment = datetime(2026, 3, 16, 22, 0, tzinfo=cast.PARIS)
    desk.force_login(User.objects.get(username="petit"))
    post(desk, MOVE, place=WEDNESDAY, prevenir="1")
    assert Outgoing.objects.get().send_after == datetime(2026, 3, 17, 8, 0, tzinfo=cast.PARIS)


def test_without_a_contact_the_page_says_so(desk: Client) -> None:
    Patient.objects.filter(identifier=cast.ROCHE).update(phone=None, email=None)
    page = desk.get(MOVE).content.decode()
    assert "dites-le-lui vous-même" in page and "prevenir" not in page


def replies(practice: Organization, text: str, at: datetime) -> str:
    event = receive(
        organization=practice, conversation="sms-roche", channel="sms", address=cast.ROCHE_PHONE, text=text,
        external_id=str(uuid4()), at=at,
    )  # fmt: skip
    return " ".join(answer(event)["messages"])


def test_the_person_may_answer_that_it_does_not_suit(desk: Client, practice: Organization) -> None:
    post(desk, MOVE, place=WEDNESDAY, prevenir="1")
    said = replies(practice, "non", cast.NOW + timedelta(minutes=3))
    assert "Vous confirmez" in said and "mercredi 18\u00a0mars à 10\u00a0h" in said
    assert roche().status == "booked", "it is asked first"


def test_and_ask_for_another_day(desk: Client, practice: Organization) -> None:
    post(desk, MOVE, place=WEDNESDAY, prevenir="1")
    said = replies(practice, "plutôt vendredi après-midi", cast.NOW + timedelta(minutes=3))
    assert "date de naissance" in said, "moving needs a verified identity"
    said = replies(practice, "3 mai 1954", cast.NOW + timedelta(minutes=4))
    assert "vendredi 20\u00a0mars à 14\u00a0h" in said


def test_what_has_not_left_cannot_be_answered(desk: Client, practice: Organization) -> None:
    """« oui » to something else, five seconds before the message leaves."""
    post(desk, MOVE, place=WEDNESDAY, prevenir="1")
    replies(practice, "oui", cast.NOW + timedelta(seconds=5))
    assert not roche().confirmed
