"""One line in, one object out: a patient's words, time that passes, a staff action, the state."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from releve.core.acts import Act, BookAppointment, CancelAppointment, DecideTask, MarkNoShow
from releve.core.understanding import CHANNELS
from releve.intake import actions as intake
from releve.intake.actions import BadEvent
from releve.intake.contract import answer_object, local_moment
from releve.intake.outgoing import leave
from releve.ledger.actions import sequence
from releve.practice.export import export
from releve.practice.models import Appointment, HealthcareService, Organization, Patient, Practitioner, Task

FIELDS = {
    "patient": {"id", "conversation", "channel", "from", "text", "open"},
    "clock": {"id", "clock"},
    "staff": {"id", "staff"},
    "state": {"id", "state"},
}
TURN = timedelta(seconds=1)  # a frozen clock still lets one line come after the other


class Desk:
    """Plays one practice. `now` only moves with clock lines, and a second with each line."""

    def __init__(self, practice: Organization, now: datetime) -> None:
        self.practice = practice
        self.now = now
        self.sent: list[dict[str, str]] = []

    def line(self, data: dict[str, Any]) -> dict[str, Any]:
        """The answer to one line. Raises BadEvent for a line that cannot be taken."""
        kind = next((k for k in ("clock", "staff", "state") if k in data), "patient")
        unknown = set(data) - FIELDS[kind]
        if unknown:
            raise BadEvent(sorted(unknown)[0], "unknown field")
        answers: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "patient": self.patient, "clock": self.clock, "staff": self.staff, "state": self.state,
        }  # fmt: skip
        answer = answers[kind](data)
        sequence(self.now)
        return {"id": data["id"], **answer}

    def patient(self, data: dict[str, Any]) -> dict[str, Any]:
        if data.get("channel") not in CHANNELS:
            raise BadEvent("channel", f"is not one of {', '.join(CHANNELS)}")
        text = data.get("text")
        if text is None and not data.get("open"):
            raise BadEvent("text", "is missing")
        if text is not None and not isinstance(text, str):
            raise BadEvent("text", "is not a text")
        event = intake.receive(
            organization=self.practice, conversation=_text(data, "conversation"), channel=data["channel"],
            address=data.get("from"), text=text, external_id=str(data["id"]), at=self.now, source="lines",
        )  # fmt: skip
        reply = intake.answer(event)
        self.now += TURN
        return answer_object(self.practice, reply, self._leave(self.now))

    def clock(self, data: dict[str, Any]) -> dict[str, Any]:
        until = self._moment(data["clock"], "clock")
        if until < self.now:
            raise BadEvent("clock", "time does not go back")
        left: list[dict[str, str]] = []
        intake.fire_due(self.practice, until, after_each=lambda at: left.extend(self._leave(at)))
        self.now = until
        return {"outbox": [*left, *self._leave(until)]}

    def staff(self, data: dict[str, Any]) -> dict[str, Any]:
        act = self._staff_act(data["staff"])
        outcome = intake.staff_act(
            act, organization=self.practice, user=None, now=self.now, external_id=f"line {data['id']}"
        )
        self.now += TURN
        left = self._leave(self.now)
        if outcome.status == "refused":
            return {"refused": outcome.why, "outbox": left}
        return {"done": True, **self._made(act, outcome.record), "outbox": left}

    def state(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"state": {**export(self.practice, self.now), "outbox": self.sent}}

    def _leave(self, now: datetime) -> list[dict[str, str]]:
        """What leaves the outbox by then; here every channel takes everything."""
        left = leave(now, lambda row: True)
        self.sent.extend(left)
        return left

    def _made(self, act: Act, record: int | None) -> dict[str, Any]:
        if isinstance(act, BookAppointment) and record is not None:
            return {"appointment": Appointment.objects.get(pk=record).identifier}
        return {}

    def _moment(self, value: Any, field: str) -> datetime:
        try:
            return local_moment(str(value), self.practice).astimezone(UTC)
        except ValueError:
            raise BadEvent(field, f"{value!r} is not a local time such as 2026-03-09T18:00") from None

    def _staff_act(self, action: Any) -> Act:
        if not isinstance(action, dict) or len(action) != 1:
            raise BadEvent("staff", "holds exactly one action")
        ((name, value),) = action.items()
        if name == "book":
            return self._book(value)
        if name in ("cancel", "no_show"):
            row = self._find(Appointment, value, f"staff.{name}")
            if name == "no_show":
                return MarkNoShow(appointment=row.pk)
            return CancelAppointment(appointment=row.pk, patient=row.patient_id)
        if name in ("approve", "reject"):
            return DecideTask(task=self._find(Task, value, f"staff.{name}").pk, decision=name)
        raise BadEvent(f"staff.{name}", "unknown action")

    def _book(self, value: Any) -> BookAppointment:
        if not isinstance(value, dict):
            raise BadEvent("staff.book", "is not an object")
        start = self._moment(value.get("start"), "staff.book.start")
        return BookAppointment(
            patient=self._find(Patient, value.get("patient"), "staff.book.patient").pk,
            practitioner=self._find(Practitioner, value.get("practitioner"), "staff.book.practitioner").pk,
            service=self._find(HealthcareService, value.get("service"), "staff.book.service").pk,
            start=start.replace(tzinfo=start.tzinfo or ZoneInfo(self.practice.timezone)),
        )

    def _find(self, model: Any, identifier: Any, field: str) -> Any:
        row = model.objects.filter(organization=self.practice, identifier=str(identifier)).first()
        if row is None:
            raise BadEvent(field, f"{identifier!r} is not known")
        return row


def _text(data: dict[str, Any], field: str) -> str:
    value = data.get(field)
    if not isinstance(value, str) or not value or len(value) > 64:
        raise BadEvent(field, "is a text of 1 to 64 characters")
    return value
