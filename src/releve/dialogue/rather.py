"""A request that reads like a booking and is about an appointment that exists: known only from the agenda.

The person sees both dates before anything moves ("Je remplace votre rendez-vous du ... par celui du ..."), so a wrong
guess costs a question, never an appointment.
"""

from datetime import datetime

from releve.agenda.own import coming
from releve.core.acts import Identity
from releve.core.facts import Facts
from releve.core.ports import AppointmentRecord
from releve.core.talk import Party, Request
from releve.core.understanding import Wish
from releve.language.foreign import rendering
from releve.language.matching import signals
from releve.language.temporal import mentions


def rather_a_move(request: Request, facts: Facts, party: Party, language: str) -> Request:
    """The request as a move, when its words point at one coming appointment of theirs; else as it was. Looked at once:
    what is said later is about the new appointment. `language`: in which they were said."""
    if request.kind != "book" or party.identity is not Identity.VERIFIED or "kind" in request.asked:
        return request
    request = request.having(asked=(*request.asked, "kind"))
    said = rendering(request.text, language).text
    signs = signals(said)
    guessed = None if "named_visit" not in request.asked else request.service
    own = coming(request.having(named=None, service=guessed), facts, party)
    if "besides" in signs or not own or not _same_kind(request, own[0]):
        return request
    named = [a for a in own if _names(a, request, said, facts, "move" in signs)]
    pointed = named if len(named) == 1 else own if "move" in signs and len(own) == 1 else ()
    if not pointed:
        return request
    wish = _without_its_day(request.wish, facts.directory.local(pointed[0].start))
    return request.having(kind="reschedule", appointments=(pointed[0].id,), wish=wish)


def _without_its_day(wish: Wish | None, start: datetime) -> Wish | None:
    """The day to leave is no wish, when another one was named."""
    if wish is None:
        return None
    others = tuple(w for w in wish.prefer if w.start.date() != start.date())
    return Wish(others, wish.exclude, wish.asap) if others else wish


def _same_kind(request: Request, appointment: AppointmentRecord) -> bool:
    """The visit or the practitioner that was said, if any, is the appointment's; a guessed visit does not count."""
    service = "named_visit" not in request.asked or request.service == appointment.service_id
    return service and request.practitioner in (None, appointment.practitioner_id)


def _names(appointment: AppointmentRecord, request: Request, said: str, facts: Facts, moving: bool) -> bool:
    """The text names the appointment's day or its hour, and wishes another time (or says that this one is no good)."""
    start = facts.directory.local(appointment.start)
    if request.wish is None or not request.wish.prefer or (request.wish.allows(start) and not moving):
        return False
    return any(
        m.from_ is not None and m.to is not None and m.from_ <= start < m.to and (m.to - m.from_).days <= 1
        for m in mentions(said, facts.local_now)
    )
