"""The practice file that comes with Relève, to start from. The demonstration's is made: tests/spec/demo."""

import re
from argparse import Namespace
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from releve.config import commands
from releve.intake import loading
from releve.practice.export import export


def starter() -> Any:
    return commands._practice_file(str(files("releve.config").joinpath("starter.json")))


def test_new_writes_the_starter_and_leaves_an_existing_file_alone(tmp_path: Path) -> None:
    asked = Namespace(file=str(tmp_path / "cabinet.json"))
    assert commands.new(asked) == 0
    assert commands._practice_file(asked.file) == starter()
    assert commands.new(asked) == 2


def test_it_loads_and_comes_back_the_same(db: None) -> None:
    data, now = starter(), datetime.fromisoformat("2026-11-16T08:00+01:00")
    state = export(loading.load(data, now=now), now)
    for part in ("patients", "appointments", "services", "faq"):
        assert [r["id"] for r in state[part]] == [r["id"] for r in data[part]]
    assert [a["start"] for a in state["appointments"]] == [a["start"] for a in data["appointments"]]


def test_contacts_are_fictitious() -> None:
    """Numbers that the regulator reserves for fiction (ARCEP), and addresses that cannot exist (RFC 2606)."""
    data = starter()
    for row in (data["practice"], *data["patients"]):
        assert re.fullmatch(r"\+3363998\d{4}|\+331990\d{5}", row.get("phone") or "+33639980000")
        assert re.fullmatch(r"[a-z.-]+@([a-z-]+\.example|example\.org)", row.get("email") or "a@example.org")
