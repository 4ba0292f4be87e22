"""What every test has: a journal of its own; and a real PostgreSQL for those that ask."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench import postgres as throwaway


@pytest.fixture(autouse=True)
def journal(settings: Any, tmp_path: Path) -> Path:
    """Each test has its own journal of tree heads, as it has its own database."""
    settings.LEDGER_JOURNAL = tmp_path / "ledger-heads.jsonl"
    return tmp_path / "ledger-heads.jsonl"


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
