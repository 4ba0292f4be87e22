"""What has been chosen on the way to an appointment, as addresses hold it: visit, person, place; nothing personal."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from releve.channels.web import places
from releve.channels.web.places import Visit
from releve.core.facts import Directory, Place

ANYONE = "tous"
ASKED = ("visite", "avec", "place")  # the address of a step
YEARS = (2000, 2200)  # beyond them, a place makes no sense


@dataclass(frozen=True)
class Chosen:
    """What has been chosen so far. `who` None with `anyone`: no matter whom."""

    visit: Visit | None = None
    who: int | None = None
    anyone: bool = False
    place: Place | None = None

    @property
    def with_whom(self) -> bool:
        return self.anyone or self.who is not None


def chosen_in(known: Directory, asked: Any) -> Chosen:
    """Only what the practice has: anything else counts as not chosen."""
    services = {s.identifier: key for key, s in known.services.items()}
    people = {p.identifier: key for key, p in known.practitioners.items()}
    key, who = services.get(asked.get("visite", "")), people.get(asked.get("avec", ""))
    visit = places.visit(known, key) if key is not None else None
    if visit is None:
        return Chosen(who=who)
    if who not in visit.who:
        who = None
    if who is None and len(visit.who) == 1:
        who = visit.who[0]
    anyone = who is None and asked.get("avec") == ANYONE
    return Chosen(visit, who, anyone, _place(visit, who, known, asked.get("place", "")))


def _place(visit: Visit, who: int | None, known: Directory, text: str) -> Place | None:
    place = place_in(known, visit.service.id, text)
    return place if place is not None and who in (None, place.practitioner) else None


def place_in(known: Directory, service: int, text: str) -> Place | None:
    """ "2026-03-19T08:40Z amar": a place of that visit, with someone who does it; it may be taken."""
    moment, _bar, identifier = text.partition(" ")
    able = known.performers.get(service, ())
    who = next((key for key in able if known.practitioners[key].identifier == identifier), None)
    try:
        start = datetime.fromisoformat(moment.replace("Z", "+00:00"))
    except ValueError:
        return None
    if who is None or start.tzinfo is None or not YEARS[0] <= start.year < YEARS[1]:
        return None
    return Place(who, service, start.astimezone(UTC))


def place_name(known: Directory, place: Place) -> str:
    return f"{place.start.astimezone(UTC):%Y-%m-%dT%H:%MZ} {known.practitioners[place.practitioner].identifier}"


def step(known: Directory, chosen: Chosen) -> str:
    """The address at which these choices are made."""
    asked = QueryDict(mutable=True)
    if chosen.visit is not None:
        asked["visite"] = chosen.visit.service.identifier
    if chosen.with_whom:
        asked["avec"] = known.practitioners[chosen.who].identifier if chosen.who is not None else ANYONE
    if chosen.place is not None:
        asked["place"] = place_name(known, chosen.place)
    return reverse("take") + (f"?{asked.urlencode()}" if asked else "")


def day_of(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
