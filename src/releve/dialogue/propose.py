"""One turn before the gate: what to propose and what to ask, from the state, what was heard and the facts.

Order: danger first; then whoever asked to stop or for a person; then the answer to our question; then our own
messages' answers; then new requests and questions. Nothing understood twice, or nothing for sure: a person.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from releve.agents import AGENTS
from releve.core.acts import Act, Answer, CreateTask, Identity, OptOut, SendCode
from releve.core.facts import Facts
from releve.core.messages import Evidence, Proposal
from releve.core.talk import Ask, Party, Request
from releve.core.understanding import Understanding, Wish
from releve.dialogue import identity
from releve.dialogue.answering import answer
from releve.dialogue.claiming import claimed
from releve.dialogue.clauses import PAPER
from releve.dialogue.file_answers import TOPICS, asks_of_something, beside, own_next_service
from releve.dialogue.file_answers import answer as answer_from_file
from releve.dialogue.heard import Heard
from releve.dialogue.prompts import answered
from releve.dialogue.rather import rather_a_move
from releve.dialogue.requests import requests_in
from releve.dialogue.stale import refreshed
from releve.dialogue.state import SPOKEN, State
from releve.language.foreign import french_name
from releve.language.text import fold

MOST_TRIES = 2
IDENTITY_QUESTIONS = 3
CODE_TRIES = 3
SURE = 0.8  # less sure of its intents than that, a message is looked at twice
MISREAD = {"other", "ask_preparation", "request_results", "request_document"}
NEEDS = re.compile(r"\b(?:faut|faudrait|doi[st]|besoin|voudrai[st]|veux|souhaite\w*|aimerais?)\b")
SHORT = 8  # words: a bare wish, not a story
# Intents that a person takes over at once: intent -> (kind of task, who)
PERSON = {
    "complaint": ("complaint", "secretary"),
    "privacy_request": ("privacy_request", "secretary"),
    "billing_issue": ("billing", "secretary"),
    "talk_to_human": ("callback", "secretary"),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """`says`: sentences said in any case; `handoff`: who takes over, when the assistant stops here."""

    state: State
    proposals: tuple[Proposal, ...] = ()
    says: tuple[Ask, ...] = ()
    handoff: str = ""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A turn being thought out."""

    state: State
    acts: tuple[tuple[Act, Identity, tuple[Evidence, ...]], ...] = ()
    says: tuple[Ask, ...] = ()
    handoff: str = ""

    def plus(self, acts: Sequence[Act], evidence: tuple[Evidence, ...], identity: Identity = Identity.NONE) -> "_Draft":
        more = tuple((a, identity, evidence) for a in acts)
        return _Draft(self.state, (*self.acts, *more), self.says, self.handoff)

    def saying(self, *says: Ask) -> "_Draft":
        return _Draft(self.state, self.acts, (*self.says, *says), self.handoff)

    def at(self, state: State) -> "_Draft":
        return _Draft(state, self.acts, self.says, self.handoff)


def propose(state: State, understanding: Understanding, text: str, facts: Facts) -> Turn:
    """Pure: no clock, no database. Nothing is promised here; `tell` speaks after the gate."""
    heard = _as_wished(Heard(text, _sure(understanding), facts), understanding.confidence)
    state = _spoken_to(refreshed(state, facts), understanding.language)
    draft = (
        _safety(state, heard)
        or _stopped(state, heard)
        or _handed(state, heard)
        or _unread(state, heard)
        or _person(state, heard)
        or _kept_for_people(state, heard)
        or _talk(state, heard)
    )
    proposals = tuple(
        Proposal(act, "front_desk", evidence, identity, understanding.confidence)
        for act, identity, evidence in draft.acts
    )
    return Turn(draft.state, proposals, draft.says, draft.handoff)


def _sure(understanding: Understanding) -> Understanding:
    """Intents that are likelier wrong than right count as none: signs ("oui", "le 2"), danger and times still do."""
    return replace(understanding, intents=("other",)) if understanding.unsure else understanding


