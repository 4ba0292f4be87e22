"""What a message means as the answer to the question that was asked.

Each handler takes the state and what was heard and returns the new state, with acts and sentences if any; None when
the message does not answer the question.
"""

from collections.abc import Callable
from dataclasses import dataclass

from releve.core.acts import Act, ReleaseHold
from releve.core.talk import Ask, Request
from releve.core.understanding import Window, Wish
from releve.dialogue.heard import Heard
from releve.dialogue.state import State
from releve.language.matching import choose
from releve.language.matching.directory import default_service

CONFIRMS = ("confirm_booking", "confirm_move", "confirm_cancel", "confirm_contact")


@dataclass(frozen=True, slots=True)
class Answered:
    state: State
    acts: tuple[Act, ...] = ()
    says: tuple[Ask, ...] = ()


def answer(state: State, heard: Heard) -> Answered | None:
    """Reads the message against the question that awaits an answer."""
    handler = _HANDLERS.get(state.expects)
    return handler(state, heard) if handler is not None and state.current is not None else None


def _current(state: State) -> Request:
    assert state.current is not None
    return state.current


def _done(state: State, *says: Ask, acts: tuple[Act, ...] = ()) -> Answered:
    """The request is over; the next one, if any, goes on."""
    held = (ReleaseHold(),) if state.current is not None and state.current.held else ()
    return Answered(state.having(requests=state.requests[1:], ask=None), (*held, *acts), says)


def _code(state: State, heard: Heard) -> Answered | None:
    claim = state.claim
    if heard.facts.code_for is not None:
        verified = (*claim.verified, heard.facts.code_for)
        return Answered(state.having(claim=claim.having(verified=verified, code_tries=0), ask=None))
    if not any(c.isdigit() for c in heard.said):  # no code at all: that is no failed attempt
        given_up = heard.no and "unknown" not in heard.signs
        return _done(state, Ask("as_you_like")) if given_up else None
    return Answered(
        state.having(claim=claim.having(code_tries=claim.code_tries + 1), ask=None), says=(Ask("code_wrong"),)
    )


def _identity(state: State, heard: Heard) -> Answered | None:
    u = heard.understanding
    if u.birth_date is None and heard.no and "give_up" in heard.signs:
        return _done(state, Ask("as_you_like"))
    return Answered(state.having(ask=None))  # what was said is in the claim already; asked again if it is not enough


def _visit_type(state: State, heard: Heard) -> Answered | None:
    request, said = _current(state), heard.mention
    if heard.no and said.service is None and said.practitioner is None:
        return _done(state, Ask("as_you_like"))
    service = said.service
    if service is None and said.practitioner is not None:
        service = default_service(said.practitioner, heard.facts.directory)
    if service is None and said.practitioner is None:
        return None
    who = said.practitioner if said.practitioner is not None else request.practitioner
    changed = request.having(service=service, practitioner=who, unknown="", wish=request.wish or heard.wish)
    return Answered(state.with_current(changed).having(ask=None))


def _practitioner(state: State, heard: Heard) -> Answered | None:
    if heard.mention.practitioner is not None:
        changed = _current(state).having(practitioner=heard.mention.practitioner, any_practitioner=False)
        return Answered(state.with_current(changed).having(ask=None))
    if heard.signs & {"any_practitioner"} or heard.yes:
        return Answered(state.with_current(_current(state).having(any_practitioner=True)).having(ask=None))
    return None


def _time(state: State, heard: Heard) -> Answered | None:
    request = _current(state)
    if heard.wish is not None:
        return Answered(state.with_current(refined(request, heard)).having(ask=None))
    if "list" in heard.signs:
        return Answered(state.with_current(request.having(kind="join_list")).having(ask=None))
    if heard.no:
        return _given_up(state)
    if heard.yes or "any_time" in heard.signs:
        return Answered(state.with_current(request.having(wish=Wish())).having(ask=None))
    return None


