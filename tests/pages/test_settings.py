"""`/reglages/`: what each role may change, what it does, and that the ledger says who did."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.utils import translation

from releve.guarantee.models import StartUp
from releve.intake.actions import answer, receive
from releve.intake.models import InboundEvent
from releve.ledger.models import Entry
from releve.post.models import Outgoing
from releve.practice.models import (
    Appointment,
    FaqEntry,
    HealthcareService,
    Organization,
    Practitioner,
    Schedule,
    User,
)
from tests import cast
from tests.pages.support import written

ROCHE = "Roche"
PRACTICE = {
    "name": "Cabinet du Canal", "address": "12 quai de la Loire, 75019 Paris", "phone": "01 99 00 04 20",
    "email": "contact@canal.example", "access": "Métro Jaurès.", "timezone": "Europe/Paris", "public_holidays": "on",
}  # fmt: skip
AMAR = {"given": "Nadia", "family": "Amar", "profession": "médecin généraliste", "active": "on"}
VISIT = {
    "name": "Consultation", "aliases": "visite, rdv médecin", "duration_min": "20", "price_eur": "30",
    "reimbursed": "on", "practitioners": cast.AMAR, "new_patients": "on", "bookable_online": "on", "active": "on",
}  # fmt: skip
NEW_USER = {"given": "Karim", "family": "Sow", "login": "k.sow", "role": "secretary", "active": "on"}
REMINDER = "{cabinet} : à demain, {date}, avec {soignant}. OUI, NON, ou STOP pour ne plus recevoir."


def send(client: Client, place: str, **values: Any) -> Any:
    return client.post(f"/reglages/{place}", {"form": str(uuid4()), **values})


def last() -> Any:
    """The newest entry of the ledger: kind, author's name."""
    entry = Entry.objects.order_by("-pk").first()
    assert entry is not None
    return entry.kind, User.objects.get(pk=int(entry.author.removeprefix("user:"))).username


def hours(**days: str) -> dict[str, str]:
    """hours(mon="9-12 14-18")"""
    fields = {}
    for day, text in days.items():
        for n, pair in enumerate(text.split()):
            fields[f"{day}_{n}_from"], fields[f"{day}_{n}_to"] = pair.split("-")
    return fields


# --- who may --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("place", "values", "kind"),
    [
        ("", {**PRACTICE, "name": "Autre"}, "update_practice"),
        ("ouverture/", hours(mon="9-12"), "update_practice"),
        ("soignants/nouveau/", {**AMAR, "family": "Blanc"}, "keep_practitioner"),
        ("soignants/amar/", {**AMAR, "given": "Nada"}, "keep_practitioner"),
        ("soignants/diallo/horaires/", hours(mon="9-12"), "keep_schedule"),
        ("visites/nouveau/", {**VISIT, "name": "Certificat"}, "keep_service"),
        ("visites/consultation/", {**VISIT, "duration_min": "25"}, "keep_service"),
        ("assistant/", {"acts": ["book"], "name": "X", "read": "on"}, "sign_start_up"),
        ("comptes/nouveau/", NEW_USER, "keep_user"),
    ],
)
def test_only_who_answers_for_the_practice_changes_it(
    desk: Client, physician: Client, place: str, values: dict[str, Any], kind: str
) -> None:
    before = dump()
    page = desk.post(f"/reglages/{place}", {"form": str(uuid4()), **values}, follow=True).content.decode()
    assert "Seuls la direction et les médecins changent cela." in page
    assert (dump(), last()) == (before, (kind, "petit"))
    send(physician, place, **values)
    assert dump() != before
    assert last() == (kind, "amar")


def test_who_joins_is_asked_at_once_when_they_receive(physician: Client) -> None:
    page = send(physician, "soignants/nouveau/", **{**AMAR, "family": "Blanc"})
    made = Practitioner.objects.get(family="Blanc")
    assert page["Location"] == f"/reglages/soignants/{made.identifier}/horaires/"
    listed = physician.get("/reglages/soignants/").content.decode().replace("\u00a0", " ")
    assert listed.count("aucun type de rendez-vous : personne ne peut réserver") == 1


