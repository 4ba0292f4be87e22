"""Six weeks of agenda around today: who comes when, for what, and what became of it. Pure but for `Random`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from releve.agenda.opening import opening
from releve.agenda.parse import parse_schedule
from releve.agenda.public_holidays import is_public_holiday
from releve.demo.people import Person

PAST, WEEKS = 2, 6
FILLED = (0.9, 0.9, 0.88, 0.84, 0.78, 0.7)  # share of the places taken, week by week
CALM = {("amar", 3): 0.62}  # Thursdays, of which the README asks
ON_CALL = {"vidal": ("09:00", "13:00"), "kessler": ("09:20", "12:00"), "diallo": ("09:00", "12:20")}
# What each person does, and how often.
MIX = {
    "amar": {"consultation": 15, "suivi_chronique": 2, "teleconsultation": 2, "certificat_sport": 1},
    "vidal": {"consultation": 16, "suivi_chronique": 2, "certificat_sport": 1},
    "kessler": {"pediatrie": 8, "examen_nourrisson": 2},
    "rossignol": {"dermatologie": 5, "grains_de_beaute": 3},
    "lebihan": {"suivi_grossesse": 5, "suivi_gynecologique": 4},
    "morin": {"reeducation": 12, "bilan_kine": 1},
    "diallo": {"prise_de_sang": 6, "soins": 3, "vaccination": 2},
}
AGES = {
    "pediatrie": (0, 16), "examen_nourrisson": (0, 2), "suivi_grossesse": (19, 44), "suivi_gynecologique": (16, 80),
    "certificat_sport": (6, 45), "suivi_chronique": (45, 120), "teleconsultation": (18, 75), "reeducation": (12, 120),
    "bilan_kine": (12, 120), "soins": (18, 120), "prise_de_sang": (12, 120), "grains_de_beaute": (18, 120),
    "dermatologie": (8, 120), "vaccination": (2, 120), "consultation": (7, 120),
}  # fmt: skip
WOMEN = ("suivi_grossesse", "suivi_gynecologique")
SERIES = {"reeducation": 28, "soins": 12, "suivi_grossesse": 26}  # the same few people come again and again
NOT_CAME, CALLED_OFF = 0.055, 0.06


@dataclass
class Diary:
    """Everything is wall time. `rows` are a practice file's appointments."""

    data: dict[str, Any]
    people: list[Person]
    now: datetime
    random: Random
    rows: list[dict[str, Any]] = field(default_factory=list)
    busy: set[tuple[str, date]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.services = {row["id"]: row for row in self.data["services"]}
        self.monday = self.now.date() - timedelta(days=self.now.weekday() + 7 * PAST)
        self.pools = {key: self._pool(key) for key in self.services}

    def fill(self) -> list[dict[str, Any]]:
        """All appointments in the order of time."""
        for schedule in self.data["schedules"]:
            for start, end in self._windows(schedule):
                self._window(schedule["practitioner"], start, end)
        self.rows.sort(key=lambda row: (row["start"], row["practitioner"]))
        for number, row in enumerate(self.rows, 1):
            row["id"] = f"a{number:04d}"
            row["start"] = row["start"].isoformat(timespec="minutes")
        return self.rows

    def _windows(self, schedule: dict[str, Any]) -> Iterator[tuple[datetime, datetime]]:
        weekly = parse_schedule(schedule, public_holidays="FR", timezone=self.data["timezone"])
        zone = ZoneInfo(self.data["timezone"])
        for window in opening(weekly, self.monday, self.monday + timedelta(days=7 * WEEKS - 1)):
            yield window.start.astimezone(zone).replace(tzinfo=None), window.end.astimezone(zone).replace(tzinfo=None)

    def _window(self, who: str, start: datetime, end: datetime) -> None:
        """One visit after the other; what is not taken stays free for as long as that visit lasts."""
        filled = CALM.get((who, start.weekday()), FILLED[(start.date() - self.monday).days // 7])
        while True:
            fitting = {k: n for k, n in MIX[who].items() if start + self._length(k) <= end}
            if not fitting:
                return
            service = self.random.choices(list(fitting), list(fitting.values()))[0]
            if self.random.random() < filled:
                self._visit(who, service, start)
            start += self._length(service)

    def _visit(self, who: str, service: str, start: datetime) -> None:
        """A visit that stands or, now and then, one called off first whose place went to someone else."""
        if self.random.random() < CALLED_OFF:
            self._add(who, service, start, "cancelled")
        status = "noshow" if self.random.random() < NOT_CAME else "fulfilled"
        self._add(who, service, start, status if start < self.now else "booked")

    def _add(self, who: str, service: str, start: datetime, status: str) -> None:
        patient = self._patient(service, start.date())
        if patient is None:
            return
        row = {"patient": patient, "practitioner": who, "service": service, "start": start, "status": status}
        sure = self.random.random()
        if status == "booked":
            row |= (
                self._today(row, sure) if start.date() == self.now.date() else {"confirmed": sure < self._kept(start)}
            )
        elif start.date() == self.now.date() and status != "cancelled":
            row |= self._today(row, sure)
        self.rows.append(row)

    def _kept(self, start: datetime) -> float:
        """Who has said that they will come: nearly all for tomorrow, few for the week after next."""
        return max(0.05, 0.72 - 0.06 * (start.date() - self.now.date()).days)

    def _today(self, row: dict[str, Any], sure: float) -> dict[str, Any]:
        """Seen, in the room, in the waiting room, not here yet."""
        start = row["start"]
        came = start - timedelta(minutes=round(3 + 16 * sure))
        if row["status"] == "noshow" and start + timedelta(minutes=30) < self.now:
            return {"status": "noshow"}
        if start + self._length(row["service"]) <= self.now:
            return {"status": "fulfilled", "arrived": came.isoformat(timespec="minutes")}
        if came <= self.now and sure < 0.9:
            return {"status": "arrived", "arrived": came.isoformat(timespec="minutes"), "confirmed": True}
        return {"status": "booked", "confirmed": sure < 0.75}

    def _length(self, service: str) -> timedelta:
        return timedelta(minutes=self.services[service]["duration_min"])

    def _pool(self, service: str) -> list[str]:
        low, high = AGES[service]
        sexes = "F" if service in WOMEN else "FMX"
        able = [p.id for p in self.people if low <= p.age(self.monday) <= high and p.sex in sexes]
        self.random.shuffle(able)
        return able[: SERIES.get(service, len(able))]

    def _patient(self, service: str, day: date) -> str | None:
        """The next of those concerned who does not come that day already; some are passed over."""
        pool = self.pools[service]
        place = next((n for n, key in enumerate(pool) if (key, day) not in self.busy), None)
        if place is None:
            return None
        key = pool.pop(place)
        self.busy.add((key, day))
        pool.append(key)
        for _ in range(self.random.randrange(3)):
            pool.append(pool.pop(0))
        return key


def on_call(data: dict[str, Any], today: date) -> None:
    """Sundays, and today if it is a public holiday, have a short day for a few people: no page is ever empty."""
    for schedule in data["schedules"]:
        hours = ON_CALL.get(schedule["practitioner"])
        if hours is None:
            continue
        start, end = hours
        schedule["rules"].append({"days": ["sun"], "start": start, "end": end})
        if is_public_holiday(today, "FR"):
            schedule.setdefault("overrides", []).append({"date": today.isoformat(), "start": start, "end": end})
