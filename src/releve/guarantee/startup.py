"""What people have signed and stopped: the start-up record (*mise en service*) and the stop button."""

from collections.abc import Callable

from releve.core.acts import AUTOMATIC, Act, SignStartUp, StopAssistant
from releve.core.codec import encode
from releve.effects.context import Context, Done, Refused
from releve.guarantee.models import StartUp, Stop
from releve.guarantee.rules import Policy
from releve.practice.models import Organization, Task


def policy(organization: Organization) -> Policy:
    """The practice's policy as it stands: two queries."""
    signed = StartUp.objects.filter(organization=organization).order_by("-id").first()
    stopped = frozenset(Stop.objects.filter(organization=organization).values_list("agent", flat=True))
    return Policy(frozenset(signed.acts) if signed else frozenset(), signed is not None, stopped)


def sign(act: SignStartUp, context: Context) -> Done:
    """Only acts whose ceiling allows it can be made automatic."""
    beyond = set(act.acts) - set(AUTOMATIC)
    if beyond:
        raise Refused("beyond_ceiling")
    row = StartUp.objects.create(
        organization=context.organization, acts=list(act.acts or AUTOMATIC), signed_by=act.signed_by,
        user=context.user, signed_at=context.now,
    )  # fmt: skip
    return Done(row.pk, f"organization:{context.organization.pk}")


def stop(act: StopAssistant, context: Context) -> Done:
    if act.stopped:
        Stop.objects.get_or_create(
            organization=context.organization, agent=act.agent, defaults={"reason": act.reason, "at": context.now}
        )
    else:
        Stop.objects.filter(organization=context.organization, agent=act.agent).delete()
    return Done(None, f"organization:{context.organization.pk}")


def keep_proposal(task: int | None, act: Act) -> None:
    """The task remembers what was proposed, so that approving it is enough."""
    Task.objects.filter(pk=task).update(proposal={"kind": act.kind, "act": encode(act)})


EFFECTS: dict[str, Callable[..., Done]] = {"sign_start_up": sign, "stop_assistant": stop}
