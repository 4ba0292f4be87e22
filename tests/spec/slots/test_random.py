"""Random calendars around clock changes: the product and the oracle, which share no code, give the same slots."""

import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from releve.agenda.command import run
from tests.spec.slots import oracle

MIDNIGHTS = {  # a zone and a local midnight shortly before its clocks change
    "Europe/Paris": ("2027-03-27", "2027-10-30"),
    "America/New_York": ("2027-03-13", "2027-11-06"),
    "America/St_Johns": ("2027-03-13",),
    "America/Sao_Paulo": ("2018-11-03", "2018-02-17"),
    "America/Santiago": ("2027-04-03", "2027-09-04"),
    "Australia/Lord_Howe": ("2027-04-03", "2027-10-02"),
    "Australia/Adelaide": ("2027-10-02",),
    "Pacific/Apia": ("2011-12-29",),
    "Pacific/Chatham": ("2027-04-03",),
    "Antarctica/Troll": ("2027-03-27",),
    "Africa/Casablanca": ("2026-02-14",),
    "Asia/Kathmandu": ("2027-03-27",),
}
START = st.sampled_from([(zone, day) for zone, days in MIDNIGHTS.items() for day in days])
CLOCK = st.one_of(st.integers(0, 287).map(lambda n: f"{n // 12:02d}:{n % 12 * 5:02d}"), st.just("24:00"))
DAYS = st.lists(st.sampled_from(oracle.DAYS), min_size=2, max_size=7, unique=True)
RULE = st.fixed_dictionaries({"days": DAYS, "start": CLOCK, "end": CLOCK})


@st.composite
def lines(draw: st.DrawFn) -> dict[str, Any]:
    zone, day = draw(START)
    midnight = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone))
    begin = midnight.timestamp()

    def moment(low: int = -30, high: int = 90) -> str:
        minutes = draw(st.integers(low * 12, high * 12)) * 5
        return datetime.fromtimestamp(begin + minutes * 60, ZoneInfo(draw(st.sampled_from((zone, "UTC"))))).isoformat()

    def pairs(most: int) -> list[list[str]]:
        found = [[moment(), moment()] for _ in range(draw(st.integers(0, most)))]
        return [sorted(pair, key=datetime.fromisoformat) for pair in found]

    def schedule() -> dict[str, Any]:
        dates = st.integers(-1, 3).map(lambda n: (midnight.date() + timedelta(n)).isoformat())
        override = st.fixed_dictionaries({"date": dates, "start": CLOCK, "end": CLOCK})
        capacities = st.integers(1, 3)
        return {
            "timezone": draw(st.one_of(st.just(zone), st.just(zone), st.sampled_from(sorted(MIDNIGHTS)))),
            "rules": draw(st.lists(RULE, min_size=1, max_size=4)),
            "overrides": draw(st.lists(override, max_size=2)),
            "days_off": draw(st.lists(dates, max_size=1)),
            "extra_free": pairs(1),
            "busy": pairs(2),
            "capacity": draw(capacities),
            "bookings": [{"from": a, "to": b, "capacity": draw(capacities)} for a, b in pairs(3)],
        }

    first, last = moment(-6, 20), moment(20, 80)
    minutes = st.sampled_from((0, 0, 0, 5, 10, 15, 30))
    return {
        "id": "random",
        "from": first,
        "to": last,
        "now": draw(st.one_of(st.none(), st.just(moment(-6, 30)))),
        "duration_min": draw(st.integers(1, 12)) * 5,
        "step_min": draw(st.sampled_from((5, 10, 15, 20, 25, 30, 45, 60, 90, 7, 1440))),
        "align": draw(st.sampled_from(("window", "clock"))),
        "align_offset_min": draw(minutes),
        "buffer_before_min": draw(minutes),
        "buffer_after_min": draw(minutes),
        "min_notice_min": draw(minutes),
        "schedules": [schedule() for _ in range(draw(st.sampled_from((1, 1, 1, 2, 3))))],
        "public_holidays": draw(st.sampled_from((None, "FR"))),
        "windows": True,
    }


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(lines())
def test_the_product_gives_what_the_oracle_gives(line: dict[str, Any]):
    assert list(run([json.dumps(line)])) == [oracle.answer(line)]
