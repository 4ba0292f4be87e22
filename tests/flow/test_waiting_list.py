"""A freed place from the cancelling to the yes: rounds, passing on, what brings a place back, what people decide."""

from datetime import timedelta
from typing import Any

import pytest

from releve.core.acts import BookAppointment, CancelAppointment, UndoAppointment
from releve.core.waiting import PassOffersOn, ResumeOffers, SetPriority, StopOffers
from releve.intake.actions import fire_due
from releve.ledger.queries import about
from releve.practice.export import export
from releve.practice.file import BadFile
from releve.practice.models import (
    Allocation,
    Appointment,
    HealthcareService,
    Offer,
    Patient,
    Practitioner,
    Task,
    WaitingListEntry,
)
from releve.practice.rules import takes_sms
from tests import cast
from tests.flow.waiting import PHONES, START, does, entry, freed, offers, person, talk, written
from tests.pages import crowd
from tests.talk import Talk, said

pytestmark = pytest.mark.django_db


# --- one after the other, or a round --------------------------------------------------------------------------------
def test_with_days_ahead_people_are_asked_one_after_the_other() -> None:
    here = talk("ines", "jean")
    assert freed(here) == ["ines"]
    assert written(here, "2026-03-16T12:00") == []
    assert written(here, "2026-03-16T12:20") == ["jean"]
    assert offers("entry__patient__identifier", "status", "round") == [("ines", "expired", 1), ("jean", "open", 2)]


def test_when_there_is_no_time_three_are_asked_at_once_and_one_place_is_held() -> None:
    here = talk("ines", "jean", "karim", "lise", start=START)
    assert freed(here) == ["ines", "jean", "karim"]
    assert offers("status", "round") == [("open", 1)] * 3
    assert Allocation.objects.exclude(hold="").count() == 1


def test_the_first_yes_has_it_and_the_others_keep_their_rank() -> None:
    here = talk("ines", "jean", "karim", start=START)
    freed(here)
    assert "C’est réservé" in said(here.say("oui", PHONES["jean"]))
    assert here.booked("jean") == [START]
    assert offers() == [("ines", "lost"), ("jean", "accepted"), ("karim", "lost")]
    late = said(here.say("oui je la prends", PHONES["ines"]))
    assert "vient d’être prise" in late
    assert "gardez votre rang" in late
    assert here.booked("ines") == []
    assert entry("ines").status == "waiting"
    assert written(here, "2026-03-16T12:00") == []  # who said nothing is not written to


def test_a_no_in_a_round_leaves_the_others_their_time_and_the_last_no_passes_on() -> None:
    here = talk("ines", "jean", "karim", "lise", start=START)
    freed(here)
    for name in ("ines", "karim"):
        here.say("non", PHONES[name])
    assert written(here, "2026-03-16T09:30") == []
    assert Allocation.objects.exclude(hold="").count() == 1
    here.say("non merci", PHONES["jean"])
    assert written(here, "2026-03-16T09:40") == ["lise"]


def test_a_round_without_an_answer_passes_on_while_there_is_time() -> None:
    here = talk("ines", "jean", "karim", "lise", start=START)
    freed(here)
    assert written(here, "2026-03-16T11:00") == ["lise"]
    assert {status for _, status in offers()[:3]} == {"expired"}


def test_a_late_yes_of_an_earlier_round_still_wins_while_nobody_has_the_place() -> None:
    here = talk("ines", "jean", "karim", "lise", "marc", start=START)
    freed(here)
    assert written(here, "2026-03-16T10:20") == ["lise", "marc"]
    assert "C’est réservé" in said(here.say("oui", PHONES["ines"]))
    assert dict(offers())["lise"] == dict(offers())["marc"] == "lost"
    assert Allocation.objects.exclude(hold="").count() == 0


def test_a_late_yes_takes_nothing_from_whom_the_place_is_kept_for_alone() -> None:
    here = talk("ines", "jean")
    freed(here)
    written(here, "2026-03-16T12:20")
    assert "proposée à une autre personne" in said(here.say("oui", PHONES["ines"]))
    assert "C’est réservé" in said(here.say("oui", PHONES["jean"]))
    assert offers() == [("ines", "lost"), ("jean", "accepted")]


