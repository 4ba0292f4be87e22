"""A small pattern language over folded text, so that lexicons stay readable.

In a wording: a space is any run of spaces, hyphens or apostrophes, an apostrophe may be missing ("jai", "j ai"), "oe"
also matches œ, "..." is up to fifty characters of the same sentence, `{name}` is a word list of the same file, and
`(?:\\w+ )` is a word that does not negate. All else is a regular expression. Each wording is tried only when a literal
it needs is in the text; this keeps a message well under a millisecond.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

_MACRO = re.compile(r"\{([a-z_]+)\}")
_SIGN = re.compile(r"(?P<kept>\[[^\]]*\])|(?P<space> +)(?P<free>[?*])?|(?P<apostrophe>')")
_WORD = r"(?:(?!(?:pas|aucune?s?|jamais|sans)\b)\w+ )"  # a word between two others: not one that negates
_GAP = r"\b[^.!?;\n]{0,50}?\b"


def load(package: str, name: str) -> dict[str, Any]:
    """A TOML data file of this room."""
    return tomllib.loads(resources.files(package).joinpath(name).read_text("utf-8"))


def expand(source: str, words: Mapping[str, str]) -> str:
    """The regular expression behind one wording."""
    while _MACRO.search(source):
        source = _MACRO.sub(lambda m: f"(?:{words[m.group(1)]})", source)
    source = (
        source.replace(r"(?:\w+ )", _WORD).replace("oe", "(?:oe|œ)").replace(r"...\?", r"...\s*\?").replace("...", "\0")
    )
    return rf"(?<!\w)(?:{_SIGN.sub(_sign, source)})(?!\w)".replace("\0", _GAP)


def _sign(match: re.Match[str]) -> str:
    if match["kept"]:
        return match["kept"]
    if match["apostrophe"]:
        return r"['\s]?"
    return r"[\s'-]*" if match["free"] else r"[\s'-]+"


@cache
def _parser() -> Any:
    try:
        from re import _parser  # type: ignore[attr-defined]
    except ImportError:  # pragma: no cover - another Python: no prefilter, same answers
        return None
    return _parser


def needed(expression: str) -> frozenset[str]:
    """Literals of which at least one is in every text the expression matches; empty when nothing is known."""
    parser = _parser()
    return _of_sequence(parser.parse(expression)) if parser else frozenset()


def _of_sequence(items: Iterable[Any]) -> frozenset[str]:
    best: frozenset[str] = frozenset()
    run = ""
    for op, value in [*items, (None, None)]:
        if str(op) == "LITERAL":
            run += chr(value)
            continue
        best, run = _better(best, frozenset({run} - {""})), ""
        best = _better(best, _of_item(str(op), value))
    return best


def _of_item(op: str, value: Any) -> frozenset[str]:
    if op == "SUBPATTERN":
        return _of_sequence(value[3])
    if op == "MAX_REPEAT" and value[0] >= 1:
        return _of_sequence(value[2])
    if op == "BRANCH":
        sets = [_of_sequence(branch) for branch in value[1]]
        return frozenset().union(*sets) if all(sets) else frozenset()
    return frozenset()


def _better(one: frozenset[str], two: frozenset[str]) -> frozenset[str]:
    return max(one, two, key=_worth)


def _worth(literals: frozenset[str]) -> float:
    return min(map(len, literals)) - len(literals) / 8 if literals else -99.0


class Wording:
    """One wording; its pattern is compiled when a text first holds a literal it needs."""

    __slots__ = ("_expression", "_literals", "_pattern")

    def __init__(self, source: str, words: Mapping[str, str]) -> None:
        self._expression = expand(source, words)
        self._literals = needed(self._expression)
        self._pattern: re.Pattern[str] | None = None

    def found(self, folded: str) -> Iterator[re.Match[str]]:
        if self._literals and not any(literal in folded for literal in self._literals):
            return iter(())
        if self._pattern is None:
            self._pattern = re.compile(self._expression)
        return self._pattern.finditer(folded)


class Wordings:
    """Several wordings, each compiled once."""

    def __init__(self, sources: Iterable[str], words: Mapping[str, str] | None = None) -> None:
        self._all = [Wording(source, words or {}) for source in sources]

    def __bool__(self) -> bool:
        return bool(self._all)

    def found(self, folded: str) -> Iterator[re.Match[str]]:
        """Every match, wording after wording."""
        for wording in self._all:
            yield from wording.found(folded)

    def first(self, folded: str) -> re.Match[str] | None:
        return next(self.found(folded), None)
