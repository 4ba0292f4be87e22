"""A small pattern language over folded text, so that lexicons stay readable.

In a wording: a space is any run of spaces, hyphens or apostrophes, an apostrophe may be missing ("jai", "j ai"), "oe"
also matches œ, "..." is up to fifty characters of the same sentence, `{name}` is a word list of the same file, and
`(?:\\w+ )` is a word that does not negate. All else is a regular expression. Each wording is tried only when a literal
it needs is in the text, and which literals are there is found once a text, through an index of their first three
letters; this keeps a message well under a millisecond whatever the number of wordings.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
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


@cache
def _known() -> dict[str, list[str]]:
    """What `needed` answers, worked out once by `python -m releve.training.literals`: it halves the start-up."""
    file = resources.files("releve.language").joinpath("literals.json")
    return json.loads(file.read_text("utf-8")) if file.is_file() else {}


ASKED: dict[str, str] = {}  # the expressions `needed` was asked about, by their key


def needed(expression: str) -> frozenset[str]:
    """Literals of which at least one is in every text the expression matches; empty when nothing is known."""
    key = hashlib.blake2b(expression.encode(), digest_size=8).hexdigest()
    ASKED[key] = expression
    known = _known().get(key)
    return frozenset(known) if known is not None else worked_out(expression)


def worked_out(expression: str) -> frozenset[str]:
    """As `needed`, from the expression itself."""
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


_BY_START: dict[str, set[str]] = {}  # the literals that wordings need, by their first three letters
_SHORT: set[str] = set()  # those of one or two letters


def _index(literals: Iterable[str]) -> None:
    _present.cache_clear()
    for literal in literals:
        if len(literal) < 3:
            _SHORT.add(literal)
        else:
            _BY_START.setdefault(literal[:3], set()).add(literal)


@lru_cache(maxsize=64)
def _present(folded: str) -> frozenset[str]:
    """The literals needed by some wording that are in this text."""
    starts = _BY_START.keys() & {folded[i : i + 3] for i in range(len(folded) - 2)}
    long = {literal for start in starts for literal in _BY_START[start] if literal in folded}
    return frozenset(long | {literal for literal in _SHORT if literal in folded})


class _Wording:
    """One wording; its pattern is compiled when a text first holds a literal it needs."""

    __slots__ = ("_expression", "_pattern", "literals")

    def __init__(self, source: str, words: Mapping[str, str]) -> None:
        self._expression = expand(source, words)
        self._pattern: re.Pattern[str] | None = None
        self.literals = needed(self._expression)

    def found(self, folded: str) -> Iterator[re.Match[str]]:
        if self._pattern is None:
            self._pattern = re.compile(self._expression)
        return self._pattern.finditer(folded)


class Wordings:
    """Several wordings, tried in their order."""

    def __init__(self, sources: Iterable[str], words: Mapping[str, str] | None = None) -> None:
        self._all = [_Wording(source, words or {}) for source in sources]
        free = any(not wording.literals for wording in self._all)
        self._needed = None if free else frozenset().union(*(wording.literals for wording in self._all))
        for wording in self._all:
            _index(wording.literals)

    def __bool__(self) -> bool:
        return bool(self._all)

    def found(self, folded: str) -> Iterator[re.Match[str]]:
        """Every match, wording after wording."""
        present = _present(folded)
        if self._needed is not None and self._needed.isdisjoint(present):
            return
        for wording in self._all:
            if not wording.literals or not wording.literals.isdisjoint(present):
                yield from wording.found(folded)

    def first(self, folded: str) -> re.Match[str] | None:
        return next(self.found(folded), None)
