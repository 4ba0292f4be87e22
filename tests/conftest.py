"""What every test has: a journal of its own and a clock that stands still; for those that ask, the small practice and a
real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench import postgres as throwaway
from releve.practice.models import Organization
from tests import cast


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for no database is `pure`: pytest-django lets it touch none, so one pass of it is enough."""
    for item in items:
        asks = set(getattr(item, "fixturenames", ())) & {"db", "transactional_db"}
        if not asks and item.get_closest_marker("django_db") is None:
            item.add_marker("pure")


@pytest.fixture(autouse=True)
def journal(settings: Any, tmp_path: Path) -> Path:
    """Each test has its own journal of tree heads, as it has its own database."""
    settings.LEDGER_JOURNAL = tmp_path / "ledger-heads.jsonl"
    return tmp_path / "ledger-heads.jsonl"


@pytest.fixture(autouse=True)
def clock(settings: Any) -> Any:
    """A Monday morning."""
    settings.CLOCK = cast.clock()
    settings.ALLOWED_HOSTS = ["testserver"]
    return settings.CLOCK


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """A password takes a third of a second to check where it is real; hundreds of tests sign in."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


@pytest.fixture
def practice(db: None) -> Organization:
    return cast.practice()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL that stands while the tests run."""
    try:
        with throwaway.server() as address:
            yield address
    except throwaway.Unavailable as why:
        pytest.skip(str(why))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """For tests that start processes: RELEVE_DATABASE_URL of an empty database, on both kinds in turn."""
    if request.param == "sqlite":
        return ""
    return throwaway.fresh_database(request.getfixturevalue("postgres"))
