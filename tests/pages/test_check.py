"""« Ce que voit un patient »: free places, and why there is none at another hour, as the practice's page would say."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from releve.practice.models import HealthcareService, Organization, Resource, Schedule
from tests import cast

CHECK = "/reglages/soignants/amar/essai/"
THURSDAY, MONDAY = "2026-03-19", "2026-03-23"


def asked(client: Client, **values: str) -> Any:
    return client.get(CHECK, {"visite": cast.CONSULTATION, "jour": THURSDAY, **values})


def told(client: Client, **values: str) -> str:
    return str(asked(client, **values).context["answer"].words).replace("\u00a0", " ")


def visit(**values: Any) -> None:
    HealthcareService.objects.filter(identifier=cast.CONSULTATION).update(**values)


def rules(*rows: dict[str, Any], **more: Any) -> None:
    Schedule.objects.filter(practitioner__identifier=cast.AMAR).update(rules=list(rows), **more)


def test_it_lists_what_the_practice_s_page_lists(desk: Client, client: Client) -> None:
    page = asked(desk)
    shown = [f"{s:%Y-%m-%dT%H:%MZ}" for s in page.context["free"]]
    public = client.get("/rendez-vous/prendre/", {"visite": cast.CONSULTATION, "avec": cast.AMAR, "des": THURSDAY})
    listed = re.findall(r"place=(2026-03-19T\d\d)%3A(\d\dZ)", public.content.decode())
    assert shown
    assert [":".join(parts) for parts in listed] == shown


def test_a_day_of_another_year_has_its_year(desk: Client) -> None:
    page = asked(desk, jour="2027-01-04", heure="9").content.decode().replace("\u00a0", " ")
    assert "Lundi 4 janvier 2027 à 9 h" in page and "le lundi 4 janvier 2027" in page


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        ("9", "Libre : un patient peut prendre cette place."),
        ("9h40", "Déjà pris, ou une absence est notée."),
        ("12h30", "Hors des heures de ce type de rendez-vous, ou trop près de leur fin."),
        ("9h10", "Entre deux places : les débuts possibles tombent à d’autres minutes."),
    ],
)
def test_why_an_hour_is_not_proposed(desk: Client, hour: str, words: str) -> None:
    assert told(desk, heure=hour) == words


def test_each_rule_has_its_words(desk: Client, practice: Organization) -> None:
    visit(min_notice_min=5 * 24 * 60)
    assert told(desk, heure="9") == "Trop proche : se prend au plus tard 5 jours avant."
    visit(min_notice_min=0, horizon_days=2)
    assert told(desk, heure="9") == "Trop loin : se prend au plus tôt 2 jours avant."
    visit(horizon_days=None, max_age=15)
    assert told(desk, heure="9", age="40") == "Ce type de rendez-vous est prévu jusqu’à 15 ans."
    assert told(desk, heure="9", age="15").startswith("Libre")
    visit(max_age=None, needs=["salle de soins"])
    assert told(desk, heure="9") == "Rien de libre à cette heure : salle de soins."
    visit(needs=[], buffer_after_min=10)
    assert told(desk, heure="9h20") == "Le temps libre à laisser avant ou après ne tient pas ici."


def test_a_room_makes_it_free_again(desk: Client, practice: Organization) -> None:
    visit(needs=["salle de soins"])
    room = Resource.objects.create(
        organization=practice, identifier="salle", name="Salle", family="salle de soins", kind="room"
    )
    Schedule.objects.create(organization=practice, identifier="salle", resource=room, timezone=practice.timezone)
    assert told(desk, heure="9").startswith("Libre")


def test_kept_places_full_days_and_absences(desk: Client) -> None:
    kept = {"days": ["thu"], "start": "09:00", "end": "12:00", "kept_until": "10:00"}
    rules(kept)
    assert told(desk, heure="9") == "Gardé pour l’urgent : personne d’autre ne peut encore le prendre."
    rules({k: v for k, v in kept.items() if k != "kept_until"}, limits=[{"per_day": 1}])
    assert told(desk, heure="9") == "Le nombre permis pour ce jour est atteint."
    rules({k: v for k, v in kept.items() if k != "kept_until"}, limits=[], days_off=[THURSDAY])
    assert told(desk, heure="9") == "Absence ce jour-là."
    assert told(desk, jour="2026-04-06", heure="9") == "Jour férié."
    assert told(desk, jour="2026-03-15", heure="9") == "Cette heure est passée."


def test_the_day_is_told_start_by_start(desk: Client) -> None:
    stretches = asked(desk).context["stretches"]
    morning = [(f"{s.first:%H:%M}", s.words) for s in stretches[:3]]
    assert morning == [("09:00", "libre"), ("09:25", "pris"), ("10:00", "libre")]


def test_nothing_that_day_says_when_next(desk: Client) -> None:
    page = asked(desk, jour="2026-03-21").content.decode().replace("\u00a0", " ")
    assert "Aucune place le samedi 21 mars" in page
    assert "La suivante : lundi 23 mars à 9 h." in page


@pytest.mark.parametrize(
    "values",
    [{"jour": "0001-01-01"}, {"jour": "9999-12-31"}, {"jour": "hier"}, {"heure": "99"}, {"heure": "24"}, {"age": "-1"},
     {"visite": "inconnue"}],
)  # fmt: skip
def test_nonsense_is_said_at_its_field(desk: Client, values: dict[str, str]) -> None:
    page = asked(desk, **values)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == list(values)


def test_it_costs_few_queries(desk: Client) -> None:
    with CaptureQueriesContext(connection) as made:
        asked(desk, heure="9")
    assert len(made) <= 12


def test_who_has_no_hours_or_no_visit_is_told_so(desk: Client) -> None:
    Schedule.objects.filter(practitioner__identifier=cast.AMAR).update(rules=[])
    assert "Aucune non plus ensuite." in asked(desk).content.decode()
    HealthcareService.objects.update(active=False)
    assert "ne fait encore aucun type de rendez-vous" in asked(desk).content.decode()
