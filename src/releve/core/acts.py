"""The kinds of act, listed once: what each is, how far it may ever go alone, and the identity it asks for.

An act is plain data. Agents, staff and timers propose acts; the gate alone lets one happen; `effects` holds one
function per kind. Record references are primary keys; times are timezone-aware UTC.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from releve.core import away, elsewhere, keeping, waiting  # noqa: F401 - their kinds are among ACTS
from releve.core.act import LEADERS as LEADERS
from releve.core.act import Act as Act
from releve.core.act import Ceiling as Ceiling
from releve.core.act import Identity as Identity
from releve.core.act import NewPatient as NewPatient
from releve.core.act import StaffAct as StaffAct


@dataclass(frozen=True, slots=True, kw_only=True)
class BookAppointment(Act):
    """Book; `newcomer` when there is no file yet, `offer` when it takes a place of the waiting list.

    `overbooking`: why somebody at the desk takes a place above those that the agenda has. `series`: what visits booked
    together share.
    """

    kind = "book_appointment"
    public = True
    identity: ClassVar[tuple[Identity, ...]] = (Identity.CLAIMED, Identity.REPLY, Identity.VERIFIED)
    practitioner: int
    service: int
    start: datetime
    patient: int | None = None
    newcomer: NewPatient | None = None
    offer: int | None = None
    reason: str = ""
    overbooking: str = ""
    series: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportAppointment(BookAppointment):
    """One line of an agenda kept in other software, which a person brings in; nothing is to be typed back there."""

    kind = "import_appointment"
    ceiling = Ceiling.STAFF
    identity = (Identity.STAFF,)
    public = False
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RescheduleAppointment(Act):
    """`tell`: someone at the desk moves it, and the patient is written to; once for all of its `group`."""

    kind = "reschedule_appointment"
    public = True
    identity = (Identity.VERIFIED,)
    appointment: int
    patient: int
    practitioner: int
    start: datetime
    tell: bool = False
    group: tuple[int, ...] = ()  # the appointments that one decision moves, this one among them
    overbooking: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelAppointment(Act):
    """What somebody at the desk cancels, the patient is told; once for all of its `group`."""

    kind = "cancel_appointment"
    public = True
    identity = (Identity.REPLY, Identity.VERIFIED)
    appointment: int
    patient: int
    tell: bool = True
    group: tuple[int, ...] = ()  # the appointments that one decision cancels, this one among them


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmAppointment(Act):
    kind = "confirm_appointment"
    public = True
    identity = (Identity.REPLY, Identity.VERIFIED)
    appointment: int
    patient: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateTask(Act):
    """Something only a person can decide. `handoff` set: the assistant stops and this person takes over."""

    kind = "create_task"
    public = True
    task: str
    patient: int | None = None
    note: str = ""
    handoff: str = ""  # "", secretary, physician, emergency


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRenewal(CreateTask):
    """A physician decides on every renewal (Code de la santé publique, art. R. 4127-76)."""

    kind = "request_renewal"
    ceiling = Ceiling.PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDocument(CreateTask):
    kind = "request_document"
    ceiling = Ceiling.PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateContact(Act):
    """Changes a contact on file; identity traits never change this way.

    None leaves it as it is, "" removes it; `old_phone` and `old_email` are what a person at the desk replaced.
    """

    kind = "update_contact"
    public = True
    identity = (Identity.VERIFIED,)
    patient: int
    phone: str | None = None
    email: str | None = None
    old_phone: str | None = None
    old_email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOut(Act):
    kind = "opt_out"
    public = True
    housekeeping = True  # STOP is always kept
    channel: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Act):
    """An answer from the practice's own file; `sources` say which entries, so that it can be checked."""

    kind = "answer"
    public = True
    topic: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldSlot(Act):
    """Keeps a place for ten minutes while the person decides; `moving` is the appointment that would take it."""

    kind = "hold_slot"
    practitioner: int
    service: int
    start: datetime
    moving: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseHold(Act):
    kind = "release_hold"
    housekeeping = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SendCode(Act):
    """Six digits to the contact on file of each named patient; none named: nothing leaves, the words are the same."""

    kind = "send_code"
    patients: tuple[int, ...] = ()


