"""A yes that comes while somebody else is asked, and a bare word after a reminder and an offer."""

import pytest

from releve.ledger.queries import about
from releve.practice.models import Appointment
from tests import cast
from tests.flow.waiting import PHONES, entry, freed, offers, talk, written
from tests.talk import Talk, said

pytestmark = pytest.mark.django_db
THURSDAY = "2026-03-19T09:40"


def asked_after_ines(*waits: str) -> Talk:
    """Inès let her three hours pass; the next one is asked, alone."""
    here = talk("ines", *waits)
    freed(here)
    assert written(here, "2026-03-16T12:20") == [waits[0]]
    return here


# --- a yes after one's turn -----------------------------------------------------------------------------------------
def test_who_says_yes_after_their_turn_has_the_place_when_the_next_one_declines() -> None:
    here = asked_after_ines("jean", "karim")
    late = said(here.say("oui", PHONES["ines"]))
    assert "proposée à une autre personne" in late
    assert here.booked("ines") == []
    here.say("non merci", PHONES["jean"])
    (told,) = here.clock("2026-03-16T12:22")
    assert told["to"] == PHONES["ines"]
    assert "est à vous" in told["text"]
    assert here.booked("ines") == [THURSDAY]
    assert offers() == [("ines", "accepted"), ("jean", "declined")]
    assert entry("ines").status != "waiting"
    assert written(here, "2026-03-16T17:30") == []  # nobody else is asked


def test_they_also_have_it_when_the_next_one_says_nothing() -> None:
    here = asked_after_ines("jean")
    here.say("oui", PHONES["ines"])
    assert [m["to"] for m in here.clock("2026-03-16T17:30")] == [PHONES["ines"]]
    assert here.booked("ines") == [THURSDAY]


def test_the_one_who_is_asked_keeps_their_turn() -> None:
    here = asked_after_ines("jean")
    here.say("oui", PHONES["ines"])
    assert "C’est réservé" in said(here.say("oui", PHONES["jean"]))
    assert offers() == [("ines", "lost"), ("jean", "accepted")]
    assert written(here, "2026-03-16T17:30") == []
    assert entry("ines").status == "waiting"


def test_the_first_late_yes_comes_first_and_saying_it_twice_changes_nothing() -> None:
    here = asked_after_ines("jean", "karim")
    assert written(here, "2026-03-16T17:30") == ["karim"]
    for name in ("jean", "ines", "jean"):
        assert "proposée à une autre personne" in said(here.say("oui", PHONES[name]))
    here.say("non", PHONES["karim"])
    here.clock("2026-03-16T17:32")
    assert here.booked("jean") == [THURSDAY]
    assert dict(offers())["ines"] == "lost"


def test_a_late_yes_may_be_taken_back() -> None:
    here = asked_after_ines("jean", "karim")
    here.say("oui", PHONES["ines"])
    assert "C’est noté" in said(here.say("finalement non", PHONES["ines"]))
    here.say("non", PHONES["jean"])
    assert written(here, "2026-03-16T12:40") == ["karim"]
    assert here.booked("ines") == []


def test_what_is_given_later_may_be_refused_in_a_word() -> None:
    here = asked_after_ines("jean")
    here.say("oui", PHONES["ines"])
    here.say("non", PHONES["jean"])
    here.clock("2026-03-16T12:22")
    here.say("non", PHONES["ines"])
    here.say("oui", PHONES["ines"])  # that it is to be cancelled
    assert here.booked("ines") == []


def test_a_place_is_given_to_nobody_who_found_an_earlier_one_meanwhile() -> None:
    here = talk("ines", "jean", "karim")
    freed(here)
    written(here, "2026-03-16T12:20")
    here.say("oui", PHONES["ines"])
    sooner = {"patient": "ines", "practitioner": cast.AMAR, "service": cast.CONSULTATION, "start": "2026-03-17T11:20"}
    assert "refused" not in here.staff(book=sooner)
    here.say("non", PHONES["jean"])
    assert written(here, "2026-03-16T12:40") == ["karim"]
    assert here.booked("ines") == ["2026-03-17T11:20"]


def test_the_ledger_says_how_they_came_by_it() -> None:
    here = asked_after_ines("jean")
    here.say("oui", PHONES["ines"])
    here.say("non", PHONES["jean"])
    here.clock("2026-03-16T12:22")
    assert [leaf["kind"] for leaf in about(f"waiting:{entry('ines').pk}")] == [
        "offer_freed_place", "expire_offer", "stand_by"
    ]  # fmt: skip
    given = Appointment.objects.get(patient__identifier="ines", status="booked")
    assert [leaf["kind"] for leaf in about(f"appointment:{given.pk}")] == ["give_place"]


# --- a bare word after a reminder and an offer ----------------------------------------------------------------------
FRIDAY = "2026-03-20T16:00"


@pytest.fixture
def both() -> Talk:
    """On Wednesday at 17 h Inès is offered Thursday's place; at 18 h she is reminded of Friday's appointment."""
    here = talk("ines")
    here.desk.practice.early_reminder_days = 2
    here.desk.practice.save()
    hers = {"patient": "ines", "practitioner": cast.AMAR, "service": cast.CONSULTATION, "start": FRIDAY}
    assert "refused" not in here.staff(book=hers)
    here.clock("2026-03-18T17:00")
    assert freed(here, "2026-03-18T17:30") == ["ines"]
    assert written(here, "2026-03-18T18:10") == ["ines"]
    return here


def confirmed() -> bool:
    return Appointment.objects.get(patient__identifier="ines", status="booked").confirmed


