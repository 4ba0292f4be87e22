"""The pictures of the README are there, light, and those that `make screenshots` takes."""

import re

import pytest

from tests.docs.pages import ROOT
from tools.screenshots import MOST, PICTURES, TAKEN

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"!\[[^\]]+\]\(docs/pictures/([^)]+)\)", README)


def test_the_readme_shows_all_that_is_taken_and_nothing_else() -> None:
    assert sorted(SHOWN) == sorted(TAKEN)
    assert len(SHOWN) == 3
    assert sorted(path.name for path in PICTURES.iterdir()) == sorted(TAKEN)


def test_they_are_near_its_top() -> None:
    lines = README.splitlines()
    assert max(number for number, line in enumerate(lines) if "docs/pictures/" in line) < 30


@pytest.mark.parametrize("name", TAKEN)
def test_a_picture_is_a_light_webp(name: str) -> None:
    data = (PICTURES / name).read_bytes()
    assert data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    assert 20_000 < len(data) <= MOST
