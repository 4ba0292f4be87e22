"""A moment that no calendar surrounds: an error naming the field, and the next line is answered."""

import json
from io import StringIO
from typing import Any

import pytest

from releve.config.pure_commands import run

GOOD = {"now": "2026-03-09T10:00", "reference": "2026-03-09T10:00", "text": "mardi à 15h", "channel": "sms"}


def answers(verb: str, *lines: dict[str, Any]) -> tuple[int, list[dict[str, Any]]]:
    out = StringIO()
    status = run(verb, [json.dumps({"id": n, **line}) for n, line in enumerate(lines)], out)
    return status, [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("moment", ["9999-12-31T23:00", "2201-01-01T00:00", "1899-12-31T23:59", "0001-01-01T00:00"])
@pytest.mark.parametrize(("verb", "field"), [("understand", "now"), ("when", "reference")])
def test_the_error_names_the_field(verb: str, field: str, moment: str) -> None:
    status, (bad, good) = answers(verb, {**GOOD, field: moment, "text": "la semaine prochaine"}, GOOD)
    assert (status, bad["error"]) == (1, f"{field}: {moment!r} is not between 1900 and 2200")
    assert "error" not in good
