"""What the tests of the patients' pages share: a person at the forms, step by step."""

import re
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.test import Client

from releve.channels.web import own_queries
from releve.post.models import Outgoing
from releve.practice.models import Appointment
from tests import cast

TUESDAY = "2026-03-17T08:20Z"  # 9 h 20 in Paris
THURSDAY = "2026-03-19T09:00Z"
CAMILLE = {"given": "Camille", "family": "Bernard", "day": "4", "month": "6", "year": "1991", "phone": "06 39 98 10 03"}
ROCHE = {"given": "Bernard", "family": "Roche", "day": "3", "month": "5", "year": "1954", "phone": "06 39 98 10 01"}


def step(**asked: str) -> str:
    return f"/rendez-vous/prendre/?{urlencode(asked)}"


def place(start: str = TUESDAY, who: str = cast.AMAR, visit: str = cast.CONSULTATION) -> str:
    return step(visite=visit, avec=who, place=f"{start} {who}")


def who_comes(client: Client, address: str | None = None, **fields: str) -> Any:
    return client.post(address or place(), {"form": str(uuid4()), **CAMILLE, **fields})


def booked(client: Client, **fields: str) -> Appointment:
    """Books Tuesday 9 h 20 by the forms."""
    who_comes(client, **fields)
    client.post("/rendez-vous/prendre/verifier/")
    return Appointment.objects.order_by("-id")[0]


def link(appointment: Appointment | str) -> str:
    row = appointment if isinstance(appointment, Appointment) else Appointment.objects.get(identifier=appointment)
    return f"/rendez-vous/{own_queries.token(row)}/"


def last_code() -> str:
    """The six digits that wait in the outbox."""
    text = Outgoing.objects.filter(purpose="code").order_by("-id")[0].text
    found = re.search(r"\d{6}", text)
    assert found is not None
    return found[0]


def ask_code(client: Client, contact: str = "06 39 98 10 01", born: date = date(1954, 5, 3)) -> Any:
    when = {"day": str(born.day), "month": str(born.month), "year": str(born.year)}
    return client.post("/rendez-vous/", {"form": str(uuid4()), "contact": contact, **when})


def proved(client: Client, contact: str = "06 39 98 10 01", born: date = date(1954, 5, 3)) -> Client:
    """Someone who has asked for a code and typed it."""
    ask_code(client, contact, born)
    client.post("/rendez-vous/code/", {"code": last_code()})
    return client


def act(client: Client, address: str, **values: str) -> Any:
    return client.post(address, {"form": str(uuid4()), **values}, follow=True)


def local(appointment: Appointment) -> datetime:
    appointment.refresh_from_db()
    return appointment.start.astimezone(cast.PARIS).replace(tzinfo=None)
