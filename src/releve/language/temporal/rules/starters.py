"""The words at which an expression may begin: at any other the grammar passes on at once."""

from releve.language.temporal.almanac.holidays import BRIDGES, FEASTS, SCHOOL
from releve.language.temporal.rules.durations import OPENING
from releve.language.temporal.rules.lengths import UNITS
from releve.language.temporal.rules.qualifiers import LAST, NEXT, PARTS_OF_SPAN, THIS
from releve.language.temporal.rules.weeks import WEEK
from releve.language.temporal.rules.years import SEASONS
from releve.language.temporal.words.lexicon import (
    MARKS,
    MONTH_AFTER_DAY,
    PARTS,
    RELATIVE_DAYS,
    WEEKDAY_SHORT,
    WEEKDAYS,
)
from releve.language.temporal.words.numbers import ORDINALS, WORDS

_OTHERS = frozenset((
    "annees", "siecle", "decennie", "t", "q", "s", "trim", "quadrimestre", "bimestre", "we", "w", "week", "weekend",
    "weekends", "wk", "wkd", "wkend", "chaque", "tous", "toutes", "ts", "ttes", "tt", "tout", "un", "une", "dernier",
    "derniere", "derniers", "avant", "n", "tlj", "en", "de", "jours", "jour", "c", "midi", "minuit", "prochaine",
    "prochain",
))  # fmt: skip
STARTERS: frozenset[str] = (
    _OTHERS | OPENING | LAST | NEXT | THIS | WEEK | WORDS | ORDINALS | PARTS_OF_SPAN
    | frozenset(UNITS) | frozenset(SEASONS) | frozenset(MONTH_AFTER_DAY)
    | frozenset(WEEKDAYS) | frozenset(WEEKDAY_SHORT)
    | MARKS.first_words() | PARTS.first_words() | RELATIVE_DAYS.first_words()
    | FEASTS.first_words() | SCHOOL.first_words() | BRIDGES.first_words()
)  # fmt: skip
