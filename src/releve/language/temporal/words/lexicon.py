"""The lexicon of time, compiled once: phrase tables looked up by their first word."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any, Generic, TypeVar

from releve.language.temporal.values import Mark, Tod
from releve.language.temporal.words.tokens import Token

T = TypeVar("T")


class Phrases(Generic[T]):
    """Multi-word phrases, the longest first; a look-up costs one dictionary access."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        table: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in entries:
            words = tuple(phrase.split())
            table.setdefault(words[0], []).append((words, value))
        for options in table.values():
            options.sort(key=lambda entry: -len(entry[0]))
        self._table = table

    def __contains__(self, word: str) -> bool:
        return word in self._table

    def first_words(self) -> frozenset[str]:
        return frozenset(self._table)

    def match(self, tokens: Sequence[Token], i: int) -> tuple[T, int] | None:
        """The longest phrase at token `i` and the index after it."""
        size = len(tokens)
        options = self._table.get(tokens[i].norm) if i < size else None
        for words, value in options or ():
            j = i + len(words)
            # The last word first: most phrases are told apart by it.
            if j > size or tokens[j - 1].norm != words[-1]:
                continue
            if all(t.norm == w for t, w in zip(tokens[i:j], words, strict=True)):
                return value, j
        return None


def load(folder: str, name: str) -> dict[str, Any]:
    """A TOML file of a folder of this room."""
    package = f"releve.language.temporal.{folder}"
    return tomllib.loads(resources.files(package).joinpath(name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _raw() -> dict[str, Any]:
    return load("words", "lexicon.toml")


WEEKDAYS: dict[str, int] = _raw()["weekdays"] | {f"{d}s": n for d, n in _raw()["weekdays"].items()}
WEEKDAYS |= _raw()["weekday_misspelt"]
WEEKDAY_SHORT: dict[str, int] = _raw()["weekday_short"]
MONTHS: dict[str, int] = _raw()["months"]
MONTH_AFTER_DAY: dict[str, int] = MONTHS | _raw()["month_short"]
RELATIVE_DAYS: Phrases[int] = Phrases(_raw()["relative_days"].items())
PARTS: Phrases[Tod] = Phrases(
    (say, Tod(lo, hi, "all" if name == "toute la journee" else "part", name))
    for name, (lo, hi, says) in _raw()["parts"].items()
    for say in says
)
MARKS: Phrases[Mark] = Phrases((say, Mark(kind)) for kind, says in _raw()["marks"].items() for say in says)