def _as_wished(heard: Heard, confidence: float) -> Heard:
    """ "il lui faut son examen des 9 mois mardi": a visit of the practice, a need and a day, read as a question for
    want of the word: a wish for an appointment. Nothing that tells of danger or of a person is read otherwise."""
    u = heard.understanding
    doubtful = confidence < SURE and set(u.intents) <= MISREAD and u.urgency == "none" and not u.red_flags
    said = fold(heard.text)
    needed = heard.mention.by_name and NEEDS.search(said) and not PAPER.search(said)
    if not doubtful or not needed or "question" in heard.signs:
        return heard
    when = heard.day_told
    return heard if when is None else Heard(heard.said, _as_booking(u, when), heard.facts)


def _spoken_to(state: State, language: str) -> State:
    """In the patient's language; that a machine answers is said again in it."""
    return state if language == state.language else state.having(language=language, introduced=False)


def opened() -> Turn:
    """A chat opened without a word."""
    return Turn(State(ask=Ask("how_can_i_help", "request")))


def _safety(state: State, heard: Heard) -> _Draft | None:
    """Red flags first: the numbers to call, a person alerted, nothing else (DESIGN section 7)."""
    flags = heard.understanding.red_flags
    if not flags:
        return None
    task = CreateTask(task="red_flag", patient=_likely(heard.facts), note=_note(heard), handoff="emergency")
    done = state.having(requests=(), ask=None, handed="emergency")
    return _Draft(done, says=(Ask("red_flag", args={"flags": list(flags)}),), handoff="emergency").plus(
        (task,), heard.evidence(*flags)
    )


def _likely(facts: Facts) -> int | None:
    return facts.contacts[0].id if len(facts.contacts) == 1 else None


def _stopped(state: State, heard: Heard) -> _Draft | None:
    """STOP never waits, in whatever language and whoever has the conversation."""
    if not heard.understanding.has("opt_out") or not heard.facts.address:
        return None
    act = OptOut(channel=heard.facts.channel, address=heard.facts.address)
    return _Draft(state.having(requests=(), ask=None)).plus((act,), heard.evidence("opt_out"))


def _handed(state: State, heard: Heard) -> _Draft | None:
    if not state.handed:
        return None
    to = "secretary" if state.handed == "emergency" else state.handed
    say = "after_red_flag" if state.handed == "emergency" else "with_person"
    return _Draft(state, says=(Ask(say),), handoff=to)


def _unread(state: State, heard: Heard) -> _Draft | None:
    """A language that is recognised and not read: a short answer in it, and a person."""
    if heard.understanding.language in SPOKEN:
        return None
    return _hand_over(_Draft(state), heard, "callback", "secretary", "handed_over", "text")


def _note(heard: Heard) -> str:
    """The message as written, which evidence points into; after it, the name of a language that is not read here."""
    language = heard.understanding.language
    return heard.said if language in SPOKEN else f"{heard.said}\n[Message en {french_name(language)}]"


def _person(state: State, heard: Heard) -> _Draft | None:
    u = heard.understanding
    left = "passes" in heard.signs and any(p.kind == "offer" for p in heard.facts.prompts)
    for intent, (kind, who) in PERSON.items():
        if u.has(intent) and not (left and intent == "talk_to_human"):  # "proposez-la à quelqu'un d'autre"
            return _hand_over(_Draft(state), heard, kind, who, "handed_over", intent)
    if "hostile" in heard.signs:
        return _hand_over(_Draft(state), heard, "complaint", "secretary", "handed_over", "text")
    if u.urgency == "same_day":
        booking = requests_in(heard)
        if not any(r.kind in ("book", "reschedule") for r in booking):
            return _hand_over(_Draft(state), heard, "symptom_same_day", "physician", "same_day", "report_symptom")
    return None


def _kept_for_people(state: State, heard: Heard) -> _Draft | None:
    """Nothing is signed, or everything is stopped: a person answers, and nothing of a file is shown."""
    if heard.facts.may_act:
        return None
    return _hand_over(_Draft(state), heard, "callback", "secretary", "waiting", "text")


