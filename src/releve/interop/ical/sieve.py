"""What of a calendar may come in: times, recurrences, and whether they block. Titles, people, places and notes are
dropped here, line by line, before anything else reads them; what would be too much is found by counting. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from releve.interop.ical.errors import BadFeed

MOST_BYTES = 10_000_000
DEEPEST = 4  # components in components
LONGEST_VALUE = 100_000  # signs of one kept line: a long list of exceptions
MOST_ZONES = 60
MOST_ZONE_LINES = 2_000

TIMES = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE")
STATES = ("UID", "SEQUENCE", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")
OF_ZONES = ("TZID", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE")
FOLD = re.compile(r"\n[ \t]")
PARAM = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^;:"]*)')


@dataclass(frozen=True, slots=True)
class Line:
    """One kept line: DTSTART;TZID=Europe/Paris:20260316T090000"""

    name: str
    params: Mapping[str, str]
    value: str


@dataclass(slots=True)
class Event:
    """What is kept of one event. `uid` is a digest: an identifier may hold a name."""

    uid: str = ""
    sequence: int = 0
    cancelled: bool = False
    free: bool = False  # it is in the calendar and takes no time
    ours: bool = False  # one of our own bookings, come back
    lines: dict[str, list[Line]] = field(default_factory=dict)

    def one(self, name: str) -> Line | None:
        found = self.lines.get(name)
        return found[0] if found else None

    @property
    def instance(self) -> str:
        """Which occurrence of the series it replaces; empty: the series itself, or a single event."""
        line = self.one("RECURRENCE-ID")
        return "" if line is None else f"{line.params.get('TZID', '')}:{line.value}"


@dataclass(slots=True)
class Sieved:
    """`zones`: the time zones that the calendar brought with it, as text, by name."""

    events: list[Event] = field(default_factory=list)
    zones: dict[str, str] = field(default_factory=dict)
    floating: str = ""  # X-WR-TIMEZONE: the zone of times that name none
    ours: int = 0


def sieve(data: bytes, *, own: str = "", first: str = "0", last: str = "9") -> Sieved:
    """`own` marks the identifiers of our own bookings. Single events that lie wholly before the day `first` or after
    the day `last` (both YYYYMMDD) are let fall at once, however many they are. Raises BadFeed."""
    if len(data) > MOST_BYTES:
        raise BadFeed("too_big")
    text = data.decode("utf-8-sig", "replace").lstrip()
    if text[:1] == "<":
        raise BadFeed("web_page")
    if text[:15].upper() != "BEGIN:VCALENDAR":
        raise BadFeed("not_a_calendar")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _Sieve(own, first, last).through(FOLD.sub("", text))


class _Sieve:
    def __init__(self, own: str, first: str, last: str) -> None:
        self.own, self.first, self.last = own, first, last
        self.out = Sieved()
        self.newest: dict[tuple[str, str], tuple[int, Event | None]] = {}
        self.event = Event()
        self.zone: list[str] = []
        self.zone_lines = 0
        self.withdrawn = False  # METHOD:CANCEL

    def through(self, text: str) -> Sieved:
        stack: list[str] = []
        for raw in text.split("\n"):
            head = raw[:6].upper()
            if head == "BEGIN:":
                stack.append(raw[6:].strip().upper())
                self._begin(stack)
            elif head[:4] == "END:":
                if not stack or stack[-1] != raw[4:].strip().upper():
                    raise BadFeed("cut_short")
                self._end(stack)
                stack.pop()
            elif raw and stack:
                self._line(raw, stack)
        if stack:
            raise BadFeed("cut_short")
        self.out.events = [event for _sequence, event in self.newest.values() if event is not None]
        return self.out

    def _begin(self, stack: list[str]) -> None:
        if len(stack) > DEEPEST:
            raise BadFeed("too_deep")
        if stack == ["VCALENDAR"]:
            self.withdrawn = False
        elif stack == ["VCALENDAR", "VEVENT"]:
            self.event = Event(cancelled=self.withdrawn)
        elif stack[1:2] == ["VTIMEZONE"]:
            self.zone = [*(self.zone if len(stack) > 2 else ()), f"BEGIN:{stack[-1]}"]

    def _end(self, stack: list[str]) -> None:
        if stack == ["VCALENDAR", "VEVENT"]:
            self._keep(self.event)
        elif stack[1:2] == ["VTIMEZONE"]:
            self.zone.append(f"END:{stack[-1]}")
            if len(stack) == 2:
                self._keep_zone()

    def _line(self, raw: str, stack: list[str]) -> None:
        name = raw[: min((n for n in (raw.find(";"), raw.find(":")) if n > 0), default=0)].upper()
        if stack == ["VCALENDAR", "VEVENT"]:
            if name in TIMES or name in STATES:
                self._of_event(line_of(name, raw))
        elif stack == ["VCALENDAR"]:
            if name == "METHOD":
                self.withdrawn = raw.partition(":")[2].strip().upper() == "CANCEL"
            elif name == "X-WR-TIMEZONE":
                self.out.floating = raw.partition(":")[2].strip()[:100]
        elif stack[1:2] == ["VTIMEZONE"] and name in OF_ZONES:
            self.zone.append(raw.strip())

    def _of_event(self, line: Line) -> None:
        event, value = self.event, line.value.strip()
        if line.name == "UID":
            event.ours = bool(self.own) and self.own in value
            event.uid = digest(value)
        elif line.name == "SEQUENCE":
            event.sequence = int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0
        elif line.name == "STATUS":
            event.cancelled = event.cancelled or value.upper() == "CANCELLED"
        elif line.name in STATES:
            event.free = event.free or value.upper() in ("TRANSPARENT", "FREE")
        else:
            event.lines.setdefault(line.name, []).append(line)

    def _keep(self, event: Event) -> None:
        """The newest version of each event; one that nobody could meet in time is counted, and let fall."""
        if event.ours:
            self.out.ours += 1
            return
        start = event.one("DTSTART")
        if start is None and not event.cancelled:
            raise BadFeed("bad_time")
        if not event.uid:
            event.uid = digest("".join(line.value for lines in event.lines.values() for line in lines))
        key = (event.uid, event.instance)
        known = self.newest.get(key)
        if known is None or event.sequence >= known[0]:
            self.newest[key] = (event.sequence, None if self._apart(event) else event)

    def _apart(self, event: Event) -> bool:
        """A single event, far from the days that matter."""
        start, end = event.one("DTSTART"), event.one("DTEND")
        if start is None or event.instance or event.one("RRULE") or event.one("RDATE"):
            return False
        day, until = start.value[:8], (end or start).value[:8]
        if not (day.isdigit() and until.isdigit()):
            return False  # to be looked at, and refused
        return day > self.last or (until < self.first and not event.one("DURATION"))

    def _keep_zone(self) -> None:
        self.zone_lines += len(self.zone)
        if len(self.out.zones) >= MOST_ZONES or self.zone_lines > MOST_ZONE_LINES:
            raise BadFeed("too_deep")
        names = [line.partition(":")[2] for line in self.zone if line.upper().startswith("TZID")]
        if names:
            self.out.zones[names[0]] = "\r\n".join(self.zone)
        self.zone = []


def line_of(name: str, raw: str) -> Line:
    """Raises BadFeed for a value that no calendar needs."""
    params = {}
    at = len(name)
    while (match := PARAM.match(raw, at)) is not None:
        params[match[1].upper()] = match[2].strip('"')
        at = match.end()
    value = raw[at:].removeprefix(":").strip()
    if len(value) > LONGEST_VALUE:
        raise BadFeed("too_big")
    return Line(name, params, value)


def values(lines: list[Line]) -> Iterator[tuple[Line, str]]:
    """Each value of lines that may hold several, apart by commas."""
    for line in lines:
        for value in line.value.split(","):
            if value.strip():
                yield line, value.strip()


def digest(uid: str) -> str:
    return sha256(uid.encode()).hexdigest()[:32]
