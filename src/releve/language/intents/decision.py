"""From the message to its set of intents: short answers by rule, everything else by the linear model."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from releve.core.understanding import INTENTS
from releve.language.intents import plain
from releve.language.intents.features import Place, features
from releve.language.intents.model import Model, model

# What the model judges beside the intents: a person must look; a caregiver is needed today; it is an emergency.
EXTRA = ("human", "same_day", "danger")

# What only counts when nothing is asked or told (MESSAGES.md: "only when alone").
ALONE = ("greet", "thank", "affirm", "deny", "other")
_MOST = 3
_SURE = 0.99


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
    hints: Mapping[str, Place],
    danger: Place | None = None,
    bare_time: bool = False,
    engine: Model | None = None,
) -> Decision:
    """`hints` is where wordings say an intent; `danger` where a red flag is said: a symptom told, whatever else is;
    `bare_time` when the message says a time and nothing else."""
    if danger is None and (short := "inform" if bare_time else plain.answer(read)):
        return Decision((short,), _SURE)
    engine = engine or model("intents")
    found = features(read, cues)
    probabilities = engine.probabilities(found)
    chosen = choose(probabilities, engine.threshold)
    beside = frozenset(name for name in EXTRA if probabilities[name] >= engine.extra[name])
    if (danger or "danger" in beside) and all(label in ALONE for label in chosen):
        chosen = ("report_symptom",)
    places = {label: hints.get(label) or _place(engine, found, label) for label in chosen}
    return Decision(
        chosen,
        engine.confidence({label: probabilities[label] for label in INTENTS}, chosen),
        beside,
        _likeliest(model("dangers").probabilities(found)) if "danger" in beside else None,
        {label: place for label, place in places.items() if place},
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


def _place(engine: Model, found: Mapping[str, Place], label: str) -> Place | None:
    """The characters of the feature that weighed most for this label, if it stands somewhere."""
    heaviest = engine.heaviest((name for name, place in found.items() if place[1]), label)
    return found[heaviest] if heaviest else None
