"""What may be done alone, and why: pure, from the act's ceiling, the start-up record, the stop and the identity."""

from dataclasses import dataclass

from releve.core.acts import Ceiling, CreateTask, Identity
from releve.core.messages import Decision, Proposal, Verdict

SYSTEM = "timer"
STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Policy:
    """What this practice has signed and stopped. `automatic`: kinds of act allowed by the start-up record."""

    automatic: frozenset[str] = frozenset()
    signed: bool = False
    stopped: frozenset[str] = frozenset()  # agents; "" stops all

    def stops(self, agent: str) -> bool:
        return bool(self.stopped & {"", agent})


def judge(proposal: Proposal, policy: Policy) -> Verdict:
    """The verdict on one proposal, reasons first. The order of the rules is the order of their weight."""
    act = proposal.act
    if proposal.agent == STAFF:
        return Verdict(("a signed-in person does this",), Decision.DO)
    if act.ceiling is Ceiling.STAFF:
        return Verdict(("only a signed-in person may do this",), Decision.REFUSE)
    if isinstance(act, CreateTask):
        return _task(act)
    if act.housekeeping:
        return Verdict(("gives back what was kept",), Decision.DO)
    if policy.stops(proposal.agent):
        return Verdict(("the stop button is pressed",), _otherwise(proposal))
    if not policy.signed or act.kind not in policy.automatic:
        return Verdict(("the start-up record does not allow this act alone",), _otherwise(proposal))
    if not _identified(proposal):
        return Verdict(
            (f"this act needs {_needed(proposal)}, and the person is {proposal.identity.value}",), Decision.ASK
        )
    return Verdict(("allowed by the start-up record", f"identity: {proposal.identity.value}"), Decision.DO)


def _otherwise(proposal: Proposal) -> Decision:
    """What a patient asked for goes to a person; what only time brought does not happen."""
    return Decision.REFUSE if proposal.agent == SYSTEM else Decision.ASK


def _task(act: CreateTask) -> Verdict:
    """A task does nothing but call a person: always allowed, even when everything is stopped."""
    if act.handoff:
        return Verdict((f"a person takes over: {act.handoff}",), Decision.HAND_OVER)
    why = "a caregiver decides on this" if act.ceiling is Ceiling.PERSON else "a person must see this"
    return Verdict((why,), Decision.DO)


def _identified(proposal: Proposal) -> bool:
    allowed = proposal.act.identity
    return Identity.NONE in allowed or proposal.identity in allowed or proposal.identity is Identity.STAFF


def _needed(proposal: Proposal) -> str:
    return " or ".join(i.value for i in proposal.act.identity)
