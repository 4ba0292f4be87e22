"""What stands as a time and tells none in general text: names, addresses, "la salle des fêtes", a time taken back."""

from releve.language.temporal.booking.corrections import taken_back
from releve.language.temporal.general.units import Unit
from releve.language.temporal.words.lexicon import MONTHS, WEEKDAYS
from releve.language.temporal.words.reader import Reader

_STREET = frozenset((
    "rue", "avenue", "place", "boulevard", "square", "lycee", "station", "stade", "metro", "bd", "av", "quai",
    "pont", "ecole", "college", "allee", "impasse", "gare",
))  # fmt: skip
_PART_LEFT = frozenset((
    "ce", "cet", "cette", "le", "la", "l", "en", "dans", "au", "du", "de", "d", "chaque", "les", "a", "des", "vers",
    "avant", "apres", "depuis", "jusqu", "des", "entre", "ds", "cete", "c", "un",
))  # fmt: skip
_NOUNS = frozenset(("soiree", "soirees", "matinee", "matinees", "journee"))
_SCHOOL_LEFT = frozenset((
    "pendant", "durant", "avant", "apres", "aux", "des", "depuis", "ici", "prochaines", "dernieres", "jusqu",
    "pour", "toutes", "sauf", "hors",
))  # fmt: skip


def kept(r: Reader, told: list[Unit]) -> list[Unit]:
    """The units that tell a time, without those that the next one corrects."""
    named = [u for u in told if not (_is_name(r, u) or _is_noun(r, u) or _is_vague(r, u))]
    out: list[Unit] = []
    for unit in named:
        alike = bool(out) and (out[-1].day is None) == (unit.day is None or _hour_first(out[-1], unit))
        if alike and taken_back(r, out[-1].j, unit.i):
            out.pop()
        out.append(unit)
    return out


def _hour_first(a: Unit, b: Unit) -> bool:
    """ "à 14h, euh non à 15h30 mardi": an hour alone corrected by an hour and its day."""
    return a.day is None and bool(a.tods and b.tods)


def _is_name(r: Reader, unit: Unit) -> bool:
    """ "rue du 8-Mai-1945", "le lycée du 11 Novembre", "Robinson et Vendredi", "le Midi"."""
    k = r.skip_back(unit.i, frozenset(("du", "de", "la", "le", "l", "des")))
    if r.norm(k - 1) in _STREET and {"du", "de", "des"} & set(r.norms(k, unit.i)) and unit.tod is None:
        return r.norm(k - 1) != "pont" or unit.day is None or not unit.day.month
    written = r.text[r.tokens[unit.i].start : r.tokens[unit.i].end]
    if not written[:1].isupper() or unit.j != unit.i + 1:
        return False
    word = r.norm(unit.i)
    before = r.text[r.tokens[unit.i - 1].start : r.tokens[unit.i - 1].end] if unit.i else ""
    if word in WEEKDAYS or word in MONTHS:
        listed = before == "et" and unit.i >= 2 and r.text[r.tokens[unit.i - 2].start].isupper()
        return (
            listed
            and r.norm(unit.i - 2) not in WEEKDAYS
            and r.norm(unit.i - 2) not in MONTHS
            and not r.norm(unit.i - 2).isdecimal()
        )
    return word in ("midi", "minuit") and before in ("le", "du", "de")


def _is_noun(r: Reader, unit: Unit) -> bool:
    """A part of day that nothing places: "Soirée déguisée", "une matinée", "la soirée s'est bien passée"."""
    if unit.day is not None or unit.tod is None or unit.tod.form not in ("part", "all"):
        return False
    left = r.norm(unit.i - 1)
    if r.norm(unit.i) in ("apres", "avant", "tot", "fin", "debut", "entre", "premiere", "sortie"):
        return False
    if r.norm(unit.j - 1) in _NOUNS and r.norm(unit.i) not in ("fin", "debut"):
        return left not in ("en", "dans", "ds", "cette", "cete", "de", "d", "chaque") and r.norm(unit.i - 2) not in (
            "dans",
            "en",
        )
    if r.says(unit.i - 2, "dans", "le") and r.norm(unit.i) == "midi":
        return True
    return left not in _PART_LEFT and unit.i > 0 and left not in (",", ".", "\n", "(")


def _is_vague(r: Reader, unit: Unit) -> bool:
    """ "les vacances" without a word of time before them, "une semaine", "la rentrée des classes"."""
    day = unit.day
    if day is None:
        return False
    if day.relative == "habit":
        return True
    left = set(r.norms(unit.i - 3, unit.i))
    if r.norm(unit.i) == "vacances" and r.norm(unit.j - 1) in ("vacances", "scolaires"):
        return not (left & _SCHOOL_LEFT)
    if r.norm(unit.i) == "rentree" or (r.norm(unit.i) == "la" and r.norm(unit.i + 1) == "rentree"):
        return not (left & (_SCHOOL_LEFT | {"a"})) and not day.year
    return False
