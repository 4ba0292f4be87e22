"""For whom the message speaks: self, child, parent, partner or other.

Each person that the message names brings what is said beside them (they are ill, they have an appointment; they only
drive or advise). What the writer says of themself speaks for self. The weights of `patient_weights.toml` add these up
and the heaviest wins.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from releve.core.understanding import PatientIs
from releve.language.entities.given import GIVEN
from releve.language.entities.phrases import Phrases, Reading
from releve.language.wordings import load

_DATA = load("releve.language.entities", "patient.toml")
_WEIGHTS: dict[str, float] = load("releve.language.entities", "patient_weights.toml")["weights"] | _DATA["chosen"]
_PERSONS, _AROUND, _WHOLE = _DATA["persons"], _DATA["around"], _DATA["whole"]
_MACROS = {**_DATA["words"], **_DATA["mine"]}
_READER = Phrases(
    {**_PERSONS, **_AROUND, **_WHOLE, "given": GIVEN.difference(_PERSONS["plain"])}, _MACROS, _DATA["spellings"]
)
_RELATIONS: tuple[PatientIs, ...] = tuple(r for r in get_args(PatientIs) if r != "self")
_BEFORE, _NEXT, _NEAR = (frozenset(k for k in _AROUND if k.startswith(side)) for side in ("before", "next", "near"))
_SELF, _THIRD = (tuple(k for k in _WHOLE if k.startswith(side)) for side in ("self", "third"))
_SCENE = ("third clinic", "third child", "third carer", "third young")
_SETS = {name: frozenset(words.split()) for name, words in _DATA["sets"].items()}
_NO_CHILD = _SETS["no_child"].union(_PERSONS["doctor"])
_GENDERS = dict.fromkeys(_SETS["his"], "m") | dict.fromkeys(_SETS["her"], "f")
_PRONOUNS = {"il": "m", "elle": "f", "le": "m", "la": "f"}
_STARTS = frozenset(("", ".", "\n", ":", "(", ",", "-"))
_NEAR_WORDS = 12
_END_WORDS = 12
_REACH = 6  # persons back that "il" or "elle" may mean
_NEAR_CHARACTERS = 40

Features = dict[PatientIs, set[str]]


@dataclass(frozen=True, slots=True)
class Person:
    """Words [i, j) name a person who may be the patient; `kind` says how."""

    relation: PatientIs
    kind: str
    i: int
    j: int
    gender: str | None = None


@lru_cache(maxsize=64)
def patient_is(read: str) -> PatientIs:
    """For whom the folded message speaks; the writer when nobody else is heavier."""
    scores = {who: sum(_WEIGHTS.get(f, 0.0) for f in said) for who, said in features(read).items()}
    return max(scores, key=lambda who: scores[who])


@lru_cache(maxsize=64)
def _reading(read: str) -> Reading:
    return _READER.read(read)


def features(read: str) -> Features:
    """What speaks for each answer, by the names that `patient_weights.toml` weighs."""
    r = _reading(read)
    people = persons(r)
    told, untold = _told(r, people)
    whole = {name for name in _WHOLE if r.of(name)}
    if _young(r):
        whole.add("third young")
    institutions = set(_institutions(r))
    found: Features = {"self": {name for name in whole if name in _SELF} | set(_presents_self(r))}
    for relation in _RELATIONS:
        mine = [p for p in people if p.relation == relation]
        said = {f"{relation} {p.kind}" for p in mine}.union(*(_around(r, p) for p in mine))
        said |= {name for p in mine for name in told.get(p, ())}
        scene = {name for name in whole if name in _SCENE}
        said |= {f"named {name}" for name in scene} if mine else {f"{relation} {name}" for name in scene | untold}
        found[relation] = said if mine else said | {f"{relation} unnamed"}
    titled = any(p.kind.startswith("titled") for p in people)
    found["other"] |= institutions | ({f"{kind} of somebody" for kind in institutions} if titled else set())
    return found


def _young(r: Reading) -> bool:
    """An age below seventeen is told: "3 ans", not "depuis 3 ans"."""
    for k in range(1, len(r.words)):
        if r.words[k].text == "ans" and r.words[k - 1].text.isdecimal() and int(r.words[k - 1].text[:3]) < 17:
            before = [w.text for w in r.words[max(0, k - 3) : k - 1]]
            if before[-1:] != ["a"] and before[-1:] and before[-1] not in _SETS["spans"]:
                return True
            if before[-1:] == ["a"] and before[0] in ("il", "elle", "qui"):
                return True
    return False


def _told(r: Reading, people: list[Person]) -> tuple[dict[Person, set[str]], set[str]]:
    """What "il", "elle", "son", "lui" say of the person named last before that may be meant; and of nobody named."""
    told: dict[Person, set[str]] = {}
    untold: set[str] = set()
    for name in _THIRD:
        for hit in () if name in _SCENE else r.of(name):
            gender = _PRONOUNS.get(r.words[hit.i].text)
            last = bisect_right(people, hit.i, key=lambda p: p.j)
            near = reversed(people[max(0, last - _REACH) : last])
            if meant := next((p for p in near if not gender or p.gender in (None, gender)), None):
                told.setdefault(meant, set()).add(f"told {name}")
            else:
                untold.add(name)
    return told, untold


def _presents_self(r: Reading) -> Iterator[str]:
    """ "je m'appelle", "c'est madame Huet", "je suis monsieur..."."""
    for hit in r.of("title"):
        before = [w.text for w in r.words[max(0, hit.i - 2) : hit.i]]
        if before in (["c", "est"], ["je", "suis"]) or before[-1:] in (["ici"], ["moi"]):
            yield "self titled"
    if r.of("me called"):
        yield "self called"


def persons(r: Reading) -> list[Person]:
    """Everybody whom the message may be about, in order; of two that overlap the longer."""
    found = sorted([*_owned(r), *_bare(r), *_writers(r), *_titled(r), *_given(r)], key=_longest)
    kept: list[Person] = []
    taken: set[int] = set()
    for person in found:
        if taken.isdisjoint(range(person.i, person.j)):
            taken.update(range(person.i, person.j))
            kept.append(person)
    return sorted(_chained(r, kept), key=lambda p: p.i)


def _longest(person: Person) -> tuple[int, int, int]:
    return 0 if person.kind == "of" else 1, person.i - person.j, person.i


def _owned(r: Reading) -> Iterator[Person]:
    """ "mon petit frère"."""
    for i, word in enumerate(r.words):
        if word.text not in _SETS["of"]:
            continue
        found = []
        start = i + 1
        while start < min(i + 4, len(r.words)):
            hits = [(relation, hit) for relation in _RELATIONS if (hit := r.starts_at(relation, start))]
            gender = "f" if r.words[start].text in _SETS["her_after_mon"] else _GENDERS.get(word.text)
            found += [Person(relation, "of", i, hit.j, gender) for relation, hit in hits]
            adjective = r.starts_at("adjective", start)
            if not adjective:
                break
            start = adjective.j
        if found:
            yield max(found, key=lambda p: p.j)


def _bare(r: Reading) -> Iterator[Person]:
    for relation in _RELATIONS:
        for hit in r.of(f"bare_{relation}"):
            free = hit.i == 0 or r.words[hit.i - 1].text not in _SETS["articles"] | {"votre", "ta"}
            if free and not (r.words[hit.j - 1].text in _SETS["small"] and _noun_follows(r, hit.j)):
                yield Person(relation, "bare", hit.i, hit.j, _GENDERS.get(r.words[hit.i].text))


def _noun_follows(r: Reading, j: int) -> bool:
    """ "le petit carton", not "le petit tousse"."""
    if j >= len(r.words) or r.words[j].mark or r.words[j].text in _SETS["after_small"]:
        return False
    return not any(r.starts_at(label, j) for label in ("verb3", "given", "next need", "next sick", "next age"))


def _writers(r: Reading) -> Iterator[Person]:
    """ "je suis la maman de", "Sa fille" at the end, "le père de Lison"."""
    for relation in _RELATIONS:
        for hit in r.of(f"writer_{relation}"):
            at = hit.i - 1
            if at < 0 or r.words[at].text not in _SETS["articles"]:
                continue
            of_whom = hit.j < len(r.words) and r.words[hit.j].text in ("de", "d", "du", "des", "a")
            before = r.words[at - 1] if at else None
            if before and before.text in _SETS["am"]:
                yield Person(relation, "writer of" if of_whom else "writer", at, hit.j)
            elif hit.j >= len(r.words) - _END_WORDS and (not before or before.mark) and _ends(r, hit.j):
                yield Person(relation, "signs", at, hit.j)
            elif of_whom and relation != "partner" and r.words[at].text in ("la", "le", "l", "les"):
                yield Person(relation, "of whom", at, hit.j)


def _ends(r: Reading, j: int) -> bool:
    return j >= len(r.words) or r.words[j].mark or r.words[j].text in ("de", "d", "des", "au")


def _institutions(r: Reading) -> Iterator[str]:
    """How institutions and carers are named: as the one who writes or only in passing."""
    for hit in r.of("institution"):
        before = [w.text for w in r.words[max(0, hit.i - 2) : hit.i]]
        line = next((k for k in range(hit.i - 1, -1, -1) if r.words[k].text in "\n.,:"), -1) + 1
        opening = all(w.text in _SETS["greeting"] for w in r.words[line : hit.i])
        does = hit.j < len(r.words) and r.words[hit.j].text in ("m", "me", "nous", "a", "dit", "ne", "veut", "ma")
        head = hit.i < 12 and _SETS["personal"].isdisjoint(w.text for w in r.words[: hit.i])
        if _SETS["am"].intersection(before):
            yield "institution speaks"
        elif head and not does:
            yield "institution heads"
        elif opening and hit.i >= len(r.words) - _END_WORDS:
            yield "institution signs"
        elif before and before[-1] in ("notre", "nos"):
            yield "institution ours"
        else:
            yield "institution passes"


def _titled(r: Reading) -> Iterator[Person]:
    """Monsieur or Madame somebody, spoken of; "c'est madame Huet" presents the writer."""
    for hit in r.of("title"):
        word, dotted = r.words[hit.i].text, hit.j < len(r.words) and r.words[hit.j].text == "."
        end = hit.j + (2 if dotted else 1)
        if (word == "m" and not dotted) or end > len(r.words) or r.words[end - 1].mark:
            continue
        before = r.words[hit.i - 1].text if hit.i else ""
        if before in _SETS["prepositions"]:
            kind = "titled after " + ("de" if before == "d" else before)
        elif any(r.starts_at("verb3", k) for k in range(end, min(end + 3, len(r.words)))):
            kind = "titled does" if before != "est" else "titled presents and does"
        elif before in _STARTS and hit.j < len(r.words) - _END_WORDS:
            kind = "titled starts"
        else:
            continue
        yield Person("other", kind, hit.i, end, _GENDERS.get(word))


def _given(r: Reading) -> Iterator[Person]:
    """A first name alone: people call their children so."""
    for hit in r.of("given"):
        before = r.words[hit.i - 1].text if hit.i else ""
        titled = not _SETS["titles"].isdisjoint(w.text for w in r.words[max(0, hit.i - 3) : hit.i])
        if titled or before in _NO_CHILD or (before == "de" and hit.i > 1 and r.words[hit.i - 2].text == "nom"):
            continue
        if r.starts_at("next age", hit.j):
            yield Person("child", f"given {_age(r, hit.j)}", hit.i, hit.j)
        elif before in ("petit", "petite"):
            yield Person("child", "given small", hit.i, hit.j)
        elif before in _SETS["prepositions"] or before == "avec":
            yield Person("child", f"given after {before}", hit.i, hit.j)
        elif r.starts_at("verb3", hit.j):
            yield Person("child", "given does", hit.i, hit.j)


def _age(r: Reading, j: int) -> str:
    number = next((k for k in range(j, min(j + 4, len(r.words))) if r.words[k].text.isdecimal()), None)
    if number is None or number + 1 == len(r.words) or r.words[number + 1].text not in _SETS["units"]:
        return "born"
    return "young" if r.words[number + 1].text != "ans" or int(r.words[number].text[:3]) < 18 else "adult"


def _chained(r: Reading, people: list[Person]) -> list[Person]:
    """ "la mère de mon compagnon" is neither a mother nor a partner."""
    after = {p.i: p for p in people}
    kept = []
    inner = set()
    related = any(p.kind in ("of", "writer of", "writer", "signs") for p in people)
    for p in people:
        at = p.j
        of = at < len(r.words) and r.words[at].text in ("de", "d", "a")
        if of and (q := after.get(at + 1)) and p.kind in ("of", "bare", "writer of", "of whom", "signs"):
            inner.add(q)
            if q.kind == "of":
                p = Person("other", "chain", p.i, q.j, p.gender)
        elif related and p.kind.startswith(("titled", "given")):
            p = Person(p.relation, f"{p.kind.split()[0]} besides", p.i, p.j, p.gender)
        kept.append(p)
    return [p for p in kept if p not in inner]


def _around(r: Reading, p: Person) -> Iterator[str]:
    """What stands right before and after a person, and further on in the sentence."""
    yield from (name for name in r.ends.get(p.i, ()) if name in _BEFORE)
    if p.i == 0 or r.words[p.i - 1].stop:
        yield "before start"
    if _care_before(r, p.i):
        yield "before care of"
    yield from (name for name in r.starts.get(p.j, ()) if name in _NEXT)
    if r.starts_at("given", p.j):
        yield "next name"
    end = _sentence_end(r, p.j)
    yield from (name for k in range(p.j, end) for name in r.starts.get(k, ()) if name in _NEAR)


_CARE = frozenset(_DATA["mine"]["care"].split())


def _care_before(r: Reading, i: int) -> bool:
    """ "le rdv de ma fille", "l'ordonnance de sortie pour mon père"."""
    if not i or r.words[i - 1].text not in ("de", "d", "pour", "a"):
        return False
    return any(w.text in _CARE for w in r.words[max(0, i - 5) : i - 1])


def _sentence_end(r: Reading, j: int) -> int:
    end = min(j + _NEAR_WORDS, len(r.words))
    return next((k for k in range(j, end) if r.words[k].stop), end)


def last_named(read: str, at: int) -> PatientIs | None:
    """Of whom the character `at` speaks: the person named shortly before in the sentence; None when nobody is."""
    owners = _owners(read)
    before = bisect_right(owners, at, key=lambda owner: owner[0])
    if not before:
        return None
    end, relation = owners[before - 1]
    return None if at - end > _NEAR_CHARACTERS or re.search(r"[.!?;\n]", read[end:at]) else relation


@lru_cache(maxsize=8)
def _owners(read: str) -> tuple[tuple[int, PatientIs], ...]:
    """(the character after their name, who) of each person that may own what follows, in the order of the text."""
    r = _reading(read)
    of = [p for p in persons(r) if p.kind in ("of", "bare") and p.relation != "other"]
    owners = [(r.words[p.j - 1].end, p.relation) for p in of]
    owners += [(r.words[h.j - 1].end, "self") for h in r.of("I am")]
    return tuple(sorted(owners))


_WRITES = frozenset(("institution speaks", "institution heads", "institution signs"))


def third_party(read: str) -> bool:
    """Medical data of somebody who is neither the writer nor their child, parent or partner: asked for, or told."""
    r = _reading(read)
    told, clinic = r.of("record told"), r.of("record clinic")
    if not (told or clinic) or patient_is(read) != "other":
        return False
    if not _WRITES.isdisjoint(_institutions(r)):
        return True
    return bool(told) and any(p.relation == "other" for p in persons(r))
