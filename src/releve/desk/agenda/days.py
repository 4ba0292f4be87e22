"""Days and moments in the addresses of the agenda."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from releve.practice.models import Appointment, Organization


def chosen_day(text: str | None, otherwise: date) -> date:
    """A day of the years 2000 to 2199, or the other one."""
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return otherwise
    return found if 2000 <= found.year < 2200 else otherwise


def moment(text: str) -> datetime | None:
    """An ISO 8601 moment with its offset, in UTC."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo and 2000 <= found.year < 2200 else None


def bounds(practice: Organization, first: date, last: date) -> tuple[datetime, datetime]:
    """From the first midnight to the one that ends the last day."""
    zone = ZoneInfo(practice.timezone)
    return datetime.combine(first, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def of_day(start: datetime, row: Appointment | None = None) -> str:
    """The address of the day that holds it, with the appointment that is then shown chosen."""
    asked = QueryDict(mutable=True)
    asked["jour"] = timezone.localtime(start).date().isoformat()
    if row is not None:
        asked["choisi"] = row.identifier
    return f"{reverse('agenda')}?{asked.urlencode()}"


def place_key(practitioner: str, start: datetime) -> str:
    """ "amar|2026-03-17T09:40:00+01:00": a place as forms send it."""
    return f"{practitioner}|{timezone.localtime(start).isoformat()}"


def place(text: str) -> tuple[str, datetime | None]:
    """The two halves of a place; None for a moment that makes no sense."""
    who, _bar, start = text.partition("|")
    return who, moment(start)
