"""The reason of the visit, when it is said: "pour un mal de dos", "pour mon renouvellement"."""

import re

from releve.language.text import fold
from releve.language.wordings import load

_DATA = {name: entry["words"] for name, entry in load("releve.language.entities", "reason.toml").items()}
_SAID = re.compile(
    rf"(?<!\w)(?:{_DATA['says']})[\s:]*(?!(?:{_DATA['not_reasons']})(?!\w))(?P<reason>(?:{_DATA['begins']})(?:(?<=')|(?!\w)))"
)
_END = re.compile(rf"[.!?;,\n(]|\s(?=(?:{_DATA['ends']})(?!\w))")
_LONGEST = 60  # characters


def reason(text: str) -> tuple[int, int] | None:
    """The span of the first reason said, without the word that leads to it."""
    folded = fold(text)
    for match in _SAID.finditer(folded):
        start = match.start("reason")
        stop = _END.search(folded, match.end(), start + _LONGEST)
        end = stop.start() if stop else _cut(folded, start)
        if end - start > 2 and (end > match.end() or (" " not in match["reason"] and len(match["reason"]) > 5)):
            return start, end
    return None


def _cut(folded: str, start: int) -> int:
    """The end of the text, or of the last whole word within reach."""
    if len(folded) - start <= _LONGEST:
        return len(folded.rstrip())
    return folded.rfind(" ", start, start + _LONGEST) if " " in folded[start : start + _LONGEST] else start + _LONGEST
