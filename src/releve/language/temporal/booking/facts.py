"""Times of the story and not of the wish: what is past, told aside, the end of work, a birthday."""

from bisect import bisect_right

from releve.language.temporal.booking.cues import BUSY, FREE, STOP, Cue, Role
from releve.language.temporal.values import Atom, Day, Tod
from releve.language.temporal.verbs.tense import tense
from releve.language.temporal.words.reader import Reader

_SUBJECTS = frozenset(("je", "j", "il", "elle", "on", "ils", "elles", "nous", "c", "jsuis"))


_BUSY_SUBJECTS = _SUBJECTS | {"jbosse", "jtaf", "mon", "ma", "son", "sa", "notre"}


_OFFERED = frozenset(("propose", "dit", "conseille", "suggere", "donne", "demande", "proposee", "indique"))


_PLACES = frozenset((
    "creneau", "rdv", "vous", "place", "places", "creneaux", "heures", "heure", "dispo", "debut", "fin", "milieu",
    "plutot", "consultation", "consultations", "cours", "seance",
))  # fmt: skip


_ASKING = frozenset((
    "rdv", "rendez", "rv", "possible", "place", "creneau", "dispo", "disponible", "voir", "prendre", "venir", "passer",
    "pouvez", "peut", "peux", "consultation", "consulter", "seance", "svp", "plait", "prenez", "prend", "avez",
    "auriez",
    "recevoir", "recoit", "vu", "vite", "viens", "vient", "stp", "pourrait", "pourriez", "faudrait", "veut", "veux",
    "sinon", "amener", "amene", "preference", "plutot", "soit", "urgence", "examiner", "libre", "prefere", "voie",
))  # fmt: skip


def in_aside(r: Reader, i: int) -> bool:
    """ "(il dort le matin)": what stands between brackets with a subject tells something else."""
    if "(" not in r.norms(i - 13, i):
        return False
    for k in range(i - 1, max(i - 14, -1), -1):
        if r.norm(k) == ")" or r.norm(k) == "\n":
            return False
        if r.norm(k) == "(":
            return bool((_SUBJECTS | {"celles", "celui", "celle", "ferie"}) & set(r.norms(k, i)))
    return False


def ends_work(r: Reader, atoms: tuple[Atom, ...]) -> bool:
    tod = next((a for a in atoms if isinstance(a.value, Tod) and a.value.form in ("point", "around")), None)
    if tod is None:
        return False
    before = r.norms(tod.i - 7, tod.i)
    for stop in STOP:
        if stop in before:
            before = before[len(before) - before[::-1].index(stop) :]
    return bool(FREE & set(before)) and not {
        "commence",
        "donc",
        "alors",
        "reprend",
        "reprends",
        "recommence",
        "embauche",
    } & set(before)


def is_busy(r: Reader, atoms: tuple[Atom, ...], floor: int) -> Role | None:
    """ "je travaille jusqu'à 17h" leaves the time after; "je bosse de 9h à 17h" refuses these hours."""
    tod = next((a for a in atoms if isinstance(a.value, Tod) and a.value.form in ("before", "range")), None)
    if tod is None or any(isinstance(a.value, Day) and a.value.form == "span" for a in atoms):
        return None
    before = r.norms(max(floor, atoms[0].i - 6), atoms[0].i)
    for stop in (*STOP, ",", "donc", "mais", ")", "(", "cad", "soit"):
        if stop in before:
            before = before[len(before) - before[::-1].index(stop) :]
    if not BUSY & set(before) or "pas" in before or not _BUSY_SUBJECTS & set(before):
        return None
    assert isinstance(tod.value, Tod)
    if tod.value.form == "range":
        return "busy"
    return "free" if r.norm(tod.i).startswith("jusqu") else None


_COMING = frozenset(
    ("viens", "vient", "viendrai", "annule", "jannule", "annulez", "annuler", "confirme", "confirmez", "serai")
)
_BREAKS = STOP | {",", ";", "mais", "donc"}
_HALF_YEAR = 183


def is_ahead(r: Reader, atoms: tuple[Atom, ...]) -> bool:
    """ "on m'a calé le 21 avril", said in March: a date told in the past tense that is nearer ahead than behind."""
    day = next((a.value for a in atoms if isinstance(a.value, Day)), None)
    dated = day is not None and day.day and day.month and not day.year
    return bool(dated) and day is not None and 0 < (day.lo - r.today).days < _HALF_YEAR