def _hand_over(draft: _Draft, heard: Heard, kind: str, who: str, say: str, label: str) -> _Draft:
    """A person takes over; what was already decided in this turn still happens."""
    state = draft.state
    known = identity.party(
        state.current or Request("paper", about=heard.text), claimed(state.claim, heard), heard.facts
    )
    task = CreateTask(task=kind, patient=known.patient or _likely(heard.facts), note=_note(heard), handoff=who)
    stopped = state.having(requests=(), ask=None, handed=who)
    ended = _Draft(stopped, draft.acts, (*draft.says, Ask(say)), handoff=who)
    return ended.plus((task,), heard.evidence(label))


def _talk(state: State, heard: Heard) -> _Draft:
    state = state.having(claim=claimed(state.claim, heard, asked=state.expects == "identity"))
    if _back_to_ours(state, heard):
        return _fresh(state.having(requests=(), ask=None, misses=0), heard, _topics(state, heard))
    topics = _topics(state, heard)
    reply = answer(state, heard) if state.ask is not None else None
    if reply is not None:
        draft = _Draft(reply.state).plus(reply.acts, heard.evidence("inform")).saying(*reply.says)
        extra = [r for r in requests_in(heard) if _is_more(r, state)]
        draft = draft.at(draft.state.having(requests=(*draft.state.requests, *extra)))
        return _advance(_questions(draft, heard, topics), heard)
    return _fresh(state, heard, topics)


def _back_to_ours(state: State, heard: Heard) -> bool:
    """Asked who they are, they answer a message of ours, which needs no name: "c'est bon, je prends la place"."""
    told = heard.understanding.names or heard.understanding.birth_date
    answers = heard.yes or heard.no or heard.signs & {"takes", "passes", "coming"}
    awaited = any(p.open and not p.answered and p.status in ("open", "") for p in heard.facts.prompts)
    return state.expects == "identity" and not told and bool(answers) and awaited


def _topics(state: State, heard: Heard) -> list[str]:
    """The questions of the message; of the visit that is spoken of, its price may be asked in two words."""
    found = [t for t in TOPICS if heard.understanding.has(t)]
    short = "price" in heard.signs and _at_hand(state, heard) is not None
    return found or (["ask_price"] if short else [])


def _at_hand(state: State, heard: Heard) -> int | None:
    """The visit that is being arranged, was just arranged, or that a message of ours was about."""
    request = state.current
    if request is not None:
        about = heard.facts.appointment(request.appointments[0]) if len(request.appointments) == 1 else None
        return about.service_id if about is not None else request.service
    return state.visit or own_next_service(heard)


def _is_more(request: Request, state: State) -> bool:
    """Beside the answer, something else is asked for: a paper, while an appointment is being made."""
    return request.kind == "paper" and all(request.task != r.task for r in state.requests)


def _fresh(state: State, heard: Heard, topics: list[str]) -> _Draft:
    """A message that answers no question of ours."""
    reply = answered(heard) if state.current is None else None
    if reply is not None:
        requests, acts, says = reply
        about = tuple(p.patient for p in heard.facts.prompts[-1:])
        papers = tuple(r.having(reply_for=about) for r in requests_in(heard) if r.kind == "paper")
        said = (
            beside(heard, heard.facts.prompts[-1].place.service) if "question" in heard.signs and not topics else None
        )
        if said is not None:
            acts, says = (*acts, Answer(topic="ask_preparation", sources=tuple(said.args["sources"]))), (*says, said)
        draft = _Draft(state.having(requests=(*requests, *papers), ask=None))
        draft = draft.plus(acts, heard.evidence("affirm", "deny"), Identity.REPLY).saying(*says)
        return _advance(_questions(draft, heard, topics), heard)
    new = _beside_ours(requests_in(heard), heard, topics) or (
        _first_visit(heard) if "ask_new_patient" in topics else ()
    )
    if any(r.kind == "book" and _takes_none(r, heard) for r in new):  # said when it is refused
        topics = [t for t in topics if t != "ask_new_patient"]
    if new:
        return _advance(_questions(_Draft(_taken_up(state, new, heard)), heard, topics), heard)
    if topics:
        waiting = state if state.current is not None else state.having(ask=None)
        return _advance(_questions(_Draft(waiting), heard, topics), heard)
    return _unclear(state, heard)


