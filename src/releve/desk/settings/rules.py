"""A week as a grid of hours, days off as ranges, appointments that a change would strand: pure."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from releve.agenda.schedule import DAYS
from releve.agenda.spans import Interval

Pair = tuple[str, str]
Grid = dict[str, list[Pair]]

WORKING = DAYS[:5]
_TIME = re.compile(r"(\d{1,2})(?:\s*[h:.]\s*(\d{2})?|(\d{2}))?", re.IGNORECASE)


def read_time(text: str) -> str | None:
    """9, 9h, 9 h 30, 9:30, 930 as "09:30"; None for what is no time of a day."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or match[3] or 0)
    if minute > 59 or hour * 60 + minute > 24 * 60:
        return None
    return f"{hour:02d}:{minute:02d}"


def grid(rules: Iterable[Mapping[str, Any]]) -> Grid:
    """Weekly rules as the ranges of each day, the earliest first."""
    rows = [dict(rule) for rule in rules]
    return {day: sorted((_minute(r["start"]), _minute(r["end"])) for r in rows if day in r["days"]) for day in DAYS}


def _minute(text: str) -> str:
    """8:30 and 08:30:00, which a file may hold, as 08:30."""
    return ":".join(part.zfill(2) for part in text.split(":")[:2])


def rules(week: Grid) -> list[dict[str, Any]]:
    """The ranges of each day as weekly rules: days that share a range share a rule."""
    shared: dict[Pair, list[str]] = {}
    for day in DAYS:
        for pair in week.get(day, ()):
            shared.setdefault(pair, []).append(day)
    return [{"days": days, "start": start, "end": end} for (start, end), days in shared.items()]


def overlapping(pairs: Sequence[Pair]) -> bool:
    """Two ranges of one day share time."""
    ordered = sorted(pairs)
    return any(before[1] > after[0] for before, after in pairwise(ordered))


def ranges(days: Iterable[str]) -> list[tuple[date, date]]:
    """Dates as ranges of days that follow each other, in order."""
    found: list[tuple[date, date]] = []
    for day in sorted(date.fromisoformat(d) for d in days):
        if found and day - found[-1][1] <= timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def dates(first: date, last: date) -> list[str]:
    """Each day from the first to the last, both included."""
    return [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]


def holds(windows: Sequence[Interval]) -> Callable[[datetime, datetime], bool]:
    """Tells whether [start, end) lies in one of these windows, which are in order and apart."""
    starts = [window.start for window in windows]

    def held(start: datetime, end: datetime) -> bool:
        place = bisect_right(starts, start) - 1
        return place >= 0 and end <= windows[place].end

    return held