def dump() -> list[Any]:
    """Everything the settings can change."""
    tables: tuple[Any, ...] = (Organization, Practitioner, Schedule, HealthcareService, FaqEntry, StartUp, User)
    return [list(table.objects.order_by("pk").exclude(pk=None).values()) for table in tables]


@pytest.mark.parametrize(
    ("place", "values", "kind"),
    [
        ("questions/", {"question": "Un ascenseur ?", "answer": "Oui."}, "keep_faq"),
        ("questions/parking/", {"question": "Où se garer ?", "answer": "Dans la rue."}, "keep_faq"),
        ("questions/parking/retirer/", {}, "keep_faq"),
        ("textes/reminder/", {"words": REMINDER}, "keep_text"),
        ("moi/", {"language": "en"}, "keep_preferences"),
        ("moi/code/", {"pin": "2580"}, "set_pin"),
        ("moi/mot-de-passe/", {"old_password": cast.PASSWORD, "password": "sept-fois-douze-patients"}, "set_password"),
    ],
)
def test_a_secretary_changes_texts_answers_and_their_own(
    desk: Client, place: str, values: dict[str, str], kind: str
) -> None:
    before = dump()
    assert send(desk, place, **values).status_code == 302
    assert dump() != before
    assert last() == (kind, "petit")


# --- practice and people --------------------------------------------------------------------------------------------
def test_only_changed_fields_are_in_the_ledger(physician: Client) -> None:
    send(
        physician,
        "",
        **{**PRACTICE, "access": "Métro Jaurès, lignes 2, 5 et 7 bis. De plain-pied.", "name": "Le Canal"},
    )
    event = InboundEvent.objects.order_by("at", "pk").filter(kind="staff", payload__kind="update_practice").get()
    assert event.payload["acts"] == [{"row": {"name": "Le Canal"}}]


def test_the_grid_shows_what_is_kept_and_keeps_what_is_typed(physician: Client, practice: Organization) -> None:
    page = physician.get("/reglages/ouverture/").content.decode()
    assert 'value="08:30"' in page
    send(physician, "ouverture/", **hours(mon="9-12h30 1400-18", tue="=-"))
    practice.refresh_from_db()
    assert practice.opening_hours == [
        {"days": ["mon", "tue"], "start": "09:00", "end": "12:30"},
        {"days": ["mon", "tue"], "start": "14:00", "end": "18:00"},
    ]


def test_a_day_is_copied_without_being_saved(physician: Client, practice: Organization) -> None:
    before = practice.opening_hours
    page = send(physician, "ouverture/", copier="mon", **hours(mon="8-11", sat="9-10")).content.decode()
    assert re.findall(r'name="(\w+)_0_from" value="8"', page) == ["mon", "tue", "wed", "thu", "fri"]
    assert 'name="sat_0_from" value="9"' in page
    practice.refresh_from_db()
    assert practice.opening_hours == before


@pytest.mark.parametrize(
    ("typed", "field"),
    [("9-", "mon_0_to"), ("midi-14", "mon_0_from"), ("12-9", "mon_0_to"), ("9-12 11-14", "mon_0_from")],
)
def test_hours_that_cannot_be_are_told_at_their_field(physician: Client, typed: str, field: str) -> None:
    page = send(physician, "ouverture/", **hours(mon=typed))
    assert page.status_code == 422
    assert field in page.context["form"].errors


def test_who_has_left_is_not_offered_and_keeps_the_past(physician: Client, practice: Organization) -> None:
    Appointment.objects.filter(practitioner__identifier=cast.AMAR).update(status="fulfilled")
    send(physician, "soignants/amar/", **{k: v for k, v in AMAR.items() if k != "active"})
    assert not Practitioner.objects.get(identifier=cast.AMAR).active
    assert "Amar" not in Client().get("/").content.decode()
    talk = written(practice, "je voudrais un rendez-vous avec le docteur Amar mardi matin")
    assert "Dr" not in " ".join(m.text for m in talk.messages.filter(author="assistant"))
    row = Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)
    assert "Amar" in physician.get(f"/agenda/rendez-vous/{row.identifier}/").content.decode()


