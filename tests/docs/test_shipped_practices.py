"""The practice files that come with Relève: the one to start from, and the demonstration's."""

import re
from argparse import Namespace
from collections import Counter
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from releve.agenda.availability import Resource, free_slots
from releve.agenda.parse import parse_schedule
from releve.agenda.schedule import WeeklySchedule
from releve.config import commands
from releve.config.demo import _moved
from releve.intake import loading
from releve.practice.export import export
from releve.practice.file import PracticeFile, read_practice_file
from releve.practice.queries import slot_query


def shipped(name: str) -> Any:
    return commands._practice_file(str(files("releve.config").joinpath(f"{name}.json")))


@pytest.fixture(scope="module")
def demo() -> PracticeFile:
    return read_practice_file(shipped("demo"))


def test_new_writes_the_starter_and_leaves_an_existing_file_alone(tmp_path: Path) -> None:
    asked = Namespace(file=str(tmp_path / "cabinet.json"))
    assert commands.new(asked) == 0
    assert commands._practice_file(asked.file) == shipped("starter")
    assert commands.new(asked) == 2


@pytest.mark.parametrize("name", ["starter", "demo"])
def test_it_loads_and_comes_back_the_same(name: str, db: None) -> None:
    data, now = shipped(name), datetime.fromisoformat("2026-11-16T08:00+01:00")
    state = export(loading.load(data, now=now), now)
    for part in ("patients", "appointments", "services", "faq"):
        assert [r["id"] for r in state[part]] == [r["id"] for r in data[part]]
    assert [a["start"] for a in state["appointments"]] == [a["start"] for a in data["appointments"]]


def test_the_demonstration_is_a_whole_practice(demo: PracticeFile) -> None:
    counts = {name: len(rows) for name, rows in demo.lists.items()}
    assert counts["practitioners"] == 5
    assert (counts["services"], counts["patients"], counts["waiting_list"], counts["faq"]) == (10, 40, 4, 12)
    assert counts["appointments"] == 120


def test_its_appointments_stand_where_the_agenda_offers_places(demo: PracticeFile) -> None:
    calendars = {s["practitioner"]: _calendar(s, demo.timezone) for s in demo.lists["schedules"]}
    services = {s["id"]: s for s in demo.lists["services"]}
    for row in demo.lists["appointments"]:
        visit, start = services[row["service"]], row["start"]
        assert row["practitioner"] in visit["practitioners"], row["id"]
        query = slot_query(visit["duration_min"])
        end = start + timedelta(minutes=visit["duration_min"])
        offered = free_slots([Resource(calendars[row["practitioner"]])], query, start, end)
        assert start in offered, row["id"]


def _calendar(schedule: dict[str, Any], timezone: str) -> WeeklySchedule:
    return parse_schedule(schedule, timezone=timezone, public_holidays="FR")


def test_what_is_past_is_over_and_what_comes_is_not(demo: PracticeFile) -> None:
    assert demo.now is not None
    for row in demo.lists["appointments"]:
        known = ("fulfilled", "noshow", "cancelled") if row["start"] < demo.now else ("booked", "cancelled")
        assert row["status"] in known, row["id"]


def test_nobody_is_in_two_places_at_once(demo: PracticeFile) -> None:
    busy = Counter((row["patient"], row["start"]) for row in demo.lists["appointments"])
    assert max(busy.values()) == 1


@pytest.mark.parametrize("name", ["starter", "demo"])
def test_contacts_are_fictitious(name: str) -> None:
    """Numbers that the regulator reserves for fiction (ARCEP), and addresses that cannot exist (RFC 2606)."""
    data = shipped(name)
    for row in (data["practice"], *data["patients"]):
        assert re.fullmatch(r"\+3363998\d{4}|\+331990\d{5}", row.get("phone") or "+33639980000")
        assert re.fullmatch(r"[a-z.-]+@([a-z-]+\.example|example\.org)", row.get("email") or "a@example.org")


def test_moving_the_demonstration_moves_every_date_by_whole_weeks(demo: PracticeFile) -> None:
    later = read_practice_file(_moved(shipped("demo"), timedelta(weeks=5)))
    pairs = zip(demo.lists["appointments"], later.lists["appointments"], strict=True)
    assert {(b["start"] - a["start"]).days for a, b in pairs} == {35}
