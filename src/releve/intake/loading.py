"""Puts a practice file into an empty installation: all or nothing, and one entry in the ledger."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from releve.core.acts import AUTOMATIC, LoadPractice, SignStartUp
from releve.intake.actions import staff_act
from releve.practice import loader
from releve.practice.file import read_practice_file
from releve.practice.models import Organization, User


def load(data: Any, *, now: datetime, user: User | None = None) -> Organization:
    """Raises BadFile with every fault, or AlreadyLoaded; nothing is written then."""
    file = read_practice_file(data)
    with transaction.atomic():
        practice = loader.write(file)
        act = LoadPractice(counts=loader.counts(file))
        staff_act(act, organization=practice, user=user, now=now, external_id=str(uuid4()), evidence="practice file")
    return practice


def sign(
    practice: Organization,
    *,
    signed_by: str,
    now: datetime,
    user: User | None = None,
    acts: tuple[str, ...] = AUTOMATIC,
) -> None:
    """The start-up record: from here on, these administrative acts may be automatic, with a certain identity."""
    act = SignStartUp(signed_by=signed_by, acts=acts)
    staff_act(act, organization=practice, user=user, now=now, external_id=str(uuid4()), evidence="start-up record")
