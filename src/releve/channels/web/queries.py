"""What the public page shows: the practice's own file, and one visitor's conversation."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from releve.channels.web.rules import hours
from releve.core.codec import decode
from releve.core.facts import Facts, Place
from releve.dialogue.phrases import Voice, phone, text
from releve.intake.models import InboundEvent
from releve.language.writing import full
from releve.practice import queries
from releve.practice.models import Communication, Organization

CHANNEL = "webchat"


@dataclass(frozen=True)
class Bubble:
    """One message as the visitor sees it. `alert`: a red flag's answer."""

    id: int
    author: str  # patient, assistant, staff
    text: str
    at: datetime | None = None
    alert: bool = False


@dataclass(frozen=True)
class Choice:
    """A button: what it says, and what it posts."""

    label: str
    text: str


@dataclass(frozen=True)
class Chat:
    bubbles: tuple[Bubble, ...]
    choices: tuple[Choice, ...]
    last: int
    begun: bool


def page(practice: Organization) -> dict[str, Any]:
    """Name, address, hours, people and practical questions."""
    voice = _voice(practice)
    known = voice.directory
    return {
        "practice": practice,
        "phone": phone(practice.phone),
        "hours": hours(practice.opening_hours),
        "people": [(voice.who(key), person) for key, person in known.practitioners.items()],
        "faq": known.faq,
    }


def chat(practice: Organization, conversation: str | None, now: datetime, after: int = 0) -> Chat:
    """The conversation, or its messages since `after`; before it begins, the words it will begin with."""
    if conversation is None:
        return Chat(_greeting(practice), (), 0, False)
    rows = Communication.objects.filter(
        organization=practice, conversation__identifier=conversation, conversation__channel=CHANNEL, sent_at__lte=now
    )
    shown = list(rows.order_by("sent_at", "id"))
    new = shown[_place(shown, after) :]
    alerts = _alerts(new)
    bubbles = tuple(
        Bubble(m.pk, m.author, m.text, m.sent_at, m.author == "assistant" and m.event in alerts) for m in new
    )
    return Chat(bubbles, _choices(practice, shown), shown[-1].pk if shown else 0, bool(shown))


def _place(shown: list[Communication], after: int) -> int:
    """How many of the shown messages the visitor has: all up to and with that one."""
    return next((n for n, row in enumerate(shown, 1) if row.pk == after), 0)


def _greeting(practice: Organization) -> tuple[Bubble, ...]:
    words = text("intro", practice=practice.name), text("how_can_i_help")
    return tuple(Bubble(0, "assistant", line) for line in words)


def _alerts(messages: list[Communication]) -> set[Any]:
    """The events that were answered with a red flag's advice."""
    rows = InboundEvent.objects.filter(pk__in={m.event for m in messages if m.event is not None})
    return {key for key, reply in rows.values_list("id", "reply") if reply and _handed_to(reply) == "emergency"}


def _handed_to(reply: dict[str, Any]) -> str:
    handoff = reply.get("handoff")
    return str(handoff[0]) if handoff else ""


def _choices(practice: Organization, shown: list[Communication]) -> tuple[Choice, ...]:
    """Buttons for what the last message expects, if it is an answer: a yes or no, or one of the places offered."""
    if not shown or shown[-1].author != "assistant":
        return ()
    key = shown[-1].event
    event = InboundEvent.objects.filter(pk=key).first() if key is not None else None
    if event is None or event.reply is None:
        return ()
    voice = _voice(practice, _language(shown[-1]))
    if event.reply.get("expects") == "confirmation":
        return tuple(Choice(word, word.lower()) for word in (voice.text("yes"), voice.text("no")))
    if event.reply.get("expects") != "slot":
        return ()
    return _places(practice, [decode(Place, option) for option in event.reply.get("options", ())], voice)


def _language(message: Communication) -> str:
    """The patient's, as the conversation last heard it."""
    return str(message.conversation.state.get("language", "fr")) if message.conversation else "fr"


def _places(practice: Organization, places: list[Place], voice: Voice) -> tuple[Choice, ...]:
    """Each place posts its own words; where several people are offered, the button names them and posts its number."""
    zone = ZoneInfo(practice.timezone)
    words = [full(place.start.astimezone(zone), language=voice.language) for place in places]
    if len({place.practitioner for place in places}) < 2:
        return tuple(Choice(word, word) for word in words)
    return tuple(
        Choice(word + voice.text("with_whom", who=voice.who(place.practitioner)), str(number))
        for number, (word, place) in enumerate(zip(words, places, strict=True), 1)
    )


def _voice(practice: Organization, language: str = "fr") -> Voice:
    known = queries.directory(practice)
    return Voice(Facts(now=datetime.min.replace(tzinfo=UTC), directory=known, channel=CHANNEL, address=None), language)