def _beside_ours(new: tuple[Request, ...], heard: Heard, topics: list[str]) -> tuple[Request, ...]:
    """ "c'est à quelle adresse déjà ?" after a message of ours: the question is answered, and nobody is asked who they
    are for it."""
    asks = bool(topics) and any(p.open for p in heard.facts.prompts)
    return tuple(r for r in new if r.kind != "info") if asks else new


def _taken_up(state: State, new: tuple[Request, ...], heard: Heard) -> State:
    """New requests come first, unless they repeat the one under way, which they then complete."""
    current = state.current
    state = state.having(claim=state.claim.having(tries=0))
    if current is None:
        return state.having(requests=new, ask=None, misses=0)
    merged = [_completed(current, r) for r in new if r.kind == current.kind]
    others = [r for r in new if r.kind != current.kind]
    if merged:
        return state.having(requests=(merged[0], *state.requests[1:], *others), ask=None, misses=0)
    papers = tuple(r for r in others if r.kind == "paper")
    if len(papers) == len(others):
        return state.having(requests=(*state.requests, *papers), misses=0)
    return state.having(requests=tuple(others), ask=None, misses=0)


def _completed(current: Request, said: Request) -> Request:
    """The request under way with what is said anew."""
    changed = (said.service is not None and said.service != current.service) or said.practitioner not in (
        None,
        current.practitioner,
    )
    return current.having(
        service=said.service or current.service,
        practitioner=said.practitioner or current.practitioner,
        wish=said.wish or current.wish,
        named=said.named or current.named,
        several=said.several or current.several,
        about=f"{current.about} {said.about}"[-600:],
        chosen=None if changed or said.wish else current.chosen,
        held=False if changed or said.wish else current.held,
        shown=() if changed or said.wish else current.shown,
    )


def _questions(draft: _Draft, heard: Heard, topics: list[str]) -> _Draft:
    if heard.understanding.urgency == "same_day":
        task = CreateTask(task="symptom_same_day", patient=_likely(heard.facts), note=heard.said)
        draft = draft.plus((task,), heard.evidence("report_symptom")).saying(Ask("same_day"))
    if not topics:
        return draft
    acts, says = answer_from_file(heard, topics, _at_hand(draft.state, heard))
    return draft.plus(acts, heard.evidence(*topics)).saying(*says)


def _unclear(state: State, heard: Heard) -> _Draft:
    u = heard.understanding
    if state.ask is not None and state.current is not None:
        return _again(state, heard)
    if u.has("thank") or (u.has("affirm") and not u.human):
        return _Draft(state.having(ask=None), says=(Ask("thanks" if u.has("thank") else "noted"),))
    if u.has("greet"):
        return _Draft(state.having(ask=Ask("how_can_i_help", "request")))
    if heard.no:
        return _Draft(state.having(ask=None), says=(Ask("as_you_like"),))
    if "asks_us" in heard.signs and "question" in heard.signs and asks_of_something(heard):
        return _questions(_Draft(state.having(ask=None, misses=0)), heard, ["ask_practice"])
    if u.human:
        return _hand_over(_Draft(state), heard, "other", "secretary", "handed_over", u.intents[0])
    if state.misses + 1 >= MOST_TRIES:
        return _hand_over(_Draft(state), heard, "other", "secretary", "handed_over", "other")
    said = heard.mention
    short = len(heard.text.split()) <= SHORT
    if short and (heard.wish is not None or said.service is not None or said.practitioner is not None):
        found = requests_in(Heard(heard.said, _as_booking(u), heard.facts))
        return _advance(_Draft(state.having(requests=found)), heard)
    return _Draft(state.having(ask=Ask("say_again", "request"), misses=state.misses + 1))


def _takes_none(request: Request, heard: Heard) -> bool:
    who = request.practitioner
    return who is not None and not heard.facts.directory.practitioners[who].accepts_new_patients


