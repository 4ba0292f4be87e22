"""What the agenda lists can be booked, and nothing else: rooms, groups, limits, buffers, urgent places, overbooking."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from releve.core.acts import BookAppointment, Identity, NewPatient, RescheduleAppointment
from releve.core.messages import Evidence, Outcome, Proposal
from releve.desk.agenda.places import free
from releve.guarantee import gate
from releve.intake import actions as intake
from releve.practice import actions, queries
from releve.practice.models import (
    Allocation,
    Appointment,
    BusyTime,
    HealthcareService,
    Organization,
    Patient,
    Practitioner,
    Schedule,
)
from tests import cast

pytestmark = pytest.mark.django_db
TUESDAY = "2026-03-17"
BLUE = {"id": "bleue", "name": "Salle bleue", "kind": "room", "family": "salle"}
SCANNER = {
    "id": "echo", "name": "Échographe", "kind": "device", "family": "échographe",
    "rules": cast._rules("09:00", "10:00"),
}  # fmt: skip


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=cast.PARIS).astimezone(UTC)


def hour(text: str) -> datetime:
    return at(f"{TUESDAY}T{text}")


def practice(visit: dict[str, Any] | None = None, schedule: dict[str, Any] | None = None, **lists: Any) -> Organization:
    """Dr Amar, every morning from 9 to 12, consultations of 20 minutes; nothing booked."""
    data = cast.practice_file() | {"appointments": []} | lists
    data["services"][0] |= visit or {}
    data["schedules"][0] |= {"rules": cast._rules("09:00", "12:00")} | (schedule or {})
    return cast.practice(data)


def visit() -> HealthcareService:
    return HealthcareService.objects.get(identifier=cast.CONSULTATION)


def amar() -> int:
    return Schedule.objects.get(practitioner__identifier=cast.AMAR).practitioner_id or 0


def listed(newcomer: bool = False, now: datetime = cast.NOW) -> list[str]:
    """The hours of Tuesday that a patient is shown."""
    calendar = queries.calendars([amar()], now)[amar()]
    free = calendar.free(at(f"{TUESDAY}T00:00"), at(f"{TUESDAY}T23:00"), visit(), newcomer)
    return [start.astimezone(cast.PARIS).strftime("%H:%M") for start in free]


def submit(act: Any, staff: bool = False, now: datetime = cast.NOW) -> Outcome:
    """Through the gate: by the assistant for a known person, or by the desk."""
    here, key = queries.organization(), str(uuid4())
    if staff:
        return intake.staff_act(act, organization=here, user=None, now=now, external_id=key)
    proposal = Proposal(act, "booking", (Evidence("rule", "test"),), Identity.VERIFIED)
    with transaction.atomic():
        (outcome,) = gate.submit([proposal], event=intake.event_id(here, "test", key), organization=here, now=now)
    return outcome


def booking(start: str, patient: str | None = cast.ROCHE, **more: Any) -> BookAppointment:
    who: dict[str, Any] = {"newcomer": cast.NEWCOMER}
    if patient is not None:
        who = {"patient": Patient.objects.get(identifier=patient).pk}
    return BookAppointment(practitioner=amar(), service=visit().pk, start=hour(start), **who, **more)


def book(start: str, patient: str | None = cast.ROCHE, staff: bool = False, **more: Any) -> str:
    """ "done", or the code of the refusal."""
    outcome = submit(booking(start, patient, **more), staff)
    return "done" if outcome.done else outcome.why


def move(row: Appointment, start: str, **more: Any) -> Outcome:
    act = RescheduleAppointment(
        appointment=row.pk, patient=row.patient_id, practitioner=row.practitioner_id, start=hour(start), **more
    )
    return submit(act)


# --- listing and booking --------------------------------------------------------------------------------------------
def test_every_minute_of_a_morning_is_booked_or_refused_as_it_is_listed() -> None:
    practice(
        {"buffer_after_min": 10, "needs": ["salle", "échographe"], "step_min": 15, "min_notice_min": 60},
        {"rules": [*cast._rules("09:00", "10:00"), {**cast._rules("10:00", "12:00")[0], "kept_until": "08:00"}]},
        resources=[BLUE, SCANNER],
    )
    assert book("09:00") == "done"
    shown = listed()
    assert shown == ["09:30"]
    for minute in range(8 * 60, 13 * 60, 5):
        start = f"{minute // 60:02d}:{minute % 60:02d}"
        with transaction.atomic():
            assert (book(start, cast.MOTHER) == "done") == (start in shown), start
            transaction.set_rollback(True)


def test_an_agenda_is_read_in_three_queries_however_many_there_are(django_assert_max_num_queries: Any) -> None:
    practice({"needs": ["salle"]}, {"limits": [{"per_day": 5}]}, resources=[BLUE])
    people = list(Schedule.objects.exclude(practitioner=None).values_list("practitioner", flat=True))
    with django_assert_max_num_queries(3):
        assert len(queries.calendars(people, cast.NOW)) == 2


# --- what forbids ---------------------------------------------------------------------------------------------------
def test_buffers_are_kept_before_and_after() -> None:
    practice({"buffer_after_min": 10, "step_min": 10})
    assert book("09:00") == "done"
    assert listed()[0] == "09:30"
    assert book("09:20", cast.MOTHER) == "slot_taken"
    assert Allocation.objects.get().end == hour("09:30")


def test_notice_and_horizon() -> None:
    practice({"min_notice_min": 25 * 60, "horizon_days": 2})
    assert listed() == [f"{h}:{m:02d}" for h in (10, 11) for m in (0, 20, 40)]
    assert book("09:40") == "too_soon"
    assert submit(replace(booking("09:00"), start=at("2026-03-19T09:00"))).why == "too_far"


def test_ages_are_known_when_the_person_is() -> None:
    practice({"max_age": 16})
    assert book("09:00") == "age"
    assert book("09:00", cast.LEA) == "done"
    assert book("09:20", staff=True) == "done"


def test_a_day_takes_so_many_new_patients() -> None:
    practice(None, {"limits": [{"new_patients": True, "per_day": 1}]})
    assert book("09:00", None) == "done"
    assert Appointment.objects.get().first_visit
    assert listed(newcomer=True) == []
    assert "09:20" in listed()
    other = NewPatient("Zoé", "Martin", cast.NEWCOMER.birth_date, "+33639981009")
    refused = BookAppointment(practitioner=amar(), service=visit().pk, start=hour("09:20"), newcomer=other)
    assert submit(refused).why == "day_full"
    assert submit(refused, staff=True).done


def test_who_has_come_before_is_no_new_patient() -> None:
    practice()
    assert [book("09:00"), book("09:20"), book("09:40", cast.LEA)] == ["done"] * 3
    assert list(Appointment.objects.order_by("start").values_list("first_visit", flat=True)) == [True, False, True]


def test_urgent_places_are_kept_until_the_morning() -> None:
    practice(None, {"rules": [{**cast._rules("09:00", "10:00")[0], "kept_until": "08:00"}]})
    assert listed() == []
    assert book("09:00") == "kept"
    assert listed(now=hour("08:00")) == ["09:00", "09:20", "09:40"]
    HealthcareService.objects.update(urgent=True)
    assert book("09:00") == "done"


def test_busy_time_is_not_free_even_to_the_desk() -> None:
    practice()
    BusyTime.objects.create(schedule=Schedule.objects.get(practitioner=amar()), start=hour("09:00"), end=hour("11:50"))
    assert listed() == []
    assert [book("09:00"), book("09:00", staff=True)] == ["slot_taken"] * 2
    BusyTime.objects.update(removed_at=cast.NOW)
    assert book("09:00") == "done"


# --- rooms, groups --------------------------------------------------------------------------------------------------
def test_a_visit_takes_its_room_too() -> None:
    practice({"needs": ["salle"], "practitioners": [cast.AMAR, cast.DIALLO]}, resources=[BLUE])
    assert book("09:00") == "done"
    assert sorted(Allocation.objects.values_list("schedule__identifier", flat=True)) == [cast.AMAR, "bleue"]
    diallo = Schedule.objects.get(practitioner__identifier=cast.DIALLO).practitioner_id
    other = BookAppointment(
        practitioner=diallo or 0, service=visit().pk, start=hour("08:50"),
        patient=Patient.objects.get(identifier=cast.LEA).pk,
    )  # fmt: skip
    assert submit(other).why == "no_resource"
    assert submit(other, staff=True).why == "slot_taken"
    assert Allocation.objects.count() == 2


def test_a_device_is_open_for_the_whole_visit_or_not_at_all() -> None:
    practice({"needs": ["échographe"], "duration_min": 40}, resources=[SCANNER])
    assert listed() == ["09:00"]
    assert book("09:40") == "no_resource"


def test_a_group_is_joined_until_it_is_full() -> None:
    practice({"capacity": 3, "duration_min": 60})
    people = [cast.ROCHE, cast.LEA, cast.MOTHER]
    assert [book("10:00", who) for who in people] == ["done"] * 3
    assert list(Allocation.objects.order_by("place").values_list("place", "capacity")) == [(1, 3), (2, 3), (3, 3)]
    assert listed() == ["09:00", "11:00"]
    assert book("10:00", None) == "slot_taken"
    assert book("10:20", None) == "slot_taken"


def test_a_group_made_before_the_buffers_changed_is_joined_at_no_other_minute() -> None:
    practice({"capacity": 3})
    assert book("09:20") == "done"
    HealthcareService.objects.update(buffer_before_min=10)
    assert not {"09:20", "09:30"} & set(listed())
    assert book("09:30", cast.LEA) == book("09:20", cast.LEA) == "slot_taken"


# --- moving, holding, overbooking -----------------------------------------------------------------------------------
def test_an_appointment_moves_within_its_own_time() -> None:
    practice({"step_min": 10})
    assert book("09:00") == "done"
    row = Appointment.objects.get()
    held = {"practitioner": amar(), "visit": visit(), "start": hour("09:10"), "now": cast.NOW, "hold": "x"}
    with pytest.raises(actions.SlotTaken):
        actions.allocate(**held)
    actions.allocate(**held, moving=row.pk)
    actions.release_holds(hold="x")
    assert move(row, "09:10").done
    assert listed()[0] == "09:30"


def test_an_expired_hold_is_free() -> None:
    practice()
    Allocation.objects.create(
        schedule=Schedule.objects.get(practitioner=amar()), start=hour("09:00"), end=hour("09:20"), hold="x",
        expires_at=cast.NOW + timedelta(minutes=10),
    )  # fmt: skip
    assert "09:00" not in listed()
    assert "09:00" in listed(now=cast.NOW + timedelta(minutes=10))
    assert book("09:00") == "slot_taken"
    outcome = submit(booking("09:00"), now=cast.NOW + timedelta(minutes=11))
    assert outcome.done and Allocation.objects.count() == 1


def test_the_desk_overbooks_with_a_reason_and_nobody_else() -> None:
    practice()
    assert book("09:00") == "done"
    assert book("09:00", cast.LEA, staff=True) == "slot_taken"
    assert book("09:00", cast.LEA, overbooking="fièvre") == "slot_taken"
    assert book("09:00", cast.LEA, staff=True, overbooking="fièvre") == "done"
    added = Appointment.objects.get(patient__identifier=cast.LEA)
    assert (added.overbooking, added.allocations.get().place) == ("fièvre", 2)
    assert move(added, "09:20").done
    added.refresh_from_db()
    assert (added.overbooking, added.allocations.get().place) == ("", 1)


# --- the first free place of many people -----------------------------------------------------------------------------
@pytest.mark.parametrize("schedule", [{}, {"capacity": 2}, {"limits": [{"per_day": 2}]}])
def test_the_first_free_place_is_the_first_of_the_list(schedule: dict[str, Any]) -> None:
    """However it is read: times alone where that is enough, else who has them too."""
    practice(schedule=schedule)
    visit = HealthcareService.objects.get(identifier="consultation")
    amar = Schedule.objects.get(practitioner__identifier="amar").practitioner_id
    assert amar is not None
    for taken in range(12):
        listed = queries.calendars([amar], cast.NOW)[amar].free(cast.NOW, cast.NOW + timedelta(days=60), visit)
        assert queries.first_free({amar: visit}, cast.NOW) == {amar: listed[0]}
        actions.allocate(
            practitioner=amar, visit=visit, start=listed[0], now=cast.NOW, hold=f"h{taken}",
            expires_at=cast.NOW + timedelta(days=90),
        )  # fmt: skip


def test_nobody_has_a_place_when_everything_is_taken() -> None:
    practice()
    visit = HealthcareService.objects.get(identifier="consultation")
    schedule = Schedule.objects.get(practitioner__identifier="amar")
    BusyTime.objects.create(schedule=schedule, start=cast.NOW - timedelta(days=1), end=cast.NOW + timedelta(days=200))
    assert schedule.practitioner_id is not None
    assert queries.first_free({schedule.practitioner_id: visit}, cast.NOW) == {}


def test_a_secretary_is_not_led_to_give_a_kept_place_away() -> None:
    practice(
        None, {"rules": [{**cast._rules("09:00", "10:00")[0], "kept_until": "08:00"}, *cast._rules("10:00", "10:20")]}
    )
    person = Practitioner.objects.get(identifier="amar")
    visit = HealthcareService.objects.get(identifier="consultation")

    def said(now: datetime) -> list[str]:
        return [
            f"{start.astimezone(cast.PARIS):%H:%M}"
            for start, _ in free([person], visit, hour("08:30"), hour("12:00"), now)
        ]

    assert said(cast.NOW) == ["10:00"]
    assert said(hour("08:00")) == ["09:00", "09:20", "09:40", "10:00"]
    HealthcareService.objects.update(urgent=True)
    visit.refresh_from_db()
    assert said(cast.NOW) == ["09:00", "09:20", "09:40", "10:00"]
