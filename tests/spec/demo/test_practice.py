"""The health centre of the demonstration as it is made: whole, always the same, around any day, and nobody real."""

import re
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from releve.agenda.opening import opening
from releve.agenda.parse import parse_schedule
from releve.demo.file import practice_file
from releve.demo.moments import moment
from releve.demo.people import COUNT
from releve.demo.playing import past_talks
from releve.demo.talking import scripts
from releve.practice.file import PracticeFile, read_practice_file

PARIS = ZoneInfo("Europe/Paris")
TUESDAY = datetime(2026, 11, 24, 10, 15, tzinfo=PARIS)
SUNDAY = datetime(2026, 11, 29, 15, 0, tzinfo=PARIS)
CHRISTMAS = datetime(2026, 12, 25, 8, 30, tzinfo=PARIS)
LATE = datetime(2027, 4, 6, 23, 40, tzinfo=PARIS)
DAYS = [TUESDAY, SUNDAY, CHRISTMAS, LATE]


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return practice_file(TUESDAY)


@pytest.fixture(scope="module")
def centre(data: dict[str, Any]) -> PracticeFile:
    return read_practice_file(data)


def test_it_is_a_whole_health_centre(centre: PracticeFile) -> None:
    counts = {name: len(rows) for name, rows in centre.lists.items()}
    assert (counts["practitioners"], counts["services"], counts["patients"]) == (7, 15, COUNT)
    assert counts["waiting_list"] == 12
    assert counts["appointments"] > 2000


def test_it_is_the_same_every_time(data: dict[str, Any]) -> None:
    assert practice_file(TUESDAY) == data


def test_its_agenda_is_the_same_all_week_but_for_what_is_over(data: dict[str, Any]) -> None:
    later = practice_file(TUESDAY + timedelta(days=2))
    assert later["patients"] == data["patients"]
    who = ("id", "patient", "practitioner", "service", "start")
    assert [[a[k] for k in who] for a in later["appointments"]] == [[a[k] for k in who] for a in data["appointments"]]
    assert [a["status"] for a in later["appointments"]] != [a["status"] for a in data["appointments"]]


def test_contacts_are_fictitious(data: dict[str, Any]) -> None:
    """Numbers that the regulator reserves for fiction (ARCEP), and addresses that cannot exist (RFC 2606)."""
    for row in (data["practice"], *data["patients"]):
        assert re.fullmatch(r"\+3363998\d{4}|\+331990\d{5}", row["phone"] or "+33639980000")
        assert re.fullmatch(r"[a-z.-]+@[a-z-]+\.example", row["email"] or "a@b.example")


def test_names_are_those_that_screens_find_hard(data: dict[str, Any]) -> None:
    names = Counter(f"{p['given']} {p['family']}" for p in data["patients"])
    assert max(len(name) for name in names) >= 80
    assert names["Marie Garnier"] == 2
    assert any(re.search("[\u0600-\u06ff]", name) for name in names)
    assert any("'" in name for name in names) and any("-" in name for name in names)


def test_children_have_a_parent_s_telephone(data: dict[str, Any]) -> None:
    grown = {p["phone"] for p in data["patients"] if p["birth_date"] < "2008-11-24"}
    children = [p for p in data["patients"] if p["birth_date"] > "2009-12-31"]
    assert len(children) > 60
    assert all(child["phone"] in grown for child in children)


@pytest.mark.parametrize("now", DAYS, ids=str)
def test_a_day_is_never_empty(now: datetime) -> None:
    day = now.date().isoformat()
    assert len([a for a in practice_file(now)["appointments"] if a["start"].startswith(day)]) >= 15


@pytest.mark.parametrize("now", DAYS, ids=str)
def test_two_weeks_are_over_and_four_are_to_come(now: datetime) -> None:
    days = sorted(a["start"][:10] for a in practice_file(now)["appointments"])
    first, last = (datetime.fromisoformat(day).date() for day in (days[0], days[-1]))
    assert 13 <= (now.date() - first).days <= 21
    assert 20 <= (last - now.date()).days <= 28


