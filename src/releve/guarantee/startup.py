"""What people have signed and stopped: the start-up record (*mise en service*) and the stop button."""

from collections.abc import Callable
from datetime import datetime

from releve.core.acts import AUTOMATIC, Act, SignStartUp, StopAssistant
from releve.core.codec import encode
from releve.guarantee.models import StartUp, Stop
from releve.guarantee.rules import Policy
from releve.practice.models import Organization, Task, User


class BeyondCeiling(ValueError):
    """A start-up record may only name acts whose ceiling is automatic."""


def policy(organization: Organization) -> Policy:
    """The practice's policy as it stands: two queries."""
    signed = StartUp.objects.filter(organization=organization).order_by("-id").first()
    stopped = frozenset(Stop.objects.filter(organization=organization).values_list("agent", flat=True))
    return Policy(frozenset(signed.acts) if signed else frozenset(), signed is not None, stopped)


def sign(act: SignStartUp, organization: Organization, user: User | None, now: datetime) -> int | None:
    """Raises BeyondCeiling."""
    beyond = set(act.acts) - set(AUTOMATIC)
    if beyond:
        raise BeyondCeiling(", ".join(sorted(beyond)))
    acts = list(act.acts or AUTOMATIC)
    row = StartUp.objects.create(
        organization=organization, acts=acts, signed_by=act.signed_by, user=user, signed_at=now
    )
    return row.pk


def stop(act: StopAssistant, organization: Organization, user: User | None, now: datetime) -> int | None:
    """Presses or releases the button of one agent, or of all."""
    if not act.stopped:
        Stop.objects.filter(organization=organization, agent=act.agent).delete()
        return None
    row, _ = Stop.objects.get_or_create(
        organization=organization, agent=act.agent, defaults={"reason": act.reason, "at": now}
    )
    return row.pk


def keep_proposal(task: int, act: Act) -> None:
    """The task remembers what was proposed, so that approving it is enough."""
    Task.objects.filter(pk=task).update(proposal={"kind": act.kind, "act": encode(act)})


def carried_out(task: int) -> None:
    """The kept proposal has been done: deciding again cannot undo it, only another act can."""
    row = Task.objects.get(pk=task)
    row.proposal = {**row.proposal, "done": True}
    row.save(update_fields=["proposal"])


OWN: dict[str, Callable[..., int | None]] = {"sign_start_up": sign, "stop_assistant": stop}
