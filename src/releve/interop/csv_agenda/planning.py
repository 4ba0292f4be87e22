"""Compares the lines of an agenda file with what is here: who they are, with whom, for what, and whether it can be. A
fixed number of queries for each thousand lines."""

from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from releve.agenda.opening import opening
from releve.core.act import NewPatient
from releve.core.acts import ImportAppointment
from releve.core.facts import Directory
from releve.interop.csv_agenda.columns import plain
from releve.interop.csv_agenda.reading import Fault, Line, Table
from releve.language.matching.directory import default_service
from releve.practice import queries
from releve.practice.models import Appointment, Organization, Patient, Schedule

AT_ONCE = 500
LONGEST_EMAIL = 254  # RFC 5321; the column holds no more
TITLES = {"dr", "docteur", "mme", "m", "mr", "pr", "professeur"}
Traits = tuple[str, str, Any]
Spans = dict[int, list[tuple[datetime, datetime]]]


@dataclass(frozen=True, slots=True)
class Planned:
    """A line that can be taken. `key` is the same for the same line of the same file, or of another; `who` names the
    patient, so that several lines of somebody new make one file."""

    line: int
    key: str
    who: Traits
    act: ImportAppointment


@dataclass(frozen=True, slots=True)
class Plan:
    """`known`: lines that are here already; `new`: how many patients get a file."""

    table: Table
    good: tuple[Planned, ...]
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]
    known: tuple[int, ...]
    new: int


def plan(practice: Organization, table: Table) -> Plan:
    return _Planning(practice, table).made()


class _No(Exception):
    """A line that cannot be taken."""


class _Planning:
    def __init__(self, practice: Organization, table: Table) -> None:
        self.practice, self.table = practice, table
        self.directory: Directory = queries.directory(practice)
        self.people = dict(_names(self.directory))
        self.visits = {plain(word): key for key, v in self.directory.services.items() for word in (v.name, *v.aliases)}
        self.patients = _patients(practice, table.lines)
        self.booked, self.here = _booked(practice, table.lines)
        self.open = _open(practice, table.lines)
        rows = Schedule.objects.filter(organization=practice, capacity__gt=1)
        self.many = set(rows.values_list("practitioner_id", flat=True))  # who sees several people at once
        self.faults: list[Fault] = list(table.faults)
        self.notes: list[Fault] = []
        self.known: list[int] = []
        self.seen: dict[str, int] = {}

    def made(self) -> Plan:
        good = [one for line in self.table.lines if (one := self._taken(line)) is not None]
        new = {one.who for one in good if one.act.patient is None}
        faults = sorted(self.faults, key=lambda fault: fault.line)
        return Plan(self.table, tuple(good), tuple(faults), tuple(self.notes), tuple(self.known), len(new))

    def _taken(self, line: Line) -> Planned | None:
        try:
            return self._planned(line)
        except _No as no:
            self.faults.append(Fault(line.number, *no.args))
            return None

    def _planned(self, line: Line) -> Planned | None:
        person = self._person(line)
        if person is None:
            raise _No("practitioner", "unknown" if line.practitioner else "missing")
        visit = self._visit(line, person)
        if visit is None:
            raise _No("service", "unknown" if line.service else "missing")
        if person not in self.directory.performers.get(visit, ()):
            raise _No("service", "not_theirs")
        who = (plain(line.family), plain(line.given), line.birth)
        patient = self.patients.get(who)
        key = _key(who, person, line.start)
        if key in self.seen:
            raise _No("line", "twice")
        self.seen[key] = line.number
        if patient is not None and (patient, person, line.start) in self.here:
            self.known.append(line.number)
            return None
        return self._placed(line, person, visit, who, patient, key)

    def _placed(self, line: Line, person: int, visit: int, who: Traits, patient: int | None, key: str) -> Planned:
        end = line.start + timedelta(minutes=self.directory.services[visit].duration_min)
        if person not in self.many and not _free(self.booked.setdefault(person, []), line.start, end):
            raise _No("time", "overlap")
        insort(self.booked.setdefault(person, []), (line.start, end))
        if not _held(self.open.get(person, ()), line.start, end):
            self.notes.append(Fault(line.number, "time", "closed", kept=True))
        act = ImportAppointment(
            practitioner=person, service=visit, start=line.start, patient=patient, line=line.number,
            newcomer=None if patient is not None else self._newcomer(line),
        )  # fmt: skip
        return Planned(line.number, key, who, act)

    def _person(self, line: Line) -> int | None:
        """By name or identifier; nobody named: the only one there is."""
        if not line.practitioner:
            return next(iter(self.directory.practitioners)) if len(self.directory.practitioners) == 1 else None
        words = [word for word in plain(line.practitioner).split() if word not in TITLES]
        return self.people.get(" ".join(sorted(words)))

    def _visit(self, line: Line, person: int) -> int | None:
        if line.service:
            return self.visits.get(plain(line.service))
        return default_service(person, self.directory)

    def _newcomer(self, line: Line) -> NewPatient:
        phone, email = _phone(line.phone), _email(line.email)
        if line.phone and phone is None:
            self.notes.append(Fault(line.number, "phone", "bad", kept=True))
        if line.email and email is None:
            self.notes.append(Fault(line.number, "email", "bad", kept=True))
        return NewPatient(line.given, line.family, line.birth, phone, email)


