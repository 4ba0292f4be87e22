"""What may be done alone: the verdict depends on ceiling, start-up record, stop and identity, and on nothing else."""

from datetime import UTC, datetime

import pytest

from releve.core.acts import (
    AUTOMATIC,
    Act,
    BookAppointment,
    CancelAppointment,
    CreateTask,
    ExpireHold,
    Identity,
    RequestRenewal,
    StopAssistant,
)
from releve.core.messages import Decision, Evidence, Proposal
from releve.guarantee.rules import Policy, judge

SIGNED = Policy(frozenset(AUTOMATIC), signed=True)
CANCEL = CancelAppointment(appointment=1, patient=1)
BOOK = BookAppointment(practitioner=1, service=1, start=datetime(2026, 3, 17, tzinfo=UTC), patient=1)


def decision(act: Act, identity: Identity, policy: Policy = SIGNED, agent: str = "front_desk") -> Decision:
    return judge(Proposal(act, agent, (Evidence("rule", "test"),), identity), policy).decision


@pytest.mark.parametrize(
    ("act", "identity", "expected"),
    [
        (CANCEL, Identity.VERIFIED, Decision.DO),
        (CANCEL, Identity.REPLY, Decision.DO),
        (CANCEL, Identity.CLAIMED, Decision.ASK),
        (CANCEL, Identity.NONE, Decision.ASK),
        (BOOK, Identity.CLAIMED, Decision.DO),
        (BOOK, Identity.NONE, Decision.ASK),
    ],
)
def test_identity_decides(act: Act, identity: Identity, expected: Decision) -> None:
    assert decision(act, identity) is expected


def test_nothing_is_automatic_before_the_start_up_record_is_signed() -> None:
    assert decision(BOOK, Identity.VERIFIED, Policy()) is Decision.ASK


def test_only_the_acts_that_were_signed_are_automatic() -> None:
    only_cancel = Policy(frozenset({"cancel_appointment"}), signed=True)
    assert decision(BOOK, Identity.VERIFIED, only_cancel) is Decision.ASK


@pytest.mark.parametrize("stopped", ["", "front_desk"])
def test_the_stop_button_keeps_everything_for_people(stopped: str) -> None:
    policy = Policy(frozenset(AUTOMATIC), signed=True, stopped=frozenset({stopped}))
    assert decision(BOOK, Identity.VERIFIED, policy) is Decision.ASK


def test_another_agents_stop_does_not_count() -> None:
    policy = Policy(frozenset(AUTOMATIC), signed=True, stopped=frozenset({"letters"}))
    assert decision(BOOK, Identity.VERIFIED, policy) is Decision.DO


def test_calling_a_person_is_always_allowed() -> None:
    stopped = Policy(stopped=frozenset({""}))
    assert decision(CreateTask(task="callback"), Identity.NONE, stopped) is Decision.DO
    assert decision(RequestRenewal(task="prescription_renewal"), Identity.NONE, stopped) is Decision.DO
    assert decision(CreateTask(task="red_flag", handoff="emergency"), Identity.NONE, stopped) is Decision.HAND_OVER


def test_the_machine_may_not_do_what_is_reserved_to_staff() -> None:
    assert decision(StopAssistant(stopped=False), Identity.VERIFIED) is Decision.REFUSE
    assert decision(StopAssistant(stopped=False), Identity.STAFF, agent="staff") is Decision.DO


def test_giving_back_a_hold_needs_no_permission() -> None:
    assert decision(ExpireHold(allocation=1), Identity.NONE, Policy(), "timer") is Decision.DO


def test_every_verdict_says_why() -> None:
    for identity in Identity:
        proposal = Proposal(CANCEL, "front_desk", (Evidence("rule", "test"),), identity)
        assert all(judge(proposal, policy).reasons for policy in (SIGNED, Policy()))


def test_a_proposal_without_evidence_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="no evidence"):
        Proposal(CANCEL, "front_desk", ())
