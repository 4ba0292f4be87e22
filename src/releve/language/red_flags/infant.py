"""Fever in a baby under three months: the age is read from the text (HAS 2016)."""

import re
from calendar import monthrange
from datetime import date

from releve.language.red_flags import scope

_AGE = re.compile(
    r"(?<![\w/,.])(\d{1,3}|un|une|quelques|deux)\s+(?:petite?s?\s+)?(jours?|j|semaines?|sem|mois|an|ans)"
    r"(?:\s+et\s+(demie?|\d+\s+\w+)|\s+(1/2))?(?!\w)"
)
_NEWBORN = re.compile(
    r"nouveau[ -]?nee?s?|prematuree?s? (?:\w+ ){0,2}?(?:rentr|sorti)\w*"
    r"|sorti\w* de (?:la )?mater|vient de naitre|nee? hier|nee? avant[ -]hier"
    r"|nee? (?:le )?\d+ (?:du mois (?:dernier|passe)|de ce mois)"
    r"|nee? (?:le mois dernier|ce mois|la semaine derniere|il y a quelques jours)"
    r"|(?:son|ses|leurs?) premiers? vaccins?|visite du (?:premier|1er|deuxieme|2e|2eme) mois"
)
_BABY = re.compile(
    r"(?<!\w)(?:bebe|bb|nourrisson|petite?|fils|fille|il|elle|loulou\w*|enfant|neveu|niece|prematuree?"
    r"|pitchoun\w*|jumea\w+|jumelles?|puce|gamine?|garcon)(?!\w)"
)
_NO_FEVER = r"(?:kg|ans|semaines|sa|euros?|%|mois|cm|jours|rue|avenue|bis|h\d)"
_FEVER = re.compile(
    r"(?<![\d/:h])(?<!\d[.,])(?:38|39|40|41)(?:\s*[.,°h]\s*\d?|\s+\d(?!\d))?"
    rf"(?:\s*(?:°|degres?|c\b|de fievre|de temperature|de temp))?(?![\d/]|\s*{_NO_FEVER})"
    r"|(?<!\w)(?:fievre|fievreux|fievreuse|febrile|brulante?|bouillante?|toute? chaude?|tres chaude?|chaud comme"
    r"|de la temperature"
    r"|un peu de temperature)(?!\w)"
)
_DAYS = {"j": 1, "s": 7, "m": 30, "a": 365}
_LIMIT_DAYS = 91
_BORN_AGO = re.compile(r"(?<!\w)nee?s?\s+(?:il y a|y a|ya|depuis)\s*$")
_SINCE = re.compile(
    r"(?:depuis|il y a|y a|ya|dans|ca fait|dp|pendant|pour|sous|tous les|d'ici|vaccins? des?)\s*(?:\w+\s+){0,1}$"
)


def _days(match: re.Match[str]) -> int:
    count = {"un": 1, "une": 1, "deux": 2, "quelques": 3}.get(match.group(1)) or int(match.group(1))
    unit = _DAYS[match.group(2)[0]]
    return count * unit + (unit // 2 if (match.group(3) or "").startswith("demi") else 0)


def _lasts(before: str) -> bool:
    """ "depuis deux jours" is no age, "né il y a deux jours" is."""
    return bool(_SINCE.search(before)) and not _BORN_AGO.search(before)


def age_in_days(read: str) -> int | None:
    """The age told of a baby; durations ("depuis deux jours") are not ages."""
    ages = [m for m in _AGE.finditer(read) if not _lasts(read[max(0, m.start() - 30) : m.start()])]
    return min((_days(m) for m in ages), default=None)


_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
    "decembre",
)  # fmt: skip
_BORN_IN = re.compile(
    rf"(?<!\w)nee?s? (?:(debut|mi|fin|en|courant|au mois d[e'])[ -]?)(?:d[e'] ?)?({'|'.join(_MONTHS)})(?! \d{{4}})"
)
_PART_ENDS = {"debut": 10, "mi": 20}  # the day of the month by which the baby is born, at the latest


def days_since_month(read: str, today: date) -> int | None:
    """ "né fin août", said in October: the fewest days that the baby may have. None when no month of birth is told."""
    told = _BORN_IN.search(read)
    if told is None:
        return None
    month = _MONTHS.index(told[2]) + 1
    year = today.year if month <= today.month else today.year - 1
    latest = date(year, month, _PART_ENDS.get(told[1], monthrange(year, month)[1]))
    return max(0, (today - latest).days)


def young(read: str) -> bool:
    """A baby under three months is spoken of."""
    age = age_in_days(read)
    if age is None:
        return bool(_NEWBORN.search(read))
    return age < _LIMIT_DAYS and bool(_BABY.search(read))


def _days_old(age: int | None) -> bool:
    return age is not None and 0 <= age < _LIMIT_DAYS


_YEAR_OR_DOSE = re.compile(
    r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|lasilix)\s*$"
)
_IF = re.compile(r"(?<!\w)(?:si|en cas d[e'])(?: il| elle)?(?: a| y a| fait)?(?: de)?(?: la)?\s*$")


def _told_now(read: str, match: re.Match[str]) -> bool:
    """A figure is taken as of now unless it is negated; the word alone may speak of the past or of what may come."""
    before = read[max(0, match.start() - 24) : match.start()]
    if _IF.search(before) or (match.group().strip().isdigit() and _YEAR_OR_DOSE.search(before)):
        return False
    if match.group()[0].isdigit():
        return not scope.negated(read, *match.span())
    return scope.live(read, *match.span())


def fever(read: str, age_days: int | None = None) -> tuple[int, int] | None:
    """Where the fever of a baby under three months is told, if it is. `read` comes from `text.reading`."""
    told = next((match for match in _FEVER.finditer(read) if _told_now(read, match)), None)
    return told.span() if told and (_days_old(age_days) or young(read)) else None
