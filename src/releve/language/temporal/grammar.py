"""The grammar: one pass reads atoms (days, hours, marks); booking and general make their meanings of them.

Each rule looks at one position and says what it read and where it ends; the first rule that reads wins, so
the order below is part of the grammar. No rule searches ahead, which keeps the cost linear in the text.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import lru_cache

from releve.language.temporal.rules.clock import hour_at
from releve.language.temporal.rules.dates import bare_day_at, date_at
from releve.language.temporal.rules.days import every_at, relative_at, weekday_at
from releve.language.temporal.rules.durations import duration_at, stretch_at
from releve.language.temporal.rules.months import numeric_month_at
from releve.language.temporal.rules.recurrences import recurrence_at
from releve.language.temporal.rules.spans import span_at
from releve.language.temporal.rules.starters import STARTERS
from releve.language.temporal.values import Atom, Day, Mark, Tod, Value
from releve.language.temporal.words.lexicon import MARKS, PARTS, WEEKDAY_SHORT, WEEKDAYS
from releve.language.temporal.words.numbers import ENDINGS, WORDS, number, roman
from releve.language.temporal.words.reader import Reader, reader

MORNING = Tod(420, 720, "part", "matin")
_GREETING = frozenset(
    ("bonne", "bon", "belle", "beau", "excellente", "excellent", "good", "agreable", "douce", "bonnes")
)
Rule = Callable[[Reader, int], tuple[Value, int] | None]


def _part_at(r: Reader, i: int) -> tuple[Value, int] | None:
    found = PARTS.match(r.tokens, i)
    if found and found[0].name == "nuit" and r.norm(found[1]) in ("derniere", "passee", "precedente"):
        morning = datetime.combine(r.today, time(7))
        evening = morning - timedelta(hours=10)
        return Day(evening.date(), evening.date(), past=True, exact=(evening, morning), grain="hour"), found[1] + 1
    if r.says(i, "avant", "midi") and "-" in r.text[r.tokens[i].start : r.tokens[i + 1].end]:
        return MORNING, i + 2  # "cet avant-midi", as Québec says; "avant midi" is a bound
    # "mat" is also a first name cut short, and "nuit blanche" no time.
    if (
        found is None
        or _farewell(r, i)
        or (
            r.norm(i) == "mat"
            and r.norm(i - 1) not in ("le", "du", "un", "en", "ce", "demain", *WEEKDAYS, *WEEKDAY_SHORT)
        )
    ):
        return None
    return found


def _farewell(r: Reader, i: int) -> bool:
    """ "Bonne fin de journée", "good morning": a greeting, no time."""
    return r.norm(i - 1) in _GREETING or (r.norm(i - 1) in ("de", "une", "toute") and r.norm(i - 2) in _GREETING)


_FIRST = frozenset(("premier", "premiere", "1er", "1ere", "prochain", "prochaine", "moindre"))
_PLACES = frozenset(("place", "creneau", "disponibilite", "dispo", "date", "trou", "desistement", "truc"))
_VISITS = frozenset(("rdv", "rv", "rendez", "heure", "consultation"))


def _first_place(r: Reader, i: int) -> int | None:
    """The index after "la première place", "le prochain rdv disponible", unless its date is told ("c'est le 3")."""
    j = i + 1 + (r.norm(i) == "1" and r.norm(i + 1) in ("er", "ere"))
    if r.norm(i) not in _FIRST and j == i + 1:
        return None
    k = j + 1 + (r.norm(j) == "rendez")
    free = r.norm(k) in ("dispo", "disponible", "libre", "possible") or r.norm(k) in ("que", "qui")
    if r.norm(j) not in _PLACES and not (r.norm(j) in _VISITS and free):
        return None
    told = {"est", "c"} & set(r.norms(k, k + 7)) and any(t.isdecimal() for t in r.norms(k, k + 9))
    return None if told else k


def _mark_at(r: Reader, i: int) -> tuple[Value, int] | None:
    if first := _first_place(r, i):
        return Mark("asap"), first
    found = MARKS.match(r.tokens, i)
    # "plus tôt que le 19 juin" is a bound.
    bound = found and found[0].kind != "same_day" and r.norm(found[1]) in ("que", "qu")
    return None if bound else found


# "fin d'après-midi" before "fin mars", "16 mars" before "16h", "dans 3 jours" before "3 jours".
_WORD_RULES: tuple[Rule, ...] = (
    recurrence_at, _part_at, duration_at, _mark_at, every_at, relative_at, span_at, weekday_at, hour_at,
)  # fmt: skip
_NUMBER_RULES: tuple[Rule, ...] = (
    relative_at, recurrence_at, date_at, numeric_month_at, stretch_at, hour_at, span_at, bare_day_at,
)  # fmt: skip
_NOON: tuple[Rule, ...] = (hour_at, _part_at)


@lru_cache(maxsize=8)
def atoms_of(text: str, now: datetime) -> tuple[Reader, tuple[Atom, ...]]:
    """The atoms of the text as they stand, in order: neither ranges nor bounds.

    The last readings are kept, because `understand` asks for the wish, the move and the spans of one message.
    """
    r = reader(text, now)
    return r, tuple(_atoms(r))


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
    if word[0].isalpha() and word not in STARTERS and roman(word) is None:
        return None
    rules = _NUMBER_RULES if word[0].isdecimal() or word in WORDS else _WORD_RULES
    if word in ("midi", "minuit"):
        rules = _NOON
    short = word.isdecimal() and len(word) < 3 and r.norm(i + 1) not in ENDINGS
    for rule in rules:
        if short and rule is span_at:
            continue  # no span begins with a bare small number
        found = rule(r, i)
        if found is not None:
            return found
    return _mark_at(r, i) or (None if short else span_at(r, i)) if rules is _NUMBER_RULES else None