def refined(request: Request, heard: Heard) -> Request:
    """A new wish. An hour without a day keeps the days wished before; nothing chosen or shown counts any more."""
    wish = heard.wish or Wish()
    if request.wish is not None and request.wish.prefer and wish.prefer and not heard.names_a_day:
        wish = _within(wish, request.wish) or wish
    same = (
        ("same_day",)
        if request.kind == "reschedule" and request.wish is None and not heard.names_a_day and wish.prefer
        else ()
    )
    asked = (*(a for a in request.asked if a not in ("yes", "same_day")), *same)
    return request.having(wish=wish, chosen=None, held=False, shown=(), asked=asked)


def _within(wish: Wish, before: Wish) -> Wish | None:
    days = {w.start.date() for w in before.prefer}
    kept = tuple(w for w in wish.prefer if w.start.date() in days)
    return Wish(kept, wish.exclude, wish.asap) if kept else None


def _slot(state: State, heard: Heard) -> Answered | None:
    request, local = _current(state), heard.facts.directory.local
    picked = choose(heard.text, [local(p.start) for p in state.places])
    if picked.index is not None and not heard.no:
        chosen = request.having(chosen=state.places[picked.index])
        return Answered(state.with_current(chosen).having(ask=None))
    if len(picked.ambiguous) > 1:
        places = tuple(state.places[i] for i in picked.ambiguous)
        return Answered(state.having(ask=Ask("offer_which", "slot", places)))
    if "list" in heard.signs and request.kind == "book":
        return Answered(
            state.with_current(request.having(kind="join_list", wish=heard.wish or request.wish)).having(ask=None)
        )
    if heard.signs & {"later", "earlier"} and not _new_wish(request, heard):
        return Answered(state.with_current(_shifted(request, state, heard)).having(ask=None))
    if _new_wish(request, heard):
        return Answered(state.with_current(refined(request, heard)).having(ask=None))
    if "more" in heard.signs:
        return Answered(state.with_current(request).having(ask=None))
    if heard.no or heard.signs & {"give_up", "keep"}:
        return _given_up(state)
    if heard.yes:
        return Answered(state.having(ask=Ask("offer_which", "slot", state.places)))
    return None


def _new_wish(request: Request, heard: Heard) -> bool:
    return (
        heard.wish is not None
        and heard.wish != request.wish
        and bool(heard.wish.prefer or heard.wish.exclude or heard.wish.asap)
    )


def _shifted(request: Request, state: State, heard: Heard) -> Request:
    """ "plus tard", "plus tôt": beyond the last place shown, or before the first."""
    starts = [heard.facts.directory.local(p.start) for p in state.places]
    if not starts:
        return request
    now = heard.facts.local_now
    window = (
        Window(now, min(starts))
        if "earlier" in heard.signs
        else Window(max(starts), max(starts).replace(year=max(starts).year + 1))
    )
    base = request.wish.prefer if request.wish else ()
    inside = tuple(
        Window(max(w.start, window.start), min(w.end, window.end))
        for w in base
        if w.end > window.start and w.start < window.end
    )
    return request.having(wish=Wish(inside or (window,)))


def _given_up(state: State) -> Answered:
    request = _current(state)
    if request.kind == "reschedule" and request.appointments:
        return _done(state, Ask("kept", args={"appointments": list(request.appointments)}))
    return _done(state, Ask("as_you_like"))


def _confirmation(state: State, heard: Heard) -> Answered | None:
    assert state.ask is not None
    if state.ask.say not in CONFIRMS:
        return _other_question(state, heard)
    request = _current(state)
    if request.chosen is not None:
        changed = _changed_mind(state, request, heard)
        if changed is not None:
            return changed
    if "question" in heard.signs and not heard.no and not heard.yes:
        return Answered(state)  # "c'est bien celui de 10 h ?": the same question again, which says it in full
    if state.ask.say == "confirm_cancel" and "coming" in heard.signs:
        return _done(state, Ask("kept", args={"appointments": list(request.appointments)}))
    if _agrees(state.ask.say, request, heard):
        return Answered(state.with_current(request.having(asked=(*request.asked, "yes"))).having(ask=None))
    if heard.no or heard.signs & {"give_up", "keep"}:
        return _refused(state, request, heard)
    return None


