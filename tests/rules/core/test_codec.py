"""Messages and states survive their way through JSON."""

import json
from datetime import UTC, date, datetime

import pytest

from releve.core.acts import ACTS, BookAppointment, NewPatient
from releve.core.codec import decode, encode
from releve.core.facts import Place
from releve.core.talk import Ask, Request
from releve.core.understanding import PersonName, Window, Wish
from releve.core.waiting import JoinWaitingList
from releve.dialogue.state import Claim, State

START = datetime(2026, 3, 17, 16, tzinfo=UTC)
WISH = Wish((Window(datetime(2026, 3, 17, 17), datetime(2026, 3, 17, 21)),), (), True)
STATES = [
    State(),
    State(True, Claim("Marie Dubois", date(1962, 11, 20), PersonName("Marie", "Dubois"), verified=(3,)), misses=1),
    State(requests=(Request("book", wish=WISH, chosen=Place(1, 2, START), shown=(START,)),)),
    State(ask=Ask("offer", "slot", (Place(1, 2, START),), {"appointments": [1, 2]}), handed="secretary"),
]
MADE = [
    BookAppointment(practitioner=1, service=2, start=START, newcomer=NewPatient("Léa", "Roy", date(2020, 1, 2))),
    JoinWaitingList(service=2, wish=WISH, patient=4),
]


@pytest.mark.parametrize("state", STATES)
def test_a_state_comes_back_as_it_was(state: State) -> None:
    assert decode(State, json.loads(json.dumps(encode(state)))) == state


@pytest.mark.parametrize("act", MADE)
def test_an_act_comes_back_as_it_was(act: BookAppointment | JoinWaitingList) -> None:
    assert decode(ACTS[act.kind], json.loads(json.dumps(encode(act)))) == act


def test_a_newer_states_unknown_fields_are_ignored() -> None:
    assert decode(State, {"introduced": True, "something_newer": 1}).introduced


def test_each_kind_of_act_is_listed_once() -> None:
    assert len({cls.kind for cls in ACTS.values()}) == len(ACTS)
    assert {"book_appointment", "create_task", "request_renewal", "answer"} <= set(ACTS)
