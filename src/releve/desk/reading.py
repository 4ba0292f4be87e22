"""How a message was read, for the person who decides: its spans by label, a legend, and the reasons of each label."""

import logging
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import resources

from releve.core.understanding import INTENTS, RED_FLAGS
from releve.desk.rules import Piece, Placed, pieces
from releve.language import understand
from releve.language.explain import explain
from releve.look.templatetags.french import colon, language

log = logging.getLogger("releve.desk")
SIDE = 50  # the bar's half, for the heaviest reason of the message
LONGEST_QUOTE = 60  # characters
MOST_SPANS = 60  # drawn; a message with more is not read by its colours
_Place = tuple[int, int, str]  # characters [start, end) and the label


@dataclass(frozen=True, slots=True)
class _Told:
    """One reason as `language.explain` tells it; no weight: a rule, it decides."""

    label: str
    kind: str
    name: str
    start: int
    end: int
    weight: float | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One row: what it is, the words that carry it, and how much it weighs. `side`: "for", "against", "" for a rule."""

    clue: str
    quote: str
    side: str
    weight: str
    bar_from: int
    bar: int


@dataclass(frozen=True, slots=True)
class Label:
    """What was read; `number` ties the words, the legend and the reasons together, 0 when no words are drawn."""

    code: str
    number: int
    group: str
    group_word: str
    name: str
    whole: bool  # said by the whole message: nothing is drawn
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """`rules`: labels that fixed rules alone decided; `weighed`: those that clues add up to."""

    pieces: Sequence[Piece]
    legend: Sequence[Label]
    rules: Sequence[Label]
    weighed: Sequence[Label]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What `language` answers. `judged`: what it decides beside the labels, with its yes or no."""

    places: Sequence[_Place] = ()
    told: Sequence[_Told] = ()
    judged: Mapping[str, bool] = field(default_factory=dict)


@cache
def _words(file: str) -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files("releve.desk").joinpath(file).read_text(encoding="utf-8"))


def called(kind: str, code: str) -> str:
    """What a code is called, in the language of the page; `kind` is a table of reading.toml."""
    words = _words("reading.toml" if language() == "fr" else "reading.en.toml")
    return words[kind].get(code, code)


def untouched(words: str) -> Reading:
    """Words of our own: nothing is read in them."""
    return Reading(pieces(words, (), ()), (), (), ())


def reading(words: str, marks: Sequence[Sequence[int]], now: datetime) -> Reading:
    """The words with what was read in them. `now`: when they were said, local time without zone."""
    answer = _asked(words, now)
    drawn = [place for place in answer.places if not _whole(words, place)][:MOST_SPANS]
    labels = _labels(words, answer, {code for *_, code in drawn})
    numbers = {label.code: label.number for label in labels}
    return Reading(
        pieces=pieces(words, marks, [Placed(start, end, _group(code), numbers[code]) for start, end, code in drawn]),
        legend=[label for label in labels if label.number],
        rules=[label for label in labels if label.reasons and not any(r.side for r in label.reasons)],
        weighed=[label for label in labels if any(r.side for r in label.reasons)],
    )


def _labels(words: str, answer: _Answer, drawn: set[str]) -> list[Label]:
    """Those said somewhere, numbered in the order of the text, then those that only have reasons."""
    found = dict.fromkeys(code for *_, code in answer.places)
    numbers = {code: number for number, code in enumerate(found, 1)}
    heaviest = max((abs(t.weight) for t in answer.told if t.weight), default=1.0)
    return [
        Label(
            code=code,
            number=numbers.get(code, 0),
            group=_group(code),
            group_word=called("groups", _group(code)),
            name=_name(code, answer.judged),
            whole=code in found and code not in drawn,
            reasons=tuple(_reason(t, words, heaviest) for t in answer.told if t.label == code),
        )
        for code in dict.fromkeys([*found, *(t.label for t in answer.told)])
    ]


def _name(code: str, judged: Mapping[str, bool]) -> str:
    name = called("labels", code)
    return f"{name}{colon()} {called('answers', 'yes' if judged[code] else 'no')}" if code in judged else name


def _asked(words: str, now: datetime) -> _Answer:
    """The one place that knows the shape of `language`: spans in the order of the text, and reasons.

    A message that cannot be explained is shown bare: deciding never waits for an explanation.
    """
    try:
        read = understand(words, now=now)
        told = [_Told(b.label, b.kind, b.name, b.start, b.end, b.weight) for b in explain(words, now=now)]
    except Exception:  # whatever it is, the words are there
        log.exception("a message could not be explained")
        return _Answer()
    if read.urgency == "emergency":  # it is more than the same day
        told = [t for t in told if t.label != "same_day"]
    unlisted = [flag for flag in read.red_flags if flag not in {s.label for s in read.spans}]
    judged = {"human": read.human, "same_day": read.urgency == "same_day", "danger": bool(unlisted)}
    places = {
        *((s.start, s.end, s.label) for s in read.spans),
        *((t.start, t.end, t.label) for t in told if t.weight is None and judged.get(t.label)),
        *((0, len(words), flag) for flag in unlisted),
    }
    return _Answer(sorted(place for place in places if place[0] < place[1]), told, judged)


def _whole(words: str, place: _Place) -> bool:
    return place[0] <= len(words) - len(words.lstrip()) and place[1] >= len(words.rstrip())


def _group(label: str) -> str:
    if label in RED_FLAGS or label == "same_day":
        return "alert"
    if label in INTENTS:
        return "request"
    return {"when": "time", "human": ""}.get(label, "person")


def _reason(told: _Told, words: str, heaviest: float) -> Reason:
    quote = "" if told.kind == "length" else _quote(words, told)
    clue = called("readers", told.name) if told.kind == "reader" else called("kinds", told.kind)
    if told.weight is None:
        return Reason(clue, quote, "", "", 0, 0)
    bar = round(SIDE * abs(told.weight) / heaviest)
    against = told.weight < 0
    said = f"{abs(told.weight):.1f}".replace(".", "," if language() == "fr" else ".")
    return Reason(clue, quote, "against" if against else "for", said, SIDE - bar if against else SIDE, bar)


def _quote(words: str, told: _Told) -> str:
    quote = " ".join(words[max(told.start, 0) : max(told.end, 0)].split())
    return quote if len(quote) <= LONGEST_QUOTE else quote[:LONGEST_QUOTE].rstrip() + "…"
