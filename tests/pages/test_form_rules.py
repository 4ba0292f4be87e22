"""The practice's rules on the patients' pages: said before, explained when they bind, always with a next step."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from releve.practice.models import Appointment, HealthcareService, Organization, Schedule
from tests import cast
from tests.pages.support import written
from tests.pages.support_patients import ROCHE, act, link, place, proved, step, who_comes

pytestmark = pytest.mark.django_db
CHECK = "/rendez-vous/prendre/verifier/"
CHILD = {"day": "1", "month": "3", "year": "2018"}
WHEN = step(visite=cast.CONSULTATION, avec=cast.AMAR)


def visit(**values: Any) -> None:
    HealthcareService.objects.filter(identifier=cast.CONSULTATION).update(**values)


def limits(*rows: dict[str, Any]) -> None:
    Schedule.objects.filter(practitioner__identifier=cast.AMAR).update(limits=list(rows))


def read(answer: Any) -> str:
    text: str = answer.content.decode()
    return text.replace("\u00a0", " ")


def followed(client: Client, address: str) -> str:
    return read(client.get(address, follow=True))


# --- said before -----------------------------------------------------------------------------------------------------
def test_each_visit_says_what_is_particular(client: Client, practice: Organization) -> None:
    visit(teleconsultation=True, capacity=6, max_age=15, urgent=True)
    page = read(client.get(step()))
    for words in ("Par vidéo, sans vous déplacer", "En groupe, 6 personnes au plus", "Jusqu’à 15 ans"):
        assert words in page
    assert "Des places sont gardées pour le jour même" in page


def test_an_ordinary_visit_says_none_of_it(client: Client, practice: Organization) -> None:
    page = read(client.get(step()))
    assert not re.search(r"vidéo|En groupe|ans</span>|gardées", page)


def test_a_group_says_how_many_places_are_left(client: Client, practice: Organization) -> None:
    visit(capacity=3)
    page = read(client.get(WHEN))
    assert page.count("3 places restantes") > 3
    who_comes(client)
    client.post(CHECK)
    assert "2 places restantes" in read(client.get(WHEN))


def test_other_visits_have_no_places_left_to_count(client: Client, practice: Organization) -> None:
    assert "restante" not in read(client.get(WHEN))


def test_a_video_visit_sends_nobody_to_the_practice(client: Client, practice: Organization) -> None:
    visit(teleconsultation=True)
    who_comes(client)
    assert "Par vidéo : ne vous déplacez pas." in read(client.get(CHECK))
    ticket = read(client.post(CHECK, follow=True))
    assert "Par vidéo : ne vous déplacez pas." in ticket
    assert "Voir le plan" not in ticket


def test_one_may_look_as_far_as_the_visit_may_be_taken_and_no_further(client: Client, practice: Organization) -> None:
    page = read(client.get(f"{WHEN}&des=2026-07-13"))  # 119 days later; the 14th is a public holiday
    assert "place=2026-07-13" in page
    assert "place=2026-07-15" not in page
    visit(horizon_days=10)
    page = read(client.get(f"{WHEN}&des=2026-03-25"))
    assert "place=2026-03-25" in page
    assert "place=2026-03-27" not in page


@pytest.mark.parametrize("since", ["9999-12-31", "0001-01-01", "2026-02-30"])
def test_a_day_beyond_all_reason_is_no_fault(client: Client, practice: Organization, since: str) -> None:
    assert client.get(f"{WHEN}&des={since}").status_code == 200


def test_the_assistant_says_that_it_is_by_video(practice: Organization) -> None:
    visit(teleconsultation=True)
    said = ("une consultation mardi matin", "Camille Bernard née le 4 juin 1991, 06 39 98 10 03", "la première", "oui")
    last = written(practice, *said).messages.order_by("-id")[0]
    assert "C'est par vidéo : ne vous déplacez pas" in last.text.replace("\u00a0", " ").replace("’", "'")


# --- ages ------------------------------------------------------------------------------------------------------------
def test_another_age_is_told_kindly_with_what_fits(client: Client, practice: Organization) -> None:
    visit(max_age=15)
    page = who_comes(client)
    words = read(page)
    assert page.status_code == 422
    assert "« Consultation » est prévu jusqu’à 15 ans. Rien n’a été réservé." in words
    assert re.findall(r'<b lang="fr">([^<]+)</b>', words) == ["Injection"]
    assert not Appointment.objects.filter(patient__family="Bernard").exists()


def test_what_was_typed_is_there_again(client: Client, practice: Organization) -> None:
    visit(max_age=15)
    who_comes(client)
    again = read(client.get(place()))
    assert 'value="Camille"' in again and 'value="1991"' in again


def test_the_right_age_goes_on(client: Client, practice: Organization) -> None:
    visit(max_age=15)
    assert who_comes(client, **CHILD)["Location"] == CHECK


def test_the_age_is_that_of_the_day_of_the_visit(client: Client, practice: Organization) -> None:
    """Sixteen on the Tuesday of the visit, fifteen today."""
    visit(max_age=15)
    assert who_comes(client, day="17", month="3", year="2010").status_code == 422
    assert who_comes(client, day="18", month="3", year="2010")["Location"] == CHECK


# --- refused, with a next step ---------------------------------------------------------------------------------------
def test_too_late_to_be_taken_here(client: Client, practice: Organization) -> None:
    visit(min_notice_min=3 * 24 * 60)
    page = followed(client, place())
    assert "Il est trop tard pour prendre cette place ici. Appelez-nous, ou choisissez-en une autre." in page
    assert "Quand ?" in page


def test_a_rule_that_comes_between_two_steps_is_told(client: Client, practice: Organization) -> None:
    who_comes(client)
    visit(min_notice_min=3 * 24 * 60)
    assert "Il est trop tard" in followed(client, CHECK)
    assert "Il est trop tard" in read(client.post(CHECK, follow=True))
    assert Appointment.objects.count() == 2


def test_a_kept_place_is_explained_without_sorting_anybody(client: Client, practice: Organization) -> None:
    schedule = Schedule.objects.get(practitioner__identifier=cast.AMAR)
    schedule.rules = [{**rule, "kept_until": "08:00"} for rule in schedule.rules]
    schedule.save()
    assert "Cette place est gardée pour les demandes du jour même." in followed(client, place())
    visit(urgent=True)
    assert client.get(place()).status_code == 200


def test_a_full_day_shows_the_others(client: Client, practice: Organization) -> None:
    limits({"per_day": 1})
    page = followed(client, place())
    assert "Ce jour est complet pour ce rendez-vous. Voici les autres jours." in page
    assert "place=2026-03-17" not in page


def test_a_day_full_of_new_patients_shows_the_next_to_a_new_one(client: Client, practice: Organization) -> None:
    limits({"per_day": 1, "new_patients": True})
    who_comes(client)
    client.post(CHECK)
    other = Client()
    who_comes(other, place("2026-03-17T10:40Z"), given="Zoé", family="Martin", phone="06 39 98 10 09")
    page = read(other.post(CHECK, follow=True))
    assert "Ce jour est complet" in page
    assert "place=2026-03-17" not in page
    assert "place=2026-03-18" in page


def test_people_already_followed_are_not_counted_among_the_new(client: Client, practice: Organization) -> None:
    limits({"per_day": 1, "new_patients": True})
    who_comes(client)
    client.post(CHECK)
    known = Client()
    known.post(place("2026-03-17T10:40Z"), {"form": str(uuid4()), **ROCHE})
    known.post(CHECK)
    assert Appointment.objects.filter(patient__identifier=cast.ROCHE).count() == 2


def test_moving_keeps_to_the_rules_too(client: Client, practice: Organization) -> None:
    proved(client)
    visit(min_notice_min=24 * 60)
    soon = (cast.NOW + timedelta(hours=1)).strftime("%Y-%m-%dT08:40Z")
    address = f"{link(cast.ROCHE_THURSDAY)}deplacer/?place={soon}+amar"
    assert "Il est trop tard" in read(act(client, address))
