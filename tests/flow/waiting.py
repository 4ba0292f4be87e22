"""A freed place and those who wait for one, for the tests of the waiting list."""

from typing import Any

from releve.core.messages import Outcome
from releve.intake.actions import staff_act
from releve.practice.models import Offer, User, WaitingListEntry
from tests import cast
from tests.talk import Talk

PEOPLE = ["ines", "jean", "karim", "lise", "marc"]
PHONES = {name: f"+3363998120{n}" for n, name in enumerate(PEOPLE)}
START = "2026-03-16T11:40"  # today, twenty minutes before the morning ends


def person(name: str, phone: str | None = None, **more: Any) -> dict[str, Any]:
    traits = {"given": name.capitalize(), "family": "Durand", "birth_date": "1980-02-01"}
    return {"id": name, **traits, "phone": phone or PHONES[name], **more}


def talk(*waits: dict[str, Any] | str, start: str = "2026-03-19T09:40", **patients: Any) -> Talk:
    """M. Roche's appointment is at `start`; these wait for Dr Amar, in this order."""
    data = cast.practice_file()
    data["appointments"][0]["start"] = start
    data["patients"] += [patients.get(name) or person(name) for name in PEOPLE]
    data["waiting_list"] = [
        {"practitioner": cast.AMAR, "service": cast.CONSULTATION, **({"patient": w} if isinstance(w, str) else w)}
        for w in waits
    ]
    return Talk(cast.practice(data))


def freed(here: Talk, until: str = "2026-03-16T09:20") -> list[str]:
    """M. Roche does not come: to whom something is written by then, in order."""
    here.staff(cancel=cast.ROCHE_THURSDAY)
    return written(here, until)


def written(here: Talk, until: str) -> list[str]:
    names = {phone: name for name, phone in PHONES.items()}
    return [names.get(m["to"], m["to"]) for m in here.clock(until) if m["to"] != cast.ROCHE_PHONE]


def offers(*columns: str) -> list[Any]:
    rows = Offer.objects.order_by("id")
    return list(rows.values_list(*(columns or ("entry__patient__identifier", "status"))))


def entry(name: str) -> WaitingListEntry:
    return WaitingListEntry.objects.get(patient__identifier=name)


def does(here: Talk, act: Any, user: User | None = None) -> Outcome:
    here.count += 1
    return staff_act(
        act, organization=here.desk.practice, user=user, now=here.desk.now, external_id=f"desk {here.count}"
    )
