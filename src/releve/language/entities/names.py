"""Names of persons as the text gives them, told apart into given and family name where spelling or lexicon allows."""

import re
from collections.abc import Iterator
from functools import lru_cache

from releve.core.understanding import PersonName
from releve.language.entities.given import is_given
from releve.language.entities.practitioner import surnames
from releve.language.text import fold, reading
from releve.language.wordings import load

_DATA = load("releve.language.entities", "names.toml")
_COMMON = frozenset(_DATA["common"]["words"].split())
_PARTICLES = frozenset(load("releve.language.entities", "professions.toml")["particles"]["words"].split())
_NAME = r"[^\W\d_]+(?:['’‑-][^\W\d_]+)*+"
_INTRODUCED = re.compile("|".join(_DATA["introduced"]["patterns"]))
_LABEL = re.compile(
    r"(?<!\w)(nom(?: de (?:famille|naissance|jeune fille))?|prenoms?|patiente?|nom et prenom|nom prenom|prenom et nom)"
    r"\s*:\s*"
)
_BORN_AFTER = re.compile(
    r"[\s,;(:\-]*(?:nee?(?:'e)?|n\.e\.?|ddn|date de naissance|le|du)?[\s,:(]*(?:le |en |du )?"
    r"\d{1,2}(?:er)?[\s/.\-]*(?:\d{1,2}|[a-z]{3,9})[\s/.\-]*(?:de )?\d{2,4}|[\s,;(]*nee?(?!\w)"
)
_WORD = re.compile(_NAME)
_MOST = 20  # names: no message presents more people


@lru_cache(maxsize=16)
def find(text: str) -> tuple[PersonName, ...]:
    """Names of the writer or the patient, in order; practitioners ("Dr ...") are left out."""
    folded = fold(text)
    taken = _practitioners(text)
    names: list[tuple[int, PersonName]] = []
    for start, words in _candidates(text, folded):
        if len(names) == _MOST:
            break
        if not any(a <= start < b for a, b in taken) and (name := _told_apart(words)):
            taken.append((start, start + len(" ".join(words))))
            names.append((start, name))
    return _joined([n for _, n in sorted(names, key=lambda n: n[0])])


def _practitioners(text: str) -> list[tuple[int, int]]:
    return [(start, end) for _, start, end in surnames(text)]


def _candidates(text: str, folded: str) -> Iterator[tuple[int, list[str]]]:
    for match in _INTRODUCED.finditer(folded):
        yield from _run(text, folded, match.end(), loose=True)
    yield from _labelled(text, folded)
    yield from _capitals(text, folded)
    yield from _before_birth(text, folded)


def _labelled(text: str, folded: str) -> Iterator[tuple[int, list[str]]]:
    parts = {m.group(1)[:3]: _run_words(text, folded, m.end(), loose=True) for m in _LABEL.finditer(folded)}
    given, family = parts.get("pre"), parts.get("nom")
    if given and family:
        yield given[0], [*given[1], *(w.upper() for w in family[1])]
    elif found := (family or given or parts.get("pat")):
        yield found


def _run(text: str, folded: str, start: int, *, loose: bool) -> Iterator[tuple[int, list[str]]]:
    if found := _run_words(text, folded, start, loose=loose):
        yield found


def _run_words(text: str, folded: str, start: int, *, loose: bool) -> tuple[int, list[str]] | None:
    """Up to four name words from `start`; lower-case words only where `loose` (after an introduction, in voice)."""
    words: list[str] = []
    position = first = start
    while match := _WORD.match(text, position):
        word = folded[match.start() : match.end()]
        if not _may_be_name(match.group(), word, loose) and not (words and word in _PARTICLES):
            break
        first = match.start() if not words else first
        words.append(match.group())
        gap = re.match(r"\.?[ \u00a0]+", text[match.end() :])
        if not gap or len(words) == 4:
            break
        position = match.end() + gap.end()
    while words and fold(words[-1]) in _PARTICLES:
        words.pop()
    return (first, words) if words else None


def _may_be_name(word: str, folded: str, loose: bool) -> bool:
    if folded in _COMMON or len(word) < 2:
        return False
    return word[0].isupper() or (loose and folded.isalpha())


def _capitals(text: str, folded: str) -> Iterator[tuple[int, list[str]]]:
    """Two or more capitalised words of which one is a known given name or is in upper case."""
    position = 0
    while match := _WORD.search(text, position):
        position = match.end()
        if not match.group()[0].isupper():
            continue
        found = _run_words(text, folded, match.start(), loose=False)
        if found and len(found[1]) >= 2:
            position = max(position, found[0] + len(" ".join(found[1])))
            if any(map(is_given, found[1])) or _shouted(found[1]):
                yield found


def _shouted(words: list[str]) -> bool:
    loud = [w.isupper() and len(w) > 2 for w in words]
    return any(loud) and not all(loud)


def _before_birth(text: str, folded: str) -> Iterator[tuple[int, list[str]]]:
    """ "mercier georges vingt-deux mars quarante-huit", "georges mercier né le ...": two words before a birth date."""
    read = reading(text)
    for match in re.finditer(rf"(?<![\w'’‑-])({_NAME}) ({_NAME})", text):
        words = [match.group(1), match.group(2)]
        if any(fold(w) in _COMMON for w in words) or not any(map(is_given, words)):
            continue
        if _BORN_AFTER.match(read, match.end()) or text.islower():
            yield match.start(), words


def _told_apart(words: list[str]) -> PersonName | None:
    loud = [w for w in words if w.isupper() and len(w) > 1]
    if loud and len(loud) < len(words):
        return PersonName(" ".join(w for w in words if w not in loud), " ".join(loud))
    if len(words) == 1:
        return PersonName(words[0], "") if is_given(words[0]) else PersonName("", words[0])
    return _by_lexicon(words)


def _by_lexicon(words: list[str]) -> PersonName:
    """First then family, unless only what comes last is a given name."""
    if is_given(words[-1]) and not is_given(words[0]):
        split = next(i for i, w in enumerate(words) if is_given(w))
        return PersonName(" ".join(words[split:]), " ".join(words[:split]))
    split = 2 if len(words) > 2 and is_given(words[1]) and words[1].lower() not in _PARTICLES else 1
    return PersonName(" ".join(words[:split]), " ".join(words[split:]))


def _joined(names: list[PersonName]) -> tuple[PersonName, ...]:
    """Each name once; a part that a fuller name already holds is dropped."""
    kept: list[PersonName] = []
    for name in names:
        fuller = any(_within(name, o) and not _within(o, name) for o in names)
        if not fuller and not any(_within(name, o) for o in kept):
            kept.append(name)
    return tuple(kept)


def _within(one: PersonName, other: PersonName) -> bool:
    mine = {fold(w) for w in f"{one.given} {one.family}".split()}
    return mine <= {fold(w) for w in f"{other.given} {other.family}".split()}


_PRESENTS = re.compile("|".join(_DATA["presents"]["patterns"]))


def presented(text: str, read: str) -> tuple[int, int] | None:
    """Where the message only says who somebody is: "c'est pour mon fils, Rayan", "Nom : Sylla"."""
    if match := _PRESENTS.search(read):
        return match.span()
    first = find(text)
    return (0, len(text)) if first and len(text.split()) <= 8 else None
