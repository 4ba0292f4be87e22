"""Who the message names: a surname as written, without title, else a profession in its usual form, else nobody."""

import re

from releve.language.entities.given import is_given
from releve.language.text import fold
from releve.language.wordings import Wordings, expand, load

_DATA = load("releve.language.entities", "professions.toml")
_USUAL = [(usual, re.compile(expand(w, {}))) for usual, w in _DATA["usual"].items()]
_KEPT = re.compile(expand(_DATA["kept"]["words"], {}))
_TITLE = re.compile(r"(?<![\w'])(?:(?:dr|dre|drs|doc)\.?|docteure?|doctor|professeur)[ -]+(?:c'est )?")
_PROFESSOR = re.compile(r"(?<!\w)Pr\.? (?=[A-Z])")
_WITH = re.compile(
    r"(?:[Rr][Dd][Vv]|[Rr]endez-vous|[Cc]onsult\w*|[Ss]éance)[^.!?\n]{0,40}?\b(?:avec|chez) (?=[A-Z][a-z])"
)
_CIVIL = r"(?:m\.?|mr\.?|mme\.?|monsieur|madame|mlle|mademoiselle)"
_MISTER = re.compile(
    r"(?<!\w)(?:avec|chez|aupres de|voir|seance de|rdv de|patiente? de|consultation de)\s+(?:le\s+)?"
    rf"{_CIVIL}\s+(?=\w)|^(?:bonjour\s+)?{_CIVIL}\s+(?=\w+\s*,)"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PARTICLES = frozenset(_DATA["particles"]["words"].split())
_TITLE_BEFORE = re.compile(
    r"(?:le |la |les |l'|un |une |du |de la |au |d'une |d'un )?(?:dr|docteure?|pr|madame|monsieur|mme|m)?\.? *$"
)
_ARTICLES = frozenset({"le", "la", "de", "du", "des", "d"})
_STOP = frozenset(_DATA["after_title"]["words"].split())
_BEFORE = [re.compile(expand(s, {}).removesuffix(r"(?!\w)") + r"[\s']*$") for s in _DATA["mentioned"]["before"]]
_AFTER = Wordings(_DATA["mentioned"]["after"])

Named = tuple[str, int, int]


def surnames(text: str) -> list[Named]:
    """Surnames after a title ("Dr", "docteur"), or after "avec madame..."; with their span."""
    folded = fold(text)
    starts = [m.end() for rx in (_TITLE, _MISTER) for m in rx.finditer(folded)]
    starts += [m.end() for rx in (_PROFESSOR, _WITH) for m in rx.finditer(text)]
    return [named for start in sorted(set(starts)) if (named := _surname(text, folded, start))]


def _surname(text: str, folded: str, start: int) -> Named | None:
    words: list[re.Match[str]] = []
    position = start
    while (match := _WORD.match(text, position)) and _continues(text, folded, match, words):
        words.append(match)
        gap = re.match(r"\.?\s+(?=[^\W\d_])", text[match.end() :])
        if not gap or "\n" in gap.group() or (gap.group().startswith(".") and len(match.group()) > 1):
            break
        position = match.end() + gap.end()
    while words and folded[words[-1].start() : words[-1].end()] in _PARTICLES:
        words.pop()
    return _as_written(text, words) if words else None


def _continues(text: str, folded: str, match: re.Match[str], words: list[re.Match[str]]) -> bool:
    word = folded[match.start() : match.end()]
    if not words and len(word) < 2:
        return False
    capital = text[match.start()].isupper()
    after_particle = not words or folded[words[-1].start() : words[-1].end()] in _PARTICLES
    if word in _PARTICLES and (after_particle or capital):
        return capital or not words or word not in _ARTICLES
    if word in _STOP or any(rx.fullmatch(word) for _, rx in _USUAL):
        return False
    return after_particle or (capital and text[words[0].start()].isupper() and len(words) < 3)


def _as_written(text: str, words: list[re.Match[str]]) -> Named:
    start, end = words[0].start(), words[-1].end()
    kept = _family([w.group() for w in words])
    return kept, start, end


def _family(words: list[str]) -> str:
    """A given name before the surname is left out; particles stay."""
    if len(words) > 1 and words[0].lower() not in _PARTICLES and is_given(words[0]):
        words = words[1:]
    shout = all(w.isupper() for w in words) and len("".join(words)) > 3
    return " ".join(w.title() if shout else w for w in words)


def _only_mentioned(folded: str, start: int, end: int) -> bool:
    before = re.split(r"[.!?;\n]", folded[max(0, start - 70) : start])[-1]
    before = _TITLE_BEFORE.sub("", before)
    after = folded[end : end + 25].lstrip(" ,")
    said = _AFTER.first(after)
    return any(rx.search(before) for rx in _BEFORE) or bool(said and said.start() == 0)


def professions(text: str) -> list[Named]:
    """Professions in their usual form, those outside the list as written."""
    folded = fold(text)
    found = [(usual, *m.span()) for usual, rx in _USUAL for m in rx.finditer(folded)]
    for m in _KEPT.finditer(folded):
        found.append((_DATA["shortened"].get(m.group(), text[m.start() : m.end()].lower()), *m.span()))
    return sorted(found, key=lambda f: f[1])


def find(text: str) -> Named | None:
    """The practitioner named, with its span; None when nobody is, or when two are and it is undecided."""
    folded = fold(text)
    for named in (surnames(text), professions(text)):
        kept = [n for n in named if not _only_mentioned(folded, n[1], n[2])]
        different = {fold(n[0]) for n in kept}
        if len(different) > 1:
            return None if re.search(r"(?<!\w)ou(?!\w)", folded) else kept[0]
        if kept:
            return kept[0]
    return None
