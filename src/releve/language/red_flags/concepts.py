"""What a message speaks of, found once a message whatever the number of categories and signs built on it.

Every wording of the room goes into one index under the name it says: a concept of concepts.toml ("chest"), a list of
categories.toml ("chest_pain:wordings") or another language ("chest_pain/en"). Words, stems and plain phrases are looked
up by the words of the message; the other wordings are tried where a literal they need stands.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import product

from releve.language.red_flags import scope
from releve.language.red_flags.heads import LENGTH, heads
from releve.language.wordings import expand, load, needed

_DATA = load("releve.language.red_flags", "concepts.toml")
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_PLAIN = re.compile(r"(?:[a-z0-9]\??)+(?:\\w\*)?(?:[ '](?:[a-z0-9]\??)+(?:\\w\*)?)*")
_GLUE = " '-\n\t"  # may stand between two words of one wording
_SEVERAL = re.compile(r"\\s|[ ,]")  # the wording may go beyond one word
_SHORTEST = 3
_PARTS = frozenset(_DATA["parts"]["never_denied"].split())
Spans = list[tuple[int, int]]
Phrase = tuple[tuple[str, ...], str]  # its words, a stem ending in "*"; the name it says
Pattern = tuple[str, str, tuple[frozenset[str], ...]]  # the name; the expression; what else must be in the text


def alternatives(source: str) -> Iterator[str]:
    """The source cut at the bars that stand outside any bracket."""
    depth = start = 0
    for at, char in enumerate(source):
        depth += (char in "([{") - (char in ")]}")
        if char == "|" and not depth:
            yield source[start:at]
            start = at + 1
    yield source[start:]


def _forms(word: str) -> list[str]:
    """ "levres?" -> levre, levres; "evanoui\\w*" -> evanoui*."""
    parts = re.findall(r"\\w\*|[a-z0-9]\??", word)
    choices = [("*",) if p == r"\w*" else (p[0], "") if p.endswith("?") else (p,) for p in parts]
    return ["".join(choice) for choice in product(*choices)]


def _phrases(source: str) -> Iterator[tuple[str, ...]]:
    """The words of a plain wording, in each of its forms; an apostrophe may be missing."""
    for cut in product(*(("", " ") for _ in range(source.count("'")))):
        pieces = source.split("'")
        text = pieces[0] + "".join(join + piece for join, piece in zip(cut, pieces[1:], strict=True))
        yield from product(*map(_forms, text.split()))


def _pieces(source: str) -> Iterator[str]:
    """The wording cut at the spaces and gaps that stand outside any bracket: each piece must be in the text."""
    depth, piece = 0, ""
    for at, char in enumerate(source):
        depth += (char in "([{") - (char in ")]}")
        gap = char == " " or (char == "." and source[at - 1 : at] != "\\")
        if gap and depth == 0 and source[at + 1 : at + 2] not in ("?", "*", "+"):
            yield piece
            piece = ""
        else:
            piece += char
    yield piece


def _requirements(wording: str, words: Mapping[str, str]) -> list[frozenset[str]]:
    """Sets of literals; one of each set is in every text the wording matches. The most telling first."""
    sets = {needed(expand(part, words)) for part in [wording, *_pieces(wording)] if part}
    long = [literals for literals in sets if literals and min(map(len, literals)) >= _SHORTEST]
    return sorted(long, key=lambda literals: (len(literals) / 8 - min(map(len, literals)), sorted(literals)))


class Index:
    """Words, stems, phrases and patterns, each with the names they say."""

    def __init__(self) -> None:
        self.words: dict[str, list[str]] = {}
        self.stems: dict[str, list[str]] = {}
        self.stem_starts: set[str] = set()
        self.phrases: dict[str, list[Phrase]] = {}  # by their first two words, or one before a stem
        self.patterns: dict[str, list[Pattern]] = {}  # by a literal they need
        self.loose: list[Pattern] = []  # no three letters of their own: tried where there is a digit
        self.numbers: list[tuple[str, re.Pattern[str]]] = []  # within one word that holds a digit
        self.starts: dict[str, set[str]] = {}
        self._compiled: dict[str, tuple[re.Pattern[str], frozenset[str]]] = {}

    def add(self, name: str, sources: Iterable[str], words: Mapping[str, str]) -> None:
        """The wordings of one name."""
        for wording in (w for source in sources for w in alternatives(source)):
            forms = list(_phrases(wording)) if _PLAIN.fullmatch(wording) else []
            if not forms or any(
                form[0].endswith("*") and (len(form) > 1 or len(form[0]) <= _SHORTEST) for form in forms
            ):
                self._add_pattern(name, expand(wording, words), _requirements(wording, words))
            else:
                self._add_forms(name, forms)

    def _add_forms(self, name: str, forms: list[tuple[str, ...]]) -> None:
        for form in forms:
            if len(form) > 1:
                key = form[0] if form[1].endswith("*") else f"{form[0]} {form[1]}"
                self.phrases.setdefault(key, []).append((form, name))
            elif form[0].endswith("*"):
                self.stems.setdefault(form[0][:-1], []).append(name)
                self.stem_starts.add(form[0][:_SHORTEST])
            else:
                self.words.setdefault(form[0], []).append(name)

    def _add_pattern(self, name: str, expression: str, required: list[frozenset[str]]) -> None:
        if not required and not _SEVERAL.search(expression):
            self.numbers.append((name, re.compile(expression)))
            return
        if not required:
            self.loose.append((name, expression, ()))
            return
        for literal in required[0]:
            self.patterns.setdefault(literal, []).append((name, expression, tuple(required[1:])))
        for literal in frozenset().union(*required):
            self.starts.setdefault(literal[:_SHORTEST], set()).add(literal)

    def pattern(self, expression: str) -> tuple[re.Pattern[str], frozenset[str]]:
        """The pattern, compiled when a text first calls for it, and how its matches begin."""
        found = self._compiled.get(expression)
        if found is None:
            found = self._compiled[expression] = (re.compile(expression), heads(expression))
        return found


INDEX = Index()
for _name, _sources in {**_DATA["things"], **_DATA["losses"]}.items():
    INDEX.add(_name, [_sources] if isinstance(_sources, str) else _sources, _DATA["words"])
NAMES = frozenset({**_DATA["things"], **_DATA["losses"]})


@lru_cache(maxsize=8192)
def _names_of_word(word: str) -> tuple[str, ...]:
    """What one word says: as it stands, by its stem, or by its digits."""
    names = list(INDEX.words.get(word, ()))
    if not word.isalpha():
        names += (name for name, pattern in INDEX.numbers if pattern.fullmatch(word))
    if word[:_SHORTEST] in INDEX.stem_starts:
        names += (name for end in range(_SHORTEST, len(word) + 1) for name in INDEX.stems.get(word[:end], ()))
    return tuple(names)


class Said:
    """What a folded text speaks of. Whether one is denied is looked up when it is asked, once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: dict[str, Spans] = {}
        self._denied: dict[tuple[int, int], bool] = {}
        self._tokens = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
        self._find_words()
        self._find_patterns()
        for name, spans in self.spans.items():
            self.spans[name] = sorted(set(spans))

    def _find_words(self) -> None:
        phrases, tokens = INDEX.phrases, self._tokens
        followers = [*(token[0] for token in tokens[1:]), ""]
        for at, (word, start, end) in enumerate(tokens):
            for name in _names_of_word(word):
                self._add(name, start, end)
            for form, name in (*phrases.get(word, ()), *phrases.get(f"{word} {followers[at]}", ())):
                if last := self._phrase_end(form, tokens, at):
                    self._add(name, start, last)

    def _add(self, name: str, start: int, end: int) -> None:
        self.spans.setdefault(name, []).append((start, end))

    def _phrase_end(self, form: tuple[str, ...], tokens: list[tuple[str, int, int]], at: int) -> int:
        """Where the phrase that begins at this word ends; 0 when it is not there."""
        if at + len(form) > len(tokens):
            return 0
        for (word, _, _), wanted in zip(tokens[at : at + len(form)], form, strict=True):
            if word != wanted and not (wanted[-1] == "*" and word.startswith(wanted[:-1])):
                return 0
        gaps = zip(tokens[at:], tokens[at + 1 : at + len(form)], strict=False)
        if any(self.text[one[2] : two[1]].strip(_GLUE) for one, two in gaps):
            return 0
        return tokens[at + len(form) - 1][2]

    def _find_patterns(self) -> None:
        text = self.text
        starts = INDEX.starts.keys() & {text[i : i + _SHORTEST] for i in range(len(text) - _SHORTEST + 1)}
        there = frozenset(literal for start in starts for literal in INDEX.starts[start] if literal in text)
        loose = INDEX.loose if _DIGIT.search(text) else ()
        known = (pattern for literal in there for pattern in INDEX.patterns.get(literal, ()))
        tried = {
            (name, expression) for name, expression, more in (*loose, *known) if not any(map(there.isdisjoint, more))
        }
        for name, expression in tried:
            spans = self._matches(*INDEX.pattern(expression))
            if spans:
                self.spans.setdefault(name, []).extend(spans)

    def _matches(self, pattern: re.Pattern[str], begins: frozenset[str]) -> Spans:
        """Where the pattern is, tried only at the words that begin like it."""
        if not begins:
            return [m.span() for m in pattern.finditer(self.text)]
        starts = self._starts
        there = begins & starts.keys() if len(begins) > len(starts) else [head for head in begins if head in starts]
        return [m.span() for head in there for start in starts[head] if (m := pattern.match(self.text, start))]

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        """Where words begin, by their first letters."""
        starts: dict[str, list[int]] = {}
        for word, start, _ in self._tokens:
            for length in range(1, min(len(word), LENGTH) + 1):
                starts.setdefault(word[:length], []).append(start)
        return starts

    def denied(self, name: str, span: tuple[int, int]) -> bool:
        """The concept is negated there; a loss ("ne répond plus") holds its own."""
        if name in _DATA["losses"]:
            return scope.refused(self.text, span[0])
        if name in _PARTS:
            return False
        known = self._denied.get(span)
        if known is None:
            known = self._denied[span] = scope.negated(self.text, *span, inside=False)
        return known


@lru_cache(maxsize=8)
def said(text: str) -> Said:
    """What the folded text speaks of; kept for the second look at the same message."""
    return Said(text)
