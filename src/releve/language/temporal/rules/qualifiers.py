"""The small words that place a span: "prochain", "dernier", "en cours", "ce", "début", "fin"."""

from releve.language.temporal.words.reader import Reader

NEXT = frozenset((
    "prochaine", "prochain", "pro", "proch", "proc", "suivante", "suivant", "pr", "prochaines", "prochains", "suivants",
))  # fmt: skip
LAST = frozenset((
    "derniere", "dernier", "passee", "passe", "precedente", "precedent", "dernieres", "derniers", "passes", "ecoule",
    "ecoulee",
))  # fmt: skip
THIS = frozenset(("cette", "cet", "ce", "cete", "ste"))
_PART = {"debut": "debut", "mi": "mi", "milieu": "mi", "fin": "fin", "courant": "courant", "deb": "debut"}
PARTS_OF_SPAN = frozenset(_PART)
_LINK = frozenset(("de", "du", "d", "la", "le", "l"))


def span_part(r: Reader, i: int) -> tuple[str | None, int]:
    """ "début (de la)", "mi", "fin (du)" and the index after it."""
    part = _PART.get(r.norm(i))
    if part is None:
        return None, i
    return part, r.skip(i + 1, _LINK)


def running(r: Reader, j: int) -> int | None:
    """The index after "en cours", "qui court" at `j`."""
    return j + 2 if r.says(j, "en", "cours") or r.says(j, "qui", "court") else None
