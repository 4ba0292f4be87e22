"""The patient's date of birth among the dates of a message."""

import re
from datetime import date, datetime, timedelta

from releve.language.temporal import dates_of_birth_candidates
from releve.language.text import reading
from releve.language.wordings import Wordings, load

_DATA = load("releve.language.entities", "birth.toml")
_BORN, _NOT, _AFTER = (Wordings(_DATA[n]["words"]) for n in ("born", "not_a_birth", "not_after"))
_AGE_AT = re.compile(
    r"(?<!\w)(?:(?:aurai|aura|fete|fetera|feterai|fais|aurais)\s+(?:ses |mes )?(\d{1,3})\s+ans\s+"
    r"(demain|apres[ -]demain|dans (\d+|un|une|deux) jours?|aujourd'?\s?hui)"
    r"|(?:a|ai|ont)\s+eu\s+(?:ses |mes )?(\d{1,3})\s+ans\s+"
    r"(hier|avant[ -]hier|aujourd'?\s?hui|il y a (\d+) jours?)"
    r"|(?:a|ai)\s+(?:ses |mes )?(\d{1,3})\s+ans\s+(aujourd'?\s?hui))"
)
_SHIFT = {"demain": 1, "aujourd": 0, "hier": -1}
_SOCIAL = re.compile(r"(?<!\d)[12]\s?\d\d\s?[01]\d\s?(?:\d\d|2[ab])\s?\d{3}\s?\d{3}(?:\s?\d\d)?(?!\d)")

_CALLED = re.compile(r"(?<!\d)0[\s.]*[1-9](?:[\s.]*\d){8}(?!\d)")
_SPACED = re.compile(r"nee? (?:le )?(\d{1,2}) (\d{1,2}) ((?:19|20)\d\d)(?!\d)")

Born = tuple[date, int, int]


def find(text: str, now: datetime) -> Born | None:
    """The patient's date of birth with its span; None when none is told, or none that can be true."""
    read = reading(text)
    if not any(c.isdigit() for c in read):
        return None
    secret = [m.span() for rx in (_SOCIAL, _CALLED) for m in rx.finditer(read)]
    found = [
        (_score(read, start, end), -start, born, end)
        for start, end, born in (*dates_of_birth_candidates(text, now), *_spaced(read))
        if not any(a <= start < b for a, b in secret) and _plausible(born, now)
    ]
    kept = [f for f in found if f[0] > 0]
    if not kept:
        return _from_age(read, now)
    _, start, born, end = max(kept)
    return born, -start, end


def _spaced(read: str) -> list[tuple[int, int, date]]:
    """ "née le 23 08 2019"."""
    found = []
    for m in _SPACED.finditer(read):
        try:
            found.append((m.start(1), m.end(), date(int(m[3]), int(m[2]), int(m[1]))))
        except ValueError:
            continue
    return found


def _plausible(born: date, now: datetime) -> bool:
    return born <= now.date() and born.year > now.year - 118


def _score(read: str, start: int, end: int) -> int:
    """3 said to be a birth, 1 a bare old date, 0 something else."""
    before, after = read[max(0, start - 48) : start], read[end : end + 30]
    clause = re.split(r"[.!?;\n(]", before)[-1]
    if _BORN.first(clause) or _BORN.first(after[:22]):
        return 3
    if _NOT.first(clause) or _AFTER.first(after):
        return 0
    return 1


def _from_age(read: str, now: datetime) -> Born | None:
    match = _AGE_AT.search(read)
    if not match:
        return None
    age = int(match[1] or match[4] or match[7])
    day = now.date() + timedelta(days=_shift(match))
    try:
        return day.replace(year=day.year - age), match.start(), match.end()
    except ValueError:
        return None


def _shift(match: re.Match[str]) -> int:
    word = match[2] or match[5] or match[8]
    if match[3]:
        return int(match[3]) if match[3].isdigit() else 1
    if match[6]:
        return -int(match[6])
    double = 2 if word.startswith(("apres", "avant")) else 1
    return next(s for w, s in _SHIFT.items() if w in word) * double
