"""Red flags: a fixed list, looked at first, depending on nothing else."""

import re
from dataclasses import dataclass

from releve.core.understanding import RED_FLAGS
from releve.language.red_flags import infant, scope
from releve.language.text import quiet, reading
from releve.language.wordings import Wordings, load

_DATA = load("releve.language.red_flags", "categories.toml")
VERSION: str = _DATA["version"]


@dataclass(frozen=True, slots=True)
class RedFlag:
    """One category found, and the characters [start, end) of the message that say it."""

    category: str
    start: int
    end: int


class _Category:
    """The wordings of one category, compiled once."""

    def __init__(self, name: str) -> None:
        entry, words = _DATA[name], _DATA["words"]
        self.name = name
        self.past_is_fine: bool = entry.get("past_is_fine", False)
        self.wordings = Wordings(entry.get("wordings", ()), words)
        self.current = Wordings(entry.get("current", ()), words)
        nears = [groups for key, groups in entry.items() if key.startswith("near")]
        self.nears = [[Wordings(group, words) for group in groups] for groups in nears]
        self.unless = Wordings(entry.get("unless", ()), words)
        self.together = [Wordings(group, words) for group in entry.get("together", ())]

    def find(self, text: str) -> RedFlag | None:
        return self._by_wording(text) or self._by_name(text) or self._near(text) or self._together(text)

    def _by_wording(self, text: str) -> RedFlag | None:
        for match in self.wordings.found(text):
            if self._live(text, match):
                return RedFlag(self.name, *match.span())
        return None

    def _near(self, text: str) -> RedFlag | None:
        """One wording of each list in one sentence, in any order."""
        return next((flag for groups in self.nears if (flag := self._all_near(groups, text))), None)

    def _all_near(self, groups: list[Wordings], text: str) -> RedFlag | None:
        if not all(group.first(text) for group in groups):
            return None
        for match in groups[0].found(text):
            left, right = scope.bounds(text, *match.span())
            if all(self._live_in(group, text, left, right) for group in groups) and self._live(text, match):
                return RedFlag(self.name, left, right)
        return None

    def _live_in(self, group: Wordings, text: str, left: int, right: int) -> bool:
        spans = ((left + m.start(), left + m.end()) for m in group.found(text[left:right]))
        return any(not scope.negated(text, *span) for span in spans)

    def _live(self, text: str, match: re.Match[str]) -> bool:
        if self.unless and self.unless.first(scope.sentence(text, *match.span())):
            return False
        return scope.live(text, *match.span())

    def _by_name(self, text: str) -> RedFlag | None:
        for match in self.current.found(text):
            if scope.present(text, *match.span()) and scope.live(text, *match.span()):
                return RedFlag(self.name, *match.span())
        return None

    def _counts(self, text: str, match: re.Match[str]) -> bool:
        """An operation is always past: what follows it is judged by negation alone."""
        if self.past_is_fine:
            return not scope.negated(text, *match.span())
        return scope.live(text, *match.span())

    def _together(self, text: str) -> RedFlag | None:
        last = None
        for group in self.together:
            last = next((m for m in group.found(text) if self._counts(text, m)), None)
            if last is None:
                return None
        return RedFlag(self.name, *last.span()) if last else None


_CATEGORIES = tuple(_Category(name) for name in RED_FLAGS)


def find(text: str) -> tuple[RedFlag, ...]:
    """Red flags of a message in any spelling; at most one per category, in the order of the closed list."""
    read = quiet(reading(text))
    return tuple(flag for flag in (_of(c, read) for c in _CATEGORIES) if flag)


def _of(category: _Category, read: str) -> RedFlag | None:
    if category.name == "infant_fever":
        span = infant.fever(read)
        return RedFlag(category.name, *span) if span else None
    return category.find(read)


def with_age(flags: tuple[RedFlag, ...], text: str, age_days: int | None) -> tuple[RedFlag, ...]:
    """The flags found, and fever where the date of birth told makes the patient a baby under three months."""
    if age_days is None or any(f.category == "infant_fever" for f in flags):
        return flags
    span = infant.fever(quiet(reading(text)), age_days)
    return (*flags, RedFlag("infant_fever", *span)) if span else flags


def advice(categories: tuple[str, ...]) -> str:
    """The fixed French text for these categories: why, and the number(s) to call."""
    known = [c for c in RED_FLAGS if c in categories]
    reasons = " ".join(_DATA[c]["text"] for c in known)
    numbers = list(dict.fromkeys(n for c in known for n in _DATA[c]["numbers"]))
    return f"{reasons} Appelez tout de suite le {_joined(numbers)}. {_DEAF}" if known else ""


_DEAF = "Si vous ne pouvez pas parler, écrivez au 114 par SMS."


def _joined(numbers: list[str]) -> str:
    return " ou le ".join(numbers)
