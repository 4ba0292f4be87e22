"""From the appointment one has to the time one wants: "décaler de jeudi à vendredi", "plus tard le même jour"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from releve.language.temporal.almanac.arithmetic import plus
from releve.language.temporal.booking.clauses import asks, clause
from releve.language.temporal.booking.cues import REFUSALS, STOP
from releve.language.temporal.booking.named import Named
from releve.language.temporal.booking.phrases import Phrase
from releve.language.temporal.values import DAY_END, Atom, Day, Mark, Tod
from releve.language.temporal.words.reader import Reader


def is_own_hour(phrase: Phrase) -> bool:
    """ "je serai pas là à 18h": the hour of the appointment that is moved, no hour to avoid."""
    return all(t.form == "point" for t in phrase.tods)


def unjoined(r: Reader, atoms: Sequence[Atom]) -> list[Atom]:
    """ "décaler de jeudi à vendredi": the range of a moving verb is its two ends."""
    out = []
    for atom in atoms:
        moving = atom.parts and r.norm(atom.i) in ("de", "du", "d") and _moves(r, atom.i)
        out += list(atom.parts) if moving else [atom]
    return out


_MOVING = frozenset((
    "decaler", "deplacer", "reporter", "changer", "repousser", "transferer", "reculer", "avancer", "bouger", "annuler",
    "modifier", "troquer", "echanger", "remplacer", "decale", "deplace", "repousse", "reporte", "decalez", "deplacez",
    "repoussez", "reportez", "changez", "annulez", "passer", "basculer",
))  # fmt: skip
_OWN_VISITS = frozenset(("rdv", "seance", "consultation"))


def _moves(r: Reader, i: int) -> bool:
    left = r.norms(i - 14, i)
    sentence = left[max((n + 1 for n, w in enumerate(left) if w in STOP), default=0) :]
    return bool(_MOVING & set(sentence) or _OWN_VISITS & set(left[-7:]))


def without_departure(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """The times of the appointment one leaves become "named", when another is wished later."""
    wished = [p for p in found if p.role == "wish" and not _is_any_mark(p)]
    if not wished:
        return found
    first = wished[0]
    single = first.day is None or first.day.form in ("day", "weekday")
    moved = single and r.norm(r.skip_back(first.i, frozenset(("le", "la", "l", "de", "d"))) - 1) in _MOVING
    leaves = moved or r.norm(first.i - 1) in ("de", "du") or r.norm(first.j) in (":", "→")
    if len(wished) > 1 and leaves and r.norm(wished[1].i - 1) in ("a", "au", "→", "pour"):
        old = [first]
    elif any(p.role == "named" for p in found):
        old = _same_as_named(wished, next(p for p in found if p.role == "named"))
    else:
        old = _before_asking(r, wished, found) or ([first] if len(wished) > 1 and leaves else [])
    left = {p.i for p in old}
    return [replace(p, role="named") if p.i in left else p for p in found]


def without_conditions(found: list[Phrase]) -> list[Phrase]:
    """What may name the appointment: "la semaine prochaine, pas vendredi" says a condition of the new time."""
    wished = next((n for n, p in enumerate(found) if p.role == "wish" and p.day), len(found))
    return [p for n, p in enumerate(found) if p.role == "named" or (p.role in REFUSALS and n < wished)]


def of_that_day(phrase: Phrase, named: Named) -> Phrase:
    """ "impossible jeudi, la semaine prochaine plutôt": the day of the appointment only, and not each Thursday."""
    day = phrase.day
    if day is None or phrase.role == "except" or day.form != "weekday" or day.lo != named[0]:
        return phrase
    return replace(
        phrase,
        atoms=tuple(
            replace(a, value=replace(day, form="day", weekdays=())) if a.value is day else a for a in phrase.atoms
        ),
    )


def _is_any_mark(phrase: Phrase) -> bool:
    return isinstance(phrase.atoms[0].value, Mark)


def _same_as_named(wished: list[Phrase], named: Phrase) -> list[Phrase]:
    """ "déplacer le 25. Sa séance le 25 à 10h": the day of the appointment said again, with its hour."""
    day = named.day
    if day is None:
        return []
    return [
        p
        for p in wished
        if p is not wished[-1]
        and p.day
        and p.day.relative != "following"
        and p.day.lo == day.lo == p.day.hi
        and all(t.form == "point" for t in p.tods)
    ]


_LINKS = frozenset(("ou", "sinon", "soit", "voire", "defaut"))
_CONTRAST = frozenset(("mais", "finalement", "malheureusement", "helas", "pourtant", "cependant", "sauf"))


def _before_asking(r: Reader, wished: list[Phrase], found: list[Phrase]) -> list[Phrase]:
    """ "jeudi 15 h, j'ai conseil de classe : plutôt vendredi ?": what is told before anything is asked is over."""
    first = wished[0]
    lo, hi = clause(r, first.i)
    after = next((p for p in found if p.i > first.i and (p in wished or _is_mark(p, "same_day"))), None)
    single = first.day is None or first.day.form in ("day", "weekday")
    if after is None or not single or any(w in _LINKS for w in r.norms(first.j, after.i)):
        return []
    gap = r.norms(first.j, after.i)
    if _CONTRAST & set(gap) and asks(r, first.j, after.i) and r.norm(first.i - 1) not in ("a", "au", "pour"):
        return [first] if after.day or _is_any_mark(after) else []
    swapped = r.norm(first.i - 1) in ("mon", "ma", "rdv", "rv") and asks(r, 0, len(r))
    if swapped and (first.tods or r.norm(first.i - 1) in ("rdv", "rv")):
        return [first]  # "troquer mon 15h contre un matin"
    dated = [p for p in wished if p.day]
    if len(dated) > 1 and first is dated[0] and _is_left(r, first, dated[1]):
        return [first]
    if asks(r, 0, hi) or r.norm(hi) == "?":
        return []
    return [p for p in wished[:-1] if lo <= p.i < hi] or ([first] if not wished[1:] else [])


def _is_left(r: Reader, first: Phrase, second: Phrase) -> bool:
    """ "on devait me voir lundi, mais... jeudi 20": of two single days that nothing joins the first is left."""
    single = first.day is not None and first.day.form in ("day", "weekday")
    gap = r.norms(first.j, second.i)
    return single and len(gap) > 1 and not _LINKS & set(gap) and r.norm(first.i - 1) not in ("a", "au", "pour")


def anchored(r: Reader, new: list[Phrase], named: Named, now: datetime) -> list[Phrase]:
    """ "plus tard le même jour", "à 16h30": a new hour without a day is on the day of the appointment."""
    new = _on_same_day(new, named)
    marks = {a.value.kind for p in new for a in p.atoms if isinstance(a.value, Mark)}
    timed = [p for p in new if not isinstance(p.atoms[0].value, Mark)]
    if "following" in marks and named[0]:
        return _following(r, new, named)
    if named[0] and any(_is_mark(p, "same_week") for p in new) and not any(p.day and p.day.weekdays for p in timed):
        first = plus(named[0], -named[0].weekday())
        place = new[0].atoms[0]
        return [Phrase((replace(place, value=Day(first, plus(first, 5), "span"), j=place.i),)), *new]
    if (
        named[0]
        and len(timed) > 1
        and timed[0].day is None
        and timed[1].day
        and timed[1].day.form != "habit"
        and _LINKS & set(r.norms(timed[0].j, timed[1].i))
    ):
        at = timed[0].atoms[0]  # "plutôt l'après-midi, ou le lundi d'après"
        own = replace(timed[0], atoms=(replace(at, value=Day(named[0], named[0]), j=at.i), *timed[0].atoms))
        new = [own if p is timed[0] else p for p in new]
    if any(p.day for p in timed) or _says_other_day(r):
        return _same_hour(r, _after_named(new, named), named)
    if not timed and not marks & {"same_day"}:
        return new
    day = named[0] or now.date()
    anchor = Day(day, day)
    place = (timed or new)[0].atoms[0]
    atoms = [replace(place, value=anchor, j=place.i)]
    if named[1] is not None and not timed:
        later = "later" in marks
        edge = named[1].lo
        tod = Tod(edge, DAY_END, "after") if later else Tod(0, edge, "before")
        if marks & {"later", "earlier"}:
            atoms.append(replace(place, value=tod))
    return [Phrase(tuple(atoms)), *new]


_OTHER = frozenset(("jour", "date", "moment", "matin", "soir", "creneau", "semaine"))


def _says_other_day(r: Reader) -> bool:
    """ "à un autre jour, plutôt le matin": the hours are not of the appointment's day."""
    return any(r.norm(k) == "autre" and r.norm(k + 1) in _OTHER for k in range(len(r)))


