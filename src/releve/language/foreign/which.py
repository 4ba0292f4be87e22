"""In which language a message is written: French unless the words are sure."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from releve.language.text import clauses, fold
from releve.language.wordings import load

FRENCH = "fr"
_ENOUGH = 2  # different words of a language, courtesy and loan words apart
_SHARE = 0.3  # of the words of the clauses that are in that language
_BACK = 3  # French words that bring a conversation back to French
_HALF = 0.5

_DATA = load("releve.language.foreign", "languages.toml")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_PLAIN = "\u0370"  # below it: Latin letters
_SCRIPTS = {
    code: re.compile("[" + "".join("\\u" + r.replace("-", "-\\u") for r in ranges) + "]")
    for code, ranges in _DATA["scripts"].items()
}
_LETTERS = {code: re.compile(signs) for code, signs in _DATA["letters"].items()}
_EITHER = frozenset(_DATA["either"]["words"].split())
_ELIDED = frozenset(("j", "qu", "n", "m", "t", "s"))  # French, l' d' and c' being Italian as well


@cache
def _lexicon() -> dict[str, tuple[str, ...]]:
    """Word -> languages; French words are French alone, and words of everybody are nobody's."""
    found: dict[str, tuple[str, ...]] = {}
    for code, words in _DATA["words"].items():
        for word in words.split():
            found[word] = (*found.get(word, ()), code)
    french = dict.fromkeys(_DATA["french"]["words"].split(), (FRENCH,))
    return {word: codes for word, codes in (found | french).items() if word not in _EITHER}


@dataclass
class _Tally:
    """What was counted: clauses and their words for each language, and its different words."""

    clauses: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    proofs: dict[str, set[str]] = field(default_factory=dict)
    hits: Counter[str] = field(default_factory=Counter)

    def add(self, words: list[str]) -> None:
        """One clause: the language most of its known words are in; French in doubt."""
        words = [word for word in words if word not in _EITHER]
        said = [(word, codes) for word in words if (codes := _codes(word))]
        count = Counter(code for _, codes in said for code in codes)
        if not count:
            return
        best = max(count, key=lambda code: (count[code], code == FRENCH))
        self.clauses[best] += 1
        self.words[best] += len(words)
        self.hits[best] += count[best]
        self.proofs.setdefault(best, set()).update(word for word, codes in said if best in codes)

    def sure(self, code: str, proofs: int = _ENOUGH) -> bool:
        return len(self.proofs.get(code, ())) >= proofs and self.hits[code] >= _SHARE * self.words[code]


def which(text: str, language: str = FRENCH) -> str:
    """The code of its language (ISO 639), `language`, that of the conversation so far, when it does not say."""
    folded = fold(text)
    if script := _script(text):
        return script
    tally = _Tally()
    for start, end in clauses(folded):
        tally.add(_WORD.findall(folded, start, end))
    if not tally.clauses:
        return language
    best = max(tally.clauses, key=lambda code: (tally.clauses[code], tally.words[code], code == FRENCH))
    if best == FRENCH:
        return FRENCH if language == FRENCH or tally.sure(FRENCH, _BACK) else language
    return best if tally.sure(best) else language


def _codes(word: str) -> tuple[str, ...]:
    found = _lexicon().get(word)
    if found is None and "'" in word:
        head, _, tail = word.partition("'")
        found = (FRENCH,) if head in _ELIDED else _lexicon().get(tail)
    return found or ()


def _script(text: str) -> str:
    """The language of another script than Latin, when most letters are written in it."""
    if max(text, default="") < _PLAIN:
        return ""
    letters = [char for char in text.lower() if char.isalpha()]
    other = "".join(char for char in letters if char >= _PLAIN)
    if len(other) <= _HALF * len(letters):
        return ""
    count = {code: len(pattern.findall(other)) for code, pattern in _SCRIPTS.items()}
    best = max(count, key=lambda code: count[code])
    if not count[best]:
        return ""
    return next(_refined(best, text), best)


_FAMILIES = {"ru": ("uk", "sr", "bg"), "ar": ("ur", "ps", "ckb", "fa"), "zh": ("ja",)}


def _refined(script: str, text: str) -> Iterator[str]:
    lowered = text.lower()
    return (code for code in _FAMILIES.get(script, ()) if _LETTERS[code].search(lowered))
