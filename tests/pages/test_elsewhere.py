"""Agendas kept in other software: the settings, the private address, the signs on the day and in the agenda."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.test import Client
from icalendar import Calendar

from releve.core.acts import CancelAppointment, RescheduleAppointment
from releve.intake.actions import staff_act
from releve.intake.models import InboundEvent
from releve.interop.ical import polling
from releve.interop.ical.reading import read
from releve.ledger.models import Entry
from releve.practice.models import AgendaKey, Appointment, BusyTime, Feed, Organization, Practitioner, User
from tests import cast
from tests.flow.calendars import Published, published
from tests.rules.interop.feeds import ONLINE, calendar, event

pytestmark = pytest.mark.django_db
PLACE = "/reglages/agenda-externe/amar/"
TODAY = event("20260316T100000", "20260316T120000", uid="t")


@pytest.fixture
def there(settings: Any) -> Iterator[Published]:
    settings.ENVIRONMENT = django_settings.ENVIRONMENT.model_copy(update={"feed_networks": "127.0.0.0/8"})
    with published(calendar(TODAY)) as told:
        yield told


def send(client: Client, place: str = PLACE, **values: str) -> Any:
    return client.post(place, {"form": str(uuid4()), **values})


# --- the calendar ----------------------------------------------------------------------------------------------------
def test_a_look_keeps_nothing(physician: Client, there: Published) -> None:
    there.body = ONLINE
    page = send(physician, faire="verifier", url=there.url).content.decode()
    assert "2 périodes prises" in page and "mercredi 18\u00a0mars à 9\u00a0h" in page
    assert "Moreau" not in page and "n’est pas chiffrée" in page
    assert not Feed.objects.exists() and not BusyTime.objects.exists()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "Collez d’abord l’adresse"), ("agenda", "commence par https://"), ("file:///etc/passwd", "commence par https://"),
        ("https://a b/", "commence par https://"), ("ftp://agenda.example/a.ics", "commence par https://"),
    ],
)  # fmt: skip
def test_an_address_that_is_none(physician: Client, url: str, words: str) -> None:
    answer = send(physician, faire="garder", url=url)
    assert answer.status_code == 422
    assert words in answer.content.decode().replace("\u00a0", " ")


def test_what_cannot_be_read_is_told_in_words(physician: Client, there: Published) -> None:
    there.body = b"<html>"
    assert "mène à une page web" in send(physician, faire="verifier", url=there.url).content.decode()
    there.status = 404
    assert "Il n’y a pas de calendrier" in send(physician, faire="verifier", url=there.url).content.decode()


def test_it_is_read_as_soon_as_it_is_kept_and_its_address_is_never_shown(physician: Client, there: Published) -> None:
    send(physician, faire="garder", url=there.url)
    assert BusyTime.objects.count() == 1
    page = physician.get(PLACE).content.decode()
    assert "http://127.0.0.1/…t-7Q" in page and "cle=secret" not in page
    kept = repr(list(Entry.objects.values())) + repr(list(InboundEvent.objects.values()))
    assert "127.0.0.1" in kept and "secret-7Q" not in kept
    send(physician, faire="retirer")
    assert not Feed.objects.exists()


def test_the_address_on_file_can_be_looked_at_again(physician: Client, there: Published) -> None:
    send(physician, faire="garder", url=there.url)
    assert "Une période prise" in send(physician, faire="verifier", url="").content.decode()


@pytest.mark.parametrize(
    "values", [{"faire": "mode", "way": "tasks"}, {"faire": "garder", "url": "https://agenda.example/a.ics"}]
)
def test_only_who_answers_for_the_practice_changes_it(desk: Client, values: dict[str, str]) -> None:
    page = desk.post(PLACE, {"form": str(uuid4()), **values}, follow=True).content.decode()
    assert "Seuls la direction et les médecins changent cela." in page
    assert not Feed.objects.exists() and Practitioner.objects.get(identifier=cast.AMAR).elsewhere == ""


def test_a_secretary_cannot_make_the_server_look_around(desk: Client, there: Published) -> None:
    send(desk, faire="verifier", url=there.url)
    assert there.asked == []


def test_where_it_is_kept(physician: Client) -> None:
    send(physician, faire="mode", way="tasks")
    assert Practitioner.objects.get(identifier=cast.AMAR).elsewhere == "tasks"
    assert "recopié à la main" in physician.get("/reglages/agenda-externe/").content.decode()


def agenda() -> str:
    return Practitioner.objects.get(identifier=cast.AMAR).elsewhere


def test_the_first_calendar_asks_who_keeps_the_agenda_and_says_so_at_once(physician: Client, there: Published) -> None:
    assert "qui tient l’agenda" in physician.get(PLACE).content.decode()
    send(physician, faire="garder", url=there.url)  # what is proposed: nothing can be forgotten
    assert agenda() == "tasks"
    page = physician.get(PLACE)
    assert page.context["way"]["way"].value() == "tasks"
    assert "Une fois ce calendrier lu" not in page.content.decode()
    assert Entry.objects.filter(kind="keep_feed").count() == 1


@pytest.mark.parametrize(("kept", "way"), [("feed", "feed"), ("tasks", "tasks"), ("here", "")])
def test_each_answer_is_what_is_so_afterwards(physician: Client, there: Published, kept: str, way: str) -> None:
    send(physician, faire="garder", url=there.url, kept=kept)
    assert agenda() == way
    assert ("un autre calendrier dit quand" in physician.get("/reglages/agenda-externe/").content.decode()) == (not way)


def test_software_that_reads_us_already_is_what_is_proposed(physician: Client) -> None:
    send(physician, f"{PLACE}adresse/")
    assert physician.get(PLACE).context["form"]["kept"].value() == "feed"


def test_another_address_asks_nothing_again(physician: Client, there: Published) -> None:
    send(physician, faire="mode", way="feed")
    send(physician, faire="garder", url=there.url, kept="here")
    assert agenda() == "feed"


def test_the_last_calendar_gone_the_agenda_is_kept_here_again_or_not(physician: Client, there: Published) -> None:
    for after, way in (("here", ""), ("kept", "tasks")):
        send(physician, faire="garder", url=there.url, kept="tasks")
        assert "Qui tient l’agenda ensuite" in physician.get(PLACE).content.decode()
        send(physician, faire="retirer", after=after)
        assert (agenda(), Feed.objects.count()) == (way, 0)


def test_what_cannot_be_right_is_told_until_it_is(physician: Client, there: Published) -> None:
    send(physician, faire="mode", way="feed")
    unread, unheard = "ne lit pas son calendrier", "Créez-en une."
    for place in (PLACE, "/reglages/agenda-externe/"):
        page = physician.get(place).content.decode()
        assert unread in page and unheard in page
    send(physician, faire="garder", url=there.url)
    send(physician, f"{PLACE}adresse/")
    for place in (PLACE, "/reglages/agenda-externe/"):
        page = physician.get(place).content.decode()
        assert unread not in page and unheard not in page


# --- the private address ---------------------------------------------------------------------------------------------
def address(physician: Client, **values: str) -> str:
    page = send(physician, f"{PLACE}adresse/", **values).content.decode()
    return page.split('value="http://testserver')[1].split('"')[0]


def test_other_software_reads_our_appointments_and_no_name(physician: Client, practice: Organization) -> None:
    place = address(physician)
    answer = Client().get(place)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-cache")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    starts = [one["DTSTART"].dt for one in events]
    assert datetime(2026, 3, 19, 9, 40, tzinfo=cast.PARIS) in starts and len(starts) == 2
    assert {str(one["SUMMARY"]) for one in events} == {"Rendez-vous"}
    for word in ("Roche", "Bernard", "Fontaine", "Consultation", "roche"):
        assert word not in answer.content.decode()
    assert "B. R." in Client().get(address(physician, initiales="on")).content.decode()


def test_its_key_is_shown_once_and_only_its_digest_is_kept(physician: Client) -> None:
    key = address(physician).split("/")[-1].removesuffix(".ics")
    assert len(key) >= 43
    page = physician.get(PLACE).content.decode()
    kept = repr(list(Entry.objects.values()) + list(InboundEvent.objects.values()) + list(AgendaKey.objects.values()))
    assert key not in page + kept


def test_nothing_has_changed(physician: Client) -> None:
    place = address(physician)
    tag = Client().get(place)["ETag"]
    again = Client().get(place, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_revoked_address_is_like_any_other_that_does_not_exist(physician: Client) -> None:
    place = address(physician)
    send(physician, f"{PLACE}adresse/{AgendaKey.objects.get().pk}/")
    assert Client().get(place).status_code == 404
    assert Client().get("/agenda/flux/fausse.ics").status_code == 404


def test_who_has_left_the_practice_reads_nothing_of_it_any_more(physician: Client) -> None:
    place = address(physician)
    Practitioner.objects.filter(agendakey__isnull=False).update(active=False)
    assert Client().get(place).status_code == 404


def test_a_move_keeps_its_identifier_and_a_cancelling_is_told(physician: Client, practice: Organization) -> None:
    place = address(physician)
    row = Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)
    before = read_event(place, row.start)
    start = row.start + timedelta(days=1)
    do(practice, RescheduleAppointment(
        appointment=row.pk, patient=row.patient_id, practitioner=row.practitioner_id, start=start
    ))  # fmt: skip
    moved = read_event(place, start)
    assert (moved["UID"], moved["SEQUENCE"]) == (before["UID"], before["SEQUENCE"] + 1)
    do(practice, CancelAppointment(appointment=row.pk, patient=row.patient_id))
    assert read_event(place, start)["STATUS"] == "CANCELLED"


def read_event(place: str, start: datetime) -> Any:
    events = Calendar.from_ical(Client().get(place).content).walk("VEVENT")
    return next(one for one in events if one["DTSTART"].dt == start)


def do(practice: Organization, deed: Any) -> None:
    staff_act(deed, organization=practice, user=None, now=cast.NOW, external_id=str(uuid4()))


def test_what_we_give_is_not_read_back_as_somebody_elses(physician: Client, practice: Organization) -> None:
    data = Client().get(address(physician)).content
    own = read(data, now=cast.NOW, timezone="Europe/Paris", own=polling.mark(practice))
    other = read(data, now=cast.NOW, timezone="Europe/Paris", own="releve-another")
    assert (own.busy, own.ours) == ((), 2)
    rows = Appointment.objects.order_by("start")
    assert [(b.start, b.end) for b in other.busy] == [(row.start, row.end) for row in rows]


def later() -> Client:
    """Dr Amar comes back after a while: her desk had locked itself."""
    client = Client()
    client.force_login(User.objects.get(username="amar"))
    return client


# --- the day and the agenda ------------------------------------------------------------------------------------------
def clash(physician: Client, there: Published) -> None:
    there.body = calendar(event("20260317T093000", "20260317T103000"))
    send(physician, faire="garder", url=there.url)


def test_two_engagements_at_once_are_on_the_agenda(physician: Client, there: Published) -> None:
    clash(physician, there)
    page = physician.get("/agenda/?jour=2026-03-17").content.decode()
    assert "Un rendez-vous tombe sur une heure prise dans un autre agenda" in page
    assert "conflit avec un autre agenda" in page and "Pris dans un autre agenda" in page
    assert "un conflit à régler" in physician.get("/reglages/agenda-externe/").content.decode()


def test_and_on_the_day(physician: Client, there: Published, clock: Any) -> None:
    clash(physician, there)
    clock.moment = datetime(2026, 3, 17, 8, 0, tzinfo=cast.PARIS)
    page = later().get("/journee/").content.decode()
    assert "Un rendez-vous tombe sur une heure prise" in page and ">conflit</span>" in page


@pytest.mark.parametrize("place", ["/journee/", "/agenda/", "/agenda/semaine/"])
def test_a_calendar_that_is_not_read_any_more_says_since_when(
    physician: Client, there: Published, practice: Organization, clock: Any, place: str
) -> None:
    send(physician, faire="garder", url=there.url)
    there.status = 500
    assert "n’a pas été lu depuis" not in physician.get(place).content.decode()
    for minutes in (5, 15, 35):
        polling.poll(practice, cast.NOW + timedelta(minutes=minutes))
    clock.moment = cast.NOW + timedelta(minutes=36)
    page = later().get(place).content.decode()
    assert "n’a pas été lu depuis lundi 16\u00a0mars à 9\u00a0h" in page and "Les réservations continuent" in page


@pytest.mark.parametrize("place", ["/journee/", "/agenda/?jour=2026-03-17", "/agenda/semaine/", PLACE])
def test_few_queries_whatever_there_is(
    physician: Client, there: Published, place: str, django_assert_max_num_queries: Any
) -> None:
    clash(physician, there)
    send(physician, f"{PLACE}adresse/")
    with django_assert_max_num_queries(12):
        physician.get(place)
