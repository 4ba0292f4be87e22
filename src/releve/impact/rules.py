"""The arithmetic of measured service: how fast the first answer came, and who closed the conversation."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median


@dataclass(frozen=True, slots=True)
class Course:
    """One conversation: arrival, first answer (None: not yet), closed by assistant, person or nobody ("")."""

    arrived: datetime
    answered: datetime | None
    closed_by: str


@dataclass(frozen=True, slots=True)
class Service:
    """Figures over some conversations. `first_answer_s` is the median in seconds, None when nothing was answered."""

    conversations: int
    answered: int
    first_answer_s: float | None
    closed_by_assistant: int
    closed_by_person: int
    open: int


def service(courses: Iterable[Course]) -> Service:
    known = list(courses)
    waits = [(c.answered - c.arrived).total_seconds() for c in known if c.answered is not None]
    closed = Counter(c.closed_by for c in known)
    return Service(
        conversations=len(known),
        answered=len(waits),
        first_answer_s=median(waits) if waits else None,
        closed_by_assistant=closed["assistant"],
        closed_by_person=closed["person"],
        open=closed[""],
    )
