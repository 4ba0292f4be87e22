"""Calendars shaped like those that agendas publish; the words in them are ours, the shapes theirs."""

HEAD = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Agenda d'essai//FR\n"
FOOT = "END:VCALENDAR\n"

PARIS = """BEGIN:VTIMEZONE
TZID:Europe/Paris
X-LIC-LOCATION:Europe/Paris
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""

# Exchange names its zones as Windows does, or « Customized », and begins them in 1601.
EXCHANGE = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def calendar(*events: str, head: str = "") -> bytes:
    """Events as the lines between BEGIN:VEVENT and END:VEVENT."""
    told = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return (HEAD + head + told + FOOT).replace("\n", "\r\n").encode()


def event(start: str, end: str = "", *more: str, uid: str = "a", zone: str = "Europe/Paris") -> str:
    """event("20260318T090000", "20260318T100000", "RRULE:FREQ=WEEKLY")"""
    named = f";TZID={zone}" if zone else ""
    lines = [f"UID:{uid}", f"DTSTART{named}:{start}", *([f"DTEND{named}:{end}"] if end else []), *more]
    return "\n".join(lines)


# What an online agenda for physicians gives: every title a patient, every note a telephone number.
ONLINE = calendar(
    """DTSTAMP:20260316T080000Z
UID:appointment-81d2@agenda.example
SUMMARY:Jeanne Moreau - Consultation de suivi
DESCRIPTION:Née le 04/06/1951\\nTél : 06 39 98 10 77\\nMotif : diabète
LOCATION:12 quai de la Loire
ATTENDEE;CN="Jeanne Moreau";ROLE=REQ-PARTICIPANT:mailto:jeanne.moreau@courriel.example
ORGANIZER;CN=Dr Amar:mailto:amar@canal.example
DTSTART;TZID=Europe/Paris:20260318T090000
DTEND;TZID=Europe/Paris:20260318T092000
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Jeanne Moreau
TRIGGER:-PT10M
DURATION:PT5M
END:VALARM""",
    """UID:absence-7@agenda.example
SUMMARY:Congrès
DTSTART;VALUE=DATE:20260323
DTEND;VALUE=DATE:20260325""",
    head="METHOD:PUBLISH\nX-WR-CALNAME:Dr Amar\nX-WR-TIMEZONE:Europe/Paris\n" + PARIS,
)
