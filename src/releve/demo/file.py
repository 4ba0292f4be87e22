"""The practice file of the demonstration: the centre as written, its people, agenda and waiting list as generated."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from importlib.resources import files
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from releve.demo.diary import Diary, on_call
from releve.demo.people import people

SEED = 20
# Who waits for what: practitioner or None, service, days ahead from which and until which they could come (or any).
WAITING = (
    ("rossignol", "dermatologie", 1, 14), ("rossignol", "dermatologie", None, None), (None, "consultation", None, None),
    ("rossignol", "grains_de_beaute", 2, 30), ("amar", "consultation", 0, 21), ("kessler", "pediatrie", None, None),
    ("kessler", "pediatrie", 1, 9), ("lebihan", "suivi_gynecologique", 2, 20), ("lebihan", "suivi_grossesse", 0, 10),
    ("morin", "reeducation", 1, 15), (None, "consultation", 1, 25), ("vidal", "consultation", 0, 6),
)  # fmt: skip


def practice_file(now: datetime) -> dict[str, Any]:
    """Always the same but for dates, which stand around `now` (aware)."""
    data: dict[str, Any] = json.loads(files(__package__).joinpath("data", "practice.json").read_text(encoding="utf-8"))
    local = now.astimezone(ZoneInfo(data["timezone"])).replace(tzinfo=None, second=0, microsecond=0)
    everyone = people(Random(SEED), local.date())
    on_call(data, local.date())
    diary = Diary(data, everyone, local, Random(SEED + 1))
    data["patients"] = [asdict(person) for person in everyone]
    data["appointments"] = diary.fill()
    data["waiting_list"] = list(_waiting(diary, local))
    data["now"] = local.isoformat(timespec="minutes")
    return data


def _waiting(diary: Diary, now: datetime) -> Iterator[dict[str, Any]]:
    """People one can write to; half of them have a place already, and would like an earlier one."""
    mobiles = {p.id for p in diary.people if (p.phone or "").startswith("+336")}
    later = (now + timedelta(days=8)).isoformat()
    have = [a for a in diary.rows if a["status"] == "booked" and a["start"] > later and a["patient"] in mobiles]
    for number, (practitioner, service, first, last) in enumerate(WAITING):
        row: dict[str, Any] = {"practitioner": practitioner, "service": service}
        mine = next((a for a in have if (a["service"], a["practitioner"]) == (service, practitioner)), None)
        if mine is not None and number % 2 == 0:
            row |= {"patient": mine["patient"], "appointment": mine["id"]}
        else:
            row["patient"] = diary.random.choice([p for p in diary.pools[service] if p in mobiles])
        have = [a for a in have if a["patient"] != row["patient"]]
        mobiles.discard(row["patient"])
        if first is not None and last is not None:
            day = now.replace(hour=0, minute=0)
            span = (day + timedelta(days=first, hours=8), day + timedelta(days=last, hours=20))
            row["windows"] = [[moment.isoformat(timespec="minutes") for moment in span]]
        yield row
