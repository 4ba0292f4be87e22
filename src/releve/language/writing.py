"""French as it is written to patients: dates in full, prices, lists. Spaces that must not break are U+00A0."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

NBSP = "\u00a0"
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip


def day(moment: date) -> str:
    """mardi 17 mars"""
    number = "1er" if moment.day == 1 else str(moment.day)
    return f"{DAYS[moment.weekday()]} {number}{NBSP}{MONTHS[moment.month - 1]}"


def hour(moment: datetime) -> str:
    """17 h 20"""
    return f"{moment.hour}{NBSP}h" + (f"{NBSP}{moment.minute:02d}" if moment.minute else "")


def full(moment: datetime, year: bool = False) -> str:
    """mardi 17 mars à 17 h 20, mardi 17 mars 2026 à 17 h 20"""
    return f"{day(moment)}{NBSP}{moment.year} à {hour(moment)}" if year else f"{day(moment)} à {hour(moment)}"


def euros(amount: Decimal | float) -> str:
    """30 €, 17,50 €"""
    value = Decimal(str(amount))
    whole = value == value.to_integral_value()
    text = str(int(value)) if whole else f"{value:.2f}".replace(".", ",")
    return f"{text}{NBSP}€"


def listed(items: Sequence[str], last: str = "et") -> str:
    """a, b et c"""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def wall(text: str) -> str:
    """ "08:30" -> 8 h 30"""
    hours, minutes = int(text[:2]), text[3:5]
    return f"{hours}{NBSP}h" + (f"{NBSP}{minutes}" if minutes != "00" else "")