def _agrees(say: str, request: Request, heard: Heard) -> bool:
    """A yes without reserve to what was shown; for a cancellation also the bare "annulez"."""
    if say == "confirm_cancel" and "cancel_it" in heard.signs:
        return True
    start = heard.facts.directory.local(request.chosen.start) if request.chosen is not None else None
    return heard.plain_yes(start)


def _changed_mind(state: State, request: Request, heard: Heard) -> Answered | None:
    """Another time at the moment of confirming: "non, finalement plutôt jeudi matin"."""
    assert request.chosen is not None
    wish = heard.wish
    if wish is None or not wish.prefer:
        return None
    if heard.yes and wish.allows(heard.facts.directory.local(request.chosen.start)):
        return None
    if not heard.no and choose(heard.text, [heard.facts.directory.local(request.chosen.start)]).index is not None:
        return None
    return Answered(state.with_current(refined(request, heard)).having(ask=None), (ReleaseHold(),))


def _refused(state: State, request: Request, heard: Heard) -> Answered:
    assert state.ask is not None
    if state.ask.say == "confirm_cancel":
        return _done(state, Ask("kept", args={"appointments": list(request.appointments)}))
    if "list" in heard.signs and request.kind == "book":
        joined = request.having(kind="join_list", chosen=None, held=False)
        return Answered(state.with_current(joined).having(ask=None), (ReleaseHold(),))
    polite_end = heard.understanding.has("thank") or heard.signs & {"give_up", "keep"} or "merci" in heard.text.lower()
    if "more" in heard.signs or not polite_end:
        other = request.having(chosen=None, held=False)
        return Answered(state.with_current(other).having(ask=None), (ReleaseHold(),))
    return _given_up(state)


def _other_question(state: State, heard: Heard) -> Answered | None:
    assert state.ask is not None
    request = _current(state)
    if state.ask.say == "no_new_patients":
        others = list(state.ask.args.get("others", ()))
        other = heard.mention.practitioner if heard.mention.practitioner in others else None
        if other is None and heard.yes and not heard.no:
            other = others[0]
        if other is not None:
            return Answered(state.with_current(request.having(practitioner=other)).having(ask=None))
    elif heard.plain_yes():  # shall I put you on the list?
        joined = request.having(kind="join_list", asked=(*request.asked, "yes"))
        return Answered(state.with_current(joined).having(ask=None))
    elif heard.wish is not None:
        return Answered(state.with_current(refined(request, heard)).having(ask=None))
    return _done(state, Ask("as_you_like")) if heard.no or "only" in heard.signs else None


def _details(state: State, heard: Heard) -> Answered | None:
    assert state.ask is not None
    request = _current(state)
    if state.ask.say == "which_appointment":
        return _which(state, request, heard)
    return Answered(state.having(ask=None))  # how to reach them: read into the claim already, or not given


def _which(state: State, request: Request, heard: Heard) -> Answered | None:
    assert state.ask is not None
    keys = [k for k in state.ask.args["appointments"] if heard.facts.appointment(k) is not None]
    starts = [heard.facts.directory.local(a.start) for k in keys if (a := heard.facts.appointment(k)) is not None]
    if "several" in heard.signs:
        changed = request.having(several=True, appointments=tuple(keys))
        return Answered(state.with_current(changed).having(ask=None))
    picked = choose(heard.text, starts)
    if picked.index is not None:
        changed = request.having(appointments=(keys[picked.index],))
        return Answered(state.with_current(changed).having(ask=None))
    if heard.mention.practitioner is not None or heard.mention.service is not None:
        changed = request.having(practitioner=heard.mention.practitioner, service=heard.mention.service)
        return Answered(state.with_current(changed).having(ask=None))
    return _done(state, Ask("as_you_like")) if heard.no else None


_HANDLERS: dict[str, Callable[[State, Heard], Answered | None]] = {
    "code": _code,
    "identity": _identity,
    "visit_type": _visit_type,
    "practitioner": _practitioner,
    "time": _time,
    "slot": _slot,
    "confirmation": _confirmation,
    "details": _details,
}
