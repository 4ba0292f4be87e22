"""The date to come before: "si quelqu'un annule avant", "d'ici là", "avant ce départ"."""

from dataclasses import replace

from releve.language.temporal.booking.bounds import apply_bound
from releve.language.temporal.booking.clauses import asks
from releve.language.temporal.booking.cues import STOP
from releve.language.temporal.booking.phrases import Phrase
from releve.language.temporal.values import Bound, Day
from releve.language.temporal.words.lexicon import MONTHS, WEEKDAYS, Phrases
from releve.language.temporal.words.numbers import ORDINALS
from releve.language.temporal.words.numbers import WORDS as NUMBERS
from releve.language.temporal.words.reader import Reader

_DEADLINES = (
    ("avant", "cette", "date"),
    ("avant", "cela"),
    ("d", "ici", "la"),
    ("donc", "avant"),
    ("le", "faut", "avant"),
    ("entre", "temps"),
    ("avant", "ca"),
)
_DEADLINE_WORDS = frozenset(words[0] for words in _DEADLINES)
# What "avant" may bound; before any other word it stands alone ("si qqn annule avant, prenez-moi").
_BOUNDABLE = frozenset((
    "le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "mon", "ma", "mes", "notre", "nos", "son", "sa", "ses",
    "leur", "leurs", "ton", "votre", "vos", "ce", "cet", "cette", "ces", "cela", "ca", "celui", "celle", "que", "qu",
    "midi", "minuit", "noel", "paques", "tout", "toute", "meme", "hier", "demain", "aujourd", "fin", "debut", "mi",
    *NUMBERS, *ORDINALS, *WEEKDAYS, *MONTHS,
))  # fmt: skip
_NOT_ALONE = frozenset(
    ("d", "comme", "jour", "semaine", "message", "an", "annee", "jours", "semaines", "mois", "que", "fois")
)


_DEPARTURES = frozenset((
    "depart", "voyage", "vol", "sejour", "date", "echeance", "operation", "intervention", "hospitalisation", "concours",
    "examen", "competition", "entretien", "expertise", "mariage", "marathon", "stage",
))  # fmt: skip


def stands_alone(r: Reader, k: int) -> bool:
    """ "si qqn annule avant, je prends": no other thing follows that the word at `k` would bound."""
    follows = r.norm(k + 1)
    if r.norm(k + 2) in _DEPARTURES and r.norm(k + 3) not in ("de", "du", "d", "le", "a"):
        return True  # "il s'envole le 10 : une place avant ce départ"
    bounds = follows in _BOUNDABLE or follows.isdecimal() or follows.endswith(("er", "ir"))
    return not bounds and (r.norm(k - 1) not in _NOT_ALONE or r.norm(k - 2) == "quelques")


def is_deadline(r: Reader, k: int) -> bool:
    """ "le club le veut samedi 31, une place d'ici là": the date told before is the last one."""
    if r.norm(k) not in _DEADLINE_WORDS or "pas" in (r.norm(k - 1), r.norm(k + 1)):  # "17h, donc pas avant"
        return False
    return any(r.says(k, *words) for words in _DEADLINES) or (r.norm(k) == "avant" and stands_alone(r, k))


_FREED = frozenset((
    "desiste", "desistait", "desistement", "desistements", "desister", "annule", "annulait", "annulation",
    "annulations", "libere", "liberait", "decommande", "defection", "faux", "attente", "renonce", "lache", "saute",
))  # fmt: skip
_TURNS = STOP | {"mais", "si", "alors", ",", ":", ";"}


def on_waiting_list(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "le 22 avril c'est loin, si quelqu'un annule": the date told before is that of the appointment one has."""
    freed = next((k for k in range(len(r)) if r.norm(k) in _FREED), None)
    if freed is None:
        return found
    turn = next((k for k in range(freed, -1, -1) if r.norm(k) in _TURNS), -1)
    return [replace(p, role="named") if p.j <= turn and _is_far(r, p) else p for p in found]


def _is_far(r: Reader, phrase: Phrase) -> bool:
    """A date or a month wished for nothing: nobody asks for it in its sentence."""
    day = phrase.day
    start = next((k + 1 for k in range(phrase.i, -1, -1) if r.norm(k) in STOP), 0)
    dated = day is not None and (day.month is not None or day.grain in ("month", "quarter")) and not day.bound
    return phrase.role == "wish" and dated and not asks(r, start, phrase.j)


_OPENINGS: Phrases[Bound] = Phrases((
    ("a partir de la", "from"), ("a partir de cette date", "from"), ("a partir de ce jour", "from"),
    ("a compter de cette date", "from"), ("a compter de ce jour", "from"), ("apres cette date", "after"),
))  # fmt: skip


def with_opening(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "elle rentre le 10, donc à partir de là": the wish begins at the day told before."""
    opening = next(((k, bound[0]) for k in range(len(r)) if (bound := _OPENINGS.match(r.tokens, k))), None)
    if opening is None:
        return found
    told = next((p for p in reversed(found) if p.j <= opening[0] and p.day and _is_single(p.day)), None)
    if told is None or told.day is None:
        return found
    day = replace(told.day, lo=told.day.calendar[0], hi=told.day.calendar[1], bound=None)
    span = Phrase((replace(told.atoms[0], value=apply_bound(r, day, opening[1], False)),))
    return [span if p is told else p for p in found]


def _is_single(day: Day) -> bool:
    return not day.past and day.calendar[0] == day.calendar[1] and day.form in ("day", "weekday", "span")


def with_deadline(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """The single day told before "d'ici là" or "avant cette date" is what to come before, not the wish."""
    at = next((k for k in range(len(r)) if is_deadline(r, k)), None)
    if at is None:
        return found
    until = next((p for p in reversed(found) if p.j <= at and p.day and p.day.bound == "by"), None)
    if until and until.role != "wish":  # "je reste jusqu'au 23 : une place d'ici là ?"
        return [replace(p, role="wish") if p is until else p for p in found]
    single = [
        p
        for p in found
        if p.j <= at
        and p.day
        and p.day.form in ("day", "weekday")
        and p.role in ("wish", "named", "event")
        and not any(t.form == "before" for t in p.tods)
    ]
    last = single[-1] if single else None
    return [replace(p, role="event") if p is last else replace(p, role="past") if p in single else p for p in found]
