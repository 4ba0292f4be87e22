"""The guided set-up's first two steps: the first account, then the practice. What follows are acts like any other.

There is no practice yet that a ledger entry could belong to, so the first account is written as `releve user` writes
one; from the practice on, each step is an act in the ledger.
"""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from releve.core.keeping import FoundPractice
from releve.intake.actions import staff_act
from releve.practice import loader
from releve.practice.file import read_row
from releve.practice.models import Organization, User


class NotFirst(Exception):
    """Someone can sign in already: the key opens nothing any more. Nothing was written."""


class NotAllowed(Exception):
    """The gate refused it: this person does not answer for the practice. Nothing was written."""


def key() -> str:
    """What the address printed by `releve serve` holds: only who sees the terminal, or the secret key, knows it."""
    return salted_hmac(
        "releve.set-up", "the first account", secret=settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()[:40]


def opens(given: str) -> bool:
    """Whether this key creates the first account: it is the right one, and nobody can sign in yet."""
    return constant_time_compare(given.encode(), key().encode()) and nobody_yet()


def nobody_yet() -> bool:
    return not User.objects.exists()


@transaction.atomic
def first_account(*, username: str, given: str, family: str, password: str) -> User:
    """A manager. Raises NotFirst."""
    if not nobody_yet():
        raise NotFirst
    return User.objects.create_user(
        username, password=password, first_name=given, last_name=family, role=User.Role.MANAGER
    )


def found(row: dict[str, Any], *, kind: str, user: User, now: datetime) -> Organization:
    """The practice, by its row of the practice file. Raises BadFile, AlreadyLoaded, or NotAllowed; nothing is written
    then."""
    read = read_row("practice", row)
    with transaction.atomic():
        practice = loader.found(read, kind=kind)
        act, key = FoundPractice(row=row), str(uuid4())
        outcome = staff_act(act, organization=practice, user=user, now=now, external_id=key, evidence="guided set-up")
        if not outcome.done:
            raise NotAllowed
    return practice