def test_nothing_is_offered_that_nobody_could_reach() -> None:
    here = talk("ines", start="2026-03-16T09:20")
    assert freed(here, "2026-03-16T12:00") == []


@pytest.mark.parametrize(
    ("now", "quiet", "asked"),
    [
        ("2026-03-16T19:30", "2026-03-16T19:31", "2026-03-16T19:50"),
        ("2026-03-16T21:00", "2026-03-17T07:59", "2026-03-17T08:05"),
    ],
)
def test_when_the_opening_is_too_late_an_offer_leaves_as_soon_as_messages_may(now: str, quiet: str, asked: str) -> None:
    here = talk("ines", start="2026-03-17T09:20")  # the practice opens at 8:30
    here.clock(now)
    assert freed(here, quiet) == []
    assert written(here, asked) == ["ines"]


# --- who is asked ---------------------------------------------------------------------------------------------------
def test_nobody_holds_two_open_offers_and_the_second_place_waits_for_them() -> None:
    here = talk("mother", start="2026-03-19T09:40")
    here.staff(cancel=cast.ROCHE_THURSDAY)
    here.staff(cancel=cast.LEA_TUESDAY)
    here.clock("2026-03-16T09:30")
    assert offers() == [("mother", "open")]
    here.say("non", cast.MOTHER_PHONE)
    here.clock("2026-03-16T15:40")
    assert offers("start", "status")[1][1] == "open"
    assert len({start for start, _ in offers("start", "status")}) == 2


def test_who_declined_a_place_is_not_asked_for_it_again() -> None:
    here = talk("ines")
    freed(here)
    here.say("non", PHONES["ines"])
    place = Offer.objects.get()
    booked = does(here, _booking("karim", place.start))
    does(here, UndoAppointment(appointment=booked.record or 0, undone="book_appointment"))
    assert written(here, "2026-03-16T12:00") == []


def _booking(name: str, start: Any) -> BookAppointment:
    return BookAppointment(
        patient=Patient.objects.get(identifier=name).pk, start=start,
        practitioner=Practitioner.objects.get(identifier=cast.AMAR).pk,
        service=HealthcareService.objects.get(identifier=cast.CONSULTATION).pk,
    )  # fmt: skip


def test_who_has_a_later_appointment_is_offered_only_an_earlier_place() -> None:
    here = talk({"patient": cast.LEA, "appointment": cast.LEA_TUESDAY}, "ines")
    assert freed(here) == ["ines"]  # Thursday is later than Tuesday


def test_the_earlier_place_replaces_the_appointment_whose_time_goes_on_to_the_next() -> None:
    here = talk({"patient": cast.LEA, "appointment": cast.LEA_TUESDAY}, "ines", start="2026-03-16T17:40")
    freed(here)
    here.say("oui", cast.MOTHER_PHONE)
    assert here.booked(cast.LEA) == ["2026-03-16T17:40"]
    here.clock("2026-03-16T09:40")
    assert offers("entry__patient__identifier", "status")[-1] == ("ines", "open")


def test_whose_appointment_cannot_be_kept_is_asked_by_a_person_first() -> None:
    here = talk("ines", "jean")
    WaitingListEntry.objects.filter(patient__identifier="ines").update(cause="absence")
    assert freed(here) == ["jean"]
    here.say("non", PHONES["jean"])
    Offer.objects.create(
        organization=here.desk.practice, entry=entry("ines"), practitioner=entry("ines").practitioner,
        service=entry("ines").service, start=cast.NOW, freed_start=cast.NOW, freed_end=cast.NOW, expires_at=cast.NOW,
        status="declined",
    )  # fmt: skip
    assert written(here, "2026-03-16T09:50") == ["ines"]


def test_a_priority_that_a_person_sets_comes_first() -> None:
    here = talk("ines", "jean")
    assert does(here, SetPriority(entry=entry("jean").pk, priority=2)).why == "needs_reason"
    does(here, SetPriority(entry=entry("jean").pk, priority=2, reason="douleur depuis un mois"))
    assert entry("jean").priority_why == "douleur depuis un mois"
    assert freed(here) == ["jean"]


