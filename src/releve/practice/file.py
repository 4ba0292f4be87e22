"""The practice file (CONTRACTS 4): read strictly, with the path and reason of each fault. Pure: nothing is written."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from releve.agenda.fields import (
    BadInput,
    a_boolean,
    a_choice,
    a_date,
    a_moment,
    a_zone,
    an_integer,
    an_object,
    at,
    needed,
)
from releve.agenda.parse import parse_rules, parse_schedule
from releve.agenda.public_holidays import TERRITORIES
from releve.agenda.schedule import clashing
from releve.agenda.school_holidays import ZONES
from releve.practice.models import STATUSES

FIELDS = {
    "": (
        "now", "timezone", "practice", "practitioners", "resources", "services", "schedules", "patients",
        "appointments", "waiting_list", "faq",
    ),
    "practice": (
        "name", "address", "phone", "email", "access", "opening_hours", "public_holidays", "territory", "school_zone",
        "early_reminder_days",
    ),
    "practitioners": (
        "id", "given", "family", "profession", "rpps", "accepts_new_patients", "teleconsultation", "active",
    ),
    "services": (
        "id", "name", "aliases", "duration_min", "price_eur", "reimbursed", "practitioners", "new_patients",
        "instructions", "bookable_online", "active", "step_min", "buffer_before_min", "buffer_after_min",
        "min_notice_min", "horizon_days", "min_age", "max_age", "capacity", "needs", "urgent", "teleconsultation",
    ),
    "resources": ("id", "name", "kind", "family", "rules", "overrides", "days_off", "active"),
    "schedules": ("practitioner", "rules", "overrides", "days_off", "capacity", "limits"),
    "patients": ("id", "given", "family", "birth_date", "sex", "phone", "email"),
    "appointments": (
        "id", "patient", "practitioner", "service", "start", "status", "confirmed", "arrived", "first_visit",
        "overbooking", "series",
    ),
    "waiting_list": (
        "patient", "practitioner", "service", "windows", "appointment", "status", "joined", "priority", "priority_why",
    ),
    "faq": ("id", "question", "answer"),
}  # fmt: skip
REFERENCES = {
    "services": {"practitioners": "practitioners"},
    "schedules": {"practitioner": "practitioners"},
    "appointments": {"patient": "patients", "practitioner": "practitioners", "service": "services"},
    "waiting_list": {
        "patient": "patients",
        "practitioner": "practitioners",
        "service": "services",
        "appointment": "appointments",
    },
}
OPTIONAL = (
    "rpps", "accepts_new_patients", "teleconsultation", "aliases", "price_eur", "reimbursed", "new_patients",
    "instructions", "bookable_online", "sex", "phone", "email", "status", "confirmed", "windows", "capacity",
    "overrides", "days_off", "address", "access", "opening_hours", "public_holidays", "appointment", "active",
    "arrived", "joined", "territory", "school_zone", "early_reminder_days",
    "resources", "kind", "limits", "step_min", "buffer_before_min",
    "buffer_after_min", "min_notice_min", "horizon_days", "min_age", "max_age", "needs", "urgent", "first_visit",
    "overbooking", "series", "priority", "priority_why",
)  # fmt: skip
SOMETIMES = {"waiting_list": ("practitioner",), "resources": ("rules",)}  # optional there alone
NULLABLE = (
    "price_eur", "instructions", "phone", "email", "practitioner", "appointment", "step_min", "horizon_days",
    "min_age", "max_age",
)  # fmt: skip
KINDS = ("room", "device")
A_YEAR_MIN = 366 * 24 * 60
BOUNDS = {
    "step_min": (1, 24 * 60), "buffer_before_min": (0, 12 * 60), "buffer_after_min": (0, 12 * 60),
    "min_notice_min": (0, A_YEAR_MIN), "horizon_days": (1, 3 * 366), "min_age": (0, 130), "max_age": (0, 130),
    "capacity": (1, 1000),
}  # fmt: skip
LONGEST = {"overbooking": 200, "series": 64, "family": 100, "name": 200, "id": 64}  # characters
PHONE = re.compile(r"\+?[0-9][0-9 .()-]{4,18}[0-9]")
WAITING = ("waiting", "booked", "removed")
PRIORITIES = (0, 1, 2)
LONGEST_WHY = 200  # characters


class BadFile(ValueError):
    """All the faults found, each as "path: reason". Nothing was written."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass
class PracticeFile:
    """A checked file: plain values, datetimes aware in UTC, every reference known."""

    now: datetime | None
    timezone: str
    practice: dict[str, Any]
    lists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