def test_a_visit_that_is_done_no_more_is_not_booked(physician: Client, practice: Organization) -> None:
    Appointment.objects.update(status="fulfilled")
    send(physician, "visites/consultation/", **{k: v for k, v in VISIT.items() if k != "active"})
    talk = written(practice, "je voudrais une consultation avec le docteur Amar mardi matin")
    assert not talk.messages.filter(author="assistant", text__contains="Voici des places").exists()


# --- what a change would strand -------------------------------------------------------------------------------------
def test_hours_that_strand_an_appointment_are_shown_before_they_are_kept(physician: Client) -> None:
    before = Schedule.objects.get(practitioner__identifier=cast.AMAR).rules
    page = send(physician, "soignants/amar/horaires/", **hours(mon="9-12", tue="9-12"))
    assert page.status_code == 422
    assert ROCHE in page.content.decode() and "Fontaine" not in page.content.decode()
    assert "Un rendez-vous resterait en dehors." in page.content.decode()
    assert Schedule.objects.get(practitioner__identifier=cast.AMAR).rules == before


def test_kept_anyway_the_appointment_stays(physician: Client) -> None:
    send(physician, "soignants/amar/horaires/", anyway="yes", **hours(mon="9-12", tue="9-12"))
    assert len(Schedule.objects.get(practitioner__identifier=cast.AMAR).rules) == 1
    assert Appointment.objects.get(identifier=cast.ROCHE_THURSDAY).status == "booked"


def test_leave_strands_too_and_is_taken_back_by_its_box(physician: Client) -> None:
    week = hours(**dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "9-12 14-18"))
    page = send(physician, "soignants/amar/horaires/", off_from="2026-03-19", off_to="2026-03-20", **week)
    assert ROCHE in page.content.decode()
    send(physician, "soignants/amar/horaires/", off_from="2026-03-19", off_to="2026-03-20", anyway="yes", **week)
    schedule = Schedule.objects.get(practitioner__identifier=cast.AMAR)
    assert schedule.days_off == ["2026-03-19", "2026-03-20"]
    send(physician, "soignants/amar/horaires/", remove_off="2026-03-19..2026-03-20", **week)
    schedule.refresh_from_db()
    assert schedule.days_off == []


def test_an_appointment_already_beyond_the_hours_is_not_the_changes_doing(physician: Client) -> None:
    Schedule.objects.filter(practitioner__identifier=cast.AMAR).update(rules=[])
    page = send(physician, "soignants/amar/horaires/", **hours(mon="9-12"))
    assert page.status_code == 302


def test_one_day_at_other_hours(physician: Client) -> None:
    typed = {"other_day": "2026-04-02", "other_from": "10", "other_to": "12h30"}
    send(physician, "soignants/diallo/horaires/", **hours(mon="9-12"), **typed)
    kept = Schedule.objects.get(practitioner__identifier=cast.DIALLO)
    assert kept.overrides == [{"date": "2026-04-02", "start": "10:00", "end": "12:30"}]


def test_other_dates_are_proposed_once_the_hours_are_kept(physician: Client) -> None:
    """The same batch as for an absence; nothing leaves before its own button."""
    page = send(physician, "soignants/amar/horaires/", anyway="moves", **hours(mon="9-12", tue="9-12"))
    assert page["Location"] == "/agenda/replacer/"
    assert len(Schedule.objects.get(practitioner__identifier=cast.AMAR).rules) == 1
    listed = physician.get("/agenda/replacer/").content.decode()
    assert "1 rendez-vous à replacer" in listed and ROCHE in listed and not Outgoing.objects.exists()
    row = Appointment.objects.get(identifier=cast.ROCHE_THURSDAY)
    place = re.search(rf'name="choix-{row.pk}".*?<option value="([^"]+)" selected', listed, re.DOTALL)
    assert place is not None and place[1].startswith("amar|2026-03-")
    sent = {f"choix-{row.pk}": place[1], "envoyer": "1", "form": str(uuid4())}
    followed = physician.post("/agenda/replacer/", sent, follow=True).content.decode()
    assert "1 proposition envoyée" in followed and "1 encore sans réponse" in followed
    assert Outgoing.objects.get(purpose="offer").address == cast.ROCHE_PHONE


