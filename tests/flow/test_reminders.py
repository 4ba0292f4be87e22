"""When reminders leave: the evening before, and some days before when the practice wishes."""

from typing import Any

import pytest

from releve.core.acts import CancelAppointment
from releve.intake import actions as intake
from releve.post.models import Outgoing, Timer
from releve.practice.models import Appointment, Organization
from tests import cast

pytestmark = pytest.mark.django_db
THREE_WEEKS_AHEAD = "2026-04-07T11:00"  # the day after Easter Monday


def practice(early: int, start: str = THREE_WEEKS_AHEAD, **mother: Any) -> Organization:
    data = cast.practice_file()
    data["practice"]["early_reminder_days"] = early
    data["appointments"] = [cast._appointment("later", cast.MOTHER, cast.AMAR, cast.CONSULTATION, start)]
    return cast.practice(data)


def due() -> list[str]:
    rows = Timer.objects.filter(act="send_reminder", done_at=None).order_by("due_at").values_list("due_at", flat=True)
    return [moment.astimezone(cast.PARIS).strftime("%m-%d %H:%M") for moment in rows]


@pytest.mark.parametrize(
    ("early", "start", "leaves"),
    [
        (0, THREE_WEEKS_AHEAD, ["04-04 18:00"]),  # neither Easter Monday nor Sunday
        (3, THREE_WEEKS_AHEAD, ["04-04 18:00"]),  # both on Saturday: one is enough
        (7, THREE_WEEKS_AHEAD, ["03-31 18:00", "04-04 18:00"]),
        (3, "2026-03-26T11:00", ["03-23 18:00", "03-25 18:00"]),
        (3, "2026-03-20T11:00", ["03-19 18:00"]),  # booked the day before: nobody has forgotten
    ],
)
def test_a_first_reminder_leaves_some_days_ahead_when_the_practice_wishes(early, start, leaves) -> None:
    practice(early, start)
    assert due() == leaves


def test_what_is_cancelled_is_no_more_reminded() -> None:
    here = practice(7)
    row = Appointment.objects.get()
    act = CancelAppointment(appointment=row.pk, patient=row.patient_id)
    assert intake.staff_act(act, organization=here, user=None, now=cast.NOW, external_id="cancel").done
    assert due() == []


def test_both_reminders_are_one_each() -> None:
    here = practice(7)
    intake.fire_due(here, cast.NOW.replace(month=4, day=6))
    assert Outgoing.objects.filter(purpose="reminder").count() == 2