@pytest.mark.parametrize("yes", ["oui", "ok", "D'accord"])
def test_a_bare_yes_says_that_they_come_and_how_to_take_the_place(both: Talk, yes: str) -> None:
    answer = said(both.say(yes, PHONES["ines"]))
    assert both.booked("ines") == [FRIDAY]
    assert confirmed()
    assert "jeudi 19 mars à 9 h 40" in answer
    assert "répondez « je la prends »" in answer
    assert "C’est réservé" in said(both.say("je la prends", PHONES["ines"]))
    assert both.booked("ines") == [THURSDAY]


def test_a_bare_no_leaves_the_place_and_keeps_the_appointment(both: Talk) -> None:
    answer = said(both.say("non", PHONES["ines"]))
    assert offers() == [("ines", "declined")]
    assert both.booked("ines") == [FRIDAY]
    assert "répondez « annuler »" in answer
    both.say("annuler", PHONES["ines"])
    both.say("oui", PHONES["ines"])
    assert both.booked("ines") == []


@pytest.mark.parametrize("words", ["oui je la prends", "ça me convient", "je prends la place de jeudi"])
def test_words_that_take_a_place_take_it(both: Talk, words: str) -> None:
    assert "C’est réservé" in said(both.say(words, PHONES["ines"]))
    assert both.booked("ines") == [THURSDAY]


@pytest.mark.parametrize("words", ["oui je serai là", "Oui merci, je viens", "je viendrai vendredi"])
def test_words_that_say_that_they_come_confirm(both: Talk, words: str) -> None:
    both.say(words, PHONES["ines"])
    assert both.booked("ines") == [FRIDAY]
    assert confirmed()


def test_a_day_between_them_leaves_a_yes_to_the_newest() -> None:
    here = talk("ines")
    here.desk.practice.early_reminder_days = 3
    here.desk.practice.save()
    hers = {"patient": "ines", "practitioner": cast.AMAR, "service": cast.CONSULTATION, "start": FRIDAY}
    here.staff(book=hers)
    here.clock("2026-03-18T11:00")  # reminded on Tuesday evening
    assert freed(here, "2026-03-18T11:30") == ["ines"]
    assert "C’est réservé" in said(here.say("oui", PHONES["ines"]))


# --- what they have already -----------------------------------------------------------------------------------------
def test_who_has_the_place_that_was_once_offered_cancels_their_appointment() -> None:
    """Offered, let pass, offered again and taken: the first offer is no longer what they speak of."""
    here = asked_after_ines("jean")
    here.say("non", PHONES["jean"])
    hers = {"patient": "ines", "practitioner": cast.AMAR, "service": cast.CONSULTATION, "start": THURSDAY}
    assert "refused" not in here.staff(book=hers)
    answer = said(here.say("Je ne pourrai pas venir le 19 mars, merci d'annuler", PHONES["ines"]))
    assert "ne vous est plus proposée" not in answer
    here.say("oui", PHONES["ines"])
    here.say("01/02/1980", PHONES["ines"])
    here.say("oui", PHONES["ines"])
    assert here.booked("ines") == []


def test_an_appointment_of_the_same_day_is_what_is_cancelled() -> None:
    here = asked_after_ines("jean")
    hers = {"patient": "ines", "practitioner": cast.AMAR, "service": cast.CONSULTATION, "start": "2026-03-19T11:00"}
    assert "refused" not in here.staff(book=hers)
    answer = said(here.say("Je ne pourrai pas venir le 19 mars, merci d'annuler", PHONES["ines"]))
    assert "ne vous est plus proposée" not in answer


def test_a_place_that_is_of_no_use_any_more_goes_to_the_next_at_once() -> None:
    here = talk("ines", "jean")
    assert freed(here) == ["ines"]
    hers = {"patient": "ines", "practitioner": cast.AMAR, "service": cast.CONSULTATION, "start": "2026-03-17T11:20"}
    assert "refused" not in here.staff(book=hers)
    assert offers() == [("ines", "withdrawn")]
    assert written(here, "2026-03-16T09:40") == ["jean"]


def test_who_takes_one_place_leaves_the_other_they_are_asked_for() -> None:
    here = talk("ines")
    freed(here)
    here.clock("2026-03-16T15:00")
    here.staff(cancel=cast.LEA_TUESDAY)
    here.clock("2026-03-16T15:20")
    assert offers() == [("ines", "expired"), ("ines", "open")]
    assert "C’est réservé" in said(here.say("oui, celle de jeudi", PHONES["ines"]))
    assert here.booked("ines") == [THURSDAY]
    assert offers() == [("ines", "accepted"), ("ines", "withdrawn")]


# --- a place missed counts for the next -----------------------------------------------------------------------------
def test_who_said_yes_for_nothing_comes_first_next_time_and_that_once_a_place() -> None:
    here = talk("ines", "jean", "karim", start="2026-03-16T11:40")
    freed(here)  # all three at once
    here.say("oui", PHONES["ines"])
    for _ in range(2):
        assert "vient d’être prise" in said(here.say("oui je la prends", PHONES["karim"]))
    assert (entry("karim").missed, entry("jean").missed) == (1, 0)
    here.staff(cancel=cast.LEA_TUESDAY)
    here.clock("2026-03-16T09:40")
    assert [name for name, _ in offers()[3:]] == ["karim", "jean"]


def test_who_stood_by_in_vain_comes_first_too() -> None:
    here = asked_after_ines("jean")
    here.say("oui", PHONES["ines"])
    here.say("oui", PHONES["jean"])
    assert entry("ines").missed == 1
