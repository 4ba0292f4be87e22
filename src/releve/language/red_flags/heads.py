"""How a wording may begin: so that it is tried only where a word of the message begins like it.

Read from the parsed expression; where nothing is sure the wording is tried everywhere, with the same answers.
"""

from collections.abc import Iterable, Iterator
from typing import Any

_parser: Any
try:
    from re import _parser  # type: ignore[attr-defined,no-redef]
except ImportError:  # pragma: no cover - another Python: every wording is tried everywhere
    _parser = None

LENGTH = 3
_DIGITS = "0123456789"
Head = tuple[str, bool]  # letters a match begins with; what follows them is known too
_UNKNOWN: frozenset[Head] = frozenset({("", False)})
_NO_WIDTH = frozenset({"ASSERT", "ASSERT_NOT", "AT"})


def heads(expression: str) -> frozenset[str]:
    """One to three letters or digits of which one begins every match; empty when nothing is known."""
    if _parser is None:  # pragma: no cover
        return frozenset()
    begins = frozenset(head for head, _ in _of_sequence(_parser.parse(expression)))
    return begins if all(head.isalnum() for head in begins) else frozenset()


def _of_sequence(items: Iterable[Any]) -> frozenset[Head]:
    begins: frozenset[Head] = frozenset({("", True)})
    for op, value in items:
        if not any(more for _, more in begins):
            break
        if str(op) not in _NO_WIDTH:
            begins = frozenset(_joined(begins, _of_item(str(op), value)))
    return begins


def _joined(begins: frozenset[Head], nexts: frozenset[Head]) -> Iterator[Head]:
    for head, more in begins:
        if not more:
            yield head, False
            continue
        for following, goes_on in nexts:
            whole = head + following
            yield whole[:LENGTH], goes_on and len(whole) < LENGTH


def _of_item(op: str, value: Any) -> frozenset[Head]:
    if op == "LITERAL":
        return frozenset({(chr(value), True)})
    if op == "SUBPATTERN":
        return _of_sequence(value[3])
    if op == "BRANCH":
        return frozenset().union(*map(_of_sequence, value[1]))
    if op == "IN":
        return _of_set(value)
    if op in ("MAX_REPEAT", "MIN_REPEAT"):
        least, most, items = value
        once = frozenset((head, more and most == 1) for head, more in _of_sequence(items))
        return once if least else once | {("", True)}
    return _UNKNOWN


def _of_set(items: Iterable[Any]) -> frozenset[Head]:
    """Any of a few characters: told one by one, as a short range or as digits."""
    chars = ""
    for kind, value in items:
        if str(kind) == "LITERAL":
            chars += chr(value)
        elif str(kind) == "RANGE" and value[1] - value[0] < len(_DIGITS):
            chars += "".join(map(chr, range(value[0], value[1] + 1)))
        elif str(value) == "CATEGORY_DIGIT":
            chars += _DIGITS
        else:
            return _UNKNOWN
    return frozenset((char, True) for char in chars)
