"""A week as a grid of hours, days off as ranges: pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from releve.agenda.schedule import DAYS

Pair = tuple[str, str]
Grid = dict[str, list[Pair]]

WORKING = DAYS[:5]
PLAIN = {"days", "start", "end"}
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


def ordinary(rules: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Those without conditions: open every week, to every visit."""
    return [dict(rule) for rule in rules if set(rule) <= PLAIN]


def particular(rules: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Those with conditions: some weeks, some visits, kept for the urgent, by video."""
    return [dict(rule) for rule in rules if not set(rule) <= PLAIN]


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


def reordered(order: Sequence[str], moved: str, by: int) -> list[str]:
    """`moved` changes places with the one before it (-1) or after it (1); nothing happens at an end."""
    found = list(order)
    if moved in found and 0 <= (there := found.index(moved) + by) < len(found):
        here = found.index(moved)
        found[here], found[there] = found[there], found[here]
    return found


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
