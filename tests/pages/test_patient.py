"""One patient's page: what it shows, contacts, identity, writing to them, duplicates."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from releve.core.acts import NewPatient
from releve.ledger import queries as ledger
from releve.post.models import Outgoing
from releve.practice import actions
from releve.practice.models import Appointment, Conversation, Organization, Patient
from tests import cast
from tests.pages import crowd
from tests.pages.support import RENEWAL, post, written

PAGE = "/patients/roche/"


def shown(desk: Client, address: str = PAGE) -> str:
    return desk.get(address).content.decode().replace("\u00a0", " ")


def roche() -> Patient:
    return Patient.objects.get(identifier=cast.ROCHE)


def acts() -> list[str]:
    return [leaf["kind"] for leaf in ledger.about(f"patient:{roche().pk}")]


# --- reading --------------------------------------------------------------------------------------------------------
def test_who_it_is_and_what_comes_next(desk: Client) -> None:
    page = shown(desk)
    for words in ("Bernard Roche", "71 ans", "né le 3 mai 1954", "06 39 98 10 01", "jeudi 19 mars à 9 h 40", "Dr Amar"):
        assert words in page
    assert f"/agenda/rendez-vous/{cast.ROCHE_THURSDAY}/deplacer/" in page
    assert "/agenda/nouveau/?patient=roche" in page


def test_past_appointments_are_folded(desk: Client) -> None:
    crowd.appointments(roche())
    assert "Voir encore 54 plus anciens" in shown(desk)
    assert shown(desk, f"{PAGE}?tout").count("terminé") == 60


def test_their_words_and_requests(desk: Client, practice: Organization) -> None:
    talk = written(practice, RENEWAL)
    Conversation.objects.filter(pk=talk.pk).update(patient=roche())
    talk.tasks.update(patient=roche())
    page = shown(desk)
    assert f'href="/boite/{talk.tasks.get().identifier}/"' in page
    assert f'href="/conversations/{talk.pk}/"' in page
    assert "Demande confiée à l’équipe : renouvellement d’ordonnance" in page


def test_history_says_who_did_it(desk: Client) -> None:
    post(desk, f"/agenda/rendez-vous/{cast.ROCHE_THURSDAY}/annuler/")
    page = shown(desk)
    assert "Rendez-vous annulé, jeu. 19 mars à 9 h 40, Dr Amar" in page
    assert "Hélène Petit" in page


def test_what_the_assistant_did_is_signed_so(desk: Client, practice: Organization) -> None:
    written(practice, "je viens bien jeudi, Bernard Roche, 3 mai 1954", "oui", channel="sms", address=cast.ROCHE_PHONE)
    page = shown(desk)
    assert "jeu. 19 mars à 9 h 40" in page
    assert '<span class="agent">Assistant</span>' in page


def test_stop_is_shown(desk: Client, practice: Organization) -> None:
    actions.opt_out(organization=practice, channel="sms", address=cast.ROCHE_PHONE, now=cast.NOW)
    assert "STOP aux SMS" in shown(desk)


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "שלום עולם", "x" * 3000])
def test_hostile_words_stay_words(desk: Client, practice: Organization, words: str) -> None:
    talk = written(practice, words)
    Conversation.objects.filter(pk=talk.pk).update(patient=roche())
    assert "<script>alert" not in shown(desk)


def test_nobody(desk: Client) -> None:
    assert desk.get("/patients/personne/").status_code == 404


def test_queries(desk: Client, practice: Organization, django_assert_max_num_queries: Any) -> None:
    crowd.patients(practice)
    crowd.appointments(roche())
    talk = written(practice, RENEWAL)
    Conversation.objects.filter(pk=talk.pk).update(patient=roche())
    post(desk, f"{PAGE}contact/", phone="06 39 98 10 55")
    for address in (PAGE, f"{PAGE}?tout", f"{PAGE}ecrire/", f"{PAGE}identite/"):
        with django_assert_max_num_queries(12):
            desk.get(address)


# --- contacts -------------------------------------------------------------------------------------------------------
def test_a_contact_is_changed_and_put_back(desk: Client) -> None:
    page = post(desk, f"{PAGE}contact/", phone="06 39 98 10 55", email="b.roche@courriel.example")
    assert "Contacts changés" in page
    assert (roche().phone, roche().email) == ("+33639981055", "b.roche@courriel.example")
    assert "06 39 98 10 01 → 06 39 98 10 55" in shown(desk)
    assert f'action="{PAGE}contact/annuler/"' in page
    post(desk, f"{PAGE}contact/annuler/")
    assert (roche().phone, roche().email) == (cast.ROCHE_PHONE, None)
    assert acts() == ["update_contact", "update_contact"]


def test_the_new_number_finds_them_and_the_old_one_does_not(desk: Client) -> None:
    post(desk, f"{PAGE}contact/", phone="06 39 98 10 55")
    assert PAGE in desk.post("/chercher/", {"q": "981055"}, follow=True).content.decode()
    assert PAGE not in desk.post("/chercher/", {"q": "981001"}, follow=True).content.decode()


def test_an_empty_field_removes_the_contact(desk: Client) -> None:
    post(desk, f"{PAGE}contact/", phone="", email="")
    assert roche().phone is None


def test_nothing_changed_writes_nothing(desk: Client) -> None:
    post(desk, f"{PAGE}contact/", phone="+33639981001")
    assert acts() == []


def test_a_bad_contact_is_told_and_kept_on_the_page(desk: Client) -> None:
    page = post(desk, f"{PAGE}contact/", phone="12", email="b.roche@courriel.example")
    assert "n’est pas un téléphone" in page
    assert 'value="12"' in page
    assert roche().phone == cast.ROCHE_PHONE


def test_undo_does_not_overwrite_what_changed_since(desk: Client) -> None:
    post(desk, f"{PAGE}contact/", phone="06 39 98 10 55")
    Patient.objects.update(phone="+33639981066")
    assert "rien n’a été remis" in post(desk, f"{PAGE}contact/annuler/")
    assert roche().phone == "+33639981066"


# --- identity -------------------------------------------------------------------------------------------------------
NAMES = {"family": "Rocher", "given": "Bernard", "birth_date": "4 mai 1954", "sex": "M"}


def test_identity_changes_with_a_reason(desk: Client) -> None:
    post(desk, f"{PAGE}identite/", **NAMES, reason="carte d’identité vue")
    assert (roche().family, roche().birth_date.isoformat()) == ("Rocher", "1954-05-04")
    assert "nom : Roche → Rocher, naissance : 3 mai 1954 → 4 mai 1954, « carte d’identité vue »" in shown(desk)
    assert PAGE in desk.post("/chercher/", {"q": "rocher"}, follow=True).content.decode()


def test_identity_does_not_change_without_a_reason(desk: Client) -> None:
    assert "obligatoire" in post(desk, f"{PAGE}identite/", **NAMES)
    assert roche().family == "Roche"
    assert acts() == []


# --- writing to them ------------------------------------------------------------------------------------------------
def test_writing_opens_a_conversation_on_the_contact(desk: Client) -> None:
    page = post(desk, f"{PAGE}ecrire/", channel="sms", text="Pouvez-vous nous rappeler ?")
    talk = Conversation.objects.get(address=cast.ROCHE_PHONE)
    assert (talk.channel, talk.patient, talk.with_person) == ("sms", roche(), True)
    assert "Pouvez-vous nous rappeler ?" in page
    assert Outgoing.objects.get(purpose="staff").address == cast.ROCHE_PHONE
    assert acts() == ["write_to_patient"]


def test_writing_goes_on_in_the_conversation_there_is(desk: Client, practice: Organization) -> None:
    talk = written(practice, "bonjour", channel="sms", address=cast.ROCHE_PHONE)
    post(desk, f"{PAGE}ecrire/", channel="sms", text="Bonjour monsieur.")
    assert Conversation.objects.filter(address=cast.ROCHE_PHONE).count() == 1
    assert talk.messages.filter(author="staff").count() == 1


def test_stop_is_kept(desk: Client, practice: Organization) -> None:
    actions.opt_out(organization=practice, channel="sms", address=cast.ROCHE_PHONE, now=cast.NOW)
    page = post(desk, f"{PAGE}ecrire/", channel="sms", text="Bonjour monsieur.")
    assert "rien n’est parti" in page
    assert "Bonjour monsieur." in page
    assert not Outgoing.objects.filter(purpose="staff").exists()


@pytest.mark.parametrize(("channel", "text"), [("sms", "  "), ("email", "Bonjour"), ("pigeon", "Bonjour")])
def test_a_message_that_cannot_leave(desk: Client, channel: str, text: str) -> None:
    assert "rien n’est parti" in post(desk, f"{PAGE}ecrire/", channel=channel, text=text)
    assert not Conversation.objects.exists()


# --- duplicates -----------------------------------------------------------------------------------------------------
@pytest.fixture
def twin(practice: Organization) -> Patient:
    """A second file for M. Roche, with an appointment and a spelling of its own."""
    new = NewPatient("Bernard", "Roché", roche().birth_date, "+33639981088")
    made = actions.create_patient(organization=practice, new=new)
    row = Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)
    row.pk, row.identifier, row.patient = None, "twin-visit", made
    row.start, row.end = row.start + timedelta(days=7), row.end + timedelta(days=7)
    row.save()
    return made


def test_a_probable_duplicate_is_pointed_out(desk: Client, twin: Patient) -> None:
    assert f"/patients/roche/reunir/?autre={twin.pk}" in shown(desk)
    page = shown(desk, f"/patients/roche/reunir/?autre={twin.pk}")
    assert "06 39 98 10 88" in page
    assert "1, dont 1 à venir" in page


def test_two_files_become_one_and_two_again(desk: Client, twin: Patient) -> None:
    page = post(desk, "/patients/roche/reunir/", other=str(twin.pk), keep=str(roche().pk))
    assert "n’en font qu’une" in page
    assert roche().appointments.count() == 2
    assert desk.get(f"/patients/{twin.identifier}/", follow=True).redirect_chain[0][0].startswith(PAGE)
    assert PAGE in desk.post("/chercher/", {"q": "981088"}, follow=True).content.decode()
    post(desk, "/patients/roche/separer/", other=str(twin.pk))
    twin.refresh_from_db()
    assert twin.merged_into is None
    assert [a.identifier for a in twin.appointments.all()] == ["twin-visit"]
    assert PAGE not in desk.post("/chercher/", {"q": "981088"}, follow=True).content.decode()


def test_the_other_file_may_be_kept(desk: Client, twin: Patient) -> None:
    post(desk, "/patients/roche/reunir/", other=str(twin.pk), keep=str(twin.pk))
    assert roche().merged_into == twin
    assert twin.appointments.count() == 2


def test_a_file_is_merged_once(desk: Client, twin: Patient) -> None:
    post(desk, "/patients/roche/reunir/", other=str(twin.pk))
    assert desk.get(f"/patients/roche/reunir/?autre={twin.pk}").status_code == 404
    assert desk.get(f"/patients/roche/reunir/?autre={roche().pk}").status_code == 404


def test_what_is_not_together_cannot_be_taken_apart(desk: Client, twin: Patient) -> None:
    assert "rien n’a été changé" in post(desk, "/patients/roche/separer/", other=str(twin.pk))
