"""Reads plain JSON values by name; each error says where it is and what is wrong: `rules[0].start: "25:00" is
not a time`.

Every reader raises BadInput, and nothing else, for a value it cannot take. An absent field and null are the
same.
"""

import json
import re
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from releve.agenda.spans import Interval
from releve.agenda.zones import zone

T = TypeVar("T")
Fields = dict[str, object]

_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::00)?", re.ASCII)
_MOMENT = re.compile(r"[0-9TWZtz:.,+ -]{8,40}")
_MIDNIGHT = re.compile(r"([T ])24:00(:00)?(?=$|[Z+-])")
FIRST_YEAR, LAST_YEAR = 1901, 2200
FIRST_MOMENT = 1970  # the year: before, many zones counted by seconds that no agenda knows
LONGEST_LIST = 100_000


class BadInput(ValueError):
    """`path` says which field, `reason` what is wrong with it."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}" if path else reason)
        self.path = path
        self.reason = reason


def shown(value: object) -> str:
    """A value as JSON, short enough for an error message."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "..."


def at(path: str, name: str) -> str:
    """The path of a field of the object at `path`."""
    return f"{path}.{name}" if path else name


def an_object(value: object, path: str, known: Collection[str] = ()) -> Fields:
    """A JSON object; when `known` is given, other names are refused."""
    if not isinstance(value, dict):
        raise BadInput(path, f"{shown(value)} is not an object")
    for name in value:
        if known and name not in known:
            raise BadInput(at(path, name), f"unknown field (known: {', '.join(sorted(known))})")
    return value


def a_list(fields: Fields, name: str, path: str, read: Callable[[object, str], T]) -> tuple[T, ...]:
    """Each element read by `read(value, path)`; nothing when the field is absent."""
    value = fields.get(name)
    if value is None:
        return ()
    where = at(path, name)
    if not isinstance(value, list):
        raise BadInput(where, f"{shown(value)} is not a list")
    if len(value) > LONGEST_LIST:
        raise BadInput(where, f"has {len(value)} elements; at most {LONGEST_LIST} are read")
    return tuple(read(element, f"{where}[{i}]") for i, element in enumerate(value))


def needed(fields: Fields, name: str, path: str) -> object:
    """The value of a field that must be there."""
    value = fields.get(name)
    if value is None:
        raise BadInput(at(path, name), "missing")
    return value


def an_integer(fields: Fields, name: str, path: str, low: int, high: int, otherwise: int | None = None) -> int:
    """A whole number in low..high; `otherwise` when absent, an error when that is None."""
    value = needed(fields, name, path) if otherwise is None else fields.get(name)
    if value is None and otherwise is not None:
        return otherwise
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadInput(at(path, name), f"{shown(value)} is not a whole number")
    if not low <= value <= high:
        raise BadInput(at(path, name), f"{shown(value)} is not in {low}..{high}")
    return value


def a_boolean(fields: Fields, name: str, path: str, otherwise: bool) -> bool:
    """true or false; `otherwise` when absent."""
    value = fields.get(name)
    if value is None:
        return otherwise
    if not isinstance(value, bool):
        raise BadInput(at(path, name), f"{shown(value)} is neither true nor false")
    return value


def a_choice(fields: Fields, name: str, path: str, choices: Collection[str]) -> str:
    """One of `choices`; "" when absent."""
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or value not in choices:
        raise BadInput(at(path, name), f"{shown(value)} is not one of {', '.join(choices)}")
    return value


def a_text(value: object, path: str) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value:
        raise BadInput(path, f"{shown(value)} is not a text")
    return value


def a_zone(fields: Fields, name: str, path: str, otherwise: str) -> str:
    """An IANA time zone name; `otherwise` when absent."""
    value = fields.get(name)
    if value is None:
        return otherwise
    try:
        if not isinstance(value, str):
            raise ValueError
        zone(value)
    except ValueError:
        raise BadInput(at(path, name), f"{shown(value)} is not a time zone") from None
    return value


def minute_of_day(value: object, path: str) -> int:
    """ "08:00" as minutes since midnight; "24:00", the end of the day, is 1440."""
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    minute = int(match[1]) * 60 + int(match[2]) if match else -1
    if not match or int(match[2]) > 59 or minute > 1440:
        raise BadInput(path, f"{shown(value)} is not a time")
    return minute


def a_date(value: object, path: str) -> date:
    """ "2027-03-15"."""
    try:
        if not isinstance(value, str) or len(value) != 10:
            raise ValueError
        day = date.fromisoformat(value)
    except ValueError:
        raise BadInput(path, f"{shown(value)} is not a date") from None
    return _in_reach(day, value, path)


def a_moment(value: object, path: str, timezone: str) -> datetime:
    """An ISO 8601 datetime in UTC; without an offset it is wall time in `timezone`; T24:00 ends the day.

    Wall time that clocks show twice, in autumn, means the first of the two; wall time that they skip, in spring, is
    refused.
    """
    try:
        if not isinstance(value, str) or not _MOMENT.fullmatch(value):
            raise ValueError
        text, ends_day = _MIDNIGHT.subn(r"\g<1>00:00", value)
        moment = datetime.fromisoformat(text) + timedelta(days=ends_day)
        _in_reach(moment, value, path, FIRST_MOMENT)
    except (ValueError, OverflowError) as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput(path, f"{shown(value)} is not a datetime") from None
    if moment.tzinfo:
        return moment.astimezone(UTC)
    found = moment.replace(tzinfo=zone(timezone)).astimezone(UTC)
    if found.astimezone(zone(timezone)).replace(tzinfo=None) != moment:
        raise BadInput(path, f"{shown(value)} does not exist in {timezone}: clocks skip it")
    return found


def an_interval(value: object, path: str, timezone: str) -> Interval:
    """[from, to], two datetimes as `a_moment` reads them."""
    if not isinstance(value, list) or len(value) != 2:
        raise BadInput(path, f"{shown(value)} is not a pair [from, to]")
    return between(a_moment(value[0], f"{path}[0]", timezone), a_moment(value[1], f"{path}[1]", timezone), path)


def between(start: datetime, end: datetime, path: str) -> Interval:
    """[start, end), refused when it ends before it begins."""
    if end < start:
        raise BadInput(path, "ends before it begins")
    return Interval(start, end)


D = TypeVar("D", bound=date)


def _in_reach(day: D, value: object, path: str, first: int = FIRST_YEAR) -> D:
    if not first <= day.year <= LAST_YEAR:
        raise BadInput(path, f"{shown(value)} is not between {first} and {LAST_YEAR}")
    return day
