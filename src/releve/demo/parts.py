"""What somebody knows of themself when they write: name, birth date, telephone, the appointment they have."""

from dataclasses import dataclass
from datetime import date
from random import Random
from zoneinfo import ZoneInfo

from releve.demo.people import names, plain
from releve.language.writing import NBSP, day, full, hour
from releve.practice.models import Appointment, Patient

FIRST_STRANGER, MOST_STRANGERS = 500, 499  # their numbers follow those of the file


@dataclass(frozen=True, slots=True)
class Part:
    """`address`: where they write from; `facts`: what fills their sentences; `key`: nobody plays twice at once."""

    key: str
    address: str | None
    facts: dict[str, str]


def of_patient(patient: Patient, channel: str, facts: dict[str, str]) -> Part:
    """Somebody of the file; `facts` are added to what everyone knows of themself."""
    own = _own(patient.given, patient.family, patient.birth_date, patient.sex) | {"phone": _spoken(patient.phone)}
    address = {"email": patient.email, "webchat": None}.get(channel, patient.phone)
    return Part(patient.identifier, address, own | facts)


def stranger(number: int, channel: str, random: Random) -> Part:
    """Someone without a file, with a name of the same lists and a number of the same range."""
    sex = random.choice("FM")
    given = random.choice(names()["given"]["1977"][sex])
    family = random.choice(names()["family"]["france"][:60])
    born = date(random.randint(1962, 2003), random.randint(1, 12), random.randint(1, 28))
    phone = f"+33639980{FIRST_STRANGER + number % MOST_STRANGERS:03d}"
    facts = _own(given, family, born, sex) | {"phone": _spoken(phone)}
    return Part(f"stranger-{number}", None if channel == "webchat" else phone, facts)


def of_child(child: Patient, age: int) -> dict[str, str]:
    return {
        "child": child.given, "child_name": f"{child.given} {child.family}", "child_birth": written(child.birth_date),
        "son": "mon fils" if child.sex == "M" else "ma fille", "age": str(age),
    }  # fmt: skip


def of_visit(visit: Appointment, zone: ZoneInfo) -> dict[str, str]:
    """As people write it, with plain spaces; `hour` as the service writes it, to know it again."""
    local = visit.start.astimezone(zone)
    said = {"visit": full(local).replace(NBSP, " "), "visit_day": day(local).replace(NBSP, " ")}
    return {**said, "hour": hour(local), "visit_type": visit.service.name}


def _own(given: str, family: str, born: date, sex: str) -> dict[str, str]:
    return {
        "given": given, "family": family, "name": f"{given} {family}", "birth": written(born),
        "born": "né" if sex == "M" else "née", "given_mail": plain(given),
    }  # fmt: skip


def written(born: date) -> str:
    return born.strftime("%d/%m/%Y")


def _spoken(phone: str | None) -> str:
    """+33639980201 as people write it: 06 39 98 02 01."""
    digits = "0" + (phone or "")[3:]
    return " ".join(digits[i : i + 2] for i in range(0, len(digits), 2)) if phone else ""
