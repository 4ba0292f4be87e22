"""Appointments as an iCalendar file (RFC 5545): one, for the calendar of whoever comes, or all those of a practitioner,
for their own software. Pure.

Times are in UTC: the right instant on every device, whatever its clock does in March and October. A file that is read
again and again says them in the practice's zone, which it brings with it: some software shows what it is told.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONGEST = 75  # octets of a line (RFC 5545, 3.1)
SPECIAL = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\r": "", "\n": "\\n"})
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """`uid` is the same for ever, `sequence` grows with each move: a calendar then moves its own entry."""

    uid: str
    sequence: int
    start: datetime
    end: datetime
    written: datetime
    title: str
    place: str = ""
    words: str = ""
    address: str = ""  # of the page about it
    cancelled: bool = False


def calendar(entry: Entry) -> bytes:
    """One appointment, in UTF-8."""
    return written(["METHOD:PUBLISH", *event(entry)])


def subscription(entries: Iterable[Entry], *, name: str, zone: ZoneInfo, years: Iterable[int]) -> bytes:
    """What other software reads again and again; the clocks of these years are told."""
    lines = ["X-WR-CALNAME:" + escaped(name), f"X-WR-TIMEZONE:{zone.key}", "REFRESH-INTERVAL;VALUE=DURATION:PT5M"]
    body = [line for entry in entries for line in event(entry, zone)]
    return written([*lines, "X-PUBLISHED-TTL:PT5M", *clocks(zone, years), *body])


def written(lines: Iterable[str]) -> bytes:
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Releve//Rendez-vous//FR", "CALSCALE:GREGORIAN")
    return b"".join(folded(line) for line in (*head, *lines, "END:VCALENDAR"))


def event(entry: Entry, zone: ZoneInfo | None = None) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTAMP:{moment(entry.written)}"
    yield "DTSTART" + _time(entry.start, zone)
    yield "DTEND" + _time(entry.end, zone)
    yield f"SUMMARY:{escaped(entry.title)}"
    if entry.place:
        yield f"LOCATION:{escaped(entry.place)}"
    if entry.words:
        yield f"DESCRIPTION:{escaped(entry.words)}"
    if entry.address:
        yield f"URL:{entry.address}"
    yield f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"


def moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _time(at: datetime, zone: ZoneInfo | None) -> str:
    """The hour that clocks show twice has no name of its own in a zone: it is told in UTC."""
    if zone is None:
        return f":{moment(at)}"
    here = at.astimezone(zone)
    twice = here.utcoffset() != here.replace(fold=not here.fold).utcoffset()
    return f":{moment(at)}" if twice else f";TZID={zone.key}:{here:%Y%m%dT%H%M%S}"


def clocks(zone: ZoneInfo, years: Iterable[int]) -> Iterator[str]:
    """The zone as its clocks are in these years: each change, from what to what."""
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{zone.key}"
    wanted = sorted(years)
    before = datetime(wanted[0], 1, 1, tzinfo=UTC)
    yield from _observance(before.astimezone(zone), before.astimezone(zone).utcoffset() or timedelta())
    for day in _days(wanted[0], wanted[-1]):
        now, then = (at.astimezone(zone) for at in (day, day + timedelta(days=1)))
        if now.utcoffset() != then.utcoffset():
            yield from _observance(_change(day, zone), now.utcoffset() or timedelta())
    yield "END:VTIMEZONE"


def _days(first: int, last: int) -> Iterator[datetime]:
    start, end = date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal()
    for day in range(start, end + 1):
        yield datetime.fromordinal(day).replace(tzinfo=UTC)


def _change(day: datetime, zone: ZoneInfo) -> datetime:
    """The first quarter of an hour of that day, in `zone`, with the new offset."""
    old = day.astimezone(zone).utcoffset()
    quarters = (day + n * HOUR / 4 for n in range(1, 97))
    return next(at.astimezone(zone) for at in quarters if at.astimezone(zone).utcoffset() != old)


def _observance(at: datetime, before: timedelta) -> Iterator[str]:
    """From `at` on; it begins at the hour that the clocks showed before it."""
    kind = "DAYLIGHT" if at.dst() else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{at.astimezone(UTC) + before:%Y%m%dT%H%M%S}"
    yield f"TZOFFSETFROM:{_offset(before)}"
    yield f"TZOFFSETTO:{_offset(at.utcoffset() or timedelta())}"
    yield f"END:{kind}"


def _offset(shift: timedelta) -> str:
    minutes = abs(int(shift.total_seconds())) // 60
    return f"{'-' if shift < timedelta() else '+'}{minutes // 60:02d}{minutes % 60:02d}"


def escaped(text: str) -> str:
    """Backslash, semicolon, comma and line ends (3.3.11)."""
    return text.translate(SPECIAL)


def folded(line: str) -> bytes:
    """Lines of at most 75 octets, never cut inside a character (3.1)."""
    parts: list[bytes] = []
    part = b""
    for letter in line:
        one = letter.encode()
        if len(part) + len(one) > (LONGEST if not parts else LONGEST - 1):
            parts.append(part)
            part = b""
        part += one
    return b"\r\n ".join([*parts, part]) + b"\r\n"
