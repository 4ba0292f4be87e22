"""Is a wording about someone, now? Negation, past, family history, general talk and figures of speech are not.

When it is not clear, the answer is yes: a call too many is better than a call too few.
"""

import re

from releve.language.wordings import Wordings, expand, load

_DATA = load("releve.language.red_flags", "scope.toml")
_WORDS = _DATA["words"]


def _ending(sources: list[str]) -> list[re.Pattern[str]]:
    return [re.compile(expand(s, _WORDS).removesuffix(r"(?!\w)") + r"[\s'-]*$") for s in sources]


_NEGATED_BEFORE = _ending(_DATA["negation"]["before"])
_NEGATED_AFTER = re.compile(r"\s*(?::|\?|=|,)?\s*" + expand(_DATA["negation"]["after"][0], _WORDS))
_PAPERS_BEFORE = _ending(_DATA["administrative"]["before"])
_PAST, _HISTORY, _GENERAL, _FIGURATIVE, _PRESENT, _WELL, _FICTION = (
    Wordings(_DATA[name]["words"], _WORDS)
    for name in ("past", "history", "general", "figurative", "present", "well", "fiction")
)
_SENTENCE_END = re.compile(r"(?<!\d)[.!?;\n]|[.!?;\n](?!\d)")
_UNABLE = _ending(_DATA["negation"]["unable"])[0]
_INSIDE = _ending(_DATA["negation"]["inside"])[0]
_CUT = re.compile(
    r"[,.!?;:\n(]"
    r"|(?<!\w)(?:mais|sauf que|par contre|et puis|cependant|pourtant|seulement|alors que|voila|bon|hein)(?!\w)"
)


def bounds(folded: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that holds [start, end) begins and ends."""
    left = max((m.end() for m in _SENTENCE_END.finditer(folded, 0, start)), default=0)
    right = next((m.start() for m in _SENTENCE_END.finditer(folded, end)), len(folded))
    return left, right


def sentence(folded: str, start: int, end: int) -> str:
    """The sentence that holds [start, end)."""
    left, right = bounds(folded, start, end)
    return folded[left:right]


def _before(folded: str, start: int) -> str:
    left = max((m.end() for m in _CUT.finditer(folded, 0, start)), default=0)
    return folded[max(left, start - 60) : start]


def negated(folded: str, start: int, end: int) -> bool:
    """ "pas de ...", "aucune ...", "ni ...", "... : non"."""
    before = _before(folded, start)
    if _INSIDE.search(folded[start:end]):
        return True
    if _UNABLE.search(before):
        return False
    return any(p.search(before) for p in _NEGATED_BEFORE) or bool(_NEGATED_AFTER.match(folded, end))


def present(folded: str, start: int, end: int) -> bool:
    """A sign, in the same sentence, that it is happening now."""
    return _PRESENT.first(sentence(folded, start, end)) is not None


def told(folded: str, start: int, end: int) -> bool:
    """Past, family history, a paper or a general question, without any sign of the present."""
    around = sentence(folded, start, end)
    if _PAST.first(around) and _WELL.first(around):
        return True
    papers = any(p.search(_before(folded, start)) for p in _PAPERS_BEFORE)
    if papers or any(w.first(around) for w in (_PAST, _HISTORY, _GENERAL)):
        return _PRESENT.first(around) is None
    return False


def live(folded: str, start: int, end: int) -> bool:
    """The match is current and about a real person."""
    if negated(folded, start, end) or told(folded, start, end):
        return False
    around = sentence(folded, start, end)
    return _FIGURATIVE.first(around) is None and _FICTION.first(around) is None
