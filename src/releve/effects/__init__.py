"""What a permitted act does to the world: one function per kind of act, in `EFFECTS`.

What it is: the only writer of records and of the outbox. Only `guarantee.gate` may import it.
May import: ledger, post, practice and below.  In: an act and its context.  Out: the record it made or changed.
"""

from releve.effects import (
    absences,
    appointments,
    conversations,
    elsewhere,
    freed,
    keeping,
    patients,
    reminders,
    standby,
    tasks,
    undoing,
    waiting,
)
from releve.effects.context import Context, Done, Effects, Refused

EFFECTS: Effects = {
    **appointments.EFFECTS,
    **undoing.EFFECTS,
    **reminders.EFFECTS,
    **freed.EFFECTS,
    **standby.EFFECTS,
    **waiting.EFFECTS,
    **absences.EFFECTS,
    **tasks.EFFECTS,
    **conversations.EFFECTS,
    **keeping.EFFECTS,
    **patients.EFFECTS,
    **elsewhere.EFFECTS,
}
EFFECTS |= {kind: elsewhere.reporting(EFFECTS[kind]) for kind in elsewhere.REPORTED}
EFFECTS["decide_task"] = elsewhere.typed_in(EFFECTS["decide_task"])

__all__ = ["EFFECTS", "Context", "Done", "Refused"]
