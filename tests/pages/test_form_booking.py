"""Booking without the chat: what, with whom, when, who, a last look, done."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from releve.core.acts import StopAssistant
from releve.intake.actions import staff_act
from releve.ledger.models import Entry
from releve.practice.models import Appointment, Conversation, Organization, Patient, Practitioner, Task
from tests import cast
from tests.pages.support_patients import CAMILLE, ROCHE, booked, last_code, local, place, step, who_comes

pytestmark = pytest.mark.django_db
CHECK, DONE = "/rendez-vous/prendre/verifier/", "/rendez-vous/prendre/fait/"


def read(answer: Any) -> str:
    text: str = answer.content.decode()
    return text.replace("\u00a0", " ")


# --- the steps -------------------------------------------------------------------------------------------------------
def test_first_what_in_plain_words_with_length_price_and_what_to_know(client: Client, practice: Organization) -> None:
    page = read(client.get(step()))
    for words in ("Pour quoi venez-vous ?", "Consultation", "20 minutes", "30 €", "Apporter la carte Vitale."):
        assert words in page


def test_a_visit_with_one_person_goes_straight_to_when(client: Client, practice: Organization) -> None:
    page = read(client.get(step(visite=cast.INJECTION)))
    assert "Quand ?" in page
    assert "Mardi 17 mars" in page and "8 h 30" in page


def test_with_several_people_one_may_choose_or_not(client: Client, db: None) -> None:
    two_doctors()
    page = read(client.get(step(visite=cast.CONSULTATION)))
    assert "Avec qui ?" in page and "Peu importe" in page
    assert "Dr Nadia Amar" in page and "Dr Paul Vasseur" in page


def test_without_a_preference_each_hour_names_its_person(client: Client, db: None) -> None:
    two_doctors()
    page = read(client.get(step(visite=cast.CONSULTATION, avec="tous")))
    assert "<small>Dr Vasseur</small>" in page and "<small>Dr Amar</small>" in page


def test_the_hours_are_those_that_are_free(client: Client, practice: Organization) -> None:
    """Léa has Tuesday 10 h."""
    page = client.get(step(visite=cast.CONSULTATION, avec=cast.AMAR)).content.decode()
    assert "place=2026-03-17T08%3A40Z+amar" in page
    assert "place=2026-03-17T09%3A00Z+amar" not in page


def test_later_shows_other_days(client: Client, practice: Organization) -> None:
    page = client.get(step(visite=cast.CONSULTATION, avec=cast.AMAR)).content.decode()
    later = re.search(r'href="([^"]*des=[^"]*)"', page)
    assert later is not None
    next_days = read(client.get(later[1].replace("&amp;", "&")))
    assert "Mardi 17 mars" not in next_days and "mars" in next_days
    assert "Revenir aux premières places" in next_days


def test_no_place_in_sixty_days_says_what_can_be_done(client: Client, db: None) -> None:
    data = cast.practice_file()
    data["schedules"] = [s for s in data["schedules"] if s["practitioner"] != cast.AMAR]
    data["schedules"].append({"practitioner": cast.AMAR, "rules": []})
    data["appointments"] = []
    cast.practice(data)
    page = read(client.get(step(visite=cast.CONSULTATION, avec=cast.AMAR)))
    assert "Aucune place libre dans les 60 jours" in page and "liste d’attente" in page


def test_what_the_practice_does_not_have_counts_as_not_chosen(client: Client, practice: Organization) -> None:
    assert "Pour quoi venez-vous" in read(client.get(step(visite="chirurgie")))
    assert "Quand ?" in read(client.get(step(visite=cast.CONSULTATION, avec=cast.DIALLO, place="demain amar")))
    assert "Quand ?" in read(client.get(step(visite=cast.CONSULTATION, place="2026-03-17T08:40 amar")))


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00+23:59", "9999-12-31T23:59-23:00", "9999-12-31T23:59Z", "1999-12-31T23:00Z", "x" * 5000]
)
def test_a_place_out_of_all_time_is_no_place(client: Client, practice: Organization, moment: str) -> None:
    assert "Quand" in read(client.get(place(moment)))


def test_looking_writes_nothing(client: Client, practice: Organization) -> None:
    for address in (step(), step(visite=cast.CONSULTATION), place()):
        assert client.get(address).status_code == 200
    assert "sessionid" not in client.cookies and not Conversation.objects.exists()


def test_a_person_with_a_link_from_the_team_sees_their_visits_only(client: Client, practice: Organization) -> None:
    page = read(client.get(step(avec=cast.DIALLO)))
    assert "Injection" in page and "Consultation" not in page


# --- who -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("given", "", "Prénom : écrivez le prénom"),
        ("family", "  ", "Nom : écrivez le nom"),
        ("family", "1234", "Nom : écrivez au moins une lettre"),
        ("given", "x" * 101, "Prénom : cent lettres au plus"),
        ("year", "", "Date de naissance : écrivez le jour, le mois et l’année"),
        ("year", "54", "Date de naissance : écrivez-la en chiffres"),
        ("day", "31", "Date de naissance : cette date n’existe pas"),
        ("year", "2031", "Date de naissance : vérifiez l’année"),
        ("year", "1031", "Date de naissance : vérifiez l’année"),
        ("phone", "06 39", "Téléphone : ce numéro n’est pas complet"),
        ("phone", "", "Téléphone : donnez un téléphone ou une adresse e-mail"),
        ("email", "camille@", "Adresse e-mail : vérifiez-la"),
        ("reason", "x" * 201, "Un mot pour l’équipe : deux cents caractères au plus"),
    ],
)
def test_an_error_names_its_field_and_keeps_the_rest(
    client: Client, practice: Organization, field: str, value: str, words: str
) -> None:
    answer = who_comes(client, **{field: value})
    assert answer.status_code == 422
    assert words in read(answer)
    assert 'value="Bernard"' in read(answer) or field == "family"
    assert not Appointment.objects.filter(patient__family="Bernard").exists()


def test_the_last_look_shows_all_of_it(client: Client, practice: Organization) -> None:
    assert who_comes(client)["Location"] == CHECK
    page = read(client.get(CHECK))
    for words in ("mardi 17 mars", "9 h 20", "Dr Nadia Amar", "Camille Bernard", "4 juin 1991", "06 39 98 10 03"):
        assert words in page
    assert not Appointment.objects.filter(patient__family="Bernard").exists()


def test_nothing_personal_is_ever_in_an_address(client: Client, practice: Organization) -> None:
    answer = client.post(place(), {"form": "x", **CAMILLE}, follow=True)
    addresses = [address for address, _status in answer.redirect_chain] + [place()]
    assert not [a for a in addresses if "ernard" in a or "1991" in a or "98" in a.removeprefix("http")]


def test_what_was_typed_is_there_again_with_another_hour(client: Client, practice: Organization) -> None:
    who_comes(client)
    page = client.get(place("2026-03-17T08:40Z")).content.decode()
    assert 'value="Camille"' in page and 'value="1991"' in page


# --- done ------------------------------------------------------------------------------------------------------------
def test_the_visit_is_booked_through_the_gate_under_the_patients_name(client: Client, practice: Organization) -> None:
    row = booked(client)
    assert (row.patient.family, local(row)) == ("Bernard", datetime(2026, 3, 17, 9, 20))
    entry = Entry.objects.get(kind="book_appointment")
    assert entry.author == "form"
    assert entry.payload is not None
    assert entry.payload["identity"] == "claimed"
    assert {e["reference"] for e in entry.payload["evidence"]} == {"given", "family", "birth", "phone"}


def test_the_page_that_follows_is_the_one_to_keep(client: Client, practice: Organization) -> None:
    who_comes(client)
    page = read(client.post(CHECK, follow=True))
    assert "C’est réservé." in page and "Dr Nadia Amar" in page
    assert "Ajouter à mon agenda" in page and "Retrouver cette page" in page


def test_the_same_form_sent_twice_books_once(client: Client, practice: Organization) -> None:
    who_comes(client)
    session = dict(client.session.items())
    client.post(CHECK)
    again = client.session
    again["typed"] = session["typed"]  # the second of two clicks left with the same page
    again.save()
    assert "C’est réservé." in read(client.post(CHECK, follow=True))
    assert Appointment.objects.filter(patient__family="Bernard").count() == 1


def test_sent_once_more_later_it_shows_what_was_done(client: Client, practice: Organization) -> None:
    booked(client)
    assert "Votre rendez-vous est pris" in read(client.post(CHECK, follow=True))
    assert Appointment.objects.filter(patient__family="Bernard").count() == 1


def test_a_place_taken_meanwhile_is_said_kindly_with_others(client: Client, practice: Organization) -> None:
    who_comes(client)
    booked(Client(), given="Zoé")
    answer = client.post(CHECK, follow=True)
    page = read(answer)
    assert "Cette place vient d’être prise" in page and "Quand ?" in page and "8 h 40" not in page
    assert Appointment.objects.filter(patient__given="Camille").count() == 0
    assert 'value="Camille"' in client.get(place("2026-03-17T08:40Z")).content.decode()


def test_a_known_patient_s_visit_goes_into_their_file(client: Client, practice: Organization) -> None:
    row = booked(client, **ROCHE)
    assert row.patient.identifier == cast.ROCHE
    assert Patient.objects.filter(family="Roche").count() == 1


def test_someone_else_s_name_with_one_s_own_telephone_writes_nothing_into_their_file(
    client: Client, practice: Organization
) -> None:
    row = booked(client, **{**ROCHE, "phone": "06 39 98 77 77"})
    assert row.patient.identifier != cast.ROCHE
    assert row.patient.phone == "+33639987777"
    assert not Appointment.objects.filter(patient__identifier=cast.ROCHE, pk=row.pk).exists()


def test_nobody_learns_whether_a_person_is_a_patient(practice: Organization) -> None:
    """Same words, same pages, but for what was typed."""
    pages = []
    claimed = {**ROCHE, "given": "bernard", "family": "roche"}  # the file spells it otherwise
    for number, fields in enumerate((claimed, {**claimed, "family": "rochelle"})):
        client, taken = Client(), place(("2026-03-17T08:20Z", "2026-03-17T08:40Z")[number])
        shown = [who_comes(client, taken, **fields), client.get(CHECK), client.post(CHECK, follow=True)]
        text = " ".join(read(page) for page in shown)
        for varies in (r"/rendez-vous/Wz[^/\"]+/", r'value="[^"]*"', r"9 h [24]0", r"2026-03-17T[0-9:+Z%A]+"):
            text = re.sub(varies, "", text)
        pages.append(text.replace("rochelle", "roche"))
    assert pages[0] == pages[1]


def test_a_visit_for_known_patients_asks_for_a_code_in_the_same_words(db: None) -> None:
    data = cast.practice_file()
    data["practitioners"][0]["accepts_new_patients"] = False
    cast.practice(data)
    known, stranger = Client(), Client()
    answers = [who_comes(known, **ROCHE), who_comes(stranger)]
    assert [a["Location"] for a in answers] == ["/rendez-vous/code/"] * 2
    assert known.get(CHECK)["Location"] == "/rendez-vous/code/"
    assert known.post("/rendez-vous/code/", {"code": last_code()})["Location"] == CHECK
    known.post(CHECK)
    assert Appointment.objects.filter(patient__identifier=cast.ROCHE).count() == 2
    assert Entry.objects.get(kind="book_appointment").payload["identity"] == "verified"  # type: ignore[index]


def test_when_the_assistant_is_stopped_the_team_is_asked(client: Client, practice: Organization) -> None:
    stop = StopAssistant(stopped=True, reason="exercice")
    staff_act(stop, organization=practice, user=cast.petit(), now=cast.NOW, external_id="stop")
    who_comes(client)
    page = read(client.post(CHECK, follow=True))
    assert "Je demande à l’équipe" in page and "Rien n’est encore changé" in page
    task = Task.objects.get()
    assert task.proposal["kind"] == "book_appointment" and "Camille Bernard" in task.words
    assert not Appointment.objects.filter(patient__family="Bernard").exists()


def test_the_desk_and_the_chat_see_what_the_form_did(client: Client, practice: Organization) -> None:
    booked(client)
    page = read(client.get("/"))
    assert "Formulaire : Consultation, mardi 17 mars à 9 h 20" in page
    assert "C’est réservé : mardi 17 mars à 9 h 20 avec Dr Amar" in page
    talk = Conversation.objects.get()
    assert talk.patient is not None
    desk = Client()
    desk.force_login(cast.petit())
    assert "Formulaire : Consultation" in read(desk.get(f"/conversations/{talk.pk}/"))


def test_danger_in_a_field_comes_first(client: Client, practice: Organization) -> None:
    answer = who_comes(client, reason="j'ai une douleur qui serre dans la poitrine", year="")
    page = read(answer)
    assert re.search(r'role="alert">\s*<p>.*Appelez tout de suite le 15', page, re.DOTALL)
    assert Task.objects.get().priority == "emergency"
    assert client.get(CHECK)["Location"] == step().rstrip("?")
    again = read(client.get(place()))
    assert 'value="Camille"' in again and "qui serre" not in again


def test_danger_written_as_a_name_is_seen_too(client: Client, practice: Organization) -> None:
    page = read(who_comes(client, given="je veux en finir avec la vie"))
    assert "3114" in page and Task.objects.get().kind == "red_flag"


def test_so_is_a_name_of_three_words(client: Client, practice: Organization) -> None:
    assert "3114" in read(who_comes(client, family="je veux mourir", reason="x" * 2000))


def test_one_browser_books_five_times_a_day_at_most(client: Client, practice: Organization) -> None:
    for number in range(6):
        who_comes(client, place(f"2026-03-{20 if number < 5 else 23}T{8 + number % 3:02}:{number % 2 * 2}0Z"))
        answer = client.post(CHECK, follow=True)
    assert "Vous avez déjà pris plusieurs rendez-vous" in read(answer)
    assert Appointment.objects.filter(patient__family="Bernard").count() == 5


def test_one_phone_books_five_times_a_day_at_most_whatever_the_browser(practice: Organization) -> None:
    for number in range(6):
        client = Client()
        who_comes(client, place(f"2026-03-20T{8 + number // 3:02}:{number % 3 * 2}0Z"), given=f"Zoé{'abcdef'[number]}")
        answer = client.post(CHECK, follow=True)
    assert "Vous avez déjà pris plusieurs rendez-vous" in read(answer)
    assert Appointment.objects.filter(patient__family="Bernard").count() == 5


def test_a_form_left_too_long_begins_again(client: Client, practice: Organization, settings: Any) -> None:
    who_comes(client)
    settings.CLOCK.moment = cast.NOW.replace(hour=13)
    assert "Trop de temps a passé" in read(client.get(CHECK, follow=True))


def test_long_and_foreign_names_are_kept_as_written(client: Client, practice: Organization) -> None:
    row = booked(client, given="نور", family="de La Tour-d’Auvergne " * 4)
    assert row.patient.given == "نور" and len(row.patient.family) > 80
    page = read(client.get("/rendez-vous/", follow=True))
    assert "mardi 17 mars" in page


def test_hostile_names_are_shown_as_words(client: Client, practice: Organization) -> None:
    who_comes(client, family="<script>alert(1)</script>")
    page = client.get(CHECK).content.decode()
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page


def test_everything_the_practice_may_lack_can_be_missing(client: Client, db: None) -> None:
    data = cast.practice_file()
    data["practice"].update(phone="", email="", access="", address="")
    data["faq"] = []
    data["services"] = [{**s, "bookable_online": False} for s in data["services"]]
    cast.practice(data)
    assert "Les rendez-vous se prennent avec l’équipe" in read(client.get(step()))
    assert "sur demande" in read(client.get("/"))


def two_doctors() -> Organization:
    data = cast.practice_file()
    data["practitioners"].append(
        {"id": "vasseur", "given": "Paul", "family": "Vasseur", "profession": "médecin généraliste"}
    )
    data["services"][0]["practitioners"].append("vasseur")
    rules = [{"days": ["tue"], "start": "08:00", "end": "09:00"}]
    data["schedules"].append({"practitioner": "vasseur", "rules": rules})
    return cast.practice(data)


def test_someone_who_has_left_is_offered_to_nobody(client: Client, db: None) -> None:
    two_doctors()
    Practitioner.objects.filter(identifier="vasseur").update(active=False)
    assert "Vasseur" not in read(client.get(step(visite=cast.CONSULTATION)))
    assert "Vasseur" not in read(client.get("/"))
