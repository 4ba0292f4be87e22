"""Plays a front desk in a test: patients speak, time passes, the desk acts, all through the service's own code."""

from datetime import datetime
from typing import Any

from releve.channels.lines.desk import Desk
from releve.practice.models import Appointment, Organization, Task
from tests import cast


class Talk:
    """One practice, one clock. `say` answers with the contract's object."""

    def __init__(self, practice: Organization | None = None, now: datetime = cast.NOW) -> None:
        self.desk = Desk(practice or cast.practice(), now)
        self.count = 0

    def line(self, **data: Any) -> dict[str, Any]:
        self.count += 1
        return self.desk.line({"id": f"l{self.count}", **data})

    def say(self, text: str, phone: str | None = cast.ROCHE_PHONE, channel: str = "sms") -> dict[str, Any]:
        return self.line(conversation=f"{channel}-{phone}", channel=channel, **{"from": phone}, text=text)

    def web(self, text: str) -> dict[str, Any]:
        return self.say(text, None, "webchat")

    def clock(self, moment: str) -> list[dict[str, str]]:
        return list(self.line(clock=moment)["outbox"])

    def staff(self, **action: Any) -> dict[str, Any]:
        return self.line(staff=action)

    def booked(self, patient: str = cast.ROCHE) -> list[str]:
        """Local starts of a patient's booked appointments."""
        rows = Appointment.objects.filter(patient__identifier=patient, status="booked").order_by("start")
        return [a.start.astimezone(cast.PARIS).strftime("%Y-%m-%dT%H:%M") for a in rows]

    def tasks(self) -> list[str]:
        return list(Task.objects.order_by("id").values_list("kind", flat=True))


def said(answer: dict[str, Any]) -> str:
    return " ".join(answer["messages"]).replace("\u00a0", " ")
