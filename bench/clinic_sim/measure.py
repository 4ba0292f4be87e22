"""What an arm made of its time: of the places of the counted weeks, and for those who joined the list under it."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import mean

from bench.clinic_sim.agenda import Place, Visit
from bench.clinic_sim.play import START, Arm
from bench.clinic_sim.world import DAY, DOCTORS, Person

GROUPS: dict[str, Callable[[Person], bool]] = {
    "age": lambda person: person.old,
    "speed": lambda person: person.slow,
    "channel": lambda person: person.mails,
}


@dataclass
class Waited:
    """One who joined the list: the halves they belong to, whether they got an earlier place, days to their visit."""

    groups: dict[str, bool]
    served: bool
    days: float | None


@dataclass
class Result:
    arm: str
    offered: int
    attended: int
    missed: int
    given_up: int
    refilled: int
    filled: int
    messages: int
    reminders: int
    days: float
    losses: dict[str, int]
    waited: dict[int, Waited] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    extra: dict[str, float] = field(default_factory=dict)

    @property
    def utilisation(self) -> float:
        return self.attended / self.offered


def result(arm: Arm) -> Result:
    after, until = arm.counted, datetime.combine(arm.world.ends, datetime.min.time())
    places = [p for p in _places(arm) if after <= p.start < until]
    of_place: dict[Place, list[Visit]] = {}
    for visit in arm.visits:
        of_place.setdefault(visit.place, []).append(visit)
    ended = Counter(_ended(of_place.get(place, ())) for place in places)
    missed = sum(any(v.status == "missed" for v in of_place.get(p, ())) for p in places)
    freed = [p for p in places if any(v.status in ("cancelled", "moved") for v in of_place.get(p, ()))]
    held = sum(any(v.status in ("attended", "missed") for v in of_place[p]) for p in freed)
    came = [v for v in arm.visits if v.status == "attended" and after <= v.place.start < until]
    return Result(
        arm=arm.name,
        offered=len(places),
        attended=ended.pop("attended", 0),
        missed=missed,
        given_up=len(freed),
        refilled=held,
        filled=sum(v.through == "list" for v in arm.visits if v.told >= after),
        messages=arm.messages,
        reminders=arm.reminders,
        days=mean((v.place.start - v.person.asked) / DAY for v in came) if came else 0.0,
        losses=dict(ended),
        waited=dict(_waited(arm, START, until - timedelta(weeks=arm.world.p.last_weeks))),
    )


def _places(arm: Arm) -> Iterable[Place]:
    day = START.date()
    while day < arm.world.ends:
        yield from (Place(start, doctor) for start in arm.world.places(day) for doctor in DOCTORS)
        day += DAY


def _ended(visits: Iterable[Visit]) -> str:
    """Why nobody sat there, or `attended`."""
    found = {v.status for v in visits}
    if "attended" in found:
        return "attended"
    if "missed" in found:
        return "missed"
    given_up = [v for v in visits if v.status in ("cancelled", "moved") and v.ended is not None]
    if not given_up:
        return "never booked"
    last = max(given_up, key=lambda v: v.ended or v.told)
    hours = (last.place.start - (last.ended or last.told)) / timedelta(hours=1)
    return next(f"given up {name} before" for limit, name in NOTICES if hours < limit)


NOTICES = ((2.0, "< 2 h"), (16.0, "2-16 h"), (48.0, "16-48 h"), (float("inf"), "> 48 h"))


def _waited(arm: Arm, after: datetime, until: datetime) -> Iterable[tuple[int, Waited]]:
    came = {v.person.number: v.place.start for v in arm.visits if v.status == "attended"}
    for number, entry in arm.waiting.items():
        if after <= entry.joined < until:
            groups = {name: of(entry.person) for name, of in GROUPS.items()}
            visit = came.get(number)
            days = (visit - entry.joined) / DAY if visit is not None else None
            yield number, Waited(groups, entry.left == "served", days)
