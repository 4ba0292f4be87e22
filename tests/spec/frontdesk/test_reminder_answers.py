"""What people write under a reminder or an offer, other than yes or no: another appointment, the hour again, a
leave-taking, a no that comes late."""

from datetime import timedelta

import pytest

from releve.core.acts import HandBack, TakeOver
from releve.intake.actions import staff_act
from releve.practice.models import Communication, Conversation, Offer
from tests import cast
from tests.talk import Talk, said

pytestmark = pytest.mark.django_db


def reminded(**next_week: str) -> Talk:
    """M. Roche has appointments on Thursday and on Wednesday of next week; he was reminded of Thursday's."""
    data = cast.practice_file()
    data["appointments"].append(
        {
            "id": "roche-next", "patient": cast.ROCHE, "practitioner": cast.AMAR, "service": cast.CONSULTATION,
            "start": "2026-03-25T10:00", "status": "booked",
        }
    )  # fmt: skip
    talk = Talk(cast.practice(data))
    talk.clock("2026-03-18T19:00")
    return talk


@pytest.mark.parametrize(
    "words",
    ["annuler mon rdv de la semaine prochaine", "je voudrais annuler mon rendez-vous de mercredi prochain svp"],
)
def test_another_appointment_is_the_one_that_was_named(words: str) -> None:
    talk = reminded()
    assert talk.say(words)["expects"] == "identity"  # the reminder answers for its own appointment alone
    answer = talk.say("3 mai 1954")
    assert answer["expects"] == "confirmation"
    assert "mercredi 25 mars à 10 h" in said(answer)
    talk.say("oui")
    assert talk.booked() == ["2026-03-19T09:40"]


def test_the_reminded_one_is_still_answered_by_its_day() -> None:
    talk = reminded()
    answer = talk.say("annuler mon rdv de demain")
    assert answer["expects"] == "confirmation"
    assert "jeudi 19 mars" in said(answer)


@pytest.mark.parametrize(
    "words", ["Oui, à demain", "oui a demain merci", "ok, à demain matin !", "d’accord, à bientôt", "Oui à jeudi"]
)
def test_taking_leave_is_no_wish_for_another_time(words: str) -> None:
    talk = reminded()
    answer = talk.say(words)
    assert answer["acts"] == [{"kind": "confirm_appointment", "status": "done", "appointment": cast.ROCHE_THURSDAY}]


def test_taking_leave_after_midnight_is_no_wish_either() -> None:
    talk = reminded()
    talk.clock("2026-03-19T00:20")
    assert talk.say("oui, à demain")["acts"][0]["kind"] == "confirm_appointment"


@pytest.mark.parametrize(
    "words",
    [
        "pouvez-vous me redonner l’heure ?",
        "Pouvez vous me redonner l'heure de mon rdv svp",
        "je voudrais redonner l'heure de mon rendez-vous",
        "c’est à quelle heure déjà ?",
    ],
)
def test_the_hour_is_told_again_where_the_reminder_went(words: str) -> None:
    answer = reminded().say(words)
    assert "jeudi 19 mars à 9 h 40" in said(answer)
    assert answer["expects"] == "none"
    assert [act["kind"] for act in answer["acts"]] == ["answer"]


def test_asking_the_hour_without_a_reminder_is_no_move() -> None:
    talk = Talk()
    assert talk.say("Pouvez vous me redonner l'heure de mon rdv svp")["expects"] == "identity"
    assert "jeudi 19 mars à 9 h 40" in said(talk.say("3 mai 1954"))
    assert talk.booked() == ["2026-03-19T09:40"]


def test_a_reminder_that_was_confirmed_is_answered_and_minds_may_change() -> None:
    talk = reminded()
    talk.say("oui")
    assert Communication.objects.get(appointment__identifier=cast.ROCHE_THURSDAY, purpose="reminder").answered
    assert talk.say("non, finalement je ne peux pas venir")["expects"] == "confirmation"
    talk.say("oui")
    assert talk.booked() == ["2026-03-25T10:00"]


