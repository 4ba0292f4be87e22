"""The patients' pages on a slow phone: at most 60 kB over the wire at the first visit, fonts included; few queries."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from releve.practice.models import Organization
from tests import cast
from tests.pages.support_patients import booked, link, place, proved, step

pytestmark = pytest.mark.django_db
MOST = 60_000  # bytes
HEADERS = 400  # of one answer, about
MOST_QUERIES = 12
HEAVY = {".woff2"}  # compressed already


def file(address: str) -> Path:
    found = finders.find(address.removeprefix("/static/").split("?")[0])
    assert isinstance(found, str), address
    return Path(found)


def needed(page: str) -> Iterator[Path]:
    """Everything that the page asks for: styles, scripts, icons, and the faces of the patients' family."""
    linked = {a.split("#")[0] for a in re.findall(r'(?:href|src)="(/static/[^"]+)"', page)}
    for path in {file(address) for address in linked}:
        yield path
        if path.name == "public.css":
            fonts = re.findall(r'url\("([^"]+\.woff2)"\)', path.read_text(encoding="utf-8"))
            assert len(fonts) == 3
            yield from (file(f"/static/web/{font}") for font in fonts)


def wire(path: Path) -> int:
    data = path.read_bytes()
    return HEADERS + len(data if path.suffix in HEAVY else gzip.compress(data, 6))


def weight(client: Client, address: str) -> int:
    answer = client.get(address, headers={"accept-encoding": "gzip"})
    packed = answer.content if answer.get("Content-Encoding") == "gzip" else gzip.compress(answer.content, 6)
    page = client.get(address).content.decode()
    return HEADERS + len(packed) + sum(wire(path) for path in needed(page))


def health_centre() -> Organization:
    """Ten people, thirteen questions: as big as such a practice gets."""
    data = cast.practice_file()
    for n in range(8):
        data["practitioners"].append(
            {"id": f"p{n}", "given": f"Prénom{n}", "family": f"Famille{n}", "profession": "masseur-kinésithérapeute"}
        )
        data["services"][0]["practitioners"].append(f"p{n}")
        rules = [{"days": cast.WORKING_DAYS, "start": f"{8 + n:02}:00", "end": "18:00"}]
        data["schedules"].append({"practitioner": f"p{n}", "rules": rules})
    for n in range(11):
        question, answer = (
            f"Une question pratique, la {n}e de la liste ?",
            f"Sa réponse, en deux phrases. La {n}e suit.",
        )
        data["faq"].append({"id": f"q{n}", "question": question, "answer": answer})
    return cast.practice(data)


def test_the_first_visit_weighs_at_most_60_kilobytes(client: Client, db: None) -> None:
    health_centre()
    assert weight(client, "/") <= MOST


@pytest.mark.parametrize("address", [step(), step(visite=cast.CONSULTATION, avec="tous"), place(), "/rendez-vous/"])
def test_so_does_any_other_page_opened_first(client: Client, db: None, address: str) -> None:
    health_centre()
    assert weight(client, address) <= MOST


def test_the_page_is_whole_without_its_script(client: Client, practice: Organization) -> None:
    page = client.get("/").content.decode()
    assert all("defer" in script for script in re.findall(r"<script[^>]*>", page))
    assert "htmx-2" not in page


@pytest.mark.parametrize(
    "address",
    [
        "/",
        step(),
        step(visite=cast.CONSULTATION),
        step(visite=cast.CONSULTATION, avec="tous"),
        place(),
        "/rendez-vous/",
    ],
)
def test_queries_for_a_new_visitor(client: Client, db: None, address: str, django_assert_max_num_queries: Any) -> None:
    health_centre()
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(address).status_code == 200


def test_queries_for_someone_well_known(client: Client, db: None, django_assert_max_num_queries: Any) -> None:
    health_centre()
    row = booked(client)
    client.post("/", {"form": str(uuid4()), "text": "un rdv avec Dr Amar jeudi"})
    proved(client, "06 39 98 10 01")
    thursday = link(cast.ROCHE_THURSDAY)
    for address in ("/", "/rendez-vous/", link(row), thursday, f"{thursday}annuler/", f"{thursday}deplacer/"):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(address).status_code == 200
