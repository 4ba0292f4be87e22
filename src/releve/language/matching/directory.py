"""Which visit and which practitioner of this practice a text speaks of."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from releve.core.facts import Directory
from releve.language.matching.words import EMPTY, GENERIC, clipped, close, content, stem, stems, word_list

_TITLES = frozenset(("dr", "dre", "docteur", "docteure", "doc", "professeur", "pr"))
_CIVIL = frozenset(("m", "mr", "monsieur", "mme", "madame", "mlle"))


@dataclass(frozen=True, slots=True)
class Mention:
    """`practitioner`: the one named. `among`: all who fit a profession that was named. `service`: the visit, when one
    fits best. `unknown`: a practitioner named by a title whom the practice does not have."""

    service: int | None = None
    practitioner: int | None = None
    among: tuple[int, ...] = ()
    unknown: str = ""
    by_name: bool = False  # the visit's own words were said, not only who gives it


@cache
def _professions() -> dict[str, list[str]]:
    data = tomllib.loads(files(__package__).joinpath("professions.toml").read_text(encoding="utf-8"))
    table: dict[str, list[str]] = data["professions"]
    return table


def profession_words(profession: str) -> frozenset[str]:
    """The words patients use for a profession as the practice file writes it."""
    written = stems(profession)
    found = {word for key, words in _professions().items() if any(key in w for w in written) for word in words}
    return frozenset(found or (w for w in written if w not in GENERIC))


def mention(text: str, directory: Directory) -> Mention:
    """Reads a text against the practice's file. Titles and family names first, then professions, then visits."""
    words = stems(text)
    named = _named(words, directory)
    among = (named,) if named is not None else _by_profession(words, directory)
    service = _service(words, directory, among)
    unknown = "" if named is not None else _unknown(words, directory)
    if named is None and len(among) == 1:
        named = among[0]
    by_name = service is not None and _by_name(words, service, directory)
    return Mention(service, named, among, unknown, by_name)


def _by_name(words: tuple[str, ...], service: int, directory: Directory) -> bool:
    """A word of the visit itself was said: "psychothérapie", and not only "psychologue"."""
    people = directory.performers.get(service, ())
    professions = {w for key in people for w in profession_words(directory.practitioners[key].profession)}
    labels = [tuple(w for w in label if w not in professions) for label in _labels(service, directory)]
    return any(_weight(words, label) >= 1 for label in labels if label)


def default_service(practitioner: int, directory: Directory) -> int | None:
    """The ordinary visit of a practitioner: the only one, or the first that goes by the name of the profession."""
    offered = directory.services_of(practitioner)
    if len(offered) == 1:
        return offered[0]
    words = profession_words(directory.practitioners[practitioner].profession)
    for key in offered:
        labels = (directory.services[key].name, *directory.services[key].aliases)
        if any(set(content(label)) - GENERIC and set(content(label)) <= words | GENERIC for label in labels):
            return key
    return None


_BEFORE_NAME = frozenset(("avec", "chez", "voir", "par", "pour", "de", "le", "la", "les", "et", "ou", "du"))
_COMMON = word_list("common_names")


def _named(words: tuple[str, ...], directory: Directory) -> int | None:
    """A family name of the team: with a title a typing error is forgiven; without one it must be exact, stand after
    a word such as "avec", or alone. "matin" is not Dr Martin, nor "Paul Bernard" always Dr Bernard."""
    for key, person in directory.practitioners.items():
        family, given = stems(person.family), stems(person.given)
        for i in range(len(words) - len(family) + 1):
            here = words[i : i + len(family)]
            before = words[i - 1] if i else ""
            if before in given and i > 1:
                before = words[i - 2]
            titled = before in _TITLES or before in _CIVIL
            if titled and all(close(a, b) for a, b in zip(here, family, strict=True)):
                return key
            alone = before in _BEFORE_NAME or len(words) <= 2
            if here == family and alone and not set(family) & _COMMON:
                return key
    return None


def _by_profession(words: tuple[str, ...], directory: Directory) -> tuple[int, ...]:
    return tuple(
        key
        for key, person in directory.practitioners.items()
        if any(close(w, p) for w in words for p in profession_words(person.profession))
    )


def _labels(key: int, directory: Directory) -> Iterator[tuple[str, ...]]:
    service = directory.services[key]
    for label in (service.name.split("(")[0], *service.aliases):
        yield tuple(w for w in stems(label) if w not in EMPTY)


def _service(words: tuple[str, ...], directory: Directory, among: tuple[int, ...]) -> int | None:
    best: tuple[float, int | None] = (0.0, None)
    for key, performers in directory.performers.items():
        if among and not set(performers) & set(among):
            continue
        score = max((_weight(words, label) for label in _labels(key, directory)), default=0.0)
        if score > best[0]:
            best = (score, key)
    if best[1] is None and len(among) == 1:
        return default_service(among[0], directory)
    if best[1] is not None and best[0] < 1 and len(among) == 1:  # only a generic word was said
        return default_service(among[0], directory) or best[1]
    return best[1] if best[0] >= 1 or not among or len(among) > 1 else None


def _weight(words: tuple[str, ...], label: tuple[str, ...]) -> float:
    """Letters matched when the whole label is in the text; half of them for its one telling word; little for generic
    words such as "consultation", which any label may hold."""
    telling = [w for w in label if w not in GENERIC]
    if all(w.isdigit() for w in telling):  # "9" of a date is not "visite des 9 mois"
        telling = []
    found = [w for w in telling if any(close(w, x) or clipped(x, w) for x in words)]
    if telling and len(found) == len(telling):
        generic = sum(0.3 for w in label if w in GENERIC and w in words)
        return sum(map(len, found)) + generic
    if telling and found and max(map(len, found)) >= 5:
        return sum(map(len, found)) / 2
    return 0.5 if not telling and label and all(w in words for w in label) else 0.0


def _unknown(words: tuple[str, ...], directory: Directory) -> str:
    families = {s for p in directory.practitioners.values() for s in stems(p.family)}
    for i, word in enumerate(words[:-1]):
        after = words[i + 1]
        if word in _TITLES and after not in EMPTY and after not in GENERIC and len(after) > 2:
            known = any(close(after, f) for f in families) or any(
                close(after, stem(g)) for p in directory.practitioners.values() for g in stems(p.given)
            )
            return "" if known else after
    return ""