@pytest.mark.parametrize("words", ["on sera en retard de 10 min", "Bonjour j’aurai un quart d’heure de retard"])
def test_who_will_be_late_for_what_we_reminded_of_is_not_asked_who_they_are(words: str) -> None:
    talk = reminded()
    talk.clock("2026-03-19T09:25")
    answer = talk.say(words)
    assert answer["expects"] == "none"
    assert talk.tasks() == ["callback"]
    assert talk.booked() == ["2026-03-19T09:40", "2026-03-25T10:00"]


# --- a no that comes late -------------------------------------------------------------------------------------------
def offered(*others: str) -> Talk:
    """Mme Fontaine, and these after her, wait for Dr Amar; M. Roche's place was offered to her."""
    data = cast.practice_file()
    entry = {"practitioner": cast.AMAR, "service": cast.CONSULTATION}
    data["waiting_list"] = [{"patient": who, **entry} for who in (cast.MOTHER, *others)]
    talk = Talk(cast.practice(data))
    talk.staff(cancel=cast.ROCHE_THURSDAY)
    talk.clock("2026-03-16T09:20")
    return talk


def test_a_no_to_an_offer_that_is_over_is_noted_and_promises_nothing() -> None:
    talk = offered()
    talk.clock("2026-03-16T17:00")
    answer = talk.say("non merci", cast.MOTHER_PHONE)
    assert said(answer).endswith("C’est noté, vous ne prenez pas cette place. Vous restez sur la liste d’attente.")
    assert "transmis" not in said(answer)
    assert talk.tasks() == []


def test_a_no_after_leaving_the_list_says_nothing_of_it() -> None:
    talk = offered()
    talk.say("oui", cast.MOTHER_PHONE)
    answer = said(talk.say("non merci", cast.MOTHER_PHONE))
    assert "liste d’attente" not in answer
    assert "transmis" not in answer
    assert talk.booked(cast.MOTHER) == ["2026-03-19T09:40"]


def test_two_noes_are_one() -> None:
    talk = offered()
    talk.say("non", cast.MOTHER_PHONE)
    assert "transmis" not in said(talk.say("non", cast.MOTHER_PHONE))


@pytest.mark.parametrize("words", ["annuler mon rdv du 17 mars svp", "je voudrais annuler mon rendez-vous"])
def test_cancelling_an_appointment_declines_no_offer(words: str) -> None:
    talk = offered()
    talk.say(words, cast.MOTHER_PHONE)
    assert Offer.objects.get().status == "open"
    talk.say("Léa Fontaine 20 novembre 2018", cast.MOTHER_PHONE)
    talk.say("oui", cast.MOTHER_PHONE)
    assert talk.booked(cast.LEA) == []


@pytest.mark.parametrize(
    "words", ["non annulez", "annulez", "non pas ce jour-là", "je ne peux pas le 19 mars", "je ne suis pas disponible"]
)
def test_an_offer_is_declined_in_many_words(words: str) -> None:
    talk = offered()
    talk.say(words, cast.MOTHER_PHONE)
    assert Offer.objects.get().status == "declined"


# --- an offer beside a reminder that was answered -------------------------------------------------------------------
def offered_and_reminded(answer: str = "oui") -> Talk:
    """M. Roche waits for an earlier place than Thursday's; one of Wednesday evening was offered to him, then he was
    reminded of Thursday's and answered that."""
    data = cast.practice_file()
    wednesday = {"practitioner": cast.AMAR, "service": cast.CONSULTATION, "start": "2026-03-18T17:40"}
    data["appointments"].append({"id": "other", "patient": cast.MOTHER, "status": "booked", **wednesday})
    data["appointments"].append({**data["appointments"][0], "id": "later", "start": "2026-03-24T10:00"})
    data["appointments"][0]["start"] = "2026-03-17T09:40"
    data["waiting_list"] = [
        {"patient": cast.ROCHE, "practitioner": cast.AMAR, "service": cast.CONSULTATION, "appointment": "later"}
    ]
    talk = Talk(cast.practice(data))
    talk.clock("2026-03-16T17:40")
    talk.staff(cancel="other")
    talk.clock("2026-03-16T18:30")
    sent = Communication.objects.filter(address=cast.ROCHE_PHONE).order_by("sent_at")
    assert list(sent.values_list("purpose", flat=True)) == ["offer", "reminder"]
    if answer:
        assert talk.say(answer)["acts"][0]["kind"] == "confirm_appointment"
    return talk


