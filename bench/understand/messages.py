"""Scores of `understand` on labelled messages: each bar of the issue, whole pipeline, nothing given."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from bench.understand.windows import labelled, same
from releve.core.understanding import Understanding
from releve.language import understand
from releve.language.text import fold
from releve.training.corpus import Message
from releve.training.measure import calibration_error, recall_precision, score
from releve.training.noise import noisy


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares of 1; `count` messages."""

    count: int
    f1: float
    exact: float
    when: float
    silent: float
    flags: float
    flag_category: float
    false_alarms: float
    human_recall: float
    human_precision: float
    birth_date: float
    phone: float
    practitioner: float
    patient_is: float
    same_day: tuple[float, float]
    calibration: float


def read(messages: Sequence[Message], *, blur: bool = False) -> list[Understanding]:
    """Each message read, or its noisy copy."""
    rng = random.Random(1)
    return [understand(noisy(m.text, rng) if blur else m.text, now=m.now, channel=m.channel) for m in messages]


def scores(messages: Sequence[Message], given: Sequence[Understanding]) -> Scores:
    pairs = list(zip(messages, given, strict=True))
    sets = score([m.intents for m in messages], [frozenset(u.intents) for u in given])
    timed = [(m, u) for m, u in pairs if m.when is not None]
    silent = [u.when is None for m, u in pairs if m.when is None]
    danger = [(m, u) for m, u in pairs if m.red_flags]
    calm = [u.urgency == "emergency" for m, u in pairs if not m.red_flags]
    human = recall_precision([m.human for m in messages], [u.human for u in given])
    today = recall_precision([m.urgency == "same_day" for m in messages], [u.urgency == "same_day" for u in given])
    return Scores(
        count=len(messages),
        f1=sets.f1,
        exact=sets.exact,
        when=_share([same(labelled(m.when), u.when, m.now) for m, u in timed]),
        silent=_share(silent),
        flags=_share([u.urgency == "emergency" for _, u in danger]),
        flag_category=_share([bool(m.red_flags & set(u.red_flags)) for m, u in danger]),
        false_alarms=_share(calm),
        human_recall=human[0],
        human_precision=human[1],
        birth_date=_share([m.birth_date == u.birth_date for m, u in pairs if m.birth_date or u.birth_date]),
        phone=_share([m.phone == u.phone for m, u in pairs if m.phone or u.phone]),
        practitioner=_share([
            fold(m.practitioner or "") == fold(u.practitioner or "")
            for m, u in pairs
            if m.practitioner or u.practitioner
        ]),
        patient_is=_share([m.patient_is == u.patient_is for m, u in pairs]),
        same_day=today,
        calibration=calibration_error(
            [u.confidence for u in given], [m.intents == frozenset(u.intents) for m, u in pairs]
        ),
    )  # fmt: skip


def _share(rights: Sequence[bool]) -> float:
    return sum(rights) / len(rights) if rights else 1.0
