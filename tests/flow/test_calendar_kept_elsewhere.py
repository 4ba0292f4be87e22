"""Beside other software: its calendar is read again and again, and says when nobody can be booked."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings

from releve.core.acts import BookAppointment, CancelAppointment, DecideTask, RescheduleAppointment
from releve.core.elsewhere import DropFeed, KeepElsewhere, KeepFeed
from releve.intake.actions import staff_act
from releve.interop.ical import polling
from releve.ledger.models import Entry
from releve.ledger.queries import kinds
from releve.practice import queries
from releve.practice.models import Appointment, BusyTime, Feed, HealthcareService, Organization, Practitioner, Task
from tests import cast
from tests.flow.calendars import Published, published
from tests.rules.interop.feeds import ONLINE, calendar, event

pytestmark = pytest.mark.django_db
LOOPBACK = "127.0.0.1/32"
WEDNESDAY = event("20260318T090000", "20260318T100000", uid="w")
THURSDAY = event("20260319T093000", "20260319T101500", uid="t")  # M. Roche comes at 9:40


@pytest.fixture
def there(settings: Any) -> Iterator[Published]:
    """The other software, on this machine."""
    settings.ENVIRONMENT = django_settings.ENVIRONMENT.model_copy(update={"feed_networks": LOOPBACK})
    with published() as told:
        yield told


def amar() -> Practitioner:
    return Practitioner.objects.get(identifier=cast.AMAR)


def act(practice: Organization, deed: Any, now: datetime = cast.NOW) -> Any:
    return staff_act(deed, organization=practice, user=None, now=now, external_id=str(uuid4()))


def connect(practice: Organization, told: Published) -> Feed:
    act(practice, KeepFeed(practitioner=amar().pk, host="127.0.0.1", url=told.url))
    return Feed.objects.get()


def poll(practice: Organization, minutes: int = 0) -> Feed:
    polling.poll(practice, cast.NOW + timedelta(minutes=minutes))
    return Feed.objects.get()


def busy() -> list[str]:
    rows = BusyTime.objects.filter(removed_at=None).order_by("start")
    return [f"{row.start.astimezone(cast.PARIS):%d/%m %H:%M}" for row in rows]


def test_what_is_busy_there_cannot_be_booked_here(practice: Organization, there: Published) -> None:
    there.body = calendar(WEDNESDAY)
    connect(practice, there)
    feed = poll(practice)
    assert (busy(), feed.failures, feed.read_at) == (["18/03 09:00"], 0, cast.NOW)
    free = queries.calendars([amar().pk], cast.NOW)[amar().pk]
    day = datetime(2026, 3, 18, tzinfo=cast.PARIS)
    visit = HealthcareService.objects.get(identifier=cast.CONSULTATION)
    starts = [at.astimezone(cast.PARIS).hour for at in free.free(day, day + timedelta(days=1), visit)]
    assert starts and 9 not in starts


def test_each_difference_is_written_and_no_more(practice: Organization, there: Published) -> None:
    there.body = calendar(WEDNESDAY, event("20260320T140000", "20260320T150000", uid="f"))
    connect(practice, there)
    poll(practice)
    longer = event("20260318T090000", "20260318T113000", uid="w")
    there.body = calendar(longer, event("20260323T090000", "20260323T100000", uid="m"))
    poll(practice, 5)
    assert busy() == ["18/03 09:00", "23/03 09:00"]
    assert BusyTime.objects.get(removed_at=cast.NOW + timedelta(minutes=5)).uid
    last = Entry.objects.filter(kind="record_feed").order_by("-pk")[0].payload["act"]
    assert (last["added"], last["changed"], last["removed"]) == (1, 1, 1)


def test_what_vanished_and_came_back_is_the_same_row(practice: Organization, there: Published) -> None:
    connect(practice, there)
    for minutes, body in ((0, calendar(WEDNESDAY)), (5, calendar()), (10, calendar(WEDNESDAY))):
        there.body = body
        poll(practice, minutes)
    assert BusyTime.objects.get().removed_at is None


def test_nothing_new_leaves_no_leaf(practice: Organization, there: Published) -> None:
    there.body, there.etag = calendar(WEDNESDAY), '"v1"'
    connect(practice, there)
    poll(practice)
    before = kinds()
    for minutes in (5, 10):
        poll(practice, minutes)
    there.etag = ""  # a server that does not say so
    there.body = calendar(WEDNESDAY) + b"\r\n"
    feed = poll(practice, 15)
    assert kinds() == before
    assert feed.read_at == cast.NOW + timedelta(minutes=15)
    assert there.asked[1]["if-none-match"] == '"v1"'


def test_it_is_read_every_five_minutes_and_less_often_while_it_fails(practice: Organization, there: Published) -> None:
    there.status = 500
    connect(practice, there)
    for minutes in range(0, 61):
        poll(practice, minutes)
    assert len(there.asked) == 3  # at once, after 10 minutes, after 20 more; the next one would be after 40
    assert (Feed.objects.get().failures, Feed.objects.get().error) == (3, "server_error")


def test_two_workers_do_not_read_it_twice(practice: Organization, there: Published) -> None:
    there.body = calendar(WEDNESDAY)
    feed = connect(practice, there)
    other = Feed.objects.get(pk=feed.pk)
    assert polling.claim(feed, cast.NOW)
    assert not polling.claim(other, cast.NOW)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"body": b"<html>"}, "web_page"),
        ({"body": calendar(WEDNESDAY)[:-9]}, "cut_short"),
        ({"body": calendar(f"{WEDNESDAY}\nRRULE:FREQ=SECONDLY")}, "too_many_occurrences"),
        ({"status": 404}, "not_found"),
        ({"status": 401}, "not_allowed"),
        ({"status": 302, "headers": {"Location": "file:///etc/passwd"}}, "bad_address"),
        ({"status": 302, "headers": {"Location": "http://169.254.169.254/latest"}}, "private_network"),
        ({"status": 302, "headers": {"Location": "/agenda.ics"}}, "too_many_redirects"),
        ({"body": b"BEGIN:VCALENDAR\r\n", "endless": True}, "too_big"),
        ({"body": b"BEGIN:VCALENDAR\r\n" + b"\0" * 50_000_000, "packed": True}, "too_big"),
        ({"headers": {"Content-Encoding": "br"}}, "bad_answer"),
        ({"headers": {"Content-Encoding": "gzip"}, "body": b"nothing packed"}, "bad_answer"),
    ],
)
def test_what_was_known_stays_when_it_cannot_be_read(
    practice: Organization, there: Published, wrong: dict[str, Any], code: str
) -> None:
    there.body = calendar(WEDNESDAY)
    connect(practice, there)
    poll(practice)
    leaves = kinds()
    for name, value in wrong.items():
        setattr(there, name, value)
    feed = poll(practice, 5)
    assert (feed.error, feed.failures, busy()) == (code, 1, ["18/03 09:00"])
    assert kinds() == leaves


def test_a_calendar_that_is_empty_all_at_once_is_not_believed(practice: Organization, there: Published) -> None:
    there.body = calendar(*(event(f"202603{18 + n}T090000", f"202603{18 + n}T100000", uid=str(n)) for n in range(10)))
    feed = connect(practice, there)
    poll(practice)
    there.body = calendar()
    assert (poll(practice, 5).error, len(busy())) == ("emptied", 10)
    feed.refresh_from_db()
    assert polling.read_one(feed, cast.NOW, emptied=True)
    assert busy() == []


def test_no_private_network_is_reached_unless_it_is_said(
    practice: Organization, there: Published, settings: Any
) -> None:
    settings.ENVIRONMENT = django_settings.ENVIRONMENT.model_copy(update={"feed_networks": ""})
    connect(practice, there)
    assert poll(practice).error == "private_network"
    assert there.asked == []


def test_a_packed_answer_is_unpacked(practice: Organization, there: Published) -> None:
    there.body, there.packed = calendar(WEDNESDAY), True
    connect(practice, there)
    assert poll(practice).error == ""
    assert busy() == ["18/03 09:00"]


def test_nothing_of_a_patient_of_theirs_is_kept_anywhere(practice: Organization, there: Published) -> None:
    there.body = ONLINE
    connect(practice, there)
    poll(practice)
    kept = (
        repr(list(BusyTime.objects.values())) + repr(list(Entry.objects.values())) + repr(list(Task.objects.values()))
    )
    assert len(busy()) == 2
    for word in ("Moreau", "Jeanne", "diab", "81d2", "courriel.example", "secret-7Q"):
        assert word not in kept


# --- two engagements at once ------------------------------------------------------------------------------------------
def conflicts() -> list[str]:
    return [task.words for task in Task.objects.filter(status="open", proposal__kind="conflict")]


def test_a_new_conflict_is_told_once_and_closed_when_it_is_over(practice: Organization, there: Published) -> None:
    there.body = calendar(THURSDAY)
    connect(practice, there)
    poll(practice)
    (told,) = conflicts()
    assert "Roche Bernard" in told and "9\u00a0h\u00a040" in told
    there.body = calendar(THURSDAY, WEDNESDAY)
    poll(practice, 5)
    assert len(conflicts()) == 1
    there.body = calendar(WEDNESDAY)
    poll(practice, 10)
    assert conflicts() == []


def test_moving_the_appointment_away_closes_it_too(practice: Organization, there: Published) -> None:
    there.body = calendar(THURSDAY)
    connect(practice, there)
    poll(practice)
    row = Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)
    start = datetime(2026, 3, 19, 11, 0, tzinfo=cast.PARIS)
    move = RescheduleAppointment(appointment=row.pk, patient=row.patient_id, practitioner=amar().pk, start=start)
    assert act(practice, move).status == "done"
    assert conflicts() == []


def test_many_at_once_have_one_task(practice: Organization, there: Published) -> None:
    for hour in range(9, 20):
        start = datetime(2026, 3, 25, hour, tzinfo=cast.PARIS)
        assert act(practice, booking(start)).status == "done"
    there.body = calendar("UID:x\nDTSTART;VALUE=DATE:20260325")
    connect(practice, there)
    poll(practice)
    (told,) = conflicts()
    assert told.startswith("11 rendez-vous")
    there.body = calendar("UID:x\nDTSTART;VALUE=DATE:20260325", WEDNESDAY)
    poll(practice, 5)
    assert conflicts() == [told]
    there.body = calendar(WEDNESDAY)
    poll(practice, 10)
    assert conflicts() == []


def test_a_calendar_that_is_read_no_more_makes_no_conflict(practice: Organization, there: Published) -> None:
    there.body = calendar(THURSDAY)
    connect(practice, there)
    poll(practice)
    act(practice, DropFeed(practitioner=amar().pk))
    assert (conflicts(), busy(), Feed.objects.count()) == ([], [], 0)


# --- what is to be typed in there -------------------------------------------------------------------------------------
def booking(start: datetime) -> BookAppointment:
    service = HealthcareService.objects.get(identifier=cast.CONSULTATION)
    row = Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)
    return BookAppointment(practitioner=amar().pk, service=service.pk, start=start, patient=row.patient_id)


def typed(practice: Organization) -> None:
    act(practice, KeepElsewhere(practitioner=amar().pk, way="tasks"))


def to_type() -> list[str]:
    return [task.words for task in Task.objects.filter(status="open", proposal__kind="report").order_by("id")]


def test_each_change_is_one_thing_to_type_in_and_a_later_one_replaces_it(practice: Organization) -> None:
    typed(practice)
    start = datetime(2026, 3, 25, 9, 0, tzinfo=cast.PARIS)
    made = act(practice, booking(start))
    assert to_type()[0].startswith(
        "À recopier dans le logiciel\u00a0: ajouter Roche Bernard, Consultation, mercredi 25"
    )
    row = Appointment.objects.get(pk=made.record)
    later = start + timedelta(hours=1)
    move = RescheduleAppointment(appointment=row.pk, patient=row.patient_id, practitioner=amar().pk, start=later)
    act(practice, move)
    assert len(to_type()) == 1 and "ajouter" in to_type()[0] and "10\u00a0h" in to_type()[0]
    act(practice, CancelAppointment(appointment=row.pk, patient=row.patient_id))
    assert to_type() == []  # it was never there


def test_what_was_typed_in_is_compared_with(practice: Organization) -> None:
    typed(practice)
    start = datetime(2026, 3, 25, 9, 0, tzinfo=cast.PARIS)
    row = Appointment.objects.get(pk=act(practice, booking(start)).record)
    reported(practice)
    later = start + timedelta(hours=1)
    act(
        practice, RescheduleAppointment(appointment=row.pk, patient=row.patient_id, practitioner=amar().pk, start=later)
    )
    (told,) = to_type()
    assert "déplacer" in told and "Il y est encore mercredi 25\u00a0mars à 9\u00a0h" in told
    reported(practice)
    act(practice, CancelAppointment(appointment=row.pk, patient=row.patient_id))
    assert "retirer Roche Bernard, mercredi 25\u00a0mars à 10\u00a0h" in to_type()[0]


def reported(practice: Organization) -> None:
    task = Task.objects.get(status="open", proposal__kind="report")
    assert act(practice, DecideTask(task=task.pk, decision="approve")).status == "done"


def test_what_was_typed_in_there_is_no_conflict_here(practice: Organization, there: Published) -> None:
    typed(practice)
    act(practice, booking(datetime(2026, 3, 25, 9, 0, tzinfo=cast.PARIS)))
    reported(practice)
    mine = event("20260325T090000", "20260325T093000", uid="typed")  # its visits last half an hour
    there.body = calendar(mine)
    connect(practice, there)
    poll(practice)
    assert conflicts() == []
    there.body = calendar(mine, event("20260325T090000", "20260325T092000", uid="another"))
    poll(practice, 5)
    assert len(conflicts()) == 1


def test_typed_in_there_before_it_is_ticked_here(practice: Organization, there: Published) -> None:
    typed(practice)
    act(practice, booking(datetime(2026, 3, 25, 9, 0, tzinfo=cast.PARIS)))
    there.body = calendar(event("20260325T090000", "20260325T093000", uid="typed"))
    connect(practice, there)
    poll(practice)
    assert len(conflicts()) == 1  # somebody else could have that place there
    reported(practice)
    assert conflicts() == []


def test_an_agenda_that_comes_home_asks_for_nothing_more(practice: Organization) -> None:
    typed(practice)
    act(practice, booking(datetime(2026, 3, 25, 9, 0, tzinfo=cast.PARIS)))
    act(practice, KeepElsewhere(practitioner=amar().pk, way=""))
    assert to_type() == []


def test_an_agenda_that_is_kept_here_makes_nothing_to_type_in(practice: Organization) -> None:
    act(practice, booking(datetime(2026, 3, 25, 9, 0, tzinfo=cast.PARIS)))
    assert to_type() == []
