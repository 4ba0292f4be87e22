"""What is known when a message is answered: loaded by queries before any thinking starts, then read only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from releve.core.ports import (
    AppointmentRecord,
    Calendar,
    FaqRecord,
    PatientRecord,
    PracticeRecord,
    PractitionerRecord,
    ServiceRecord,
)

T = TypeVar("T")


class Named(dict[int, T]):
    """Those of today. Who has left, or is done no more, is still found by key: the past keeps its names."""

    def __init__(self, today: Mapping[int, T], former: Mapping[int, T]) -> None:
        super().__init__(today)
        self.former = former

    def __missing__(self, key: int) -> T:
        return self.former[key]


@dataclass(frozen=True)
class Directory:
    """The practice's own file: who works there, what is done there, what is answered there. Iterating over people and
    visits gives those of today."""

    practice: PracticeRecord
    practitioners: Mapping[int, PractitionerRecord]
    services: Mapping[int, ServiceRecord]
    performers: Mapping[int, tuple[int, ...]]  # service -> practitioners, in the order of the file
    faq: tuple[FaqRecord, ...] = ()

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.practice.timezone)

    def services_of(self, practitioner: int) -> tuple[int, ...]:
        return tuple(s for s, who in self.performers.items() if practitioner in who)

    def local(self, moment: datetime) -> datetime:
        """Wall time of the practice, naive."""
        return moment.astimezone(self.zone).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Place:
    """A bookable place in time."""

    practitioner: int
    service: int
    start: datetime


STANDING = ("reminder", "moved")  # kinds of Prompt about an appointment that stands: one may say no to it


@dataclass(frozen=True, slots=True)
class Prompt:
    """A message of ours that went to this address and can be answered in a word; `answered`: it was, but minds may
    change. Of an offer: `status`, whether the person still waits on the list, and when it ends."""

    id: int
    kind: str  # reminder, moved, offer, no_show, cancelled
    patient: int
    appointment: int | None
    offer: int | None
    place: Place
    open: bool
    sent_at: datetime
    status: str = ""
    listed: bool = True
    answered: bool = False
    until: datetime | None = None
    asked_until: datetime | None = None  # somebody else is asked for the place, alone, until then


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """`contacts`: patients with the sender's address on file. `matches`: patients born on the date that was said.
    `appointments`: theirs, coming or recent. `code_for`: the patient whose code the message holds."""

    now: datetime
    directory: Directory
    channel: str
    address: str | None
    contacts: tuple[PatientRecord, ...] = ()
    matches: tuple[PatientRecord, ...] = ()
    appointments: tuple[AppointmentRecord, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    calendars: Mapping[int, Calendar] = field(default_factory=dict)
    code_for: int | None = None
    may_act: bool = True  # a start-up record is signed, and the front desk is not stopped

    @property
    def local_now(self) -> datetime:
        return self.directory.local(self.now)

    def patient(self, key: int) -> PatientRecord | None:
        return next((p for p in (*self.contacts, *self.matches) if p.id == key), None)

    def appointment(self, key: int) -> AppointmentRecord | None:
        return next((a for a in self.appointments if a.id == key), None)
