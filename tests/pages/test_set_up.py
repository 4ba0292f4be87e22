"""The guided set-up: from an empty database to a practice that answers."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import default_token_generator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from releve.channels.web.urls import urlpatterns as web_urls
from releve.guarantee.models import StartUp
from releve.intake import founding
from releve.ledger.models import Entry
from releve.post.models import Outgoing
from releve.practice.models import HealthcareService, Organization, Practitioner, Schedule, User
from tests import cast

pytestmark = pytest.mark.django_db

ACCOUNT = {"given": "Hélène", "family": "Petit", "login": "h.petit", "password": cast.PASSWORD}
PRACTICE = {
    "name": "Cabinet du Canal", "kind": "generaliste", "address": "12 quai de la Loire, 75019 Paris",
    "phone": "01 99 00 04 20", "email": "contact@canal.example", "access": "Métro Jaurès.",
    "timezone": "Europe/Paris", "public_holidays": "on",
}  # fmt: skip
PERSON = {"given": "Nadia", "family": "Amar", "profession": "médecin généraliste", "accepts_new_patients": "on"}
HOURS = {"mon_0_from": "9", "mon_0_to": "12h30", "mon_1_from": "1400", "mon_1_to": "18", "tue_0_from": "="}


def send(client: Client, step: str, **values: Any) -> Any:
    return client.post(f"/mise-en-route/{step}/", {"form": str(uuid4()), **values})


def keyed(client: Client) -> Client:
    """A browser that opened the address of the terminal."""
    client.get("/mise-en-route/", {"cle": founding.key()})
    return client


@pytest.fixture
def manager(client: Client) -> Client:
    """Who has made the first account."""
    send(keyed(client), "compte", **ACCOUNT)
    return client


@pytest.fixture
def founded(manager: Client) -> Client:
    send(manager, "cabinet", **PRACTICE)
    return manager


def proposals(client: Client) -> dict[str, str]:
    """The visits step as the page shows it, everything kept."""
    form = client.get("/mise-en-route/visites/").context["rows"]
    rows = {f"{f.prefix}-{name}": f[name].value() for f, *_ in form for name in f.fields}
    return {name: "on" if value is True else value for name, value in rows.items() if value not in (None, False)}


# --- nobody else can take the installation --------------------------------------------------------------------------
def test_an_empty_installation_leads_to_the_set_up(client: Client) -> None:
    assert client.get("/")["Location"] == "/mise-en-route/"
    page = client.get("/mise-en-route/")
    assert page.status_code == 503
    assert "releve serve" in page.content.decode()


@pytest.mark.parametrize("key", ["", "0" * 40, "é"])
def test_without_the_key_of_the_terminal_there_is_no_first_account(client: Client, key: str) -> None:
    client.get("/mise-en-route/", {"cle": key})
    assert send(client, "compte", **ACCOUNT)["Location"] == "/mise-en-route/"
    assert not User.objects.exists()


def test_the_key_is_gone_from_the_address_and_makes_a_manager(client: Client) -> None:
    assert client.get("/mise-en-route/", {"cle": founding.key()})["Location"] == "/mise-en-route/compte/"
    assert send(client, "compte", **ACCOUNT)["Location"] == "/mise-en-route/cabinet/"
    assert User.objects.get().role == "manager"
    assert User.objects.get().check_password(cast.PASSWORD)


def test_the_key_serves_once(manager: Client) -> None:
    stranger = keyed(Client())
    assert send(stranger, "compte", **{**ACCOUNT, "login": "intruder"}).status_code == 302
    assert User.objects.count() == 1


def test_a_weak_password_is_told_at_its_field_and_the_rest_stays(client: Client) -> None:
    page = send(keyed(client), "compte", **{**ACCOUNT, "password": "court"})
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"password"}
    assert 'value="h.petit"' in page.content.decode()
    assert "court" not in page.content.decode().replace("trop court", "")


def test_a_secretary_does_not_found_the_practice(client: Client) -> None:
    client.force_login(cast.petit())
    assert send(client, "cabinet", **PRACTICE).status_code == 403
    assert not Organization.objects.exists()


# --- the steps ------------------------------------------------------------------------------------------------------
def test_founding_is_the_first_entry_of_the_ledger(founded: Client) -> None:
    practice = Organization.objects.get()
    assert (practice.name, practice.phone) == ("Cabinet du Canal", "+33199000420")
    entry = Entry.objects.get()
    assert (entry.kind, entry.author) == ("found_practice", f"user:{User.objects.get().pk}")


@pytest.mark.parametrize(("field", "value"), [("phone", "12"), ("email", "rien"), ("name", " "), ("timezone", "Mars")])
def test_an_error_names_its_field_and_keeps_what_was_typed(manager: Client, field: str, value: str) -> None:
    page = send(manager, "cabinet", **{**PRACTICE, field: value})
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {field}
    assert "12 quai de la Loire" in page.content.decode()
    assert not Organization.objects.exists()


def test_hours_are_proposed_then_given_to_who_has_none(founded: Client) -> None:
    send(founded, "soignants", **PERSON)
    assert 'value="08:30"' in founded.get("/mise-en-route/horaires/").content.decode()
    assert send(founded, "horaires", **HOURS)["Location"] == "/mise-en-route/visites/"
    week = [
        {"days": ["mon", "tue"], "start": "09:00", "end": "12:30"},
        {"days": ["mon", "tue"], "start": "14:00", "end": "18:00"},
    ]
    assert Organization.objects.get().opening_hours == week
    assert Schedule.objects.get().rules == week


def test_going_back_changes_the_practice_and_makes_no_second_one(founded: Client) -> None:
    send(founded, "cabinet", **{**PRACTICE, "name": "Cabinet de la Rive"})
    assert Organization.objects.get().name == "Cabinet de la Rive"


def test_it_resumes_at_the_first_step_not_done(founded: Client) -> None:
    assert founded.get("/mise-en-route/")["Location"] == "/mise-en-route/soignants/"
    send(founded, "soignants", **PERSON)
    assert founded.get("/mise-en-route/")["Location"] == "/mise-en-route/horaires/"


def test_visits_of_the_profession_are_proposed_and_kept_as_they_are_left(founded: Client) -> None:
    send(founded, "soignants", **PERSON)
    typed = proposals(founded) | {"v0-duration_min": "25", "v0-price_eur": "30,50"}
    typed.pop("v1-keep")
    assert send(founded, "visites", **typed)["Location"] == "/mise-en-route/textes/"
    first = HealthcareService.objects.order_by("id").first()
    assert first is not None
    assert (first.name, first.duration_min, str(first.price_eur)) == ("Consultation", 25, "30.50")
    assert [p.family for p in first.practitioners.all()] == ["Amar"]
    assert not HealthcareService.objects.filter(name__startswith="Suivi").exists()


def test_no_visit_at_all_is_refused(founded: Client) -> None:
    send(founded, "soignants", **PERSON)
    typed = {k: v for k, v in proposals(founded).items() if not k.endswith("keep")}
    assert send(founded, "visites", **typed).status_code == 422


def test_a_test_message_goes_through_the_outbox(founded: Client) -> None:
    send(founded, "essai", address="06 39 98 00 01")
    row = Outgoing.objects.get()
    assert (row.channel, row.address, row.purpose) == ("sms", "+33639980001", "test")
    assert row.text.startswith("Cabinet du Canal")
    assert "pas encore parti" in founded.get("/mise-en-route/essai/").content.decode()


def test_it_is_not_signed_before_someone_could_book(founded: Client) -> None:
    send(founded, "signature", name="Dr Amar", read="on", acts=["book"])
    assert not StartUp.objects.exists()


def through(client: Client) -> None:
    send(client, "soignants", **PERSON)
    send(client, "horaires", **HOURS)
    send(client, "visites", **proposals(client))
    send(client, "textes")
    send(client, "essai", skip="yes")


def test_nothing_is_public_before_the_signature(founded: Client) -> None:
    through(founded)
    visitor = Client()
    assert visitor.get("/").status_code == 503
    assert "Cabinet du Canal" in visitor.get("/").content.decode()
    said = visitor.post("/api/v1/conversations", "{}", content_type="application/json")
    assert (said.status_code, said.json()["title"]) == (503, "Not open")
    assert (
        send(founded, "signature", name="Hélène Petit", read="on", acts=["book"])["Location"] == "/mise-en-route/fin/"
    )
    assert visitor.get("/").status_code == 200
    assert visitor.post("/api/v1/conversations", "{}", content_type="application/json").status_code == 201


def test_what_is_signed_is_what_was_left_ticked(founded: Client) -> None:
    through(founded)
    send(founded, "signature", name="Hélène Petit", read="on", acts=["book", "answer"])
    acts = set(StartUp.objects.get().acts)
    assert {"book_appointment", "hold_slot", "answer", "create_task", "opt_out"} <= acts
    assert not {"cancel_appointment", "send_reminder"} & acts


def test_the_last_page_gives_the_address_and_the_way_to_stop(founded: Client) -> None:
    through(founded)
    send(founded, "signature", name="Hélène Petit", read="on", acts=["book"])
    page = founded.get("/mise-en-route/", follow=True).content.decode()
    assert "http://testserver/" in page
    assert "/garantie/?arreter=1" in page


PUBLIC = [str(entry.pattern) for entry in web_urls if entry.name != "page-language"]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", PUBLIC)
def test_every_door_of_the_patients_is_shut_before_the_signature(client: Client, address: str, method: str) -> None:
    cast.practice(signed=False)
    answer = getattr(client, method)("/" + address.replace("<str:token>", "x"))
    assert answer.status_code in (503, 405)
    assert answer.status_code == 405 or "ouvre bientôt cette page" in answer.content.decode()


def test_its_own_people_see_the_page_as_it_will_be(client: Client) -> None:
    cast.practice(signed=False)
    client.force_login(cast.petit())
    assert client.get("/").status_code == 200


def test_a_colleague_chooses_a_password_before_the_practice_is_open(founded: Client) -> None:
    user = User.objects.create(username="k.sow", first_name="Karim", last_name="Sow", password=make_password(None))
    link = f"/acces/{user.pk}/{default_token_generator.make_token(user)}/"
    Client().post(link, {"password": "quatre-mots-au-hasard"})
    user.refresh_from_db()
    assert user.check_password("quatre-mots-au-hasard")


def test_an_installation_loaded_from_a_file_is_as_closed(client: Client) -> None:
    cast.practice(signed=False)
    assert client.get("/").status_code == 503


# --- a file instead -------------------------------------------------------------------------------------------------
def upload(client: Client, data: str) -> Any:
    return send(client, "fichier", file=SimpleUploadedFile("cabinet.json", data.encode()))


def test_a_practice_file_fills_the_steps(manager: Client) -> None:
    text = "// un commentaire\n" + json.dumps(cast.practice_file())
    assert upload(manager, text)["Location"] == "/mise-en-route/textes/"
    assert Practitioner.objects.count() == 2
    assert Entry.objects.get().author == f"user:{User.objects.get().pk}"


@pytest.mark.parametrize(("text", "fault"), [("{", "line 1"), ('{"practise": {}}', "practise: unknown field")])
def test_a_bad_file_says_where_and_loads_nothing(manager: Client, text: str, fault: str) -> None:
    page = upload(manager, text)
    assert page.status_code == 422
    assert fault in page.content.decode()
    assert not Organization.objects.exists()


def test_each_step_asks_for_few_queries(founded: Client, django_assert_max_num_queries: Any) -> None:
    through(founded)
    for step in ("cabinet", "soignants", "horaires", "visites", "textes", "essai", "signature"):
        with django_assert_max_num_queries(16):
            founded.get(f"/mise-en-route/{step}/")


def test_the_clock_is_that_of_the_practice(manager: Client) -> None:
    send(manager, "cabinet", **{**PRACTICE, "timezone": "Indian/Reunion"})
    assert Organization.objects.get().timezone == "Indian/Reunion"
