"""Every page test has the small practice, a clock that stands still, and Mme Petit at the desk."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from releve.practice.models import Organization
from tests import cast


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    """Whatever language the test before spoke."""
    with translation.override("fr"):
        yield


@pytest.fixture
def physician(practice: Organization) -> Client:
    """Dr Amar's browser, signed in."""
    client = Client()
    client.force_login(cast.amar())
    return client


@pytest.fixture
def desk(practice: Organization, client: Client) -> Client:
    """Mme Petit's browser, signed in."""
    client.force_login(cast.petit())
    return client
