"""What each time is in the message: wish, exclusion, appointment one has, past, birth, another event."""

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from releve.language.temporal.booking.clauses import offers, tells
from releve.language.temporal.booking.corrections import corrected
from releve.language.temporal.booking.cues import (
    ARTICLES,
    REFUSALS,
    STOP,
    Cue,
    Role,
    find_cues,
    refused_after,
    taken_after,
    told_after,
)
from releve.language.temporal.booking.facts import (
    ends_work,
    in_aside,
    is_ahead,
    is_birthday,
    is_busy,
    is_fact,
    is_over,
    is_since,
)
from releve.language.temporal.booking.phrases import Phrase, grouped
from releve.language.temporal.values import Atom, Day, Mark, Tod
from releve.language.temporal.words.numbers import WORDS as NUMBERS
from releve.language.temporal.words.reader import Reader

_DENIABLE = frozenset((
    "venir", "passer", "prendre", "voir", "mettre", "donner", "peux", "libre", "dispo", "disponible",
    "possible", "decaler", "avancer", "reporter", "deplacer", "veux", "souhaite", "reprendre",
))  # fmt: skip


_APPOINTMENT = frozenset(
    (
        "rdv",
        "vous",
        "rv",
        "seance",
        "consultation",
        "kine",
        "celui",
        "creneau",
        "controle",
        "suivi",
        "bilan",
        "visite",
        "examen",
        "entretien",
        "passage",
        "tour",
    )
)


_TO_BE_MOVED = frozenset(
    ("decaler", "deplacer", "reporter", "annuler", "modifier", "changer", "repousser", "supprimer", "avancer")
)


_CANCELLING = frozenset(("annuler", "annule", "annulez", "annulons", "jannule", "confirme", "confirmer"))


def _is_cancelled(r: Reader, atoms: tuple[Atom, ...]) -> bool:
    """ "annulez jeudi et redonnez-moi une date", but not "si quelqu'un annule cette semaine"."""
    verb = r.skip_back(atoms[0].i, ARTICLES) - 1
    bound = any(isinstance(a.value, Day) and (a.value.bound or a.value.form == "span") for a in atoms)
    return r.norm(verb) in _CANCELLING and not bound and not _IF & set(r.norms(verb - 4, verb))


_IF = frozenset(("si", "qqn", "qqun", "quelqu", "personne"))


def phrases(r: Reader, atoms: Sequence[Atom]) -> list[Phrase]:
    """The phrases of the message with their roles, corrected ones ("mardi non mercredi") removed."""
    cues = find_cues(r)
    out: list[Phrase] = []
    for group in grouped(r, atoms):
        out.append(Phrase(group, _role(r, group, cues, out)))
    return corrected(r, _told_or_wished(_same_hours(r, _all_taken(r, _alternatives(r, out)))))


_CHOOSING = frozenset(
    (
        "ou",
        "alors",
        "bien",
        "le",
        "la",
        "les",
        "un",
        "l",
        ",",
        "a",
        "au",
        "meme",
        "encore",
        "sinon",
        "soit",
        "dans",
        "celui",
        "du",
        "en",
    )
)


