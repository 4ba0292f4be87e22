"""The list of patients, and opening a file for someone new."""

from typing import Any

import pytest
from django.test import Client

from releve.ledger import queries as ledger
from releve.practice.models import Organization, Patient
from tests import cast
from tests.pages import crowd
from tests.pages.support import post, written

ADA = {"family": "Lovelace", "given": "Ada", "birth_date": "10 décembre 1985", "sex": "F", "phone": "06 39 98 10 77"}


def shown(desk: Client, **asked: str) -> str:
    if "q" in asked:
        return desk.post("/patients/", asked, follow=True).content.decode()
    return desk.get("/patients/", asked).content.decode()


# --- finding --------------------------------------------------------------------------------------------------------
def test_who_comes_today_and_who_wrote(desk: Client, practice: Organization, clock: Any) -> None:
    talk = written(practice, "bonjour")
    talk.patient = Patient.objects.get(identifier=cast.LEA)
    talk.save(update_fields=["patient"])
    clock.moment = cast.NOW.replace(day=19)
    page = shown(desk)
    assert 'href="/patients/roche/"' in page
    assert 'href="/patients/lea/"' in page
    assert 'href="/patients/mother/"' not in page


def test_an_empty_day_says_what_will_be_here(desk: Client) -> None:
    assert "Personne n’est attendu aujourd’hui" in shown(desk)
    assert "Aucun message d’un patient connu" in shown(desk)


@pytest.mark.parametrize(
    ("text", "names"),
    [("font", ["Léa", "Claire"]), ("lea font", ["Léa"]), ("1002", ["Léa", "Claire"]), ("claire.z", []), ("xyz", [])],
)
def test_search(desk: Client, text: str, names: list[str]) -> None:
    page = shown(desk, q=text)
    assert [n for n in ("Léa", "Claire", "Bernard") if f"</b> {n}" in page] == names


def test_nobody_found_offers_a_new_file(desk: Client) -> None:
    assert "/patients/nouveau/" in shown(desk, q="xyz")


def test_a_long_list_has_pages(desk: Client, practice: Organization, django_assert_max_num_queries: Any) -> None:
    crowd.patients(practice)
    shown(desk)
    desk.post("/patients/", {"q": "foule"})
    with django_assert_max_num_queries(12):
        first = desk.get("/patients/?cherche").content.decode()
    with django_assert_max_num_queries(12):
        last = shown(desk, tous="", page="999")
    assert "400 fiches" in first
    assert first.count('class="name"') == 25
    assert "page=2" in first
    assert "Page précédente" in last


def test_family_names_that_begin_so_come_first(desk: Client, practice: Organization) -> None:
    for given, family in (("Maria", "Alves"), ("Zoé", "Marchand")):
        post(desk, "/patients/nouveau/", **{**ADA, "given": given, "family": family})
    page = shown(desk, q="mar")
    assert page.index("Marchand") < page.index("Alves")


# --- someone new ----------------------------------------------------------------------------------------------------
def test_a_new_file(desk: Client, practice: Organization) -> None:
    page = post(desk, "/patients/nouveau/", **ADA)
    made = Patient.objects.get(family="Lovelace")
    assert (made.given, made.birth_date.isoformat(), made.sex, made.phone) == ("Ada", "1985-12-10", "F", "+33639981077")
    assert made.email is None
    assert "Fiche créée" in page
    assert [leaf["kind"] for leaf in ledger.about(f"patient:{made.pk}")] == ["register_patient"]
    assert "Lovelace" in shown(desk, q="lovel")


def test_the_same_person_is_shown_before_a_second_file(desk: Client) -> None:
    roche = {**ADA, "family": "ROCHE", "given": "Bernard", "birth_date": "03/05/1954"}
    page = post(desk, "/patients/nouveau/", **roche)
    assert 'href="/patients/roche/"' in page
    assert "Rien n’a été créé" in page
    assert Patient.objects.filter(family="ROCHE").count() == 0
    post(desk, "/patients/nouveau/", **roche, other="1")
    assert Patient.objects.filter(family="ROCHE").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("birth_date", "hier", "Une date comme"),
        ("birth_date", "31/02/1980", "Une date comme"),
        ("birth_date", "1/1/1850", "Une date comme"),
        ("birth_date", "2030-01-01", "n’est pas possible"),
        ("birth_date", "", "obligatoire"),
        ("phone", "12", "n’est pas un téléphone"),
        ("email", "ada@", "valide"),
        ("family", "", "obligatoire"),
        ("sex", "X", "valide"),
    ],
)
def test_what_cannot_be_kept_is_told_and_what_was_typed_stays(desk: Client, field: str, value: str, words: str) -> None:
    page = post(desk, "/patients/nouveau/", **{**ADA, field: value})
    assert words in page
    assert 'value="Ada"' in page
    assert not Patient.objects.filter(given="Ada").exists()


def test_sending_the_form_twice_makes_one_file(desk: Client) -> None:
    form = {**ADA, "form": "7a1f0c1e-0000-4000-8000-0000000000ff", "other": "1"}
    desk.post("/patients/nouveau/", form)
    assert desk.post("/patients/nouveau/", form).status_code == 302
    assert Patient.objects.filter(given="Ada").count() == 1


def test_a_name_that_is_looked_for_is_in_no_address(desk: Client, practice: Organization) -> None:
    crowd.patients(practice)
    answer = desk.post("/patients/", {"q": "foule"}, follow=True)
    assert answer.redirect_chain == [("/patients/?cherche", 302)]
    assert "?cherche=&amp;page=2" in answer.content.decode()
    typed = desk.post("/patients/", {"q": "foule"}, headers={"HX-Request": "true"}).content.decode()
    assert "?cherche=&amp;page=2" in typed
    assert "400 fiches" in desk.get("/patients/?cherche=&page=2").content.decode()
