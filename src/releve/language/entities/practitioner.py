"""Who the message names: a surname as written, without title, else a profession in its usual form, else nobody.

Each surname and profession of the text is a candidate. What stands beside it (the very words, and what they are:
"avec", "merci à", "adressée par") is weighed by `practitioner_weights.toml`; the heaviest candidate is the
answer, unless nobody weighs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from releve.language.entities.given import is_given
from releve.language.entities.phrases import Phrases, Reading
from releve.language.text import fold
from releve.language.wordings import expand, load

_JOBS = load("releve.language.entities", "professions.toml")
_DATA = load("releve.language.entities", "practitioner.toml")
_WEIGHTS: dict[str, float] = load("releve.language.entities", "practitioner_weights.toml")["weights"] | _DATA["chosen"]
_SIDES = {f"{side} {name}": words for side in ("before", "after", "whole") for name, words in _DATA[side].items()}
_READER = Phrases(_SIDES, _DATA["words"], _DATA["spellings"])
_BEFORE, _AFTER, _WHOLE = (frozenset(n for n in _SIDES if n.startswith(side)) for side in ("before", "after", "whole"))
_L = "(?:l(?=[aeiou]))?"  # "lorl", "lostéo"
_USUAL = [(usual, re.compile(expand(w, {}))) for usual, w in _JOBS["usual"].items()]
_ANY_JOB = re.compile(
    rf"(?<!\w){_L}(?P<job>"
    + "|".join(expand(w, {})[7:-6] for w in (*_JOBS["usual"].values(), _JOBS["kept"]["words"]))
    + r")(?!\w)"
)
_PARTICLES = frozenset(_JOBS["particles"]["words"].split())
_ARTICLES = frozenset({"le", "la", "de", "du", "des", "d"})
_ENDINGS = ("e", "ait", "era", "erait", "ent", "er", "es", "aient", "eront")
_STOP = frozenset(_DATA["names"]["stop"].split()).union(
    stem + ending for stem in _DATA["names"]["er"].split() for ending in _ENDINGS
)
_TITLE = re.compile(r"(?<![\w'])(?:(?:dr|dre|drs|doc)\.?|docteure?s?|doctoresse|doctor)[ -]+(?:c'est )?(?=[^\W\d_])")
_PROFESSOR = re.compile(r"(?<!\w)(?:Pr\.?|[Pp]rofesseure?) (?=[A-Z])")
_CIVIL = re.compile(
    r"(?<![\w'])((?:m|mr|mme|mlle)\.[ -]*|(?:mr|mme|mlle|monsieur|madame|mademoiselle)[ -]+|m )(?=[^\W\d_])"
)
_BARE = re.compile(r"(?<!\w)(?:avec|chez|aupres de|voir|revoir|a voir|consulter|dr)\s+(?=[^\W\d_]{2})")
_LOOSE = re.compile(r"(?<!\w)(?:a|pour|pr|rdv|et|dites a|attente de|\w\s*\()\s*(?=[^\W\d_]{2})")
_OPENS = (
    r"\s+(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|demain|peut|pourrait|aurait|a (?:de la|une) place|a \d|le \d"
    r"|\d+ ?h|svp|est dispo|consulte|prend|devait|doit|l'a|la vu|il|elle)(?!\w)"
)
_FIRST = re.compile(rf"(?:^|[.!?\n,][^\S\n]{{0,8}})(?=[^\W\d_]{{3,}}{_OPENS})")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NP = frozenset(_DATA["names"]["beside"].split())
_MOST = 12  # candidates: no patient names more
_SHORT = 5  # words: "Kessler jeudi", "ma kiné"

Named = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody named at text[start:end)."""

    value: str
    kind: str
    start: int
    end: int


def find(text: str) -> Named | None:
    """The practitioner named, with its span; None when nobody is, or when two are and it is undecided."""
    found = [(score, c) for c, said in features(text) if (score := sum(_WEIGHTS.get(f, 0.0) for f in said)) > 0]
    if not found:
        return None
    best = max(found, key=lambda f: f[0])[1]
    if _undecided(fold(text), [c for c, _ in features(text)], best):
        return None
    return best.value, best.start, best.end


