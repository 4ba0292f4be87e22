"""Kinds of act by which a practice changes its own file, its texts and its accounts: the settings, the guided set-up.

Rows speak the vocabulary of the practice file (CONTRACTS 4). They are among `core.acts.ACTS` like any other.
"""

from dataclasses import dataclass, field
from typing import Any

from releve.core.act import LEADERS, StaffAct


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPractice(StaffAct):
    """The practice comes into being; what it is was written in the same transaction."""

    kind = "found_practice"
    roles = LEADERS
    row: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatePractice(StaffAct):
    """The changed fields of `practice`, `timezone` among them."""

    kind = "update_practice"
    roles = LEADERS
    row: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepPractitioner(StaffAct):
    """A row of `practitioners`; without an `id`, a new one. Not `active`: has left, and the past keeps the name."""

    kind = "keep_practitioner"
    roles = LEADERS
    row: dict[str, Any]
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepSchedule(StaffAct):
    """A row of `schedules`: when someone works. It moves no appointment."""

    kind = "keep_schedule"
    roles = LEADERS
    row: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepService(StaffAct):
    """A row of `services`; without an `id`, a new one. Not `active`: no longer done here."""

    kind = "keep_service"
    roles = LEADERS
    row: dict[str, Any]
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderServices(StaffAct):
    """The visits in the order in which they are proposed: the `id` of each, all of them."""

    kind = "order_services"
    roles = LEADERS
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepResource(StaffAct):
    """A row of `resources`; without an `id`, a new one. Not `active`: a room or device that is used no more."""

    kind = "keep_resource"
    roles = LEADERS
    row: dict[str, Any]
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepFaq(StaffAct):
    """A row of `faq`; without an `id`, a new one; `removed` takes it away."""

    kind = "keep_faq"
    row: dict[str, Any]
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepText(StaffAct):
    """The practice's own wording of one message; empty: Relève's wording again."""

    kind = "keep_text"
    name: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepUser(StaffAct):
    """Someone who signs in; `user` None: a new one, who chooses a password by a link. Never one's own role."""

    kind = "keep_user"
    roles = LEADERS
    user: int | None = None
    username: str
    given: str = ""
    family: str = ""
    role: str = "secretary"
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteUser(StaffAct):
    """A link to choose a password was made for someone."""

    kind = "invite_user"
    roles = LEADERS
    user: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPassword(StaffAct):
    """One's own password. `password` is never written anywhere: neither event nor ledger holds it."""

    kind = "set_password"
    password: str = field(default="", repr=False, metadata={"secret": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPin(StaffAct):
    """One's own quick code, which reopens a locked desk; empty: none. Never written but hashed."""

    kind = "set_pin"
    pin: str = field(default="", repr=False, metadata={"secret": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepPreferences(StaffAct):
    """One's own language of the screens ("" is the browser's) and one-letter keys."""

    kind = "keep_preferences"
    language: str = ""
    single_keys: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSetUp(StaffAct):
    """A step of the guided set-up was seen through."""

    kind = "note_set_up"
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendTest(StaffAct):
    """A sample reminder to an address of the practice's own, before any patient gets one."""

    kind = "send_test"
    channel: str
    address: str
