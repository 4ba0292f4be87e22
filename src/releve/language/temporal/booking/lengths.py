"""Hours that are lengths in a message: "je dors 11h", "avancer d'1h", "une heure à m'accorder"."""

from releve.language.temporal.values import Atom, Tod
from releve.language.temporal.words.reader import Reader

_LEFT = frozenset((
    "dors", "dort", "jdors", "dormi", "dure", "attendu", "attends", "prend", "met", "mets", "perdu", "travaille",
    "bosse",
    "fait", "pendant", "durant",
))  # fmt: skip
_TRAVEL = frozenset((
    "avion", "route", "trajet", "vol", "train", "voiture", "bus", "marche", "sommeil", "retard", "attente",
    "sieste", "jeune", "travail",
))  # fmt: skip
_MOVES = frozenset(("avancer", "decaler", "repousser", "reculer", "retarder", "avance", "decale", "repousse", "recule"))


def is_length(r: Reader, atom: Atom) -> bool:
    tod = atom.value
    if not isinstance(tod, Tod) or tod.form != "point" or tod.name is not None:
        return False
    if r.norm(atom.i - 1) in _LEFT:
        return True
    if (
        r.norm(atom.i - 1) in ("d", "de")
        and _MOVES & set(r.norms(atom.i - 5, atom.i))
        and r.norm(atom.j) not in ("a", "au")
    ):
        return True
    if r.norm(atom.j) in ("de", "d") and r.norm(atom.j + 1) in _TRAVEL:
        return True
    # "donnez-moi une heure": one o'clock is said with its preposition.
    one = r.norm(atom.i) == "une" and atom.j == atom.i + 2
    return one and r.norm(atom.i - 1) not in (
        "a",
        "vers",
        "apres",
        "avant",
        "entre",
        "et",
        "jusqu",
        "des",
        "de",
        "pour",
    )
