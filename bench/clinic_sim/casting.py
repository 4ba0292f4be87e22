"""The people and the practice as a practice file: names, birth dates, contacts; numbers kept for fiction."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from bench.clinic_sim.agenda import Visit
from bench.clinic_sim.world import DAY, DOCTORS, PHONE_CLOSES, PHONE_OPENS, VISIT, Person, World

SERVICE = "consultation"
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]
GIVEN = (
    "Adèle", "Baptiste", "Camille", "Denis", "Élise", "Fabien", "Gaëlle", "Hugo", "Inès", "Jules", "Karine", "Louis",
    "Manon", "Noé", "Odile", "Pascal", "Rachel", "Simon", "Tania", "Ulysse", "Valérie", "Willy", "Yasmine",
)  # fmt: skip
FAMILY = (
    "Aubin", "Besson", "Carlier", "Doucet", "Évrard", "Fleury", "Gallet", "Hamon", "Imbert", "Jolivet", "Lacroix",
    "Mallet", "Navarro", "Ollivier", "Perrot", "Quentin", "Rolland", "Sabatier", "Tessier", "Vasseur", "Weiss",
)  # fmt: skip


def key(person: Person) -> str:
    return f"p{person.number:05d}"


def address(person: Person) -> str:
    return f"p{person.number}@example.org" if person.mails else f"+33639{980000 + person.number:06d}"


def channel(person: Person) -> str:
    return "email" if person.mails else "sms"


def name(person: Person) -> tuple[str, str]:
    return GIVEN[person.number % len(GIVEN)], FAMILY[person.number // len(GIVEN) % len(FAMILY)]


def birth(person: Person) -> date:
    """The same day of the year in either age band, thirty years apart."""
    return date(1950 if person.old else 1985, 1, 1) + timedelta(days=person.number % 3000)


def windows(person: Person, now: datetime, visit: datetime) -> Iterator[tuple[datetime, datetime]]:
    """When they wish to come, from now until the day before their visit; nothing for any time."""
    last = datetime.combine(visit.date(), datetime.min.time())
    if person.any_time:
        return
    day = now.date()
    while day < last.date():
        if day.weekday() in person.weekdays:
            noon = datetime.combine(day, datetime.min.time()) + timedelta(hours=13)
            ends = (noon - timedelta(hours=13), noon, noon + timedelta(hours=11))
            for part in person.halves:
                if ends[part + 1] > now:
                    yield max(ends[part], now), ends[part + 1]
        day += DAY


def practice_file(world: World, standing: Iterable[Visit], after: datetime) -> dict[str, Any]:
    """The practice as the warm-up leaves it; everybody has a file, those who will call later too."""
    return {
        "now": after.isoformat(timespec="minutes"),
        "timezone": "Europe/Paris",
        "practice": {
            "name": "Cabinet des Acacias", "address": "3 rue des Acacias, 37000 Tours", "phone": "+33199000340",
            "email": "contact@acacias.example", "public_holidays": True,
            "opening_hours": [_hours(PHONE_OPENS, PHONE_CLOSES)], "early_reminder_days": 3,
        },
        "practitioners": [
            {"id": doctor, "given": given, "family": doctor.capitalize(), "profession": "dermatologue"}
            for doctor, given in zip(DOCTORS, ("Claire", "Karim"), strict=True)
        ],
        "services": [
            {"id": SERVICE, "name": "Consultation", "duration_min": int(VISIT / timedelta(minutes=1)),
             "practitioners": list(DOCTORS)}
        ],
        "schedules": [
            {"practitioner": doctor, "rules": [_hours(opens, closes) for opens, closes in world.p.openings]}
            for doctor in DOCTORS
        ],
        "patients": [_patient(person) for person in world.persons],
        "appointments": [
            {"id": v.id, "patient": key(v.person), "practitioner": v.place.doctor, "service": SERVICE,
             "start": v.place.start.isoformat(timespec="minutes")}
            for v in standing
        ],
    }  # fmt: skip


def _hours(opens: time, closes: time) -> dict[str, Any]:
    return {"days": WEEKDAYS, "start": f"{opens:%H:%M}", "end": f"{closes:%H:%M}"}


def _patient(person: Person) -> dict[str, Any]:
    given, family = name(person)
    row = {"id": key(person), "given": given, "family": family, "birth_date": birth(person).isoformat()}
    return {**row, "email" if person.mails else "phone": address(person)}