def _undecided(folded: str, found: list[Candidate], best: Candidate) -> bool:
    """ "Dr Roux ou Dr Martin"."""
    for other in found:
        if fold(other.value) != fold(best.value):
            first, second = sorted((best, other), key=lambda c: c.start)
            if re.search(
                r"(?<!\w)ou(?: bien)?(?: (?:avec|chez))?(?: (?:le|la|l|un|une))?[ ']*(?:dr|docteur|mme|m)?\.? *$",
                folded[first.end : second.start],
            ):
                return True
    return False


@lru_cache(maxsize=16)
def features(text: str) -> tuple[tuple[Candidate, frozenset[str]], ...]:
    """Every candidate with the names of what speaks for and against it."""
    folded = fold(text)
    found = candidates(text, folded)
    if not found:
        return ()
    r = _READER.read(folded)
    whole = {name for name in _WHOLE if r.of(name)}
    return tuple((c, frozenset(_features(r, text, c, found, whole))) for c in found)


def _features(r: Reading, text: str, c: Candidate, found: list[Candidate], whole: set[str]) -> Iterator[str]:
    i = next((k for k, w in enumerate(r.words) if w.end > c.start), len(r.words))
    j = next((k for k in range(i, len(r.words)) if r.words[k].start >= c.end), len(r.words))
    group = "job" if c.kind == "job" else "name"
    yield f"{c.kind}"
    head = i
    while (
        head
        and r.words[head - 1].text in _NP
        and (r.words[head - 1].text != "." or (head > 1 and r.words[head - 2].text in _NP))
    ):
        head -= 1
    yield from _words_beside(r, head, j, group)
    inside = [w.text for w in r.words[head:i]]
    if group == "job":
        yield f"job article {inside[0] if inside else 'none'}"
    before = {name for at in range(head, i + 1) for name in r.ends.get(at, ()) if name in _BEFORE}
    yield from (f"{group} {name}" for name in before)
    if head == 0 or r.words[head - 1].stop:
        yield f"{group} first" if head == 0 else f"{group} starts"
    yield from (f"{group} {name}" for name in r.starts.get(j, ()) if name in _AFTER)
    if j >= len(r.words):
        yield f"{group} last"
    if _TOWN.match(text, c.end):
        yield f"{group} of a town"
    if _RECEIVES.search(r.text[max(0, c.start - 70) : c.start]):
        yield f"{group} receives"
    names = [o for o in found if o.kind != "job"]
    if len(r.words) <= _SHORT:
        yield f"{c.kind} is the message"
    yield from _sending(r, c, found, j, group)
    if c.kind == "job":
        near = any(0 <= o.start - c.end < 12 or 0 <= c.start - o.end < 12 for o in names)
        yield "job beside a name" if near else ("job with a name" if names else "job alone")
    asked = max((k for k in range(max(0, i - 9), i + 1) if r.ends_at("whole asks", k)), default=None)
    if asked is not None and not any(w.stop for w in r.words[asked:i]):
        yield f"{c.kind} soon after an appointment"
    others = {fold(o.value) for o in found if (o.kind == "job") == (c.kind == "job")} - {fold(c.value)}
    if others:
        same = [o for o in found if (o.kind == "job") == (c.kind == "job")]
        yield f"{group} first of several" if same[0] is c else f"{group} not first"
    if sum(fold(o.value) == fold(c.value) for o in found) > 1:
        yield f"{group} twice"
    if not text[c.start].isupper() and c.kind != "job":
        yield f"{c.kind} in small letters" if _cased(text) else f"{c.kind} where all is small"
    if c.kind != "job":
        yield from (f"{c.kind} {name}" for name in before)
        if any(is_given(w) for w in re.split(r"\W+", text[c.start : c.end])):
            yield f"{c.kind} with a first name"
        if any(0 <= o.start - c.end < 8 or 0 <= c.start - o.end < 12 for o in found if o.kind == "job"):
            yield f"{c.kind} beside a job"
    yield from (f"{group} {name}" for name in whole)


def _words_beside(r: Reading, head: int, j: int, group: str) -> Iterator[str]:
    """The two words on each side as patterns: "name avec _", "name avec . _", "name rdv avec _", "job _ jeudi"."""
    left = [_shape(w.text) for w in r.words[max(0, head - 3) : head]][::-1]
    right = [_shape(w.text) for w in r.words[j : j + 3]]
    yield from (f"{group} {word}{gap} _" for word, gap in zip(left, ("", " ."), strict=False))
    yield from (f"{group} _{gap} {word}" for word, gap in zip(right, ("", " ."), strict=False))
    if len(left) > 1:
        yield f"{group} {left[1]} {left[0]} _"
    if len(right) > 1:
        yield f"{group} _ {right[0]} {right[1]}"


