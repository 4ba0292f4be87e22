"""Red flags in other languages than French: fewer wordings, and a plain look at denial and past."""

import unicodedata
from collections.abc import Iterable

from releve.language.red_flags import scope
from releve.language.red_flags.concepts import INDEX, Said
from releve.language.text import fold
from releve.language.wordings import Wordings, load

_DATA = load("releve.language.red_flags", "foreign.toml")
LANGUAGES = tuple(_DATA)


def _as_read(sources: Iterable[str]) -> list[str]:
    """The wordings as `legible` leaves a text: folded, without the marks that some scripts put on letters."""
    return [fold("".join(c for c in source if unicodedata.category(c) != "Mn")) for source in sources]


_DENIED = {code: Wordings(_as_read(entry["denied"])) for code, entry in _DATA.items()}
_PAST = {code: Wordings(_as_read(entry["past"])) for code, entry in _DATA.items()}
_NAMES: dict[str, set[str]] = {}  # of each category, what the index holds
_NEAR = 24  # characters before a sign where a denial may stand
for _code, _entry in _DATA.items():
    for _category, _sources in _entry["wordings"].items():
        _NAMES.setdefault(_category, set()).add(f"{_category}/{_code}")
        INDEX.add(f"{_category}/{_code}", _as_read(_sources), {})


def find(category: str, said: Said) -> tuple[int, int] | None:
    """Characters [start, end) of a sign of this category in one of the languages."""
    if _NAMES.get(category, set()).isdisjoint(said.spans):
        return None
    for code in LANGUAGES:
        for start, end in said.spans.get(f"{category}/{code}", ()):
            if not _denied(code, said.text, start) and not _PAST[code].first(scope.sentence(said.text, start, end)):
                return start, end
    return None


def _denied(code: str, text: str, start: int) -> bool:
    return _DENIED[code].first(text[max(0, start - _NEAR) : start].rpartition(",")[2]) is not None
