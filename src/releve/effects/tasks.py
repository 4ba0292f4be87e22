"""Tasks for people, and what a person decides on them."""

from datetime import timedelta

from releve.core.acts import REFUSAL_REASONS, AssignTask, CreateTask, DecideTask, UndoDecision
from releve.core.codec import encode
from releve.effects.context import Context, Done, Effects, Refused, alone
from releve.post import actions as post
from releve.practice import actions
from releve.practice.models import Task, User

UNDO = timedelta(seconds=10)
CAREGIVERS = ("prescription_renewal",)  # only a physician approves these (Code de la santé publique, R. 4127-76)
PRIORITIES = {"red_flag": "emergency", "symptom_same_day": "today"}


def create(act: CreateTask, context: Context) -> Done:
    proposal = context.proposal
    alert = _standing_alert(act, context)
    if alert is not None:
        return Done(alert.pk, f"task:{alert.pk}")
    words = act.note or context.text
    spans = [e for e in proposal.evidence if e.source == "message" and e.start < e.end <= len(words)]
    task = actions.create_task(
        organization=context.organization,
        now=context.now,
        kind=act.task,
        priority=PRIORITIES.get(act.task, "routine"),
        handoff=act.handoff,
        patient_id=act.patient,
        conversation=context.conversation,
        words=words,
        marks=[[e.start, e.end] for e in spans],
        identity=proposal.identity.value,
        reasons=list(context.verdict.reasons),
        proposal={"kind": act.kind, "act": encode(act)},
    )
    if act.handoff and context.conversation is not None:
        actions.hand_to_person(conversation=context.conversation)
    return Done(task.pk, f"task:{task.pk}")


def _standing_alert(act: CreateTask, context: Context) -> Task | None:
    """The conversation's alert that nobody has dealt with yet: it is on every open page, and a second would say no
    more, whoever writes the same words a hundred times."""
    if act.task != "red_flag" or context.conversation is None:
        return None
    return Task.objects.filter(conversation=context.conversation, kind="red_flag", status="open").first()


def decide(act: DecideTask, context: Context) -> Done:
    """Approve, edit or reject. An approved proposal that was kept back is carried out by the gate, not here."""
    task = alone(Task.objects.select_related("conversation")).get(pk=act.task, organization=context.organization)
    if task.status != "open":
        raise Refused("already_decided")
    status = "rejected" if act.decision == "reject" else "approved"
    if status == "approved" and task.kind in CAREGIVERS and context.user and context.user.role != User.Role.PHYSICIAN:
        raise Refused("needs_physician")
    refusal = act.refusal if status == "rejected" and act.refusal in REFUSAL_REASONS else ""
    actions.decide_task(task=task, status=status, user=context.user, now=context.now, draft=act.text, refusal=refusal)
    if act.text and task.conversation is not None:
        _answer(task, act.text, context)
    return Done(task.pk, f"task:{task.pk}", {"proposal": task.proposal if status == "approved" else {}})


def _answer(task: Task, words: str, context: Context) -> None:
    """The person's words leave after the time to undo."""
    conversation = task.conversation
    assert conversation is not None
    after = context.now + UNDO
    if conversation.address:
        post.send_later(
            key=f"{context.key}:staff", channel=conversation.channel, address=conversation.address, text=words,
            purpose="staff", now=context.now, send_after=after,
        )  # fmt: skip
    actions.note_message(
        organization=context.organization, author="staff", text=words, at=after, conversation=conversation,
        channel=conversation.channel, address=conversation.address, purpose="staff", event=context.key,
    )  # fmt: skip


def undo(act: UndoDecision, context: Context) -> Done:
    """Within ten seconds; after that the answer has left and a correction is a new message."""
    task = alone(Task.objects.all()).get(pk=act.task, organization=context.organization)
    if task.decided_at is None or context.now - task.decided_at > UNDO:
        raise Refused("too_late")
    if task.proposal.get("done"):
        raise Refused("already_done")
    if task.conversation_id is not None:
        for key in actions.withdraw_unsent(conversation=task.conversation_id, now=context.now):
            post.withdraw(key=f"{key}:staff")
    actions.reopen_task(task=task)
    return Done(task.pk, f"task:{task.pk}")


def assign(act: AssignTask, context: Context) -> Done:
    task = alone(Task.objects.all()).get(pk=act.task, organization=context.organization)
    if task.status != "open":
        raise Refused("already_decided")
    to = User.objects.filter(pk=act.to, is_active=True).first() if act.to is not None else None
    if act.to is not None and to is None:
        raise Refused("nobody")
    actions.assign_task(task=task, to=to)
    return Done(task.pk, f"task:{task.pk}")


EFFECTS: Effects = {
    "create_task": create,
    "request_renewal": create,
    "request_document": create,
    "decide_task": decide,
    "undo_decision": undo,
    "assign_task": assign,
}