def is_fact(r: Reader, atoms: tuple[Atom, ...], cues: list[Cue], i: int, j: int) -> bool:
    """What a verb in the past tells, and "ce matin" in a clause that asks for nothing ("39 ce matin")."""
    days = [a.value for a in atoms if isinstance(a.value, Day)]
    floor = max(0, i - 9)
    floor += max((n + 1 for n, w in enumerate(r.norms(floor, i)) if w in _BREAKS), default=0)
    reach = bisect_right(cues, i, key=lambda c: c.j)
    cues = cues[max(0, reach - 12) : reach]
    asked = [c for c in cues if c.role == "wish" and floor <= c.i and c.j <= i]
    if asked or r.norm(r.skip_back(i, frozenset(("le", "la", "l"))) - 1) in _COMING:
        return False
    named = [c for c in cues if c.role in ("named", "negative", "except") and floor <= c.i and c.j <= i]
    offered = _OFFERED & set(r.norms(i - 4, i))
    ahead = any((d.relative or "").startswith(("+", "next")) and d.relative != "+0d" for d in days)
    offered = offered if any(d.grain != "month" for d in days) else frozenset()
    if days and not ahead and not named and not offered and tense(r, i, i, floor, i) == "past":
        return True
    if not days and r.norm(i - 1) == "du" and atoms[0].value.form == "part" and r.norm(i - 2) not in _PLACES:  # type: ignore[union-attr]
        return True  # "la toux du matin"
    shift = not days and r.ends_with(i, "de", "l") and atoms[0].value.form == "part"  # type: ignore[union-attr]
    if shift and (r.norm(i - 3).isdecimal() or r.norm(i - 3) in ("suis", "est", "semaine", "poste", "prochaine")):
        return True  # "la semaine du 5 de l'après-midi"
    morning = any(d.relative == "+0d" for d in days) and any(
        isinstance(a.value, Tod) and a.value.name in ("matin", "midi") for a in atoms
    )
    either = r.norm(j) in ("ou", "sinon", "?") or r.norm(i - 1) in ("ou", "sinon")
    if not morning or either or r.norm(i) not in ("ce", "cet", "cette"):
        return False
    end = next(
        (k for k in range(j, min(j + 8, len(r))) if r.norm(k) in STOP or r.norm(k) in (",", ";")), min(j + 8, len(r))
    )
    clause = set(r.norms(floor, end + 1))
    return not clause & _ASKING and not clause & {"asap", "?"} and len(r) > 8


def is_since(r: Reader, i: int) -> bool:
    if {"depuis", "dp", "dpuis", "dps", "dep"} & set(r.norms(i - 2, i)):
        return True
    # "depuis mon vol de dimanche", "depuis une chute au foot samedi"
    far = next((k for k in range(i - 3, max(i - 7, -1), -1) if r.norm(k) in ("depuis", "dps", "dp")), None)
    return far is not None and r.norm(far + 1) in _EVENT_OPENERS and not _NEW_CLAUSE & set(r.norms(far, i))


_EVENT_OPENERS = frozenset(("mon", "ma", "le", "la", "notre", "l", "son", "sa", "une", "un", "cette", "ce"))
_NEW_CLAUSE = STOP | _SUBJECTS | {",", ";", ":", "mais", "alors", "donc", "est", "a", "ai", "possible", "rdv"}


def is_over(r: Reader, atoms: tuple[Atom, ...]) -> bool:
    """ "ce matin" said in the evening, and the night, are told and not asked."""
    tods = [a.value for a in atoms if isinstance(a.value, Tod)]
    days = [a.value for a in atoms if isinstance(a.value, Day)]
    today = any(d.relative == "+0d" for d in days)
    if len(tods) == 1 and tods[0].name == "nuit" and (today or not days):
        return True
    minutes = r.now.hour * 60 + r.now.minute
    gone = all(t.form == "part" and t.hi <= minutes for t in tods)
    struck = any(t.form == "point" and t.lo < min(minutes, 720) for t in tods) and any(t.form == "part" for t in tods)
    return today and bool(tods) and (gone or struck)


def is_birthday(r: Reader, i: int, j: int) -> bool:
    """ "demain elle a quarante ans"."""
    after = r.norms(j, next((k for k in range(j, j + 7) if r.norm(k) in STOP), j + 7))
    if "ans" in r.norms(i - 2, i):
        return True  # "aura 17 ans en novembre"
    return "ans" in after and bool(
        {"a", "ai", "aura", "aurai", "fete", "fetera", "ont"} & set(after[: after.index("ans")])
    )
