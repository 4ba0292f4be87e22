"""`/boite/`: what a person must decide, the most urgent first."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client

from releve.core.acts import AUTOMATIC
from releve.intake.actions import answer, receive
from releve.intake.loading import sign
from releve.ledger.models import Entry
from releve.ledger.queries import kinds
from releve.practice.models import Appointment, Communication, Organization, Practitioner, Task
from tests import cast
from tests.pages.support import RED_FLAG, RENEWAL, post, task, written


def test_an_empty_inbox_says_what_would_come_here(desk: Client) -> None:
    assert "Rien n’attend une décision" in desk.get("/boite/").content.decode()


def test_emergencies_come_first_then_the_oldest(desk: Client, practice: Organization) -> None:
    for text in (RENEWAL, "je veux parler à quelqu'un", RED_FLAG):
        written(practice, text)
    page = desk.get("/boite/").content.decode()
    assert "3 demandes à décider" in page
    assert page.index("Alerte") < page.index("Renouvellement d’ordonnance") < page.index("Rappeler")


def test_a_request_shows_who_what_since_when_and_its_evidence(desk: Client, practice: Organization, clock: Any) -> None:
    written(practice, RENEWAL)
    clock.moment += timedelta(minutes=77)
    page = desk.get("/boite/").content.decode()
    assert "Roche Bernard" in page
    assert "1\u00a0h\u00a017" in page
    assert re.search("<mark>[^<]*renouveler mon ordonnance[^<]*</mark>", page)


def test_hostile_words_are_shown_as_words(desk: Client, practice: Organization) -> None:
    found = task(practice, "<script>alert(1)</script> je veux parler à quelqu'un")
    for address in (
        "/boite/",
        f"/boite/{found.identifier}/",
        f"/conversations/{found.conversation_id}/",
    ):
        page = desk.get(address).content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_the_review_gives_the_reasons_and_the_identity_in_french(desk: Client, practice: Organization) -> None:
    page = desk.get(f"/boite/{task(practice, RENEWAL).identifier}/").content.decode()
    assert "Un soignant décide de cette demande." in page
    assert "déclarée (nom et date de naissance donnés" in page
    assert "transmise au médecin" in page


def test_approving_with_words_sends_them_ten_seconds_later(
    physician: Client, practice: Organization, clock: Any
) -> None:
    found = task(practice, RENEWAL)
    post(physician, f"/boite/{found.identifier}/", decision="approve", text="Votre ordonnance vous attend à l’accueil.")
    found.refresh_from_db()
    assert (found.status, found.decided_by.username) == ("approved", "amar")
    assert "vous attend" not in physician.get(f"/conversations/{found.conversation_id}/").content.decode()
    clock.moment += timedelta(seconds=11)
    assert "vous attend" in physician.get(f"/conversations/{found.conversation_id}/").content.decode()


def test_a_renewal_waits_for_a_physician(desk: Client, practice: Organization) -> None:
    found = task(practice, RENEWAL)
    page = post(desk, f"/boite/{found.identifier}/", decision="approve", text="C’est prêt.")
    assert "Un médecin doit approuver" in page
    found.refresh_from_db()
    assert found.status == "open"
    assert not Communication.objects.filter(author="staff").exists()


def test_after_a_decision_comes_the_next_request(physician: Client, practice: Organization) -> None:
    first, second = task(practice, RENEWAL), task(practice, "je veux parler à quelqu'un")
    answer = physician.post(f"/boite/{first.identifier}/", {"form": str(uuid4()), "decision": "approve"})
    assert answer["Location"] == f"/boite/{second.identifier}/"
    answer = physician.post(f"/boite/{second.identifier}/", {"form": str(uuid4()), "decision": "reject"})
    assert answer["Location"] == "/boite/"


def test_a_double_click_decides_once(physician: Client, practice: Organization) -> None:
    found, form = task(practice, RENEWAL), {"form": str(uuid4()), "decision": "approve", "text": "Bien reçu."}
    for _ in range(2):
        assert physician.post(f"/boite/{found.identifier}/", form).status_code == 302
    assert kinds().count("decide_task") == 1
    assert Communication.objects.filter(author="staff").count() == 1


def test_undo_reopens_it_within_ten_seconds(desk: Client, practice: Organization, clock: Any) -> None:
    found = task(practice, RENEWAL)
    page = post(desk, f"/boite/{found.identifier}/", decision="reject", text="Non.")
    assert f"/boite/{found.identifier}/annuler/" in page
    clock.moment += timedelta(seconds=9)
    assert "de nouveau ouverte" in post(desk, f"/boite/{found.identifier}/annuler/")
    assert Task.objects.get().status == "open"
    assert not Communication.objects.filter(author="staff").exists()


def test_undo_comes_too_late_after_that(desk: Client, practice: Organization, clock: Any) -> None:
    found = task(practice, RENEWAL)
    post(desk, f"/boite/{found.identifier}/", decision="reject", text="Non.")
    clock.moment += timedelta(seconds=11)
    assert "la réponse est partie" in post(desk, f"/boite/{found.identifier}/annuler/")
    assert Task.objects.get().status == "rejected"


def test_what_approving_will_do_is_said_before(desk: Client, practice: Organization) -> None:
    without = tuple(kind for kind in AUTOMATIC if kind != "book_appointment")
    sign(practice, signed_by="Dr Amar", now=cast.NOW, acts=without)
    say = "un rdv avec Dr Amar mardi après-midi, pour Camille Bernard née le 4 juin 1991, 06 39 98 10 03"
    talk = written(practice, say, "mardi 17 mars à 14 h", "oui")
    page = desk.get(f"/boite/{talk.tasks.get().identifier}/").content.decode()
    assert "Prendre ce rendez-vous\u00a0?" in page
    assert "Dr\u00a0Amar" in page
    assert "14\u00a0h" in page


def test_a_refusal_says_why(desk: Client, practice: Organization) -> None:
    found = task(practice, RENEWAL)
    post(desk, f"/boite/{found.identifier}/", decision="reject:needs_visit")
    found.refresh_from_db()
    assert (found.status, found.refusal) == ("rejected", "needs_visit")
    assert "il faut un rendez-vous" in desk.get(f"/boite/{found.identifier}/").content.decode()
    post(desk, f"/boite/{found.identifier}/annuler/")
    found.refresh_from_db()
    assert (found.status, found.refusal) == ("open", "")


def test_the_conflicts_of_one_agenda_are_gone_through_alone(desk: Client, practice: Organization) -> None:
    """« Voir dans la boîte » of an agenda kept elsewhere leads to its own tasks; deciding one, to the next of them."""
    other = task(practice, RENEWAL)
    amar = Practitioner.objects.get(identifier=cast.AMAR)
    mine = [
        Task.objects.create(
            organization=practice, identifier=f"t-{key}", kind="booking_help", words="Deux engagements",
            priority="routine", created_at=cast.NOW, proposal={"kind": "conflict", "appointment": key}, status="open",
        )
        for key in (Appointment.objects.get(identifier=cast.ROCHE_THURSDAY).pk, -amar.pk, 987654)
    ]  # fmt: skip
    page = desk.get("/boite/?conflits=amar").content.decode()
    assert "2 conflits avec l’autre agenda de Dr" in page and other.identifier not in page
    assert mine[2].identifier not in page, "of somebody else’s agenda"
    first = f"/boite/{mine[0].identifier}/?conflits=amar"
    assert f'href="{first}"' in page and f'action="{first}"' in page
    done = desk.post(first, {"decision": "approve", "form": str(uuid4())})
    assert done.headers["Location"] == f"/boite/{mine[1].identifier}/?conflits=amar"
    assert other.identifier in desk.get("/boite/?conflits=personne").content.decode()


def test_a_request_is_passed_on_and_found_again_by_its_person(desk: Client, practice: Organization) -> None:
    found, amar = task(practice, RENEWAL), cast.amar()
    assert "transmise à" in post(desk, f"/boite/{found.identifier}/", to=str(amar.pk))
    physician = Client()
    physician.force_login(amar)
    assert found.identifier in physician.get("/boite/?pour=moi").content.decode()
    assert "Rien n’attend" in desk.get("/boite/?pour=moi").content.decode() or found.identifier not in (
        desk.get("/boite/?pour=moi").content.decode()
    )
    assert kinds()[-1] == "assign_task"
    post(desk, f"/boite/{found.identifier}/", to="")
    found.refresh_from_db()
    assert found.assigned_to is None


def test_nobody_can_be_given_a_request_who_is_not_of_the_team(desk: Client, practice: Organization) -> None:
    found = task(practice, RENEWAL)
    for to in ("0", "x", "99999"):
        post(desk, f"/boite/{found.identifier}/", to=to)
    found.refresh_from_db()
    assert found.assigned_to is None


def test_a_decision_that_is_refused_keeps_what_was_typed(desk: Client, practice: Organization) -> None:
    found = task(practice, RENEWAL)
    page = post(desk, f"/boite/{found.identifier}/", decision="approve", text="C’est prêt à l’accueil.")
    assert "Un médecin doit approuver" in page
    assert "C’est prêt à l’accueil.</textarea>" in page


def test_ten_decisions_in_a_breath_bring_a_kind_word(desk: Client, practice: Organization) -> None:
    for number in range(10):
        page = post(desk, f"/boite/{task(practice, 'je veux parler à quelqu’un').identifier}/", decision="approve")
        assert ("prenez le temps de lire" in page) == (number == 9)


def test_four_hundred_requests_are_drawn_in_few_queries(
    desk: Client, practice: Organization, django_assert_max_num_queries: Any
) -> None:
    Task.objects.bulk_create(
        Task(organization=practice, identifier=f"t{n}", kind="callback", words="rappelez-moi", created_at=cast.NOW)
        for n in range(400)
    )
    with django_assert_max_num_queries(12):
        page = desk.get("/boite/").content.decode()
    assert "400 demandes à décider" in page
    assert "Les 200 premières" in page


def test_an_answer_left_as_it_was_drafted_is_no_change(desk: Client, practice: Organization) -> None:
    """Browsers send line ends of their own, and hostile ones a zero byte that PostgreSQL refuses."""
    found = task(practice, "je veux parler à quelqu'un")
    Task.objects.filter(pk=found.pk).update(draft="Bonjour,\nnous vous rappelons.")
    post(desk, f"/boite/{found.identifier}/", decision="approve", text="Bonjour,\r\nnous vous rappelons.\x00")
    found.refresh_from_db()
    assert Entry.objects.get(kind="decide_task").payload["act"]["decision"] == "approve"
    assert found.draft == "Bonjour,\nnous vous rappelons."


def test_a_colleague_of_many_figures_is_nobody(desk: Client, practice: Organization) -> None:
    found = task(practice, "je veux parler à quelqu'un")
    assert desk.post(f"/boite/{found.identifier}/", {"form": str(uuid4()), "to": "9" * 5000}).status_code == 302
    assert desk.get(f"/patients/{cast.ROCHE}/reunir/", {"autre": "9" * 5000}).status_code == 404


def test_an_alert_stands_once_for_a_conversation_until_it_is_dealt_with(desk: Client, practice: Organization) -> None:
    talk = written(practice, RED_FLAG, RED_FLAG, RED_FLAG)
    alert = talk.tasks.get(kind="red_flag")
    post(desk, f"/boite/{alert.identifier}/", decision="approve")
    again = receive(
        organization=practice, conversation=talk.identifier, channel="webchat", address=None, text=RED_FLAG,
        external_id="again", at=cast.NOW,
    )  # fmt: skip
    answer(again)
    assert talk.tasks.filter(kind="red_flag", status="open").count() == 1
    assert talk.tasks.filter(kind="red_flag").count() == 2
