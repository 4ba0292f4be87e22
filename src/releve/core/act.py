"""What an act is: how far it may ever go alone, the identity it asks for. `core/acts.py` lists the kinds."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar


class Ceiling(StrEnum):
    """How far an act may ever go without a person (GDPR art. 22; DESIGN: acts have ceilings)."""

    AUTOMATIC = "automatic"  # administrative, asked for and confirmed by the person it concerns, can be undone
    PERSON = "person"  # always ends as a task for a person
    STAFF = "staff"  # only a signed-in person may do it


class Identity(StrEnum):
    """How surely we know who speaks, weakest first."""

    NONE = "none"
    CLAIMED = "claimed"  # names and birth date were said
    REPLY = "reply"  # answers on the address a message of ours about this very act went to
    VERIFIED = "verified"  # phone on file + birth date, or a code sent to the contact on file
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class NewPatient:
    """Someone who has no file yet."""

    given: str
    family: str
    birth_date: date
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    kind: ClassVar[str]
    ceiling: ClassVar[Ceiling] = Ceiling.AUTOMATIC
    identity: ClassVar[tuple[Identity, ...]] = (Identity.NONE,)
    public: ClassVar[bool] = False  # appears in `acts` of an answer (CONTRACTS 4)
    housekeeping: ClassVar[bool] = False  # gives something back; never needs a permission


LEADERS = ("manager", "physician")  # roles that answer for the practice


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffAct(Act):
    """`roles`: who may do it at the desk; empty: everyone who is signed in."""

    ceiling = Ceiling.STAFF
    identity = (Identity.STAFF,)
    roles: ClassVar[tuple[str, ...]] = ()
