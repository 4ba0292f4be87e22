"""One message read: red flags first, then intents, times, persons, and what follows from them."""

from collections.abc import Iterable
from datetime import datetime

from releve.core.understanding import Channel, Span, Understanding, Urgency, Wish
from releve.language import entities, intents
from releve.language.intents.decision import Decision
from releve.language.matching.signals import signals
from releve.language.temporal import appointment_time, wish
from releve.language.view import View

_WISHING = ("book_appointment", "earlier_slot")
_NAMING = ("cancel_appointment", "confirm_appointment", "running_late", "appointment_info")
_ANSWERING = ("inform", "affirm", "deny")


def understand(text: str, *, now: datetime, channel: Channel = "webchat") -> Understanding:
    """Everything read from one message; `now` is local time without zone; `channel` is for later engines."""
    view = View(text, now)
    danger = (view.flags[0].start, view.flags[0].end) if view.flags else None
    decision = intents.decide(view.read, view.cues, danger, view.bare_answer)
    flags = _flags(view, decision)
    urgency: Urgency = "emergency" if flags else "same_day" if "same_day" in decision.beside else "none"
    when = _when(decision.intents, view)
    return Understanding(
        intents=decision.intents,
        urgency=urgency,
        red_flags=flags,
        human=_needs_human(view, decision, urgency),
        when=when,
        practitioner=view.practitioner[0] if view.practitioner else None,
        patient_is=view.patient_is,
        birth_date=view.born[0] if view.born else None,
        phone=view.phone[0] if view.phone else None,
        confidence=decision.confidence,
        email=view.email[0] if view.email else None,
        names=entities.names(text),
        spans=tuple(_spans(view, decision, when)),
    )


def _flags(view: View, decision: Decision) -> tuple[str, ...]:
    """The list decides; where it sees nothing and the model is sure of an emergency, the model's. Never the reverse."""
    listed = tuple(f.category for f in view.flags)
    return listed or ((decision.danger,) if decision.danger else ())


def _needs_human(view: View, decision: Decision, urgency: Urgency) -> bool:
    """Anything urgent, clinical, sensitive or about somebody else's record; insults and threats; and what the model
    finds worrying."""
    asked = not intents.PERSONAL.isdisjoint(decision.intents)
    worrying = "human" in decision.beside or "hostile" in signals(view.text)
    return urgency != "none" or asked or worrying or view.third_party


def _when(kinds: tuple[str, ...], view: View) -> Wish | None:
    """The wish, or the time of the appointment that is named (MESSAGES.md, "Time expressions")."""
    if "reschedule_appointment" in kinds:
        return view.times[1]
    if any(k in kinds for k in _WISHING):
        return wish(view.text, view.now)
    if any(k in kinds for k in _NAMING):
        return appointment_time(view.text, view.now)
    return wish(view.text, view.now) if any(k in kinds for k in _ANSWERING) else None


def _spans(view: View, decision: Decision, when: Wish | None) -> Iterable[Span]:
    """Where each thing is said, in the order of the text: intents, red flags, persons, times."""
    everywhere = (0, len(view.text))
    said = [Span(*decision.places.get(intent, everywhere), intent) for intent in decision.intents]
    marks = [Span(f.start, f.end, f.category) for f in view.flags]
    told = {"birth_date": view.born, "phone": view.phone, "practitioner": view.practitioner}
    named = [Span(t[1], t[2], label) for label, t in told.items() if t]
    times = view.wished if when else ()
    return sorted([*said, *marks, *named, *times], key=lambda s: (s.start, s.end, s.label))