def _on_same_day(new: list[Phrase], named: Named) -> list[Phrase]:
    """ "soit le même jour après 15h, soit mercredi": the mark is the appointment's day, among others."""
    others = any(p.day for p in new)
    day = named[0]
    if not others or day is None:
        return new
    anchor = Day(day, day)
    return [replace(p, atoms=(replace(p.atoms[0], value=anchor),)) if _is_mark(p, "same_day") else p for p in new]


def _following(r: Reader, new: list[Phrase], named: Named) -> list[Phrase]:
    """ "la semaine d'après, même jour, même heure": the week after the appointment's, its weekday if that is said."""
    kept = [p for p in new if not any(isinstance(a.value, Mark) and a.value.kind == "same_day" for a in p.atoms)]
    assert named[0] is not None
    if len(kept) < len(new) and not any(p.day for p in kept):
        found = plus(named[0], 7)
        place = new[0].atoms[0]
        kept = [p for p in kept if not any(isinstance(a.value, Mark) and a.value.kind == "following" for a in p.atoms)]
        same = len(kept) and _same_day_said(new)
        if same:
            kept = [Phrase((replace(place, value=Day(found, found), j=place.i),)), *kept]
        else:
            return [p for p in new if p in kept or not _is_mark(p, "same_day")]
    return _same_hour(r, kept, named)


