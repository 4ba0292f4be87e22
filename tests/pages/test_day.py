"""`/journee/`: what needs me, who comes, what changed; and what changed for tomorrow."""

from datetime import timedelta
from typing import Any

from django.test import Client

from releve.core.acts import BookAppointment, CancelAppointment, RescheduleAppointment
from releve.intake.actions import staff_act
from releve.practice.models import Appointment, HealthcareService, Organization, Patient, Practitioner, User
from tests import cast
from tests.pages.support import RED_FLAG, RENEWAL, written


def book(practice: Organization, start: Any, key: str = "1", patient: str = cast.ROCHE) -> Appointment:
    act = BookAppointment(
        patient=Patient.objects.get(identifier=patient).pk,
        practitioner=Practitioner.objects.get(identifier=cast.AMAR).pk,
        service=HealthcareService.objects.get(identifier=cast.CONSULTATION).pk,
        start=start,
    )
    done = staff_act(act, organization=practice, user=User.objects.get(username="petit"), now=cast.NOW, external_id=key)
    return Appointment.objects.get(pk=done.record)


def test_a_day_without_anything_says_what_would_be_there(desk: Client) -> None:
    page = desk.get("/journee/").content.decode()
    assert "Rien ne vous attend" in page
    assert "Personne n’est attendu aujourd’hui" in page


def test_the_day_opens_with_a_sentence(desk: Client, practice: Organization) -> None:
    written(practice, RENEWAL)
    written(practice, RED_FLAG)
    page = " ".join(desk.get("/journee/").content.decode().split())
    assert '<strong>Deux demandes</strong> vous attendent, <strong class="hot">une tout de suite</strong>.' in page
    assert page.index("Tout de suite") < page.index("Courant")


def test_requests_are_numbered_for_the_keyboard(desk: Client, practice: Organization) -> None:
    for _ in range(11):
        written(practice, "je veux parler à quelqu'un")
    page = desk.get("/journee/").content.decode()
    assert all(f'data-key="{n}"' in page for n in range(1, 10))
    assert 'data-key="10"' not in page


def test_who_comes_and_who_is_here(desk: Client, practice: Organization, clock: Any) -> None:
    at = cast.NOW.replace(hour=10)
    row = book(practice, at)
    page = desk.get("/journee/").content.decode()
    assert "Bernard Roche" in page
    assert "sans réponse" in page
    clock.moment = at + timedelta(minutes=25)
    desk.post("/reprendre/", {"password": cast.PASSWORD})
    Appointment.objects.filter(pk=row.pk).update(status="arrived", arrived_at=at)
    page = desk.get("/journee/").content.decode()
    assert "en salle" in page
    assert "attend depuis 25\u00a0min" in page
    assert "Une personne patiente." in page


def test_what_changed_since_the_last_look(desk: Client, practice: Organization, clock: Any) -> None:
    desk.get("/journee/")
    clock.moment += timedelta(minutes=10)
    written(practice, RENEWAL)
    seen = User.objects.get(username="petit").seen_at
    assert seen == cast.NOW
    page = desk.get("/journee/").content.decode()
    assert "emande confiée à l’équipe\u00a0: renouvellement d’ordonnance" in page


def test_a_background_look_is_no_look(desk: Client, practice: Organization) -> None:
    desk.get("/journee/", headers={"HX-Request": "true"})
    assert User.objects.get(username="petit").seen_at is None


def test_tomorrow_tells_what_came_left_and_moved(desk: Client, practice: Organization) -> None:
    tomorrow = (cast.NOW + timedelta(days=1)).replace(hour=9)
    came, left = book(practice, tomorrow), book(practice, tomorrow.replace(hour=11), "2", cast.MOTHER)
    moved = book(practice, tomorrow.replace(hour=15), "3", cast.LEA)
    later = (cast.NOW + timedelta(days=3)).replace(hour=15)
    acts = (
        CancelAppointment(appointment=left.pk, patient=left.patient_id),
        RescheduleAppointment(
            appointment=moved.pk, patient=moved.patient_id, practitioner=moved.practitioner_id, start=later
        ),
    )
    for number, act in enumerate(acts):
        staff_act(
            act, organization=practice, user=User.objects.get(username="petit"), now=cast.NOW, external_id=f"x{number}"
        )
    book(practice, later.replace(hour=9), "4")  # of another day: not told
    page = desk.get("/journee/demain/").content.decode()
    assert "Demain, mardi 17\u00a0mars" in page
    assert page.count("rendez-vous pris") == 3
    assert "rendez-vous annulé" in page
    assert "rendez-vous déplacé au jeu.\u00a019\u00a0mars à 15\u00a0h" in page
    assert f"/agenda/rendez-vous/{came.identifier}/" in page


def test_few_queries_whatever_the_day(desk: Client, practice: Organization, django_assert_max_num_queries: Any) -> None:
    written(practice, RENEWAL)
    written(practice, RED_FLAG)
    book(practice, cast.NOW.replace(hour=10))
    desk.get("/journee/")
    for page in ("/journee/", "/journee/demain/"):
        with django_assert_max_num_queries(12):
            desk.get(page)
