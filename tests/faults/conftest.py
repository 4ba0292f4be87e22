"""Fault tests happen in the small practice, on a Monday morning that stands still."""

from typing import Any

import pytest

from releve.practice.models import Organization
from tests import cast


@pytest.fixture(autouse=True)
def clock(settings: Any) -> Any:
    settings.CLOCK = cast.clock()
    settings.ALLOWED_HOSTS = ["testserver"]
    return settings.CLOCK


@pytest.fixture
def practice(db: None) -> Organization:
    return cast.practice()
