"""`/agenda/absence/`: who is away, another place for each, one batch, and who answered what."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from releve.intake.actions import answer, fire_due, receive
from releve.ledger import queries as ledger
from releve.post.models import Outgoing
from releve.practice.models import Allocation, Appointment, BusyTime, Consent, Offer, Organization, Patient, Task
from tests import cast
from tests.pages.support import post

ABSENCE = "/agenda/absence/"
THURSDAY = {"who": cast.AMAR, "first": "2026-03-19", "reason": "Formation"}
ROCHE = "/agenda/rendez-vous/roche-thursday/"


def roche() -> Appointment:
    return Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)


def choice(row: Appointment) -> str:
    return f"choix-{row.pk}"


def at(day: int, hour: int, minute: int = 0) -> str:
    return f"{cast.AMAR}|2026-03-{day:02d}T{hour:02d}:{minute:02d}:00+01:00"


def listed(desk: Client, **said: str) -> dict[str, str]:
    """What the form says once the list has been seen."""
    page = desk.post(ABSENCE, {**THURSDAY, **said, "montrer": "1"}).content.decode()
    seen = re.search(r'name="vu" value="([^"]+)"', page)
    assert seen is not None
    return {**THURSDAY, **said, "vu": seen[1], "envoyer": "1"}


def sent(desk: Client, chosen: str, **said: str) -> str:
    """The absence of Thursday, with what was chosen for M. Roche."""
    return post(desk, ABSENCE, **{**listed(desk, **said), choice(roche()): chosen})


def replies(practice: Organization, text: str, at: datetime) -> list[str]:
    event = receive(
        organization=practice, conversation="sms-roche", channel="sms", address=cast.ROCHE_PHONE, text=text,
        external_id=str(uuid4()), at=at,
    )  # fmt: skip
    return list(answer(event)["messages"])


# --- before anything leaves ------------------------------------------------------------------------------------------
def test_what_falls_in_it_is_shown_and_nothing_leaves(desk: Client) -> None:
    page = post(desk, ABSENCE, **THURSDAY, montrer="1")
    assert "1 rendez-vous tombe pendant l’absence" in page
    assert "Roche" in page and "Fontaine" not in page
    assert "Envoyer 1 proposition" in page
    assert not BusyTime.objects.exists() and not Outgoing.objects.exists()


def test_the_same_hour_the_next_day_comes_first(desk: Client) -> None:
    page = post(desk, ABSENCE, **THURSDAY, montrer="1")
    assert f'<option value="{at(20, 9, 40)}" selected>' in page


def test_half_a_day(desk: Client) -> None:
    assert "Aucun rendez-vous" in post(desk, ABSENCE, **THURSDAY, start="13:00", montrer="1")
    assert "1 rendez-vous" in post(desk, ABSENCE, **THURSDAY, end="13:00", montrer="1")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"last": "2026-03-18"}, "La fin vient après le début"),
        ({"first": "2026-03-10"}, "déjà passée"),
        ({"first": "9999-12-31"}, "champs signalés"),
        ({"first": "2026-02-30"}, "champs signalés"),
        ({"who": "personne"}, "champs signalés"),
        ({"last": "2028-03-19"}, "moins d’un an"),
        ({"start": "25:00"}, "champs signalés"),
    ],
)
def test_an_impossible_absence_is_told_at_its_field(desk: Client, said: dict[str, str], words: str) -> None:
    answer = desk.post(ABSENCE, {**THURSDAY, **said, "envoyer": "1"})
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not BusyTime.objects.exists()


def test_two_people_never_get_the_same_place(desk: Client, practice: Organization) -> None:
    other = booked(practice, cast.MOTHER, "2026-03-19T10:00")
    page = post(desk, ABSENCE, **THURSDAY, montrer="1")
    assert page.count(" selected>Vendredi") == 2 and page.count(f'<option value="{at(20, 9, 40)}"') == 1
    same = {choice(roche()): at(20, 15), choice(other): at(20, 15)}
    answer = desk.post(ABSENCE, {**listed(desk), **same})
    assert answer.status_code == 422 and "déjà donnée à quelqu’un" in answer.content.decode()
    assert not Offer.objects.exists() and not BusyTime.objects.exists()


def booked(practice: Organization, patient: str, start: str) -> Appointment:
    begin = datetime.fromisoformat(start).replace(tzinfo=cast.PARIS)
    like = roche()
    row = Appointment.objects.create(
        organization=practice, identifier=f"a-{start}", patient=Patient.objects.get(identifier=patient),
        practitioner=like.practitioner, service=like.service, start=begin, end=begin + timedelta(minutes=20),
    )  # fmt: skip
    Allocation.objects.create(schedule=like.practitioner.schedule, start=row.start, end=row.end, appointment=row)
    return row


def test_a_place_of_somebody_s_own_making_is_refused(desk: Client) -> None:
    for place in (at(22, 3), at(19, 14), "amar|pas-une-date", at(17, 10)):
        answer = desk.post(ABSENCE, {**listed(desk), choice(roche()): place})
        assert answer.status_code == 422, place
    assert not BusyTime.objects.exists()


# --- the batch -------------------------------------------------------------------------------------------------------
def test_one_button_keeps_the_absence_and_writes(desk: Client) -> None:
    page = sent(desk, at(20, 9, 40))
    assert "Absence notée. 1 proposition envoyée." in page and "proposé" in page
    absence = BusyTime.objects.get()
    assert timezone.localtime(absence.start).date() == date(2026, 3, 19) and absence.reason == "Formation"
    message = Outgoing.objects.get(purpose="offer")
    assert message.address == cast.ROCHE_PHONE and "Formation" not in message.text
    assert "jeudi 19\u00a0mars à 9\u00a0h\u00a040" in message.text and "vendredi 20\u00a0mars" in message.text
    assert roche().status == "booked", "nobody is cancelled by an absence"
    kinds = [leaf["kind"] for leaf in ledger.about(f"appointment:{roche().pk}")]
    assert kinds == ["propose_move"]
    assert ledger.about(f"absence:{absence.pk}")[0]["payload"]["act"]["appointments"] == [roche().pk]


def test_the_place_proposed_is_no_freed_place_of_the_waiting_list(desk: Client) -> None:
    """There, « Proposer au suivant » would take it from them."""
    sent(desk, at(20, 9, 40))
    assert "Proposer au suivant" not in desk.get("/liste-attente/").content.decode()


def test_other_dates_than_those_seen_send_nothing(desk: Client) -> None:
    """The list is of Thursday; the form now says Friday."""
    page = post(desk, ABSENCE, **{**listed(desk), choice(roche()): at(20, 9, 40), "first": "2026-03-20"})
    assert "Aucun rendez-vous ne tombe" in page and not BusyTime.objects.exists()


def test_the_same_form_sent_twice_is_one_absence(desk: Client) -> None:
    said = {**listed(desk), choice(roche()): at(20, 9, 40), "form": str(uuid4())}
    desk.post(ABSENCE, said)
    desk.post(ABSENCE, said)
    assert BusyTime.objects.count() == 1 and Offer.objects.count() == 1


def test_nothing_can_be_booked_in_it(desk: Client) -> None:
    sent(desk, "laisser")
    page = desk.get("/agenda/?jour=2026-03-19").content.decode()
    assert "absence ce jour, médecin généraliste" in page and "Absence\u00a0: Formation" in page


def test_a_yes_takes_the_new_place_and_gives_the_old_one_up(desk: Client, practice: Organization) -> None:
    sent(desk, at(20, 9, 40))
    said = replies(practice, "oui", cast.NOW + timedelta(minutes=5))
    assert "C’est réservé" in " ".join(said)
    assert roche().status == "cancelled"
    new = Appointment.objects.get(patient=roche().patient, status="booked")
    assert new.start == datetime(2026, 3, 20, 9, 40, tzinfo=cast.PARIS)
    assert "accepté" in desk.get(f"{ABSENCE}{BusyTime.objects.get().pk}/").content.decode()
    assert not Outgoing.objects.filter(purpose="cancelled").exists()


def test_a_no_becomes_a_call(desk: Client, practice: Organization) -> None:
    sent(desk, at(20, 9, 40))
    said = replies(practice, "non", cast.NOW + timedelta(minutes=5))
    assert "vous appelle" in " ".join(said) and "liste d’attente" not in " ".join(said)
    assert roche().status == "booked" and Task.objects.get().kind == "booking_help"
    assert not Allocation.objects.exclude(hold="").exists()
    page = desk.get(f"{ABSENCE}{BusyTime.objects.get().pk}/").content.decode()
    assert "à appeler" in page and "a refusé l’autre date" in page


def test_silence_becomes_a_call(desk: Client, practice: Organization) -> None:
    sent(desk, at(20, 9, 40))
    fire_due(practice, cast.NOW + timedelta(days=2))
    assert Offer.objects.get().status == "expired" and Task.objects.get().status == "open"
    page = desk.get(f"{ABSENCE}{BusyTime.objects.get().pk}/").content.decode()
    assert "n’a pas répondu" in page


def test_a_late_yes_still_counts_and_nobody_calls(desk: Client, practice: Organization) -> None:
    sent(desk, at(20, 9, 40))
    fire_due(practice, cast.NOW + timedelta(days=2))
    replies(practice, "oui", cast.NOW + timedelta(days=2, minutes=1))
    assert roche().status == "cancelled" and Task.objects.get().status == "approved"


def test_a_call_is_a_task(desk: Client) -> None:
    sent(desk, "appeler")
    task = Task.objects.get()
    assert task.patient == roche().patient and "19\u00a0mars" in task.words
    assert not Outgoing.objects.exists()


def test_moving_it_by_hand_settles_the_matter(desk: Client) -> None:
    sent(desk, at(20, 9, 40))
    assert "déplacé au" in post(desk, f"{ROCHE}deplacer/", place=at(23, 9))
    assert Offer.objects.get().status == "withdrawn" and not Allocation.objects.exclude(hold="").exists()
    assert "déplacé" in desk.get(f"{ABSENCE}{BusyTime.objects.get().pk}/").content.decode()


@pytest.mark.parametrize("stop", [True, False])
def test_whoever_cannot_be_written_to_is_called(desk: Client, practice: Organization, stop: bool) -> None:
    if stop:
        Consent.objects.create(organization=practice, channel="sms", address=cast.ROCHE_PHONE, opted_out_at=cast.NOW)
    else:
        Patient.objects.filter(identifier=cast.ROCHE).update(phone=None, email=None)
    page = post(desk, ABSENCE, **THURSDAY, montrer="1")
    assert '<option value="appeler" selected>' in page
    assert ("Ne veut plus de messages" if stop else "Ni portable ni adresse") in page
    assert desk.post(ABSENCE, {**listed(desk), choice(roche()): at(20, 9, 40)}).status_code == 422


def test_messages_wait_for_permitted_hours(desk: Client, practice: Organization, clock: Any) -> None:
    clock.moment = datetime(2026, 3, 16, 21, 30, tzinfo=cast.PARIS)
    desk.force_login(cast.User.objects.get(username="petit"))
    sent(desk, at(20, 9, 40))
    assert Outgoing.objects.get(purpose="offer").send_after == datetime(2026, 3, 17, 8, 0, tzinfo=cast.PARIS)
    assert Offer.objects.get().expires_at > datetime(2026, 3, 17, 12, 0, tzinfo=cast.PARIS)


def test_no_reminder_for_what_cannot_take_place(desk: Client, practice: Organization) -> None:
    sent(desk, "laisser")
    fire_due(practice, datetime(2026, 3, 18, 20, 0, tzinfo=cast.PARIS))
    assert not Outgoing.objects.filter(purpose="reminder", address=cast.ROCHE_PHONE).exists()


# --- coming back -----------------------------------------------------------------------------------------------------
def test_an_absence_that_does_not_take_place(desk: Client, practice: Organization, clock: Any) -> None:
    sent(desk, at(20, 9, 40))
    clock.moment += timedelta(minutes=1)
    key = BusyTime.objects.get().pk
    page = post(desk, f"{ABSENCE}{key}/retour/")
    assert "n’aura pas lieu" in page and "maintenu" in page
    assert Offer.objects.get().status == "withdrawn" and not Allocation.objects.exclude(hold="").exists()
    assert "est maintenu" in Outgoing.objects.get(purpose="kept").text
    assert roche().status == "booked"


def test_before_the_message_has_left_nobody_is_told_anything(desk: Client, practice: Organization, clock: Any) -> None:
    clock.moment = datetime(2026, 3, 16, 21, 30, tzinfo=cast.PARIS)
    desk.force_login(cast.User.objects.get(username="petit"))
    sent(desk, at(20, 9, 40))
    post(desk, f"{ABSENCE}{BusyTime.objects.get().pk}/retour/")
    assert not Outgoing.objects.exists()


def test_an_earlier_return_frees_what_follows(desk: Client) -> None:
    sent(desk, at(26, 9, 40), last="2026-03-25")
    key = BusyTime.objects.get().pk
    assert "Retour noté" in post(desk, f"{ABSENCE}{key}/retour/", retour="1", jour="2026-03-20", heure="08:00")
    assert BusyTime.objects.get().end == datetime(2026, 3, 20, 8, 0, tzinfo=cast.PARIS)
    assert Offer.objects.get().status == "open", "Thursday is still in it"


@pytest.mark.parametrize("values", [{"jour": "2026-03-18"}, {"jour": "2031-01-01"}, {"jour": "x", "heure": "99:99"}])
def test_an_impossible_return_is_refused(desk: Client, values: dict[str, str]) -> None:
    sent(desk, "laisser")
    page = post(desk, f"{ABSENCE}{BusyTime.objects.get().pk}/retour/", retour="1", **values)
    assert "Rien n’a été changé." in page and BusyTime.objects.get().removed_at is None


# --- weight ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("where", ["form", "shown", "one", "again"])
def test_few_queries(desk: Client, practice: Organization, where: str, django_assert_max_num_queries: Any) -> None:
    for n in range(6):
        booked(practice, cast.MOTHER, f"2026-03-19T14:{n}0" if n % 2 == 0 else f"2026-03-19T15:{n}0")
    desk.get("/agenda/")
    if where in ("one", "again"):
        sent(desk, at(20, 9, 40))
    with django_assert_max_num_queries(12):
        if where == "form":
            desk.get(ABSENCE)
        elif where == "shown":
            desk.post(ABSENCE, {**THURSDAY, "montrer": "1"})
        else:
            desk.get(f"{ABSENCE}{BusyTime.objects.get().pk}/{'replacer/' if where == 'again' else ''}")


def test_one_contact_is_asked_for_one_person_at_a_time(desk: Client, practice: Organization) -> None:
    """A mother and her child have one telephone: of two questions there, nobody could say whom an « oui » is for."""
    mother, lea = (Patient.objects.get(identifier=key) for key in (cast.MOTHER, cast.LEA))
    post(desk, "/agenda/nouveau/", patient=mother.identifier, service=cast.CONSULTATION, place=at(17, 10, 20))
    both = [Appointment.objects.get(patient=who, status="booked") for who in (lea, mother)]
    tuesday = {"first": "2026-03-17"}
    chosen = {choice(both[0]): at(19, 11), choice(both[1]): at(20, 11)}
    page = post(desk, ABSENCE, **{**listed(desk, **tuesday), **chosen})
    assert "1 proposition envoyée" in page and "déjà une proposition, pour quelqu’un d’autre" in page
    assert [offer.entry.patient for offer in Offer.objects.all()] == [lea]
    assert not Allocation.objects.filter(hold__startswith="offer:", start__date="2026-03-20").exists()
