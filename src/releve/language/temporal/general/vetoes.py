"""What stands as a time and tells none in general text: names, addresses, "la salle des fêtes", a time taken back."""

from releve.language.temporal.booking.corrections import taken_back
from releve.language.temporal.general.units import Unit
from releve.language.temporal.rules.qualifiers import PARTS_OF_SPAN
from releve.language.temporal.rules.years import SEASONS
from releve.language.temporal.words.lexicon import MONTHS, WEEKDAYS, Phrases, load
from releve.language.temporal.words.numbers import WORDS
from releve.language.temporal.words.reader import Reader

_STREET = frozenset((
    "rue", "avenue", "place", "boulevard", "square", "lycee", "station", "stade", "metro", "bd", "av", "quai",
    "pont", "ecole", "college", "allee", "impasse", "gare", "parking", "residence", "immeuble", "cite", "gymnase",
    "esplanade", "carrefour", "passage", "hameau", "quartier", "tunnel", "caserne", "piscine", "mediatheque", "square",
))  # fmt: skip
# What bears a name or a title: beside these a time written with a capital is that name.
_TITLED = _STREET | frozenset((
    "chanson", "titre", "film", "roman", "livre", "album", "serie", "groupe", "chante", "chanter", "piece", "poeme",
    "tableau", "tube", "cafe", "bar", "restaurant", "magasin", "boutique", "marque", "parfum", "magazine", "magazines",
    "revue", "club", "association", "equipe", "theatre", "cinema", "disque", "recueil", "manga", "telefilm", "jeu",
    "ecoute", "ecouter", "regarde", "lit", "relit", "joue", "jouent", "intitule", "intitulee", "parc", "pont",
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
    named = [u for u in told if not any(veto(r, u) for veto in _VETOES)]
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
    titled = written[:1].isupper() and not written.isupper()
    if titled and _TITLED & set(r.norms(unit.i - 2, unit.i)):
        return True  # "le métro Quatre-Septembre", "la chanson Lundi matin"
    if titled and unit.i and unit.day is None and r.norm(unit.i - 1) not in _STARTS:
        return True  # "La Nuit des rois", "Minuit à Paris"
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
    return word in ("midi", "minuit") and (before in ("le", "du", "de") or _is_capital(r, unit.j))


_STARTS = frozenset(".?!\n:,;-–—(«")


def _is_noun(r: Reader, unit: Unit) -> bool:
    """A part of day that nothing places: "Soirée déguisée", "une matinée", "la soirée s'est bien passée"."""
    if unit.day is not None or unit.tod is None or unit.tod.form not in ("part", "all"):
        return False
    left = r.norm(unit.i - 1)
    if left == "de" and r.says(unit.i, "nuit"):
        return True  # "l'équipe de nuit"
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
    if day.relative == "habit" or (r.norm(unit.i) == "jours" and r.norm(unit.i - 1).isdecimal()):
        return True  # "25 jours ouvrés"
    left = set(r.norms(unit.i - 3, unit.i))
    if r.norm(unit.i) == "vacances" and r.norm(unit.j - 1) in ("vacances", "scolaires"):
        return not (left & _SCHOOL_LEFT)
    if r.norm(unit.i) == "rentree" or (r.norm(unit.i) == "la" and r.norm(unit.i + 1) == "rentree"):
        return not (left & (_SCHOOL_LEFT | {"a"})) and not day.year
    return False


# Things that bear a number, and what one does with them: beside these a bare "le 27" is no day.
_NUMBERED = frozenset((
    "bus", "tram", "tramway", "ligne", "metro", "train", "numero", "numeros", "casier", "place", "porte", "chambre",
    "salle", "bureau", "dossard", "maillot", "page", "chapitre", "exercice", "question", "dent", "dents", "loto",
    "sonnette", "digicode", "code", "interphone", "appelle", "appeler", "appelez", "appuyez", "appuyer", "tapez",
    "composez", "faites", "habite", "habitez", "habitons", "avenue", "rue", "boulevard", "etage", "file", "pointure",
    "taille", "chausse", "bouffees", "comprimes", "gouttes", "but", "score", "rangee", "siege", "box", "lit", "joueur",
    "route", "sortie", "departement", "terminus", "ticket", "guichet", "quai", "voie", "lot", "canal", "chaine",
))  # fmt: skip
_BESIDE = frozenset(("avec", "devant", "derriere", "contre", "sur"))
_APPOINTMENT = frozenset(("rdv", "rendez", "consultation", "seance", "jour", "mois", "date", "prevu", "vient", "viens"))
# What is told as a share: "12/7" of a blood pressure, "9/10" of an eye.
_SHARED = frozenset((
    "tension", "ta", "pression", "yeux", "oeil", "vision", "acuite", "echelle", "note", "notes", "score", "ratio",
    "moyenne", "douleur", "controle", "part", "parts", "tiers", "sur",
))  # fmt: skip


def _is_number_of_thing(r: Reader, unit: Unit) -> bool:
    """ "le bus 12 est en panne, j'ai pris le 27", "appuyez sur le 3", "joue avec le 10"."""
    day = unit.day
    if day is None or not day.day or day.month or day.weekdays or day.relative or unit.tod is not None:
        return False
    left, right = _around(r, unit)
    if _APPOINTMENT & {*left, *right}:
        return False
    close = right[: right.index(",")] if "," in right else right
    return bool(_NUMBERED & {*left, *close[:6]}) or r.norm(r.skip_back(unit.i, _THE) - 1) in _BESIDE


def _is_share(r: Reader, unit: Unit) -> bool:
    """ "la tension oscille entre 13/8 et 12/7": a fraction, where no article makes it a date."""
    day = unit.day
    figures = day is not None and bool(day.day and day.month) and r.norm(unit.i + 1) == "/" and unit.tod is None
    if not figures or day is None or day.year or unit.j != unit.i + 3 or r.norm(unit.i - 1) in _THE:
        return False
    left, right = _around(r, unit)
    return bool(_SHARED & {*left, *right}) or "/" in left + right


_MIXED = frozenset(("melange", "melanger", "ratio", "rapport", "dilution", "diluer", "echelle", "proportion", "dosage"))


def _is_ratio(r: Reader, unit: Unit) -> bool:
    """ "un mélange à 1:40": parts of a mixture, and no hour."""
    colon = unit.day is None and unit.tod is not None and ":" in r.norms(unit.i, unit.j)
    return colon and bool(_MIXED & {w for side in _around(r, unit) for w in side})


def _is_given_name(r: Reader, unit: Unit) -> bool:
    """ "ma fille Avril", "le chien s'appelle Vendredi", "Mars Dupont", "le groupe du Sept"."""
    written = r.text[r.tokens[unit.i].start : r.tokens[unit.i].end]
    if r.norm(unit.i) == "un" and unit.j == unit.i + 2 and r.text[r.tokens[unit.i + 1].start].isupper():
        return True  # "j'ai mangé un Mars"
    if unit.j != unit.i + 1 or not written[:1].isupper() or not unit.i > 0:
        return False
    if r.norm(unit.i) in WORDS or r.norm(unit.i) in SEASONS:
        return r.norm(unit.i - 1) not in _STOPS
    if r.norm(unit.i) not in MONTHS and r.norm(unit.i) not in WEEKDAYS:
        return False
    beside = [k for k in (unit.i - 1, unit.j) if r.norm(unit.i) in MONTHS and _is_capital(r, k)]
    return r.norm(unit.i - 1) in _CALLED or bool(beside)


def _is_capital(r: Reader, k: int) -> bool:
    """Whether the word at `k` may be the other half of a person's name."""
    known = (
        not 0 <= k < len(r)
        or r.norm(k) in MONTHS
        or r.norm(k) in WEEKDAYS
        or len(r.norm(k)) < 4
        or not r.norm(k).isalpha()
    )
    return not known and r.norm(k) not in PARTS_OF_SPAN and r.text[r.tokens[k].start].isupper()


def _is_of_code(r: Reader, unit: Unit) -> bool:
    """ "la facture F-2025-0412", "24 h sur 24": figures of a longer name or of a rate."""
    day = unit.day
    glued = unit.i > 1 and r.norm(unit.i - 1) in ("-", "/") and r.tokens[unit.i].glued and r.tokens[unit.i - 1].glued
    code = glued and day is not None and bool(day.year) and r.norm(unit.i - 2).isalpha()
    rated = r.norm(unit.j) == "par" or (r.norm(unit.j) == "sur" and r.norm(unit.j + 1).isdecimal())
    return code or (unit.tod is not None and rated) or _is_level(r, unit)


_MEASURES = frozenset((
    "v", "w", "kw", "k", "g", "kg", "m", "cm", "mm", "km", "hz", "khz", "mhz", "ml", "cl", "go", "mo", "px",
    "dpi", "bpm", "kcal", "euros", "euro", "%", "volts", "watts", "grammes", "metres", "pixels", "pages", "mots",
    "exemplaires", "points", "pieces", "caracteres", "lignes", "tours", "litres", "kilos", "signes", "mah", "lumens",
))  # fmt: skip


def _is_measure(r: Reader, unit: Unit) -> bool:
    """ "en 230 V", "un tirage en 1500 exemplaires": a figure with its unit is no year."""
    day = unit.day
    return day is not None and day.grain == "year" and r.norm(unit.j) in _MEASURES


def _is_level(r: Reader, unit: Unit) -> bool:
    """ "le T4 libre est bas", "une IRM en T2": a quarter so short says its year or stands after "au", "fin"."""
    day = unit.day
    short = r.norm(unit.i) in ("t", "s", "q") and unit.j == unit.i + 2
    return short and day is not None and not day.year and r.norm(unit.i - 1) not in ("au", "fin", "debut", "ce")


_IDIOMS = Phrases((say, True) for say in load("general", "idioms.toml")["idioms"]["say"])


def _is_idiom(r: Reader, unit: Unit) -> bool:
    """ "chercher midi à quatorze heures", "un poisson d'avril": words of time that tell none."""
    found = ((k, _IDIOMS.match(r.tokens, k)) for k in range(max(unit.i - 5, 0), unit.i + 1))
    return any(told is not None and told[1] >= unit.j for _, told in found)


def _is_feast_of_thing(r: Reader, unit: Unit) -> bool:
    """ "le sapin de Noël": what the feast qualifies is no time, as "les vacances de Noël" is."""
    day = unit.day
    feast = day is not None and day.relative == "feast" and unit.tod is None and unit.j == unit.i + 1
    return feast and r.norm(unit.i - 1) == "de" and r.norm(unit.i - 2) in _DECORATIONS


def _around(r: Reader, unit: Unit) -> tuple[list[str], list[str]]:
    """The words of its sentence before and after a unit."""
    reach = range(unit.i - 1, max(unit.i - 25, -1), -1)
    lo = next((k + 1 for k in reach if r.norm(k) in _STOPS), max(unit.i - 25, 0))
    hi = next((k for k in range(unit.j, unit.j + 15) if not r.norm(k) or r.norm(k) in _STOPS), unit.j + 15)
    return r.norms(lo, unit.i), r.norms(unit.j, hi)


_STOPS = frozenset(".?!\n")
_THE = frozenset(("le", "la", "les", "l", "du", "au"))
_CALLED = frozenset((
    "appelle", "nomme", "prenomme", "prenom", "fille", "fils", "femme", "mari", "soeur", "frere", "mere", "pere",
    "cousine", "cousin", "petite", "petit", "bebe", "chien", "chat",
))  # fmt: skip
_DECORATIONS = frozenset((
    "sapin", "marche", "marches", "pere", "buche", "boule", "boules", "cadeau", "cadeaux", "repas", "conte", "chant",
    "oeuf", "oeufs", "arbre", "film", "pull", "prime", "menu",
))  # fmt: skip
_VETOES = (
    _is_name, _is_noun, _is_vague, _is_number_of_thing, _is_share, _is_given_name, _is_feast_of_thing,
    _is_of_code, _is_idiom, _is_measure, _is_ratio,
)  # fmt: skip
