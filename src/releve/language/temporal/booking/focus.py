"""Which sentences ask for a time and which tell the story: what is told beside a wish is no wish."""

from bisect import bisect_left
from dataclasses import replace

from releve.language.temporal.booking.clauses import wants
from releve.language.temporal.booking.cues import STOP
from releve.language.temporal.booking.phrases import Phrase
from releve.language.temporal.values import Day, Mark
from releve.language.temporal.words.reader import Reader


def in_focus(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "40 de fièvre à 6h. Il sort demain. Un rdv vendredi ?": a sentence that asks nothing is of the story.

    Once a later sentence asks for a time; a day is of the story only beside another day.
    """
    if any(isinstance(a.value, Mark) and a.value.kind == "these_days" for p in found for a in p.atoms):
        return found  # "un créneau sur ces plages ?"
    ends = _sentence_ends(r)
    starts = [0, *(k + 1 for k in ends[:-1])]
    asks: list[bool] = []
    for start, end in zip(starts, ends, strict=True):
        goes_on = bool(asks) and asks[-1] and r.norm(start) in _GOING_ON
        asks.append(goes_on or r.norm(end) == "?" or wants(r, start, end))
    wished = [(bisect_left(ends, p.i), p) for p in found if p.role == "wish" and p.timed]
    last = max((n for n, _ in wished if asks[n]), default=-1)
    dated = any(p.day for n, p in wished if n == last)
    told = {p.i for n, p in wished if n < last and not asks[n] and (_may_be_told(p.day) if dated else p.day is None)}
    return [replace(p, role="event") if p.i in told else p for p in found]


_GOING_ON = frozenset(("-", "–", "—", "soit", "ou", "sinon", "et", "puis", "sauf", "mais"))


_SIGNS = STOP | {",", ";", ":"}
_TURNS = frozenset(("alors", "donc", "mais", "parce", "voila", "car", "puis"))


def _sentence_ends(r: Reader) -> list[int]:
    """Where sentences end; a call written down without a sign is cut at its "donc", "mais", "est-ce que"."""
    words = range(len(r))
    if any(r.norm(k) in _SIGNS for k in words[:-1]):
        return [k for k in words if r.norm(k) in STOP] + [len(r)]
    turns = [k for k in words if r.norm(k) in _TURNS and r.norm(k - 1) != "ou"]
    return sorted([*turns, *(k for k in words if r.says(k, "est", "ce", "que")), len(r)])


def without_struck(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "demain matin possible ? je prends à 14h": who wishes a part of a day wishes no lone minute beside it."""
    wide = any(p.role == "wish" and any(t.form not in ("point", "around") for t in p.tods) for p in found)
    timed = [p for p in found if p.role == "wish" and p.timed]
    alone = {p.i for n, p in enumerate(timed) if _struck(p) and not _has_alternative(r, timed, n)}
    return [replace(p, role="event") if wide and p.i in alone else p for p in found]


def without_hypotheses(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "jeudi, ou samedi si jeudi est plein": a day said again after "si" is no other wish."""
    known: set[Day] = set()
    out = []
    for p in found:
        supposed = p.day in known and not p.tods and r.norm(r.skip_back(p.i, _ARTICLES) - 1) in ("si", "quand")
        out.append(replace(p, role="event") if supposed else p)
        known |= {p.day} if p.day and p.role == "wish" else set()
    return out


_ARTICLES = frozenset(("le", "la", "l"))


def _has_alternative(r: Reader, timed: list[Phrase], n: int) -> bool:
    """Whether "ou" or "sinon" joins the n-th phrase to the one before or after it."""
    before = r.norms(timed[n - 1].j, timed[n].i) if n else []
    after = r.norms(timed[n].j, timed[n + 1].i) if n + 1 < len(timed) else []
    return bool(_CHOICE & {*before, *after})


_CHOICE = frozenset(("ou", "sinon", "soit", "et", "/", "ni", "voire", "defaut"))


def _may_be_told(day: Day | None) -> bool:
    """ "d'ici vendredi" is a wish wherever it stands."""
    return day is None or day.bound not in ("before", "by", "within")


def _struck(phrase: Phrase) -> bool:
    return bool(phrase.tods) and all(t.form == "point" for t in phrase.tods)
