"""The entry of the practice's own questions and answers that a text asks for, or none."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from releve.core.ports import FaqRecord
from releve.language.matching.words import GENERIC, close, content, word_groups
from releve.language.text import fold

_UNSEEN = 0.5  # a word that stands nowhere in the file weighs half: it may be another word for the same thing
_ENOUGH = 0.45  # share of the question's weight that an entry must explain before it may answer
_SAME = 0.85  # another word for the one in the file's question
_CLAUSE = re.compile(r"[^.,;:!?\n]*\?")
_PARKS = re.compile(r"\b(?:(?:se|me|nous)\s+gare|gare-t-on|gare[rsz]|garent)\b")  # a car, not a train


def unexplained(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Content words of a text that these known words do not explain: a price is not given for an unknown thing."""
    words = set(known) | GENERIC
    return tuple(w for w in content(text) if not w.isdigit() and not any(close(w, k) for k in words))


def find_answer(text: str, faq: Sequence[FaqRecord]) -> FaqRecord | None:
    """The entry whose words explain most of the question, weighted by how rare they are in the file; of a message that
    tells a story first, the part that asks is tried as well."""
    found = _best(text, faq)
    clauses = _CLAUSE.findall(text) if found is None else ()
    return next((entry for clause in clauses if (entry := _best(clause, faq)) is not None), found)


def _best(text: str, faq: Sequence[FaqRecord]) -> FaqRecord | None:
    asked = set(content(_PARKS.sub("garer", fold(text)))) - GENERIC
    if not asked:
        return None
    entries = [(entry, set(content(entry.question)), set(content(entry.answer))) for entry in faq]
    spread = Counter(w for _, question, answer in entries for w in question | answer)
    told = {w: max([spread[w], *(spread[s] for s in _same_thing(w))]) for w in asked}
    weight = {w: math.log(1 + len(entries) / (1 + told[w])) * (1 if told[w] else _UNSEEN) for w in asked}
    best: tuple[float, FaqRecord | None] = (0.0, None)
    for entry, question, answer in entries:
        score = sum(weight[w] * _share(w, question, answer) for w in asked)
        if score > best[0]:
            best = (score, entry)
    return best[1] if best[0] >= _ENOUGH * sum(weight.values()) else None


def _share(word: str, question: set[str], answer: set[str]) -> float:
    if any(close(word, q) for q in question):
        return 1.0
    if _same_thing(word) & question:
        return _SAME
    if any(close(word, a) for a in answer):
        return 0.7
    return 0.0


@cache
def _same_thing(word: str) -> frozenset[str]:
    return frozenset(w for group in word_groups("synonyms") if word in group for w in group)