def test_a_priority_travels_with_the_practice_file() -> None:
    here = talk("ines", {"patient": "jean", "priority": 1, "priority_why": "douleur"})
    assert export(here.desk.practice, cast.NOW)["waiting_list"][1]["priority_why"] == "douleur"
    assert freed(here) == ["jean"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"priority": 3, "priority_why": "x"}, "is not 0, 1 or 2"),
        ({"priority": True, "priority_why": "x"}, "is not 0, 1 or 2"),
        ({"priority": 2}, "a priority has a reason"),
        ({"priority": 1, "priority_why": "x" * 201}, "at most 200 characters"),
        ({"priority": 1, "priority_why": 7}, "is not a text"),
    ],
)
def test_a_priority_that_makes_no_sense_is_refused_by_name(row: dict[str, Any], fault: str) -> None:
    with pytest.raises(BadFile, match=fault):
        talk({"patient": "ines", **row})


# --- three times no, three times nothing ----------------------------------------------------------------------------
@pytest.mark.parametrize(("answer", "words"), [("non", "toutes refusées"), ("", "sans réponse")])
def test_after_three_in_a_row_a_person_calls_and_nobody_is_taken_off_the_list(answer: str, words: str) -> None:
    here = talk("ines")
    for number in range(3):
        _offered_and(here, number, answer)
    assert entry("ines").status == "waiting"
    task = Task.objects.get(kind="callback")
    assert words in task.words
    assert task.patient == entry("ines").patient


def _offered_and(here: Talk, number: int, answer: str) -> None:
    """A place on another day is freed, offered, and declined or left."""
    start = cast.NOW + timedelta(days=1 + number, minutes=80)
    booked = does(here, _booking("karim", start))
    row = Appointment.objects.get(pk=booked.record)
    here.staff(cancel=row.identifier)
    here.clock((here.desk.now.astimezone(cast.PARIS) + timedelta(minutes=15)).strftime("%Y-%m-%dT%H:%M"))
    if answer:
        here.say(answer, PHONES["ines"])
    else:
        here.clock((here.desk.now.astimezone(cast.PARIS) + timedelta(hours=24)).strftime("%Y-%m-%dT%H:%M"))


# --- what brings a place back ---------------------------------------------------------------------------------------
def test_a_place_that_somebody_held_for_a_moment_comes_back() -> None:
    here = talk("ines")
    place = Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)
    here.staff(cancel=cast.ROCHE_THURSDAY)
    here.say("un rdv avec Dr Amar jeudi à 9h40, Claire Fontaine 9 janvier 1985", cast.MOTHER_PHONE)
    assert Allocation.objects.filter(start=place.start).exclude(hold="").exists()
    here.clock("2026-03-16T09:06")
    assert offers() == []
    assert written(here, "2026-03-16T09:30") == ["ines"]


def test_a_visit_missed_before_its_hour_and_a_move_free_their_places() -> None:
    here = talk("ines")
    here.staff(no_show=cast.ROCHE_THURSDAY)
    assert "ines" in written(here, "2026-03-16T09:20")


def test_what_a_short_visit_leaves_of_a_longer_time_is_offered_too() -> None:
    here = talk("ines", "jean")
    row = Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)
    Appointment.objects.filter(pk=row.pk).update(end=row.start + timedelta(minutes=40))
    freed(here)
    here.say("oui", PHONES["ines"])
    assert written(here, "2026-03-16T09:40") == ["jean"]
    assert here.booked("ines") == ["2026-03-19T09:40"]
    assert Offer.objects.get(entry=entry("jean")).start == row.start + timedelta(minutes=20)


# --- whom nothing written reaches -----------------------------------------------------------------------------------
def test_a_landline_is_written_to_by_email() -> None:
    here = talk("ines", ines=person("ines", "+33145678901", email="ines@courriel.example"))
    assert freed(here) == ["ines@courriel.example"]


def test_a_landline_alone_is_called_and_the_place_is_held_meanwhile() -> None:
    here = talk("ines", ines=person("ines", "+262262123456"))
    assert freed(here) == []
    assert "jeudi 19 mars à 9 h 40" in Task.objects.get(kind="callback").words.replace("\u00a0", " ")
    assert offers() == [("ines", "open")]


