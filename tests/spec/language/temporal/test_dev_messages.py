"""How many labelled messages are read exactly: allowed half-hours equal at IoU >= 0.95 over 90 days."""

import json
import math
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from releve.core.understanding import Window, Wish
from releve.language.temporal import appointment_time, move, wish

DEV = Path(__file__).parents[5] / "shared" / "data" / "messages_dev.jsonl"
FLOOR = 0.95
EXISTING = {"cancel_appointment", "confirm_appointment", "running_late", "appointment_info", "inform"}
OPEN_HOURS = {day * 48 + half for day in range(91) for half in range(14, 42)}


def _cells(windows: tuple[Window, ...], midnight: datetime) -> set[int]:
    cells: set[int] = set()
    for w in windows:
        first, last = ((t - midnight).total_seconds() / 1800 for t in (w.start, w.end))
        cells.update(range(math.floor(first), math.ceil(last)))
    return cells


def allowed(w: Wish, now: datetime) -> set[int]:
    midnight = now.replace(hour=0, minute=0)
    wanted = _cells(w.prefer, midnight) & OPEN_HOURS if w.prefer else OPEN_HOURS
    return wanted - _cells(w.exclude, midnight)


def _labelled(when: dict[str, Any]) -> Wish:
    prefer, exclude = (tuple(Window(*map(datetime.fromisoformat, w)) for w in when[k]) for k in ("prefer", "exclude"))
    return Wish(prefer, exclude, when["asap"])


def _read(message: dict[str, Any], now: datetime) -> Wish | None:
    intents = set(message["intents"])
    if "reschedule_appointment" in intents:
        return move(message["text"], now)[1]
    if intents & {"book_appointment", "earlier_slot"}:
        return wish(message["text"], now)
    return appointment_time(message["text"], now) if intents & EXISTING else None


def _right(message: dict[str, Any]) -> bool:
    now = datetime.fromisoformat(message["now"])
    found, label = _read(message, now), message["when"]
    if found is None or label is None:
        return found is label
    a, b = allowed(found, now), allowed(_labelled(label), now)
    return len(a & b) >= 0.95 * len(a | b)


@pytest.mark.skipif(not DEV.exists(), reason="the labelled development set is not here")
def test_score_on_the_development_set() -> None:
    messages = [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]
    timed = [m for m in messages if m["when"] is not None]
    untimed = [m for m in messages if m["when"] is None]
    score = sum(map(_right, timed)) / len(timed)
    silent = sum(map(_right, untimed)) / len(untimed)
    print(f"\nwhen on {len(timed)} messages: {score:.3f}; silent on {len(untimed)} without time: {silent:.3f}")
    assert score >= FLOOR and silent >= FLOOR
