"""One appointment as an iCalendar file (RFC 5545), for the calendar of whoever comes: the place and the hour, never the
reason nor the speciality. Pure.

Times are in UTC: the right instant on every device, whatever its clock does in March and October.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

LONGEST = 75  # octets of a line (RFC 5545, 3.1)
SPECIAL = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\r": "", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class Entry:
    """`uid` is the same for ever, `sequence` grows with each move: a calendar then moves its own entry."""

    uid: str
    sequence: int
    start: datetime
    end: datetime
    written: datetime
    title: str
    place: str
    words: str
    address: str  # of the page about it
    cancelled: bool = False


def calendar(entry: Entry) -> bytes:
    """The file, in UTF-8."""
    return b"".join(folded(line) for line in _lines(entry))


def _lines(entry: Entry) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//Releve//Rendez-vous//FR"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTAMP:{moment(entry.written)}"
    yield f"DTSTART:{moment(entry.start)}"
    yield f"DTEND:{moment(entry.end)}"
    yield f"SUMMARY:{escaped(entry.title)}"
    if entry.place:
        yield f"LOCATION:{escaped(entry.place)}"
    if entry.words:
        yield f"DESCRIPTION:{escaped(entry.words)}"
    yield f"URL:{entry.address}"
    yield f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"
    yield "END:VCALENDAR"


def moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


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
