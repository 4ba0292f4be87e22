"""What the API cannot take is refused by name, as a problem document, and nothing is written."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client

from releve.practice.models import Organization

OPEN = "/api/v1/conversations"
HELLO = {"id": "m1", "text": "Bonjour, où peut-on se garer ?"}

Row = dict[str, int]


@pytest.fixture
def client(practice: Organization) -> Client:
    return Client(raise_request_exception=False)  # as a patient's browser sees it


@pytest.fixture
def talk(client: Client) -> str:
    """An open conversation's address for messages."""
    answer = post(client, OPEN, {"id": str(uuid4())})
    return f"{OPEN}/{answer.json()['conversation']}/messages"


def post(client: Client, path: str, body: Any) -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body)
    return client.post(path, data, content_type="application/json")


def rows() -> Row:
    """How many rows each table holds."""
    return {model.__name__: model.objects.count() for model in apps.get_models() if model._meta.managed}


def refused(client: Client, path: str, body: Any, status: int, field: str | None = None) -> None:
    before = rows()
    answer = post(client, path, body)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert (problem["status"], problem.get("field")) == (status, field)
    assert problem["title"] and "Traceback" not in answer.text
    assert rows() == before


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b'{"id": "m1", "text": "Bonjour"', b'"Bonjour"', b"[]", b"null", b"\xff\xfe{}", b'{"text": "caf\xe9"}',
     b"[" * 20_000],
    ids=["empty", "brace", "cut", "text", "list", "null", "utf-16", "latin-1", "deep"],
)  # fmt: skip
def test_a_body_that_is_no_json_object(client: Client, talk: str, body: bytes) -> None:
    refused(client, talk, body, 422, "body")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"from": "+33639981001"}, "from"),
        ({"channel": "sms"}, "channel"),
        ({"id": None}, "id"),
        ({"id": ""}, "id"),
        ({"id": 7}, "id"),
        ({"id": "m" * 101}, "id"),
        ({"id": "m\ud800"}, "id"),
        ({"id": "m\u0000"}, "id"),
        ({"text": None}, "text"),
        ({"text": ["Bonjour"]}, "text"),
        ({"text": ""}, "text"),
        ({"text": " \n\t"}, "text"),
        ({"text": "\u0000\u0007\u001b"}, "text"),
        ({"text": "a" * 5001}, "text"),
    ],
)
def test_a_field_that_cannot_be_taken(client: Client, talk: str, change: dict[str, Any], field: str) -> None:
    refused(client, talk, {**HELLO, **change}, 422, field)


@pytest.mark.parametrize("change", [{"text": "Bonjour"}, {"id": 3}, {"id": "\ud800"}])
def test_a_chat_that_cannot_be_opened(client: Client, change: dict[str, Any]) -> None:
    refused(client, OPEN, change, 422, next(iter(change)))


def test_a_message_of_more_than_a_megabyte(client: Client, talk: str) -> None:
    refused(client, talk, {**HELLO, "text": "a" * 1_000_001}, 413)


def test_control_characters_are_left_out_of_what_is_kept(client: Client, talk: str) -> None:
    with_bells = {"id": "m1", "text": "Où peut-on\u0007 se garer\u0000 ?\u202e"}
    assert (
        post(client, talk, with_bells).json()
        == post(client, talk, {**with_bells, "text": "Où peut-on se garer ?"}).json()
    )


def test_the_same_id_and_text_give_the_same_answer(client: Client, talk: str) -> None:
    first = post(client, talk, HELLO)
    before = rows()
    again = post(client, talk, HELLO)
    assert (again.status_code, again.json()) == (200, first.json())
    assert rows() == before


def test_the_same_id_with_another_text(client: Client, talk: str) -> None:
    post(client, talk, HELLO)
    refused(client, talk, {**HELLO, "text": "Je voudrais annuler"}, 422, "id")


def test_an_unknown_conversation(client: Client) -> None:
    refused(client, f"{OPEN}/{uuid4()}/messages", HELLO, 404)


@pytest.mark.parametrize("path", [f"{OPEN}/c1/messages", f"{OPEN}/", "/api/v1/patients"])
def test_an_address_that_does_not_exist(client: Client, path: str) -> None:
    refused(client, path, HELLO, 404)


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete", "head", "options"])
def test_another_method(client: Client, talk: str, method: str) -> None:
    before = rows()
    for path in (OPEN, talk):
        answer = getattr(client, method)(path)
        assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert rows() == before


def test_a_conversation_by_sms_cannot_be_joined_from_the_web(client: Client, practice: Organization) -> None:
    from releve.intake import actions as intake
    from tests import cast

    identifier = str(uuid4())
    intake.receive(organization=practice, conversation=identifier, channel="sms", address=cast.ROCHE_PHONE,
                   text="bonjour", external_id="1", at=cast.NOW)  # fmt: skip
    refused(client, f"{OPEN}/{identifier}/messages", HELLO, 404)


def test_two_visitors_who_count_from_one_do_not_share_a_chat(client: Client) -> None:
    """The id a client gives must not be enough to find someone else's conversation."""
    opened = [post(client, OPEN, {"id": "1"}) for _ in range(2)]
    assert [answer.status_code for answer in opened] == [201, 201]
    assert len({answer.json()["conversation"] for answer in opened}) == 2


def test_opening_twice_with_the_same_random_id_opens_once(client: Client) -> None:
    key = str(uuid4())
    first = post(client, OPEN, {"id": key})
    before = rows()
    assert post(client, OPEN, {"id": key}).json() == first.json()
    assert rows() == before


def test_before_a_practice_is_loaded(db: None) -> None:
    refused(Client(raise_request_exception=False), OPEN, {}, 503)