# --- what time brings (timers) --------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class SendReminder(Act):
    kind = "send_reminder"
    appointment: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SendNoShowMessage(Act):
    kind = "send_no_show_message"
    appointment: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireHold(Act):
    kind = "expire_hold"
    housekeeping = True
    allocation: int


# --- what staff do at the desk --------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class MarkNoShow(StaffAct):
    kind = "mark_no_show"
    appointment: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkArrived(StaffAct):
    """The person is here, today."""

    kind = "mark_arrived"
    appointment: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoAppointment(StaffAct):
    """Takes back what staff just did to an appointment; `undone` is the kind of that act. The ledger knows what it was
    before; `start`: of a move, the hour that it went to."""

    kind = "undo_appointment"
    appointment: int
    undone: str
    start: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideTask(StaffAct):
    """`decision`: approve, edit or reject; `text` is the message that then leaves, if any. `refusal`: one of
    REFUSAL_REASONS."""

    kind = "decide_task"
    task: int
    decision: str
    text: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignTask(StaffAct):
    """Passes an open task on to someone of the team; `to` None gives it back to everyone."""

    kind = "assign_task"
    task: int
    to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoDecision(StaffAct):
    """Within ten seconds of deciding, before anything has left."""

    kind = "undo_decision"
    task: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver(StaffAct):
    kind = "take_over"
    conversation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandBack(StaffAct):
    kind = "hand_back"
    conversation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SendMessage(StaffAct):
    """A person writes to the patient in the conversation."""

    kind = "send_message"
    conversation: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteToPatient(StaffAct):
    """A person writes first, to the contact on file: in the conversation of that address, or a new one."""

    kind = "write_to_patient"
    patient: int
    channel: str  # sms, email
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPatient(StaffAct):
    """`sex` as on the identity document: F, M, or nothing."""

    kind = "register_patient"
    new: NewPatient
    sex: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectIdentity(StaffAct):
    """The identity traits as they should be, and why; those that were replaced are kept beside (`old`)."""

    kind = "correct_identity"
    patient: int
    given: str
    family: str
    birth_date: date
    sex: str
    reason: str
    old: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePatients(StaffAct):
    """`patient` is a duplicate of `into`: what it holds is listed, so that it can be given back."""

    kind = "merge_patients"
    patient: int
    into: int
    appointments: tuple[int, ...] = ()
    entries: tuple[int, ...] = ()
    tasks: tuple[int, ...] = ()
    conversations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmergePatients(MergePatients):
    """They were two people after all: each gets back what it held when they were merged."""

    kind = "unmerge_patients"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignStartUp(StaffAct):
    """The *mise en service*: who signs, for which kinds of act; nothing acts alone before it."""

    kind = "sign_start_up"
    roles = LEADERS
    signed_by: str
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignRedFlags(StaffAct):
    """A physician of the practice has read this version of the red-flag list and answers for it."""

    kind = "sign_red_flags"
    version: str
    signed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopAssistant(StaffAct):
    """The stop button; `stopped` False starts again. `agent` empty: all agents."""

    kind = "stop_assistant"
    stopped: bool
    agent: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadPractice(StaffAct):
    """A practice file was imported; the counts say what it held."""

    kind = "load_practice"
    counts: dict[str, int] = field(default_factory=dict)


def _kinds(cls: type[Act]) -> list[type[Act]]:
    own = [cls] if "kind" in cls.__dict__ else []
    return own + [found for sub in cls.__subclasses__() for found in _kinds(sub)]


ACTS: dict[str, type[Act]] = {cls.kind: cls for cls in _kinds(Act)}

# What a signed start-up record may let the assistant do alone (DESIGN: autonomy is earned).
AUTOMATIC: tuple[str, ...] = tuple(kind for kind, cls in ACTS.items() if cls.ceiling is Ceiling.AUTOMATIC)

REFUSAL_REASONS = ("not_needed", "needs_visit", "not_ours", "misread", "other")  # why a person refuses a task

TASK_KINDS: tuple[str, ...] = (
    "callback", "prescription_renewal", "document_request", "certificate_request", "results_request",
    "medical_question", "symptom_same_day", "red_flag", "complaint", "billing", "privacy_request", "identity_check",
    "booking_help", "third_party", "other",
)  # fmt: skip
