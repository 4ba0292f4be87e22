"""The time zones that calendars name: IANA's, Microsoft's, those they bring with them. Pure."""

import re
from collections.abc import Mapping
from datetime import tzinfo

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from releve.agenda.zones import zone as iana
from releve.interop.ical.errors import BadFeed

PART = re.compile(r"BEGIN:(STANDARD|DAYLIGHT)\r\n.*?END:\1", re.IGNORECASE | re.DOTALL)
OLD = re.compile(r"(?m)^(DTSTART[^:]*:)(?:1\d{3}|200\d|201[0-7])(?!0229)(?=\d{4})", re.IGNORECASE)
NEWER = r"\g<1>2018"
OFTEN = re.compile(r"(?m)^RRULE:(?!.*FREQ=YEARLY)", re.IGNORECASE)
FOR_EVER = re.compile(r"(?m)^RRULE:(?!.*(?:UNTIL|COUNT)=)", re.IGNORECASE)
NAME = re.compile(r"(?m)^TZID[^:\r\n]*:[^\r\n]*", re.IGNORECASE)


class Zones:
    """Those of one calendar: a name means what that calendar says, never what another one said."""

    def __init__(self, brought: Mapping[str, str], usual: str) -> None:
        self.brought, self.usual = brought, iana(usual)
        self.known: dict[str, tzinfo] = {}

    def named(self, name: str) -> tzinfo:
        """Raises BadFeed for a name that nobody knows."""
        if name not in self.known:
            self.known[name] = self._found(name)
        return self.known[name]

    def _found(self, name: str) -> tzinfo:
        plain = name.strip().strip("/")
        parts = plain.split("/")
        for one in (plain, WINDOWS_TO_OLSON.get(plain, ""), *("/".join(parts[n:]) for n in range(1, len(parts) - 1))):
            found = _iana(one)
            if found is not None:
                return found
        if name not in self.brought:
            raise BadFeed("unknown_zone")
        return built(self.brought[name])


def _iana(name: str) -> tzinfo | None:
    try:
        return iana(name) if name else None
    except ValueError:
        return None


def built(text: str) -> tzinfo:
    """The zone that a calendar describes. Raises BadFeed."""
    if OFTEN.search(text):
        raise BadFeed("unknown_zone")  # clocks that change more than once a year by one rule
    named = NAME.sub("TZID:here", PART.sub(_recent, text))  # the library keeps zones by name, for everyone
    try:
        component = Timezone.from_ical(named)
        assert isinstance(component, Timezone)
        made: tzinfo = component.to_tz(lookup_tzid=False)
        return made
    except Exception:  # whatever the library thinks of it, it is no zone
        raise BadFeed("unknown_zone") from None


def _recent(part: re.Match[str]) -> str:
    """Exchange begins its zones in 1601 and repeats them each year: the years that we read are reached from nearer."""
    return OLD.sub(NEWER, part[0]) if FOR_EVER.search(part[0]) else part[0]
