"""When the past of the demonstration happened: counted back from now, so that it reads right at any hour. Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from releve.agenda.opening import opening
from releve.agenda.schedule import WeeklySchedule

LOOK_BACK = timedelta(days=21)


def moment(text: str, hours: WeeklySchedule, now: datetime) -> datetime:
    """ "95": ninety-five minutes of opening hours ago; "1 21:52": at that wall time of the day before."""
    if " " not in text:
        return worked_back(int(text), hours, now)
    days, wall = text.split()
    zone = ZoneInfo(hours.timezone)
    local = now.astimezone(zone)
    return datetime.combine(local.date() - timedelta(days=int(days)), time.fromisoformat(wall), zone)


def worked_back(minutes: int, hours: WeeklySchedule, now: datetime) -> datetime:
    """The moment since which so many minutes of opening hours have gone. Raises ValueError when there are too few."""
    left = timedelta(minutes=minutes)
    windows = opening(hours, (now - LOOK_BACK).date(), now.date())
    for window in sorted(windows, key=lambda w: w.start, reverse=True):
        end = min(window.end, now)
        if end <= window.start:
            continue
        if end - window.start >= left:
            return end - left
        left -= end - window.start
    raise ValueError(f"less than {minutes} minutes of opening hours in {LOOK_BACK.days} days")