def _shape(word: str) -> str:
    """A number is "#"; a line's end and a quotation mark are a bar, so that a pattern stays on its line."""
    return "#" if word[0].isdigit() else "|" if word in _UNWRITABLE else word


_UNWRITABLE = frozenset('\n"')


_TOWN = re.compile(r",?\s+(?:à|de|d'|d’)\s?[A-ZÉÈÎÔÂ][a-zéèêîôûâç]{2}")
_RECEIVES = re.compile(
    r"(?:envoye\w*|envoi\w*|fax\w*|transfer\w*|transmett\w*|adress(?:er|ez)|communiqu\w*)(?:[^.!?\n]{0,50})(?<!\w)(?:a|au|aux)"
    r"(?: (?:dr|docteur|madame|monsieur|mme|m)\.?| mon| ma| l'| la)*[ ']*$"
)


def _sending(r: Reading, c: Candidate, found: list[Candidate], j: int, group: str) -> Iterator[str]:
    """ "le Dr Roux m'a dit de voir un cardiologue": the second is asked for."""
    says = any(r.starts_at(f"after {name}", j) for name in ("gave", "said", "back"))
    if says and any(_SEE.search(r.text[c.end : o.start]) for o in found if o.start > c.end):
        yield f"{group} sends on"
    if c is not found[0] and any(_SENT.search(r.text[o.end : c.start]) for o in found if o.end < c.start):
        yield f"{group} sent to"


_SEE = re.compile(r"(?<!\w)(?:voir|consulter|chez|avis (?:d|du))[^.!?]{0,20}$")
_SENT = re.compile(
    r"^[^.!?]{0,12}(?:m'a|ma|m'avait|nous a|lui a|me|m'|nous|qu'il) ?"
    r"(?:dit|conseill\w*|demand\w*|adress\w*|orient\w*|envoi\w*|recommand\w*|veut|fallait)"
    r"[^.!?]{0,30}(?<!\w)(?:voir|consulter|chez|vers)[^.!?]{0,15}$"
)


def _cased(text: str) -> bool:
    """Capitals are used inside the text: a small letter tells something."""
    return any(c.isupper() for c in text[1:])


def candidates(text: str, folded: str) -> list[Candidate]:
    """Surnames and professions, in the order of the text."""
    starts = {m.end(): "opens" for m in _FIRST.finditer(folded)}
    if _cased(text):
        starts |= {m.end(): "loose" for m in _LOOSE.finditer(folded) if text[m.end()].isupper()}
    starts |= {m.end(): "bare" for m in _BARE.finditer(folded)}
    starts |= {m.end(): "civil" for m in _CIVIL.finditer(folded) if m[1] != "m " or text[m.end()].isupper()}
    if "dr" in folded or "doc" in folded:
        starts |= {m.end(): "doctor" for m in _TITLE.finditer(folded)}
    if "P" in text or "prof" in folded:
        starts |= {m.end(): "doctor" for m in _PROFESSOR.finditer(text)}
    jobs = _once(professions(text))
    for _, _, end in jobs:  # "gynécologue Castellan"
        if (m := _NAME_NEXT.match(text, end)) and text[m.end()].isupper():
            starts.setdefault(m.end(), "bare")
    found: list[Candidate] = []
    for start, kind in sorted(starts.items()):
        if len(found) == _MOST:
            break
        if found and start < found[-1].end:
            continue
        named = _surname(text, folded, start, kind)
        if named and _may_be(text, folded, named, kind):
            found.append(Candidate(named[0], kind, named[1], named[2]))
    taken = [(c.start, c.end) for c in found]
    free = [Candidate(v, "job", a, b) for v, a, b in jobs if not any(s < b and a < e for s, e in taken)]
    return sorted([*found, *free], key=lambda c: c.start)[:_MOST]


def _once(jobs: list[Named]) -> list[Named]:
    """Without the second of "docteur des femmes (gynécologue)"."""
    return [j for k, j in enumerate(jobs) if not (k and jobs[k - 1][0] == j[0] and j[1] - jobs[k - 1][2] < 4)]


