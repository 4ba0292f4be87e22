"""What the public page shows: the practice's own file, and one visitor's conversation."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from releve.agenda.opening import opening
from releve.agenda.parse import parse_opening_hours
from releve.channels.web import places
from releve.channels.web.rules import hours, open_state
from releve.core.codec import decode
from releve.core.facts import Directory, Facts, Place
from releve.core.ports import PractitionerRecord
from releve.dialogue.phrases import Voice, phone, texts
from releve.intake.models import InboundEvent
from releve.language.writing import day, full, hour
from releve.look.templatetags.french import language
from releve.practice import queries
from releve.practice.models import Communication, Organization

CHANNEL = "webchat"
LOOK_AHEAD = timedelta(days=14)  # for the next opening
TITLED = "Dr\u00a0"


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
    with_person: bool = False  # someone of the team goes on


@dataclass(frozen=True)
class Person:
    """One of the team; `place` is the next free place that can be booked online, `when` the same in words."""

    name: str
    person: PractitionerRecord
    online: bool
    place: Place | None
    when: str


def page(practice: Organization, known: Directory, now: datetime) -> dict[str, Any]:
    """Name, address, hours, people and practical questions."""
    return {
        "state": state(practice, now),
        "hours": hours(practice.opening_hours, language()),
        "people": people(known, now),
        "faq": known.faq,
    }


def header(practice: Organization) -> dict[str, Any]:
    """What every patient's page needs."""
    return {"practice": practice, "phone": phone(practice.phone)}


def state(practice: Organization, now: datetime) -> tuple[bool, str] | None:
    """(True, "Ouvert, jusqu’à 19 h"); None when no hours are known."""
    if not practice.opening_hours:
        return None
    given = {"opening_hours": practice.opening_hours, "public_holidays": practice.public_holidays}
    schedule = parse_opening_hours(given, timezone=practice.timezone)
    today = timezone.localdate(now)
    found = open_state(opening(schedule, today - timedelta(days=1), today + LOOK_AHEAD), now)
    if found.change is None:
        return False, _("Fermé")
    at = timezone.localtime(found.change)
    if found.is_open:
        return True, _("Ouvert, jusqu’à %(hour)s") % {"hour": hour(at, language())}
    if at.date() == today:
        return False, _("Fermé, ouvre à %(hour)s") % {"hour": hour(at, language())}
    when = {"day": day(at, language()), "hour": hour(at, language())}
    if at.date() == today + timedelta(days=1):
        return False, _("Fermé, ouvre demain à %(hour)s") % when
    return False, _("Fermé, ouvre %(day)s à %(hour)s") % when


def relative(moment: datetime, now: datetime) -> str:
    """aujourd’hui, demain, mardi 17 mars"""
    on, today = timezone.localdate(moment), timezone.localdate(now)
    near = {today: _("aujourd’hui"), today + timedelta(days=1): _("demain")}
    return near.get(on) or day(on, language())


def people(known: Directory, now: datetime) -> list[Person]:
    voice = Voice(_facts(known, now))
    online = {key: places.first_visit(known, key) for key in known.practitioners}
    free = places.next_places(known, {k: v for k, v in online.items() if v is not None}, now, places.SOON)
    return [
        Person(full_name(voice, key), who, online[key] is not None, free.get(key), _when(free.get(key), now))
        for key, who in known.practitioners.items()
    ]


def full_name(voice: Voice, key: int) -> str:
    """ "Dr Nadia Amar": with the title of those who bear it."""
    who = voice.directory.practitioners[key]
    return (TITLED if voice.who(key).startswith(TITLED) else "") + f"{who.given} {who.family}"


def _when(place: Place | None, now: datetime) -> str:
    if place is None:
        return ""
    on, at = relative(place.start, now), timezone.localtime(place.start)
    near = at.date() - timezone.localdate(now) < timedelta(days=2)
    return f"{on}, {hour(at, language())}" if near else on


