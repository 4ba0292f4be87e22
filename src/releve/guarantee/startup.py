"""What people have signed and stopped: the start-up record (*mise en service*), the red-flag list, the stop button."""

from collections.abc import Callable
from datetime import datetime

from releve.core.acts import AUTOMATIC, Act, SignRedFlags, SignStartUp, StopAssistant
from releve.core.codec import encode
from releve.guarantee.models import RedFlagSignature, StartUp, Stop
from releve.guarantee.rules import Policy
from releve.language import red_flags
from releve.practice.models import Organization, Task, User


class CannotSign(ValueError):
    """This signature may not be given; `why` is the code the person is told. Nothing is signed."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def policy(organization: Organization) -> Policy:
    """The practice's policy as it stands: two queries."""
    signed = StartUp.objects.filter(organization=organization).order_by("-id").first()
    stopped = frozenset(Stop.objects.filter(organization=organization).values_list("agent", flat=True))
    return Policy(frozenset(signed.acts) if signed else frozenset(), signed is not None, stopped)


def is_signed(organization: Organization) -> bool:
    """Whether somebody has signed: before that, nothing is public."""
    return StartUp.objects.filter(organization=organization).exists()


def sign(act: SignStartUp, organization: Organization, user: User | None, now: datetime) -> int | None:
    """Raises CannotSign: a start-up record may only name acts whose ceiling is automatic."""
    if set(act.acts) - set(AUTOMATIC):
        raise CannotSign("beyond_ceiling")
    acts = list(act.acts or AUTOMATIC)
    row = StartUp.objects.create(
        organization=organization, acts=acts, signed_by=act.signed_by, user=user, signed_at=now
    )
    return row.pk


def may_sign_red_flags(user: User | None) -> bool:
    """A physician, under their own name: neither the desk nor a command line signs for one."""
    return user is not None and user.role == User.Role.PHYSICIAN


def sign_red_flags(act: SignRedFlags, organization: Organization, user: User | None, now: datetime) -> int | None:
    """Once a physician and a version. Raises CannotSign; the list works all the same."""
    if user is None or not may_sign_red_flags(user):
        raise CannotSign("not_a_physician")
    if act.version != red_flags.VERSION:
        raise CannotSign("not_in_force")  # it changed while it was being read
    row, fresh = RedFlagSignature.objects.get_or_create(
        organization=organization, version=act.version, user=user,
        defaults={"signed_by": act.signed_by, "signed_at": now},
    )  # fmt: skip
    if not fresh:
        raise CannotSign("already_signed")
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


OWN: dict[str, Callable[..., int | None]] = {
    "sign_start_up": sign,
    "sign_red_flags": sign_red_flags,
    "stop_assistant": stop,
}
