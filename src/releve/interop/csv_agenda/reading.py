"""A table of appointments: its columns, its lines, and what is wrong with a line before it is compared with anything.
Pure."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

from releve.interop.csv_agenda.columns import missing, plain, recognised
from releve.interop.csv_agenda.values import instant, read_date, read_start, read_time

MOST_BYTES = 10_000_000
MOST_LINES = 50_000
MOST_COLUMNS = 500
LONGEST_CELL = 1_000
LONGEST_NAME = 100
SEPARATORS = ";,\t|"
OLDEST = 125  # years
AHEAD = timedelta(days=3 * 366)
Cell = Callable[[str], str]
CANCELLED = re.compile(r"annul|cancel|supprim|deleted|no.?show|absent")


class BadTable(Exception):
    """Nothing can be read of it: `code` says why, `fields` what is missing."""

    def __init__(self, code: str, fields: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.code, self.fields = code, tuple(fields)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a line cannot be taken, or (`kept`) what is to be known of one that is."""

    line: int
    field: str
    why: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One appointment as the file tells it."""

    number: int
    family: str
    given: str
    birth: date
    start: datetime
    practitioner: str
    service: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Table:
    """`mapping`: the heading that each field was found under; `ignored`: headings that nothing is done with."""

    mapping: Mapping[str, str]
    ignored: tuple[str, ...]
    lines: tuple[Line, ...] = ()
    faults: tuple[Fault, ...] = field(default=())


def text_of(data: bytes) -> str:
    """UTF-8, or else what spreadsheets of Windows write. Raises BadTable."""
    if len(data) > MOST_BYTES:
        raise BadTable("too_big")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    if "\0" in text or data[:2] == b"PK":
        raise BadTable("not_a_table")
    return text


def read(text: str, *, now: datetime, zone: ZoneInfo) -> Table:
    """Every line, taken or refused, in order. Raises BadTable."""
    rows = _rows(text)
    header = next(rows, None)
    if header is None:
        raise BadTable("empty")
    if len(header[1]) > MOST_COLUMNS:
        raise BadTable("not_a_table")
    found = recognised(header[1])
    lacking = missing(found)
    if lacking:
        raise BadTable("columns", lacking)
    known = {header[1][place] for place in found.values()}
    ignored = tuple(h for h in header[1] if h.strip() and h not in known)
    lines: list[Line] = []
    faults: list[Fault] = []
    for number, cells in rows:
        if len(lines) + len(faults) >= MOST_LINES:
            raise BadTable("too_many_lines")
        one = _line(number, cells, found, now, zone)
        if isinstance(one, Line):
            lines.append(one)
        else:
            faults.append(one)
    return Table({f: header[1][p] for f, p in found.items()}, ignored, tuple(lines), tuple(faults))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """(number of the line, its cells); empty ones are left out."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    csv.field_size_limit(MOST_BYTES)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise BadTable("not_a_table") from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield number, [clean(cell) for cell in cells]


def clean(cell: str) -> str:
    return "".join(c for c in cell if c.isprintable()).strip()[:LONGEST_CELL]


def _line(number: int, cells: Sequence[str], found: Mapping[str, int], now: datetime, zone: ZoneInfo) -> Line | Fault:
    def cell(name: str) -> str:
        place = found.get(name)
        return cells[place] if place is not None and place < len(cells) else ""

    if CANCELLED.search(plain(cell("status"))):
        return Fault(number, "status", "cancelled")
    family, given = cell("family"), cell("given")
    if not (family and given):
        family, given = _split(cell("patient"), family, given)
    for name, value in (("family", family), ("given", given)):
        if not any(c.isalpha() for c in value) or len(value) > LONGEST_NAME:
            return Fault(number, name, "missing" if not value else "bad")
    today = now.astimezone(zone).date()
    birth = read_date(cell("birth"), today, past=True)
    if birth is None or not today.year - OLDEST <= birth.year or birth > today:
        return Fault(number, "birth", "bad" if cell("birth") else "missing")
    start = _start(number, cell, now, zone, today)
    if isinstance(start, Fault):
        return start
    return Line(
        number, family, given, birth, start, cell("practitioner"), cell("service"), cell("phone"), cell("email")
    )


def _split(whole: str, family: str, given: str) -> tuple[str, str]:
    """« MARTIN Jean », « Martin, Jean », « Jean MARTIN »: capitals are the family's, else the first word."""
    if "," in whole:
        before, _comma, after = whole.partition(",")
        return before.strip(), after.strip()
    parts = whole.split()
    capitals = [p for p in parts if p.isupper() and len(p) > 1]
    if capitals and len(capitals) < len(parts):
        return " ".join(capitals), " ".join(p for p in parts if p not in capitals)
    return (parts[0], " ".join(parts[1:])) if len(parts) > 1 else (family or whole, given)


def _start(number: int, cell: Cell, now: datetime, zone: ZoneInfo, today: date) -> datetime | Fault:
    on: date | None
    at: time | None
    if cell("date") or cell("time"):
        on, at = read_date(cell("date"), today), read_time(cell("time"))
        if on is None and cell("start"):
            on = read_date(cell("start"), today)
    else:
        on, at = read_start(cell("start"), today)
    if on is None:
        return Fault(number, "date", "bad" if cell("date") or cell("start") else "missing")
    if at is None:
        return Fault(number, "time", "bad" if cell("time") or cell("start") else "missing")
    if not now.year - OLDEST < on.year < now.year + OLDEST:
        return Fault(number, "date", "too_far")
    start = instant(on, at, zone)
    if isinstance(start, str):
        return Fault(number, "time", start)
    if start <= now:
        return Fault(number, "date", "past")
    return start if start - now < AHEAD else Fault(number, "date", "too_far")