def _as_booking(understanding: Understanding, when: Wish | None = None) -> Understanding:
    """A bare "mardi matin" or "une prise de sang", with nothing under way, is a wish for an appointment."""
    u = understanding
    return Understanding(("book_appointment",), when=u.when or when, patient_is=u.patient_is, language=u.language)


def _first_visit(heard: Heard) -> tuple[Request, ...]:
    """Who asks whether new patients are taken, and says when, would like to come."""
    when = heard.day_told
    if when is None:
        return ()
    return requests_in(Heard(heard.said, _as_booking(heard.understanding, when), heard.facts))


def _again(state: State, heard: Heard) -> _Draft:
    """Our question was not answered: once more, then a person; at once when they say they do not know."""
    if "unknown" in heard.signs or state.misses + 1 >= MOST_TRIES:
        return _hand_over(_Draft(state), heard, "booking_help", "secretary", "handed_over", "other")
    say = "code_help" if state.expects == "code" else "not_understood"
    return _Draft(state.having(misses=state.misses + 1), says=(Ask(say),))


def _advance(draft: _Draft, heard: Heard) -> _Draft:
    """Works through the requests until one of them needs an answer."""
    if draft.state.ask is not None or draft.handoff:
        return draft
    waiting: list[Request] = list(draft.state.requests)
    while waiting:
        request = waiting.pop(0)
        known = identity.party(request, draft.state.claim, heard.facts)
        request = rather_a_move(request, heard.facts, known, heard.understanding.language)
        if len(known.patients) > 1 and known.identity is Identity.CLAIMED:
            return _hand_over(draft, heard, "identity_check", "secretary", "handed_over", "inform")
        if _whose_first(request, known, heard):
            return _identify(
                draft.at(draft.state.having(requests=(request, *waiting))), Identity.VERIFIED, known, heard
            )
        step = AGENTS[request.kind](request, heard.facts, known)
        draft = draft.plus(step.acts, request.evidence or heard.evidence("inform"), known.identity).saying(*step.says)
        if step.request is not None and step.request.kind != request.kind:
            waiting.insert(0, step.request)  # another agent goes on: a booking becomes a place on the list
            continue
        if step.request is None:
            continue
        draft = draft.at(draft.state.having(requests=(step.request, *waiting)))
        if step.need is not None:
            return _identify(draft, step.need, known, heard)
        return draft.at(draft.state.having(ask=step.ask, misses=0))
    return draft.at(draft.state.having(requests=(), misses=0))


def _whose_first(request: Request, known: Party, heard: Heard) -> bool:
    """Neither visit nor practitioner was said, on a number whose people have appointments: who speaks may tell what
    it is about."""
    vague = request.kind == "book" and request.service is None and request.practitioner is None
    own_number = heard.facts.channel in identity.OWN_NUMBER and bool(heard.facts.contacts)
    return vague and own_number and known.identity is Identity.NONE and bool(heard.facts.appointments)


def _identify(draft: _Draft, need: Identity, known: Party, heard: Heard) -> _Draft:
    """Asks who is speaking, or for a code; after two failures a person looks into it, in the same words for all."""
    state, claim = draft.state, draft.state.claim
    request = state.requests[0]
    if claim.tries >= IDENTITY_QUESTIONS or claim.code_tries >= CODE_TRIES:
        if request.kind == "paper":
            return _advance(draft.at(state.having(requests=(request, *state.requests[1:]))), heard)
        return _hand_over(draft, heard, "identity_check", "secretary", "identity_failed", "inform")
    if known.identity is Identity.NONE or known.identity is Identity.REPLY:
        asked = claim.having(tries=claim.tries + 1)
        return draft.at(state.having(ask=identity.question(request, claim, heard.facts), claim=asked, misses=0))
    if claim.code_sent:
        return draft.at(state.having(ask=Ask("code_again", "code"), misses=0))
    coded = state.having(ask=Ask("code", "code"), claim=claim.having(code_sent=True), misses=0)
    return draft.at(coded).plus((SendCode(patients=known.patients),), heard.evidence("inform"), known.identity)