def _names(directory: Directory) -> Iterator[tuple[str, int]]:
    """Each way a practitioner is called, words in alphabetical order; a family name that two have is nobody's."""
    families = [plain(p.family) for p in directory.practitioners.values()]
    for key, person in directory.practitioners.items():
        full = f"{plain(person.given)} {plain(person.family)}".split()
        yield " ".join(sorted(full)), key
        if families.count(plain(person.family)) == 1:
            yield " ".join(sorted(plain(person.family).split())), key


def _patients(practice: Organization, lines: Sequence[Line]) -> dict[Traits, int]:
    """Files with the birth dates of these lines; a duplicate leads to the other file."""
    births = sorted({line.birth for line in lines})
    found: dict[Traits, int] = {}
    for first in range(0, len(births), AT_ONCE):
        rows = Patient.objects.filter(organization=practice, birth_date__in=births[first : first + AT_ONCE])
        for row in rows.order_by("-id"):
            found[(plain(row.family), plain(row.given), row.birth_date)] = row.merged_into_id or row.pk
    return found


def _booked(practice: Organization, lines: Sequence[Line]) -> tuple[Spans, set[tuple[int, int, datetime]]]:
    """What is taken in the days of the file, by practitioner; and every appointment of them, cancelled ones too."""
    taken: Spans = {}
    here: set[tuple[int, int, datetime]] = set()
    if not lines:
        return taken, here
    first, last = min(line.start for line in lines), max(line.start for line in lines)
    day = timedelta(days=1)
    rows = Appointment.objects.filter(organization=practice, start__gt=first - day, start__lt=last + day)
    columns = ("patient_id", "practitioner_id", "start", "end", "status")
    for patient, person, start, end, status in rows.order_by("start", "id").values_list(*columns).iterator():
        here.add((patient, person, start))
        if status not in ("cancelled", "noshow"):
            taken.setdefault(person, []).append((start, end))
    return taken, here


def _open(practice: Organization, lines: Sequence[Line]) -> Spans:
    if not lines:
        return {}
    first, last = min(line.start for line in lines).date(), max(line.start for line in lines).date()
    rows = Schedule.objects.filter(organization=practice, practitioner__isnull=False).select_related("organization")
    found: Spans = {}
    for row in rows.order_by("id"):
        windows = opening(queries.weekly(row), first, last)
        found[row.practitioner_id or 0] = sorted((w.start, w.end) for w in windows)
    return found


def _free(spans: Sequence[tuple[datetime, datetime]], start: datetime, end: datetime) -> bool:
    """Nothing of these, which are in order and apart, takes some of [start, end)."""
    place = bisect_right(spans, (start, end))
    before = place > 0 and spans[place - 1][1] > start
    return not before and not (place < len(spans) and spans[place][0] < end)


def _held(spans: Sequence[tuple[datetime, datetime]], start: datetime, end: datetime) -> bool:
    place = bisect_right(spans, (start, datetime.max.replace(tzinfo=start.tzinfo))) - 1
    return place >= 0 and spans[place][1] >= end


def _key(who: Traits, person: int, start: datetime) -> str:
    """The same line always has it; it tells nothing to whoever reads it."""
    return sha256(repr((who, person, start.timestamp())).encode()).hexdigest()[:40]


def _phone(text: str) -> str | None:
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _email(text: str) -> str | None:
    try:
        validate_email(text)
    except ValidationError:
        return None
    return text if len(text) <= LONGEST_EMAIL else None
