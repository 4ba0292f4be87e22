"""A message in any language: French as it is, English through its French, the others for a person."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from releve.core.understanding import RED_FLAGS, Channel, PersonName, Span, Understanding
from releve.language import entities, foreign, red_flags
from releve.language.entities.given import is_given
from releve.language.intents import plain
from releve.language.intents.decision import ALONE, SURE
from releve.language.text import quiet, reading
from releve.language.understand import understand as understand_french


def danger_alone(text: str, language: str = foreign.FRENCH) -> Understanding:
    """What the list of red flags sees, when nothing else of a message could be read: a person answers in any case."""
    flags = tuple(f.category for f in red_flags.find(text))
    return Understanding(
        intents=("report_symptom",) if flags else ("talk_to_human",),
        urgency="emergency" if flags else "none",
        red_flags=flags,
        human=True,
        language=language,
    )


def understand(
    text: str, *, now: datetime, channel: Channel = "webchat", language: str = foreign.FRENCH
) -> Understanding:
    """Everything read from one message; `now` is local time without zone; `language` is that of the conversation so
    far, which a short "ok" does not change."""
    spoken = foreign.which(text, language)
    if spoken == foreign.FRENCH:
        return understand_french(text, now=now, channel=channel)
    if spoken not in foreign.READ:
        return _for_a_person(text, spoken, now)
    french = foreign.rendering(text, spoken)
    found = understand_french(french.text, now=now, channel=channel)
    found = replace(found, names=tuple(n for n in found.names if _is_name(n)))
    return _endangered(replace(found, spans=french.spans(found.spans), language=spoken), text)


def _is_name(name: PersonName) -> bool:
    """A word of English that nothing is known of is no name: "my husband needs"."""
    parts = f"{name.given} {name.family}".split()
    return any(part[0].isupper() or is_given(part) for part in parts)


def _endangered(found: Understanding, text: str) -> Understanding:
    """Red flags count in the words as written too: none is lost in translation."""
    missed = tuple(f for f in red_flags.find(text) if f.category not in found.red_flags)
    if not missed:
        return found
    flags = {*found.red_flags, *(f.category for f in missed)}
    marks = [Span(f.start, f.end, f.category) for f in missed]
    kept, intents = list(found.spans), found.intents
    if all(intent in ALONE for intent in intents):
        kept = [s for s in kept if s.label not in ALONE]
        intents, marks = ("report_symptom",), [*marks, Span(missed[0].start, missed[0].end, "report_symptom")]
    return replace(
        found,
        intents=intents,
        urgency="emergency",
        red_flags=tuple(category for category in RED_FLAGS if category in flags),
        human=True,
        spans=tuple(sorted((*kept, *marks), key=lambda s: (s.start, s.end, s.label))),
    )


def _for_a_person(text: str, language: str, now: datetime) -> Understanding:
    """What needs no knowledge of the language: danger, a plain STOP, dates of birth and numbers in digits."""
    read = quiet(reading(text))
    answer = plain.answer(read)
    born, phone, email = entities.birth_date(text, now), entities.phone(text), entities.email(text)
    found = Understanding(
        intents=(answer or "other",),
        human=True,
        birth_date=born[0] if born else None,
        phone=phone[0] if phone else None,
        confidence=SURE if answer else 0.0,
        email=email[0] if email else None,
        spans=tuple(_told(text, answer or "other", birth_date=born, phone=phone)),
        language=language,
    )
    return _endangered(found, text)


def _told(text: str, intent: str, **entries: tuple[object, int, int] | None) -> Iterator[Span]:
    yield Span(0, len(text), intent)
    yield from (Span(told[1], told[2], label) for label, told in entries.items() if told is not None)
