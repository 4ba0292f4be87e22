"""Kinds of act of the waiting list: joining it, the offers of a freed place, and their answers.

They are among `core.acts.ACTS` like any other.
"""

from dataclasses import dataclass
from datetime import datetime

from releve.core.act import Act, Identity, NewPatient, StaffAct
from releve.core.understanding import Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinWaitingList(Act):
    """`windows` are local times; `appointment` is the later appointment this place would replace."""

    kind = "join_waiting_list"
    public = True
    identity = (Identity.CLAIMED, Identity.REPLY, Identity.VERIFIED)
    service: int
    practitioner: int | None = None
    patient: int | None = None
    newcomer: NewPatient | None = None
    wish: Wish | None = None
    appointment: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveWaitingList(StaffAct):
    kind = "leave_waiting_list"
    entry: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnToWaitingList(StaffAct):
    """Undoes a removal: the entry has its rank again."""

    kind = "return_to_waiting_list"
    entry: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPriority(StaffAct):
    """How soon someone who waits must be served: 0 ordinary, 1 sooner, 2 first. Only a person sets it, and says why."""

    kind = "set_priority"
    entry: int
    priority: int
    reason: str = ""


# --- the offers of a freed place ---
@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFreedPlace(Act):
    """Offers a freed place to whoever comes first on the waiting list, and holds it meanwhile.

    When there is no time to ask one person after the other, a small round is asked at once: the first of it by this
    act, each other by one of its own, which names the `entry`, the `round` and when it ends. `tried`: not again.
    """

    kind = "offer_freed_place"
    practitioner: int
    start: datetime
    end: datetime
    tried: tuple[int, ...] = ()
    entry: int | None = None
    round: int = 0
    place: datetime | None = None  # where the visit would begin, when the round has chosen it
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireOffer(Act):
    kind = "expire_offer"
    housekeeping = True
    offer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPlace(StaffAct):
    """A person chooses who of the waiting list is offered this place; it is held for them as any offer is."""

    kind = "offer_place"
    entry: int
    practitioner: int
    start: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOffersOn(StaffAct):
    """Those who are being asked for this freed place are no longer; the next are asked at once."""

    kind = "pass_offers_on"
    offer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StopOffers(StaffAct):
    """This freed place is offered to nobody any more; anyone may book it."""

    kind = "stop_offers"
    practitioner: int
    start: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeOffers(StaffAct):
    """Undoes a stop: those who were not asked yet are."""

    kind = "resume_offers"
    practitioner: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineOffer(Act):
    kind = "decline_offer"
    identity = (Identity.REPLY, Identity.VERIFIED)
    offer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StandBy(Act):
    """Takes the place of this `offer`, at `start`, if whoever is asked now does not. That it is gone is noted: they
    come before others next time."""

    kind = "stand_by"
    identity = (Identity.REPLY, Identity.VERIFIED)
    offer: int
    start: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GivePlace(Act):
    """Whoever was asked did not take it: books it for the one who stands by with this `offer`, and says so."""

    kind = "give_place"
    offer: int