@pytest.mark.parametrize("now", DAYS, ids=str)
def test_what_is_past_is_over_and_what_comes_is_not(now: datetime) -> None:
    local = now.replace(tzinfo=None).isoformat()
    for row in practice_file(now)["appointments"]:
        over = row["start"] < local
        assert row["status"] in (("fulfilled", "noshow", "cancelled") if over else ("booked", "cancelled")) or (
            row["start"][:10] == local[:10] and row["status"] in ("arrived", "booked")
        )


def test_the_morning_is_under_way(data: dict[str, Any]) -> None:
    today = [a for a in data["appointments"] if a["start"].startswith("2026-11-24")]
    seen = Counter(a["status"] for a in today)
    assert seen["fulfilled"] > 10 and seen["arrived"] > 3 and seen["booked"] > 20
    assert all(a["arrived"] <= "2026-11-24T10:15" for a in today if a["status"] == "arrived")
    sure = Counter(a["confirmed"] for a in today if a["status"] == "booked")
    assert sure[True] > sure[False] > 5


def test_agendas_are_nearly_full(centre: PracticeFile) -> None:
    lengths = {s["id"]: s["duration_min"] for s in centre.lists["services"]}
    for schedule in centre.lists["schedules"]:
        windows = opening(
            parse_schedule(schedule, public_holidays="FR"), TUESDAY.date(), TUESDAY.date() + timedelta(20)
        )
        open_min = sum((w.end - w.start).total_seconds() / 60 for w in windows)
        taken = sum(
            lengths[a["service"]]
            for a in centre.lists["appointments"]
            if a["practitioner"] == schedule["practitioner"] and a["status"] != "cancelled"
            if any(w.holds(a["start"]) for w in windows)
        )
        assert 0.6 < taken / open_min < 0.97, schedule["practitioner"]


def test_everyone_does_what_they_do_and_nothing_overlaps(centre: PracticeFile) -> None:
    services = {s["id"]: s for s in centre.lists["services"]}
    taken = defaultdict(list)
    for row in centre.lists["appointments"]:
        visit = services[row["service"]]
        assert row["practitioner"] in visit["practitioners"], row["id"]
        if row["status"] in ("booked", "arrived", "fulfilled"):
            end = row["start"] + timedelta(minutes=visit["duration_min"])
            taken[row["practitioner"]].append((row["start"], end))
    for spans in taken.values():
        assert all(before[1] <= after[0] for before, after in pairwise(sorted(spans)))


def test_nobody_comes_twice_a_day(data: dict[str, Any]) -> None:
    days = Counter((a["patient"], a["start"][:10]) for a in data["appointments"])
    assert max(days.values()) == 1


@pytest.mark.parametrize("now", DAYS, ids=str)
def test_what_happened_happened_before(now: datetime) -> None:
    hours = parse_schedule({"rules": practice_file(now)["practice"]["opening_hours"]}, public_holidays="FR")
    times = [when for _, when in past_talks(hours, now)]
    assert times and max(times) < now and min(times) > now - timedelta(days=8)


def test_opening_hours_ago() -> None:
    hours = parse_schedule({"rules": [{"days": ["mon", "tue"], "start": "08:00", "end": "12:00"}]})
    monday = datetime(2026, 11, 23, tzinfo=PARIS)
    assert moment("135", hours, TUESDAY) == TUESDAY.replace(hour=8, minute=0)
    assert moment("195", hours, TUESDAY) == monday.replace(hour=11)
    assert moment("1 21:52", hours, TUESDAY) == monday.replace(hour=21, minute=52)
    with pytest.raises(ValueError, match="opening hours"):
        moment("99999", hours, TUESDAY)


def test_scripts_say_something_and_fill_their_braces() -> None:
    assert len({script.name for script in scripts()}) == len(scripts())
    for script in scripts():
        assert script.says and (script.past or script.live), script.name
        assert script.channel in ("sms", "webchat", "email", "voice"), script.name
