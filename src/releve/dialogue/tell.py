"""One turn after the gate: the reply, composed from what really happened. A stolen place becomes a new offer."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from releve.agenda.offers import offers
from releve.core.acts import (
    BookAppointment,
    CancelAppointment,
    ConfirmAppointment,
    CreateTask,
    HoldSlot,
    OptOut,
    RescheduleAppointment,
    UpdateContact,
)
from releve.core.facts import Facts, Place
from releve.core.messages import Decision, Outcome
from releve.core.talk import Ask, Request
from releve.core.understanding import Wish
from releve.core.waiting import DeclineOffer, JoinWaitingList, StandBy
from releve.dialogue.phrases import Voice, phone
from releve.dialogue.propose import Turn
from releve.dialogue.reply import Reply
from releve.dialogue.state import SPOKEN, State

TAKING = (HoldSlot, BookAppointment, RescheduleAppointment)
GONE = (
    "slot_taken", "past", "too_soon", "too_far", "closed", "kept", "day_full", "no_resource", "not_on_grid",
)  # what a place that was shown may have become meanwhile (agenda.availability.Reason)  # fmt: skip


def tell(turn: Turn, outcomes: Sequence[Outcome], facts: Facts) -> tuple[State, Reply]:
    """The new state and what is said, from the outcomes and nothing else."""
    voice, state = Voice(facts, turn.state.language), turn.state
    lines = [] if state.introduced else [voice.text("intro", practice=voice.practice)]
    kept = _kept_back(outcomes)
    lines += [voice.text("waiting")] if kept else [voice.say(says) for says in turn.says]
    lines += [] if kept else list(_results(outcomes, voice))
    taken = [o for o in outcomes if o.why in GONE and isinstance(o.proposal.act, TAKING)]
    if taken:
        state = _offer_again(state, taken[0], facts)
    handoff = (turn.handoff, _reason(outcomes, state.language)) if turn.handoff else kept
    if handoff is not None and not turn.handoff:
        state = state.having(requests=(), ask=None, handed=handoff[0])
    state = state.having(visit=_arranged(outcomes, facts) or state.visit)
    if state.ask is not None:
        lines.append(voice.say(state.ask))
    acts = tuple((o.proposal.act.kind, o.status, _appointment(o)) for o in outcomes if o.proposal.act.public)
    reply = Reply(tuple(x for x in lines if x), state.expects, state.places, acts, handoff)
    return state.having(introduced=True, last_at=facts.now), reply


def _reason(outcomes: Sequence[Outcome], language: str) -> str:
    """The kind of the task; for what nobody reads here, the language as well."""
    for outcome in outcomes:
        if isinstance(outcome.proposal.act, CreateTask):
            task = outcome.proposal.act.task
            return f"{task}, language: {language}" if language not in SPOKEN and task == "callback" else task
    return "with_person"


def _kept_back(outcomes: Sequence[Outcome]) -> tuple[str, str] | None:
    """The gate would not let an act happen alone: a person goes on."""
    for outcome in outcomes:
        if outcome.verdict.decision in (Decision.ASK, Decision.HAND_OVER) and not isinstance(
            outcome.proposal.act, CreateTask
        ):
            return "secretary", outcome.proposal.act.kind
    return None


def _appointment(outcome: Outcome) -> int | None:
    act = outcome.proposal.act
    if isinstance(act, BookAppointment) and outcome.done:
        return outcome.record
    return getattr(act, "appointment", None)


def _arranged(outcomes: Sequence[Outcome], facts: Facts) -> int | None:
    """The service of the visit that was booked, moved or confirmed in this turn."""
    for outcome in outcomes:
        act = outcome.proposal.act
        if isinstance(act, BookAppointment) and outcome.done:
            return act.service
        if isinstance(act, RescheduleAppointment | ConfirmAppointment) and outcome.done:
            about = facts.appointment(act.appointment)
            return about.service_id if about is not None else None
    return None


def _offer_again(state: State, taken: Outcome, facts: Facts) -> State:
    """The place went meanwhile: the nearest others, from the same facts less that place."""
    act = taken.proposal.act
    request = state.current or _of(act)
    if request is None:
        return state
    assert isinstance(act, TAKING)
    service = act.service if not isinstance(act, RescheduleAppointment) else _service(act, facts)
    found = offers(
        facts.directory, facts.calendars, _who(request, act.practitioner, service, facts), service,
        request.wish or Wish(asap=True), facts.now, (act.start,),
    )  # fmt: skip
    again = request.having(chosen=None, held=False, shown=(act.start, *(p.start for p in found.places)))
    again = again.having(asked=tuple(a for a in again.asked if a != "yes"))
    state = state.having(requests=(again, *state.requests[1:]))
    if not found.places:
        return state.having(requests=(again.having(kind="book"),), ask=Ask("nothing_at_all", "confirmation"))
    return state.having(ask=Ask("offer_taken", "slot", found.places))


def _of(act: object) -> Request | None:
    """The request behind an act that was the last word of its conversation."""
    if isinstance(act, BookAppointment):
        patients = (act.patient,) if act.patient is not None else ()
        return Request("book", service=act.service, practitioner=act.practitioner, reply_for=patients)
    if isinstance(act, RescheduleAppointment):
        return Request("reschedule", appointments=(act.appointment,), wish=Wish())
    return None


def _service(act: RescheduleAppointment, facts: Facts) -> int:
    appointment = facts.appointment(act.appointment)
    assert appointment is not None
    return appointment.service_id


def _who(request: Request, practitioner: int, service: int, facts: Facts) -> tuple[int, ...]:
    if request.practitioner is not None or request.kind == "reschedule":
        return (practitioner,)
    able = facts.directory.performers.get(service, ())
    return tuple(k for k in able if k == practitioner or facts.directory.practitioners[k].accepts_new_patients)


def _results(outcomes: Sequence[Outcome], voice: Voice) -> Iterator[str]:
    said: set[str] = set()
    for outcome in outcomes:
        line = result(outcome, voice)
        if line and line not in said:
            said.add(line)
            yield line


def result(outcome: Outcome, voice: Voice) -> str:
    """What is said of one act, from what became of it."""
    act = outcome.proposal.act
    if (outcome.why in GONE and isinstance(act, TAKING)) or act.kind in (
        "hold_slot",
        "release_hold",
        "send_code",
        "answer",
    ):
        return ""
    if outcome.why == "offer_gone" and isinstance(act, BookAppointment | StandBy):
        return voice.say(Ask("offer_gone", args={"start": act.start.isoformat()}))
    if outcome.why == "offer_gone" and isinstance(act, DeclineOffer):
        return voice.text("as_you_like")
    if outcome.why == "age":
        return voice.text("refused_age", phone=phone(voice.directory.practice.phone))
    if outcome.status == "refused":
        return voice.text("refused")
    if outcome.status == "waiting" and not isinstance(act, CreateTask):
        return voice.text("waiting")
    says = next((say for kind, say in _SAID.items() if isinstance(act, kind)), None)
    return says(outcome, voice) if says is not None else ""


def _booked(outcome: Outcome, voice: Voice) -> str:
    act = outcome.proposal.act
    assert isinstance(act, BookAppointment)
    place = Place(act.practitioner, act.service, act.start)
    line = voice.text("done_book_offer" if act.offer else "done_book", place=voice.place(place))
    return f"{line} {_bring(act.service, voice)}".strip()


def _bring(service: int, voice: Voice) -> str:
    visit = voice.directory.services[service]
    video = voice.text("by_video") if visit.teleconsultation else ""
    return f"{video} {voice.text('bring', instructions=visit.instructions) if visit.instructions else ''}".strip()


def _moved(outcome: Outcome, voice: Voice) -> str:
    act = outcome.proposal.act
    assert isinstance(act, RescheduleAppointment)
    old = voice.appointment(act.appointment)
    place = Place(act.practitioner, _service(act, voice.facts), act.start)
    return voice.text("done_move", place=voice.place(place), old=old)


def _cancelled(outcome: Outcome, voice: Voice) -> str:
    act = outcome.proposal.act
    assert isinstance(act, CancelAppointment)
    return voice.text("done_cancel", which=voice.appointment(act.appointment))


def _confirmed(outcome: Outcome, voice: Voice) -> str:
    act = outcome.proposal.act
    assert isinstance(act, ConfirmAppointment)
    return voice.text("done_confirm", which=voice.appointment(act.appointment))


def _listed(outcome: Outcome, voice: Voice) -> str:
    act = outcome.proposal.act
    assert isinstance(act, JoinWaitingList)
    who = voice.text("with_whom", who=voice.who(act.practitioner)) if act.practitioner is not None else ""
    return voice.text("done_list", visit=f"{voice.service(act.service)}{who}")


def _stands_by(outcome: Outcome, voice: Voice) -> str:
    act = outcome.proposal.act
    assert isinstance(act, StandBy)
    if gone := outcome.facts.get("gone"):
        return voice.say(Ask(gone, args={"start": act.start.isoformat()}))
    until = datetime.fromisoformat(outcome.facts["until"])
    return voice.text("done_stand_by", start=voice.full(act.start), until=voice.full(until))


def _task(outcome: Outcome, voice: Voice) -> str:
    act = outcome.proposal.act
    assert isinstance(act, CreateTask)
    told_already = act.handoff or act.task in ("symptom_same_day", "booking_help", "other", "red_flag")
    asked = any(e.reference.startswith("ask_") for e in outcome.proposal.evidence)
    return "" if told_already or (act.task == "callback" and asked) else voice.text(f"task_{act.task}")


_SAID: dict[type, Callable[[Outcome, Voice], str]] = {
    BookAppointment: _booked,
    RescheduleAppointment: _moved,
    CancelAppointment: _cancelled,
    ConfirmAppointment: _confirmed,
    CreateTask: _task,
    JoinWaitingList: _listed,
    DeclineOffer: lambda o, v: v.text("done_decline_move" if o.facts.get("cause") else "done_decline"),
    StandBy: _stands_by,
    OptOut: lambda o, v: v.text("done_opt_out"),
    UpdateContact: lambda o, v: v.text("done_contact"),
}
