"""Small signs that steer a conversation and are no intent of their own."""

import re

from releve.language.text import fold

_SIGNS = {
    "newcomer": r"premiere (?:fois|visite|consultation)|jamais (?:venue?|vu|consulte)|nouve(?:au|lle) patiente?|nouveaux? patients?"
    r"|pas encore (?:patiente?|venue?|client)|viens d'(?:emmenager|arriver)|nouvellement|(?:cherche|trouver) un (?:nouveau )?(?:medecin|generaliste)",
    "list": r"liste d.?attente|(?:place|creneau|rdv|rendez-vous) (?:se )?liber|si (?:quelqu.?un|qqn|un patient) annule|desistement|etre prevenue?|prevene[zr]",
    "several": r"\b(?:tous|toutes) (?:les )?(?:deux|2)\b|\bles (?:deux|2)\b|\b(?:nos|leurs|mes|ces) (?:deux|2)\b|\bl'un et l'autre\b|\bnos rdv|\bjumeaux|\bjumelles",
    "more": r"d'autres?\b|autre (?:chose|heure|horaire|creneau|jour|date|moment)|rien d'autre|autres? propositions?|aucun ne|pas d'autre",
    "later": r"\bplus tard\b|\bapres (?:ca|cela)\b",
    "earlier": r"\bplus tot\b|\bavant (?:ca|cela)\b|\btrop tard\b",
    "soonest": r"prochaine? (?:place|creneau|dispo|rdv|rendez-vous)|premiere? (?:place|creneau|dispo|rdv|rendez-vous)|plus (?:tot|vite) possible",
    "any_practitioner": r"n'importe (?:qui|lequel|laquelle|quel (?:medecin|docteur|praticien))|peu importe (?:le|la|qui|lequel)|pas de preference|l'un ou l'autre|(?:un autre|autre) (?:medecin|praticien)",
    "any_time": r"n'importe quan?d|n'importe quel (?:jour|moment)|quand vous (?:voulez|pouvez)|peu importe (?:le jour|l'heure|quand)|toujours (?:libre|dispo)",
    "only": r"uniquement|seulement|personne d'autre|et pas un autre",
    "keep": r"\b(?:je|on|nous) (?:le |la |les )?(?:gard|conserv|mainti)|\bgarde(?:r|z)? mon|laissez (?:tomber|comme)",
    "give_up": r"tant pis|laissez? tomber|je rappellerai|j'appellerai|une autre fois|rien merci|c'est tout",
    "instructions": r"consigne|prevoir|apporter|a jeun|preparation|preparer|jeun\b",
    "unknown": r"\b(?:je |j')?(?:ne )?(?:sais|connais) pas\b|aucune idee|sous la main|me souviens (?:plus|pas)",
}
_COMPILED = {name: re.compile(pattern) for name, pattern in _SIGNS.items()}
_QUESTION = re.compile(r"\?|^(?:c'est bien|est-ce|quel|quand|a quelle|comment)")


def signals(text: str) -> frozenset[str]:
    """The names of the signs that stand in a text; "question" when it asks something."""
    folded = fold(text)
    found = {name for name, pattern in _COMPILED.items() if pattern.search(folded)}
    return frozenset(found | ({"question"} if _QUESTION.search(folded.strip()) else set()))
