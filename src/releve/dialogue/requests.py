"""From what a message asks to Requests: one intent, one request."""

import re
from collections.abc import Callable, Iterator, Sequence

from releve.core.talk import Request
from releve.core.understanding import Wish
from releve.dialogue.clauses import giving_up_and_booking, moved_in_two, paper_and_visit
from releve.dialogue.heard import Heard
from releve.language.matching import mention, together
from releve.language.matching.directory import default_service
from releve.language.text import fold

CHILDREN = ("child",)
# Papers and answers that only a caregiver gives: intent -> kind of task.
PAPERS = {
    "renew_prescription": "prescription_renewal",
    "request_document": "document_request",
    "request_results": "results_request",
    "medical_question": "medical_question",
    "running_late": "callback",
}
# "annuler l'écho, pas le cours": what is to be left as it is names no visit that is meant.
_LEFT_ALONE = re.compile(
    r"\b(?:(?:mais |et )?pas (?:l[ea]s?\b|l'|m(?:on|a|es)\b|celui|celle)|sauf|garde[rz]?)(?:(?! mais )[^,.;!?])*"
)
_OF_VISITS = ("cancel", "book", "reschedule")
ORDER = ("cancel", "confirm", "paper", "reschedule", "book", "join_list", "info", "update")


def requests_in(heard: Heard) -> tuple[Request, ...]:
    """What the message newly asks for, papers before appointments so that both get done."""
    intents = [i for i in heard.understanding.intents if i != "reschedule_appointment" or not heard.asks_the_time]
    found = {r.kind + r.task: r for intent in intents for r in _of(intent, heard)}
    two = _in_two(heard, intents)
    if two:
        found = {key: r for key, r in found.items() if r.kind not in _OF_VISITS} | two
    if "book" in found and "join_list" in found:  # "un rdv, sinon la liste d'attente"
        found["book"] = found["book"].having(list_too=True)
        del found["join_list"]
    return tuple(sorted(found.values(), key=lambda r: ORDER.index(r.kind)))


def _in_two(heard: Heard, intents: Sequence[str]) -> dict[str, Request]:
    """Two things asked for at once, each as its own part of the message says it; whom for may stand in either part."""
    acts = {"cancel_appointment", "book_appointment", "reschedule_appointment"} & set(intents)
    moved = moved_in_two(heard) if acts else None
    if moved is not None:
        old = moved.left.told_of or moved.left.time_told
        return {"reschedule": _whole(_move(heard), heard).having(named=old, wish=moved.right.time_told, asked=())}
    both = giving_up_and_booking(heard) if acts or heard.understanding.unsure else None
    if both is not None and ("reschedule_appointment" not in intents or both.of_two_visits):
        gives, wants = _own("cancel", "cancel_appointment")(both.left), _book(both.right)
        wish = wants.wish or both.right.time_told
        return {"cancel": _whole(gives, heard), "book": _besides(wants, heard).having(wish=wish)}
    besides = paper_and_visit(heard) if set(PAPERS) & set(intents) and not acts else None
    if besides is None:
        return {}
    return {"book": _besides(_book(besides.right), heard).having(wish=besides.right.time_told)}


def _besides(request: Request, heard: Heard) -> Request:
    """One more appointment, and no move of another: they said what is given up."""
    return _whole(request, heard).having(asked=(*request.asked, "kind"))


def _whole(request: Request, heard: Heard) -> Request:
    return request.having(text=heard.said, about=heard.text)


def _of(intent: str, heard: Heard) -> Iterator[Request]:
    if intent in PAPERS:
        yield _base(heard, "paper", intent).having(task=_paper(intent, heard))
    elif intent in _MAKERS:
        yield _MAKERS[intent](heard)


def _paper(intent: str, heard: Heard) -> str:
    if intent == "request_document" and "certificat" in heard.text.lower():
        return "certificate_request"
    return PAPERS[intent]


def _base(heard: Heard, kind: str, intent: str) -> Request:
    u = heard.understanding
    return Request(
        kind=kind,
        text=heard.said,
        about=heard.text,
        for_child=u.patient_is in CHILDREN,
        several="several" in heard.signs or together(heard.text, heard.facts.contacts),
        subject=u.patient_is,
        evidence=heard.evidence(intent),
        new_patient="newcomer" in heard.signs,
    )


def _book(heard: Heard) -> Request:
    said = heard.mention
    request = _base(heard, "book", "book_appointment").having(
        service=said.service,
        practitioner=said.practitioner,
        unknown=said.unknown,
        wish=heard.wish,
        list_too="list" in heard.signs,
        any_practitioner="any_practitioner" in heard.signs,
        asked=(*(("named_visit",) if said.by_name else ()), *(("for_several",) if _for_several(heard) else ())),
    )
    if request.service is None and said.practitioner is not None:
        return request.having(service=default_service(said.practitioner, heard.facts.directory))
    return request


def _for_several(heard: Heard) -> bool:
    return "siblings" in heard.signs or together(heard.text, heard.facts.contacts)


def _join(heard: Heard) -> Request:
    said = heard.mention
    request = _base(heard, "join_list", "earlier_slot")
    request = request if "list" in heard.signs else request.having(asked=("sure",))
    return request.having(service=said.service, practitioner=said.practitioner, wish=heard.understanding.when)


def _own(kind: str, intent: str) -> Callable[[Heard], Request]:
    """A request about an existing appointment, which the message may name."""

    def make(heard: Heard) -> Request:
        said, meant = heard.mention, mention(_LEFT_ALONE.sub(" ", fold(heard.text)), heard.facts.directory)
        request = _base(heard, kind, intent)
        return request.having(
            service=meant.service if meant.by_name else None, practitioner=said.practitioner,
            named=_named(heard),
        )  # fmt: skip

    return make


def _named(heard: Heard) -> Wish | None:
    """The time of the appointments that are meant; all the days, when the message tells several."""
    left_alone = _LEFT_ALONE.sub(" ", fold(heard.text))  # "je garde celui du 2 juin"
    when, told = heard.understanding.when, Heard(left_alone, heard.understanding, heard.facts).told_of
    if when is None or (told is not None and len(told.prefer) > max(1, len(when.prefer))):
        return told
    return when


def _move(heard: Heard) -> Request:
    existing, wish = heard.moved
    request = _own("reschedule", "reschedule_appointment")(heard).having(named=existing, wish=wish)
    hour_alone = wish is not None and not heard.names_a_day
    return request.having(asked=("same_day",)) if hour_alone else request


def _update(heard: Heard) -> Request:
    u = heard.understanding
    values = [f"phone={u.phone}"] if u.phone else []
    values += [f"email={u.email}"] if u.email else []
    return _base(heard, "update", "update_details").having(asked=tuple(values))


_MAKERS: dict[str, Callable[[Heard], Request]] = {
    "book_appointment": _book,
    "earlier_slot": _join,
    "reschedule_appointment": _move,
    "cancel_appointment": _own("cancel", "cancel_appointment"),
    "confirm_appointment": _own("confirm", "confirm_appointment"),
    "appointment_info": _own("info", "appointment_info"),
    "update_details": _update,
}
