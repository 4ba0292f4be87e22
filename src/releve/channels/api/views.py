"""Two doors: open a conversation, say something in it. The server sets channel and sender: a public client is a web
chat without an address."""

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from releve.guarantee import startup
from releve.intake import actions as intake
from releve.intake.actions import BadEvent, Overtaken
from releve.intake.contract import answer_object
from releve.look.address import AN_HOUR, beyond
from releve.practice import queries
from releve.practice.models import Conversation, Organization

log = logging.getLogger("releve.api")
SOURCE = "api"
Answer = Callable[..., JsonResponse]


class NotOpen(Exception):
    """Nothing is public before the start-up record is signed."""


def problem(status: int, title: str, detail: str = "", **more: Any) -> JsonResponse:
    """An RFC 9457 problem document."""
    body = {"type": "about:blank", "title": title, "status": status, **({"detail": detail} if detail else {}), **more}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def door(view: Answer) -> Answer:
    """POST only, a JSON object in, problems out; nothing is written for a bad request."""

    @csrf_exempt  # no cookie is read: there is nothing to forge
    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> JsonResponse:
        if request.method != "POST":
            answer = problem(405, "Method not allowed", "use POST")
            answer["Allow"] = "POST"
            return answer
        try:
            data = _body(request)
            if not startup.is_signed(queries.organization()):
                raise NotOpen
            if beyond(request, "messages"):
                return _too_many()
            return view(request, data, **kwargs)
        except RequestDataTooBig:
            return problem(413, "Too large", f"a request has at most {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes")
        except BadEvent as error:
            return problem(422, "Unusable message", error.reason, field=error.field)
        except DatabaseError:
            log.exception("the database did not take a request")
            return problem(503, "Busy", "ask again with the same id")
        except Overtaken:
            return problem(503, "Busy", "the message is stored; ask again with the same id for its answer")
        except Organization.DoesNotExist:
            return problem(503, "No practice", "no practice has been loaded yet")
        except NotOpen:
            return problem(503, "Not open", "the practice has not signed its start-up record yet")

    return guarded


def _too_many() -> JsonResponse:
    detail = "too much comes from this address: nothing was stored; ask again with the same id within the hour"
    answer = problem(429, "Too many requests", detail)
    answer["Retry-After"] = str(int(AN_HOUR.total_seconds()))
    return answer


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        data = json.loads(request.body.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise BadEvent("body", "is not JSON in UTF-8") from None
    if not isinstance(data, dict):
        raise BadEvent("body", "is not a JSON object")
    return data


def _known(data: dict[str, Any], fields: set[str]) -> None:
    unknown = sorted(set(data) - fields)
    if unknown:
        raise BadEvent(unknown[0], "unknown field")


@door
def conversations(request: HttpRequest, data: dict[str, Any]) -> JsonResponse:
    """Opens a web chat. The conversation's id cannot be guessed: whoever holds it may go on."""
    _known(data, {"id"})
    key = _id(data) if "id" in data else str(uuid4())
    conversation = _conversation(key)
    answer = _said(conversation, f"open {conversation}", None)
    return JsonResponse({"id": key, "conversation": conversation, **answer}, status=201)


@door
def messages(request: HttpRequest, data: dict[str, Any], conversation: UUID) -> JsonResponse:
    """Says something. The same `id` again gives the same answer."""
    _known(data, {"id", "text"})
    if not isinstance(data.get("text"), str):
        raise BadEvent("text", "is missing or not a text")
    if not Conversation.objects.filter(identifier=str(conversation), channel="webchat").exists():
        return problem(404, "Unknown conversation", "open one first: POST /api/v1/conversations")
    key = _id(data)
    return JsonResponse({"id": key, **_said(str(conversation), f"{conversation} {key}", data["text"])})


@csrf_exempt  # answers the same to everyone
def unknown(request: HttpRequest, rest: str) -> JsonResponse:
    """Any other address under the API."""
    return problem(404, "Unknown address", "see docs/reference/api.md")


def _id(data: dict[str, Any]) -> str:
    key = data.get("id")
    if not isinstance(key, str) or not 0 < len(key) <= 100 or not key.isprintable():
        raise BadEvent("id", "is a text of 1 to 100 printable characters that names this message")
    return key


def _conversation(key: str) -> str:
    """A random UUID as id opens one conversation however often it is sent; any other id could be guessed by someone
    else, and opens a new one each time."""
    try:
        return str(intake.event_id(queries.organization(), SOURCE, f"open {UUID(key)}"))
    except ValueError:
        return str(uuid4())


def _said(conversation: str, external_id: str, text: str | None) -> dict[str, Any]:
    practice = queries.organization()
    event = intake.receive(
        organization=practice, conversation=conversation, channel="webchat", address=None, text=text,
        external_id=external_id, at=settings.CLOCK.now(), source=SOURCE,
    )  # fmt: skip
    return answer_object(practice, intake.answer(event))
