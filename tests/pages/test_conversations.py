"""`/conversations/`: reading, taking over, answering as a person, giving back."""

from uuid import uuid4

from django.test import Client

from releve.ledger.queries import kinds
from releve.post.models import Outgoing
from releve.practice.models import Communication, Organization
from tests import cast
from tests.pages.support import post, written


def test_nobody_has_written_yet(desk: Client) -> None:
    assert "Personne n’a encore écrit" in desk.get("/conversations/").content.decode()


def test_an_address_is_never_shown_whole(desk: Client, practice: Organization) -> None:
    written(practice, "vous êtes ouverts samedi ?", channel="sms", address="+33639981099")
    page = desk.get("/conversations/").content.decode()
    assert "••••\u00a099" in page
    assert "33639981099" not in page


def test_taking_over_stops_the_assistant(desk: Client, practice: Organization) -> None:
    talk = written(practice, "bonjour")
    assert "Vous avez la main" in post(desk, f"/conversations/{talk.pk}/prendre/")
    talk.refresh_from_db()
    assert (talk.with_person, talk.taken_by.username) == (True, "petit")


def test_answering_as_a_person_takes_over(desk: Client, practice: Organization) -> None:
    talk = written(practice, "bonjour")
    page = post(desk, f"/conversations/{talk.pk}/", text="Bonjour, ici Mme Petit.")
    assert "ici Mme Petit" in page
    assert kinds()[-2:] == ["take_over", "send_message"]


def test_the_same_form_sent_twice_is_one_answer(desk: Client, practice: Organization) -> None:
    talk, form = written(practice, "bonjour"), {"form": str(uuid4()), "text": "Oui."}
    for _ in range(2):
        assert desk.post(f"/conversations/{talk.pk}/", form).status_code == 302
    assert Communication.objects.filter(author="staff").count() == 1


def test_an_sms_answer_goes_to_the_outbox(desk: Client, practice: Organization) -> None:
    talk = written(practice, "bonjour", channel="sms", address=cast.ROCHE_PHONE)
    post(desk, f"/conversations/{talk.pk}/", text="Oui, c’est noté.")
    assert Outgoing.objects.get(purpose="staff").address == cast.ROCHE_PHONE


def test_giving_back_lets_the_assistant_answer(desk: Client, practice: Organization) -> None:
    talk = written(practice, "je veux parler à quelqu'un")
    assert "L’assistant répond de nouveau" in post(desk, f"/conversations/{talk.pk}/rendre/")
    talk.refresh_from_db()
    assert not talk.with_person


def test_an_empty_answer_does_not_leave(desk: Client, practice: Organization) -> None:
    talk = written(practice, "bonjour")
    assert "rien n’est parti" in post(desk, f"/conversations/{talk.pk}/", text=" ")
    assert not Communication.objects.filter(author="staff").exists()