def test_days_that_the_whole_practice_closes_are_shown_first(physician: Client, practice: Organization) -> None:
    """Good Friday is a holiday in Alsace-Moselle alone."""
    start = datetime(2026, 4, 3, 9, 40, tzinfo=cast.PARIS)
    rows = Appointment.objects.filter(identifier=cast.ROCHE_THURSDAY)
    rows.update(start=start, end=start + timedelta(minutes=20))
    page = send(physician, "", **PRACTICE, territory="57")
    assert page.status_code == 422 and ROCHE in page.content.decode()
    practice.refresh_from_db()
    assert practice.territory == ""
    assert send(physician, "", **PRACTICE, territory="57", anyway="yes").status_code == 302
    practice.refresh_from_db()
    assert practice.territory == "57" and rows.get().status == "booked"


def test_leaving_shows_whom_to_call(physician: Client) -> None:
    page = send(physician, "soignants/amar/", **{k: v for k, v in AMAR.items() if k != "active"})
    assert "2 rendez-vous resteraient en dehors." in page.content.decode()
    assert Practitioner.objects.get(identifier=cast.AMAR).active


# --- texts ----------------------------------------------------------------------------------------------------------
def test_the_practices_words_leave(desk: Client, practice: Organization) -> None:
    words = "{cabinet} : pas de rendez-vous le {date} avec {soignant}. Écrivez-nous."
    send(desk, "textes/cancelled_message/", words=words)
    desk.post("/agenda/rendez-vous/roche-thursday/annuler/", {"form": str(uuid4())})
    told = practice.communication_set.get(purpose="cancelled")
    when = "le jeudi 19 mars à 9 h 40 avec Dr Amar"
    assert told.text.replace("\u00a0", " ") == f"Cabinet du Canal : pas de rendez-vous {when}. Écrivez-nous."


def test_ours_come_back(desk: Client, practice: Organization) -> None:
    send(desk, "textes/reminder/", words=REMINDER)
    send(desk, "textes/reminder/", reprendre="yes")
    practice.refresh_from_db()
    assert practice.texts == {}


def test_what_must_not_be_said_is_refused_beside_the_field(desk: Client, practice: Organization) -> None:
    page = send(desk, "textes/reminder/", words=REMINDER + " Pensez à votre vaccin.")
    assert page.status_code == 422
    assert "« vaccin » parle de santé" in page.context["form"].errors["words"][0]
    assert "Pensez à votre vaccin." in page.content.decode()
    practice.refresh_from_db()
    assert practice.texts == {}


def test_the_gate_refuses_it_too(practice: Organization) -> None:
    from releve.core.keeping import KeepText
    from releve.intake.actions import staff_act

    act = KeepText(name="reminder", words="votre vaccin")
    outcome = staff_act(act, organization=practice, user=cast.petit(), now=cast.NOW, external_id="x")
    assert (outcome.status, outcome.why) == ("refused", "must_not_be_said")


def test_the_preview_saves_nothing(desk: Client, practice: Organization) -> None:
    page = send(desk, "textes/reminder/apercu/", words=REMINDER).content.decode()
    shown = page.replace("\u00a0", " ")
    assert "Cabinet du Canal : à demain, mercredi 18 mars à 17 h 20, avec Dr Amar." in shown
    assert "Rien de ce qui ne doit pas être dit" in page
    practice.refresh_from_db()
    assert practice.texts == {}


def test_the_preview_of_a_hostile_text_is_text(desk: Client) -> None:
    page = send(desk, "textes/reminder/apercu/", words="<script>alert(1)</script> {date}").content.decode()
    assert "<script>" not in page


# --- assistant ------------------------------------------------------------------------------------------------------
def test_signing_for_less_sends_the_rest_to_a_person(physician: Client, practice: Organization) -> None:
    send(physician, "assistant/", acts=["answer"], name="Dr Amar", read="on")
    assert "book_appointment" not in StartUp.objects.order_by("-pk")[0].acts
    talk = "sms:+33639981001"
    for n, said in enumerate(("annulez mon rdv de jeudi, Bernard Roche né le 3 mai 1954", "oui")):
        event = receive(
            organization=practice, conversation=talk, channel="sms", address=cast.ROCHE_PHONE, text=said,
            external_id=str(n), at=cast.NOW,
        )  # fmt: skip
        answer(event)
    assert Appointment.objects.get(identifier=cast.ROCHE_THURSDAY).status == "booked"


