"""Red flags: a fixed list, looked at first, depending on nothing else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from releve.core.understanding import RED_FLAGS
from releve.language.red_flags import foreign, infant, scope, signs
from releve.language.red_flags.concepts import INDEX, Said, said
from releve.language.red_flags.legible import Offsets, legible
from releve.language.red_flags.spelling import readable
from releve.language.text import quiet, reading
from releve.language.wordings import Wordings, load

_DATA = load("releve.language.red_flags", "categories.toml")
VERSION: str = _DATA["version"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class RedFlag:
    """One category found, and the characters [start, end) of the message that say it."""

    category: str
    start: int
    end: int


class _Category:
    """The wordings of one category: under which names the index holds them, and how they count."""

    def __init__(self, name: str) -> None:
        entry, words = _DATA[name], _DATA["words"]
        self.name = name
        self.past_is_fine: bool = entry.get("past_is_fine", False)
        self.unless = Wordings(entry.get("unless", ()), words)
        INDEX.add(f"{name}:wordings", entry.get("wordings", ()), words)
        INDEX.add(f"{name}:current", entry.get("current", ()), words)
        self.nears = [self._groups(key, groups) for key, groups in entry.items() if key.startswith("near")]
        self.together = self._groups("together", entry.get("together", ()))

    def _groups(self, key: str, groups: list[list[str]]) -> list[str]:
        """The names of lists of which one wording each is needed."""
        names = [f"{self.name}:{key}:{rank}" for rank in range(len(groups))]
        for name, sources in zip(names, groups, strict=True):
            INDEX.add(name, sources, _DATA["words"])
        return names

    def find(self, told: Said) -> RedFlag | None:
        span = self._by_wording(told) or self._by_name(told) or self._near(told) or self._together(told)
        span = span or signs.find(self.name, told) or foreign.find(self.name, told)
        return RedFlag(self.name, *span) if span else None

    def _by_wording(self, told: Said) -> Span | None:
        return next((s for s in told.spans.get(f"{self.name}:wordings", ()) if self._live(told.text, s)), None)

    def _by_name(self, told: Said) -> Span | None:
        """The name of a condition counts only beside a sign that it is now."""
        for span in told.spans.get(f"{self.name}:current", ()):
            if scope.present(told.text, *span) and scope.live(told.text, *span):
                return span
        return None

    def _near(self, told: Said) -> Span | None:
        """One wording of each list in one sentence, in any order."""
        known = (names for names in self.nears if all(name in told.spans for name in names))
        return next((span for names in known if (span := self._all_near(names, told))), None)

    def _all_near(self, names: list[str], told: Said) -> Span | None:
        for anchor in told.spans[names[0]]:
            left, right = scope.bounds(told.text, *anchor)
            left, right = max(left, anchor[0] - _REACH), min(right, anchor[1] + _REACH)
            if all(self._live_in(told, name, left, right) for name in names) and self._live(told.text, anchor):
                return left, right
        return None

    def _live_in(self, told: Said, name: str, left: int, right: int) -> bool:
        inside = (s for s in told.spans[name] if left <= s[0] and s[1] <= right)
        return any(not scope.negated(told.text, *span) for span in inside)

    def _live(self, text: str, span: Span) -> bool:
        if self.unless and self.unless.first(scope.sentence(text, *span)):
            return False
        return scope.live(text, *span)

    def _counts(self, text: str, span: Span) -> bool:
        """An operation is always past: what follows it is judged by negation alone, unless it was years ago."""
        if self.past_is_fine:
            return not scope.negated(text, *span) and not scope.old(text, *span)
        return scope.live(text, *span)

    def _together(self, told: Said) -> Span | None:
        last = None
        for name in self.together:
            last = next((s for s in told.spans.get(name, ()) if self._counts(told.text, s)), None)
            if last is None:
                return None
        return last


_REACH = 140  # characters apart, in one sentence
_STRETCH, _OVERLAP = 1500, 500  # characters
_CATEGORIES = tuple(_Category(name) for name in RED_FLAGS)


# What may stand between two words in the place of a space: a sign, dots of hesitation, an emoji, a blank of HTML.
_BETWEEN = re.compile(r"(?<!\d)[\x00_/|\u2800]|&nbsp;|\.{2,}|…|[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]")


def find(text: str) -> tuple[RedFlag, ...]:
    """Red flags of a message in any spelling; at most one per category, in the order of the closed list."""
    found = _find(text)
    for start, end in _broken(text):  # a second look can only add
        again = _find(_BETWEEN.sub(lambda m: " " * len(m[0]), text[start:end]))
        found = {name: RedFlag(name, f.start + start, f.end + start) for name, f in again.items()} | found
    return tuple(found[c.name] for c in _CATEGORIES if c.name in found)


def _broken(text: str) -> list[tuple[int, int]]:
    """The characters around what stands between words in the place of a space."""
    spans: list[tuple[int, int]] = []
    for match in _BETWEEN.finditer(text):
        start, end = max(0, match.start() - _REACH), min(len(text), match.end() + _REACH)
        if spans and start <= spans[-1][1]:
            start, _ = spans.pop()
        spans.append((start, end))
    return spans


def _find(text: str) -> dict[str, RedFlag]:
    """By category."""
    plain, offsets = legible(text)
    read, moved = readable(quiet(reading(plain)))
    found: dict[str, RedFlag] = {}
    for start, part in _stretches(read):
        told = said(part)
        for category in _CATEGORIES:
            if category.name not in found and (flag := _of(category, part, told)):
                found[category.name] = _placed(flag, start, moved, offsets)
    return found


def _stretches(read: str) -> Iterator[tuple[int, str]]:
    """A long message in stretches that overlap, so that its cost grows with its length and no faster."""
    start = 0
    while len(read) - start > _STRETCH:
        end = read.rfind(" ", start + _OVERLAP, start + _STRETCH) + 1 or start + _STRETCH
        yield start, read[start:end]
        start = read.rfind(" ", start + 1, end - _OVERLAP) + 1 or end - _OVERLAP
    yield start, read[start:]


def _placed(flag: RedFlag, shift: int, *moved: Offsets) -> RedFlag:
    """The flag with the offsets of the message as written."""
    start, last = flag.start + shift, flag.end + shift - 1
    for offsets in moved:
        if offsets:
            start, last = offsets[start], offsets[last]
    return RedFlag(flag.category, start, last + 1)


def _of(category: _Category, read: str, told: Said) -> RedFlag | None:
    if category.name == "infant_fever":
        span = infant.fever(read)
        return RedFlag(category.name, *span) if span else None
    return category.find(told)


def with_age(flags: tuple[RedFlag, ...], text: str, age_days: int | None) -> tuple[RedFlag, ...]:
    """The flags found, and fever where the date of birth told makes the patient a baby under three months."""
    if age_days is None or any(f.category == "infant_fever" for f in flags):
        return flags
    span = infant.fever(quiet(reading(text)), age_days)
    return (*flags, RedFlag("infant_fever", *span)) if span else flags
