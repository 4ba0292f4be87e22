"""When two wishes allow the same time (MESSAGES.md, "Finer points"): half-hours of 07:00-21:00, 90 days from now."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from releve.core.understanding import Window, Wish

_DAY = 48
_DAYS = 90
_OPEN = frozenset(day * _DAY + half for day in range(_DAYS + 1) for half in range(14, 42))
SAME = 0.95


def labelled(when: dict[str, Any] | None) -> Wish | None:
    """The wish of a label."""
    if when is None:
        return None
    return Wish(_windows(when["prefer"]), _windows(when["exclude"]), bool(when["asap"]))


def _windows(pairs: Iterable[list[str]]) -> tuple[Window, ...]:
    return tuple(Window(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in pairs)


def same(one: Wish | None, other: Wish | None, now: datetime) -> bool:
    """Both silent, or intersection over union of the allowed half-hours at least 0.95."""
    if one is None or other is None:
        return one is other
    first, second = _allowed(one, now), _allowed(other, now)
    return len(first & second) >= SAME * len(first | second)


def _allowed(wish: Wish, now: datetime) -> frozenset[int]:
    midnight = now.replace(hour=0, minute=0)
    wanted = _cells(wish.prefer, midnight) & _OPEN if wish.prefer else _OPEN
    return wanted - _cells(wish.exclude, midnight)


def _cells(windows: Iterable[Window], midnight: datetime) -> frozenset[int]:
    half = timedelta(minutes=30)
    cells: set[int] = set()
    for window in windows:
        first, last = (window.start - midnight) / half, (window.end - midnight) / half
        cells.update(range(max(0, math.floor(first)), min((_DAYS + 1) * _DAY, math.ceil(last))))
    return frozenset(cells)
