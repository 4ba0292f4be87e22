"""What CONTRACTS section 3 says, minute by minute: slow, plain, and written without a look at `agenda/`.

A minute is open when the wall clock of the schedule shows, in that minute, a time that a rule, an override or an
`extra_free` covers; it is free when nothing busy and no full booking holds it. A slot is a start on the grid of an
opening window whose minutes, with the buffers, are all free. Every instant falls on a whole minute.

Where the contract can be read in two ways, `cases/readings.jsonl` says what was chosen.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

Line = dict[str, Any]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 24 * 60
RUN = 8 * DAY  # a window that has been open for so long never closes: its steps count from local midnight
PRACTICE = ZoneInfo("Europe/Paris")


def answer(line: Line) -> Line:
    schedules = line["schedules"]
    zone = ZoneInfo(schedules[0]["timezone"])
    first, last = _minute(line["from"]), _minute(line["to"])
    holidays = line.get("public_holidays") is not None
    tests = [_opening(schedule, holidays) for schedule in schedules]

    def open_to_all(minute: int) -> bool:
        return all(is_open(minute) for is_open in tests)

    begin, end = first, last
    while open_to_all(begin - 1) and begin > first - RUN:  # where the window began that is open at `from`
        begin -= 1
    while open_to_all(end) and end < last + line.get("buffer_after_min", 0):
        end += 1
    minutes = range(begin, end)
    opened = [open_to_all(minute) for minute in minutes]
    taken = [_taken(schedule, minutes) for schedule in schedules]
    free = [here and not any(column) for here, column in zip(opened, zip(*taken, strict=True), strict=True)]
    slots = [
        start
        for start in _starts(line, minutes, opened, free, zone)
        if first <= start and start + line["duration_min"] <= last
    ]
    said = {"id": line["id"], "slots": [_iso(start, zone) for start in slots]}
    if line.get("windows"):
        shown = [here and first <= minute < last for minute, here in zip(minutes, free, strict=True)]
        said["windows"] = [[_iso(begin + a, zone), _iso(begin + b, zone)] for a, b in _runs(shown)]
    return said


def _starts(line: Line, minutes: range, opened: list[bool], free: list[bool], zone: ZoneInfo) -> list[int]:
    """The minutes at which a slot starts that is on the grid, free and announced early enough."""
    duration, step = line["duration_min"], line["step_min"]
    before, after = line.get("buffer_before_min", 0), line.get("buffer_after_min", 0)
    held = [0]  # the free minutes before each: a slot is free when all of its minutes are
    for minute in free:
        held.append(held[-1] + minute)
    found = []
    for window_start, window_end in _runs(opened):
        for start in range(window_start, window_end):
            low, high = start - before, start + duration + after
            if low < window_start or high > window_end or held[high] - held[low] < high - low:
                continue
            if line["align"] == "window" and start - window_start < RUN:
                on_grid = (start - window_start) % step == 0
            else:
                wall = _wall(minutes[start], zone)
                shift = line.get("align_offset_min", 0) if line["align"] == "clock" else 0
                on_grid = (wall.hour * 60 + wall.minute - shift) % step == 0
            if on_grid and _early_enough(line, minutes[start]):
                found.append(minutes[start])
    return found


def _early_enough(line: Line, start: int) -> bool:
    return line.get("now") is None or start >= _minute(line["now"]) + line.get("min_notice_min", 0)


def _opening(schedule: Line, holidays: bool) -> Callable[[int], bool]:
    """Whether the schedule is open in a minute of universal time."""
    zone = ZoneInfo(schedule["timezone"])
    extra = [(_minute(a), _minute(b)) for a, b in schedule.get("extra_free", [])]

    @cache
    def hours(day: date) -> list[tuple[int, int]]:
        return _hours(schedule, day, holidays)

    @cache
    def is_open(minute: int) -> bool:
        wall = _wall(minute, zone)
        shown, today = wall.hour * 60 + wall.minute, wall.date()
        return (
            any(start <= shown < end for start, end in hours(today))
            or any(start <= shown + DAY < end for start, end in hours(today - timedelta(days=1)))
            or any(start <= minute < end for start, end in extra)
        )

    return is_open


def _hours(schedule: Line, day: date, holidays: bool) -> list[tuple[int, int]]:
    """The windows that begin on `day`, in minutes of the wall clock; past 24 h where they run past midnight."""
    if day.isoformat() in schedule.get("days_off", []):
        return []
    said = [rule for rule in schedule.get("overrides", []) if rule["date"] == day.isoformat()]
    if not said:
        if holidays and day in french_holidays(day.year):
            return []
        said = [rule for rule in schedule.get("rules", []) if DAYS[day.weekday()] in rule["days"]]
    pairs = [(_clock(rule["start"]), _clock(rule["end"])) for rule in said]
    return [(start, end if end > start else end + DAY) for start, end in pairs if start != end]


def _taken(schedule: Line, minutes: range) -> list[bool]:
    """The minutes that are busy, or at which the bookings fill what one of them or the candidate allows."""
    taken = [False] * len(minutes)
    for a, b in schedule.get("busy", []):
        for minute in _clip(_minute(a), _minute(b), minutes):
            taken[minute] = True
    there: dict[int, list[int]] = {}
    for booking in schedule.get("bookings", []):
        for minute in _clip(_minute(booking["from"]), _minute(booking["to"]), minutes):
            there.setdefault(minute, []).append(booking["capacity"])
    for minute, capacities in there.items():
        if any(len(capacities) >= min(n, schedule.get("capacity", 1)) for n in capacities):
            taken[minute] = True
    return taken


def french_holidays(year: int) -> set[date]:
    """The eleven days of the Code du travail, art. L3133-1; Easter by the Gregorian computus."""
    golden, century = year % 19, year // 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - epact - year % 100 % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    easter = date(year, month, day + 1)
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    return {date(year, m, d) for m, d in fixed} | {easter + timedelta(days=n) for n in (1, 39, 50)}


def _runs(flags: list[bool]) -> list[tuple[int, int]]:
    """[start, end) of each run of true."""
    edges = [
        n for n in range(len(flags) + 1) if (flags[n - 1] if n else False) != (flags[n] if n < len(flags) else False)
    ]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _clip(start: int, end: int, minutes: range) -> range:
    return range(max(start - minutes.start, 0), min(end - minutes.start, len(minutes)))


def _minute(text: str) -> int:
    """Minutes of universal time since 1970. Without an offset: "the practice's local time (default Europe/Paris)"."""
    moment = datetime.fromisoformat(text)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=PRACTICE)
    return int(moment.timestamp()) // 60


def _wall(minute: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(minute * 60, UTC).astimezone(zone)


def _iso(minute: int, zone: ZoneInfo) -> str:
    return _wall(minute, zone).isoformat()


def _clock(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)
