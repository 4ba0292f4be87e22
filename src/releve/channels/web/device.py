"""What this browser may see and do, and for how long. Nothing of it outlives « terminé sur cet appareil ».

A code sent to the contact on file proves who is there, for half an hour since the last page; the birth date lets one
appointment be read, never changed.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpRequest

TALK = "conversation"  # the visitor's one conversation, by chat and by forms
PROVED, SEEN, BOOKED, TYPED, NEXT, DONE = "proved", "shown", "booked", "typed", "next", "done"
PERSONAL = (TALK, PROVED, SEEN, BOOKED, TYPED, NEXT, DONE)
FINISHED = "termine"  # in the address that follows the end
VISIT = "visit"  # tells one visitor of this browser from those before
LIFE = timedelta(minutes=30)
WRITTEN = timedelta(minutes=5)
KEPT = timedelta(hours=2)  # what was just booked here, and what is being typed


def talk(request: HttpRequest) -> str:
    """The conversation's key; only the server can tell it. Written with the first form."""
    if TALK not in request.session:
        request.session[TALK] = str(uuid4())
    return str(request.session[TALK])


def prove(request: HttpRequest, patients: Iterable[int], now: datetime) -> None:
    """Under a new session key: one that was known before is worth nothing."""
    request.session.cycle_key()
    request.session[PROVED] = {"patients": sorted(patients), "until": (now + LIFE).isoformat()}


def proved(request: HttpRequest, now: datetime) -> frozenset[int]:
    """The patients this browser has proved to act for; looking again prolongs it, written down every few minutes."""
    found = _alive(request, PROVED, now)
    if not found:
        return frozenset()
    if now + LIFE - datetime.fromisoformat(found["until"]) > WRITTEN:
        request.session[PROVED] = {**found, "until": (now + LIFE).isoformat()}
    return frozenset(int(key) for key in found["patients"])


def note_seen(request: HttpRequest, appointment: int, now: datetime) -> None:
    """The birth date was given for it."""
    _add(request, SEEN, appointment, now + LIFE)


def note_booked(request: HttpRequest, appointment: int, now: datetime) -> None:
    _add(request, BOOKED, appointment, now + KEPT)


def may_read(request: HttpRequest, appointment: int, now: datetime) -> bool:
    return any(str(appointment) in _still(request, name, now) for name in (SEEN, BOOKED))


def booked(request: HttpRequest, now: datetime) -> list[int]:
    """The appointments booked in this browser, the last one first."""
    return [int(key) for key in reversed(_still(request, BOOKED, now))]


def keep(request: HttpRequest, typed: Mapping[str, Any], now: datetime) -> None:
    """What a form holds while its next step is shown."""
    request.session[TYPED] = {**typed, "until": (now + KEPT).isoformat()}


def typed(request: HttpRequest, now: datetime) -> dict[str, Any]:
    return _alive(request, TYPED, now)


def drop(request: HttpRequest, *names: str) -> None:
    for name in names:
        request.session.pop(name, None)


def forget(request: HttpRequest) -> None:
    """Terminé sur cet appareil. Someone of the team who tries the page stays signed in."""
    drop(request, *PERSONAL)
    request.session[VISIT] = str(uuid4())  # a form of a page that is still open begins another conversation
    request.session.cycle_key()


def _alive(request: HttpRequest, name: str, now: datetime) -> dict[str, Any]:
    found = request.session.get(name) or {}
    return dict(found) if found and datetime.fromisoformat(found["until"]) > now else {}


def _add(request: HttpRequest, name: str, key: int, until: datetime) -> None:
    request.session[name] = {**request.session.get(name, {}), str(key): until.isoformat()}


def _still(request: HttpRequest, name: str, now: datetime) -> list[str]:
    rows: dict[str, str] = request.session.get(name, {})
    return [key for key, until in rows.items() if datetime.fromisoformat(until) > now]
