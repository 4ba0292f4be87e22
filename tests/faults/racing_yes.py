"""Several people say yes at once to one place that was offered to all of them, from processes of their own.

Played by `test_racing_yes.py`; each of `PLACES` practitioners has one place, offered to a round of three.
"""

import json
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench import racing
from bench.service import Service

PLACES, ROUND = 6, 3
THREADS = 3
NINE = datetime.fromisoformat("2028-03-06T09:00+01:00")  # a Monday
FREED = "2028-03-06T11:40"  # too soon to ask one after the other
ANSWERED = NINE + timedelta(minutes=21)


def phone(place: int, person: int) -> str:
    return f"+33639980{place}{person}0"


def practice_file() -> dict[str, Any]:
    hours = [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "08:00", "end": "12:00"}]
    places, waiting = range(PLACES), [(p, n) for p in range(PLACES) for n in range(ROUND)]
    traits = {"family": "Martin", "birth_date": "1980-02-03"}
    return {
        "now": "2028-03-06T09:00",
        "practice": {
            "name": "Cabinet de la Course", "address": "", "phone": "+33199000421", "access": "",
            "email": "contact@course.example", "opening_hours": hours,
        },
        "practitioners": [{"id": f"d{p}", "given": "A", "family": f"D{p}", "profession": "dentiste"} for p in places],
        "services": [{"id": "s", "name": "Soin", "duration_min": 20, "practitioners": [f"d{p}" for p in places]}],
        "schedules": [{"practitioner": f"d{p}", "rules": hours} for p in places],
        "patients": [
            *({"id": f"gone{p}", "given": f"Alix {p}", **traits} for p in places),
            *({"id": f"w{p}{n}", "given": f"Lou {p}{n}", "phone": phone(p, n), **traits} for p, n in waiting),
        ],
        "appointments": [
            {"id": f"a{p}", "patient": f"gone{p}", "practitioner": f"d{p}", "service": "s", "start": FREED,
             "status": "booked"} for p in places
        ],
        "waiting_list": [{"patient": f"w{p}{n}", "practitioner": f"d{p}", "service": "s"} for p, n in waiting],
        "faq": [],
    }  # fmt: skip


def prepare() -> None:
    """Every place is freed and offered."""
    from releve.core.acts import CancelAppointment
    from releve.intake import actions
    from releve.practice.models import Appointment, Organization

    practice = Organization.objects.get()
    for row in Appointment.objects.order_by("id"):
        act = CancelAppointment(appointment=row.pk, patient=row.patient_id)
        actions.staff_act(act, organization=practice, user=None, now=NINE, external_id=f"cancel {row.pk}")
    actions.fire_due(practice, NINE + timedelta(minutes=20))


class Racer:
    """Says yes for one person of each round; the fourth for the first one again, from another telephone line."""

    def __init__(self, number: int) -> None:
        from releve.intake import actions
        from releve.practice.models import Organization

        self.number, self.intake, self.practice = number, actions, Organization.objects.get()

    def attempt(self, place: int) -> str:
        person = self.number % ROUND
        address, channel = phone(place, person), "sms" if self.number < ROUND else "voice"
        event = self.intake.receive(
            organization=self.practice, conversation=f"{channel} {address}", channel=channel, address=address,
            text="oui", external_id=f"{self.number} {place}", at=ANSWERED,
        )  # fmt: skip
        reply = self.intake.answer(event)
        booked = any(act[:2] == ["book_appointment", "done"] for act in reply.get("acts", ()))
        return f"{place} {person} {'booked' if booked else ' '.join(reply['messages'])}"


def audit() -> dict[str, Any]:
    from releve.ledger.actions import sequence
    from releve.ledger.queries import verify
    from releve.practice.models import Allocation, Appointment, Offer, WaitingListEntry

    sequence(ANSWERED)
    return {
        "booked": list(Appointment.objects.filter(status="booked").values_list("practitioner_id", flat=True)),
        "holds": Allocation.objects.exclude(hold="").count(),
        "offers": sorted(Offer.objects.values_list("status", flat=True)),
        "entries": sorted(WaitingListEntry.objects.values_list("status", flat=True)),
        "faults": [str(fault) for fault in verify().faults],
    }


def play(database_url: str) -> dict[str, Any]:
    """`ended`: "PLACE PERSON booked", or what they were told instead."""
    with tempfile.TemporaryDirectory(prefix="releve-") as folder:
        path = Path(folder) / "practice.json"
        path.write_text(json.dumps(practice_file()), encoding="utf-8")
        with Service(Path(folder), database_url, path) as service:
            service.run(__name__, "prepare")
            results = racing.race(service, __name__)
            found = json.loads(service.run(__name__, "audit"))
    return {"ended": [what for result in results for what in result["ended"]], "audit": found}


def main(arguments: list[str]) -> None:
    import django

    django.setup()
    if arguments[0] == "race":
        json.dump(racing.run(PLACES, THREADS, Racer(int(arguments[1])).attempt), sys.stdout)
    elif arguments[0] == "audit":
        json.dump(audit(), sys.stdout)
    else:
        prepare()


if __name__ == "__main__":
    main(sys.argv[1:])