class _Reader:
    """Goes through the file and collects faults instead of stopping at the first."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.faults: list[str] = []
        self.timezone = "Europe/Paris"

    def attempt(self, read: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            return read(*args, **kwargs)
        except BadInput as error:
            self.faults.append(str(error))
        return None

    def known(self, value: Any, path: str, section: str) -> bool:
        """An object with only known fields, and all that must be there."""
        if self.attempt(an_object, value, path, FIELDS[section]) is None:
            return False
        optional = (*OPTIONAL, *SOMETIMES.get(section, ()))
        missing = [f for f in FIELDS[section] if f not in optional and value.get(f) is None and section]
        for name in missing:
            self.faults.append(f"{at(path, name)}: is missing")
        return not missing


def read_practice_file(data: Any) -> PracticeFile:
    """Raises BadFile with every fault found."""
    reader = _Reader(data if isinstance(data, dict) else {})
    if not reader.known(data, "", ""):
        raise BadFile(reader.faults)
    reader.timezone = reader.attempt(a_zone, data, "timezone", "", "Europe/Paris") or "Europe/Paris"
    now = reader.attempt(a_moment, data["now"], "now", reader.timezone) if data.get("now") else None
    practice = dict(data.get("practice") or {}) if isinstance(data.get("practice") or {}, dict) else data["practice"]
    _practice(reader, practice)
    lists = {name: _section(reader, name) for name in FIELDS if name not in ("", "practice")}
    _references(reader, lists)
    _named_elsewhere(reader, lists, practice)
    _twice(reader, lists)
    if reader.faults:
        raise BadFile(reader.faults)
    return PracticeFile(now, reader.timezone, dict(practice), lists)


def read_row(
    section: str, row: Any, *, timezone: str = "Europe/Paris", ids: Mapping[str, Collection[Any]] | None = None
) -> dict[str, Any]:
    """One row alone, as strictly as in a file: what the settings change. `ids`: those that may be referred to. Raises
    BadFile; the paths of its faults begin with the field."""
    reader = _Reader({section: [row]})
    reader.timezone = timezone
    read = _practice_row(reader, row) if section == "practice" else _one_row(reader, section, ids or {})
    if reader.faults:
        raise BadFile([fault.removeprefix(f"{section}[0].").removeprefix("practice.") for fault in reader.faults])
    return read


def _practice_row(reader: _Reader, row: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(row)
    zone = {"timezone": values.pop("timezone", reader.timezone)}
    reader.timezone = reader.attempt(a_zone, zone, "timezone", "", reader.timezone) or reader.timezone
    _practice(reader, values)
    return {**values, "timezone": reader.timezone}


def _one_row(reader: _Reader, section: str, ids: Mapping[str, Collection[Any]]) -> dict[str, Any]:
    rows = _section(reader, section)
    row = rows[0] if rows else {}
    for column, target in REFERENCES.get(section, {}).items():
        given = row.get(column)
        for key in given if isinstance(given, list) else [given]:
            if key is not None and key not in ids.get(target, ()):
                reader.faults.append(f"{column}: {key!r} is not in {target}")
    _within(reader, row, "", ids)
    return row


def _practice(reader: _Reader, practice: Any) -> None:
    if isinstance(practice, dict):
        _without_nulls(practice)
    if reader.known(practice, "practice", "practice"):
        reader.attempt(parse_rules, practice, "practice", "opening_hours")
        _forwards(reader, practice.get("opening_hours"), "practice.opening_hours")
        reader.attempt(a_boolean, practice, "public_holidays", "practice", True)
        reader.attempt(a_choice, practice, "territory", "practice", ("", *TERRITORIES))
        reader.attempt(a_choice, practice, "school_zone", "practice", ("", *ZONES))
        reader.attempt(an_integer, practice, "early_reminder_days", "practice", 0, 30, otherwise=0)


def _section(reader: _Reader, name: str) -> list[dict[str, Any]]:
    rows = reader.data.get(name)
    if rows is None:
        return []
    if not isinstance(rows, list):
        reader.faults.append(f"{name}: is not a list")
        return []
    read = []
    for i, row in enumerate(rows):
        path = f"{name}[{i}]"
        if reader.known(row, path, name):
            values = dict(row)
            _without_nulls(values)
            _VALUES.get(name, _plain)(reader, values, path)
            read.append(values)
    return read


def _without_nulls(row: dict[str, Any]) -> None:
    """An optional field given as null has its default; a few may really be null."""
    for name in [k for k, v in row.items() if v is None and k in OPTIONAL and k not in NULLABLE]:
        del row[name]


def _plain(reader: _Reader, row: dict[str, Any], path: str) -> None:
    _texts(reader, row, path, [k for k in row if k not in ("windows",)])


def _texts(reader: _Reader, row: dict[str, Any], path: str, names: Collection[str]) -> None:
    for name in names:
        if row.get(name) is not None and not isinstance(row[name], str):
            reader.faults.append(f"{at(path, name)}: is not a text")
        elif len(row.get(name) or "") > LONGEST.get(name, len(row.get(name) or "")):
            reader.faults.append(f"{at(path, name)}: is longer than {LONGEST[name]} characters")


def _practitioner(reader: _Reader, row: dict[str, Any], path: str) -> None:
    _texts(reader, row, path, ("id", "given", "family", "profession", "rpps"))
    for name in ("accepts_new_patients", "teleconsultation", "active"):
        reader.attempt(a_boolean, row, name, path, False)


def _service(reader: _Reader, row: dict[str, Any], path: str) -> None:
    _texts(reader, row, path, ("id", "name", "instructions"))
    reader.attempt(an_integer, row, "duration_min", path, 1, 24 * 60)
    for name in ("reimbursed", "new_patients", "bookable_online", "active", "urgent", "teleconsultation"):
        reader.attempt(a_boolean, row, name, path, True)
    for name, (low, high) in BOUNDS.items():
        reader.attempt(an_integer, row, name, path, low, high, low)
    youngest, oldest = row.get("min_age"), row.get("max_age")
    if isinstance(youngest, int) and isinstance(oldest, int) and youngest > oldest:
        reader.faults.append(f"{at(path, 'max_age')}: {oldest} is under {youngest}")
    price = row.get("price_eur")
    if price is not None and (
        isinstance(price, bool) or not isinstance(price, int | float) or not 0 <= price < 100_000
    ):
        reader.faults.append(f"{at(path, 'price_eur')}: {price!r} is not a price in euros")
    for name in ("aliases", "practitioners", "needs"):
        if not isinstance(row.get(name, []), list) or not all(isinstance(v, str) for v in row.get(name, [])):
            reader.faults.append(f"{at(path, name)}: is not a list of texts")


def _forwards(reader: _Reader, rows: Any, path: str, closing: bool = False) -> None:
    """Hours of a practice end after they begin, on the same day; an override may begin and end together to close."""
    for i, row in enumerate(rows if isinstance(rows, list) else ()):
        start, end = (row.get("start"), row.get("end")) if isinstance(row, dict) else (None, None)
        if not isinstance(start, str) or not isinstance(end, str) or (closing and start == end):
            continue
        if start.zfill(5) >= end.zfill(5):
            reader.faults.append(f"{path}[{i}].end: {end!r} is not after {start!r}")


def _schedule(reader: _Reader, row: dict[str, Any], path: str) -> None:
    _forwards(reader, row.get("rules"), f"{path}.rules")
    _forwards(reader, row.get("overrides"), f"{path}.overrides", closing=True)
    schedule = reader.attempt(parse_schedule, row, path, reader.timezone)
    for first, second in clashing(schedule.rules) if schedule is not None else ():
        reader.faults.append(f"{path}.rules[{second}]: overlaps rules[{first}], and one of them sets conditions")


def _resource(reader: _Reader, row: dict[str, Any], path: str) -> None:
    _texts(reader, row, path, ("id", "name", "family"))
    reader.attempt(a_choice, row, "kind", path, KINDS)
    reader.attempt(a_boolean, row, "active", path, True)
    _schedule(reader, row, path)


def _patient(reader: _Reader, row: dict[str, Any], path: str) -> None:
    _texts(reader, row, path, ("id", "given", "family", "sex", "phone", "email"))
    row["birth_date"] = reader.attempt(_birth, row, path)
    phone = row.get("phone")
    if isinstance(phone, str) and not PHONE.fullmatch(phone):
        reader.faults.append(f"{at(path, 'phone')}: {phone!r} is not a phone number")
    if row.get("sex") not in (None, "", "M", "F", "X"):
        reader.faults.append(f"{at(path, 'sex')}: {row['sex']!r} is not M, F or X")


def _birth(row: dict[str, Any], path: str) -> date:
    return a_date(needed(row, "birth_date", path), at(path, "birth_date"))


def _appointment(reader: _Reader, row: dict[str, Any], path: str) -> None:
    _texts(reader, row, path, ("id", "patient", "practitioner", "service", "status"))
    row["start"] = reader.attempt(a_moment, row["start"], at(path, "start"), reader.timezone)
    if row.setdefault("status", "booked") not in STATUSES:
        reader.faults.append(f"{at(path, 'status')}: {row['status']!r} is not one of {', '.join(STATUSES)}")
    for name in ("confirmed", "first_visit"):
        reader.attempt(a_boolean, row, name, path, False)
    _texts(reader, row, path, ("overbooking", "series"))
    if row.get("arrived") is not None:
        row["arrived"] = reader.attempt(a_moment, row["arrived"], at(path, "arrived"), reader.timezone)


def _waiting(reader: _Reader, row: dict[str, Any], path: str) -> None:
    if row.get("status", "waiting") not in WAITING:
        reader.faults.append(f"{at(path, 'status')}: {row['status']!r} is not one of {', '.join(WAITING)}")
    if row.get("joined") is not None:
        row["joined"] = reader.attempt(a_moment, row["joined"], at(path, "joined"), reader.timezone)
    if row.get("priority", 0) not in PRIORITIES or isinstance(row.get("priority"), bool):
        reader.faults.append(f"{at(path, 'priority')}: is not 0, 1 or 2")
    elif row.get("priority") and not row.get("priority_why"):
        reader.faults.append(f"{at(path, 'priority_why')}: is missing: a priority has a reason")
    why = row.get("priority_why", "")
    if not isinstance(why, str) or len(why) > LONGEST_WHY:
        reader.faults.append(f"{at(path, 'priority_why')}: is not a text of at most {LONGEST_WHY} characters")
    windows = row.setdefault("windows", [])
    if not isinstance(windows, list):
        reader.faults.append(f"{at(path, 'windows')}: is not a list")
        return
    for i, window in enumerate(windows):
        where = f"{path}.windows[{i}]"
        if not isinstance(window, list) or len(window) != 2:
            reader.faults.append(f"{where}: is not a pair of times")
            continue
        start, end = (reader.attempt(a_moment, x, f"{where}[{n}]", reader.timezone) for n, x in enumerate(window))
        if start and end and start >= end:
            reader.faults.append(f"{where}: ends before it begins")


_VALUES: dict[str, Callable[[_Reader, dict[str, Any], str], None]] = {
    "practitioners": _practitioner,
    "resources": _resource,
    "services": _service,
    "schedules": _schedule,
    "patients": _patient,
    "appointments": _appointment,
    "waiting_list": _waiting,
}


def _references(reader: _Reader, lists: dict[str, list[dict[str, Any]]]) -> None:
    """Every id that is referred to exists."""
    ids = {name: {row.get("id") for row in rows} for name, rows in lists.items()}
    for name, targets in REFERENCES.items():
        for i, row in enumerate(lists[name]):
            for column, target in targets.items():
                values = row.get(column)
                for value in values if isinstance(values, list) else [values]:
                    if value is not None and value not in ids[target]:
                        reader.faults.append(f"{name}[{i}].{column}: {value!r} is not in {target}")


def _named_elsewhere(reader: _Reader, lists: dict[str, list[dict[str, Any]]], practice: Any) -> None:
    """What rules, limits and visits name exists too; an agenda is known by one id."""
    ids = {"services": {row.get("id") for row in lists["services"]}}
    ids["families"] = {row.get("family") for row in lists["resources"]}
    for name in ("services", "schedules", "resources"):
        for i, row in enumerate(lists[name]):
            _within(reader, row, f"{name}[{i}]", ids)
    people = {row.get("id") for row in lists["practitioners"]}
    for i, row in enumerate(lists["resources"]):
        if row.get("id") in people:
            reader.faults.append(f"resources[{i}].id: {row['id']!r} is that of a practitioner")
    zone = practice.get("school_zone") if isinstance(practice, dict) else None
    for i, row in enumerate(lists["schedules"]):
        for n, rule in enumerate(_objects(row, "rules")):
            if rule.get("school_holidays") and not zone:
                reader.faults.append(f"schedules[{i}].rules[{n}].school_holidays: the practice has no school_zone")


def _within(reader: _Reader, row: Mapping[str, Any], path: str, ids: Mapping[str, Collection[Any]]) -> None:
    """The services that rules and limits are for, and the families that visits need, among those known."""
    for column in ("rules", "limits"):
        for n, one in enumerate(_objects(row, column)):
            for key in one.get("services") or ():
                if "services" in ids and key not in ids["services"]:
                    reader.faults.append(f"{at(path, column)}[{n}].services: {key!r} is not in services")
    needs = row.get("needs")
    for family in needs if isinstance(needs, list) else ():
        if "families" in ids and family not in ids["families"]:
            reader.faults.append(f"{at(path, 'needs')}: {family!r} is no family of resources")


def _objects(row: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    values = row.get(name)
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _twice(reader: _Reader, lists: dict[str, list[dict[str, Any]]]) -> None:
    for name, rows in lists.items():
        seen: set[Any] = set()
        for i, row in enumerate(rows):
            key = row.get("id", row.get("practitioner") if name == "schedules" else i)
            if key in seen:
                reader.faults.append(f"{name}[{i}].id: {key!r} is used twice")
            seen.add(key)