@pytest.mark.parametrize(
    "words",
    ["non merci, pas ce jour-là", "non", "Non merci", "je ne suis pas dispo ce jour là désolé", "pas possible pour moi",
     "je ne peux pas ce jour-là", "non ça ne m’arrange pas"],
)  # fmt: skip
@pytest.mark.parametrize("hour", ["2026-03-16T18:31", "2026-03-17T09:20"])
def test_a_late_no_is_for_the_offer_and_never_for_the_visit_that_was_confirmed(words: str, hour: str) -> None:
    talk = offered_and_reminded()
    talk.clock(hour)
    answer = talk.say(words)
    assert answer["expects"] == "none", said(answer)
    assert Offer.objects.get().status == "declined"
    assert talk.booked() == ["2026-03-17T09:40", "2026-03-24T10:00"]


def test_a_no_said_twice_cancels_nothing() -> None:
    talk = offered_and_reminded()
    talk.say("non merci")
    answer = talk.say("non merci, pas ce jour-là")
    assert answer["expects"] == "none"
    assert "ne vous est plus proposée" in said(answer)


@pytest.mark.parametrize(
    "words", ["finalement je ne peux pas venir demain", "annulez mon rdv", "non je ne viendrai pas", "non pas mardi"]
)
def test_words_about_coming_are_for_the_visit(words: str) -> None:
    talk = offered_and_reminded()
    talk.say(words)
    assert Offer.objects.get().status == "open"


def test_a_second_yes_is_for_the_offer() -> None:
    talk = offered_and_reminded()
    assert "C’est réservé" in said(talk.say("oui"))
    assert talk.booked() == ["2026-03-17T09:40", "2026-03-18T17:40"]


@pytest.mark.parametrize("words", ["oui merci", "ok merci bonne soirée", "oui, à demain", "oui je serai là"])
def test_taking_leave_takes_no_place(words: str) -> None:
    talk = offered_and_reminded()
    talk.say(words)
    assert Offer.objects.get().status == "open"


def test_days_after_the_offer_a_no_is_for_the_visit() -> None:
    talk = offered_and_reminded()
    Offer.objects.update(status="expired", expires_at=cast.NOW - timedelta(days=2))
    assert talk.say("non")["expects"] == "confirmation"


# --- English --------------------------------------------------------------------------------------------------------
def test_who_wrote_in_english_is_answered_in_english_on_their_telephone() -> None:
    talk = Talk()
    for words in ("Hello, I would like to see my appointment please", "Bernard Roche, 3 May 1954", "thanks"):
        talk.say(words, cast.ROCHE_PHONE, "voice")
    talk.clock("2026-03-18T19:00")
    answer = said(talk.say("YES"))
    assert "Un assistant automatique" not in answer
    assert "Thursday 19 March" in answer


def test_the_language_stays_when_a_person_gives_the_conversation_back() -> None:
    talk = Talk()
    talk.say("Hello, I would like an appointment with Dr Amar tomorrow afternoon")
    key = Conversation.objects.get().pk
    for n, act in enumerate((TakeOver(conversation=key), HandBack(conversation=key))):
        staff_act(act, organization=talk.desk.practice, user=None, now=talk.desk.now, external_id=f"hand {n}")
    assert "assistant automatique" not in said(talk.say("ok"))
    assert Conversation.objects.get().state["language"] == "en"