def test_unread_is_unsigned(physician: Client) -> None:
    page = send(physician, "assistant/", acts=["book"], name="Dr Amar")
    assert "Cochez la case après avoir lu" in page.content.decode()
    assert StartUp.objects.count() == 1


# --- accounts -------------------------------------------------------------------------------------------------------
def test_someone_new_chooses_a_password_by_a_link_that_works_once(physician: Client) -> None:
    send(physician, "comptes/nouveau/", **NEW_USER)
    user = User.objects.get(username="k.sow")
    assert not user.has_usable_password()
    page = send(physician, f"comptes/{user.pk}/lien/").content.decode()
    assert last() == ("invite_user", "amar")
    found = re.search(r"http://testserver(/acces/[^\"]+)", page)
    assert found
    theirs = Client()
    assert "Karim Sow" in theirs.get(found[1]).content.decode()
    theirs.post(found[1], {"password": "quatre-mots-au-hasard"})
    assert theirs.get("/reglages/moi/").status_code == 200
    assert Client().get(found[1]).status_code == 410
    assert last() == ("set_password", "k.sow")


def test_nobody_changes_their_own_role(physician: Client) -> None:
    me = User.objects.get(username="amar")
    send(physician, f"comptes/{me.pk}/", given="Nadia", family="Amar", login="amar", role="manager", active="")
    me.refresh_from_db()
    assert (me.role, me.is_active) == ("physician", True)


def test_the_gate_keeps_ones_own_role_too(practice: Organization) -> None:
    from releve.core.keeping import KeepUser
    from releve.intake.actions import staff_act

    me = cast.amar()
    act = KeepUser(user=me.pk, username="amar", role="manager")
    outcome = staff_act(act, organization=practice, user=me, now=cast.NOW, external_id="x")
    assert (outcome.status, outcome.why) == ("refused", "not_yourself")


def test_two_people_never_share_a_name(physician: Client, practice: Organization) -> None:
    cast.petit()
    page = send(physician, "comptes/nouveau/", **{**NEW_USER, "login": "Petit"})
    assert "Ce nom est déjà pris." in page.content.decode()


def test_who_no_longer_signs_in_is_out(physician: Client, desk: Client) -> None:
    petit = User.objects.get(username="petit")
    send(physician, f"comptes/{petit.pk}/", given="Hélène", family="Petit", login="petit", role="secretary")
    assert desk.get("/reglages/").status_code == 302


# --- one's own ------------------------------------------------------------------------------------------------------
def test_a_quick_code_is_hashed_and_in_no_record(desk: Client) -> None:
    send(desk, "moi/code/", pin="2580")
    user = User.objects.get(username="petit")
    assert check_password("2580", user.pin)
    assert "2580" not in str(list(InboundEvent.objects.filter(kind="staff").values_list("payload", flat=True)))


@pytest.mark.parametrize("pin", ["12", "123456789", "12a4", "１２３４"])
def test_a_quick_code_has_four_to_eight_digits(desk: Client, pin: str) -> None:
    assert send(desk, "moi/code/", pin=pin).status_code == 422
    assert User.objects.get(username="petit").pin == ""


def test_a_password_is_in_no_record_and_keeps_the_session(desk: Client) -> None:
    new = "sept-fois-douze-patients"
    send(desk, "moi/mot-de-passe/", old_password=cast.PASSWORD, password=new)
    assert User.objects.get(username="petit").check_password(new)
    assert new not in str(list(InboundEvent.objects.values_list("payload", flat=True)))
    assert desk.get("/reglages/moi/").status_code == 200


@pytest.mark.parametrize(("old", "new"), [("faux", "sept-fois-douze-patients"), (cast.PASSWORD, "court")])
def test_a_password_that_cannot_be_changed(desk: Client, old: str, new: str) -> None:
    assert send(desk, "moi/mot-de-passe/", old_password=old, password=new).status_code == 422
    assert User.objects.get(username="petit").check_password(cast.PASSWORD)


