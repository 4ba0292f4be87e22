"""The one door: verdict with its reasons, then the effect, then the ledger leaf, in the caller's transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from releve.core.acts import ACTS, Act, Ceiling, CreateTask, HoldSlot, Identity, SendCode, StaffAct
from releve.core.codec import decode, encode
from releve.core.messages import Decision, Evidence, Outcome, Proposal, Verdict, proposal_id
from releve.effects import EFFECTS, Context, Done, Refused
from releve.guarantee import startup
from releve.guarantee.rules import STAFF, judge
from releve.ledger import actions as ledger
from releve.practice.models import Conversation, Organization, Task, User


def submit(
    proposals: Sequence[Proposal],
    *,
    event: UUID,
    organization: Organization,
    now: datetime,
    conversation: Conversation | None = None,
    user: User | None = None,
    text: str = "",
) -> tuple[Outcome, ...]:
    """Judges each proposal in order and carries out what is permitted.

    The caller's transaction holds it all. The proposal's id comes from the event and its place in it, so the same
    event submitted twice meets its own leaves and changes nothing (the ledger refuses a second leaf of one key).
    """
    policy = startup.policy(organization)
    outcomes = []
    for number, proposal in enumerate(proposals):
        context = Context(
            now=now, key=proposal_id(event, number), organization=organization, proposal=proposal,
            verdict=judge(proposal, policy), conversation=conversation, user=user, text=text,
        )  # fmt: skip
        outcomes.append(_one(context))
    return tuple(outcomes)


def _one(context: Context) -> Outcome:
    decision = context.verdict.decision
    if decision is Decision.REFUSE:
        return _told(context, "refused", Done(), "not_allowed")
    if not _of_the_role(context):
        return _told(context, "refused", Done(), "not_your_role")
    if decision is Decision.ASK:
        return _told(context, "waiting", _kept_for_a_person(context), "")
    try:
        with transaction.atomic():
            done = _carry_out(context.proposal.act, context)
    except Refused as refusal:
        return _told(context, "refused", Done(), refusal.why)
    except startup.CannotSign as refusal:
        return _told(context, "refused", Done(), refusal.why)
    waits = context.proposal.act.ceiling is Ceiling.PERSON or isinstance(context.proposal.act, CreateTask)
    return _told(context, "waiting" if waits else "done", done, "")


def _of_the_role(context: Context) -> bool:
    """What only some roles may do; whoever runs the installation from its command line has no role."""
    act = context.proposal.act
    roles = act.roles if isinstance(act, StaffAct) else ()
    return not roles or context.user is None or context.user.role in roles


def _carry_out(act: Act, context: Context) -> Done:
    if act.kind in startup.OWN:
        record = startup.OWN[act.kind](act, context.organization, context.user, context.now)
        return Done(record, f"organization:{context.organization.pk}")
    done = EFFECTS[act.kind](act, context)
    if act.kind == "decide_task" and done.facts.get("proposal"):
        return _approved(done, context)
    return done


def _approved(decision: Done, context: Context) -> Done:
    """A person approved a proposal that had been kept back: now it is theirs, and it is carried out."""
    kept: dict[str, Any] = dict(decision.facts["proposal"])
    cls = ACTS.get(kept.get("kind", ""))
    if cls is None or issubclass(cls, CreateTask):
        return decision
    act = decode(cls, kept["act"])
    proposal = Proposal(act, STAFF, (Evidence("rule", "approved by a person"),), Identity.STAFF)
    assert decision.record is not None
    task = Task.objects.select_related("conversation").get(pk=decision.record)
    staff = replace(
        context,
        conversation=task.conversation,
        proposal=proposal,
        verdict=Verdict(("approved by a person",), Decision.DO),
    )
    done = EFFECTS[act.kind](act, staff)
    startup.carried_out(decision.record)
    return Done(decision.record, decision.subject, {"did": act.kind, "made": done.record})


def _kept_for_a_person(context: Context) -> Done:
    """What may not happen alone becomes a task that holds the proposal."""
    act = context.proposal.act
    patient = getattr(act, "patient", None)
    task = CreateTask(task="booking_help", patient=patient if isinstance(patient, int) else None, note=context.text)
    done = EFFECTS["create_task"](task, context)
    assert done.record is not None
    if not isinstance(act, HoldSlot | SendCode):  # a hold or a code means nothing later
        startup.keep_proposal(done.record, act)
    return done


def _told(context: Context, status: str, done: Done, why: str) -> Outcome:
    """The ledger's leaf, then the outcome."""
    proposal = context.proposal
    ledger.record(
        key=context.key,
        kind=proposal.act.kind,
        author=f"user:{context.user.pk}" if context.user is not None else proposal.agent,
        at=context.now,
        subject=done.subject,
        conversation=context.conversation.pk if context.conversation is not None else None,
        payload={
            "act": encode(proposal.act),
            "status": status,
            "why": why,
            "decision": context.verdict.decision.value,
            "reasons": list(context.verdict.reasons),
            "identity": proposal.identity.value,
            "evidence": [encode(e) for e in proposal.evidence],
            "confidence": f"{proposal.confidence:.3f}",
            "version": proposal.version,
            **({"before": done.facts["before"]} if "before" in done.facts else {}),  # what a move gave up
        },
    )
    return Outcome(proposal, context.verdict, status, done.record, why, dict(done.facts))
