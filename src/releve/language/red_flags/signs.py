"""Signs: concepts told together. "chest & press" is a chest that presses, in any order and any words.

In a sign: names of concepts.toml joined by "&"; "!name" takes the sign away when it is said in the same stretch;
"@ 200" is how many characters apart two of them may stand (90 when not told; "@ all": anywhere in the message).
"""

from bisect import bisect_left
from dataclasses import dataclass

from releve.language.red_flags import scope
from releve.language.red_flags.concepts import NAMES, Said, Spans
from releve.language.wordings import load

_DATA = load("releve.language.red_flags", "signs.toml")
_REACH, _ALL = 90, 10_000


@dataclass(frozen=True, slots=True)
class Sign:
    """Concepts told within `reach` characters of the first, each by words of its own, and those not told there."""

    category: str
    told: tuple[str, ...]
    not_told: tuple[str, ...]
    reach: int
    current: bool  # past, history and general talk are looked at

    @staticmethod
    def read(category: str, source: str, current: bool) -> "Sign":
        names, _, reach = source.partition("@")
        parts = [part.strip() for part in names.split("&")]
        told = tuple(part for part in parts if not part.startswith("!"))
        not_told = tuple(part[1:].strip() for part in parts if part.startswith("!"))
        unknown = {*told, *not_told} - NAMES
        if unknown:
            raise ValueError(f"{category}: unknown concepts {sorted(unknown)}")
        far = _ALL if reach.strip() == "all" else int(reach or _REACH)
        return Sign(category, told, not_told, far, current)

    def find(self, said: Said) -> tuple[int, int] | None:
        """Where the sign is told, live."""
        spans = said.spans
        if any(name not in spans for name in self.told):
            return None
        for anchor in spans[self.told[0]]:
            if said.denied(self.told[0], anchor):
                continue
            start, end = self._around(said, anchor)
            if end and self._holds(said, start, end):
                return start, end
        return None

    def _around(self, said: Said, anchor: tuple[int, int]) -> tuple[int, int]:
        """The stretch from the first to the last concept, the nearest of each; (0, 0) when one is missing."""
        start, end = anchor
        for name in self.told[1:]:
            near = [s for s in _near(said.spans[name], anchor, self.reach) if not said.denied(name, s)]
            if not near:
                return 0, 0
            nearest = min(near, key=lambda s: max(s[0] - anchor[1], anchor[0] - s[1]))
            start, end = min(start, nearest[0]), max(end, nearest[1])
        return start, end

    def _holds(self, said: Said, start: int, end: int) -> bool:
        if any(_near(said.spans.get(name, []), (start, end), 60) for name in self.not_told):
            return False
        return scope.now(said.text, start, end) if self.current else not scope.old(said.text, start, end)


def _near(spans: Spans, anchor: tuple[int, int], reach: int) -> Spans:
    """The spans at most `reach` characters away, eight at most on each side."""
    at = bisect_left(spans, anchor)
    close = spans[max(0, at - 8) : at + 8]
    return [s for s in close if s[0] - anchor[1] <= reach and anchor[0] - s[1] <= reach]


def _read() -> dict[str, dict[str, tuple[Sign, ...]]]:
    """Per category, the signs by their first concept."""
    read: dict[str, dict[str, tuple[Sign, ...]]] = {}
    for category, entry in _DATA.items():
        by_first = read.setdefault(category, {})
        for source in entry["signs"]:
            sign = Sign.read(category, source, not entry.get("past_is_fine", False))
            by_first[sign.told[0]] = (*by_first.get(sign.told[0], ()), sign)
    return read


_SIGNS = _read()


def find(category: str, said: Said) -> tuple[int, int] | None:
    """Characters [start, end) that tell a sign of this category."""
    signs = _SIGNS.get(category, {})
    for first in sorted(signs.keys() & said.spans.keys()):
        for sign in signs[first]:
            if span := sign.find(said):
                return span
    return None