# --- the chat --------------------------------------------------------------------------------------------------------
def chat(
    practice: Organization, conversation: str | None, now: datetime, after: int = 0, known: Directory | None = None
) -> Chat:
    """The conversation, or its messages since `after`; before it begins, the words it will begin with."""
    if conversation is None:
        return Chat(_greeting(practice), (), 0, False)
    rows = Communication.objects.filter(
        organization=practice, conversation__identifier=conversation, conversation__channel=CHANNEL, sent_at__lte=now
    )
    shown = list(rows.select_related("conversation").order_by("sent_at", "id"))
    if not shown:
        return Chat(_greeting(practice), (), 0, False)
    new = shown[_place(shown, after) :]
    events = _events(new, shown[-1])
    bubbles = tuple(
        Bubble(m.pk, m.author, m.text, m.sent_at, m.author == "assistant" and _alerts(events.get(m.event))) for m in new
    )
    person = any(m.conversation is not None and m.conversation.with_person for m in shown[-1:])
    return Chat(bubbles, _choices(practice, shown[-1], events, known), shown[-1].pk, True, person)


def last_said(practice: Organization, conversation: str) -> int:
    """The visitor's last message: the page opens there, with its answer below."""
    rows = Communication.objects.filter(organization=practice, conversation__identifier=conversation, author="patient")
    return rows.order_by("-id").values_list("pk", flat=True).first() or 0


def _place(shown: list[Communication], after: int) -> int:
    """How many of the shown messages the visitor has: all up to and with that one."""
    return next((n for n, row in enumerate(shown, 1) if row.pk == after), 0)


def _greeting(practice: Organization) -> tuple[Bubble, ...]:
    """In the language of the page."""
    said = texts(language())
    words = said["intro"].format(practice=practice.name), said["how_can_i_help"]
    return tuple(Bubble(0, "assistant", line) for line in words)


def _events(new: list[Communication], last: Communication) -> dict[Any, dict[str, Any]]:
    """The answers that these messages belong to, in one query."""
    keys = {m.event for m in (*new, last) if m.event is not None}
    rows = InboundEvent.objects.filter(pk__in=keys) if keys else InboundEvent.objects.none()
    return {key: reply or {} for key, reply in rows.values_list("id", "reply")}


def _alerts(reply: dict[str, Any] | None) -> bool:
    """Answered with a red flag's advice."""
    handoff = (reply or {}).get("handoff")
    return bool(handoff) and handoff[0] == "emergency"  # type: ignore[index]


def _choices(
    practice: Organization, last: Communication, events: dict[Any, dict[str, Any]], known: Directory | None
) -> tuple[Choice, ...]:
    """Buttons for what the last message expects, if it is an answer: a yes or no, or one of the places offered."""
    reply = events.get(last.event, {})
    if last.author != "assistant" or reply.get("expects") not in ("confirmation", "slot"):
        return ()
    known = known or queries.directory(practice)
    voice = Voice(_facts(known), _language(last))
    if reply["expects"] == "confirmation":
        return tuple(Choice(word, word.lower()) for word in (voice.text("yes"), voice.text("no")))
    return _places(practice, [decode(Place, option) for option in reply.get("options", ())], voice)


def _language(message: Communication) -> str:
    """The patient's, as the conversation last heard it."""
    return str(message.conversation.state.get("language", "fr")) if message.conversation else "fr"


def _places(practice: Organization, offered: list[Place], voice: Voice) -> tuple[Choice, ...]:
    """Each place posts its own words; where several people are offered, the button names them and posts its number."""
    zone = ZoneInfo(practice.timezone)
    words = [full(place.start.astimezone(zone), language=voice.language) for place in offered]
    if len({place.practitioner for place in offered}) < 2:
        return tuple(Choice(word, word) for word in words)
    return tuple(
        Choice(word + voice.text("with_whom", who=voice.who(place.practitioner)), str(number))
        for number, (word, place) in enumerate(zip(words, offered, strict=True), 1)
    )


def _facts(known: Directory, now: datetime | None = None) -> Facts:
    return Facts(now=now or datetime.min.replace(tzinfo=UTC), directory=known, channel=CHANNEL, address=None)