def test_who_said_stop_is_called_and_who_has_no_contact_is_passed_over() -> None:
    here = talk("ines", "jean", jean={**person("jean"), "phone": None})
    here.say("STOP", PHONES["ines"])
    assert freed(here) == []
    assert Task.objects.get(kind="callback").patient == entry("ines").patient
    assert written(here, "2026-03-16T16:00") == []
    assert offers() == [("ines", "expired")]


def test_the_call_for_a_cancelling_that_is_undone_is_not_to_be_made() -> None:
    here = talk(ines=person("ines", "+33145678901"))
    user = cast.petit()
    booked = does(here, _booking("ines", cast.NOW + timedelta(days=3)), user)
    row = Appointment.objects.get(pk=booked.record)
    does(here, CancelAppointment(appointment=row.pk, patient=row.patient_id), user)
    assert Task.objects.get(kind="callback").status == "open"
    does(here, UndoAppointment(appointment=row.pk, undone="cancel_appointment"), user)
    assert Task.objects.get(kind="callback").status == "approved"


@pytest.mark.parametrize(
    ("phone", "mobile"),
    [
        ("+33612345678", True), ("+33712345678", True), ("+33639980029", True),
        ("+33145678901", False), ("+33212345678", False), ("+33912345678", False), ("+33199000420", False),
        ("+262692123456", True), ("+262639123456", True), ("+262262123456", False), ("+262269612345", False),
        ("+590690271234", True), ("+590590271234", False), ("+596696601234", True), ("+596596601234", False),
        ("+594694212345", True), ("+594594281234", False), ("+508551234", True), ("+508412345", False),
        ("+32475123456", True), ("+3222345678", False), ("+12025550123", True), ("not a number", True),
    ],
)  # fmt: skip
def test_which_telephones_take_sms(phone: str, mobile: bool) -> None:
    assert takes_sms(phone) is mobile


def test_a_long_list_costs_few_queries(django_assert_max_num_queries: Any) -> None:
    here = talk()
    visit = HealthcareService.objects.get(identifier=cast.CONSULTATION)
    people = crowd.patients(here.desk.practice)
    WaitingListEntry.objects.bulk_create(
        WaitingListEntry(organization=p.organization, identifier=f"w-{p.pk}", patient=p, service=visit) for p in people
    )
    here.staff(cancel=cast.ROCHE_THURSDAY)
    with django_assert_max_num_queries(60):
        fire_due(here.desk.practice, cast.NOW + timedelta(minutes=6))
    assert Offer.objects.count() == 1


# --- people pass on, stop, take it back -----------------------------------------------------------------------------
def test_passing_on_asks_the_next_at_once() -> None:
    here = talk("ines", "jean")
    freed(here)
    does(here, PassOffersOn(offer=Offer.objects.get().pk))
    assert written(here, "2026-03-16T09:21") == ["jean"]
    assert "plus disponible" in said(here.say("oui", PHONES["ines"]))


def test_stopping_gives_the_place_to_whoever_books_it_and_can_be_taken_back() -> None:
    here = talk("ines", "jean")
    freed(here)
    place = Offer.objects.get()
    does(here, StopOffers(practitioner=place.practitioner_id, start=place.freed_start))
    assert Allocation.objects.exclude(hold="").count() == 0
    assert written(here, "2026-03-16T10:00") == []
    does(here, ResumeOffers(practitioner=place.practitioner_id, start=place.freed_start, end=place.freed_end))
    assert written(here, "2026-03-16T10:01") == ["ines"]  # she was stopped while she thought


def test_every_offer_and_answer_is_in_the_ledger() -> None:
    here = talk("ines", "jean", "karim", start=START)
    freed(here)
    here.say("non", PHONES["jean"])
    here.clock("2026-03-16T11:00")
    for name, kinds in (("ines", ["expire_offer"]), ("jean", ["decline_offer"]), ("karim", ["expire_offer"])):
        told = [leaf["kind"] for leaf in about(f"waiting:{entry(name).pk}")]
        assert told == ["offer_freed_place", *kinds]
    made = Offer.objects.get(entry=entry("jean"))
    assert made.made_at is not None
    assert made.answered_at is not None
    assert made.made_at < made.answered_at


# --- the visit that an accepted place replaces ----------------------------------------------------------------------
def replaced(name: str) -> str | None:
    row = entry(name).appointment
    return row.start.astimezone(cast.PARIS).strftime("%Y-%m-%dT%H:%M") if row is not None else None