def test_the_language_is_remembered(desk: Client) -> None:
    answer = send(desk, "moi/", language="en", single_keys="on")
    assert answer.cookies["django_language"].value == "en"
    with translation.override("fr"):
        assert User.objects.get(username="petit").language == "en"


# --- cost -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "place",
    [
        "", "ouverture/", "soignants/", "soignants/amar/", "soignants/amar/horaires/", "visites/",
        "visites/consultation/", "questions/", "textes/", "textes/reminder/", "assistant/", "comptes/", "moi/",
        "salles/", "salles/nouvelle/", "soignants/amar/horaires/plage/", "soignants/amar/horaires/limites/",
    ],
)  # fmt: skip
def test_few_queries(physician: Client, place: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        assert physician.get(f"/reglages/{place}").status_code == 200


def test_who_has_left_comes_back_from_an_export_as_left(physician: Client, practice: Organization) -> None:
    from releve.practice.export import export
    from releve.practice.file import read_practice_file

    Practitioner.objects.filter(identifier=cast.DIALLO).update(active=False)
    rows = export(practice, cast.NOW)["practitioners"]
    assert [row.get("active", True) for row in rows] == [True, False]
    file = read_practice_file({**cast.practice_file(), "practitioners": rows})
    assert [row.get("active", True) for row in file.lists["practitioners"]] == [True, False]


def test_a_name_that_says_too_much_is_pointed_out(desk: Client, practice: Organization) -> None:
    assert "Un nom plus discret" not in desk.get("/reglages/textes/").content.decode()
    Organization.objects.update(name="Cabinet de cardiologie")
    assert "cardiologie" in desk.get("/reglages/textes/").content.decode()
    assert "Un nom plus discret" in desk.get("/reglages/textes/").content.decode()


@pytest.mark.parametrize("place", ["/agenda/", "/agenda/?jour=2026-03-19", "/journee/", "/boite/", "/"])
def test_every_page_stands_when_someone_has_left(physician: Client, place: str) -> None:
    """M. Roche is still expected by Dr Amar, who has left."""
    Practitioner.objects.filter(identifier=cast.AMAR).update(active=False)
    HealthcareService.objects.filter(identifier=cast.CONSULTATION).update(active=False)
    assert physician.get(place).status_code == 200


def test_an_appointment_with_who_has_left_can_still_be_moved_to_a_person(practice: Organization) -> None:
    Practitioner.objects.filter(identifier=cast.AMAR).update(active=False)
    for n, said in enumerate(("je veux déplacer mon rdv de jeudi à vendredi matin", "Bernard Roche 3 mai 1954")):
        event = receive(
            organization=practice, conversation="sms:1", channel="sms", address=cast.ROCHE_PHONE, text=said,
            external_id=str(n), at=cast.NOW,
        )  # fmt: skip
        told = answer(event)["messages"]
    assert told
    assert Appointment.objects.get(identifier=cast.ROCHE_THURSDAY).status == "booked"


def test_far_from_greenwich_the_day_is_the_local_one(physician: Client, practice: Organization) -> None:
    """16 h in Tahiti is already tomorrow in UTC."""
    Organization.objects.update(timezone="Pacific/Tahiti")
    Schedule.objects.update(timezone="Pacific/Tahiti")
    four = datetime(2026, 3, 19, 16, 0, tzinfo=ZoneInfo("Pacific/Tahiti"))
    Appointment.objects.exclude(identifier=cast.ROCHE_THURSDAY).delete()
    Appointment.objects.update(start=four, end=four + timedelta(minutes=20))
    page = send(physician, "soignants/amar/horaires/", **hours(thu="9-12"))
    assert ROCHE in page.content.decode()


def test_a_change_is_told_to_the_others_with_its_author(physician: Client, desk: Client) -> None:
    desk.get("/journee/")
    settings.CLOCK.moment += timedelta(minutes=5)
    send(physician, "soignants/diallo/horaires/", **hours(mon="8-12"))
    page = desk.get("/journee/").content.decode()
    assert "oraires d’un soignant changés" in page
    assert "Amar" in page
