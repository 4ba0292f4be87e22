"""The grammar: one pass reads atoms (days, hours, marks), a second joins ranges, a third applies bounds.

Each rule looks at one position and says what it read and where it ends; the first rule that reads wins, so
the order below is part of the grammar. No rule searches ahead, which keeps the cost linear in the text.
"""

from collections.abc import Callable
from datetime import datetime

from releve.language.temporal.bounds import bounded
from releve.language.temporal.clock import hour_at
from releve.language.temporal.dates import bare_day_at, date_at
from releve.language.temporal.days import every_at, relative_at, weekday_at
from releve.language.temporal.durations import duration_at
from releve.language.temporal.lexicon import MARKS, PARTS
from releve.language.temporal.numbers import WORDS, number
from releve.language.temporal.ranges import ranged
from releve.language.temporal.reader import Reader
from releve.language.temporal.spans import span_at
from releve.language.temporal.values import Atom, Value

_GREETING = frozenset(
    ("bonne", "bon", "belle", "beau", "excellente", "excellent", "good", "agreable", "douce", "bonnes")
)
Rule = Callable[[Reader, int], tuple[Value, int] | None]


def _part_at(r: Reader, i: int) -> tuple[Value, int] | None:
    found = PARTS.match(r.tokens, i)
    # "mat" is also a first name cut short, and "nuit blanche" no time.
    if (
        found is None
        or _farewell(r, i)
        or (r.norm(i) == "mat" and r.norm(i - 1) not in ("le", "du", "un", "en", "ce", "demain"))
    ):
        return None
    return found


def _farewell(r: Reader, i: int) -> bool:
    """ "Bonne fin de journée", "good morning": a greeting, no time."""
    return r.norm(i - 1) in _GREETING or (r.norm(i - 1) in ("de", "une", "toute") and r.norm(i - 2) in _GREETING)


def _mark_at(r: Reader, i: int) -> tuple[Value, int] | None:
    return MARKS.match(r.tokens, i)


# "fin d'après-midi" before "fin mars", "16 mars" before "16h", "dans 3 jours" before "3 jours".
_WORD_RULES: tuple[Rule, ...] = (
    _part_at, duration_at, _mark_at, every_at, relative_at, span_at, weekday_at, hour_at,
)  # fmt: skip
_NUMBER_RULES: tuple[Rule, ...] = (relative_at, date_at, hour_at, span_at, bare_day_at)
_NOON: tuple[Rule, ...] = (hour_at, _part_at)


def read(text: str, now: datetime, *, ranges: bool = True) -> tuple[Reader, list[Atom]]:
    """The atoms of the text in order, bounds applied. Without `ranges`, "de jeudi à vendredi" is two days."""
    r = Reader(text, now)
    atoms = _atoms(r)
    if ranges:
        atoms = ranged(r, atoms)
    return r, bounded(r, atoms)


def _atoms(r: Reader) -> list[Atom]:
    atoms: list[Atom] = []
    i = 0
    while i < len(r):
        found = None if r.tokens[i].masked else _first(r, i)
        if found is None:
            # The end of "nonante-trois" is no "trois"; a number that tells no time is passed over whole.
            spoken = number(r.tokens, i) if r.norm(i) in WORDS else None
            i = spoken[1] if spoken else i + 1
            continue
        atoms.append(Atom(found[0], i, found[1]))
        i = found[1]
    return atoms


def _first(r: Reader, i: int) -> tuple[Value, int] | None:
    word = r.norm(i)
    if not word[:1].isalnum() or r.norm(i - 1) in _GREETING:
        return None
    rules = _NUMBER_RULES if word[0].isdecimal() or word in WORDS else _WORD_RULES
    if word in ("midi", "minuit"):
        rules = _NOON
    for rule in rules:
        found = rule(r, i)
        if found is not None:
            return found
    return _mark_at(r, i) or span_at(r, i) if rules is _NUMBER_RULES else None
