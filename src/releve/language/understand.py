"""One message read: red flags first, then intents, times, persons, and what follows from them."""

import re
from datetime import datetime

from releve.core.understanding import Channel, Span, Understanding, Urgency, Wish
from releve.language import entities, intents, red_flags
from releve.language.intents.context import Context, confidence, needs_human, settle
from releve.language.intents.times import with_times
from releve.language.red_flags import same_day
from releve.language.temporal import appointment_time, move, wish, wish_spans
from releve.language.text import quiet, reading

_WISHING = ("book_appointment", "earlier_slot")
_NAMING = ("cancel_appointment", "confirm_appointment", "running_late", "appointment_info")
_TIMED = frozenset((
    "book_appointment", "cancel_appointment", "inform", "ask_price", "ask_preparation", "ask_new_patient", "ask_access",
    "ask_coverage", "ask_teleconsultation", "renew_prescription", "request_document",
))  # fmt: skip
_ANSWERING = ("inform", "affirm", "deny")
_FILLER = re.compile(
    r"(?<!\w)(?:bonjour|bonsoir|oui|non|ok|svp|stp|merci|plutot|pour|moi|le|la|les|l|un|une|a|au|c|c'est|est|ce|et|ou"
    r"|de|du|d|je|j|prends|prend|veux|voudrais|prefere|choisis|choix|celui|celle|option|creneaux?|numero|h|bien|alors"
    r"|euh|s'il|vous|plait|vers|en|dans|si|possible|va|ca|me|parfait|ben|bon|on|dit|disons|peu|importe|mieux|serait"
    r"|ideal|aimerais|premier|deuxieme|second|retenu|que|mon|rdv)(?!\w)"
)


def understand(text: str, *, now: datetime, channel: Channel = "webchat") -> Understanding:
    """Everything read from one message; `now` is local time without zone; `channel` is for later engines."""
    flags = red_flags.find(text)
    named = _Named(text, now)
    flags = red_flags.with_age(flags, text, named.age_days(now))
    read = quiet(reading(text))
    found = intents.find(read)
    settled = settle(found, _context(text, read, now, flags, named, found))
    settled = with_times(settled, read, *_times(settled, text, now))
    kinds = tuple(sorted(settled)) or ("other",)
    urgency = _urgency(read, flags, kinds)
    when = _when(kinds, text, now)
    return Understanding(
        intents=kinds,
        urgency=urgency,
        red_flags=tuple(f.category for f in flags),
        human=needs_human(kinds, urgency, entities.third_party(read)),
        when=when,
        practitioner=named.practitioner[0] if named.practitioner else None,
        patient_is=entities.patient_is(read),
        birth_date=named.born[0] if named.born else None,
        phone=named.phone[0] if named.phone else None,
        confidence=confidence(found, settled),
        email=entities.email(text),
        names=entities.names(text),
        spans=_spans(settled, flags, named, wish_spans(text, now) if when else ()),
    )


class _Named:
    """The entities that carry a span."""

    def __init__(self, text: str, now: datetime) -> None:
        self.born = entities.birth_date(text, now)
        self.phone = entities.phone(text)
        self.practitioner = entities.practitioner(text)

    def age_days(self, now: datetime) -> int | None:
        return (now.date() - self.born[0]).days if self.born else None

    def spans(self) -> list[Span]:
        told = {"birth_date": self.born, "phone": self.phone, "practitioner": self.practitioner}
        return [Span(t[1], t[2], label) for label, t in told.items() if t]


def _context(
    text: str,
    read: str,
    now: datetime,
    flags: tuple[red_flags.RedFlag, ...],
    named: _Named,
    found: intents.Found,
) -> Context:
    asked = any(intent not in intents.ALONE for intent in found)
    wished = wish_spans(text, now) if not asked and wish(text, now) else ()
    person = named.born or named.phone
    return Context(
        flags=tuple(f.category for f in flags),
        flag_span=(flags[0].start, flags[0].end) if flags else None,
        wish_span=(wished[0].start, wished[0].end) if wished else None,
        vague={} if asked else intents.vague(read),
        bare=not asked and _bare(read, wished),
        identity=(person[1], person[2]) if person else (None if asked else entities.presented(text, read)),
        practitioner=named.practitioner[1:] if named.practitioner else None,
    )


def _times(settled: intents.Found, text: str, now: datetime) -> tuple[Wish | None, Wish | None]:
    """(existing time, wanted time), read only where they can change the set of intents."""
    return move(text, now) if set(settled) & _TIMED else (None, None)


def _bare(read: str, wished: tuple[Span, ...]) -> bool:
    """Nothing is said but a time (and courtesy)."""
    for span in wished:
        read = read[: span.start] + " " * (span.end - span.start) + read[span.end :]
    return not re.search(r"[^\W\d_]{2,}", _FILLER.sub(" ", read))


def _urgency(read: str, flags: tuple[red_flags.RedFlag, ...], kinds: tuple[str, ...]) -> Urgency:
    if flags:
        return "emergency"
    return "same_day" if "report_symptom" in kinds and same_day.find(read) else "none"


def _when(kinds: tuple[str, ...], text: str, now: datetime) -> Wish | None:
    """The wish, or the time of the appointment that is named (MESSAGES.md, "Time expressions")."""
    if "reschedule_appointment" in kinds:
        return move(text, now)[1]
    if any(k in kinds for k in _WISHING):
        return wish(text, now)
    if any(k in kinds for k in _NAMING):
        return appointment_time(text, now)
    return wish(text, now) if any(k in kinds for k in _ANSWERING) else None


def _spans(
    settled: intents.Found, flags: tuple[red_flags.RedFlag, ...], named: _Named, times: tuple[Span, ...]
) -> tuple[Span, ...]:
    said = [Span(start, end, intent) for intent, (start, end) in settled.items()]
    marks = [Span(f.start, f.end, f.category) for f in flags]
    return tuple(sorted([*said, *marks, *named.spans(), *times], key=lambda s: (s.start, s.end, s.label)))
