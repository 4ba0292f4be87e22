"""Is a wording about someone, now? Negation, past, family history, general talk and figures of speech are not.

When it is not clear, the answer is yes: a call too many is better than a call too few.
"""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from releve.language.wordings import Wordings, expand, load

_DATA = load("releve.language.red_flags", "scope.toml")
_WORDS = _DATA["words"]


def _ending(sources: list[str]) -> list[re.Pattern[str]]:
    return [re.compile(expand(s, _WORDS).removesuffix(r"(?!\w)") + r"[\s'-]*$") for s in sources]


_NEGATED_BEFORE = _ending(_DATA["negation"]["before"])
_NEGATED_AFTER = re.compile(r"[ \t]*(?::|\?|=|,)?[ \t]*" + expand(_DATA["negation"]["after"][0], _WORDS))
_PAPERS_BEFORE = _ending(_DATA["administrative"]["before"])
_PAST, _HISTORY, _GENERAL, _FIGURATIVE, _PRESENT, _WELL, _FICTION, _ONSET, _ANIMAL = (
    Wordings(_DATA[name]["words"], _WORDS)
    for name in ("past", "history", "general", "figurative", "present", "well", "fiction", "onset", "animal")
)
_SETTLED, _LONG_AGO, _TO_COME, _IDIOMS = (
    Wordings(_DATA[name]["words"], _WORDS) for name in ("settled", "long_ago", "to_come", "idioms")
)
_FRAME, _ANIMAL_MESSAGE = (Wordings(_DATA[name]["words"], _WORDS) for name in ("frame", "animal_message"))
_ANIMAL_HARMS = Wordings(_DATA["animal_message"]["unless"], _WORDS)
_SOMEONE = Wordings(_DATA["frame"]["someone"], _WORDS)
_PERSON = Wordings(_DATA["animal"]["person"], _WORDS)
_SENTENCE_END = re.compile(r"(?<!\d)[.!?;\n]|[.!?;\n](?!\d)")
_UNABLE = _ending(_DATA["negation"]["unable"])[0]
_INSIDE = _ending(_DATA["negation"]["inside"])[0]
_CUT = re.compile(
    r"[,.!?;:\n(]"
    r"|(?<!\w)(?:mais|sauf que|par contre|et puis|cependant|pourtant|seulement|alors que|voila|bon|hein)(?!\w)"
)


def bounds(folded: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that holds [start, end) begins and ends."""
    starts, ends = _cuts(folded)
    at, to = bisect_right(ends, start), bisect_left(starts, end)
    return (ends[at - 1] if at else 0), (starts[to] if to < len(starts) else len(folded))


@lru_cache(maxsize=8)
def _cuts(folded: str) -> tuple[list[int], list[int]]:
    """Where the marks that end a sentence begin and end."""
    marks = list(_SENTENCE_END.finditer(folded))
    return [m.start() for m in marks], [m.end() for m in marks]


def sentence(folded: str, start: int, end: int) -> str:
    """The sentence that holds [start, end)."""
    left, right = bounds(folded, start, end)
    return folded[left:right]


def _before(folded: str, start: int) -> str:
    near = max(0, start - 60)
    left = max((m.end() for m in _CUT.finditer(folded, near, start)), default=near)
    return folded[left:start]


def negated(folded: str, start: int, end: int, *, inside: bool = True) -> bool:
    """ "pas de ...", "aucune ...", "ni ...", "... : non"; `inside` looks for one within the match too."""
    before = _before(folded, start)
    if inside and _INSIDE.search(folded[start:end]):
        return True
    if _VERB_THEN_NOT.match(folded, _last_word(folded, start, end)):
        return True
    if _UNABLE.search(before):
        return False
    return any(p.search(before) for p in _NEGATED_BEFORE) or bool(_NEGATED_AFTER.match(folded, end))


_VERB_THEN_NOT = re.compile(
    r"(?:saigne|saignent|vomit|vomis|tousse|gonfle|convulse|brule|coule|transpire|delire|gratte|etouffe)"
    r" (?:pas|plus|jamais)\b(?! (?:que|mal|bien|beaucoup|fort|comme|moins|trop|souvent|qu|d))"
)


def _last_word(folded: str, start: int, end: int) -> int:
    return max(folded.rfind(" ", start, end), folded.rfind("'", start, end), start - 1) + 1


def without_idioms(folded: str) -> str:
    """Turns of phrase that hold a key word are blanked, same length."""
    for match in [*_IDIOMS.found(folded)]:
        folded = folded[: match.start()] + "#" * (match.end() - match.start()) + folded[match.end() :]
    return folded


def old(folded: str, start: int, end: int) -> bool:
    """An operation still to come, or told as years ago with no sign of the present."""
    around = sentence(folded, start, end)
    if _TO_COME.first(around):
        return True
    return _LONG_AGO.first(around) is not None and _PRESENT.first(around) is None


def present(folded: str, start: int, end: int) -> bool:
    """A sign, in the same sentence, that it is happening now."""
    return _PRESENT.first(sentence(folded, start, end)) is not None


def told(folded: str, start: int, end: int) -> bool:
    """Past, family history, a paper or a general question, without any sign of the present."""
    around = sentence(folded, start, end)
    if _PAST.first(around) and _WELL.first(around):
        return True
    if _SETTLED.first(around):
        return True
    if _PRESENT.first(around):
        return False
    papers = any(p.search(_before(folded, start)) for p in _PAPERS_BEFORE)
    if papers or _HISTORY.first(around):
        return True
    return any(w.first(around) for w in (_PAST, _GENERAL)) and _ONSET.first(around) is None


def live(folded: str, start: int, end: int) -> bool:
    """The match is current and about a real person, and is not denied."""
    return not negated(folded, start, end) and now(folded, start, end)


def now(folded: str, start: int, end: int) -> bool:
    """What is told there is current and about a real person."""
    if told(folded, start, end):
        return False
    if _framed(folded, start, end):
        return False
    around = sentence(folded, start, end)
    return _FIGURATIVE.first(around) is None and _FICTION.first(around) is None and not _of_animal(folded, start, end)


@lru_cache(maxsize=8)
def _frames(folded: str) -> tuple[bool, bool]:
    """The whole message is a lesson or a play; is about an animal."""
    animal = _ANIMAL_MESSAGE.first(folded) is not None and _ANIMAL_HARMS.first(folded) is None
    return _FRAME.first(folded) is not None, animal


def _framed(folded: str, start: int, end: int) -> bool:
    """Told in a lesson, a play or about an animal, and nobody is named before it in its sentence."""
    lesson, animal = _frames(folded)
    if not (lesson or animal):
        return False
    left, _ = bounds(folded, start, end)
    before = folded[left:end]
    lesson = lesson and not present(folded, start, end)
    return (lesson and _SOMEONE.first(before) is None) or (animal and _PERSON.first(before) is None)


def _of_animal(folded: str, start: int, end: int) -> bool:
    """An animal is named before the sign in the same sentence, and nobody in between."""
    left, _ = bounds(folded, start, end)
    named = [m.end() for m in _ANIMAL.found(folded[left:end]) if left + m.end() <= start]
    return bool(named) and _PERSON.first(folded[left + max(named) : start]) is None


_DIRECT = re.compile(r"(?<!\w)(?:pas|sans|aucune?|ni|jamais|zero)(?: eu)?(?: de| d)?[\s'-]*$")


def refused(folded: str, start: int) -> bool:
    """A negation stands right before ("pas de mal à respirer")."""
    return bool(_DIRECT.search(folded, max(0, start - 20), start))
