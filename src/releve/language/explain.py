"""Why a message was read so: for each label the words, rules and weights behind it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from releve.core.understanding import INTENTS
from releve.language import foreign
from releve.language.intents import plain
from releve.language.intents.decision import EXTRA
from releve.language.intents.features import look
from releve.language.intents.model import model
from releve.language.red_flags import same_day
from releve.language.understand import understand
from releve.language.view import View

_MOST = 6  # reasons told a label

# What the kinds of `intents.features` are called.
_KINDS = {
    "w": "word", "b": "two words", "s": "two words with a gap", "c": "letters", "k": "idea", "^": "beginning",
    "$": "end", "n": "length", "cue": "reader",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Because:
    """One reason: characters [start, end) of the text, what it is, and its weight (None for a rule: it decides)."""

    label: str
    kind: str
    name: str
    start: int
    end: int
    weight: float | None = None


def explain(text: str, *, now: datetime) -> tuple[Because, ...]:
    """The reasons of each label of `understand`, the heaviest first; against as well as for. A text in English is
    explained through its French, in the places of the original."""
    french = foreign.rendering(text, foreign.which(text))
    places = ((b, *french.place(b.start, b.end)) for b in _explain(french.text, now=now))
    return tuple(replace(because, start=start, end=end) for because, start, end in places)


def _explain(text: str, *, now: datetime) -> tuple[Because, ...]:
    read = understand(text, now=now)
    view = View(text, now)
    found = [Because(f.category, "rule", "red flag", f.start, f.end) for f in view.flags]
    if place := same_day.find(view.read):
        found.append(Because("same_day", "rule", "same day", *place))
    found += [
        Because(s.label, "rule", s.label, s.start, s.end)
        for s in read.spans
        if s.label not in (*INTENTS, *read.red_flags)
    ]
    return (*found, *_intents(view, read.intents))


def _intents(view: View, chosen: tuple[str, ...]) -> Iterator[Because]:
    if not view.flags and (view.bare_answer or plain.answer(view.read)):
        yield Because(chosen[0], "rule", "short answer", 0, len(view.text))
        return
    looked = look(view.read)
    seen = looked.whole(view.cues)
    for label in (*chosen, *EXTRA):
        for reason in model("intents").reasons(seen, (label,), _MOST):
            kind, _, name = reason.feature.partition(" ")
            yield Because(label, _KINDS[kind], name, *looked.characters(*seen[reason.feature]), reason.weight)