def _same_day_said(new: list[Phrase]) -> bool:
    return any(_is_mark(p, "same_hour") for p in new)


def _is_mark(phrase: Phrase, kind: str) -> bool:
    return any(isinstance(a.value, Mark) and a.value.kind == kind for a in phrase.atoms)


def _after_named(new: list[Phrase], named: Named) -> list[Phrase]:
    """ "mon rdv de mardi au mardi suivant", "jeudi ou vendredi de la même semaine": placed from the appointment."""
    day = named[0]
    if day is None:
        return new
    same_week = any(_is_mark(p, "same_week") for p in new)
    out = []
    for p in new:
        told = p.day
        if (
            told
            and len(told.weekdays) == 1
            and (told.relative == "following" or (same_week and told.form == "weekday"))
        ):
            base = plus(day, -day.weekday() - 1) if same_week else day
            found = plus(base, (told.weekdays[0] - base.weekday() - 1) % 7 + 1)
            placed = Day(found, found, "weekday", weekdays=told.weekdays)
            p = replace(p, atoms=tuple(replace(a, value=placed) if a.value is told else a for a in p.atoms))
        out.append(p)
    return out


def _same_hour(r: Reader, new: list[Phrase], named: Named) -> list[Phrase]:
    """ "à la même heure, sinon mardi à midi": the hour of the appointment, unless the same wish says its own."""
    same = next((p for p in new if _is_mark(p, "same_hour")), None)
    hours = next((p for p in new if p.tods), None)
    if (
        named[1] is None
        or same is None
        or (hours and not (same.i < hours.i and _LINKS & set(r.norms(same.j, hours.i))))
    ):
        return new
    return [
        Phrase(
            tuple(
                replace(a, value=named[1]) if isinstance(a.value, Mark) and a.value.kind == "same_hour" else a
                for a in p.atoms
            ),
            p.role,
        )
        for p in new
    ]
