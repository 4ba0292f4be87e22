"""What a request says of itself is not believed: no content type makes a page fail."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from releve.config.requests import Handler
from releve.practice.models import Communication, Organization

pytestmark = pytest.mark.django_db
TOKEN = "t" * 32
FIELD = '--XX\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
BODY = f"{FIELD.format('csrfmiddlewaretoken', TOKEN)}{FIELD.format('text', 'où se garer ?')}--XX--\r\n".encode()
MULTIPART = "multipart/form-data; boundary=XX"
NO_TEXT = ("hex", "zip", "base64", "rot13", "idna", "undefined", "utf-16", "punycode", "foo")


@pytest.fixture
def handler() -> Iterator[Handler]:
    """As a server holds it, but that the test's own connection stays open."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield Handler()
    for signal in signals:
        signal.connect(close_old_connections)


def post(handler: Handler, content_type: str, body: bytes = BODY, path: str = "/") -> int:
    """The status, as a server that speaks WSGI gets it."""
    said: list[str] = []
    environ: dict[str, Any] = RequestFactory().generic("POST", path).environ
    environ |= {"CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)}
    environ |= {"HTTP_COOKIE": f"csrftoken={TOKEN}"}
    handler(environ, lambda status, headers, *more: said.append(status))
    return int(said[0].split()[0])


@pytest.mark.parametrize("charset", NO_TEXT)
def test_a_form_is_read_as_utf_8_whatever_charset_it_claims(
    handler: Handler, practice: Organization, charset: str
) -> None:
    assert post(handler, f"{MULTIPART}; charset={charset}") == 302
    assert Communication.objects.get(author="patient").text == "où se garer ?"


@pytest.mark.parametrize(
    "content_type",
    ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary*=foo''XX",
     "text/plain; charset*=foo''x", f"multipart/form-data; boundary={'y' * 300}", "", f"{MULTIPART}; charset=\0"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/rendez-vous/", "/connexion/", "/api/v1/conversations"])
def test_no_content_type_makes_a_page_fail(
    handler: Handler, practice: Organization, content_type: str, path: str
) -> None:
    assert post(handler, content_type, path=path) < 500


@pytest.mark.parametrize(
    "disposition",
    [
        "form-data; name*=foo''text",
        "form-data; name*=hex''text",
        "form-data; name=\"text\"; filename*=foo''x",
        "form-data",
    ],
)
def test_nor_does_a_part_of_a_form(handler: Handler, practice: Organization, disposition: str) -> None:
    body = BODY.replace(b'form-data; name="text"', disposition.encode())
    assert post(handler, MULTIPART, body) < 500