_NAME_NEXT = re.compile(r"\s+(?=[^\W\d_]{3})")


def _may_be(text: str, folded: str, named: Named, kind: str) -> bool:
    word = folded[named[1] : named[2]]
    capital = text[named[1]].isupper()
    if not capital and word.startswith(
        ("des ", "du ") if kind in ("doctor", "civil") else ("la ", "le ", "les ", "des ", "du ", "de ")
    ):
        return False
    if kind in ("doctor", "civil"):
        return True
    if word in _COMMON or len(word) < 3:
        return False
    if kind == "opens":  # "Kessler jeudi": followed by a time or a verb
        return not is_given(word)
    return capital if kind == "loose" or is_given(word) else capital or kind == "bare"


_COMMON = frozenset(load("releve.language.entities", "names.toml")["common"]["words"].split())


def surnames(text: str) -> list[Named]:
    """Surnames after a title ("Dr", "docteur"), or after "avec madame..."; with their span."""
    return [
        (c.value, c.start, c.end)
        for c, said in features(text)
        if c.kind == "doctor"
        or (c.kind in ("civil", "bare") and not said.isdisjoint(("name before with", "name before see")))
    ]


def _surname(text: str, folded: str, start: int, kind: str) -> Named | None:
    words: list[re.Match[str]] = []
    position = start
    while (match := _WORD.match(text, position)) and _continues(text, folded, match, words):
        words.append(match)
        gap = re.match(r"\.?[^\S\n]+(?=[^\W\d_])", text[match.end() : match.end() + 8])
        if not gap or (gap.group().startswith(".") and len(match.group()) > 1):
            break
        position = match.end() + gap.end()
    while words and folded[words[-1].start() : words[-1].end()] in _PARTICLES:
        words.pop()
    return _as_written(words) if words else None


def _continues(text: str, folded: str, match: re.Match[str], words: list[re.Match[str]]) -> bool:
    word = folded[match.start() : match.end()]
    if not words and (len(word) < 2 or word.startswith(_ELIDED)):
        return False
    capital = text[match.start()].isupper()
    after_particle = not words or folded[words[-1].start() : words[-1].end()] in _PARTICLES
    if word in _PARTICLES and (after_particle or capital):
        return capital or not words or word not in _ARTICLES
    if (word in _STOP and not (word == "ait" and capital)) or _ANY_JOB.fullmatch(word):
        return False  # "Aït" is a name, "ait" a verb
    return after_particle or (capital and text[words[0].start()].isupper() and len(words) < 4)


_ELIDED = ("m'", "l'", "j'", "s'", "c'", "n'", "qu'", "t'")


def _as_written(words: list[re.Match[str]]) -> Named:
    return _family([w.group() for w in words]), words[0].start(), words[-1].end()


def _family(words: list[str]) -> str:
    """A given name before the surname is left out; particles stay."""
    if len(words) > 1 and words[0].lower() not in _PARTICLES and is_given(words[0]):
        words = words[1:]
    shout = all(w.isupper() for w in words) and len("".join(words)) > 3
    return " ".join(w.title() if shout else w for w in words)


def professions(text: str) -> list[Named]:
    """Professions in their usual form, those outside the list as written."""
    folded = fold(text)
    found: list[Named] = []
    if _HINT.search(folded) is None:
        return found
    for m in _ANY_JOB.finditer(folded):
        start, end = m.span("job")
        word = m["job"]
        if word in _JOBS["only_after"]["jobs"] and not _ONLY_AFTER.search(folded, max(0, start - 14), start):
            continue
        usual = next((u for u, rx in _USUAL if rx.fullmatch(word)), None)
        found.append((usual or _JOBS["shortened"].get(word, text[start:end].lower()), start, end))
    return found


# Letters that every profession holds, for a quick no.
_HINT = re.compile(
    "logue|kine|sage|ostho|osteo|ortho|psy|gyn|gin|derm|cardio|coeur|pedi|dent|ophta|opht|ocul|phys|infi|ide|medecin|general|family|omni|docteur|orl|podo|nutri|diet|logist|gastro|allergo|thera|acup|geri|anes|nurse|opt|log|chiro|natur|phon|audio|maieu|rhuma|endo|tricien|opathe"
)
_ONLY_AFTER = re.compile(rf"(?<!\w)(?:{_JOBS['only_after']['words']})[ ']$")
