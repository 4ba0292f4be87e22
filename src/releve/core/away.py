"""Kinds of act for appointments that cannot be kept: somebody is away, or the hours have changed.

Nothing here cancels an appointment: the old one stands until the patient has taken another place, or a person has
called. They are among `core.acts.ACTS` like any other.
"""

from dataclasses import dataclass
from datetime import datetime

from releve.core.act import StaffAct


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAbsence(StaffAct):
    """Somebody is away from `start` to `end`: nothing is booked then. `reason` is for the team alone; `appointments`
    are those that stood in it."""

    kind = "record_absence"
    practitioner: int
    start: datetime
    end: datetime
    reason: str = ""
    appointments: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAbsence(StaffAct):
    """They are back at `end`, earlier than was said; None: the absence does not take place. What was proposed because
    of it is withdrawn."""

    kind = "end_absence"
    absence: int
    end: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeMove(StaffAct):
    """Another place for an appointment that cannot be kept: the patient is written to, and it is held until they
    answer."""

    kind = "propose_move"
    appointment: int
    practitioner: int
    start: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallToMove(StaffAct):
    """A person calls about an appointment that cannot be kept."""

    kind = "call_to_move"
    appointment: int
