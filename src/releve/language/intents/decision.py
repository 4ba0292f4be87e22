"""From the message to its set of intents: short answers by rule, everything else by the linear model."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from releve.core.understanding import INTENTS
from releve.language.intents import plain
from releve.language.intents.features import MARKS, Looked, Place, look
from releve.language.intents.model import Model, model

# What the model judges beside the intents: a person must look; a caregiver is needed today; it is an emergency.
EXTRA = ("human", "same_day", "danger")

# A person must look before anything beyond an acknowledgement goes out (MESSAGES.md, "human").
PERSONAL = frozenset((
    "medical_question", "request_results", "complaint", "talk_to_human", "privacy_request", "billing_issue",
    "renew_prescription", "request_document",
))  # fmt: skip

# What only counts when nothing is asked or told (MESSAGES.md: "only when alone").
ALONE = ("greet", "thank", "affirm", "deny", "other")
_MOST = 3
SURE = 0.99


@dataclass(frozen=True, slots=True)
class Decision:
    """The set, how likely it is to be exactly right, and where each of its intents is said (empty: everywhere)."""

    intents: tuple[str, ...]
    confidence: float
    beside: frozenset[str] = frozenset()  # of EXTRA
    danger: str | None = None  # the likeliest red flag, when the model sees an emergency
    places: Mapping[str, Place] = field(default_factory=dict)


def decide(
    read: str,
    cues: Iterable[str],
    danger: Place | None = None,
    bare_answer: bool = False,
    engine: Model | None = None,
) -> Decision:
    """`danger` is where a red flag is said: a symptom told, whatever else is; `bare_answer` when the message gives
    a time, a number or the like and nothing else."""
    if danger is None and (short := "inform" if bare_answer else plain.answer(read)):
        return Decision((short,), SURE)
    engine = engine or model("intents")
    looked = look(read)
    whole = looked.whole(cues)
    stretches = looked.stretches()
    judged = engine.judge(whole, [looked.within(*stretch) for stretch in stretches])
    probabilities = judged.probabilities
    chosen = choose(probabilities, engine.threshold)
    beside = frozenset(name for name in EXTRA if probabilities[name] >= engine.extra[name])
    if (danger or "danger" in beside) and all(label in ALONE for label in chosen):
        chosen = ("report_symptom",)
    said = {label: _place(engine, looked, label, stretches[judged.best[label]]) for label in chosen if stretches}
    return Decision(
        chosen,
        engine.confidence({label: probabilities[label] for label in INTENTS}, chosen),
        beside,
        _likeliest(model("dangers").judge(whole, ()).probabilities) if "danger" in beside else None,
        {label: place for label, place in said.items() if place},
    )


def _likeliest(probabilities: Mapping[str, float]) -> str:
    return max(probabilities, key=lambda label: probabilities[label])


def choose(probabilities: Mapping[str, float], threshold: float) -> tuple[str, ...]:
    """The labels over the threshold, three at most, in the order of the closed list; never none."""
    ranked = sorted(INTENTS, key=lambda label: -probabilities[label])
    over = [label for label in ranked if probabilities[label] >= threshold] or ranked[:1]
    asked = [label for label in over if label not in ALONE]
    if "reschedule_appointment" in asked:  # "annuler et reprendre" is a move (MESSAGES.md, "Finer points")
        asked = [label for label in asked if label != "cancel_appointment"]
    kept = (asked or over[:1])[:_MOST]
    return tuple(label for label in INTENTS if label in kept)


def _place(engine: Model, looked: Looked, label: str, stretch: Place) -> Place | None:
    """The characters of the run of words that speaks most for this label, in the stretch that does."""
    first, after = stretch
    number = engine.labels.index(label)
    worth = [0.0] * (after - first)
    for at in range(first, after):
        for feature, end in looked.begun[at]:
            if end <= after and (weight := engine.weight(feature, number)):
                for word in range(at, end):
                    worth[word - first] += weight / (end - at)
    start, end = _heaviest_run(worth)
    while start < end and looked.words[first + end - 1] in MARKS:
        end -= 1  # not worth a highlight
    return looked.characters(first + start, first + end) if start < end else None


def _heaviest_run(worth: Sequence[float]) -> tuple[int, int]:
    """The run [start, end) with the greatest sum (Kadane's algorithm); empty when nothing is above zero."""
    best, run = (0.0, 0, 0), (0.0, 0)
    for at, one in enumerate(worth):
        run = (run[0] + one, run[1]) if run[0] > 0 else (one, at)
        best = max(best, (run[0], run[1], at + 1))
    return best[1], best[2]
