"""The settings that tell an agenda's rules: visits and their order, ranges, limits, rooms, holidays."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from releve.ledger.models import Entry
from releve.practice.models import Appointment, HealthcareService, Organization, Resource, Schedule
from tests import cast
from tests.pages.test_settings import PRACTICE, VISIT, hours, send

ROOM = {"name": "Salle 1", "kind": "room", "family": "salle de soins", "active": "on"}
RANGE = {"days": ["mon"], "start": "9", "end": "10h"}
RANGES = "soignants/amar/horaires/plage/"
LIMITS = "soignants/amar/horaires/limites/"
FORBIDDEN = "Seuls la direction et les médecins changent cela."


def seen(client: Client, place: str, **asked: str) -> str:
    page = client.get(f"/reglages/{place}", asked)
    assert page.status_code == 200
    return page.content.decode().replace("\u00a0", " ")


def keep_range(client: Client, name: str = "", **values: Any) -> Any:
    return client.post(f"/reglages/{RANGES}{name}", {"form": str(uuid4()), **RANGE, **values})


def amar() -> Schedule:
    return Schedule.objects.get(practitioner__identifier=cast.AMAR)


def kinds() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("kind", flat=True))


# --- visits ----------------------------------------------------------------------------------------------------------
def test_the_rules_of_a_visit_are_kept_and_told_in_a_sentence(physician: Client) -> None:
    rules = {"step_min": "10", "buffer_after_min": "5", "min_notice_min": "120", "max_age": "15", "capacity": "3"}
    assert send(physician, "visites/consultation/", **VISIT, **rules, horizon_days="30", urgent="on").status_code == 302
    visit = HealthcareService.objects.get(identifier=cast.CONSULTATION)
    kept = (visit.step_min, visit.buffer_after_min, visit.min_notice_min, visit.max_age, visit.capacity)
    assert kept == (10, 5, 120, 15, 3)
    assert (visit.horizon_days, visit.urgent, visit.teleconsultation, visit.min_age) == (30, True, False, None)
    told = "20 min, 5 min de libre après, débuts espacés de 10 min, au plus tard 2 h avant, au plus tôt 30 jours avant"
    assert f"{told}, jusqu’à 15 ans, 3 personnes ensemble" in seen(physician, "visites/")


def test_left_alone_the_rules_are_as_usual_and_folded(physician: Client) -> None:
    page = seen(physician, "visites/consultation/")
    assert '<details class="fold" id="regles">' in page
    send(physician, "visites/consultation/", **VISIT)
    visit = HealthcareService.objects.get(identifier=cast.CONSULTATION)
    assert (visit.step_min, visit.buffer_before_min, visit.horizon_days, visit.capacity) == (None, 0, None, 1)
    assert '<p class="small">20 min</p>' in seen(physician, "visites/")


def test_a_rule_taken_back_is_taken_back(physician: Client) -> None:
    send(physician, "visites/consultation/", **VISIT, max_age="15", horizon_days="30", teleconsultation="on")
    assert '<details class="fold" id="regles" open>' in seen(physician, "visites/consultation/")
    send(physician, "visites/consultation/", **VISIT)
    visit = HealthcareService.objects.get(identifier=cast.CONSULTATION)
    assert (visit.max_age, visit.horizon_days, visit.teleconsultation) == (None, None, False)


def test_ages_the_wrong_way_round_are_told_beside_the_field(physician: Client) -> None:
    page = send(physician, "visites/consultation/", **VISIT, min_age="16", max_age="3")
    assert page.status_code == 422
    assert page.context["form"].errors["max_age"] == ["Cet âge est plus petit que l’autre."]
    assert '<details class="fold" id="regles" open>' in page.content.decode()


@pytest.mark.parametrize("field", ["capacity", "min_age", "min_notice_min", "step_min"])
def test_nonsense_is_refused_beside_its_field(physician: Client, field: str) -> None:
    page = send(physician, "visites/consultation/", **VISIT, **{field: "-5"})
    assert list(page.context["form"].errors) == [field]


def test_an_amount_that_came_with_a_file_stays(physician: Client) -> None:
    HealthcareService.objects.filter(identifier=cast.CONSULTATION).update(buffer_after_min=7)
    assert '<option value="7" selected>7 min</option>' in seen(physician, "visites/consultation/")


# --- their order -----------------------------------------------------------------------------------------------------
def order() -> list[str]:
    return list(HealthcareService.objects.order_by("position", "id").values_list("identifier", flat=True))


def test_a_visit_goes_up_and_down_and_patients_see_that_order(physician: Client, client: Client) -> None:
    page = send(physician, "visites/", down=cast.CONSULTATION)
    assert order() == [cast.INJECTION, cast.CONSULTATION]
    assert page["Location"] == "/reglages/visites/?sur=consultation&vers=down#visite-consultation"
    names = re.findall(r'<b lang="fr">([^<]+)</b>', client.get("/rendez-vous/prendre/").content.decode())
    assert names == ["Injection", "Consultation"]
    send(physician, "visites/", up=cast.CONSULTATION)
    assert order() == [cast.CONSULTATION, cast.INJECTION]
    assert kinds().count("order_services") == 2


def test_at_the_end_of_the_list_nothing_happens(physician: Client) -> None:
    send(physician, "visites/", up=cast.CONSULTATION)
    send(physician, "visites/", up="inconnue")
    assert "order_services" not in kinds()


def test_a_new_visit_comes_last(physician: Client) -> None:
    send(physician, "visites/", down=cast.CONSULTATION)
    send(physician, "visites/nouveau/", **{**VISIT, "name": "Certificat"})
    assert order()[:2] == [cast.INJECTION, cast.CONSULTATION]
    assert len(order()) == 3


def test_what_is_no_more_proposed_keeps_out_of_the_way(physician: Client) -> None:
    send(physician, "visites/nouveau/", **{**VISIT, "name": "Certificat"})
    HealthcareService.objects.filter(identifier=cast.INJECTION).update(active=False)
    send(physician, "visites/", down=cast.CONSULTATION)
    assert order()[1:] == [cast.CONSULTATION, cast.INJECTION]


def test_the_secretary_sees_no_arrows_and_cannot_order(desk: Client) -> None:
    assert "Monter Consultation" not in seen(desk, "visites/")
    assert FORBIDDEN in send(desk, "visites/", down=cast.CONSULTATION).client.get("/reglages/").content.decode()
    assert order() == [cast.CONSULTATION, cast.INJECTION]


# --- ranges ----------------------------------------------------------------------------------------------------------
def test_a_range_takes_its_hours_out_of_the_ordinary_week(physician: Client) -> None:
    HealthcareService.objects.filter(identifier=cast.CONSULTATION).update(urgent=True)
    assert keep_range(physician, kept_until="12", kept_days="1").status_code == 302
    kept = {"days": ["mon"], "start": "09:00", "end": "10:00", "kept_until": "12:00", "kept_days": 1}
    assert kept in amar().rules
    assert {"days": ["mon"], "start": "10:00", "end": "12:00"} in amar().rules
    page = seen(physician, "soignants/amar/horaires/")
    assert "gardé pour l’urgent jusqu’à 12 h la veille" in page
    assert "urgent jusqu’à 12 h" in page


def test_the_ordinary_week_saved_again_keeps_the_ranges(physician: Client) -> None:
    keep_range(physician, weeks="odd", place="office")
    before = amar().rules
    send(physician, "soignants/amar/horaires/", anyway="yes", **hours(tue="9-12"))
    particular = [rule for rule in before if "weeks" in rule]
    assert particular
    assert amar().rules == [{"days": ["tue"], "start": "09:00", "end": "12:00"}, *particular]


def test_a_range_is_changed_and_taken_away_by_its_name(physician: Client) -> None:
    keep_range(physician, place="office")
    page = seen(physician, "soignants/amar/horaires/")
    (name,) = re.findall(r"horaires/plage/(\w+)/", page)
    keep_range(physician, f"{name}/", weeks="odd")
    assert physician.get(f"/reglages/{RANGES}{name}/").status_code == 404
    (name,) = re.findall(r"horaires/plage/(\w+)/", seen(physician, "soignants/amar/horaires/"))
    keep_range(physician, f"{name}/", remove="yes")
    assert all(set(rule) == {"days", "start", "end"} for rule in amar().rules)


def test_places_kept_for_nobody_are_asked_about_kept_all_the_same_and_told_as_long_as_it_is_so(
    physician: Client,
) -> None:
    nobody = "aucun de ces types de rendez-vous n’est marqué urgent. Jusqu’à 12 h la veille, seule l’équipe"
    before = amar().rules
    page = keep_range(physician, kept_until="12", kept_days="1")
    assert page.status_code == 422 and nobody in page.content.decode().replace("\u00a0", " ")
    assert amar().rules == before
    keep_range(physician, kept_until="12", kept_days="1", anyway="yes")
    assert amar().rules != before
    hours_page = seen(physician, "soignants/amar/horaires/")
    assert nobody in hours_page and "une plage est à vérifier" in seen(physician, "soignants/")
    (name,) = re.findall(r"horaires/plage/(\w+)/", hours_page)
    assert nobody in seen(physician, f"{RANGES}{name}/")
    again = keep_range(physician, f"{name}/", kept_until="12", kept_days="1", end="11")
    assert again.status_code == 302, "what was read once is not asked again"
    send(physician, "visites/consultation/", **VISIT, urgent="on")
    assert nobody not in seen(physician, "soignants/amar/horaires/")
    assert "une plage est à vérifier" not in seen(physician, "soignants/")


def test_a_range_that_opens_hours_to_keep_them_says_which(physician: Client) -> None:
    HealthcareService.objects.filter(identifier=cast.CONSULTATION).update(urgent=True)
    page = keep_range(physician, days=["sat"], kept_until="18", kept_days="1")
    assert page.status_code == 422
    told = page.content.decode().replace("\u00a0", " ")
    assert "ouvre des heures qui ne sont pas dans la semaine ordinaire : samedi, 9 h – 10 h." in told
    page = keep_range(physician, days=["sat"], kept_until="18", kept_days="1", anyway="yes")
    assert page.status_code == 302
    assert "ouvre des heures" not in seen(physician, "soignants/amar/horaires/")


def test_every_other_week_only_is_closed_the_rest_of_the_time(physician: Client) -> None:
    idle = keep_range(physician, start="14", end="18", weeks="even")
    assert idle.status_code == 422
    assert "déjà ouvertes toutes les semaines" in idle.content.decode().replace("\u00a0", " ")
    assert keep_range(physician, start="14", end="18", weeks="even", otherwise="closed").status_code == 302
    mondays = [rule for rule in amar().rules if "mon" in rule["days"]]
    assert {"days": ["mon"], "start": "14:00", "end": "18:00", "weeks": "even"} in mondays
    assert len(mondays) == 2, "nothing else opens in the afternoon"


def test_a_day_of_the_week_tells_of_its_ranges(physician: Client) -> None:
    keep_range(physician, start="14", end="18", weeks="even", otherwise="closed")
    assert "et une plage particulière, plus bas : 14 h – 18 h" in seen(physician, "soignants/amar/horaires/")


def test_the_ordinary_week_typed_over_a_range_is_told_at_its_day(physician: Client) -> None:
    keep_range(physician, start="14", end="18", weeks="even", otherwise="closed")
    before = amar().rules
    page = send(physician, "soignants/amar/horaires/", **hours(mon="9-18"))
    assert page.status_code == 422
    (told,) = page.context["form"].errors["mon_0_from"]
    assert told.replace("\u00a0", " ").startswith("Une plage particulière est déjà à ces heures : 14 h – 18 h")
    assert amar().rules == before


def test_a_range_over_another_names_it(physician: Client) -> None:
    keep_range(physician, weeks="odd", place="office")
    page = keep_range(physician, start="9h30", end="11", weeks="odd")
    (told,) = page.context["form"].errors["start"]
    assert told.replace("\u00a0", " ").endswith("lundi, 9 h – 10 h, semaines impaires, au cabinet.")


def test_before_anything_is_typed_the_form_says_that_no_visit_is_urgent(physician: Client) -> None:
    first = "Pour garder des places, cochez d’abord"
    assert first in seen(physician, RANGES)
    HealthcareService.objects.filter(identifier=cast.CONSULTATION).update(urgent=True)
    assert first not in seen(physician, RANGES)


def test_a_range_that_would_strand_somebody_says_so_first(physician: Client) -> None:
    thursday = {"days": ["thu"], "place": "video"}
    before = amar().rules
    page = keep_range(physician, **thursday)
    assert page.status_code == 422
    assert "Roche" in page.content.decode()
    assert amar().rules == before
    keep_range(physician, **thursday, anyway="yes")
    assert amar().rules != before


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"end": "8"}, "end"),
        ({"start": "9 heures"}, "start"),
        ({"kept_until": "25"}, "kept_until"),
        ({"days": []}, "days"),
        ({"weeks": "3"}, "valid_from"),
        ({"valid_from": "2026-09-01", "valid_until": "2026-08-01"}, "valid_until"),
        ({"services": ["inconnue"]}, "services"),
        ({"valid_until": "9999-12-31"}, "valid_until"),
        ({"valid_from": "0001-01-01"}, "valid_from"),
    ],
)
def test_a_range_that_makes_no_sense_is_told_at_its_field(
    physician: Client, values: dict[str, Any], field: str
) -> None:
    before = amar().rules
    page = keep_range(physician, **values)
    assert list(page.context["form"].errors) == [field]
    assert amar().rules == before


def test_the_drawn_week_can_be_any_and_nonsense_is_this_one(physician: Client) -> None:
    keep_range(physician, days=["sat"], weeks="odd")
    even, odd = (seen(physician, "soignants/amar/horaires/", semaine=day) for day in ("demain ?", "2026-03-23"))
    assert ("n° 12, paire" in even, "n° 13, impaire" in odd) == (True, True)
    assert ("samedi 21 mars : fermé" in even, "samedi 28 mars : 9 h – 10 h" in odd) == (True, True)


def test_school_holidays_need_a_zone_first(physician: Client) -> None:
    page = keep_range(physician, school_holidays="never")
    assert "Dites d’abord de quelle zone" in page.context["form"].errors["school_holidays"][0]
    send(physician, "", **PRACTICE, school_zone="C")
    assert keep_range(physician, days=["sat"], school_holidays="never").status_code == 302
    assert "hors vacances scolaires" in seen(physician, "soignants/amar/horaires/")
    assert "samedi 25 avril : fermé" in seen(physician, "soignants/amar/horaires/", semaine="2026-04-20")


# --- limits ----------------------------------------------------------------------------------------------------------
def test_a_limit_is_added_told_and_taken_away(physician: Client) -> None:
    send(physician, LIMITS, per_day="3", who="new")
    send(physician, LIMITS, per_day="10", who="all", services=[cast.CONSULTATION])
    assert amar().limits == [{"per_day": 3, "new_patients": True}, {"per_day": 10, "services": [cast.CONSULTATION]}]
    page = seen(physician, LIMITS)
    assert "Au plus 3 nouveaux patients par jour" in page
    assert "Au plus 10 rendez-vous par jour, pour Consultation" in page
    (first, _second) = re.findall(r'name="remove" value="(\w+)"', page)
    send(physician, LIMITS, remove=first)
    assert [row["per_day"] for row in amar().limits] == [10]


def test_the_same_limit_twice_is_one(physician: Client) -> None:
    for _ in range(2):
        send(physician, LIMITS, per_day="3", who="new")
    assert len(amar().limits) == 1


@pytest.mark.parametrize("per_day", ["0", "", "beaucoup", "201"])
def test_a_limit_of_nothing_is_refused(physician: Client, per_day: str) -> None:
    page = send(physician, LIMITS, per_day=per_day, who="new")
    assert list(page.context["form"].errors) == ["per_day"]


# --- rooms and devices -----------------------------------------------------------------------------------------------
def room() -> Resource:
    return Resource.objects.get()


def test_a_room_is_added_with_its_own_hours(physician: Client) -> None:
    assert send(physician, "salles/nouvelle/", **ROOM, **hours(mon="9-12")).status_code == 302
    assert (room().name, room().family, room().active) == ("Salle 1", "salle de soins", True)
    assert room().schedule.rules == [{"days": ["mon"], "start": "09:00", "end": "12:00"}]
    assert "a ses propres heures" in seen(physician, "salles/")


def test_a_visit_asks_for_a_sort_of_room(physician: Client) -> None:
    assert "Aucune salle" in seen(physician, "visites/consultation/")
    send(physician, "salles/nouvelle/", **ROOM)
    send(physician, "visites/consultation/", **VISIT, needs=["salle de soins"])
    assert HealthcareService.objects.get(identifier=cast.CONSULTATION).needs == ["salle de soins"]
    assert "20 min, avec salle de soins" in seen(physician, "visites/")
    assert "Pour : Consultation" in seen(physician, "salles/")


def test_the_last_room_that_a_visit_needs_is_retired_knowingly(physician: Client) -> None:
    send(physician, "salles/nouvelle/", **ROOM)
    send(physician, "visites/consultation/", **VISIT, needs=["salle de soins"])
    gone = {**ROOM, "active": ""}
    page = send(physician, f"salles/{room().identifier}/", **gone)
    assert (page.status_code, page.context["bereft"]) == (422, ["Consultation"])
    assert room().active
    send(physician, f"salles/{room().identifier}/", **gone, anyway="yes")
    assert not room().active


def test_a_room_is_closed_for_works(physician: Client) -> None:
    send(physician, "salles/nouvelle/", **ROOM, off_from="2026-04-06", off_to="2026-04-07")
    assert room().schedule.days_off == ["2026-04-06", "2026-04-07"]


def test_the_secretary_adds_no_room(desk: Client) -> None:
    send(desk, "salles/nouvelle/", **ROOM)
    assert not Resource.objects.exists()


# --- holidays --------------------------------------------------------------------------------------------------------
def test_the_holidays_to_come_are_named(physician: Client, practice: Organization) -> None:
    page = seen(physician, "")
    assert "lundi 6 avril 2026" in page
    assert "Lundi de Pâques" in page
    assert "Vendredi saint" not in page
    send(physician, "", **PRACTICE, territory="57", school_zone="C")
    practice.refresh_from_db()
    assert (practice.territory, practice.school_zone) == ("57", "C")
    page = seen(physician, "")
    assert "Vendredi saint" in page
    assert "printemps" in page


def test_a_choice_is_shown_before_it_is_kept(physician: Client, practice: Organization) -> None:
    page = seen(physician, "", territory="974", public_holidays="on")
    assert "Abolition de l'esclavage" in page.replace("’", "'")
    assert "Aucun jour férié ne ferme le cabinet." in seen(physician, "", territory="")
    practice.refresh_from_db()
    assert practice.territory == ""


def test_a_territory_whose_holidays_strand_somebody_says_so_first(physician: Client, practice: Organization) -> None:
    """Alsace-Moselle closes on Good Friday, 3 April 2026."""
    Appointment.objects.filter(identifier=cast.ROCHE_THURSDAY).update(
        start=datetime(2026, 4, 3, 7, 40, tzinfo=UTC), end=datetime(2026, 4, 3, 8, 0, tzinfo=UTC)
    )
    page = send(physician, "", **PRACTICE, territory="57")
    assert page.status_code == 422
    assert 'name="anyway"' in page.content.decode()
    send(physician, "", **PRACTICE, territory="57", anyway="yes")
    practice.refresh_from_db()
    assert practice.territory == "57"
