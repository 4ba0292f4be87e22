"""The password of a database is said nowhere, whatever it holds."""

import pytest

from releve.config.moving.target import masked, without_password


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://releve:secret@db.example:5432/releve", "postgresql://releve:***@db.example:5432/releve"),
        ("postgresql://releve:p@ss:w/rd@db.example/releve", "postgresql://releve:***@db.example/releve"),
        ("postgresql://releve:secret@/r?host=/run&password=x", "postgresql://releve:***@/r?host=/run&password=***"),
        ("postgresql://releve@/releve", "postgresql://releve@/releve"),
        ("postgresql:///releve", "postgresql:///releve"),
    ],
)
def test_an_address_is_shown_without_it(address: str, shown: str) -> None:
    assert masked(address) == shown


@pytest.mark.parametrize("password", ["secret", "p@ss/w:rd", "p%40ss"])
def test_nor_in_what_the_driver_complains_of(password: str) -> None:
    url = f"postgresql://releve:{password}@db.example/releve"
    said = without_password(f'could not translate "{password}@db.example"\nDETAIL: {password}', url)
    assert said == 'could not translate "***@db.example"'
