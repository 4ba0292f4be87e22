"""What somebody at the desk may do beyond the agenda, if they say why: a time that is taken, or outside the hours."""

from datetime import datetime, timedelta
from typing import Literal

from releve.agenda.calendar import AgendaCalendar
from releve.agenda.spans import MINUTE, ceil_second, common
from releve.core.ports import VisitRecord

Beyond = Literal["taken", "no_resource", "closed"]
BACK = timedelta(days=1)  # a visit that has just taken place is noted; an older one is a slip of the pen
AHEAD = timedelta(days=730)


def beyond(calendar: AgendaCalendar, start: datetime, visit: VisitRecord) -> Beyond | None:
    """Why a start needs a reason; None when it is open and free. `calendar` is the staff's."""
    found = calendar.why_not(start, visit)
    if found in ("taken", "no_resource"):
        return "taken" if found == "taken" else "no_resource"
    begin = ceil_second(start)
    span = (begin, begin + visit.duration_min * MINUTE)
    return None if common([span], calendar.person.opened(*span)) == [span] else "closed"


def in_reach(start: datetime, now: datetime) -> bool:
    """Near enough to be meant: a wrong year is no appointment."""
    return now - BACK <= start <= now + AHEAD
