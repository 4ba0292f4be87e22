"""Medicines that a message names, with the dose as it is written."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from releve.language.text import fold

_NAMES = "intents/medicines.txt"
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_UNIT = "mg|g|gr|µg|μg|mcg|microg\\w*|milligrammes?|grammes?|ml|ui|u|unites?|%|ch|gouttes?"
_COUNTED = (
    "h|fois|x|ans|jours?|j|mois|semaines?|comprimes?|cp|cps|cachets?|boites?|bts?|euros?|par|prises?|sachets?|gelules?|heures?"
    "|matin|midi|soir|janv\\w*|fev\\w*|mars|avril|mai|juin|juil\\w*|aout|sept\\w*|oct\\w*|nov\\w*|dec\\w*"
)
_DOSE = re.compile(
    r"[\s,(]*(?:(?:de|en|a|lp|ch|fort|sirop|gel|creme|collyre|spray)\s+)*"
    r"(?P<dose>(?P<n>\d{1,5}(?:[.,]\d{1,3})?(?:\s?/\s?\d{1,4}(?:[.,]\d{1,3})?)?)"
    rf"(?:\s?(?:{_UNIT})(?:\s?/\s?(?:\d+\s?)?(?:ml|kg|h|jour|j|dose))?(?!\w)"
    rf"|(?![\d/:]|[.,]\d|\s?(?:{_COUNTED})(?!\w))))"
)


@dataclass(frozen=True, slots=True)
class Medicine:
    """One medicine named at text[start:end), its dose included; `name` and `dose` are as written."""

    name: str
    dose: str | None
    start: int
    end: int


@cache
def known() -> frozenset[tuple[str, ...]]:
    """The names, folded, each as its words. Source: `intents/medicines.txt`."""
    lines = resources.files("releve.language").joinpath(_NAMES).read_text("utf-8").splitlines()
    return frozenset(tuple(fold(line).split()) for line in lines if line and not line.startswith("#"))


@cache
def _beginnings() -> dict[str, int]:
    """The first word of each name, with the most words a name beginning so has."""
    longest: dict[str, int] = {}
    for words in known():
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


def medicines(text: str) -> tuple[Medicine, ...]:
    """Medicines in the order of the text."""
    folded = fold(text)
    words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(folded)]
    found: list[Medicine] = []
    for i, (word, start, _) in enumerate(words):
        count = next((k for k in range(_beginnings().get(word, 0), 0, -1) if _is_name(words, i, k)), 0)
        if count and not (found and start < found[-1].end):
            found.append(_with_dose(text, folded, start, words[i + count - 1][2]))
    return tuple(found)


def _is_name(words: list[tuple[str, int, int]], i: int, count: int) -> bool:
    return tuple(w[0] for w in words[i : i + count]) in known()


def _with_dose(text: str, folded: str, start: int, end: int) -> Medicine:
    dose = _DOSE.match(folded, end)
    if not dose or not dose["dose"]:
        return Medicine(text[start:end], None, start, end)
    return Medicine(text[start:end], text[dose.start("dose") : dose.end("dose")], start, dose.end("dose"))
