"""Too much from one address of the network: a kind page, and nothing written. Cookies thrown away gain nothing."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.test import Client, RequestFactory

from releve.core.acts import BookAppointment
from releve.intake.models import InboundEvent, Tally
from releve.look.address import address
from releve.practice.models import Appointment, Communication, Organization
from tests.pages.support_patients import ask_code, place, who_comes

pytestmark = pytest.mark.django_db
HOSPITAL, OTHER = "203.0.113.7", "203.0.113.8"
OPEN = "/api/v1/conversations"


@pytest.fixture(autouse=True)
def few(settings: Any, practice: Organization) -> None:
    narrow = {"messages_per_hour": 3, "bookings_per_hour": 2, "codes_per_hour": 2}
    settings.ENVIRONMENT = configured.ENVIRONMENT.model_copy(update=narrow)


def stranger(at: str = HOSPITAL) -> Client:
    """A browser without cookies, at that address."""
    return Client(REMOTE_ADDR=at)


def says(text: str = "bonjour", at: str = HOSPITAL, **headers: str) -> Any:
    return stranger(at).post("/", {"form": str(uuid4()), "text": text}, headers=headers)


def test_the_fourth_message_is_told_to_wait_and_whom_to_call() -> None:
    assert [says().status_code for _ in range(3)] == [302] * 3
    said = Communication.objects.count()
    answer = says("Je voudrais un rendez-vous")
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert "Trop de messages viennent de votre réseau" in page and "appelez le 15 ou le 112" in page
    assert "Je voudrais un rendez-vous</textarea>" in page, "what was typed stays"
    assert Communication.objects.count() == said
    assert says(at=OTHER).status_code == 302


def test_the_chat_s_script_gets_the_same_as_a_fragment() -> None:
    answers = [says(**{"X-Fragment": "chat"}) for _ in range(4)]
    assert answers[-1].status_code == 429 and "<html" not in answers[-1].content.decode()


def test_an_hour_later_it_goes_on(clock: Any) -> None:
    for _ in range(4):
        says()
    clock.moment += timedelta(hours=1)
    assert says().status_code == 302


def test_looking_is_never_counted() -> None:
    browser = stranger()
    assert {browser.get("/").status_code for _ in range(8)} == {200}
    assert not Tally.objects.exists()


def test_the_api_answers_with_a_problem_document() -> None:
    for _ in range(3):
        assert stranger().post(OPEN, {"id": str(uuid4())}, content_type="application/json").status_code == 201
    events = InboundEvent.objects.count()
    answer = stranger().post(OPEN, {"id": str(uuid4())}, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (429, "application/problem+json")
    assert (answer.json()["status"], answer["Retry-After"]) == (429, "3600")
    assert InboundEvent.objects.count() == events


def test_bookings_by_form_are_counted_across_browsers(settings: Any) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"messages_per_hour": 100})
    for number, hour in enumerate(("08:20", "08:40", "09:20")):
        browser = stranger()
        who_comes(browser, place(f"2026-03-17T{hour}Z"), phone=f"06 39 98 20 0{number}")
        answer = browser.post("/rendez-vous/prendre/verifier/")
    assert answer.status_code == 429 and "Patientez un peu" in answer.content.decode()
    booked = InboundEvent.objects.filter(payload__kind_of_act=BookAppointment.kind)
    assert (booked.count(), Appointment.objects.filter(start__date="2026-03-17").count()) == (2, 3)


def test_codes_are_counted_whomever_they_are_for() -> None:
    answers = [ask_code(stranger(), contact=f"06 39 98 30 0{n}") for n in range(3)]
    assert [a.status_code for a in answers] == [302, 302, 429]
    page = answers[-1].content.decode()
    assert "3114" in page and "Appeler le" in page


def test_the_database_holds_no_address() -> None:
    says()
    (row,) = Tally.objects.all()
    assert len(row.key) == 64 and HOSPITAL not in row.key


def test_nought_is_no_limit(settings: Any) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"messages_per_hour": 0})
    assert {says().status_code for _ in range(6)} == {302}
    assert not Tally.objects.exists()


@pytest.mark.parametrize(
    ("header", "behind_tls", "given", "remote", "counted"),
    [
        ("", False, "", HOSPITAL, HOSPITAL),
        ("", False, OTHER, HOSPITAL, HOSPITAL),  # a header that nobody vouches for is not read
        ("", False, "", "127.0.0.1", ""),  # a proxy on this machine, or a developer
        ("", True, "", "10.0.0.2", ""),  # a proxy that does not say whom it answers
        ("X-Forwarded-For", True, f"{OTHER}, {HOSPITAL}", "10.0.0.2", HOSPITAL),  # the last is the proxy's own word
        ("X-Forwarded-For", True, "", "10.0.0.2", ""),
        ("X-Forwarded-For", True, "<script>", "10.0.0.2", ""),
        ("", False, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),  # whoever has one has all that begin so
        ("", False, "", f"::ffff:{HOSPITAL}", HOSPITAL),
        ("", False, "", "::1", ""),
    ],
)
def test_whose_address_counts(
    settings: Any, header: str, behind_tls: bool, given: str, remote: str, counted: str
) -> None:
    changed = {"address_header": header, "behind_tls": behind_tls}
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=changed)
    request = RequestFactory().post("/", REMOTE_ADDR=remote, headers={"X-Forwarded-For": given} if given else {})
    assert address(request) == counted
