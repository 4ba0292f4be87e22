"""Kinds of act for agendas that are kept in other software: whose they are, what was read of them, what goes back.

They are among `core.acts.ACTS` like any other. `ImportAppointment` is in `core.acts`, beside the booking that it is.
"""

from dataclasses import dataclass, field
from datetime import datetime

from releve.core.act import LEADERS, Act, StaffAct

WAYS = ("", "feed", "tasks")  # how bookings made here reach the other software; "": there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class BusySpan:
    """[start, end): somebody is not free. `uid` is a digest."""

    uid: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepElsewhere(StaffAct):
    """Where a practitioner's agenda is kept, and how our bookings get there: one of WAYS."""

    kind = "keep_elsewhere"
    roles = LEADERS
    practitioner: int
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepFeed(StaffAct):
    """The calendar that says when a practitioner is not free. Its address is a secret: only its host is told. `way`:
    where their agenda is kept from now on; None as before."""

    kind = "keep_feed"
    roles = LEADERS
    practitioner: int
    host: str
    way: str | None = None
    url: str = field(default="", repr=False, metadata={"secret": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class DropFeed(StaffAct):
    """It is read no more, and what it said is forgotten. `way` as for KeepFeed."""

    kind = "drop_feed"
    roles = LEADERS
    practitioner: int
    way: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFeed(Act):
    """What a reading changed: so many times are new, have another end, are there no more. The entry holds the counts;
    the times themselves are in the agenda."""

    kind = "record_feed"
    housekeeping = True
    feed: int
    added: int = 0
    changed: int = 0
    removed: int = 0
    since: datetime
    busy: tuple[BusySpan, ...] = field(default=(), repr=False, metadata={"secret": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateAgendaKey(StaffAct):
    """A private address under which other software reads a practitioner's appointments. `with_names`: the patients'
    initials go with them."""

    kind = "create_agenda_key"
    roles = LEADERS
    practitioner: int
    with_names: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeAgendaKey(StaffAct):
    kind = "revoke_agenda_key"
    roles = LEADERS
    key: int