def _alternatives(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "remettre mon rdv mercredi ou vendredi": what stands beside a wish with "ou" is wished too."""
    out = list(found)
    for n, (a, b) in enumerate(itertools.pairwise(found)):
        gap = r.norms(a.j, b.i)
        if "ou" not in gap or not _CHOOSING.issuperset(gap) or not (_is_ahead(r, a) and _is_ahead(r, b)):
            continue
        if "wish" in (a.role, b.role) and {a.role, b.role} & _STORY:
            out[n], out[n + 1] = replace(a, role="wish"), replace(b, role="wish")
    return out


_STORY = frozenset(("named", "event", "told", "past"))


def _is_ahead(r: Reader, phrase: Phrase) -> bool:
    day = phrase.day
    return day is not None and not day.past and not day.year and day.hi >= r.today


def _all_taken(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "les lundis et mercredis je suis au bureau": what is said of the last of a list is said of each."""
    out = list(found)
    for n in range(len(out) - 1, 0, -1):
        a, b = out[n - 1], out[n]
        if b.role == "refused" and a.role == "wish" and a.day and not a.tods and b.day and a.day.form == b.day.form:
            gap = r.norms(a.j, b.i)
            if gap and len(gap) <= 2 and all(w in ("et", ",", "le", "les", "ni") for w in gap):
                out[n - 1] = replace(a, role="refused")
    return out


_LISTED = frozenset(("et", "ni", "ou", "le", "la", "les", "du", "de", "l", ",", "/"))


def _same_hours(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "pas avant 15h le lundi et le mardi": the hours refused on the first day of a list are refused on each."""
    out: list[Phrase] = []
    for p in found:
        before = out[-1] if out else None
        listed = (
            before is not None
            and before.role == p.role
            and before.role in REFUSALS
            and _LISTED.issuperset(r.norms(before.j, p.i))
        )
        if before and listed and before.day and before.tods and p.day and not p.tods:
            hours = tuple(replace(a, i=p.j, j=p.j) for a in before.atoms if isinstance(a.value, Tod))
            p = replace(p, atoms=(*p.atoms, *hours))
        out.append(p)
    return out


def _told_or_wished(found: list[Phrase]) -> list[Phrase]:
    """What a clause tells is beside the wish once a like time is wished elsewhere; alone it is the wish itself."""
    days = any(p.role == "wish" and p.day for p in found)
    hours = any(p.role == "wish" and p.tods for p in found)
    return [_settled(p, beside=days if p.day else hours) if p.role == "told" else p for p in found]


def _settled(phrase: Phrase, *, beside: bool) -> Phrase:
    return replace(phrase, role="event" if beside else "wish")


def _role(r: Reader, atoms: tuple[Atom, ...], cues: list[Cue], before: list[Phrase]) -> Role:
    i, j = atoms[0].i, atoms[-1].j
    if any(isinstance(a.value, Day) and a.value.past for a in atoms):
        return "past"
    if isinstance(atoms[0].value, Mark):
        return "event" if r.ends_with(j, "ce", "jour", "la") and not _bound_to_hour(r, j) else "wish"
    if in_aside(r, i):
        return "event"
    if ends_work(r, atoms):
        return "free"
    if busy := is_busy(r, atoms, before[-1].j if before else 0):
        return busy
    if before and before[-1].j == i - 1 and r.norm(i - 1) == "que" and "plutot" in r.norms(before[-1].i - 2, i):
        return "except"
    if _instead_of(r, i):
        return "named"
    if r.ends_with(i, "il", "est") and isinstance(atoms[0].value, Tod):
        return "event"  # "il est quatre heures, je vous appelle"
    if is_since(r, i):
        return "past"
    if is_birthday(r, i, j):
        return "event"
    if r.norm(j) == "a" and r.norm(j + 1) in _TO_BE_MOVED:
        return "named"
    if is_over(r, atoms):
        return "past"
    if is_fact(r, atoms, cues, i, j):
        return "named" if is_ahead(r, atoms) else "past"
    if r.says(j, "a", "la", "place") and not r.norm(j + 3).isalnum():
        return "wish"  # "mettez vendredi à la place"
    if told_after(r, j):
        return "event"
    if refused_after(r, j) or taken_after(r, atoms, j):
        return "refused"
    if _the_hour(r, atoms[0]):
        return "named"
    if _is_cancelled(r, atoms):
        return "named"
    if r.norm(i - 1) == "le" and r.norm(i - 2) in _TO_BE_MOVED and isinstance(atoms[0].value, Day) and not before:
        return "named"  # "déplacer le 25 août"
    if _belongs_to_appointment(r, atoms, i, before[-1].j if before else 0):
        return "named"
    if _hour_of_named(r, atoms, before, cues):
        return "named"
    floor = before[-1].j if before else 0
    reach = bisect_right(cues, i, key=lambda c: c.j)
    if _told_as_fact(r, atoms, cues[max(0, reach - 12) : reach], i, floor):
        return "told"
    offer = offers(r, i, floor)
    for cue in reversed(cues[max(0, reach - 40) : reach]):
        if offer is not None and cue.j <= offer and cue.role != "wish":
            return "wish"  # "sur la route, j'ai un trou mercredi"
        if cue.role == "wish":
            if cue.j <= floor:
                return _carried(r, before, i)
            if not _denied(r, cue, cues, i, floor):
                return "wish"
            return "negative"
        if _reaches(r, cue, atoms, i, floor):
            if cue.role == "birth" and not _may_be_birth(atoms):
                return "event"  # "je suis de matinée mardi"
            return cue.role  # type: ignore[return-value]
        if cue.j <= floor:
            return _carried(r, before, i)
    return _carried(r, before, i)


def _bound_to_hour(r: Reader, j: int) -> bool:
    """ "ce jour-là avant 16h" wishes; "on enterre ma grand-mère ce jour-là" tells."""
    place = r.norm(j) == "a" and not r.norm(j + 1)[:1].isdecimal() and r.norm(j + 1) not in NUMBERS
    return not place and r.norm(j) in ("a", "vers", "apres", "avant", "entre", "le", "en", "plutot", "des", "l", "?")


_INSTEAD = (
    ("plutot", "que"), ("plutot", "qu"), ("mieux", "que"), ("mieux", "qu"), ("au", "lieu"), ("a", "la", "place"),
)  # fmt: skip
_OF = frozenset(("de", "du", "d", "le", "la", "l", "celui", "mon"))


def _instead_of(r: Reader, i: int) -> bool:
    """ "jeudi plutôt que demain", "au lieu d'aujourd'hui": what one has or leaves, not what one wants."""
    k = r.skip_back(i, _OF)
    return any(r.ends_with(k, *words) for words in _INSTEAD) and (k < i or r.norm(i - 1) in ("que", "qu"))


_OFFERING = frozenset((
    "dispo", "disponible", "disponibles", "libre", "importe", "jour", "jours", "peux", "peut", "pouvez", "possible",
    "ok", "partir", "quand", "moment", "creneau", "place", "et", "preneur", "preneuse",
))  # fmt: skip


def _told_as_fact(r: Reader, atoms: tuple[Atom, ...], cues: list[Cue], i: int, floor: int) -> bool:
    """ "on emménage samedi": its verb neither wishes nor offers, and no cue stands between it and the time."""
    if r.norm(atoms[0].i).startswith("jusqu") and isinstance(atoms[0].value, Day):
        return not _OFFERING & set(r.norms(max(floor, i - 8), i))  # "je suis à Lyon jusqu'à mercredi"
    bound = any(isinstance(a.value, Day) and a.value.bound is not None for a in atoms)
    return not bound and not any(c.j > i - 3 for c in cues) and tells(r, i, floor)


_ANEW = frozenset(("je", "j", "on", "nous", "il", "elle", "jpeux"))


def _denied(r: Reader, cue: Cue, cues: list[Cue], i: int, floor: int) -> bool:
    """ "impossible de venir jeudi": the verb after a refusal is refused."""
    gap = r.norms(cue.j, i)
    if r.norm(cue.j - 1) not in _DENIABLE or len(gap) > 5 or any(w in STOP or w in (",", "mais", "que") for w in gap):
        return False
    refusals = (c for c in cues if c.role == "negative" and c.j >= floor and 0 <= cue.i - c.j <= 2)
    return any(not _ANEW & set(r.norms(c.j, cue.i + 1)) for c in refusals)


def _carried(r: Reader, before: list[Phrase], i: int) -> Role:
    """ "sauf lundi et mardi": the second day is excluded like the first."""
    if not before or before[-1].role not in ("negative", "except", "past", "named", "event", "told", "free"):
        return "wish"
    gap = _without_aside(r.norms(before[-1].j, i))
    refusal = before[-1].role in ("negative", "except")
    links: tuple[str, ...] = ("et", "le", "la")
    if refusal:
        links = ("et", "ni", "ou", "le", "la", "les", "l", "du", "de", "/")
    if before[-1].role == "free":
        return "free" if gap in (["et"], ["et", "a"], ["et", "le"]) else "wish"
    story = before[-1].role in ("event", "told")
    if story:
        links = ("et", "ou", "le", "a", "jusqu", "de")
    listed = bool(gap) or refusal or story
    return before[-1].role if listed and len(gap) <= 3 and all(w in links for w in gap) else "wish"


_FILLERS = frozenset(("bien", "entendu", "sur", "evidemment"))


def _without_aside(gap: list[str]) -> list[str]:
    """ "mardi (marché) et jeudi", "mardi bien sûr et jeudi": the list goes on after the brackets."""
    gap = [w for w in gap if w not in _FILLERS]
    if "(" in gap and ")" in gap:
        return gap[: gap.index("(")] + gap[gap.index(")") + 1 :]
    return gap


def _reaches(r: Reader, cue: Cue, atoms: tuple[Atom, ...], i: int, floor: int) -> bool:
    gap = r.norms(cue.j, i)
    if cue.role in ("event", "named") and {"soit", "donc", "alors", "disons", "cad"} & set(gap):
        return False
    if cue.role == "event" and (
        ("," in gap and _APPOINTMENT & set(gap[gap.index(",") :]))
        or _wishes_bound(atoms)
        or {":", ";"} & set(gap)
        or "," in [w for w in gap if w not in ARTICLES][-1:]
    ):
        return False
    if (cue.j < floor and not cue.j > floor - 1) or len(gap) > cue.gap or any(w in STOP for w in gap):
        return False
    if cue.role in ("negative", "except"):
        return "," not in gap and "que" not in gap and "qu" not in gap and "autre" not in gap
    if cue.role == "negative" and cue.gap == 1:
        return not gap
    if cue.role in ("named", "past") and cue.gap == 1 and not all(w in ARTICLES for w in gap):
        return False  # "une visite de contrôle dans 8 jours"
    if cue.role == "named" and _moved_to(r, cue.i, i, floor):
        return False
    if cue.role == "named":
        to = bool(gap) and isinstance(atoms[0].value, Day) and r.norm(i - 1) in ("a", "au", "pour", "→", "vers", ":")
        bound = isinstance(atoms[0].value, Day) and (
            atoms[0].value.bound is not None
            or atoms[0].value.grain == "week"
            or (atoms[0].value.form == "span" and bool({"doit", "devrait", "faire"} & set(gap)))
        )
        return not to and not bound and r.norm(i - 1) != "pour" and not ("," in gap and len(gap) > 6)
    return True


def _moved_to(r: Reader, cue: int, i: int, floor: int) -> bool:
    """ "repousser mon rdv en juin", "passer ma séance à l'après-midi": where the appointment goes."""
    goes = r.norm(r.skip_back(i, ARTICLES) - 1) in ("a", "au", "en", "pour", "sur")
    return goes and bool(_TO_BE_MOVED & set(r.norms(max(floor, cue - 3), cue)))


def _may_be_birth(atoms: tuple[Atom, ...]) -> bool:
    day = atoms[0].value
    return isinstance(day, Day) and (day.month is not None or day.grain in ("year", "month"))


def _the_hour(r: Reader, atom: Atom) -> bool:
    """ "le 16h30 de ma fille": an appointment called by its hour."""
    hour = isinstance(atom.value, Tod) and atom.value.form == "point" and r.tokens[atom.i].digits
    return (
        hour
        and r.norm(atom.i - 1) == "le"
        and r.norm(atom.i - 2) not in ("ou", "plutot", "prendre", "prends", "pour", "je", "oui", "ok")
    )


def _wishes_bound(atoms: tuple[Atom, ...]) -> bool:
    """ "je pars en stage, à partir du 19": the bound of a wish, not the event."""
    return any(isinstance(a.value, Day) and a.value.bound is not None for a in atoms)


def _hour_of_named(r: Reader, atoms: tuple[Atom, ...], before: list[Phrase], cues: list[Cue]) -> bool:
    """ "un rendez-vous mercredi chez la dermato à quatorze heures": the day before owns the hour."""
    if not before or before[-1].role != "named" or before[-1].day is None or before[-1].tods:
        return False
    gap = r.norms(before[-1].j, atoms[0].i)
    reach = bisect_right(cues, atoms[0].i, key=lambda c: c.j)
    asked = any(c.role == "wish" and before[-1].j <= c.i < atoms[0].i for c in cues[max(0, reach - 12) : reach + 3])
    hour = len(atoms) == 1 and isinstance(atoms[0].value, Tod) and atoms[0].value.form == "point"
    return hour and len(gap) <= 6 and not asked and not any(w in STOP or w == "," for w in gap)


def _belongs_to_appointment(r: Reader, atoms: tuple[Atom, ...], i: int, floor: int) -> bool:
    """ "rdv kiné de 18h ce soir": an appointment word at most four words before the "de" of the time."""
    if r.norm(i - 1) not in ("de", "du", "d") or (isinstance(atoms[0].value, Day) and atoms[0].value.bound):
        return False
    left = r.norms(max(i - 6, floor), i - 1)
    return bool(_APPOINTMENT & {w.removesuffix("s") for w in left} or "vous" in left) and not any(
        w in STOP or w == "," for w in left[-3:]
    )