def test_who_books_meanwhile_gives_that_visit_up_for_the_earlier_place() -> None:
    here = talk("ines")
    does(here, _booking("ines", cast.NOW + timedelta(days=9)))
    assert replaced("ines") == "2026-03-25T09:00"
    freed(here)
    here.say("oui", PHONES["ines"])
    assert here.booked("ines") == ["2026-03-19T09:40"]


def test_who_books_by_message_too() -> None:
    here = talk("ines")
    here.say("un rdv avec Dr Amar mercredi 25 mars à 9h, 1er février 1980", PHONES["ines"])
    here.say("oui", PHONES["ines"])
    assert here.booked("ines") == ["2026-03-25T09:00"] == [replaced("ines")]


def test_a_visit_that_is_cancelled_is_replaced_no_more_and_the_next_one_is() -> None:
    here = talk({"patient": cast.LEA, "appointment": cast.LEA_TUESDAY})
    here.staff(cancel=cast.LEA_TUESDAY)
    assert replaced(cast.LEA) is None
    does(here, _booking(cast.LEA, cast.NOW + timedelta(days=9)))
    assert replaced(cast.LEA) == "2026-03-25T09:00"


def test_a_visit_that_is_missed_is_replaced_no_more() -> None:
    here = talk({"patient": cast.LEA, "appointment": cast.LEA_TUESDAY})
    here.staff(no_show=cast.LEA_TUESDAY)
    assert replaced(cast.LEA) is None


def test_a_cancelling_that_is_undone_gives_back_the_visit_to_replace() -> None:
    here = talk({"patient": cast.LEA, "appointment": cast.LEA_TUESDAY})
    row, user = Appointment.objects.get(identifier=cast.LEA_TUESDAY), cast.petit()
    does(here, CancelAppointment(appointment=row.pk, patient=row.patient_id), user)
    does(here, UndoAppointment(appointment=row.pk, undone="cancel_appointment"), user)
    assert replaced(cast.LEA) == "2026-03-17T10:00"


def test_a_booking_that_is_undone_is_not_replaced() -> None:
    here = talk("ines")
    made = does(here, _booking("ines", cast.NOW + timedelta(days=9)))
    does(here, UndoAppointment(appointment=made.record or 0, undone="book_appointment"))
    assert replaced("ines") is None


@pytest.mark.parametrize(
    "waits",
    [
        {"practitioner": cast.DIALLO, "service": cast.INJECTION},
        {"windows": [["2026-03-26T09:00", "2026-03-26T12:00"]]},
    ],
)
def test_another_visit_than_the_one_they_wait_for_is_kept_beside_it(waits: dict[str, Any]) -> None:
    here = talk({"patient": "ines", **waits})
    does(here, _booking("ines", cast.NOW + timedelta(days=9)))
    assert replaced("ines") is None


def test_a_second_visit_leaves_the_first_as_the_one_to_replace() -> None:
    here = talk("ines")
    for days in (9, 2):
        does(here, _booking("ines", cast.NOW + timedelta(days=days)))
    assert replaced("ines") == "2026-03-25T09:00"


def test_another_entry_of_theirs_replaces_the_place_they_just_accepted() -> None:
    here = talk("ines", {"patient": "ines", "practitioner": None}, start="2026-03-20T09:40")
    freed(here)
    here.say("oui", PHONES["ines"])
    (left,) = WaitingListEntry.objects.filter(patient__identifier="ines", status="waiting")
    assert left.appointment is not None
    assert here.booked("ines") == ["2026-03-20T09:40"]


def test_an_earlier_hour_of_the_same_day_is_offered_to_the_next() -> None:
    here = talk({"patient": cast.LEA, "appointment": cast.LEA_TUESDAY}, "ines", start="2026-03-17T09:00")
    assert freed(here) == ["ines"]


def test_whose_visit_took_place_is_offered_no_other() -> None:
    here = talk({"patient": cast.LEA, "appointment": cast.LEA_TUESDAY}, "ines")
    Appointment.objects.filter(identifier=cast.LEA_TUESDAY).update(status="fulfilled")
    assert freed(here) == ["ines"]
